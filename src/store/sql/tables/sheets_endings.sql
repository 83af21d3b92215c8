-- Lists about accounts, their blocks and cards; see sheets.sql. g.office || '' keeps the index by office, which
-- holds a whole office's grants, out of counting one person's.

-- sheet_accounts
SELECT x.key, x.person, x.office, x.account_state, x.opened_on,
       (SELECT count(DISTINCT g.item) FROM item_grant g
         WHERE g.person = x.person AND g.office || '' = x.office AND g.valid_from <= :today
           AND g.valid_to >= :today AND (g.ended_on IS NULL OR g.ended_on > :today)),
       (SELECT s.at FROM session s WHERE s.person = x.person ORDER BY s.entry DESC LIMIT 1),
       (SELECT c.card_serial FROM card c WHERE c.person = x.person AND c.card_end IS NULL
         ORDER BY c.entry DESC LIMIT 1),
       (SELECT c.valid_to FROM card c WHERE c.person = x.person AND c.card_end IS NULL
         ORDER BY c.entry DESC LIMIT 1)
  FROM (
SELECT min(p.key) AS key, p.person AS person, p.office AS office, p.opened_on AS opened_on, p.ended_on AS ended_on,
       CASE WHEN p.ended THEN 'terminated' WHEN p.blocked_from <= :today THEN 'blocked'
            WHEN p.blocked_from IS NOT NULL THEN 'block_ahead' WHEN p.account THEN 'open' ELSE 'none' END AS account_state
  FROM account_place p
 WHERE (p.begins_on IS NULL OR p.begins_on <= :today) AND (p.ends_on IS NULL OR p.ends_on >= :today)
 GROUP BY p.person, p.office, p.opened_on, p.ended_on, p.ended, p.account, p.blocked_from
) x
 WHERE x.key > :after AND (:office = '' OR x.office = :office)
   AND (:in_office = '' OR x.office = :in_office)
   AND (:card = '' OR EXISTS (SELECT 1 FROM card c
                               WHERE c.person = x.person
                                 AND (c.card_serial = lower(:card) OR c.card_number = upper(:card))))
   AND (:account_state = '' OR x.account_state = :account_state)
   AND (:item = '' OR EXISTS (SELECT 1 FROM item_grant g
                               WHERE g.person = x.person AND g.office || '' = x.office AND g.item = :item
                                 AND g.valid_from <= :today AND g.valid_to >= :today
                                 AND (g.ended_on IS NULL OR g.ended_on > :today)))
 ORDER BY x.key LIMIT :limit_rows

-- sheet_account
SELECT x.key, x.person, x.office, x.account_state, x.opened_on, x.ended_on,
       (SELECT count(DISTINCT g.item) FROM item_grant g
         WHERE g.person = x.person AND g.office || '' = x.office AND g.valid_from <= :today
           AND g.valid_to >= :today AND (g.ended_on IS NULL OR g.ended_on > :today)),
       (SELECT count(*) FROM session s WHERE s.person = x.person),
       (SELECT s.at FROM session s WHERE s.person = x.person ORDER BY s.entry DESC LIMIT 1),
       (SELECT count(*) FROM query q JOIN welfare_case w ON w.entry = q.case_id
         WHERE q.asker = x.person AND w.office = x.office),
       (SELECT max(q.asked_at) FROM query q JOIN welfare_case w ON w.entry = q.case_id
         WHERE q.asker = x.person AND w.office = x.office),
       (SELECT c.card_serial FROM card c WHERE c.person = x.person AND c.card_end IS NULL
         ORDER BY c.entry DESC LIMIT 1),
       (SELECT c.card_number FROM card c WHERE c.person = x.person AND c.card_end IS NULL
         ORDER BY c.entry DESC LIMIT 1),
       (SELECT c.valid_to FROM card c WHERE c.person = x.person AND c.card_end IS NULL
         ORDER BY c.entry DESC LIMIT 1)
  FROM (
SELECT min(p.key) AS key, p.person AS person, p.office AS office, p.opened_on AS opened_on, p.ended_on AS ended_on,
       CASE WHEN p.ended THEN 'terminated' WHEN p.blocked_from <= :today THEN 'blocked'
            WHEN p.blocked_from IS NOT NULL THEN 'block_ahead' WHEN p.account THEN 'open' ELSE 'none' END AS account_state
  FROM account_place p
 WHERE p.person = :person AND p.office = :in_office AND (p.begins_on IS NULL OR p.begins_on <= :today)
   AND (p.ends_on IS NULL OR p.ends_on >= :today)
 GROUP BY p.person, p.office, p.opened_on, p.ended_on, p.ended, p.account, p.blocked_from
) x
 WHERE (:office = '' OR x.office = :office) AND x.key > :after
 ORDER BY x.key LIMIT :limit_rows

