-- project_calendar_changed
INSERT INTO calendar (day, day_kind, entry, import_entry)
VALUES (:day, :day_kind, :entry, :import)
    ON CONFLICT (day) DO UPDATE SET day_kind = excluded.day_kind, entry = excluded.entry,
       import_entry = excluded.import_entry

-- project_calendar_changed_2
UPDATE log_state SET rules_entry = :entry

-- project_edition_filed
INSERT INTO edition (entry, edition_kind, title, dated, letter_no, text, text_digest)
VALUES (:entry, :edition_kind, :title, :dated, :letter_no, :text, :text_digest)

-- project_basis_proposed
INSERT INTO basis (entry, basis, name, substantive, data_request, day_test, municipality, items,
                   valid_from, valid_to)
VALUES (:entry, :basis, :name, :substantive, :data_request, :day_test, :municipality, :items,
        :valid_from, :valid_to)

-- project_basis_proposed_2
INSERT INTO proposal (entry, proposal_kind, proposer, proposed_at, name, value, effective, state)
VALUES (:entry, 'legal_basis', :proposer, :at, :basis, :name, :valid_from, 'open')

-- project_basis_approved
UPDATE basis SET approved_entry = :entry, approver = :approver WHERE entry = :proposal

-- project_basis_approved_2
UPDATE proposal SET state = 'approved', decided_entry = :entry, decided_by = :approver
 WHERE entry = :proposal

-- project_basis_approved_3
UPDATE log_state SET rules_entry = :entry

-- project_parameter_proposed
INSERT INTO proposal (entry, proposal_kind, proposer, proposed_at, name, value, effective, reason,
                      reason_digest, state)
VALUES (:entry, 'parameter', :proposer, :at, :name, :value, :effective, :reason, :reason_digest,
        'open')

-- project_parameter_set
INSERT INTO parameter (entry, name, value, effective, proposal, approver)
VALUES (:entry, :name, :value, :effective, :proposal, :approver)

-- project_parameter_set_2
UPDATE proposal SET state = 'approved', decided_entry = :entry, decided_by = :approver
 WHERE entry = :proposal

-- project_parameter_set_3
UPDATE log_state SET rules_entry = :entry

-- project_proposal_rejected
UPDATE proposal SET state = 'rejected', decided_entry = :entry, decided_by = :person
 WHERE entry = :proposal
