-- Papers: what the law asks before one is printed, and what is printed on it. print_fact_… give the
-- person whom it is about, the office, whether :me may read it by today, and the content digest.

-- project_paper_printed
INSERT INTO printed (entry, at, printed_paper, about, print_format, digest, file_digest, file_bytes,
                     print_no, person, channel)
VALUES (:entry, :at, :printed_paper, :about, :print_format, :digest, :file_digest, :file_bytes,
        :print_no, :person, :channel)

-- print_count
SELECT count(*) FROM printed WHERE about = :about AND printed_paper = :printed_paper

-- print_fact_appointment
SELECT person, office, 0, NULL FROM duty WHERE entry = :about

-- print_appointment
SELECT d.person, o.name, d.duty, d.deputy, d.valid_from, d.valid_to, d.ground, d.letter_no
  FROM duty d JOIN office o ON o.office = d.office
 WHERE d.entry = :about

-- print_fact_application
SELECT a.person, a.office,
       EXISTS (SELECT 1 FROM application_reader r
                WHERE r.application = a.entry AND r.person = :me AND r.valid_from <= :today
                  AND (r.valid_to IS NULL OR r.valid_to >= :today) AND (r.ended_on IS NULL OR r.ended_on > :today)),
       a.form_digest
  FROM application a
 WHERE a.entry = :about

-- print_fact_letter
SELECT a.person, a.office,
       EXISTS (SELECT 1 FROM application_reader r
                WHERE r.application = a.entry AND r.person = :me AND r.valid_from <= :today
                  AND (r.valid_to IS NULL OR r.valid_to >= :today) AND (r.ended_on IS NULL OR r.ended_on > :today)),
       a.form_digest
  FROM application a
 WHERE a.entry = :about
   AND EXISTS (SELECT 1 FROM application_step s
                WHERE s.application = a.entry AND s.round = a.round AND s.step = 'forward' AND s.outcome = 'passed')

-- print_fact_transmission
SELECT 0, o.office,
       EXISTS (SELECT 1 FROM duty d JOIN office p ON p.office = d.office
                WHERE d.person = :me AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                  AND (d.ended_on IS NULL OR d.ended_on > :today)
                  AND (d.duty = 'nia_reviewer'
                    OR (p.office_kind = 'bureau' AND d.duty IN ('custodian', 'supervisor', 'reviewer', 'auditor')))),
       NULL
  FROM transmission t JOIN office o ON o.office_kind = 'bureau'
 WHERE t.entry = :about

-- print_fact_notice
SELECT person, office, 0, NULL FROM account_block WHERE entry = :about

-- print_application
SELECT form, form_digest FROM application WHERE entry = :about

-- print_application_signed
SELECT s.entry, s.step, s.person, s.at,
       (SELECT c.card_serial FROM card c WHERE c.person = s.person AND c.entry < s.entry ORDER BY c.entry DESC LIMIT 1)
  FROM application_step s JOIN application a ON a.entry = s.application JOIN signature g ON g.entry = s.entry
 WHERE s.application = :about AND s.round = a.round AND s.outcome = 'passed' AND s.step IN ('endorse', 'approve')
 ORDER BY s.entry
 LIMIT 6

-- print_letter
SELECT o.name, o.address, s.letter_no, s.letter_date, s.letter, s.letter_digest, s.person, a.person, a.office,
       o.phone
  FROM application_step s JOIN application a ON a.entry = s.application JOIN office o ON o.office = a.office
 WHERE s.application = :about AND s.step = 'forward' AND s.outcome = 'passed'
 ORDER BY s.entry DESC
 LIMIT 1

-- print_head
SELECT person FROM duty
 WHERE office = :office AND duty = 'agency_head' AND deputy = 0 AND valid_from <= :today
   AND (valid_to IS NULL OR valid_to >= :today) AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry
 LIMIT 1

-- print_transmission
SELECT o.name, t.letter_no, t.letter_date
  FROM transmission t JOIN office o ON o.office_kind = 'bureau'
 WHERE t.entry = :about

-- print_transmission_rows
SELECT a.entry, o.name, a.person, a.items, s.digest
  FROM application_step s JOIN application a ON a.entry = s.application JOIN office o ON o.office = a.office
 WHERE s.transmission = :about AND s.step = 'transmit'
 ORDER BY s.entry
 LIMIT 1000

-- print_notice
SELECT o.name, o.address, b.block_kind, b.duty_change, b.suspend_cause, b.person, b.at, b.nia_letter_no,
       b.nia_notified_on, b.office, o.phone
  FROM account_block b JOIN office o ON o.office = b.office
 WHERE b.entry = :about

-- print_card
SELECT card_serial, card_number FROM card WHERE person = :person ORDER BY entry DESC LIMIT 1
