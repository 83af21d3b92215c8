# Reading is recorded too (G4.1.1, C13, C15, C19, C20).

story: C19 only entitled people read the log
  when  wu reads 5 entries from 0
  then  granted, log has log_read
  and   the list has 5 rows
  and   the list shows log_opened
  and   the list does not show 王大同
  when  mei reads 5 entries from 0
  then  refused duty_not_entitled, rule G3.4a
  when  lin reads 5 entries from 0
  then  refused duty_not_entitled

story: C19 an auditor reads bounded pieces
  when  wu reads 100000 entries from 0
  then  refused too_many_at_once

story: G4.1.1 reading a list of persons is itself recorded
  when  hu reads the list case_parties, case_no 113-0041
  then  granted, log +1
  and   the list shows 邱一
  and   the log gains sheet_read

story: G3.4b a list of another office shows nothing
  when  su reads the list case_parties, case_no 113-0041
  then  the list has 0 rows

story: C08 a list that a duty does not need is refused
  when  mei reads the list refusals
  then  refused duty_not_entitled

story: G3.4b refused questions are on the supervisor's list
  given mei asks residence for party 9 of 113-0041, basis B_LOW
  when  hu reads the list refusals
  then  the list shows subject_not_in_case

story: C12 the state of the service can be read
  when  mei reads the list status
  then  granted
