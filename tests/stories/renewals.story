# Grants end by date; renewals name what they renew; accounts from before the move are marked (G3.3, G4.1.3).

story: G3.3 what was granted before the move is marked until the first review
  when  wang imports grants
        | id_no,office,item,legal_basis,valid_from,valid_to,letter_no,granted_on |
        | E100000005,sanmin,item_1,B_LOW,2026-11-24,2026-12-31,高市社救助字第9號,2024-03-01 |
  then  granted
  when  guo reads the list migrated_grants
  then  the list shows 方文
  and   the list shows 2024-03-01
  when  fang reads the list my_grants
  then  the list shows migrated
  when  fang asks residence for party 1 of 113-0041, basis B_LOW
  then  answered eligible

story: G3.3 the end comes into sight for officer and custodian
  when  fang reads the list my_tasks
  then  the list shows renew_grants
  when  guo reads the list my_tasks
  then  the list shows renew_grants
  when  fang reads the list grants_ending
  then  the list has 1 rows
  given the key of the row with 方文 is called G

story: G3.3 a renewal goes the same way and names the grant
  when  mei applies under B_LOW for item_1, renews G
  then  refused grant_unknown, rule grant.max_years
  when  fang applies under B_LOW for item_1, renews G
  then  granted
  given the newest entry is called A
  and   fang reads the list application, application A
  and   the digest of the row with draft is called D
  when  fang submits A as D
  then  granted
  when  hu endorses A as D
  then  granted
  when  qiu approves the application A as D
  then  granted
  when  guo forwards A as D by letter 高市民區社字第31號
  then  granted
  when  shen reviews A as D
  then  granted
  when  wang transmits A by letter 高市社救助字第32號
  then  granted
  given wang reads the list transmissions
  and   the key of the row with 第32號 is called T
  when  fu approves A of T for the agency
  then  granted
  when  chen grants A as D until 2028-12-31, from 2027-01-01
  then  granted, log has grant_issued
  when  fang reads the list grants_ending
  then  the list has 0 rows

story: G3.3 an ended grant opens nothing any more, the renewed one does
  when  40 days pass
  and   fang asks residence for party 1 of 113-0041, basis B_LOW, anchor 2027-01-03
  then  answered eligible
  when  fang reads the list my_grants
  then  the list shows ended
  and   the list shows in_force
