-- project_application_drafted
INSERT INTO application (entry, person, office, round, bases, items, purpose, renews, form, form_digest,
                         state, state_entry, state_at, submitted)
SELECT :entry, :person, :office, :round, :bases, :items, :purpose, :renews, :form, :form_digest, 'draft',
       :entry, :at, 0
 WHERE :application IS NULL

-- project_application_drafted_2
UPDATE application
   SET round = :round, bases = :bases, items = :items, purpose = :purpose, renews = :renews, form = :form,
       form_digest = :form_digest, state = 'draft', state_entry = :entry, state_at = :at, chain = NULL,
       transmission = NULL
 WHERE entry = :application

-- project_application_drafted_3
INSERT INTO application_form (entry, application, round, at, form, form_digest)
VALUES (:entry, coalesce(:application, :entry), :round, :at, :form, :form_digest)

-- project_application_step_taken
UPDATE application
   SET state = :application_state, state_entry = :entry, state_at = :at,
       chain = coalesce(:application_chain, chain), transmission = coalesce(:transmission, transmission),
       submitted = CASE WHEN :application_state = 'submitted' THEN 1 ELSE submitted END
 WHERE entry = :application

-- project_application_step_taken_2
INSERT INTO application_step (entry, application, round, step, outcome, state, person, at, digest,
                              acting_decision, ground, ground_digest, letter_no, letter_date, letter,
                              letter_digest, checklist, checklist_digest, reason, reason_digest,
                              transmission)
VALUES (:entry, :application, :round, :application_step, :step_outcome, :application_state, :person, :at,
        :digest, :acting_decision, :ground, :ground_digest, :letter_no, :letter_date, :letter,
        :letter_digest, :checklist, :checklist_digest, :reason, :reason_digest, :transmission)

-- project_applications_transmitted
INSERT INTO transmission (entry, at, letter_no, letter_date, row_count, person)
VALUES (:entry, :at, :letter_no, :letter_date, :row_count, :person)

-- project_nia_answer_recorded
INSERT INTO nia_answer (entry, transmission, at, row_count, person, by_letter, letter_no, letter_date)
VALUES (:entry, :transmission, :at, :row_count, :person, :by_letter, :letter_no, :letter_date)

-- project_application_scanned
INSERT INTO application_scan (entry, application, round, digest, scan_kind, media, person, at, scan,
                              scan_digest)
VALUES (:entry, :application, :round, :digest, :scan_kind, :media, :person, :at, :scan, :scan_digest)
