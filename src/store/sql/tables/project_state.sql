-- Entries into tables. A statement is named project_<event kind>, a further one of the same kind
-- project_<event kind>_2 and so on, run in that order. Fields: the event's own, a document's digest
-- as <name>_digest, and entry, at, session, request, content, kind of the envelope. What is
-- absent is null.

-- applied_set
UPDATE applied SET size = :size

-- applied_get
SELECT size FROM applied

-- request_asker
SELECT s.person
  FROM session s
 WHERE s.entry = :session
   AND NOT EXISTS (SELECT 1 FROM (SELECT person, request FROM request ORDER BY entry DESC LIMIT 1) r
                    WHERE r.person = s.person AND r.request = :request)

-- project_request
INSERT INTO request (entry, person, request, content)
VALUES (:entry, (SELECT s.person FROM session s WHERE s.entry = :session), :request, :content)

-- project_signature
INSERT INTO signature (entry, person, document, document_digest)
SELECT :entry, s.person, :signature, :signature_digest FROM session s WHERE s.entry = :session

-- project_log_opened
INSERT INTO log_state (one, origin, demo, software, opened_at, rules_entry)
VALUES (1, :origin, :demo, :software, :at, :entry)

-- project_clock_stepped
INSERT INTO clock (one, entry, at, clock)
VALUES (1, :entry, :at, :clock)
    ON CONFLICT (one) DO UPDATE SET entry = excluded.entry, at = excluded.at,
       clock = excluded.clock, accepted_by = NULL

-- project_clock_acceptance_given
UPDATE clock SET accepted_by = :person

-- project_clock_accepted
DELETE FROM clock

-- project_document_erased
INSERT INTO erasure (entry, document, document_digest, cause)
VALUES (:entry, :document, :document_digest, :cause)

-- project_document_erasure_confirmed
UPDATE erasure SET confirmed = :entry WHERE entry = :erased

-- project_first_start_ended
UPDATE log_state SET started_entry = :entry, bureau = :office

-- project_command_refused
INSERT INTO refusal (entry, at, session, person, office, command, rule, channel)
SELECT :entry, :at, :session, s.person, s.office, :command, :rule, :channel
  FROM (SELECT 1) LEFT JOIN session s ON s.entry = :session
