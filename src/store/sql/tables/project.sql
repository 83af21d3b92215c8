-- applied_set
UPDATE applied SET size = :size WHERE one = 1

-- applied_get
SELECT size FROM applied WHERE one = 1

-- project_request
INSERT INTO request (person, request, content, entry)
VALUES (coalesce((SELECT person FROM session WHERE entry = :session), 0), :request, :content, :entry)
ON CONFLICT (person, request) DO NOTHING

-- project_log_opened
INSERT INTO state (name, n) VALUES ('demo', :demo)

-- project_clock_stepped
INSERT INTO state (name, n) VALUES ('clock_stepped', :entry)
ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- project_clock_acceptance_given
INSERT INTO state (name, n) VALUES ('clock_accepted_by', :person)
ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- project_clock_accepted
DELETE FROM state WHERE name IN ('clock_stepped', 'clock_accepted_by')

-- project_document_erased
INSERT INTO erasure (entry, document, confirmed) VALUES (:entry, :document, NULL)

-- project_document_erasure_confirmed
UPDATE erasure SET confirmed = :entry WHERE entry = :erased

-- project_office_changed
INSERT INTO office (office, entry, name, name_en, office_kind, parent, address, indigenous, ended)
VALUES (:office, :entry, :name, :name_en, :office_kind, :parent, :address, :indigenous, :ended)
ON CONFLICT (office) DO UPDATE
   SET name = excluded.name, name_en = excluded.name_en, office_kind = excluded.office_kind,
       parent = excluded.parent, address = excluded.address, indigenous = excluded.indigenous,
       ended = excluded.ended

-- project_person_registered
INSERT INTO person (person, entry, person_kind, details, details_digest)
VALUES (:person, :entry, :person_kind, :details, :details_digest)

-- project_person_details_changed
UPDATE person
   SET person_kind = coalesce(:person_kind, person_kind), details = :details,
       details_digest = :details_digest
 WHERE person = :person

-- project_person_number_added
INSERT INTO person_number (tag, person, entry, number_kind, valid_from, valid_to, number, number_digest)
VALUES (:tag, :person, :entry, :number_kind, :valid_from, :valid_to, :number, :number_digest)
ON CONFLICT (tag) DO UPDATE
   SET person = excluded.person, entry = excluded.entry, number_kind = excluded.number_kind,
       valid_from = excluded.valid_from, valid_to = excluded.valid_to, number = excluded.number,
       number_digest = excluded.number_digest

-- project_card_bound
INSERT INTO card (card_serial, person, entry, card_number, fingerprint)
VALUES (:card_serial, :person, :entry, :card_number, :fingerprint)
ON CONFLICT (card_serial) DO UPDATE
   SET person = excluded.person, entry = excluded.entry, card_number = excluded.card_number,
       fingerprint = excluded.fingerprint

-- project_duty_appointed
INSERT INTO duty (entry, person, office, duty, deputy, valid_from, valid_to, ground, letter_no)
VALUES (:entry, :person, :office, :duty, :deputy, :valid_from, :valid_to, :ground, :letter_no)

-- project_duty_ended
UPDATE duty SET ended_on = :ended_on, duty_end = :duty_end WHERE entry = :duty_entry

-- project_first_start_ended
INSERT INTO state (name, n) VALUES ('started', :entry)

-- project_calendar_changed
INSERT INTO calendar_day (day, entry, day_kind) VALUES (:day, :entry, :day_kind)
ON CONFLICT (day) DO UPDATE SET entry = excluded.entry, day_kind = excluded.day_kind

-- project_import_recorded
INSERT INTO import_list (entry, import_kind, at, person, row_count, changed_count, file, file_digest)
VALUES (:entry, :import_kind, :at, (SELECT person FROM session WHERE entry = :session), :row_count,
        :changed_count, :file, :file_digest)

-- project_account_opened
INSERT INTO account (person, office, entry, ground, letter_no, opened_on)
VALUES (:person, :office, :entry, :ground, :letter_no, :opened_on)
ON CONFLICT (person, office) DO UPDATE
   SET entry = excluded.entry, ground = excluded.ground, letter_no = excluded.letter_no,
       opened_on = excluded.opened_on

-- project_grant_issued
INSERT INTO item_grant (entry, person, office, item, basis, valid_from, valid_to, letter_no)
VALUES (:entry, :person, :office, :item, :basis, :valid_from, :valid_to, :letter_no)

-- project_grant_ended
UPDATE item_grant SET ended_on = :ended_on WHERE entry = :grant_entry

-- project_case_opened
INSERT INTO welfare_case (entry, case_no, office, basis, opened_on, intake_no, unconfirmed)
VALUES (:entry, :case_no, :office, :basis, :opened_on, :intake_no, :unconfirmed)

-- project_case_confirmed
UPDATE welfare_case SET unconfirmed = 0 WHERE entry = :case

-- project_case_closed
UPDATE welfare_case SET closed_on = :closed_on WHERE entry = :case

-- project_case_decided
UPDATE welfare_case SET decision = :decision, decided_on = :decided_on WHERE entry = :case

