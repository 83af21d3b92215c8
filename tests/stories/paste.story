# What a person carries over from the agency's page (G3.1, G3.4b).

story: G3.1 pasted crossings decide like the source's
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting, log +1
  and   the log gains query_asked
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260320 |
  then  answered eligible, log +1
  and   days by convention A are 297
  and   days by convention B are 297
  and   days by convention C are 298
  and   days by convention D are 296
  and   the log gains query_answered
  and   the log nowhere holds 20260110

story: G3.1 an answer is pasted once
  when  mei pastes found for the question
    | 1 出境 20260110 |
  then  refused query_not_open

story: G3.1 a long absence is not eligible, with the day table for the letter
  given mei asks residence for party 2 of 113-0041, basis B_LOW, by person
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260930 |
  then  answered not_eligible, log +1
  and   days by convention B are 103
  and   a day table is shown

story: X22 near the threshold a person decides
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260712 |
  then  answered needs_review
  and   a day table is shown
  and   the reasons include near_threshold
  and   the reasons include conventions_disagree
  and   days by convention B are 183
  and   days by convention C are 184
  when  mei reads the list my_tasks
  then  the list shows 113-0041

story: G3.1 records that contradict each other go to a person
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 2 出境 20260301 |
    | 3 入境 20260320 |
  then  answered needs_review
  and   the reasons include record_conflict

story: G3.1 found nothing is an answer of its own
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes not_found for the question
  then  granted, log +1
  and   the log gains query_answered

story: G3.1 not looked up is no answer
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes not_asked for the question
  then  failed not_asked, log +1
  and   the log gains query_failed

story: G3.4b nobody pastes for a colleague
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  fang pastes not_found for the question
  then  refused query_unknown, rule G3.4b

story: G3.1 text without a readable line is refused, and the question stays open
  when  mei pastes found for the question
    | 這裡什麼都沒有 |
  then  refused paste_unreadable, rule G3.1, naming "1 direction"
  when  mei pastes not_found for the question
  then  granted

story: G3.1 each line that could not be read is told with its number and reason
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes found for the question
    | 1 出境 20260110 |
    | 這行不是紀錄 |
    | 2 入境 20260230 |
    | 3 入境 20260320 |
  then  answered needs_review, naming "2 direction", naming "3 event_date"

story: G3.1 rows of somebody else are refused
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  mei pastes found for the question
    | E161234567 1 出境 20260110 |
  then  refused paste_mixed

story: G3.4b a pasted answer waits for days, also over a restart
  when  the service is started again
  and   mei pastes not_found for the question
  then  granted

story: G3.4b a question that nobody answers ends by itself
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  when  8 days pass
  and   mei pastes not_found for the question
  then  refused query_not_open
  and   the log holds query_failed

story: G3.4b a case that is closed meanwhile gets no answer any more
  given mei opens case 115-0200 under B_LOW
  and   mei adds "邱一" with number T160000005 to 115-0200 as claimant, born 1950-03-04
  and   mei asks residence for party 1 of 115-0200, basis B_LOW, by person
  and   hu closes 115-0200 on 2026-12-02
  when  mei pastes not_found for the question
  then  refused case_closed, rule G3.4b
  and   the log gains command_refused

story: G3.6 who loses the duty meanwhile gets no answer any more
  given deng asks residence for party 1 of 113-0041, basis B_LOW, by person
  and   guo reads the list people
  and   the key of the row with 鄧離 is called DUTY
  and   guo ends duty DUTY because duty_suspended on 2026-12-02
  when  deng pastes not_found for the question
  then  refused no_duty
