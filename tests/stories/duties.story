# Duties are given and ended (G3.2, G3.4a, G3.6, X15, X18).

story: G3.2 the custodian of a district gives duties in that district
  given guo reads the list people
  and   the person of the row with 方文 is called FANG
  when  guo appoints FANG as auditor of zuoying from 2026-11-24
  then  refused other_office, rule G2.1
  when  guo appoints FANG as records_keeper of sanmin from 2026-11-24
  then  granted, log has duty_appointed
  when  guo appoints FANG as records_keeper of sanmin from 2026-11-24
  then  refused duty_exists

story: X18 who asks does not audit, but for the bureau's written consent
  when  guo appoints FANG as auditor of sanmin from 2026-11-24, ground section_chief_or_above
  then  refused duties_conflict, rule X18
  when  guo appoints FANG as auditor of sanmin from 2026-11-24, ground section_chief_or_above, consent 高市社字第7號
  then  refused duties_conflict, rule X18

story: G4.1.1 the appointment of an auditor states its ground
  given guo reads the list people
  and   the person of the row with 胡主恩 is called HU
  when  guo appoints HU as auditor of sanmin from 2026-11-24
  then  refused auditor_ground_needed, rule G4.1.1
  when  guo appoints HU as auditor of sanmin from 2026-11-24, ground named_by_head
  then  refused appointment_letter_needed, rule G4.1.1
  when  guo appoints HU as auditor of sanmin from 2026-11-24, ground named_by_head, letter 高市三區人字第3號
  then  granted, log has duty_appointed

story: G3.2 a duty needs a person and an office
  when  guo appoints 00000000000000ff as officer of sanmin from 2026-11-24
  then  refused person_unknown
  when  chen appoints FANG as officer of nowhere from 2026-11-24
  then  refused office_unknown

story: G3.4a nobody gives himself a duty
  given guo reads the list people
  and   the person of the row with 郭專 is called GUO
  when  guo appoints GUO as supervisor of sanmin from 2026-11-24
  then  refused own_act

story: G3.4a an officer gives no duties
  when  mei appoints FANG as officer of sanmin from 2026-11-24
  then  refused duty_not_entitled

story: G3.4a an end before the beginning is refused
  when  guo appoints FANG as supervisor of sanmin from 2026-11-24, until 2026-11-01
  then  refused dates_reversed

story: G3.6 with the duty the right to ask ends at once
  given deng asks residence for party 1 of 113-0041, basis B_LOW, by person
  and   guo reads the list people
  and   the key of the row with 鄧離 is called DUTY
  when  guo ends duty DUTY because transferred on 2026-11-24
  then  granted, log has duty_ended
  when  deng asks residence for party 1 of 113-0041, basis B_LOW
  then  refused no_duty

story: G3.6 an ended duty cannot end again
  when  guo ends duty DUTY because left on 2026-11-24
  then  refused duty_unknown

story: X15 the bureau may act for any office
  when  chen appoints FANG as supervisor of sanmin from 2026-11-24
  then  granted

story: G3.2 offices that lack somebody are listed, and a missing custodian is a task
  when  su reads the list offices_lacking
  then  the list has 1 rows
  and   the list shows zuoying
  and   the list shows missing
  when  su reads the list my_tasks
  then  the list shows appoint_custodian
  when  guo reads the list offices_lacking
  then  the list shows sanmin
  and   the list does not show zuoying

story: G3.2 the only custodian does not go unawares
  given guo reads the list people
  and   the key of the row with 郭專 is called CUSTODIAN
  when  hu ends duty CUSTODIAN because transferred on 2026-11-24
  then  refused office_left_vacant, rule G3.2
  when  guo hands duty CUSTODIAN over to FANG on 2026-11-24
  then  refused own_act
  when  su hands duty CUSTODIAN over to FANG on 2026-11-24
  then  refused other_office

story: G3.2 what waits for whoever hands over is listed for the successor
  given mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  and   guo reads the list people
  and   the key of the row with 林美 is called MEI
  when  guo reads the list handover, duty_entry MEI
  then  the list shows paste_answer
  and   the list shows 113-0041
  when  su reads the list handover, duty_entry MEI
  then  the list has 0 rows
  when  guo reads the list handover, duty_entry 999999
  then  the list has 0 rows

story: G3.2 a duty is handed over, and the agency hears of it within days
  when  hu hands duty CUSTODIAN over to FANG on 2026-11-24
  then  granted, log has duty_handed_over
  and   the log gains staff_change_due
  when  hu hands duty CUSTODIAN over to FANG on 2026-11-24
  then  refused duty_unknown
  when  hu reads the list my_tasks
  then  the list shows report_staff_change
  and   the list shows 2026-12-01
  given the object of the row with 2026-12-01 is called NOTICE
  when  su reports change NOTICE by letter 高市左區社字第1號 on 2026-11-24
  then  refused other_office
  when  hu reports change NOTICE by letter 高市三區社字第2號 on 2026-11-25
  then  refused date_in_future
  when  hu reports change NOTICE by letter 高市三區社字第2號 on 2026-11-24
  then  granted, log has staff_change_reported
  when  hu reports change NOTICE by letter 高市三區社字第2號 on 2026-11-24
  then  refused notice_unknown, rule staff_change.notify_days

story: G3.2 answers that need a person go over with the duty
  given mei pastes found for the question
    | 1 出境 20260110 |
    | 2 入境 20260712 |
  and   chen hands duty MEI over to GUO on 2026-11-24
  when  guo reads the list my_tasks
  then  the list shows review_answer

story: G3.2 an office may stay without a custodian when that is said
  given chen appoints GUO as custodian of zuoying from 2026-11-24
  and   su reads the list people
  and   the key of the row with 郭專 is called SECOND
  when  su ends duty SECOND because left on 2026-11-24
  then  refused office_left_vacant
  when  su ends duty SECOND because left on 2026-11-24, left_vacant true
  then  granted, log has duty_ended
