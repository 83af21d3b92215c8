# How an account ends: blocked in youju at once, ended at the agency with evidence
# (G3.6, G3.7, G6, X16, X25; controls C02, C03; misuse M14, M16).

story: X25 the bureau registers the agency certificate of an office
  when  guo registers the agency certificate 2.16.886.101.20003.20069 of sanmin
  then  refused other_office, rule G2.1
  when  wang registers the agency certificate 2.16.886.101.20003.20069 of nowhere
  then  refused office_unknown
  when  wang registers the agency certificate 2.16.886.101.20003.20069 of sanmin
  then  granted, log has agency_registered
  when  wang registers the agency certificate 2.16.886.101.20003.20064 of zuoying
  then  granted
  when  wang reads the list agencies
  then  the list has 2 rows

story: G3.6 a duty change blocks the account at once
  given guo reads the list people
  and   the person of the row with 鄧離 is called DENG
  and   the person of the row with 林美 is called MEI
  and   the person of the row with 郭專 is called GUO
  and   the person of the row with 方文 is called FANG
  when  deng asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  guo records for DENG in sanmin the duty change transferred from 2026-11-24
  then  granted, log has duty_change_recorded
  and   the log gains signed_out
  when  deng asks residence for party 1 of 113-0041, basis B_LOW
  then  refused account_changed, rule G3.6
  and   the log gains sign_in_refused
  when  deng pastes not_found for the question
  then  refused account_changed

story: G3.6 what is refused around a duty change
  when  guo records for 00000000000000ff in sanmin the duty change left from 2026-11-24
  then  refused person_unknown
  when  guo records for DENG in zuoying the duty change left from 2026-11-24
  then  refused other_office
  when  wang records for DENG in zuoying the duty change left from 2026-11-24
  then  refused account_unknown
  when  guo records for GUO in sanmin the duty change left from 2026-11-24
  then  refused own_act
  when  guo records for DENG in sanmin the duty change left from 2026-11-24
  then  refused blocked_already
  when  mei records for DENG in sanmin the duty change left from 2026-11-24
  then  refused duty_not_entitled

story: G3.6 termination needs the agency certificate beside the custodian's own card
  given guo reads the list account_blocks
  and   the key of the row with 鄧離 is called BLOCK
  when  guo terminates block BLOCK
  then  refused agency_card_needed, rule G3.6
  when  guo and otherseal terminate block BLOCK
  then  refused agency_of_other_office, rule X25
  when  guo and mei terminate block BLOCK
  then  refused agency_card_other_kind, rule X25
  when  guo and guo terminate block BLOCK
  then  refused agency_card_other_kind, rule X25
  when  hu and seal terminate block BLOCK
  then  refused duty_not_entitled
  when  guo and seal terminate block 4000
  then  refused block_unknown
  when  guo reads the list my_tasks
  then  the list shows terminate_account
  when  guo and seal terminate block BLOCK
  then  granted, log has account_terminated
  and   the log gains duty_ended
  and   the log gains grant_ended
  when  guo and seal terminate block BLOCK
  then  refused block_over
  when  guo reads the list my_tasks
  then  the list does not show terminate_account
  when  deng asks residence for party 1 of 113-0041, basis B_LOW
  then  refused no_duty
  when  wang proposes to give back block BLOCK since 誤報
  then  refused block_over
  when  wang reads the list account_history, person DENG, in_office sanmin
  then  the list shows account_terminated
  and   the list shows duty:officer,duty_end:transferred
  and   the list shows grant_ended

story: G3.6 (M14) a day ahead the account lives until its day comes
  when  guo records for FANG in sanmin the duty change left from 2026-11-27
  then  granted
  when  guo reads the list accounts, account_state block_ahead
  then  the list shows 方文
  when  fang reads the list my_duties
  then  granted
  when  guo reads the list account_blocks, block_state ahead
  and   the key of the row with 方文 is called AHEAD
  and   guo terminates block AHEAD
  then  refused block_not_begun
  when  3 days pass
  and   fang asks residence for party 1 of 113-0041, basis B_LOW
  then  refused account_changed, rule G3.6

story: G3.6 the day of a change may lie ahead
  given guo reads the list people
  and   the person of the row with 林美 is called MEI
  when  guo records for MEI in sanmin the duty change duty_suspended from 2026-11-28
  then  granted

story: G3.6 when that day comes a session that lives still ends
  when  mei signs in
  and   mei reads the list my_duties
  then  granted
  when  900 minutes pass
  and   mei reads the list my_duties
  then  refused session_ended
  when  mei puts the session aside
  and   mei signs in
  then  refused account_changed

story: X16 two people give an account back, one of them of the bureau
  given guo reads the list account_blocks
  and   the key of the row with 林美 is called BLOCK
  when  hu proposes to give back block BLOCK since 停職已撤銷
  then  granted, log has reinstatement_proposed
  and   the log nowhere holds 停職已撤銷
  when  hu gives the account back
  then  refused own_act
  when  guo reads the list reinstatements
  and   the key of the row with 林美 is called PROPOSAL
  and   guo gives the account back, proposal PROPOSAL
  then  refused suspender_approves, rule X16
  when  wang reads the list my_tasks
  then  the list shows approve_reinstatement
  when  wang gives the account back, proposal PROPOSAL
  then  granted, log has account_reinstated
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  wang gives the account back, proposal PROPOSAL
  then  refused proposal_unknown

story: G6 a breach suspends in one step and is referred
  when  hu suspends MEI in sanmin for violation
  then  refused incident_needed, rule G6
  when  hu suspends MEI in sanmin for violation, incident I-7, remark 查詢與案件無關
  then  granted, log has account_suspended
  and   the log nowhere holds 查詢與案件無關
  when  mei asks residence for party 1 of 113-0041, basis B_LOW
  then  refused account_suspended, rule G6
  when  hu suspends MEI in sanmin for other
  then  refused blocked_already

story: G6 the referral of a breach is recorded
  given guo reads the list account_blocks, block_state standing
  and   the key of the row with violation is called BREACH
  when  hu refers block BREACH to ethics_office by letter 高市社政字第6號
  then  granted, log has violation_referred
  when  hu refers block 4000 to ethics_office by letter 高市社政字第6號
  then  refused block_unknown

story: X16 two of the same office are not enough
  when  guo proposes to give back block BREACH since 查無違失
  then  granted
  when  hu gives the account back
  then  refused suspender_approves
  when  su gives the account back
  then  refused other_office
  when  hu proposes to give back block BREACH since 查無違失
  then  granted
  when  guo gives the account back
  then  refused bureau_needed, rule X16
  when  chen gives the account back
  then  granted

story: X16 after thirty days only a new application helps
  given hu suspends MEI in sanmin for other
  and   hu reads the list account_blocks, block_state standing
  and   the key of the row with suspend_cause:other is called BLOCK
  when  31 days pass
  and   wang proposes to give back block BLOCK since 逾期
  then  refused reinstate_too_late, rule X16
  when  guo and seal terminate block BLOCK
  then  granted

story: X16 what was blocked and given back stands in the history of the account
  when  wang reads the list account_history, person DENG, in_office sanmin
  then  the list shows duty_change:transferred
  when  wang reads the list account_history, person MEI, in_office sanmin
  then  the list shows reinstatement_proposed
  and   the list shows 停職已撤銷
  and   the list shows account_reinstated
