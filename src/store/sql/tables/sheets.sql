-- Lists of law/sheets.def. Columns in the order declared there, the first is the page key. Fields:
-- me, office ('' for duties of the bureau, who see all), after, limit_rows, today, now (milliseconds),
-- and the list's filters. Where an index by office exists, one branch reads it and the other is for the bureau.

-- sheet_my_cases
SELECT entry, case_no, office, basis, opened_on, closed_on, party_count,
       unconfirmed = 1 OR unconfirmed_parties > 0
  FROM welfare_case
 WHERE office = :office AND entry > :after
UNION ALL
SELECT entry, case_no, office, basis, opened_on, closed_on, party_count,
       unconfirmed = 1 OR unconfirmed_parties > 0
  FROM welfare_case
 WHERE :office = '' AND entry > :after
 ORDER BY 1 LIMIT :limit_rows

-- sheet_case_head
SELECT entry, case_no, basis, opened_on, closed_on
  FROM welfare_case
 WHERE case_no = :case_no AND (office = :office OR :office = '') AND entry > :after
 ORDER BY entry LIMIT :limit_rows

-- sheet_case_parties
SELECT p.party_no, p.person, p.relation, n.person_kind, p.intake_no, p.unconfirmed, p.last_query,
       q.verdict
  FROM welfare_case c JOIN party p ON p.case_id = c.entry LEFT JOIN person n ON n.person = p.person
  LEFT JOIN query q ON q.entry = p.last_query
 WHERE c.case_no = :case_no AND (:office = '' OR c.office = :office) AND p.party_no > :after
 ORDER BY p.party_no LIMIT :limit_rows

-- sheet_my_queries
SELECT q.entry, q.asked_at, c.case_no, q.party_no, q.item, q.asked_range, q.state, q.verdict,
       q.ended_entry
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.asker = :me AND (:after = 0 OR q.entry < :after)
   AND q.asked_at <= (SELECT coalesce(max(a.asked_at), 9223372036854775807) FROM query a
                       WHERE a.entry = :after)
 ORDER BY q.asked_at DESC, q.asked_no DESC LIMIT :limit_rows

-- sheet_query
SELECT q.entry, q.asked_at, c.case_no, q.party_no, q.basis, q.purpose, q.item, q.asked_range, q.anchor,
       q.waits_for, q.due, q.state, q.verdict, q.result, q.ended_entry, q.rule,
       q.released_entry IS NOT NULL,
       CASE WHEN q.accept_by IS NULL THEN '' WHEN q.accepted_entry IS NULL THEN 'waiting'
            WHEN q.justified = 1 THEN 'accepted' ELSE 'not_justified' END
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.entry = :asked AND (:office = '' OR c.office = :office) AND q.entry > :after
 ORDER BY q.entry LIMIT :limit_rows

-- sheet_open_acceptances
SELECT q.entry, q.asked_at, c.case_no, q.item, q.asked_range, q.accept_by, q.accept_by < :today
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.accept_by IS NOT NULL AND q.accepted_entry IS NULL AND (:office = '' OR c.office = :office)
   AND q.entry > :after
 ORDER BY q.entry LIMIT :limit_rows

