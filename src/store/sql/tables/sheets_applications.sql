-- Lists of applications and grants. A document is its number, ':' and its digest: the keeper opens it.
-- Days that a parameter sets are read where they stand; the number beside is its default.

-- sheet_my_applications
SELECT a.entry, a.office, a.state, a.round, a.bases, a.items, a.state_at
  FROM application a
 WHERE a.person = :me AND a.entry > :after
 ORDER BY a.entry LIMIT :limit_rows

-- sheet_office_applications
SELECT a.entry, a.person, a.office, a.state, a.round, a.bases, a.items, a.state_at
  FROM application a
 WHERE a.office = :office AND a.submitted = 1 AND a.entry > :after
   AND (:in_office = '' OR a.office = :in_office) AND (:application_state = '' OR a.state = :application_state)
   AND (:item = '' OR instr(',' || a.items || ',', ',' || :item || ',') > 0)
UNION ALL
SELECT a.entry, a.person, a.office, a.state, a.round, a.bases, a.items, a.state_at
  FROM application a
 WHERE :office = '' AND a.submitted = 1 AND a.entry > :after
   AND (:in_office = '' OR a.office = :in_office) AND (:application_state = '' OR a.state = :application_state)
   AND (:item = '' OR instr(',' || a.items || ',', ',' || :item || ',') > 0)
 ORDER BY 1 LIMIT :limit_rows

-- sheet_applications_to_transmit
SELECT a.entry, a.person, a.office, a.round, a.bases, a.items, a.state_at
  FROM application a
 WHERE a.state = 'bureau_reviewed' AND :office = '' AND a.entry > :after
 ORDER BY a.entry LIMIT :limit_rows

