-- project_case_opened
INSERT INTO welfare_case (entry, case_no, office, basis, opened_on, intake_no, unconfirmed,
                          entered_by, import_entry, party_count, unconfirmed_parties)
VALUES (:entry, :case_no, :office, :basis, :opened_on, :intake_no, :unconfirmed,
        (SELECT person FROM session WHERE entry = :session AND :import IS NULL), :import, 0, 0)

-- project_case_confirmed
UPDATE welfare_case SET unconfirmed = 0 WHERE entry = :case

-- project_case_closed
UPDATE welfare_case SET closed_on = :closed_on, closed_entry = :entry WHERE entry = :case

-- project_case_decided
UPDATE welfare_case SET decision = :decision, decided_on = :decided_on, decided_entry = :entry
 WHERE entry = :case

-- project_party_added
INSERT INTO party (case_id, party_no, entry, person, relation, intake_no, received_on, unconfirmed,
                   entered_by, import_entry)
VALUES (:case, :party_no, :entry, :person, :relation, :intake_no, :received_on, :unconfirmed,
        (SELECT person FROM session WHERE entry = :session AND :import IS NULL), :import)

-- project_party_added_2
UPDATE welfare_case
   SET party_count = CASE WHEN party_count < :party_no THEN :party_no ELSE party_count END,
       unconfirmed_parties = unconfirmed_parties + :unconfirmed
 WHERE entry = :case

-- project_party_confirmed
UPDATE welfare_case SET unconfirmed_parties = unconfirmed_parties - 1
 WHERE entry = :case
   AND EXISTS (SELECT 1 FROM party WHERE case_id = :case AND party_no = :party_no AND unconfirmed = 1)

-- project_party_confirmed_2
UPDATE party SET unconfirmed = 0 WHERE case_id = :case AND party_no = :party_no

-- project_query_asked
INSERT INTO query (entry, asked_at, session, asker, asked_no, case_id, party_no, person, basis, purpose,
                   item, asked_range, anchor, channel, waits_for, due, rule, reason_code, reason,
                   reason_digest, accept_by, batch, ordered_by, authorization, state)
VALUES (:entry, :at, :session, (SELECT s.person FROM session s WHERE s.entry = :session),
        1 + coalesce((SELECT q.asked_no FROM query q
                       WHERE q.asker = (SELECT s.person FROM session s WHERE s.entry = :session)
                       ORDER BY q.asked_at DESC, q.asked_no DESC LIMIT 1), 0),
        :case, :party_no, :person, :basis, :purpose, :item, :range, :anchor, :channel, :waits_for, :due,
        :rule, :reason_code, :reason, :reason_digest, :accept_by, :batch, :ordered_by, :authorization,
        'open')

-- project_query_asked_2
UPDATE party SET last_query = :entry WHERE case_id = :case AND party_no = :party_no

-- project_query_answered
UPDATE query
   SET state = 'answered', ended_entry = :entry, ended_at = :at, result = :result, verdict = :verdict,
       reasons = :reasons, row_count = :row_count, fields = :fields, data_as_of = :data_as_of,
       answer = :answer, answer_digest = :answer_digest, day_table = :day_table,
       day_table_digest = :day_table_digest, review_owner = :review_owner, review_by = :review_by,
       rows_digest = :rows_digest, unread_lines = :unread_lines
 WHERE entry = :asked

-- project_query_withheld
UPDATE query SET state = 'withheld', ended_entry = :entry, ended_at = :at, withheld_rule = :rule
 WHERE entry = :asked

-- project_query_failed
UPDATE query SET state = 'failed', ended_entry = :entry, ended_at = :at, result = :result
 WHERE entry = :asked

-- project_query_refused
INSERT INTO refusal (entry, at, session, person, office, command, rule, case_id, subject, tag, channel)
SELECT :entry, :at, :session, s.person, s.office, 'ask', :rule, :case, :person, :tag, :channel
  FROM (SELECT 1) LEFT JOIN session s ON s.entry = :session

-- project_day_table_released
UPDATE query SET released_entry = :entry WHERE entry = :asked AND released_entry IS NULL

-- project_query_accepted
UPDATE query
   SET accepted_entry = :entry, accepted_at = :at, accepted_by = :person, justified = :justified, remark = :remark,
       remark_digest = :remark_digest, explain_by = :explain_by
 WHERE entry = :asked

-- project_query_explained
UPDATE query
   SET explained_entry = :entry, explanation = :explanation, explanation_digest = :explanation_digest
 WHERE entry = :asked

-- project_query_asked_3
UPDATE second_person SET used = used + 1 WHERE entry = CAST(:authorization AS INTEGER)

-- project_authorization_requested
INSERT INTO second_person (entry, at, session, asker, case_id, party_no, person, basis, purpose, item,
                           asked_range, anchor, ask_count, grant_by, reason_code, reason, reason_digest, used)
SELECT :entry, :at, :session, s.person, :case, :party_no, :person, :basis, :purpose, :item, :range,
       :anchor, :ask_count, :grant_by, :reason_code, :reason, :reason_digest, 0
  FROM (SELECT 1) LEFT JOIN session s ON s.entry = :session

-- project_authorization_granted
UPDATE second_person
   SET granted_entry = :entry, granted_by = :person, code = :code, valid_until = :valid_until
 WHERE entry = :authorization
