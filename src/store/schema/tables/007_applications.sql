-- Applications by form F1 from draft to grant (G3.3). Who applies is a random number; what he typed
-- stands in the sealed form.
--
-- form and form_digest are the round's; the digest is the content digest that every step names.
-- submitted: it left the applicant's hands at least once.
CREATE TABLE application (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  round          INTEGER NOT NULL,
  bases          TEXT NOT NULL,
  items          TEXT NOT NULL,
  purpose        TEXT NOT NULL,
  renews         TEXT,
  form           INTEGER NOT NULL,
  form_digest    TEXT NOT NULL,
  state          TEXT NOT NULL,
  state_entry    INTEGER NOT NULL,
  state_at       INTEGER NOT NULL,
  chain          TEXT,
  submitted      INTEGER NOT NULL,
  transmission   INTEGER
) STRICT;
CREATE INDEX application_by_person ON application (person, entry);
CREATE INDEX application_by_office ON application (office, entry);
CREATE INDEX application_by_state ON application (state, entry);
CREATE INDEX application_by_transmission ON application (transmission) WHERE transmission IS NOT NULL;

-- Every form that was saved, so that each round can be read again.
CREATE TABLE application_form (
  entry          INTEGER PRIMARY KEY,
  application    INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  form           INTEGER NOT NULL,
  form_digest    TEXT NOT NULL
) STRICT;
CREATE INDEX application_form_by_application ON application_form (application, entry);

CREATE TABLE application_step (
  entry            INTEGER PRIMARY KEY,
  application      INTEGER NOT NULL,
  round            INTEGER NOT NULL,
  step             TEXT NOT NULL,
  outcome          TEXT NOT NULL,
  state            TEXT NOT NULL,
  person           INTEGER NOT NULL,
  at               INTEGER NOT NULL,
  digest           TEXT NOT NULL,
  acting_decision  INTEGER NOT NULL,
  ground           INTEGER,
  ground_digest    TEXT,
  letter_no        TEXT,
  letter_date      INTEGER,
  letter           INTEGER,
  letter_digest    TEXT,
  checklist        INTEGER,
  checklist_digest TEXT,
  reason           INTEGER,
  reason_digest    TEXT,
  transmission     INTEGER
) STRICT;
CREATE INDEX application_step_by_application ON application_step (application, entry);

CREATE TABLE application_scan (
  entry          INTEGER PRIMARY KEY,
  application    INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  digest         TEXT NOT NULL,
  scan_kind      TEXT NOT NULL,
  media          TEXT NOT NULL,
  person         INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  scan           INTEGER NOT NULL,
  scan_digest    TEXT NOT NULL
) STRICT;
CREATE INDEX application_scan_by_application ON application_scan (application, entry);

CREATE TABLE transmission (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  letter_no      TEXT NOT NULL,
  letter_date    INTEGER NOT NULL,
  row_count      INTEGER NOT NULL,
  person         INTEGER NOT NULL
) STRICT;

CREATE TABLE nia_answer (
  entry          INTEGER PRIMARY KEY,
  transmission   INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  row_count      INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  by_letter      INTEGER NOT NULL,
  letter_no      TEXT,
  letter_date    INTEGER
) STRICT;
CREATE INDEX nia_answer_by_transmission ON nia_answer (transmission, entry);

