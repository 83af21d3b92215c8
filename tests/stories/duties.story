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

story: X18 who asks does not audit
  when  guo appoints FANG as auditor of sanmin from 2026-11-24
  then  refused duties_conflict, rule X18

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
