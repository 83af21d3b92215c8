-- project_duty_change_recorded
INSERT INTO account_block (entry, at, person, office, block_kind, duty_change, starts_on, terminate_by,
                           late, letter_no, recorder)
VALUES (:entry, :at, :person, :office, 'duty_change', :duty_change, :effective, :terminate_by, :late,
        :letter_no, :recorder)

-- project_card_lost_reported
INSERT INTO account_block (entry, at, person, office, block_kind, starts_on, late, lost_on, notify_by,
                           recorder, remark, remark_digest)
VALUES (:entry, :at, :person, :office, 'card_lost', :effective, 0, :lost_on, :notify_by, :recorder,
        :told, :told_digest)

-- project_card_lost_reported_2
UPDATE card SET card_end = 'lost', ended_on = :effective, ended_entry = :entry
 WHERE person = :person AND card_end IS NULL

-- project_account_suspended
INSERT INTO account_block (entry, at, person, office, block_kind, suspend_cause, starts_on, late,
                           incident, last_used, recorder, remark, remark_digest)
VALUES (:entry, :at, :person, :office, 'suspended', :suspend_cause, :effective, 0, :incident,
        :last_used, :recorder, :remark, :remark_digest)

-- project_account_terminated
UPDATE account_block
   SET terminated_entry = :entry, terminated_on = :ended_on, terminated_by = :recorder,
       card_serial = :card_serial, agency_serial = :agency_serial,
       notify_by = coalesce(notify_by, :notify_by)
 WHERE person = :person AND office = :office AND lifted_entry IS NULL AND terminated_entry IS NULL

-- project_account_terminated_2
UPDATE account SET ended_on = :ended_on, ended_entry = :entry
 WHERE person = :person AND office = :office AND ended_entry IS NULL

-- project_nia_notified
UPDATE account_block
   SET nia_letter_no = :letter_no, nia_notified_on = :notified_on, nia_notified_entry = :entry,
       nia_answer_by = :answer_by
 WHERE entry = :block

-- project_nia_confirmed
UPDATE account_block
   SET nia_ender = :nia_ender, nia_reference = :reference, nia_ended_on = :ended_on,
       nia_confirmed_entry = :entry
 WHERE entry = :block

-- project_violation_referred
INSERT INTO referral (entry, at, block, referred_to, letter_no, recorder)
VALUES (:entry, :at, :block, :referred_to, :letter_no, :recorder)

-- project_reinstatement_proposed
INSERT INTO reinstatement (entry, at, block, person, office, proposer, bureau, decide_by, reason,
                           reason_digest)
VALUES (:entry, :at, :block, :person, :office, :proposer, :bureau, :decide_by, :reason, :reason_digest)

-- project_account_reinstated
UPDATE reinstatement SET approver = :approver, approved_entry = :entry, approved_at = :at
 WHERE entry = :proposal

-- project_account_reinstated_2
UPDATE account_block SET lifted_entry = :entry WHERE entry = :block

-- project_account_reinstated_3
UPDATE account SET used_at = :at WHERE person = :person AND office = :office

-- project_agency_registered
INSERT INTO agency (office, organisation_oid, entry, recorder)
VALUES (:office, :organisation_oid, :entry, :recorder)
    ON CONFLICT (office) DO UPDATE SET organisation_oid = excluded.organisation_oid,
       entry = excluded.entry, recorder = excluded.recorder

-- project_card_presented
INSERT INTO card_request (card_serial, entry, at, day, card_number, fingerprint, valid_to, candidate, holder,
                          holder_digest)
VALUES (:card_serial, :entry, :at, (:at + 28800000) / 86400000, :card_number, :fingerprint,
        :card_valid_to, :candidate, :holder, :holder_digest)
    ON CONFLICT (card_serial) DO UPDATE SET entry = excluded.entry, at = excluded.at, day = excluded.day,
       candidate = excluded.candidate, holder = excluded.holder, holder_digest = excluded.holder_digest

-- project_card_unbound
UPDATE card SET card_end = 'unbound', ended_on = (:at + 28800000) / 86400000, ended_entry = :entry
 WHERE card_serial = :card_serial AND card_end IS NULL