-- The way of an application as the law has it (law/application.def); a test holds the two together.
CREATE TABLE application_route (
  chain          TEXT NOT NULL,
  from_state     TEXT NOT NULL,
  step           TEXT NOT NULL,
  to_state       TEXT NOT NULL,
  duty           TEXT NOT NULL,
  place          TEXT NOT NULL CHECK (place IN ('office', 'bureau', 'nia')),
  task           TEXT NOT NULL,
  PRIMARY KEY (chain, from_state, duty)
) STRICT, WITHOUT ROWID;
INSERT INTO application_route (chain, from_state, step, to_state, duty, place, task) VALUES
  ('district', 'submitted', 'endorse', 'endorsed', 'supervisor', 'office', 'endorse_application'),
  ('district', 'endorsed', 'approve', 'approved', 'agency_head', 'office', 'approve_application'),
  ('district', 'endorsed', 'approve', 'approved', 'supervisor', 'office', 'approve_application'),
  ('district', 'approved', 'forward', 'forwarded', 'custodian', 'office', 'forward_application'),
  ('district', 'forwarded', 'review', 'bureau_reviewed', 'reviewer', 'bureau', 'review_application'),
  ('district', 'bureau_reviewed', 'transmit', 'transmitted', 'custodian', 'bureau', 'transmit_applications'),
  ('district', 'transmitted', 'nia_review', 'nia_reviewed', 'nia_reviewer', 'nia', 'record_nia_review'),
  ('district', 'transmitted', 'nia_review', 'nia_reviewed', 'custodian', 'bureau', 'record_nia_review'),
  ('district', 'nia_reviewed', 'grant', 'granted', 'custodian', 'bureau', 'grant_application'),
  ('district', 'nia_reviewed', 'grant', 'granted', 'supervisor', 'bureau', 'grant_application'),
  ('short', 'submitted', 'endorse', 'endorsed', 'supervisor', 'office', 'endorse_application'),
  ('short', 'endorsed', 'approve', 'approved', 'agency_head', 'office', 'approve_application'),
  ('short', 'endorsed', 'approve', 'approved', 'supervisor', 'office', 'approve_application'),
  ('short', 'approved', 'review', 'bureau_reviewed', 'reviewer', 'bureau', 'review_application'),
  ('short', 'bureau_reviewed', 'transmit', 'transmitted', 'custodian', 'bureau', 'transmit_applications'),
  ('short', 'transmitted', 'nia_review', 'nia_reviewed', 'nia_reviewer', 'nia', 'record_nia_review'),
  ('short', 'transmitted', 'nia_review', 'nia_reviewed', 'custodian', 'bureau', 'record_nia_review'),
  ('short', 'nia_reviewed', 'grant', 'granted', 'custodian', 'bureau', 'grant_application'),
  ('short', 'nia_reviewed', 'grant', 'granted', 'supervisor', 'bureau', 'grant_application');

-- ground: application or migrated (移轉前核配); confirmed_entry: an access review has confirmed what
-- was granted before the move.
ALTER TABLE item_grant ADD COLUMN ground TEXT;
ALTER TABLE item_grant ADD COLUMN granted_on INTEGER;
ALTER TABLE item_grant ADD COLUMN application INTEGER;
ALTER TABLE item_grant ADD COLUMN renews INTEGER;
ALTER TABLE item_grant ADD COLUMN confirmed_entry INTEGER;
CREATE INDEX item_grant_by_end ON item_grant (valid_to) WHERE ended_on IS NULL;
CREATE INDEX item_grant_by_renewed ON item_grant (renews) WHERE renews IS NOT NULL;
CREATE INDEX item_grant_migrated ON item_grant (entry) WHERE ground = 'migrated' AND confirmed_entry IS NULL;

-- Who may read an application, from when to when: the applicant; once it was submitted those who lead
-- his office or audit it, those of the bureau who handle applications, and the agency's reviewers.
CREATE VIEW application_reader AS
SELECT a.entry AS application, a.person AS person, 0 AS valid_from, NULL AS valid_to, NULL AS ended_on
  FROM application a
UNION ALL
SELECT a.entry, d.person, d.valid_from, d.valid_to, d.ended_on
  FROM application a JOIN duty d JOIN office o ON o.office = d.office
 WHERE a.submitted = 1
   AND ((d.office = a.office AND d.duty IN ('supervisor', 'agency_head', 'custodian', 'auditor'))
     OR (o.office_kind = 'bureau'
         AND d.duty IN ('supervisor', 'agency_head', 'custodian', 'reviewer', 'auditor', 'inspector'))
     OR (d.duty = 'nia_reviewer' AND a.transmission IS NOT NULL));

-- Who may take the next step, by which duty. The applicant and whoever took another step may not.
CREATE VIEW application_actor AS
SELECT a.entry AS application, r.step AS step, r.duty AS duty, r.task AS task, d.person AS person,
       d.valid_from AS valid_from, d.valid_to AS valid_to, d.ended_on AS ended_on
  FROM application a JOIN application_route r ON r.chain = a.chain AND r.from_state = a.state
  JOIN duty d ON d.duty = r.duty JOIN office o ON o.office = d.office
 WHERE ((r.place = 'office' AND d.office = a.office) OR (r.place = 'bureau' AND o.office_kind = 'bureau')
        OR (r.place = 'nia' AND o.office_kind = 'nia'))
   AND d.person <> a.person
   AND NOT EXISTS (SELECT 1 FROM application_step s
                    WHERE s.application = a.entry AND s.person = d.person AND s.step <> r.step);
