# From form F1 to the grant, step by step, by different people (G3.2, G3.3, F1).

story: G3.3 an officer fills in form F1 and submits it
  when  fang applies under B_LOW for item_1
  then  granted, log has application_drafted
  and   the log nowhere holds 07-3228160
  and   the log nowhere holds kcg.gov.tw
  and   the log nowhere holds 年度總清查
  given the newest entry is called A
  and   fang reads the list application, application A
  then  the list shows draft
  and   the list shows 07-3228160
  and   the list shows 方文
  given the digest of the row with draft is called D1
  when  mei submits A as D1
  then  refused application_unknown, rule G3.3
  when  fang submits A as D1
  then  granted, log has application_step_taken

story: G3.3 an application is submitted once
  when  fang submits A as D1
  then  refused application_not_at_step, rule G3.3

story: G3.3 what is on its way is not changed
  when  fang changes A under B_LOW for item_1
  then  refused application_not_at_step

story: G3.3 colleagues see nothing of it, the supervisor does
  when  mei reads the list application, application A
  then  the list has 0 rows
  when  hu reads the list application, application A
  then  the list shows supervisor
  when  hu reads the list my_tasks
  then  the list shows endorse_application

story: G3.3 the supervisor endorses what he saw
  when  mei endorses A as D1
  then  refused duty_not_entitled
  when  su endorses A as D1
  then  refused other_office
  when  hu endorses A as AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
  then  refused form_stale, rule G3.3
  when  hu endorses A as D1, request AAAAAAAAAAAAAAAAAAAAEA
  then  granted, log +1
  when  the same is sent again
  then  granted, log +0
  when  hu endorses A as D1
  then  refused application_not_at_step

story: G3.3 the agency head approves, or somebody in his place on a stated ground
  when  zhu approves the application A as D1
  then  refused acting_ground_needed, rule G3.3
  when  hu decides on A as D1 for the head because 分層負責明細表
  then  refused second_step, rule G3.3
  when  qiu approves the application A as D1
  then  granted, log +1

story: G3.3 the custodian forwards it by letter
  when  guo forwards A as D1 by letter ""
  then  invalid, naming letter_no
  when  guo forwards A as D1 by letter 高市民區社字第11號
  then  granted, log +1
  and   the log holds 高市民區社字第11號
  and   the log nowhere holds 檢送本所帳號申請表

story: G3.3 the sealed form is attached as a scan
  when  guo attaches the form bm8gcGljdHVyZQ== to A as D1
  then  refused scan_unreadable
  when  guo attaches the form JVBERi0xLjcgc2VhbGVk to A as D1
  then  granted, log has application_scanned
  and   the log nowhere holds JVBERi0x
  when  hu reads the list application_scans, application A
  then  the list shows pdf
  given the key of the row with pdf is called SCAN
  when  hu reads the list application_scan, scan SCAN
  then  the list shows JVBERi0xLjcgc2VhbGVk
  when  mei reads the list application_scan, scan SCAN
  then  the list has 0 rows
  when  guo attaches the letter PDF-OF-4194304-BYTES to A as D1
  then  granted, log has application_scanned
  when  guo attaches the letter PDF-OF-4194305-BYTES to A as D1
  then  refused scan_too_large

story: G3.3 a failing check point forbids approval, and the bureau returns it with its reason
  when  shen reviews A as D1, check_purpose fail
  then  refused checkpoint_failed, rule G3.3
  when  shen returns A as D1 saying "使用目的請具體敘明"
  then  granted, log has application_step_taken
  and   the log nowhere holds 具體敘明
  when  fang reads the list application_steps, application A
  then  the list shows 使用目的請具體敘明
  when  fang reads the list my_tasks
  then  the list shows submit_application

