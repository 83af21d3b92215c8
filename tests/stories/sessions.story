# Signing in and out (G3.4a, G3.5, G3.7; controls C05, C06, C18, C23, C24, C26).

story: G3.4a an officer signs in with her own card
  when  mei signs in
  then  granted, log has signed_in
  when  mei reads the list my_duties
  then  granted
  and   the list shows officer

story: G3.5 an officer signs out, and her session is over
  when  mei signs out
  then  granted, log has signed_out
  when  mei signs in
  and   mei signs out
  then  granted

story: G3.5 a session that is left alone is ended by the server
  given mei signs in
  when  11 minutes pass
  and   mei reads the list my_duties
  then  refused session_ended, rule G3.5
  when  mei puts the session aside
  and   mei reads the list my_duties
  then  granted

story: C06 a session ends after its longest time although it is used
  given mei signs in
  and   9 minutes pass
  when  mei reads the list my_duties
  then  granted
  when  480 minutes pass
  and   mei reads the list my_duties
  then  refused session_ended
  when  mei puts the session aside
  and   mei signs in
  then  granted
  when  mei signs out
  then  granted

story: G3.4a who signs in elsewhere leaves the place where she was
  given mei signs in
  when  mei signs in
  then  granted, log has signed_out
  when  mei signs out
  then  granted

story: G3.3 a form that is sent after the session ran out is refused and nothing fails
  given mei signs in
  when  11 minutes pass
  and   mei applies under B_LOW for item_1
  then  refused session_ended, rule G3.5
  when  mei puts the session aside
  and   mei applies under B_LOW for item_1
  then  granted, log has application_drafted

story: G3.4a a card bound to nobody does not sign in
  when  nobody signs in
  then  refused card_unknown, rule G3.4a
  and   the log gains sign_in_refused

story: G3.4a a card of an unrecognised authority does not sign in
  when  forger signs in
  then  refused card_foreign, rule G3.4a
  and   the log gains sign_in_refused

story: G3.7 a revoked card does not sign in
  when  revoked signs in
  then  refused card_revoked, rule G3.7
  and   the log gains sign_in_refused

story: G3.4a an expired card does not sign in
  when  expired signs in
  then  refused card_expired, rule G3.4a
  and   the log gains sign_in_refused

story: X8 a card with another name than the registered one does not sign in
  when  renamed signs in
  then  refused card_mismatch, rule X8
  and   the log gains sign_in_refused

story: C24 five failures lock signing in for a quarter of an hour
  given renamed signs in
  and   renamed signs in
  and   renamed signs in
  and   renamed signs in
  when  renamed signs in
  then  refused sign_in_locked, rule login.max_failures
  when  16 minutes pass
  and   renamed signs in
  then  refused card_mismatch

story: C08 what a duty does not need is refused
  when  mei reads the list people
  then  refused duty_not_entitled, rule G3.4a
  when  mei reads 1 entries from 0
  then  refused duty_not_entitled
  and   the log gains command_refused

story: C26 a refusal is a short code and a rule, not the machine's insides
  when  mei reads 1 entries from 0
  then  refused duty_not_entitled, rule G3.4a

story: C18 when the clock goes back nothing is asked until that is settled
  when  the clock goes back 5 minutes
  and   mei asks residence for party 1 of 113-0041, basis B_LOW
  then  refused clock_stepped, rule C18
  and   the log gains clock_stepped
  when  wang accepts the clock
  then  granted, log has clock_acceptance_given
  when  wang accepts the clock
  then  refused own_act
  when  the service is started again
  and   mei asks residence for party 1 of 113-0041, basis B_LOW
  then  refused clock_stepped, rule C18
  when  mei accepts the clock
  then  refused duty_not_entitled
  when  chen accepts the clock
  then  granted, log has clock_accepted
  when  mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting
  when  the service is started again
  and   mei asks residence for party 1 of 113-0041, basis B_LOW, by person
  then  waiting

story: C18 a clock that is right needs nobody's acceptance
  when  chen accepts the clock
  then  refused nothing_to_accept

story: C17 the service starts again and still knows what it promised
  when  the service is started again
  and   mei reads the list my_queries
  then  granted
  and   the list shows 113-0041
