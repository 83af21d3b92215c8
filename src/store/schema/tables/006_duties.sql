-- Changes of custodians and supervisors that the agency has to be told of (staff_change.notify_days).
CREATE TABLE staff_notice (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  cause_entry    INTEGER NOT NULL,
  office         TEXT NOT NULL,
  duty           TEXT NOT NULL,
  due            INTEGER NOT NULL,
  reported_entry INTEGER,
  reported_by    INTEGER,
  letter_no      TEXT,
  sent_on        INTEGER
) STRICT;
CREATE INDEX staff_notice_open ON staff_notice (office) WHERE reported_entry IS NULL;

ALTER TABLE duty ADD COLUMN consent_letter_no TEXT;
ALTER TABLE duty ADD COLUMN left_vacant INTEGER;
ALTER TABLE duty ADD COLUMN successor_entry INTEGER;

-- Leave and overtime as the personnel lists tell; the same first day, or day and beginning, corrects it.
CREATE TABLE absence (
  person         INTEGER NOT NULL,
  first_day      INTEGER NOT NULL,
  last_day       INTEGER NOT NULL,
  leave_kind     TEXT,
  cancelled      INTEGER NOT NULL,
  entry          INTEGER NOT NULL,
  import_entry   INTEGER,
  PRIMARY KEY (person, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE overtime (
  person         INTEGER NOT NULL,
  day            INTEGER NOT NULL,
  from_minute    INTEGER NOT NULL,
  to_minute      INTEGER NOT NULL,
  cancelled      INTEGER NOT NULL,
  entry          INTEGER NOT NULL,
  import_entry   INTEGER,
  PRIMARY KEY (person, day, from_minute)
) STRICT, WITHOUT ROWID;
