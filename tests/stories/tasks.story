# What waits for whom, since when, due when (DESIGN 8; T18).

story: G3.1 what waits for somebody is on a list, in the order in which it is due
  given mei asks history for party 1 of 113-0041, basis B_LOW, because record_conflict, by person
  when  mei reads the list my_tasks
  then  the list has 1 rows
  and   the list shows paste_answer
  and   the list shows 113-0041
  when  mei pastes found for the question
    | 1 出境 20200110 |
    | 2 入境 20200320 |
  then  answered released
  when  mei reads the list my_tasks
  then  the list has 0 rows

story: G3.1 the supervisor of the office sees who handed the task on and when it is due
  when  hu reads the list my_tasks
  then  the list has 1 rows
  and   the list shows accept_query
  and   the list shows officer
  and   the list shows 2026-11-26
  and   the list does not show true

story: G3.1 the supervisor of another office has nothing to do with it
  when  su reads the list my_tasks
  then  the list does not show accept_query

story: G3.1 what is late says so
  when  3 days pass
  and   hu reads the list my_tasks
  then  the list shows true
  when  hu finds the question justified
  then  granted
  when  hu reads the list my_tasks
  then  the list has 0 rows
