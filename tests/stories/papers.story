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
