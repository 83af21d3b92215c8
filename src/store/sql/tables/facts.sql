-- What the law asks before it decides; keeper/facts*.c hands over. :today is a day number.

-- fact_state, remembered
SELECT l.demo, l.started_entry, l.rules_entry, c.at, c.accepted_by
  FROM log_state l LEFT JOIN clock c ON c.one = l.one

-- fact_offices
SELECT office, name, name_en, office_kind, parent, address, phone, indigenous, ended
  FROM office ORDER BY office LIMIT 4096

-- fact_bases
SELECT basis, day_test, municipality, items, valid_to, name, substantive, data_request
  FROM basis
 WHERE approved_entry IS NOT NULL AND valid_from <= :today
 ORDER BY basis, valid_from DESC, approved_entry DESC LIMIT 4096

-- fact_parameters
SELECT entry, name, value FROM parameter WHERE effective <= :today ORDER BY effective, entry

-- fact_calendar
SELECT day, day_kind FROM calendar ORDER BY day LIMIT 40000

-- fact_session, remembered
SELECT person, ended_entry, cause FROM session WHERE entry = :session

-- fact_duties, remembered
SELECT entry, person, office, duty, deputy, valid_from, valid_to
  FROM duty
 WHERE person = :person AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = duty.person AND b.office = duty.office AND b.starts_on <= :today
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)
 ORDER BY entry LIMIT 64

-- fact_duties_standing
SELECT entry, person, office, duty, deputy, valid_from,
       CASE WHEN ended_on IS NULL OR valid_to < ended_on THEN valid_to ELSE ended_on - 1 END
  FROM duty
 WHERE person = :person AND office = :office AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 64

-- fact_duties_of_person
SELECT entry, person, office, duty, deputy, valid_from,
       CASE WHEN ended_on IS NULL OR valid_to < ended_on THEN valid_to ELSE ended_on - 1 END
  FROM duty
 WHERE person = :person AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 64

-- fact_staffing
SELECT coalesce(sum(duty = 'custodian' AND deputy = 0), 0), coalesce(sum(duty = 'custodian' AND deputy = 1), 0),
       coalesce(sum(duty = 'supervisor'), 0), coalesce(sum(duty = 'auditor'), 0)
  FROM duty
 WHERE office = :office AND duty IN ('custodian', 'supervisor', 'auditor') AND entry <> :entry
   AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = duty.person AND b.office = duty.office AND b.starts_on <= :today
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)

-- fact_absence_same
SELECT entry FROM absence
 WHERE person = :person AND first_day = :first_day AND last_day = :last_day AND cancelled = :cancelled
   AND coalesce(leave_kind, '') = :leave_kind

-- fact_overtime_same
SELECT entry FROM overtime
 WHERE person = :person AND day = :day AND from_minute = :from_minute AND to_minute = :to_minute
   AND cancelled = :cancelled

-- fact_staff_notice
SELECT office, duty, due FROM staff_notice WHERE entry = :entry AND reported_entry IS NULL

-- fact_duty
SELECT entry, person, office, duty, deputy, valid_from, valid_to
  FROM duty
 WHERE entry = :entry AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)

-- fact_me, remembered
SELECT EXISTS (SELECT 1 FROM account WHERE person = :person AND ended_entry IS NULL), s.failures, s.locked_until
  FROM (SELECT 1) LEFT JOIN sign_in_state s ON s.person = :person

-- fact_account
SELECT entry FROM account WHERE person = :person AND office = :office AND ended_entry IS NULL

-- fact_granted, remembered
SELECT entry
  FROM item_grant
 WHERE person = :person AND item = :item AND basis = :basis AND office = :office
   AND valid_from <= :today AND valid_to >= :today AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 1

-- fact_grant_same
SELECT entry
  FROM item_grant
 WHERE person = :person AND item = :item AND basis = :basis AND office = :office
   AND valid_from = :valid_from AND valid_to = :valid_to AND ended_on IS NULL
 ORDER BY entry LIMIT 1

-- fact_case, remembered
SELECT entry, case_no, office, basis, opened_on, closed_on, unconfirmed, party_count,
       unconfirmed_parties
  FROM welfare_case WHERE case_no = :case_no

-- fact_case_of_id, remembered
SELECT entry, case_no, office, basis, opened_on, closed_on, unconfirmed, party_count,
       unconfirmed_parties
  FROM welfare_case WHERE entry = :case

-- fact_parties_unconfirmed
SELECT party_no FROM party WHERE case_id = :case AND unconfirmed = 1 ORDER BY party_no LIMIT 1024

