# What is kept, and what is destroyed when it has served its purpose (G3.8, G5.2).

story: G5.2 the day table goes when decision and appeal are over
  given mei asks residence for party 2 of 113-0041, basis B_LOW, by person
  and   mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260930 |
  when  mei decides 113-0041 to deny on 2026-11-24
  then  granted
  and   the log nowhere holds document_erased
  when  59 days pass
  and   1 minutes pass
  then  the log nowhere holds document_erased
  when  2 days pass
  and   1 minutes pass
  and   1 minutes pass
  then  the log holds document_erased
  and   the log holds document_erasure_confirmed

story: G3.8 the evidence itself stays
  when  wu reads 200 entries from 0
  then  granted
  and   the list shows query_answered
  and   the list shows first_start_ended

story: G3.8 what was destroyed stays provably answered
  when  hu reads the list query, asked $asked
  then  granted
  and   the list shows not_eligible
