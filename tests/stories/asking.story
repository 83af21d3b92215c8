# The question (G2.2, G3.1, G3.4a, G3.4b). Every refusal stands in the log with its rule.

story: G3.4b an officer asks only for cases of her office
  when  lin asks residence for party 1 of 113-0041, basis B_LOW
  then  refused case_of_other_office, rule G3.4b, log +1
  and   the log gains query_refused

story: G3.4b nobody asks without a case
  when  mei asks residence for party 1 of 999-9999, basis B_LOW
  then  refused case_unknown, rule G3.4b, log +1

story: G3.4b nobody asks about a person who is not in the case
  when  mei asks residence for party 9 of 113-0041, basis B_LOW
  then  refused subject_not_in_case, rule G3.4b, log +1
  when  mei asks residence for the number E123456783 in 113-0041, basis B_LOW
  then  refused subject_not_in_case, rule G3.4b, log +1
  and   the log nowhere holds E123456783

story: F1.id_no a mistyped number is told apart from a stranger
  when  mei asks residence for the number E123456780 in 113-0041, basis B_LOW
  then  refused id_no_invalid, rule F1.id_no, log +1

story: F1.id_no a passport is a number when it is called one
  when  mei asks residence for the number 護照300123456 in 113-0041, basis B_LOW
  then  refused subject_not_in_case, rule G3.4b, log +1
  and   the log nowhere holds 300123456
  when  mei asks residence for the number 300123456 in 113-0041, basis B_LOW
  then  refused id_no_invalid, rule F1.id_no, log +1

story: G3.4b nobody asks under a closed case
  when  mei asks residence for party 1 of 113-0043, basis B_LOW
  then  refused case_closed, rule G3.4b, log +1

story: G3.4b nobody asks about herself
  when  mei asks residence for party 1 of 113-0044, basis B_LOW
  then  refused own_record, rule G3.4b, log +1

story: G3.4a a supervisor is no officer
  when  hu asks residence for party 1 of 113-0041, basis B_LOW
  then  refused duty_not_entitled, rule G3.4a, log +1

story: G2.2 the basis must be one of the closed list
  when  mei asks residence for party 1 of 113-0041, basis B_NONE
  then  refused basis_unknown, rule G2.2, log +1

story: G2.2 the basis must be that of the case
  when  mei asks residence for party 1 of 113-0041, basis B_ELDER
  then  refused basis_not_of_case, rule G2.2, log +1

story: G3.1 an item that the basis does not allow is refused
  when  mei asks one_year for party 1 of 113-0041, basis B_LOW, item item_7
  then  refused item_not_of_basis, rule G3.1, log +1

story: G3.1 an item that was not granted is refused
  when  fang asks residence for party 1 of 113-0041, basis B_LOW
  then  refused item_not_granted, rule G3.1, log +1

story: G3.1 a basis without the residence test gives no residence answer
  when  mei asks residence for party 1 of 113-0042, basis L_CHILD, purpose protection
  then  refused no_day_test, rule G3.1, log +1

story: G3.1 not every item can be asked in every range
  when  mei asks residence for party 1 of 113-0042, basis L_CHILD, item item_4, purpose protection
  then  refused range_not_of_item, rule G3.1, log +1

story: G3.1 the whole history needs a reason
  when  mei asks history for party 1 of 113-0041, basis B_LOW
  then  refused reason_needed, rule query.history_needs_reason, log +1
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because other
  then  refused reason_text_needed, log +1

story: G3.1 the anchor must be a plausible day
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, anchor 2027-06-30
  then  refused anchor_out_of_range, rule residence.window, log +1

story: C27 a date of six digits is refused with a question
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, anchor 151124
  then  invalid, log +0

story: C27 a word outside its list is refused
  when  mei asks everything for party 1 of 113-0041, basis B_LOW
  then  invalid, log +0

story: G3.1 the weakest answer that decides the case is the first
  when  mei asks residence for party 1 of 113-0041, basis B_LOW
  then  granted, log +2
  and   the log gains query_asked
  and   the log gains query_answered
  and   the log nowhere holds T160000005
  and   the log nowhere holds 邱一

story: G3.4b the question stands on the officer's own list
  when  mei reads the list my_queries
  then  the list shows 113-0041
  when  lin reads the list my_queries
  then  the list has 0 rows

story: C09 the same request twice is asked once
  given mei asks residence for party 2 of 113-0041, basis B_LOW, request AAAAAAAAAAAAAAAAAAAAAA
  when  the same is sent again
  then  granted, log +0

story: C09 a request with other content is refused
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, request AAAAAAAAAAAAAAAAAAAAAA
  then  refused request_reused

story: C05 beyond three times the quota nobody asks
  given mei asks residence for party 1 of 113-0041, basis B_LOW
  when  the same is asked 90 more times
  then  refused quota_reached, log +1
