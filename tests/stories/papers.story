# Papers are made by the scribe, stand in the log, and only then leave (G3.2, G3.3, F1.name).

story: G3.2 the custodian of the office prints a letter of appointment
  given guo reads the list people
  and   the key of the row with 方文 is called DUTY
  when  guo prints the appointment of DUTY
  then  granted, log has paper_printed
  when  guo prints the appointment of DUTY, format odt
  then  granted, log has paper_printed

story: G3.2 whoever is appointed prints the own appointment
  when  fang prints the appointment of DUTY
  then  granted, log has paper_printed

story: G3.2 what is open is printed when a duty is handed over
  when  guo prints the handover_list of DUTY
  then  granted, log has paper_printed

story: G3.3 nobody prints what concerns others
  when  mei prints the appointment of DUTY
  then  refused paper_of_others, rule G3.3
  when  su prints the appointment of DUTY
  then  refused paper_of_others

story: G3.3 a paper is made of an entry that fits it
  when  guo prints the appointment of 1
  then  refused paper_unknown

story: F1.name a name with a character that has no form is not printed with a gap
  given chen imports staff
    | id_no | name | office | unit | title | duty | deputy | valid_from | valid_to | card_serial | card_number |
    | A100000001 | 王明 | sanmin | 社會課 | 課員 | officer | false | 2026-11-24 | | | |
  and   guo reads the list people
  and   the key of the row with 王明 is called GAP
  when  guo prints the appointment of GAP
  then  refused glyph_missing, rule F1.name, log +1

story: G3.3 form F1 is printed as it stands, and names the digest that every step names
  when  fang applies under B_LOW for item_1
  then  granted
  given the newest entry is called A
  and   fang reads the list application, application A
  and   the digest of the row with draft is called D1
  when  fang prints the application_form of A
  then  granted, log has paper_printed
  when  fang prints the application_form of A, format odt
  then  granted
  when  hu prints the application_form of A
  then  refused paper_of_others
  when  fang submits A as D1
  then  granted
  when  hu prints the application_form of A
  then  granted, log has paper_printed
  when  su prints the application_form of A
  then  refused paper_of_others
  when  hu prints the forwarding_letter of A
  then  refused paper_unknown

story: G3.3 the letter to the bureau is printed once it was written
  given hu endorses A as D1
  and   qiu approves the application A as D1
  and   guo forwards A as D1 by letter 高市民區社字第12號
  when  guo prints the forwarding_letter of A
  then  granted, log has paper_printed
  when  shen prints the application_form of A
  then  granted

story: G3.3 a transmission goes with a cover list and a reply form
  given shen reviews A as D1
  and   wang transmits A by letter 高市社字第77號
  and   wang reads the list transmissions
  and   the key of the row with 高市社字第77號 is called T
  when  wang prints the cover_list of T
  then  granted, log has paper_printed
  when  wang prints the reply_form of T
  then  granted
  when  hu prints the cover_list of T
  then  refused paper_of_others
  when  wang prints the cover_list of A
  then  refused paper_unknown

story: G3.7 the notice to the agency is printed for the office that sends it
  given guo reads the list people
  and   the person of the row with 鄧離 is called DENG
  and   guo reports the card of DENG lost on 2026-11-24, told 本人九時來電
  and   the newest entry is called LOST
  when  guo prints the nia_notice of LOST
  then  granted, log has paper_printed
  when  mei prints the nia_notice of LOST
  then  refused paper_of_others
