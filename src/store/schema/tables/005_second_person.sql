-- A second person's word beforehand: requested by an officer for one person, case and window, granted
-- with a code of which only the keyed digest stands here, used once a question.
CREATE TABLE second_person (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  session        INTEGER NOT NULL,
  asker          INTEGER NOT NULL,
  case_id        INTEGER NOT NULL,
  party_no       INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  basis          TEXT NOT NULL,
  purpose        TEXT NOT NULL,
  item           TEXT NOT NULL,
  asked_range    TEXT NOT NULL,
  anchor         INTEGER NOT NULL,
  ask_count      INTEGER NOT NULL,
  grant_by       INTEGER NOT NULL,
  reason_code    TEXT,
  reason         INTEGER,
  reason_digest  TEXT,
  granted_entry  INTEGER,
  granted_by     INTEGER,
  code           TEXT,
  valid_until    INTEGER,
  used           INTEGER NOT NULL
) STRICT;
CREATE INDEX second_person_by_code ON second_person (code) WHERE code IS NOT NULL;
CREATE INDEX second_person_by_asker ON second_person (asker, entry);
CREATE INDEX second_person_open ON second_person (grant_by) WHERE granted_entry IS NULL;

-- A question that was found not justified and what the officer says to it.
ALTER TABLE query ADD COLUMN accepted_at INTEGER;
ALTER TABLE query ADD COLUMN explain_by INTEGER;
ALTER TABLE query ADD COLUMN explained_entry INTEGER;
ALTER TABLE query ADD COLUMN explanation INTEGER;
ALTER TABLE query ADD COLUMN explanation_digest TEXT;
CREATE INDEX query_not_justified ON query (entry) WHERE justified = 0;
