-- Each person in each office: the account, or where there is none every duty, which counts from begins_on to
-- ends_on. blocked_from is the first day of the earliest block that stands; null: none does.
CREATE VIEW account_place AS
SELECT a.entry AS key, a.person AS person, a.office AS office, a.opened_on AS opened_on, a.ended_on AS ended_on,
       a.ended_entry IS NOT NULL AS ended, 1 AS account, NULL AS begins_on, NULL AS ends_on,
       (SELECT min(b.starts_on) FROM account_block b
         WHERE b.person = a.person AND b.office = a.office AND b.lifted_entry IS NULL
           AND b.terminated_entry IS NULL) AS blocked_from
  FROM account a
UNION ALL
SELECT d.entry, d.person, d.office, NULL, NULL, 0, 0, d.valid_from,
       CASE WHEN d.ended_on IS NOT NULL AND (d.valid_to IS NULL OR d.ended_on <= d.valid_to) THEN d.ended_on - 1
            ELSE d.valid_to END,
       (SELECT min(b.starts_on) FROM account_block b
         WHERE b.person = d.person AND b.office = d.office AND b.lifted_entry IS NULL
           AND b.terminated_entry IS NULL)
  FROM duty d
 WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.person = d.person AND a.office = d.office);
