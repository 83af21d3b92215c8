# Rules change by two people and never backwards (G1, G2.2, G7).

story: G7 one person proposes a parameter, another approves it
  when  chen proposes residence.margin = 5 from 2026-11-24
  then  granted, log has parameter_proposed
  when  chen approves the proposal
  then  refused own_act, rule G3.4a
  when  wang approves the proposal
  then  granted, log has parameter_set
  when  mei reads the list parameters
  then  the list shows residence.margin

story: G7 a decided proposal is closed
  when  chen proposes residence.margin = 4 from 2026-11-24
  and   the newest entry is called MARGIN
  and   wang approves proposal MARGIN
  and   wang approves proposal MARGIN
  then  refused proposal_unknown

story: G7 a rule cannot begin in the past
  when  chen proposes residence.margin = 5 from 2026-11-23
  then  refused effective_in_past, rule G7

story: G7 a parameter stays within its range
  when  chen proposes residence.margin = 99 from 2026-11-24
  then  refused parameter_out_of_range
  when  chen proposes residence.colour = red from 2026-11-24
  then  refused parameter_unknown

story: G3.8 nobody shortens the five years
  when  chen proposes log.retention_years = 4 from 2026-11-24
  then  refused parameter_out_of_range
  when  chen proposes log.retention_years = 6 from 2026-11-24
  then  granted

story: G7 a proposal is rejected with its reason
  when  wang rejects the proposal saying "不需要"
  then  granted, log has proposal_rejected
  and   the log nowhere holds 不需要

story: G2.2 a legal basis enters the closed list by two people
  when  chen proposes the basis L_TEST named 測試辦法 for item_1 from 2026-11-24, data_request 測試法第1條
  then  granted, log has basis_proposed
  when  mei opens case 115-0300 under L_TEST
  then  refused basis_unknown
  when  wang approves the proposal
  then  granted, log has basis_approved
  when  mei opens case 115-0300 under L_TEST
  then  granted

story: G2.2 a basis names items that exist
  when  chen proposes the basis L_ODD named 怪辦法 for item_9 from 2026-11-24, data_request 怪法第1條
  then  refused item_unknown

story: G2.2 a district changes no rules
  when  hu proposes residence.margin = 5 from 2026-11-24
  then  refused other_office
  when  mei proposes residence.margin = 5 from 2026-11-24
  then  refused duty_not_entitled

story: G1 the guideline and the agency's own rules are filed as dated editions
  when  chen files guideline 作業要點 dated 2018-07-24 reading "一、目的"
  then  granted, log has edition_filed
  when  mei reads the list editions
  then  the list shows 作業要點
  when  chen files agency_rules 使用須知 dated 2027-07-24 reading "一"
  then  refused date_in_future
