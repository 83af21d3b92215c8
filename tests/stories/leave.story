# Leave and overtime: nothing is refused for its time, but it is marked for those who audit (C07; M07, M08).

story: C07 what was asked within the hours is not marked
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  wu reads the list office_queries
  then  the list has 1 rows
  and   the list shows 林美
  and   the list does not show true

story: C07 only the bureau takes over lists of leave, and nobody enters overtime of his own
  when  guo imports leave
    | id_no | first_day | last_day |
    | E200000007 | 2026-11-24 | 2026-11-25 |
  then  refused other_office
  when  wang imports overtime
    | id_no | day | from_time | to_time |
    | A123456789 | 2026-11-24 | 18:00 | 21:00 |
  then  refused import_wrong
  when  wang imports leave
    | id_no | first_day | last_day |
    | I100000003 | 2026-11-24 | 2026-11-25 |
  then  refused import_wrong

story: C07 a question while on leave is answered and marked
  given wang imports leave
    | id_no | first_day | last_day | leave_kind |
    | E200000007 | 2026-11-24 | 2026-11-25 | annual |
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  wu reads the list office_queries
  then  the list shows true

story: C07 leave that was corrected marks nothing any more
  given wang imports leave
    | id_no | first_day | last_day | leave_kind | cancelled |
    | E200000007 | 2026-11-24 | 2026-11-25 | annual | true |
  when  wu reads the list office_queries
  then  the list does not show true

story: C07 outside the hours a question is marked until overtime explains it
  when  660 minutes pass
  and   mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  wu reads the list office_queries
  then  the list shows true
  given wang imports overtime
    | id_no | day | from_time | to_time |
    | E200000007 | 2026-11-24 | 18:00 | 21:30 |
  when  wu reads the list office_queries
  then  the list does not show true

story: C07 an officer reads no list of the office's questions
  when  mei reads the list office_queries
  then  refused duty_not_entitled

story: G3.2 a custodian on leave without a deputy there is named, and applications go on
  given wang imports leave
    | id_no | first_day | last_day | leave_kind |
    | X100000009 | 2026-11-24 | 2027-03-31 | annual |
  when  hu reads the list offices_lacking
  then  the list shows away
  when  hu reads the list my_tasks
  then  the list shows appoint_custodian
  when  mei applies under B_LOW for item_1
  then  granted
  given the newest entry is called A
  and   mei reads the list application, application A
  and   the digest of the row with draft is called D
  when  mei submits A as D
  then  granted
  when  wang imports leave
    | id_no | first_day | last_day | leave_kind | cancelled |
    | X100000009 | 2026-11-24 | 2027-03-31 | annual | true |
  and   hu reads the list offices_lacking
  then  the list does not show away
