-- The history of each account, beside what the other projections keep: see 010_history.sql. Who did it
-- is whom the entry names, else whose session it was; nobody, when time alone did it.

-- project_card_bound_4
INSERT INTO history (entry, at, person, what, detail, from_day, to_day, reference, about, recorder, reason,
                     reason_digest)
SELECT :entry, :at, c.person, 'card_bound', CASE WHEN c.explained = 1 THEN 'history_mark:explained' END, NULL, c.valid_to,
       c.card_serial, :presented,
       coalesce(:recorder, (SELECT s.person FROM session s WHERE s.entry = :session)), :remark, :remark_digest
  FROM card c
 WHERE c.card_serial = :card_serial AND c.entry = :entry
UNION ALL
SELECT :entry, :at, o.person, 'card_unbound', 'card_end:' || o.card_end, o.ended_on, NULL, o.card_serial, o.entry,
       coalesce(:recorder, (SELECT s.person FROM session s WHERE s.entry = :session)), NULL, NULL
  FROM card o
 WHERE o.person = :person AND o.ended_entry = :entry

-- project_card_unbound_2
INSERT INTO history (entry, at, person, what, detail, from_day, reference, about, recorder, reason,
                     reason_digest)
SELECT :entry, :at, c.person, 'card_unbound', 'card_end:' || c.card_end, c.ended_on, c.card_serial, c.entry,
       :recorder, :remark, :remark_digest
  FROM card c
 WHERE c.card_serial = :card_serial AND c.ended_entry = :entry

-- project_duty_appointed_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, to_day, reference, recorder)
VALUES (:entry, :at, :person, :office, 'duty_appointed',
        'duty:' || :duty || CASE WHEN :deputy = 1 THEN ',history_mark:deputy' ELSE '' END, :valid_from, :valid_to, :letter_no,
        (SELECT s.person FROM session s WHERE s.entry = :session))

-- project_duty_ended_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, about, recorder)
SELECT :entry, :at, d.person, d.office, 'duty_ended',
       'duty:' || d.duty || CASE WHEN d.deputy = 1 THEN ',history_mark:deputy' ELSE '' END
         || ',duty_end:' || :duty_end,
       :ended_on, d.entry, (SELECT s.person FROM session s WHERE s.entry = :session)
  FROM duty d
 WHERE d.entry = :duty_entry

-- project_duty_handed_over_3
INSERT INTO history (entry, at, person, office, what, detail, from_day, about, recorder)
SELECT :entry, :at, d.person, d.office, 'duty_handed_over', 'duty:' || d.duty, :handed_on, d.entry,
       (SELECT s.person FROM session s WHERE s.entry = :session)
  FROM duty d
 WHERE d.entry IN (:duty_entry, :successor_entry)
 ORDER BY d.entry

-- project_account_opened_2
INSERT INTO history (entry, at, person, office, what, from_day, reference, recorder)
VALUES (:entry, :at, :person, :office, 'account_opened', :opened_on, :letter_no,
        (SELECT s.person FROM session s WHERE s.entry = :session))

-- project_grant_issued_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, to_day, reference, about, recorder)
SELECT :entry, :at, g.person, g.office, 'grant_issued',
       'item:' || g.item || ',basis:' || g.basis || CASE WHEN g.renews IS NOT NULL THEN ',history_mark:renewal'
                                 WHEN g.ground IS NOT NULL THEN ',grant_ground:' || g.ground ELSE '' END,
       g.valid_from, g.valid_to, g.letter_no, coalesce(g.renews, g.application),
       (SELECT s.person FROM session s WHERE s.entry = :session)
  FROM item_grant g
 WHERE g.entry = :entry

-- project_grant_ended_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, about, recorder)
SELECT :entry, :at, g.person, g.office, 'grant_ended', 'item:' || g.item || ',basis:' || g.basis, g.ended_on, g.entry,
       (SELECT s.person FROM session s WHERE s.entry = :session)
  FROM item_grant g
 WHERE g.entry = :grant_entry

