# Whose card it is: presented by the holder, confirmed by the custodian, one person a serial for ever
# (X7, X8, F1.name; misuse M16).

story: X8 a good card that is bound to nobody waits for the custodian
  given guo reads the list people
  and   the person of the row with 林美 is called MEI
  and   the person of the row with 郭專 is called GUO
  and   the person of the row with 方文 is called FANG
  when  mei2 reads the list my_duties
  then  refused card_unknown, rule G3.4a
  and   the log gains card_presented
  and   the log nowhere holds 林美
  # once an hour for a card and rule; what comes again is counted
  when  mei2 reads the list my_duties
  then  refused card_unknown, log +0
  when  su reads the list card_requests
  then  refused duty_not_entitled
  when  guo reads the list card_requests
  then  the list shows "林美 ******0007"
  when  guo reads the list my_tasks
  then  the list shows confirm_card

story: X8 the custodian confirms, and the card before keeps its history
  given guo reads the list card_requests
  and   the key of the row with 林美 is called CARD
  when  guo binds card 4000 to MEI
  then  refused card_request_unknown, rule X8
  when  guo binds card CARD to 00000000000000ff
  then  refused person_unknown
  when  guo binds card CARD to GUO
  then  refused own_act
  when  guo binds card CARD to FANG
  then  refused card_number_differs, rule X8
  when  hu binds card CARD to MEI
  then  refused duty_not_entitled
  when  guo binds card CARD to MEI
  then  granted, log has card_bound
  when  mei2 asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  mei asks residence for party 1 of 113-0041, basis B_LOW
  then  refused card_ended, rule X8
  and   the log gains sign_in_refused
  when  guo reads the list cards, person 林美
  then  the list has 2 rows
  and   the list shows replaced
  and   the list shows 郭專

story: X8 the right name with the wrong last four is refused
  when  mei4 reads the list my_duties
  then  refused card_unknown
  when  guo reads the list card_requests
  then  the list has 0 rows
  when  wang reads the list card_requests
  and   the key of the row with ******0017 is called OTHER
  and   wang binds card OTHER to MEI, remark 同一人
  then  refused card_number_differs, rule X8

story: F1.name another spelling of the name is explained
  when  mei3 reads the list my_duties
  then  refused card_unknown
  when  wang reads the list card_requests
  and   the key of the row with 林羙 is called SPELT
  and   wang binds card SPELT to MEI
  then  refused card_name_unexplained, rule F1.name
  when  wang binds card SPELT to MEI, remark 戶籍登記為異體字
  then  granted, log has card_bound
  and   the log nowhere holds 異體字
  when  mei3 asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting

story: X7 a card is found by its serial, and a card unbound never returns
  given guo reads the list cards, person 林美, card_state standing
  and   the card_serial of the row with 林美 is called SERIAL
  when  guo reads the list cards, card SERIAL
  then  the list has 1 rows
  when  su unbinds card SERIAL since 繳回
  then  refused duty_not_entitled
  when  guo unbinds card 00ff since 繳回
  then  refused card_not_standing
  when  guo unbinds card SERIAL since 繳回
  then  granted, log has card_unbound
  when  mei3 asks residence for party 1 of 113-0041, basis B_LOW
  then  refused card_ended, rule X8
  when  wang reads the list card_requests
  then  the list does not show 林羙

story: X8 a card that expires soon is a task of its holder and of the custodian
  given hu reads the list my_tasks
  when  guo reads the list my_cards
  then  the list shows standing
  when  1230 days pass
  and   guo reads the list my_cards
  then  the list shows expiring
  when  guo reads the list my_tasks
  then  the list shows renew_card
  and   the list shows renew_card_of_other
  when  guo reads the list cards, card_state expiring
  then  the list shows 胡主恩

story: X8 the history keeps each card that ended: its serial, when, why and by whom
  given wang reads the list people
  and   the person of the row with 林美 is called MEI
  when  guo reads the list account_history, person MEI, in_office sanmin
  then  the list shows card_end:replaced
  and   the list shows card_end:unbound
  and   the list shows 繳回
  and   the list shows history_mark:explained
  and   the list shows 戶籍登記為異體字
  and   the list shows 郭專

story: X8 a card that comes with a list ends the sessions of the card before
  given fang signs in
  when  wang imports staff
    | id_no | name | office | unit | title | duty | deputy | valid_from | valid_to | card_serial | card_number |
    | E100000005 | 方文 | sanmin | 社會課 | 課員 | officer | false | 2026-01-01 | | 00aa11bb22cc33dd | |
  then  granted, log has signed_out
  when  fang reads the list my_duties
  then  refused session_ended, rule G3.5
