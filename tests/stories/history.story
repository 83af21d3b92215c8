# Wider ranges, and the second person afterwards (G3.1, G3.4a).

story: G3.1 the whole history is asked with a reason and accepted by the supervisor
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because record_conflict, by person
  then  waiting, log +1
  when  mei pastes found for the question
    | 1 出境 20200110 |
    | 2 入境 20200320 |
  then  answered released
  when  hu reads the list open_acceptances
  then  the list shows 113-0041

story: G3.4a nobody accepts his own question, nor one of another office
  when  mei finds the question justified
  then  refused duty_not_entitled
  when  su finds the question justified
  then  refused other_office

story: G3.1 the supervisor of the office accepts once
  when  hu finds the question justified
  then  granted, log has query_accepted
  when  hu finds the question justified
  then  refused nothing_to_accept
  when  hu reads the list open_acceptances
  then  the list has 0 rows

story: G3.1 a question in words stays out of the log
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because other, saying "訴願人主張曾於境外就醫", by person
  then  waiting
  and   the log nowhere holds 訴願人

story: G3.1 a supervisor may find a question not justified
  when  hu finds the question not justified saying "無必要"
  then  granted, log has query_accepted

story: G3.1 what was found not justified is explained by the officer, and shown
  given mei reads the list my_tasks
  when  mei reads the list my_tasks
  then  the list shows explain_query
  when  wu reads the list not_justified
  then  the list has 1 rows
  and   the list shows 林美
  when  deng explains the question saying "非本人查詢"
  then  refused query_unknown
  when  mei explains the question saying "訴願機關來函要求"
  then  granted, log has query_explained
  and   the log nowhere holds 訴願機關
  when  mei explains the question saying "再說一次"
  then  refused nothing_to_explain
  when  mei reads the list my_tasks
  then  the list does not show explain_query

story: G3.1 an ordinary question waits for nobody
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  hu finds the question justified
  then  refused nothing_to_accept

story: G3.1 the day table of an eligible answer is shown after one recorded click
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260320 |
  then  answered eligible
  and   no day table is shown
  when  lin shows the day table because decision_letter
  then  refused query_unknown
  when  mei shows the day table because decision_letter
  then  granted, log has day_table_released
  and   a day table is shown

story: G3.1 the last year is shown as days, without a second person
  when  mei asks one_year for party 1 of 113-0041, basis B_LOW, by person
  then  waiting, log +1
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260320 |
  then  answered released

story: G3.1 with a parameter the second person must come first
  given chen proposes two_person.before = history from 2026-11-24
  and   wang approves the proposal
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person
  then  refused second_person_needed, rule two_person.before

story: G3.1 other records are carried over as a table, released column by column
  when  mei asks one_year for party 1 of 113-0042, basis L_CHILD, purpose protection, item item_7, by person
  then  waiting, log +1
  when  mei pastes found for the question
    | nationality | reported_on | status | closed_on |
    | VNM | 2026-03-01 | 已通報 | |
  then  answered released, log +1
  when  hu reads the list open_acceptances
  then  the list shows item_7

story: G3.1 columns that were not granted are read over
  given mei asks one_year for party 1 of 113-0042, basis L_CHILD, purpose protection, item item_7, by person
  when  mei pastes found for the question
    | reporter_kind | reported_on | status |
    | 某某機關 | 2026-03-01 | 已通報 |
  then  answered released
  and   the answer nowhere holds 某某機關
