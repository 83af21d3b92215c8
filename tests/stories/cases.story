# Cases at the counter: no question without one (G3.4b).

story: G3.4b an officer opens a case at the counter, not yet compared
  when  mei opens case 115-0001 under B_LOW
  then  granted, log has case_opened
  when  mei adds "周人" with number C123456788 to 115-0001 as claimant, born 1955-02-03
  then  refused id_no_invalid, rule F1.id_no
  when  mei adds "周人" with number A200000003 to 115-0001 as claimant, born 1955-02-03
  then  granted, log has party_added
  and   the log nowhere holds 周人
  when  mei reads the list my_cases
  then  the list shows 115-0001

story: G3.4b the same case cannot be opened twice
  when  mei opens case 115-0001 under B_LOW
  then  refused case_exists, rule G3.4b

story: G3.4b the same person is party once
  when  mei adds "周人" with number A200000003 to 115-0001 as claimant, born 1955-02-03
  then  refused party_exists

story: F1.id_no a person without identity number is party under the passport
  when  mei adds "BROWN JAMES" with number 護照 300-123-456 to 115-0001 as other_party, born 1980-05-06
  then  granted, log has party_added
  when  mei adds "BROWN JAMES" with number passport:300123456 to 115-0001 as other_party, born 1980-05-06
  then  refused party_exists
  when  mei adds "BROWN JAMES" with number passport:300.123 to 115-0001 as other_party, born 1980-05-06
  then  refused id_no_invalid, rule F1.id_no

story: G3.4b nobody adds himself
  when  mei adds "林美" with number E200000007 to 115-0001 as household_member
  then  refused own_record

story: G2.2 a case needs a legal basis of the closed list
  when  mei opens case 115-0002 under B_NONE
  then  refused basis_unknown, rule G2.2

story: G3.4b a case cannot have been received tomorrow
  when  mei opens case 115-0002 under B_LOW, received 2026-12-24
  then  refused date_in_future

story: G3.4b the supervisor compares and confirms
  when  mei confirms 115-0001
  then  refused duty_not_entitled
  when  su confirms 115-0001
  then  refused case_of_other_office, rule G3.4b
  when  hu confirms 115-0001
  then  granted, log has case_confirmed
  and   the log gains party_confirmed
  when  hu confirms 115-0001
  then  refused case_confirmed

story: G3.4b who entered a case does not confirm it
  when  hu opens case 115-0003 under B_LOW
  then  granted
  when  hu confirms 115-0003
  then  refused own_act

story: G3.4b a birthday is written as people write it
  when  mei adds "吳生" with number A100000001 to 115-0003 as claimant, born 44年2月3日
  then  granted
  when  mei adds "吳某" with number I200000005 to 115-0003 as other_party, born 550203
  then  refused birthday_wrong

story: G3.4b the decision is recorded with its date
  when  mei decides 115-0001 to grant on 2026-11-24
  then  granted, log has case_decided
  when  mei decides 115-0001 to grant on 2026-11-01
  then  refused dates_reversed

story: G3.4b a case is closed once, and then nothing is added
  when  mei closes 115-0001 on 2026-11-01
  then  refused dates_reversed
  when  mei closes 115-0001 on 2026-11-24
  then  granted, log has case_closed
  when  mei closes 115-0001 on 2026-11-24
  then  refused case_closed
  when  mei adds "趙人" with number B898765430 to 115-0001 as household_member
  then  refused case_closed

story: C27 what is missing or malformed is told field by field
  when  mei opens case 115-0009 under B_LOW, received 241124
  then  invalid
  when  mei opens case 115-0009 under B_LOW, received 115年13月40日
  then  invalid, log +0
