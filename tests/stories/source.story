# What the data source does, and how each outcome keeps its own name (G3.1). Party numbers of case
# 113-0045 stand for travellers and faults: see travellers.c.

story: X22 one history, four counts: a person decides
  when  mei asks residence for party 1 of 113-0045, basis B_LOW
  then  answered needs_review, log +2
  and   days by convention A are 184
  and   days by convention B are 183
  and   days by convention C are 185
  and   days by convention D are 182
  and   the reasons include conventions_disagree
  and   the reasons include near_threshold

story: G3.1 a source that does not answer in time is a failure, not an answer
  given chen proposes source.timeout_seconds = 1 from 2026-11-24
  and   wang approves the proposal
  when  mei asks residence for party 2 of 113-0045, basis B_LOW
  then  failed timeout, log +2
  and   the log gains query_failed

story: G3.1 maintenance is told as maintenance
  when  mei asks residence for party 3 of 113-0045, basis B_LOW
  then  failed maintenance, log +2

story: G3.1 a denial is told as a denial
  when  mei asks residence for party 4 of 113-0045, basis B_LOW
  then  failed denied, log +2

story: G3.1 an error is told as an error
  when  mei asks residence for party 5 of 113-0045, basis B_LOW
  then  failed error, log +2

story: G3.1 a truncated answer decides nothing by itself
  when  mei asks residence for party 6 of 113-0045, basis B_LOW
  then  answered needs_review, log +2
  and   the reasons include source_incomplete

story: G3.1 a malformed answer is no answer
  when  mei asks residence for party 7 of 113-0045, basis B_LOW
  then  failed malformed, log +2

story: G3.1 nothing known is its own answer
  when  mei asks residence for party 8 of 113-0045, basis B_LOW
  then  granted, log +2
  and   the log gains query_answered

story: G3.1 data that is older than the window is said to be
  when  mei asks residence for party 9 of 113-0045, basis B_LOW
  then  granted, log +2

story: G3.1 records in conflict go to a person
  when  mei asks residence for party 11 of 113-0045, basis B_LOW
  then  answered needs_review
  and   the reasons include record_conflict

story: G3.1 a second document goes to a person
  when  mei asks residence for party 12 of 113-0045, basis B_LOW
  then  answered needs_review
  and   the reasons include dual_document

story: G3.1 an unknown character in the name matches nothing silently
  when  mei asks residence for party 13 of 113-0045, basis B_LOW
  then  answered needs_review
  and   the reasons include identity_unresolved

story: X21 a child born in the window cannot have 183 days
  when  mei asks residence for party 14 of 113-0045, basis B_LOW
  then  answered needs_review
  and   the reasons include born_in_window

story: G3.1 rows delivered twice are told, not counted twice
  when  mei asks residence for party 15 of 113-0045, basis B_LOW
  then  granted, log +2

story: G3.1 the strictest and the mildest count are the same for a traveller of single days
  when  mei asks residence for party 16 of 113-0045, basis B_LOW
  then  granted, log +2

story: G3.4b an answer that comes after the case was closed is withheld
  given chen proposes source.timeout_seconds = 20 from 2026-11-24
  and   wang approves the proposal
  when  mei waits for residence about party 17 of 113-0045, basis B_LOW
  and   hu closes 113-0045 on 2026-11-24
  then  granted
  and   the waiting ends refused case_closed
  and   the log gains query_withheld

story: G3.4b an answer leaves no trace of the person in the log
  then  the log nowhere holds T160000005
  and   the log nowhere holds 邱一
