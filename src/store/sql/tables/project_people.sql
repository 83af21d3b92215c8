-- project_office_changed
INSERT INTO office (office, entry, name, name_en, office_kind, parent, indigenous, address, phone,
                    ended, import_entry)
VALUES (:office, :entry, :name, :name_en, :office_kind, :parent, :indigenous, :address, :phone, :ended,
        :import)
    ON CONFLICT (office) DO UPDATE SET entry = excluded.entry, name = excluded.name,
       name_en = excluded.name_en, office_kind = excluded.office_kind, parent = excluded.parent,
       indigenous = excluded.indigenous, address = excluded.address, phone = excluded.phone, ended = excluded.ended,
       import_entry = excluded.import_entry

-- project_office_changed_2
UPDATE log_state SET rules_entry = :entry

-- project_person_registered
INSERT INTO person (person, entry, person_kind, details, details_digest, import_entry)
VALUES (:person, :entry, :person_kind, :details, :details_digest, :import)

-- project_person_details_changed
UPDATE person
   SET person_kind = coalesce(:person_kind, person_kind), details = :details,
       details_digest = :details_digest
 WHERE person = :person

-- project_person_number_added
INSERT INTO person_number (entry, person, number_kind, tag, valid_from, valid_to, number,
                           number_digest, import_entry)
VALUES (:entry, :person, :number_kind, :tag, :valid_from, :valid_to, :number, :number_digest, :import)

-- project_card_bound
INSERT INTO card (card_serial, entry, person, card_number, fingerprint, import_entry, at, valid_to,
                  explained, holder, holder_digest, recorder)
VALUES (:card_serial, :entry, :person, :card_number, :fingerprint, :import, :at, :card_valid_to,
        :explained, :holder, :holder_digest, :recorder)
    ON CONFLICT (card_serial) DO NOTHING

-- project_card_bound_3
DELETE FROM card_request WHERE card_serial = :card_serial

-- project_card_bound_2
UPDATE card SET card_end = 'replaced', ended_on = (:at + 28800000) / 86400000, ended_entry = :entry
 WHERE person = :person AND card_serial <> :card_serial AND card_end IS NULL

-- project_duty_appointed
INSERT INTO duty (entry, person, office, duty, deputy, valid_from, valid_to, ground, letter_no,
                  import_entry, at, consent_letter_no)
VALUES (:entry, :person, :office, :duty, :deputy, :valid_from, :valid_to, :ground, :letter_no, :import,
        :at, :consent_letter_no)

-- project_duty_ended
UPDATE duty
   SET duty_end = :duty_end, ended_on = :ended_on, ended_entry = :entry, ended_at = :at,
       left_vacant = :left_vacant
 WHERE entry = :duty_entry

-- project_duty_handed_over
UPDATE duty SET successor_entry = :successor_entry WHERE entry = :duty_entry

-- project_duty_handed_over_2
UPDATE query SET review_owner = :person
 WHERE :duty = 'officer' AND review_owner = :from_person
   AND case_id IN (SELECT c.entry FROM welfare_case c
                    WHERE c.office = :office AND c.decided_on IS NULL AND c.closed_on IS NULL)

-- project_staff_change_due
INSERT INTO staff_notice (entry, at, cause_entry, office, duty, due)
VALUES (:entry, :at, :cause_entry, :office, :duty, :due)

-- project_staff_change_reported
UPDATE staff_notice
   SET reported_entry = :entry, reported_by = :person, letter_no = :letter_no, sent_on = :sent_on
 WHERE entry = :notice

-- project_absence_recorded
INSERT INTO absence (person, first_day, last_day, leave_kind, cancelled, entry, import_entry)
VALUES (:person, :first_day, :last_day, :leave_kind, :cancelled, :entry, :import)
    ON CONFLICT (person, first_day) DO UPDATE SET last_day = excluded.last_day,
       leave_kind = excluded.leave_kind, cancelled = excluded.cancelled, entry = excluded.entry,
       import_entry = excluded.import_entry

