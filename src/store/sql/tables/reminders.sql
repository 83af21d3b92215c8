-- Reminder mails. Tasks are counted by the statement of the task list itself.

-- reminder_next
SELECT d.person
  FROM duty d
 WHERE d.person > :after AND d.valid_from <= :today AND (d.valid_to IS NULL OR d.valid_to >= :today)
   AND (d.ended_on IS NULL OR d.ended_on > :today)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = d.person AND b.office = d.office AND b.starts_on <= :today
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)
   AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.person = d.person AND r.reminded_on >= :today)
 ORDER BY d.person LIMIT 1

-- project_reminder_sent
INSERT INTO reminder (person, entry, reminded_on, task_count, overdue_count)
VALUES (:person, :entry, (:at + 28800000) / 86400000, :task_count, :overdue_count)
    ON CONFLICT (person) DO UPDATE SET entry = excluded.entry, reminded_on = excluded.reminded_on,
       task_count = excluded.task_count, overdue_count = excluded.overdue_count