-- fact_entered_by
SELECT 1
 WHERE EXISTS (SELECT 1 FROM welfare_case
                WHERE entry = :case AND unconfirmed = 1 AND entered_by = :person)
    OR EXISTS (SELECT 1 FROM party
                WHERE case_id = :case AND unconfirmed = 1 AND entered_by = :person)

-- fact_party, remembered
SELECT person, unconfirmed FROM party WHERE case_id = :case AND party_no = :party_no

-- fact_party_of_person
SELECT party_no, unconfirmed FROM party WHERE person = :person AND case_id = :case
 ORDER BY party_no LIMIT 1

-- fact_asked
SELECT n.asked_no - coalesce((SELECT asked_no FROM query WHERE asker = :person AND asked_at < :hour_ms
                               ORDER BY asked_at DESC, asked_no DESC LIMIT 1), 0),
       n.asked_no - coalesce((SELECT asked_no FROM query WHERE asker = :person AND asked_at < :day_ms
                               ORDER BY asked_at DESC, asked_no DESC LIMIT 1), 0)
  FROM (SELECT asked_no FROM query WHERE asker = :person
         ORDER BY asked_at DESC, asked_no DESC LIMIT 1) n

-- fact_query
SELECT q.entry, q.session, q.asker, q.person, q.case_id, q.party_no, q.rule, q.item, q.asked_range,
       q.waits_for, q.anchor, q.due, q.state, q.verdict, q.day_table, q.released_entry, q.accept_by,
       q.accepted_entry, c.case_no, c.office, c.basis, c.closed_on,
       q.justified = 0 AND q.explained_entry IS NULL
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.entry = :asked

-- fact_second_person
SELECT a.entry, a.asker, a.person, a.case_id, c.office, c.closed_on, a.item, a.asked_range, a.anchor,
       a.ask_count, a.used, a.grant_by, a.granted_entry, a.valid_until, a.code,
       EXISTS (SELECT 1 FROM duty d
                WHERE d.person = a.asker AND d.office = c.office AND d.duty = 'officer' AND d.entry < a.entry
                  AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                  AND (d.ended_on IS NULL OR d.ended_on > :today))
   AND EXISTS (SELECT 1 FROM duty d
                WHERE d.person = a.granted_by AND d.office = c.office AND d.duty = 'supervisor'
                  AND d.entry < a.granted_entry
                  AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                  AND (d.ended_on IS NULL OR d.ended_on > :today))
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person IN (a.asker, a.granted_by) AND b.office = c.office AND b.starts_on <= :today
                      AND coalesce(b.lifted_entry, b.terminated_entry, a.entry + 1) > a.entry)
  FROM second_person a JOIN welfare_case c ON c.entry = a.case_id
 WHERE a.entry = :entry

-- fact_second_person_of_code
SELECT entry FROM second_person WHERE code = :code ORDER BY entry LIMIT 1

-- fact_proposal
SELECT proposal_kind, proposer, name, value, effective
  FROM proposal WHERE entry = :proposal AND state = 'open'

-- fact_person, remembered
SELECT person_kind, details, details_digest FROM person WHERE person = :person

-- fact_person_numbers, remembered
SELECT number, number_digest, number_kind, valid_from, valid_to
  FROM person_number WHERE person = :person ORDER BY entry LIMIT 16

-- fact_person_of_tag
SELECT person FROM person_number WHERE tag = :tag ORDER BY entry DESC LIMIT 1

-- fact_card
SELECT person, card_end, valid_to, explained, holder, holder_digest FROM card WHERE card_serial = :card_serial

-- query_documents
SELECT state, answer, answer_digest, day_table, day_table_digest, result, ended_entry
  FROM query WHERE entry = :asked

-- queries_of_courier
SELECT entry FROM query WHERE state = 'open' AND waits_for = 'courier' ORDER BY entry LIMIT 100000

-- queries_overdue
SELECT entry FROM query
 WHERE state = 'open' AND waits_for = 'person' AND due IS NOT NULL AND due <= :now
 ORDER BY entry LIMIT 64

-- session_of_token
SELECT entry, person, at, ended_entry, cause FROM session
 WHERE token = :token AND ended_entry IS NULL
 ORDER BY entry DESC LIMIT 1

-- sessions_live
SELECT entry, person, token, at FROM session WHERE ended_entry IS NULL ORDER BY entry LIMIT 100000

-- request_of
SELECT content FROM request WHERE entry = :entry AND person = :person AND request = :request

-- requests_since
SELECT entry, person, request FROM request WHERE entry >= :from ORDER BY entry

-- erasures_open
SELECT entry, document FROM erasure WHERE confirmed IS NULL ORDER BY entry LIMIT 100000

-- fact_signature
SELECT person FROM signature WHERE entry = :entry
