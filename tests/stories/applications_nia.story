# The agency works in youju, the short chain, and offices without a custodian (G3.1, G3.2, G3.3, F1, X5, X15).

story: G3.2 without a custodian nobody applies
  when  lin applies under B_LOW for item_1
  then  granted
  given the newest entry is called L
  and   lin reads the list application, application L
  and   the digest of the row with draft is called DL
  when  lin submits L as DL
  then  refused no_custodian, rule G3.2

story: G3.1 only items that a basis allows, and only bases in force
  when  fang applies under B_LOW for item_7
  then  refused item_not_of_basis, rule G3.1
  when  fang applies under B_NONE for item_1
  then  refused basis_unknown
  when  fang applies under B_LOW for item_9
  then  refused item_unknown, rule F1.items

story: F1.phone and F1.email are plausible
  when  fang applies under B_LOW for item_1, phone 123
  then  refused phone_wrong, rule F1.phone
  when  fang applies under B_LOW for item_1, email fang
  then  refused email_wrong, rule F1.email
  when  fang applies under B_LOW for item_1, fax no
  then  refused fax_wrong, rule F1.fax
  when  fang applies under B_LOW for item_1, mobile no
  then  refused mobile_wrong, rule F1.mobile
  when  fang applies under B_LOW for item_1, email ""
  then  invalid, naming email

story: G3.3 who is no officer there applies for nothing there
  when  guo applies under B_LOW for item_1, office sanmin
  then  refused applicant_not_officer
  when  guo applies under B_LOW for item_1
  then  refused office_unknown

story: X5 an affiliate's application needs no letter to the bureau, X15 the bureau's custodian serves it
  when  ai applies under L_CHILD for item_5
  then  granted
  given the newest entry is called B
  and   ai reads the list application, application B
  and   the digest of the row with draft is called DB
  when  ai submits B as DB
  then  granted
  when  pan endorses B as DB
  then  granted
  when  kang approves the application B as DB
  then  granted
  when  wang forwards B as DB by letter 高市社字第1號
  then  refused other_office
  when  shen reviews B as DB
  then  granted

story: G3.3 a rejected application ends
  when  deng applies under L_CHILD for item_5, purpose protection
  then  granted
  given the newest entry is called C
  and   deng reads the list application, application C
  and   the digest of the row with draft is called DC
  when  deng submits C as DC
  then  granted
  when  hu rejects the application C as DC saying "業務未涉及外籍人士"
  then  granted
  and   the log nowhere holds 業務未涉及
  when  deng changes C under L_CHILD for item_5
  then  refused application_not_at_step

story: G3.3 the applicant takes it back before the agency has it
  when  deng applies under L_CHILD for item_6
  then  granted
  given the newest entry is called E
  when  deng withdraws E
  then  granted
  when  mei withdraws E
  then  refused application_unknown

story: G3.3 the agency's reviewer decides on a list, each by itself
  when  mei applies under L_CHILD for item_3
  then  granted
  given the newest entry is called M
  and   mei reads the list application, application M
  and   the digest of the row with draft is called DM
  when  mei submits M as DM
  then  granted
  when  hu endorses M as DM
  then  granted
  when  qiu approves the application M as DM
  then  granted
  when  guo forwards M as DM by letter 高市民區社字第21號
  then  granted
  when  shen reviews M as DM
  then  granted
  when  wang transmits B and B by letter 高市社救助字第22號
  then  refused application_twice
  when  wang transmits B and M by letter 高市社救助字第22號
  then  granted, log +3
  given fu reads the list transmissions
  and   the key of the row with 高市社救助字第22號 is called T
  when  fu reads the list transmission_applications, transmission T
  then  the list has 2 rows
  and   the list shows 艾屬
  when  fu reads the list application, application M
  then  the list shows nia_reviewer
  when  fu returns M as DM saying "x"
  then  refused duty_not_entitled
  when  shen returns M as DM saying "x"
  then  refused answered_elsewhere, rule G3.3
  when  fu approves B of 99 for the agency
  then  refused not_in_transmission
  when  fu approves B of T for the agency, returned M
  then  refused answer_reason_needed
  when  fu approves B of T for the agency, returned M, reason 請補正使用目的
  then  granted, log has nia_answer_recorded
  and   the log nowhere holds 請補正
  when  mei reads the list application_steps, application M
  then  the list shows 請補正使用目的
  when  chen grants B as DB until 2027-11-23
  then  granted, log has account_opened
  when  chen grants M as DM until 2027-11-23
  then  refused application_not_at_step

story: G3.6 a deputy whose duty was withdrawn meanwhile does nothing
  when  mei changes M under L_CHILD for item_3
  then  granted
  given mei reads the list application, application M
  and   the digest of the row with draft is called DN
  when  mei submits M as DN
  then  granted
  given chen reads the list people
  and   the key of the row with 胡主恩 is called HU
  when  chen ends duty HU because transferred on 2026-11-24
  then  granted
  when  hu endorses M as DN
  then  refused no_duty
  when  zhu endorses M as DN
  then  granted

story: F1.name a form that no longer says what the registry says is not submitted
  when  deng applies under L_CHILD for item_5
  then  granted
  given the newest entry is called R
  and   deng reads the list application, application R
  and   the digest of the row with draft is called DR
  when  wang imports staff
        | id_no,name,office,unit,title,duty,valid_from |
        | Z200000004,鄧離,sanmin,社會課,課長,officer,2026-01-01 |
  then  granted
  when  deng submits R as DR
  then  refused registry_changed, rule F1.name