-- project_application_step_taken_3
INSERT INTO history (entry, at, person, office, what, detail, from_day, reference, about, recorder, reason,
                     reason_digest)
SELECT :entry, :at, a.person, a.office, 'application_step_taken',
       'application_step:' || :application_step || ',step_outcome:' || :step_outcome
         || CASE WHEN :acting_decision = 1 THEN ',history_mark:acting_decision' ELSE '' END,
       coalesce(:letter_date, t.letter_date), coalesce(:letter_no, t.letter_no), a.entry, :person, :reason,
       :reason_digest
  FROM application a LEFT JOIN transmission t ON t.entry = :transmission AND :application_step = 'transmit'
 WHERE a.entry = :application AND a.submitted = 1

-- project_duty_change_recorded_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, to_day, reference, recorder)
VALUES (:entry, :at, :person, :office, 'duty_change_recorded',
        'duty_change:' || :duty_change || CASE WHEN :late = 1 THEN ',history_mark:late' ELSE '' END, :effective, NULL,
        :letter_no, :recorder)

-- project_card_lost_reported_3
INSERT INTO history (entry, at, person, office, what, detail, from_day, reference, about, recorder, reason,
                     reason_digest)
SELECT :entry, :at, :person, :office, 'card_lost_reported', NULL, :lost_on, NULL, NULL, :recorder, :told,
       :told_digest
UNION ALL
SELECT :entry, :at, c.person, NULL, 'card_unbound', 'card_end:' || c.card_end, c.ended_on, c.card_serial, c.entry,
       :recorder, NULL, NULL
  FROM card c
 WHERE c.person = :person AND c.ended_entry = :entry

-- project_account_suspended_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, reference, recorder, reason,
                     reason_digest)
VALUES (:entry, :at, :person, :office, 'account_suspended', 'suspend_cause:' || :suspend_cause, :effective,
        :incident, :recorder, :remark, :remark_digest)

-- project_account_terminated_3
INSERT INTO history (entry, at, person, office, what, from_day, reference, about, recorder)
VALUES (:entry, :at, :person, :office, 'account_terminated', :ended_on, coalesce(:letter_no, :agency_serial),
        :block, :recorder)

-- project_nia_notified_2
INSERT INTO history (entry, at, person, office, what, from_day, to_day, reference, about, recorder)
SELECT :entry, :at, b.person, b.office, 'nia_notified', :notified_on, :answer_by, :letter_no, b.entry, :recorder
  FROM account_block b
 WHERE b.entry = :block

-- project_nia_confirmed_2
INSERT INTO history (entry, at, person, office, what, detail, from_day, reference, about, recorder)
SELECT :entry, :at, b.person, b.office, 'nia_confirmed', 'nia_ender:' || :nia_ender, :ended_on, :reference,
       b.entry, :recorder
  FROM account_block b
 WHERE b.entry = :block

-- project_violation_referred_2
INSERT INTO history (entry, at, person, office, what, detail, reference, about, recorder)
SELECT :entry, :at, b.person, b.office, 'violation_referred', 'referred_to:' || :referred_to, :letter_no, b.entry,
       :recorder
  FROM account_block b
 WHERE b.entry = :block

-- project_reinstatement_proposed_2
INSERT INTO history (entry, at, person, office, what, to_day, about, recorder, reason, reason_digest)
VALUES (:entry, :at, :person, :office, 'reinstatement_proposed', :decide_by, :block, :proposer, :reason,
        :reason_digest)

-- project_account_reinstated_4
INSERT INTO history (entry, at, person, office, what, about, recorder)
VALUES (:entry, :at, :person, :office, 'account_reinstated', :block, :approver)

-- project_sign_in_locked_2
INSERT INTO history (entry, at, person, what, from_day, to_day)
VALUES (:entry, :at, :person, 'sign_in_locked', (:at + 28800000) / 86400000, (:until + 28800000) / 86400000)
