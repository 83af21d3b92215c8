# Whoever has tasks is reminded by mail: how many, and where; nothing of persons (G3.2, decision 0072).

story: G3.2 nobody is reminded before two people say so
  given wang imports staff
    | id_no | name | office | email | duty | valid_from |
    | S223456786 | 胡主恩 | sanmin | hu@kcg.example.tw | supervisor | 2026-01-01 |
  and   mei asks history for party 1 of 113-0041, basis B_LOW, because record_conflict
  when  10 minutes pass
  then  0 reminder mails have left
  when  chen proposes reminder.daily = on from 2026-11-24
  then  granted, log has parameter_proposed
  when  chen approves the proposal
  then  refused own_act

story: G3.2 who has tasks and an address is reminded once a day
  when  wang approves the proposal
  and   10 minutes pass
  then  1 reminder mails have left
  and   the log holds reminder_sent
  and   the log nowhere holds kcg.example.tw
  when  60 minutes pass
  then  1 reminder mails have left

story: G3.2 the next working day reminds again, a day without work does not
  when  1 days pass
  then  2 reminder mails have left
  when  3 days pass
  then  2 reminder mails have left
  when  2 days pass
  then  3 reminder mails have left

story: G3.2 who has nothing to do is not reminded
  when  hu finds the question justified
  and   1 days pass
  then  3 reminder mails have left

story: F1.email an address is taken away by a dash
  when  wang imports staff
    | id_no | name | office | email | duty | valid_from |
    | S223456786 | 胡主恩 | sanmin | - | supervisor | 2026-01-01 |
  then  granted, log has person_details_changed
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because record_conflict
  and   1 days pass
  then  3 reminder mails have left

story: F1.email an address is one plain address
  when  wang imports staff
    | id_no | name | office | email | duty | valid_from |
    | S223456786 | 胡主恩 | sanmin | hu@kcg.example.tw;all@kcg.example.tw | supervisor | 2026-01-01 |
  then  refused import_wrong, naming email
