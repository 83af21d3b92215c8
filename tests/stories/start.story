office: bare
# Before anybody has a duty, two people with two cards appoint the first custodian and supervisor
# of the bureau; that right then ends (G3.2).

story: G3.2 nobody signs in before the office has been started
  when  mei signs in
  then  refused first_start_open, rule G3.2

story: G3.2 one card cannot start the office
  when  wang and wang start the office 高雄市政府社會局
  then  refused same_card_twice, rule G3.2

story: F1.id_no a number with a wrong check digit starts nothing
  when  wang and chen start the office 高雄市政府社會局, custodian_id_no A123456780
  then  refused id_no_invalid, rule F1.id_no

story: X8 the number typed must be the one of the card
  when  wang and chen start the office 高雄市政府社會局, custodian_id_no X100000009
  then  refused card_mismatch, rule X8

story: G3.4a a card of an unrecognised authority starts nothing
  when  forger and chen start the office 高雄市政府社會局
  then  refused card_foreign, rule G3.4a

story: G3.7 a revoked card starts nothing
  when  revoked and chen start the office 高雄市政府社會局
  then  refused card_revoked, rule G3.7

story: G3.2 two card holders start the office
  when  wang and chen start the office 高雄市政府社會局
  then  granted, log has first_start_ended
  and   the log gains card_bound
  and   the log nowhere holds 王大同
  and   the log nowhere holds A123456789

story: G3.2 the right of first start then ends
  when  mei and hu start the office 高雄市政府社會局
  then  refused first_start_over, rule G3.2

story: G3.4a a person whom nobody registered cannot sign in
  when  mei signs in
  then  refused card_unknown, rule G3.4a
  and   the log gains sign_in_refused