-- sheet_office_queries
SELECT q.entry, q.asked_at, q.asker, c.office, c.case_no, q.purpose, q.item, q.asked_range, q.state,
       EXISTS (SELECT 1 FROM absence a
                WHERE a.person = q.asker AND a.cancelled = 0 AND a.first_day <= (q.asked_at + 28800000) / 86400000
                  AND a.last_day >= (q.asked_at + 28800000) / 86400000),
       NOT (((q.asked_at + 28800000) / 86400000 + 3) % 7 < 5
              + coalesce((SELECT CASE k.day_kind WHEN 'workday' THEN 2 ELSE -5 END FROM calendar k
                           WHERE k.day = (q.asked_at + 28800000) / 86400000), 0)
            AND (q.asked_at + 28800000) % 86400000 >= 3600000 * coalesce((
SELECT CAST(p.value AS INTEGER) FROM parameter p
 WHERE p.name = 'hours.office_from' AND p.effective <= (q.asked_at + 28800000) / 86400000
 ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 8)
            AND (q.asked_at + 28800000) % 86400000 < 3600000 * coalesce((
SELECT CAST(p.value AS INTEGER) FROM parameter p
 WHERE p.name = 'hours.office_to' AND p.effective <= (q.asked_at + 28800000) / 86400000
 ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 18))
       AND NOT EXISTS (SELECT 1 FROM overtime o
                        WHERE o.person = q.asker AND o.cancelled = 0
                          AND o.day = (q.asked_at + 28800000) / 86400000
                          AND (q.asked_at + 28800000) % 86400000 BETWEEN o.from_minute * 60000 AND o.to_minute * 60000)
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE (:office = '' OR c.office = :office) AND (:after = 0 OR q.entry < :after)
 ORDER BY q.entry DESC LIMIT :limit_rows

-- sheet_not_justified
SELECT q.entry, q.asked_at, q.asker, c.office, c.case_no, q.item, q.asked_range, q.accepted_at, q.explain_by,
       q.explained_entry, q.explained_entry IS NULL AND q.explain_by < :today
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.justified = 0 AND (:office = '' OR c.office = :office) AND q.entry > :after
 ORDER BY q.entry LIMIT :limit_rows

-- sheet_open_authorizations
SELECT a.entry, a.at, a.asker, a.person, c.case_no, a.purpose, a.item, a.asked_range, a.anchor, a.ask_count,
       a.reason_code, a.grant_by
  FROM second_person a JOIN welfare_case c ON c.entry = a.case_id
 WHERE a.granted_entry IS NULL AND a.grant_by > :now AND (:office = '' OR c.office = :office)
   AND a.entry > :after
 ORDER BY a.entry LIMIT :limit_rows

-- sheet_my_authorizations
SELECT a.entry, a.at, c.case_no, a.party_no, a.item, a.asked_range, a.anchor,
       CASE WHEN a.granted_entry IS NULL THEN CASE WHEN a.grant_by > :now THEN 'waiting' ELSE 'expired' END
            WHEN a.used >= a.ask_count THEN 'used up' WHEN a.valid_until < :now THEN 'expired'
            ELSE 'granted' END,
       a.used, a.ask_count, coalesce(a.valid_until, a.grant_by)
  FROM second_person a JOIN welfare_case c ON c.entry = a.case_id
 WHERE a.asker = :me AND (:after = 0 OR a.entry < :after)
 ORDER BY a.entry DESC LIMIT :limit_rows

-- sheet_refusals
SELECT r.entry, r.at, r.person, r.office, r.rule, c.case_no
  FROM refusal r LEFT JOIN welfare_case c ON c.entry = r.case_id
 WHERE r.office = :office AND r.command = 'ask' AND (:after = 0 OR r.entry < :after)
UNION ALL
SELECT r.entry, r.at, r.person, r.office, r.rule, c.case_no
  FROM refusal r LEFT JOIN welfare_case c ON c.entry = r.case_id
 WHERE :office = '' AND r.command = 'ask' AND (:after = 0 OR r.entry < :after)
 ORDER BY 1 DESC LIMIT :limit_rows

-- sheet_people
SELECT d.entry, d.person, d.office, d.duty, d.deputy, d.valid_from, coalesce(d.ended_on, d.valid_to),
       (SELECT c.card_serial FROM card c WHERE c.person = d.person ORDER BY c.entry DESC LIMIT 1)
  FROM duty d
 WHERE (:office = '' OR d.office = :office) AND d.entry > :after
   AND (:in_office = '' OR d.office = :in_office) AND (:duty = '' OR d.duty = :duty)
   AND (:duty_entry = '' OR d.entry = :duty_entry)
 ORDER BY d.entry LIMIT :limit_rows

-- sheet_offices_lacking
SELECT o.entry, o.office,
       CASE WHEN s.custodians > 0 AND s.present > 0 THEN '' WHEN s.custodians > 0 THEN 'away' ELSE 'missing' END,
       CASE WHEN s.deputies > 0 THEN '' ELSE 'missing' END,
       CASE WHEN s.supervisors > 0 THEN '' ELSE 'missing' END, CASE WHEN s.auditors > 0 THEN '' ELSE 'missing' END
  FROM office o LEFT JOIN (
SELECT d.office AS office, sum(d.duty = 'custodian' AND d.deputy = 0) AS custodians,
       sum(d.duty = 'custodian' AND d.deputy = 1) AS deputies, sum(d.duty = 'supervisor') AS supervisors,
       sum(d.duty = 'auditor') AS auditors,
       sum(d.duty = 'custodian'
           AND NOT EXISTS (SELECT 1 FROM absence a
                            WHERE a.person = d.person AND a.cancelled = 0 AND a.first_day <= :today
                              AND a.last_day >= :today)) AS present
  FROM duty d
 WHERE d.duty IN ('custodian', 'supervisor', 'auditor') AND d.valid_from <= :today
   AND (d.valid_to IS NULL OR d.valid_to >= :today) AND (d.ended_on IS NULL OR d.ended_on > :today)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = d.person AND b.office = d.office AND b.starts_on <= :today
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)
 GROUP BY d.office) s ON s.office = o.office
 WHERE o.ended = 0 AND o.office_kind <> 'nia' AND o.entry > :after AND (:office = '' OR o.office = :office)
   AND (o.office_kind <> 'affiliate'
        OR (SELECT p.value FROM parameter p WHERE p.name = 'affiliate.custodian' AND p.effective <= :today
             ORDER BY p.effective DESC, p.entry DESC LIMIT 1) = 'own')
   AND NOT (coalesce(s.custodians, 0) > 0 AND coalesce(s.present, 0) > 0 AND coalesce(s.deputies, 0) > 0
            AND coalesce(s.supervisors, 0) > 0 AND coalesce(s.auditors, 0) > 0)
 ORDER BY o.entry LIMIT :limit_rows

-- sheet_grants
SELECT x.key, x.person, x.office, x.item, x.basis, x.valid_from, x.ends, x.letter_no, x.ground, x.state
  FROM (
SELECT g.entry AS key, g.person AS person, g.office AS office, g.item AS item, g.basis AS basis,
       g.valid_from AS valid_from, coalesce(g.ended_on, g.valid_to) AS ends, g.letter_no AS letter_no,
       g.ground AS ground,
       CASE WHEN coalesce(g.ended_on - 1, g.valid_to) < :today OR g.valid_to < :today THEN 'ended'
            WHEN g.valid_from > :today THEN 'not_yet' ELSE 'in_force' END AS state
  FROM item_grant g
 WHERE g.office = :office AND g.entry > :after
UNION ALL
SELECT g.entry, g.person, g.office, g.item, g.basis, g.valid_from, coalesce(g.ended_on, g.valid_to),
       g.letter_no, g.ground,
       CASE WHEN coalesce(g.ended_on - 1, g.valid_to) < :today OR g.valid_to < :today THEN 'ended'
            WHEN g.valid_from > :today THEN 'not_yet' ELSE 'in_force' END
  FROM item_grant g
 WHERE :office = '' AND g.entry > :after
) x
 WHERE (:in_office = '' OR x.office = :in_office) AND (:item = '' OR x.item = :item)
   AND (:grant_state = '' OR x.state = :grant_state)
 ORDER BY x.key LIMIT :limit_rows

-- sheet_my_grants
SELECT g.entry, g.item, g.basis, g.valid_from, coalesce(g.ended_on, g.valid_to), g.ground,
       CASE WHEN coalesce(g.ended_on - 1, g.valid_to) < :today OR g.valid_to < :today THEN 'ended'
            WHEN g.valid_from > :today THEN 'not_yet' ELSE 'in_force' END
  FROM item_grant g
 WHERE g.person = :me AND g.entry > :after
 ORDER BY g.entry LIMIT :limit_rows

-- sheet_my_duties
SELECT d.entry, d.office, d.duty, d.deputy, d.valid_from, coalesce(d.ended_on, d.valid_to)
  FROM duty d
 WHERE d.person = :me AND d.entry > :after
 ORDER BY d.entry LIMIT :limit_rows

-- sheet_offices
SELECT o.entry, o.office, o.name, o.office_kind, o.parent, o.indigenous, o.ended,
       (SELECT count(*) FROM duty d WHERE d.office = o.office AND d.duty = 'custodian'
          AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
          AND (d.ended_on IS NULL OR d.ended_on > :today))
  FROM office o
 WHERE o.entry > :after
 ORDER BY o.entry LIMIT :limit_rows

-- sheet_bases
SELECT b.entry, b.basis, b.name, b.substantive, b.data_request, b.day_test, b.items, b.valid_from,
       b.valid_to
  FROM basis b
 WHERE b.approved_entry IS NOT NULL AND b.entry > :after
 ORDER BY b.entry LIMIT :limit_rows

-- sheet_parameters
SELECT v.entry, v.name, v.value, v.effective
  FROM parameter v
 WHERE v.entry > :after AND v.effective <= :today
   AND NOT EXISTS (SELECT 1 FROM parameter w
                    WHERE w.name = v.name AND w.effective <= :today
                      AND (w.effective > v.effective OR (w.effective = v.effective AND w.entry > v.entry)))
 ORDER BY v.entry LIMIT :limit_rows

-- sheet_proposals
SELECT p.entry, p.proposal_kind, p.name, p.value, p.proposer, p.proposed_at
  FROM proposal p
 WHERE p.state = 'open' AND p.entry > :after
 ORDER BY p.entry LIMIT :limit_rows

-- sheet_editions
SELECT e.entry, e.edition_kind, e.title, e.dated, e.letter_no
  FROM edition e
 WHERE e.entry > :after
 ORDER BY e.entry LIMIT :limit_rows

-- sheet_calendar
SELECT c.day, c.day, c.day_kind
  FROM calendar c
 WHERE c.day > :after
 ORDER BY c.day LIMIT :limit_rows

-- sheet_status
SELECT key, name, value FROM (
SELECT 1 AS key, 'Entries applied' AS name, CAST((SELECT size FROM applied) AS TEXT) AS value
UNION ALL SELECT 2, 'Origin of the log', (SELECT origin FROM log_state)
UNION ALL SELECT 3, 'Demonstration data', (SELECT CASE demo WHEN 1 THEN 'true' ELSE 'false' END FROM log_state)
UNION ALL SELECT 4, 'Clock', CASE WHEN EXISTS (SELECT 1 FROM clock) THEN 'went back' ELSE 'ok' END
UNION ALL SELECT 5, 'Open questions', CAST((SELECT count(*) FROM query WHERE state = 'open') AS TEXT)
UNION ALL SELECT 6, 'Live sessions', CAST((SELECT count(*) FROM session WHERE ended_entry IS NULL) AS TEXT)
UNION ALL SELECT 7, 'Open proposals', CAST((SELECT count(*) FROM proposal WHERE state = 'open') AS TEXT)
UNION ALL SELECT 8, 'Offices without a custodian', CAST((
SELECT count(*) FROM office o
 WHERE o.ended = 0 AND o.office_kind <> 'nia'
   AND (o.office_kind <> 'affiliate'
        OR (SELECT p.value FROM parameter p WHERE p.name = 'affiliate.custodian' AND p.effective <= :today
             ORDER BY p.effective DESC, p.entry DESC LIMIT 1) = 'own')
   AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.office = o.office AND d.duty = 'custodian' AND d.deputy = 0
                      AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                      AND (d.ended_on IS NULL OR d.ended_on > :today))) AS TEXT)
)
 WHERE key > :after ORDER BY key LIMIT :limit_rows