story: G3.3 a returned application is corrected and goes the whole way again
  when  fang submits A as D1
  then  refused application_not_at_step
  when  fang changes A under B_LOW and L_CHILD for item_1
  then  refused basis_unknown
  when  fang changes A under B_LOW;L_CHILD for item_1;item_4
  then  granted, log has application_drafted
  given fang reads the list application, application A
  and   the digest of the row with draft is called D2
  when  fang submits A as D1
  then  refused form_stale
  when  fang submits A as D2
  then  granted
  when  hu endorses A as D1
  then  refused form_stale
  when  hu endorses A as D2
  then  granted
  when  zhu decides on A as D2 for the head because 分層負責明細表
  then  granted
  and   the log nowhere holds 分層負責明細表
  when  guo forwards A as D2 by letter 高市民區社字第12號
  then  granted
  when  shen reviews A as D2
  then  granted
  and   the log nowhere holds 查核無訛
  when  fang reads the list application_forms, application A
  then  the list has 2 rows

story: G3.3 the bureau transmits a list and records the agency's answer with its letter
  when  wang reads the list applications_to_transmit
  then  the list shows 方文
  when  wang transmits A by letter 高市社救助字第13號
  then  granted, log has applications_transmitted
  given hu reads the list application, application A
  and   the transmission of the row with transmitted is called T
  when  wang records that the agency approved A of T, letter 移署資字第14號
  then  refused second_step
  when  dai records that the agency approved A of T
  then  refused letter_needed, rule G3.3
  when  dai records that the agency approved A of T, letter 移署資字第14號
  then  granted, log has nia_answer_recorded

story: G3.3 the grant has an end and opens the way to ask
  when  fang asks residence for party 1 of 113-0041, basis B_LOW
  then  refused item_not_granted
  when  dai grants A as D2 until 2029-11-23
  then  refused second_step
  when  chen grants A as D2 until 2029-11-24
  then  refused grant_too_long, rule grant.max_years
  when  chen grants A as D2 until 2026-11-23
  then  refused dates_reversed
  when  chen grants A as D2 until 2029-11-23
  then  granted, log has grant_issued
  when  fang asks residence for party 1 of 113-0041, basis B_LOW
  then  answered eligible
  when  fang reads the list my_grants
  then  the list has 3 rows
  and   the list shows application

story: G3.3 what is granted is neither returned nor taken back
  when  chen returns A as D2 saying "x"
  then  refused application_not_at_step
  when  fang withdraws A
  then  refused application_not_at_step

story: G3.3 every step stands in the history of the account, with the reasons of whoever decided
  given guo reads the list people
  and   the person of the row with 方文 is called FANG
  when  guo reads the list account_history, person FANG, in_office sanmin
  then  the list shows application_step:submit,step_outcome:passed
  and   the list shows application_step:endorse,step_outcome:passed
  and   the list shows application_step:approve,step_outcome:passed,history_mark:acting_decision
  and   the list shows application_step:forward,step_outcome:passed
  and   the list shows application_step:review,step_outcome:returned
  and   the list shows 使用目的請具體敘明
  and   the list shows application_step:transmit,step_outcome:passed
  and   the list shows 高市社救助字第13號
  and   the list shows application_step:nia_review,step_outcome:passed
  and   the list shows 移署資字第14號
  and   the list shows item:item_1,basis:B_LOW,grant_ground:application
  and   the list shows duty:officer
  when  wang reads the list account_history, person FANG, in_office sanmin
  then  the list shows application_step:grant
  when  mei reads the list account_history, person FANG, in_office sanmin
  then  refused duty_not_entitled
  given guo reads the list people
  and   the person of the row with 林美 is called MEI
  when  guo reads the list account_history, person MEI, in_office sanmin
  then  the list shows grant_ground:migrated

story: G3.1 nobody reads the history of an account of another office
  given guo reads the list people
  and   the person of the row with 方文 is called FANG
  when  su reads the list account_history, person FANG, in_office sanmin
  then  the list has 0 rows
  when  su reads the list account_history, person FANG, in_office zuoying
  then  the list has 0 rows
