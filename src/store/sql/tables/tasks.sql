-- What waits for a person. Each part below is one kind of task (a word of law/words.def): who does a
-- thing, for what, handed on by whom (a duty, null: the system), since when (an instant), due when (a
-- day, null: when it comes), and what its page needs. mine are the duties of :me in force today.

-- sheet_my_tasks
WITH mine AS (
SELECT DISTINCT d.office AS office, d.duty AS duty, o.office_kind AS office_kind
  FROM duty d JOIN office o ON o.office = d.office
 WHERE d.person = :me AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
   AND (d.ended_on IS NULL OR d.ended_on > :today)
)
SELECT key, task, about, from_duty, since, due, overdue, object,
       CASE WHEN task IN ('paste_answer', 'review_answer', 'accept_query', 'explain_query')
            THEN (SELECT q.party_no FROM query q WHERE q.entry = object) END FROM (
SELECT row_number() OVER (ORDER BY due IS NULL, due, since, task, object) AS key, task, about, from_duty,
       since, due, due IS NOT NULL AND due < :today AS overdue, object
  FROM (
SELECT 'paste_answer' AS task, c.case_no AS about, NULL AS from_duty, q.asked_at AS since,
       (q.due + 28800000) / 86400000 - 1 AS due, q.entry AS object
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.state = 'open' AND q.waits_for = 'person' AND q.asker = :me
UNION ALL
SELECT 'review_answer', c.case_no, NULL, q.ended_at, q.review_by, q.entry
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.review_owner = :me AND c.decided_on IS NULL AND c.closed_on IS NULL
UNION ALL
SELECT 'accept_query', c.case_no, 'officer', q.asked_at, q.accept_by, q.entry
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
  JOIN mine m ON m.office = c.office AND m.duty = 'supervisor'
 WHERE q.accept_by IS NOT NULL AND q.accepted_entry IS NULL AND q.asker <> :me
UNION ALL
SELECT 'explain_query', c.case_no, 'supervisor', q.accepted_at, q.explain_by, q.entry
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.justified = 0 AND q.explained_entry IS NULL AND q.asker = :me
UNION ALL
SELECT 'grant_authorization', c.case_no, 'officer', a.at, (a.grant_by + 28800000) / 86400000, a.entry
  FROM second_person a JOIN welfare_case c ON c.entry = a.case_id
  JOIN mine m ON m.office = c.office AND m.duty = 'supervisor'
 WHERE a.granted_entry IS NULL AND a.grant_by > :now AND a.asker <> :me AND a.person <> :me
UNION ALL
SELECT 'report_staff_change', n.office, NULL, n.at, n.due, n.entry
  FROM staff_notice n
 WHERE n.reported_entry IS NULL
   AND EXISTS (SELECT 1 FROM mine m WHERE m.office = n.office AND m.duty IN ('custodian', 'supervisor'))
UNION ALL
SELECT 'appoint_custodian', o.office, NULL, NULL, NULL, o.office
  FROM office o
 WHERE o.ended = 0 AND o.office_kind <> 'nia'
   AND (o.office_kind <> 'affiliate'
        OR (SELECT p.value FROM parameter p WHERE p.name = 'affiliate.custodian' AND p.effective <= :today
             ORDER BY p.effective DESC, p.entry DESC LIMIT 1) = 'own')
   AND EXISTS (SELECT 1 FROM mine m
                WHERE (m.office = o.office AND m.duty IN ('supervisor', 'agency_head'))
                   OR (m.office_kind = 'bureau' AND m.duty IN ('custodian', 'supervisor')))
   AND coalesce((SELECT min(sum(d.deputy = 0),
                            sum(NOT EXISTS (SELECT 1 FROM absence a
                                             WHERE a.person = d.person AND a.cancelled = 0 AND a.first_day <= :today
                                               AND a.last_day >= :today)))
                   FROM duty d
                  WHERE d.office = o.office AND d.duty = 'custodian'
                    AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                    AND (d.ended_on IS NULL OR d.ended_on > :today)
                    AND NOT EXISTS (SELECT 1 FROM account_block b
                                     WHERE b.person = d.person AND b.office = d.office AND b.starts_on <= :today
                                       AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)), 0) = 0
UNION ALL
SELECT 'confirm_case', c.case_no, NULL, NULL, NULL, c.case_no
  FROM welfare_case c JOIN mine m ON m.office = c.office AND m.duty = 'supervisor'
 WHERE (c.unconfirmed = 1 OR c.unconfirmed_parties > 0) AND c.closed_on IS NULL
UNION ALL
SELECT 'decide_proposal', p.name, NULL, p.proposed_at, p.effective, p.entry
  FROM proposal p
 WHERE p.state = 'open' AND p.proposer <> :me
   AND EXISTS (SELECT 1 FROM mine m WHERE m.office_kind = 'bureau' AND m.duty IN ('custodian', 'supervisor'))
UNION ALL
SELECT x.task, (SELECT o.name FROM office o WHERE o.office = x.office), NULL, x.at, x.due, x.key
  FROM ending_due x
 WHERE x.starts_on <= :today AND x.person <> :me
   AND EXISTS (SELECT 1 FROM mine m
                WHERE m.duty = 'custodian' AND (m.office = x.office OR m.office_kind = 'bureau'))
UNION ALL
SELECT 'confirm_card', r.card_serial, NULL, r.at, NULL, r.entry
  FROM card_request r
 WHERE EXISTS (SELECT 1 FROM mine m
                WHERE m.duty = 'custodian'
                  AND (m.office_kind = 'bureau'
                       OR m.office IN (SELECT d.office FROM duty d
                                        WHERE d.person = r.candidate AND d.valid_from <= :today
                                          AND (d.valid_to IS NULL OR d.valid_to >= :today)
                                          AND (d.ended_on IS NULL OR d.ended_on > :today))))
   AND r.candidate IS NOT :me
UNION ALL
SELECT 'renew_card', c.card_serial, NULL, NULL, c.valid_to, c.card_serial
  FROM card c
 WHERE c.person = :me AND c.card_end IS NULL AND c.valid_to <= :notice_day
UNION ALL
SELECT 'renew_card_of_other', c.card_serial, NULL, NULL, c.valid_to, c.card_serial
  FROM card c
 WHERE c.person <> :me AND c.card_end IS NULL AND c.valid_to <= :notice_day
   AND EXISTS (SELECT 1 FROM duty d JOIN mine m ON m.office = d.office AND m.duty = 'custodian'
                WHERE d.person = c.person AND d.valid_from <= :today
                  AND (d.valid_to IS NULL OR d.valid_to >= :today)
                  AND (d.ended_on IS NULL OR d.ended_on > :today))
UNION ALL
SELECT 'approve_reinstatement', (SELECT o.name FROM office o WHERE o.office = r.office), NULL, r.at, r.decide_by, r.entry
  FROM reinstatement r JOIN account_block b ON b.entry = r.block
 WHERE r.approved_entry IS NULL AND r.proposer <> :me AND r.person <> :me AND r.decide_by >= :today
   AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL AND b.recorder IS NOT :me
   AND EXISTS (SELECT 1 FROM mine m
                WHERE m.duty IN ('custodian', 'supervisor')
                  AND (m.office_kind = 'bureau' OR m.office = r.office AND r.bureau = 1))
UNION ALL
SELECT x.task,
       CASE x.task WHEN 'transmit_applications' THEN CAST(count(DISTINCT a.entry) AS TEXT)
                   WHEN 'record_nia_review' THEN (SELECT t.letter_no FROM transmission t WHERE t.entry = a.transmission)
                   ELSE (SELECT o.name FROM office o WHERE o.office = a.office) END,
       CASE a.state WHEN 'submitted' THEN 'officer' WHEN 'endorsed' THEN 'supervisor'
                    WHEN 'approved' THEN 'agency_head' WHEN 'forwarded' THEN 'custodian'
                    WHEN 'bureau_reviewed' THEN 'reviewer' WHEN 'transmitted' THEN 'custodian'
                    ELSE 'nia_reviewer' END,
       min(a.state_at),
       min(a.state_at + 28800000) / 86400000
         + CASE a.state
             WHEN 'transmitted' THEN coalesce((SELECT CAST(p.value AS INTEGER) FROM parameter p
                                                WHERE p.name = 'app.nia_answer_days' AND p.effective <= :today
                                                ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 30)
             ELSE coalesce((SELECT CAST(p.value AS INTEGER) FROM parameter p
                             WHERE p.name = 'app.step_days' AND p.effective <= :today
                             ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 7) END,
       CASE x.task WHEN 'transmit_applications' THEN 0 WHEN 'record_nia_review' THEN a.transmission
                   ELSE a.entry END
  FROM application_actor x JOIN application a ON a.entry = x.application
 WHERE x.person = :me AND x.valid_from <= :today AND (x.valid_to IS NULL OR x.valid_to >= :today)
   AND (x.ended_on IS NULL OR x.ended_on > :today)
 GROUP BY 1, 6
UNION ALL
SELECT 'submit_application', (SELECT o.name FROM office o WHERE o.office = a.office), NULL, a.state_at, NULL,
       a.entry
  FROM application a
 WHERE a.person = :me AND a.state IN ('draft', 'returned')
UNION ALL
SELECT 'renew_grants', (SELECT o.name FROM office o WHERE o.office = g.office), NULL, NULL, min(g.valid_to),
       g.office
  FROM item_grant g
 WHERE g.ended_on IS NULL AND g.valid_to >= :today
   AND g.valid_to <= :today + coalesce((SELECT CAST(p.value AS INTEGER) FROM parameter p
                                         WHERE p.name = 'grant.renewal_notice_days' AND p.effective <= :today
                                         ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 90)
   AND NOT EXISTS (SELECT 1 FROM item_grant n WHERE n.renews = g.entry)
   AND (g.person = :me OR EXISTS (SELECT 1 FROM mine m WHERE m.office = g.office AND m.duty = 'custodian'))
 GROUP BY g.office
))
 WHERE key > :after ORDER BY key LIMIT :limit_rows
