# The second person beforehand: a code bound to officer, person, case, window and count, while both cards
# are there; and what follows when a second person afterwards finds a question not justified (G3.1, G3.4a).

story: G3.1 what needs a second person is refused and says how to get one
  given chen proposes two_person.before = history from 2026-11-24
  and   wang approves the proposal
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person
  then  refused second_person_needed, rule two_person.before, log +1

story: G3.1 an ordinary question needs nobody and is not requested
  when  mei requests 1 questions of residence for party 1 of 113-0041, basis B_LOW
  then  refused authorization_unneeded
  when  mei requests 0 questions of history for party 1 of 113-0041, basis B_LOW, because court
  then  refused authorization_count
  when  mei requests 21 questions of history for party 1 of 113-0041, basis B_LOW, because court
  then  refused authorization_count

story: G3.4b only what might be asked can be requested
  when  lin requests 1 questions of history for party 1 of 113-0041, basis B_LOW, because court
  then  refused case_of_other_office
  when  mei requests 1 questions of history for party 1 of 113-0041, basis B_LOW
  then  refused reason_needed

story: G3.1 both cards come within minutes
  given mei requests 2 questions of history for party 1 of 113-0041, basis B_LOW, because court
  and   the newest entry is called LATE
  when  6 minutes pass
  and   hu grants authorization LATE
  then  refused authorization_late, rule two_person.cards_minutes

story: G3.4a nobody grants for another office, and what nobody requested is not granted
  given mei requests 2 questions of history for party 1 of 113-0041, basis B_LOW, because court
  and   the newest entry is called REQUEST
  when  su grants authorization REQUEST
  then  refused other_office
  when  mei grants authorization REQUEST
  then  refused duty_not_entitled
  when  hu grants authorization 3
  then  refused authorization_unknown

story: G3.1 the supervisor sees the request among the tasks, grants it and is told the code
  when  hu reads the list my_tasks
  then  the list shows grant_authorization
  when  hu reads the list open_authorizations
  then  the list has 1 rows
  and   the list shows 林美
  when  hu grants authorization REQUEST
  then  granted, log has authorization_granted
  and   the code is told

story: G3.1 a code is told once, and stands nowhere
  given the code is called CODE
  when  hu grants authorization REQUEST
  then  refused authorization_granted
  and   the log nowhere holds CODE
  when  mei reads the list my_authorizations
  then  the list shows granted

story: G3.1 with the code exactly that question is asked, as often as was granted
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code CODE, anchor 2026-11-23
  then  refused authorization_other_window
  when  mei asks one_year for party 1 of 113-0041, basis B_LOW, by person, code CODE
  then  refused authorization_other_window
  when  mei asks history for party 2 of 113-0041, basis B_LOW, because court, by person, code CODE
  then  refused authorization_other_subject
  when  mei asks history for party 1 of 113-0042, basis L_CHILD, because court, by person, code CODE
  then  refused authorization_other_case
  when  deng asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code CODE
  then  refused authorization_of_other
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code 00000-00000
  then  refused authorization_unknown
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code CODE
  then  waiting, log +1
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code CODE
  then  waiting, log +1
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code CODE
  then  refused authorization_used_up
  when  mei reads the list my_authorizations
  then  the list shows used up

story: G3.1 a code outlives neither its hours nor a restart of its counting
  given mei requests 2 questions of history for party 1 of 113-0041, basis B_LOW, because court
  and   hu grants the authorization
  and   the code is called EIGHT
  and   the service is started again
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code EIGHT
  then  waiting, log +1
  when  481 minutes pass
  and   mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code EIGHT
  then  refused authorization_expired, rule two_person.code_hours

story: G6 a code does not outlive the block of whoever granted it
  given mei requests 1 questions of history for party 1 of 113-0041, basis B_LOW, because court
  and   hu grants the authorization
  and   the code is called BLOCKED
  and   guo reads the list people
  and   the person of the row with 胡主恩 is called HU_HIMSELF
  and   guo suspends HU_HIMSELF in sanmin for other
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code BLOCKED
  then  refused authorization_withdrawn
  when  guo reads the list account_blocks
  and   the key of the row with 胡主恩 is called BLOCK
  and   guo proposes to give back block BLOCK since 誤停權
  and   guo reads the list reinstatements
  and   the key of the row with 胡主恩 is called PROPOSAL
  and   wang gives the account back, proposal PROPOSAL
  then  granted
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code BLOCKED
  then  refused authorization_withdrawn

story: G3.6 a code dies with the duty of whoever granted it
  given mei requests 1 questions of history for party 1 of 113-0041, basis B_LOW, because court
  and   hu grants the authorization
  and   the code is called ORPHAN
  and   guo reads the list people
  and   the key of the row with 胡主恩 is called HU
  and   guo ends duty HU because transferred on 2026-11-24
  when  mei asks history for party 1 of 113-0041, basis B_LOW, because court, by person, code ORPHAN
  then  refused authorization_withdrawn
