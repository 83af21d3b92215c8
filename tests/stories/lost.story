# A lost card, told by whoever is nearest, and the agency's answer (G3.7, X17, M16, C03).

story: G3.7 the holder reports his own card and everything of his ends at once
  given guo reads the list people
  and   the person of the row with 林美 is called MEI
  and   the person of the row with 方文 is called FANG
  when  fang reports the card of MEI lost on 2026-11-24
  then  refused other_office
  when  mei reports the card of MEI lost on 2026-11-25
  then  refused date_in_future
  when  mei reports the card of 00000000000000ff lost on 2026-11-24
  then  refused person_unknown
  when  mei reports the card of MEI lost on 2026-11-24
  then  granted, log has card_lost_reported
  and   the log gains signed_out
  when  mei asks residence for party 1 of 113-0041, basis B_LOW
  then  refused card_lost, rule G3.7
  and   the log gains sign_in_refused

story: G3.7 who told it by telephone stands sealed
  given fang signs in
  when  guo reports the card of FANG lost on 2026-11-24
  then  refused told_needed, rule G3.7
  when  guo reports the card of FANG lost on 2026-11-24, told 本人九時來電
  then  granted, log has card_lost_reported
  and   the log nowhere holds 本人九時來電
  when  fang reads the list my_duties
  then  refused session_ended
  when  fang puts the session aside
  and   fang signs in
  then  refused card_lost, rule G3.7
  when  guo reports the card of FANG lost on 2026-11-24, told 本人再次來電
  then  refused blocked_already

story: G3.7 the notice to the agency and its answer are followed
  given guo reads the list endings_due
  and   the key of the row with 林美 is called BLOCK
  when  guo records that nia ended block BLOCK on 2026-11-24 by letter 移署資字第5號
  then  refused nia_not_notified
  when  guo tells the agency of block BLOCK by letter 高市三區社字第4號 on 2026-11-25
  then  refused date_in_future
  when  su tells the agency of block BLOCK by letter 高市三區社字第4號 on 2026-11-24
  then  refused other_office
  when  guo tells the agency of block BLOCK by letter 高市三區社字第4號 on 2026-11-24
  then  granted, log has nia_notified
  when  guo tells the agency of block BLOCK by letter 高市三區社字第4號 on 2026-11-24
  then  refused nia_step_done
  when  guo reads the list my_tasks
  then  the list shows confirm_nia
  when  15 days pass
  and   guo reads the list endings_due
  then  the list shows true
  when  guo records that nia ended block BLOCK on 2026-12-08 by letter 移署資字第5號
  then  granted, log has nia_confirmed
  when  guo records that nia ended block BLOCK on 2026-12-08 by letter 移署資字第5號
  then  refused nia_step_done

story: G3.7 report, lost card, notice and answer stand in the history of the account
  when  guo reads the list account_history, person MEI, in_office sanmin
  then  the list shows card_lost_reported
  and   the list shows card_end:lost
  and   the list shows 高市三區社字第4號
  and   the list shows nia_ender:nia
  and   the list shows 移署資字第5號

story: G3.7 without a letter number there is no notice
  when  guo tells the agency of block BLOCK by letter "" on 2026-11-24
  then  invalid

story: C03 an account that nobody uses is suspended and later ends without a human
  given guo reads the list people
  and   the person of the row with 鄧離 is called DENG
  when  180 days pass
  and   deng asks residence for party 1 of 113-0041, basis B_LOW
  then  refused account_idle, rule C03
  when  wang reads the list account_blocks, block_state standing
  then  the list shows suspend_cause:idle
  when  190 days pass
  and   wang reads the list account_blocks, block_state terminated
  then  the list shows suspend_cause:idle

story: C02 a temporary duty that is over lets nobody in
  when  deng asks residence for party 1 of 113-0041, basis B_LOW
  then  refused no_duty, rule G3.4a