-- project_party_added
INSERT INTO party (case_id, party_no, entry, person, relation, intake_no, received_on, unconfirmed)
VALUES (:case, :party_no, :entry, :person, :relation, :intake_no, :received_on, :unconfirmed)

-- project_party_confirmed
UPDATE party SET unconfirmed = 0 WHERE case_id = :case AND party_no = :party_no

-- project_edition_filed
INSERT INTO edition (entry, edition_kind, title, dated, letter_no, text, text_digest)
VALUES (:entry, :edition_kind, :title, :dated, :letter_no, :text, :text_digest)

-- project_basis_proposed
INSERT INTO basis (entry, basis, name, substantive, data_request, day_test, municipality, items,
                   valid_from, valid_to, approved)
VALUES (:entry, :basis, :name, :substantive, :data_request, :day_test, :municipality, :items,
        :valid_from, :valid_to, NULL)

-- project_basis_proposed_2
INSERT INTO proposal (entry, proposal_kind, name, value, effective, proposer, proposed_at, state)
VALUES (:entry, 'legal_basis', :basis, :name, :valid_from, :proposer, :at, 'open')

-- project_basis_approved
UPDATE basis SET approved = :entry WHERE entry = :proposal

-- project_basis_approved_2
UPDATE proposal SET state = 'approved', decided_entry = :entry WHERE entry = :proposal

-- project_parameter_proposed
INSERT INTO proposal (entry, proposal_kind, name, value, effective, proposer, proposed_at, state)
VALUES (:entry, 'parameter', :name, :value, :effective, :proposer, :at, 'open')

-- project_parameter_set
INSERT INTO parameter_value (entry, name, value, effective) VALUES (:entry, :name, :value, :effective)

-- project_parameter_set_2
UPDATE proposal SET state = 'approved', decided_entry = :entry WHERE entry = :proposal

-- project_proposal_rejected
UPDATE proposal SET state = 'rejected', decided_entry = :entry WHERE entry = :proposal

-- project_signed_in
INSERT INTO session (entry, person, token, card_serial, at, address, method, channel)
VALUES (:entry, :person, :token, :card_serial, :at, :address, :method, :channel)

-- project_signed_in_2
DELETE FROM sign_in_state WHERE person = :person

-- project_sign_in_refused
INSERT INTO sign_in_state (person, failures, locked_until)
SELECT :person, 1, 0 WHERE :person IS NOT NULL
ON CONFLICT (person) DO UPDATE SET failures = sign_in_state.failures + 1

-- project_sign_in_refused_2
INSERT INTO refusal (entry, at, person, command, rule) VALUES (:entry, :at, :person, 'sign_in', :rule)

-- project_sign_in_locked
INSERT INTO sign_in_state (person, failures, locked_until) VALUES (:person, 0, :until)
ON CONFLICT (person) DO UPDATE SET failures = 0, locked_until = excluded.locked_until

-- project_signed_out
UPDATE session SET ended_entry = :entry, cause = :cause WHERE entry = :ended_session

-- project_query_asked
INSERT INTO query (entry, asked_at, asker, case_id, party_no, person, basis, purpose, item, asked_range,
                   anchor, channel, waits_for, due, rule, reason_code, accept_by, state, released)
VALUES (:entry, :at, coalesce((SELECT person FROM session WHERE entry = :session), 0), :case, :party_no,
        :person, :basis, :purpose, :item, :range, :anchor, :channel, :waits_for, :due, :rule,
        :reason_code, :accept_by, 'open', 0)

-- project_query_answered
UPDATE query
   SET state = 'answered', closed_entry = :entry, result = :result, verdict = :verdict,
       answer = :answer, answer_digest = :answer_digest, day_table = :day_table,
       day_table_digest = :day_table_digest, review_owner = :review_owner, review_by = :review_by
 WHERE entry = :asked

-- project_query_withheld
UPDATE query SET state = 'withheld', closed_entry = :entry WHERE entry = :asked

-- project_query_failed
UPDATE query SET state = 'failed', closed_entry = :entry, result = :result WHERE entry = :asked

-- project_query_refused
INSERT INTO refusal (entry, at, person, office, command, rule, case_id)
VALUES (:entry, :at, (SELECT person FROM session WHERE entry = :session),
        (SELECT d.office FROM duty d JOIN session s ON s.person = d.person
          WHERE s.entry = :session ORDER BY d.entry LIMIT 1),
        'ask', :rule, :case)

-- project_day_table_released
UPDATE query SET released = 1 WHERE entry = :asked

-- project_query_accepted
UPDATE query SET accepted_entry = :entry WHERE entry = :asked

-- project_command_refused
INSERT INTO refusal (entry, at, person, office, command, rule)
VALUES (:entry, :at, (SELECT person FROM session WHERE entry = :session),
        (SELECT d.office FROM duty d JOIN session s ON s.person = d.person
          WHERE s.entry = :session ORDER BY d.entry LIMIT 1),
        :command, :rule)