-- sheet_account_history
SELECT h.no, h.entry, h.at, h.what, h.detail, h.from_day, h.to_day, h.reference, h.about, h.recorder,
       h.reason || ':' || h.reason_digest
  FROM history h
 WHERE h.person = :person AND h.no > :after AND (h.office = :in_office OR h.office IS NULL)
   AND (:office = '' OR :in_office = :office)
   AND (EXISTS (SELECT 1 FROM account a WHERE a.person = h.person AND a.office = :in_office)
     OR EXISTS (SELECT 1 FROM duty d WHERE d.person = h.person AND d.office = :in_office))
 ORDER BY h.no LIMIT :limit_rows

-- sheet_account_blocks
SELECT b.entry, b.person, b.office, b.block_kind,
       CASE WHEN b.duty_change IS NOT NULL THEN 'duty_change:' || b.duty_change
            WHEN b.suspend_cause IS NOT NULL THEN 'suspend_cause:' || b.suspend_cause END,
       b.starts_on,
       CASE WHEN b.lifted_entry IS NOT NULL THEN 'given_back'
            WHEN b.terminated_entry IS NOT NULL THEN 'terminated'
            WHEN b.starts_on > :today THEN 'ahead' ELSE 'standing' END AS block_state,
       b.late, b.terminated_on, b.nia_notified_on, b.nia_ended_on, b.nia_ender, b.nia_reference, b.recorder
  FROM account_block b
 WHERE (:office = '' OR b.office = :office) AND b.entry > :after AND (:in_office = '' OR b.office = :in_office)
   AND (:block = '' OR b.entry = :block)
   AND (:block_state = '' OR :block_state =
       CASE WHEN b.lifted_entry IS NOT NULL THEN 'given_back'
            WHEN b.terminated_entry IS NOT NULL THEN 'terminated'
            WHEN b.starts_on > :today THEN 'ahead' ELSE 'standing' END)
 ORDER BY b.entry LIMIT :limit_rows

-- sheet_endings_due
SELECT x.key, x.task, x.person, x.office, x.block_kind, x.starts_on, x.due, x.due < :today
  FROM ending_due x
 WHERE x.starts_on <= :today AND x.key > :after AND (:office = '' OR x.office = :office)
 ORDER BY x.key LIMIT :limit_rows

-- sheet_reinstatements
SELECT r.entry, r.person, r.office, r.block, r.proposer, r.at, r.decide_by
  FROM reinstatement r JOIN account_block b ON b.entry = r.block
 WHERE r.approved_entry IS NULL AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL
   AND (:office = '' OR r.office = :office) AND r.entry > :after AND (:proposal = '' OR r.entry = :proposal)
 ORDER BY r.entry LIMIT :limit_rows

-- sheet_agencies
SELECT g.entry, g.office, g.organisation_oid
  FROM agency g
 WHERE (:office = '' OR g.office = :office) AND g.entry > :after
 ORDER BY g.entry LIMIT :limit_rows

-- sheet_cards
SELECT c.entry, c.person, c.card_serial, c.card_number,
       CASE WHEN c.card_end IS NOT NULL THEN c.card_end WHEN c.valid_to < :today THEN 'expired'
            WHEN c.valid_to <= :notice_day THEN 'expiring' ELSE 'standing' END AS card_state,
       c.valid_to, c.at, c.explained, c.recorder, c.ended_on
  FROM card c
 WHERE c.entry > :after
   AND (:office = '' OR EXISTS (SELECT 1 FROM duty d WHERE d.person = c.person AND d.office = :office))
   AND (:card = '' OR c.card_serial = lower(:card) OR c.card_number = upper(:card))
   AND (:card_state = '' OR :card_state =
       CASE WHEN c.card_end IS NOT NULL THEN c.card_end WHEN c.valid_to < :today THEN 'expired'
            WHEN c.valid_to <= :notice_day THEN 'expiring' ELSE 'standing' END)
 ORDER BY c.entry LIMIT :limit_rows

-- sheet_card_requests
SELECT r.entry, r.holder || ':' || r.holder_digest, r.candidate, r.card_serial, r.card_number, r.valid_to,
       r.at
  FROM card_request r
 WHERE r.entry > :after AND (:presented = '' OR r.entry = :presented)
   AND (:office = '' OR EXISTS (SELECT 1 FROM duty d WHERE d.person = r.candidate AND d.office = :office
                  AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
                  AND (d.ended_on IS NULL OR d.ended_on > :today)))
 ORDER BY r.entry LIMIT :limit_rows

-- sheet_my_cards
SELECT c.entry, c.card_serial, c.card_number,
       CASE WHEN c.card_end IS NOT NULL THEN c.card_end WHEN c.valid_to < :today THEN 'expired'
            WHEN c.valid_to <= :notice_day THEN 'expiring' ELSE 'standing' END AS card_state,
       c.valid_to
  FROM card c
 WHERE c.person = :me AND c.entry > :after
 ORDER BY c.entry LIMIT :limit_rows