-- project_overtime_recorded
INSERT INTO overtime (person, day, from_minute, to_minute, cancelled, entry, import_entry)
VALUES (:person, :day, :from_minute, :to_minute, :cancelled, :entry, :import)
    ON CONFLICT (person, day, from_minute) DO UPDATE SET to_minute = excluded.to_minute,
       cancelled = excluded.cancelled, entry = excluded.entry, import_entry = excluded.import_entry

-- project_account_opened
INSERT INTO account (person, office, entry, ground, letter_no, opened_on, import_entry, used_at, at)
VALUES (:person, :office, :entry, :ground, :letter_no, :opened_on, :import, :at, :at)
    ON CONFLICT (person, office) DO UPDATE SET entry = excluded.entry, ground = excluded.ground,
       letter_no = excluded.letter_no, opened_on = excluded.opened_on,
       import_entry = excluded.import_entry, used_at = excluded.used_at, at = excluded.at,
       ended_on = NULL, ended_entry = NULL
 WHERE account.ended_entry IS NOT NULL

-- project_grant_issued
INSERT INTO item_grant (entry, person, office, item, basis, valid_from, valid_to, letter_no,
                        import_entry, at, ground, granted_on, application, renews)
VALUES (:entry, :person, :office, :item, :basis, :valid_from, :valid_to, :letter_no, :import, :at,
        coalesce(:grant_ground, CASE WHEN :import IS NOT NULL THEN 'migrated' END), :granted_on,
        :application, :renews)

-- project_grant_ended
UPDATE item_grant SET ended_on = :ended_on, ended_entry = :entry, ended_at = :at WHERE entry = :grant_entry

-- project_import_recorded
INSERT INTO list_import (entry, at, person, import_kind, row_count, changed_count, file, file_digest)
VALUES (:entry, :at, (SELECT person FROM session WHERE entry = :session), :import_kind, :row_count, :changed_count, :file, :file_digest)

-- project_signed_in
INSERT INTO session (entry, person, office, at, token, card_serial, card_number, address, method,
                     channel)
VALUES (:entry, :person,
        (SELECT office FROM duty
          WHERE person = :person
            AND valid_from <= (:at + 28800000) / 86400000
            AND (valid_to IS NULL OR valid_to >= (:at + 28800000) / 86400000)
            AND (ended_on IS NULL OR ended_on > (:at + 28800000) / 86400000)
          ORDER BY entry LIMIT 1),
        :at, :token, :card_serial, :card_number, :address, :method, :channel)

-- project_signed_in_3
UPDATE card SET valid_to = :card_valid_to
 WHERE card_serial = :card_serial AND :card_valid_to IS NOT NULL

-- project_signed_in_2
DELETE FROM sign_in_state WHERE person = :person

-- project_sign_in_refused
INSERT INTO sign_in_state (person, failures, last_entry, locked_until)
SELECT :person, 1, :entry, 0 WHERE :person IS NOT NULL
    ON CONFLICT (person) DO UPDATE SET failures = failures + 1, last_entry = excluded.last_entry

-- project_sign_in_refused_2
DELETE FROM refused_card WHERE hour < :at / 3600000

-- project_sign_in_refused_3
INSERT INTO refused_card (hour, card_serial, rule) VALUES (:at / 3600000, coalesce(:card_serial, ''), :rule)
    ON CONFLICT (hour, card_serial, rule) DO NOTHING

-- project_sign_in_locked
INSERT INTO sign_in_state (person, failures, last_entry, locked_until)
VALUES (:person, 0, :entry, :until)
    ON CONFLICT (person) DO UPDATE SET failures = 0, last_entry = excluded.last_entry,
       locked_until = excluded.locked_until

-- project_signed_out
UPDATE session SET ended_entry = :entry, ended_at = :at, cause = :cause
 WHERE entry = :ended_session AND ended_entry IS NULL