-- sheet_transmissions
SELECT t.entry, t.letter_no, t.letter_date, t.at, t.row_count,
       (SELECT count(*) FROM application a WHERE a.transmission = t.entry AND a.state = 'transmitted'),
       (t.at + 28800000) / 86400000
         + coalesce((SELECT CAST(p.value AS INTEGER) FROM parameter p
                      WHERE p.name = 'app.nia_answer_days' AND p.effective <= :today
                      ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 30)
  FROM transmission t
 WHERE t.entry > :after
   AND (:office = '' OR EXISTS (SELECT 1 FROM office o WHERE o.office = :office AND o.office_kind = 'nia'))
 ORDER BY t.entry LIMIT :limit_rows

-- sheet_transmission_applications
SELECT a.entry, a.person, a.office, a.bases, a.items, a.state,
       (SELECT s.letter_no FROM application_step s
         WHERE s.application = a.entry AND s.step = 'nia_review' AND s.transmission = a.transmission
         ORDER BY s.entry DESC LIMIT 1)
  FROM application a
 WHERE a.transmission = :transmission AND a.entry > :after
   AND (:office = '' OR EXISTS (SELECT 1 FROM office o WHERE o.office = :office AND o.office_kind = 'nia'))
 ORDER BY a.entry LIMIT :limit_rows

-- sheet_application
SELECT a.entry, a.person, a.office, a.state, a.round, a.chain, a.bases, a.items, a.purpose, a.state_at,
       CASE WHEN a.person = :me AND a.state IN ('draft', 'returned') THEN 'submit'
            ELSE (SELECT r.step FROM application_route r WHERE r.chain = a.chain AND r.from_state = a.state
                   LIMIT 1) END,
       (SELECT x.duty FROM application_actor x
         WHERE x.application = a.entry AND x.person = :me AND x.valid_from <= :today
           AND (x.valid_to IS NULL OR x.valid_to >= :today)
           AND (x.ended_on IS NULL OR x.ended_on > :today)
         ORDER BY CASE x.duty WHEN 'agency_head' THEN 0 WHEN 'nia_reviewer' THEN 0 ELSE 1 END, x.duty LIMIT 1),
       a.person = :me, a.transmission, a.renews, a.form_digest, a.form || ':' || a.form_digest
  FROM application a
 WHERE a.entry = :application AND a.entry > :after
   AND EXISTS (SELECT 1 FROM application_reader v
                WHERE v.application = a.entry AND v.person = :me AND v.valid_from <= :today
                  AND (v.valid_to IS NULL OR v.valid_to >= :today)
                  AND (v.ended_on IS NULL OR v.ended_on > :today))
 ORDER BY a.entry LIMIT :limit_rows

-- sheet_application_steps
SELECT s.entry, s.round, s.step, s.outcome, s.person, s.at, s.acting_decision, s.letter_no, s.letter_date,
       s.digest, s.ground || ':' || s.ground_digest, s.letter || ':' || s.letter_digest,
       s.checklist || ':' || s.checklist_digest, s.reason || ':' || s.reason_digest
  FROM application_step s
 WHERE s.application = :application AND s.entry > :after
   AND EXISTS (SELECT 1 FROM application_reader v
                WHERE v.application = s.application AND v.person = :me AND v.valid_from <= :today
                  AND (v.valid_to IS NULL OR v.valid_to >= :today)
                  AND (v.ended_on IS NULL OR v.ended_on > :today))
 ORDER BY s.entry LIMIT :limit_rows

-- sheet_application_forms
SELECT f.entry, f.round, f.at, f.form_digest, f.form || ':' || f.form_digest
  FROM application_form f
 WHERE f.application = :application AND f.entry > :after
   AND EXISTS (SELECT 1 FROM application_reader v
                WHERE v.application = f.application AND v.person = :me AND v.valid_from <= :today
                  AND (v.valid_to IS NULL OR v.valid_to >= :today)
                  AND (v.ended_on IS NULL OR v.ended_on > :today))
 ORDER BY f.entry LIMIT :limit_rows

-- sheet_application_scans
SELECT c.entry, c.round, c.scan_kind, c.media, c.person, c.at, c.digest
  FROM application_scan c
 WHERE c.application = :application AND c.entry > :after
   AND EXISTS (SELECT 1 FROM application_reader v
                WHERE v.application = c.application AND v.person = :me AND v.valid_from <= :today
                  AND (v.valid_to IS NULL OR v.valid_to >= :today)
                  AND (v.ended_on IS NULL OR v.ended_on > :today))
 ORDER BY c.entry LIMIT :limit_rows

-- sheet_application_scan
SELECT c.entry, c.media, c.scan || ':' || c.scan_digest
  FROM application_scan c
 WHERE c.entry = :scan AND c.entry > :after
   AND EXISTS (SELECT 1 FROM application_reader v
                WHERE v.application = c.application AND v.person = :me AND v.valid_from <= :today
                  AND (v.valid_to IS NULL OR v.valid_to >= :today)
                  AND (v.ended_on IS NULL OR v.ended_on > :today))
 ORDER BY c.entry LIMIT :limit_rows

-- sheet_grants_ending
SELECT g.entry, g.person, g.office, g.item, g.basis, g.valid_to
  FROM item_grant g
 WHERE g.ended_on IS NULL AND g.valid_to >= :today AND g.entry > :after
   AND g.valid_to <= :today + coalesce((SELECT CAST(p.value AS INTEGER) FROM parameter p
                                         WHERE p.name = 'grant.renewal_notice_days' AND p.effective <= :today
                                         ORDER BY p.effective DESC, p.entry DESC LIMIT 1), 90)
   AND NOT EXISTS (SELECT 1 FROM item_grant n WHERE n.renews = g.entry)
   AND (g.person = :me
     OR EXISTS (SELECT 1 FROM duty d JOIN office o ON o.office = d.office
                 WHERE d.person = :me AND d.duty IN ('custodian', 'supervisor')
                   AND (d.office = g.office OR o.office_kind = 'bureau') AND d.valid_from <= :today
                   AND (d.valid_to IS NULL OR d.valid_to >= :today)
                   AND (d.ended_on IS NULL OR d.ended_on > :today)))
 ORDER BY g.entry LIMIT :limit_rows

-- sheet_migrated_grants
SELECT g.entry, g.person, g.office, g.item, g.basis, g.granted_on, g.letter_no,
       coalesce(g.ended_on, g.valid_to)
  FROM item_grant g
 WHERE g.ground = 'migrated' AND g.confirmed_entry IS NULL AND (:office = '' OR g.office = :office)
   AND g.entry > :after
 ORDER BY g.entry LIMIT :limit_rows
