CREATE TABLE office (
  office         TEXT PRIMARY KEY,
  entry          INTEGER NOT NULL,
  name           TEXT NOT NULL,
  name_en        TEXT,
  office_kind    TEXT NOT NULL,
  parent         TEXT,
  indigenous     INTEGER NOT NULL,
  address        TEXT,
  ended          INTEGER NOT NULL,
  import_entry   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  person         INTEGER PRIMARY KEY,
  entry          INTEGER NOT NULL,
  person_kind    TEXT NOT NULL,
  details        INTEGER NOT NULL,
  details_digest TEXT NOT NULL,
  import_entry   INTEGER
) STRICT;

CREATE TABLE person_number (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  number_kind    TEXT NOT NULL,
  tag            TEXT NOT NULL,
  valid_from     INTEGER,
  valid_to       INTEGER,
  number         INTEGER NOT NULL,
  number_digest  TEXT NOT NULL,
  import_entry   INTEGER
) STRICT;
CREATE INDEX person_number_by_tag ON person_number (tag);
CREATE INDEX person_number_by_person ON person_number (person);

CREATE TABLE card (
  card_serial    TEXT PRIMARY KEY,
  entry          INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  card_number    TEXT,
  fingerprint    TEXT,
  import_entry   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_person ON card (person);

CREATE TABLE duty (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  duty           TEXT NOT NULL,
  deputy         INTEGER NOT NULL,
  valid_from     INTEGER NOT NULL,
  valid_to       INTEGER,
  ground         TEXT,
  letter_no      TEXT,
  import_entry   INTEGER,
  duty_end       TEXT,
  ended_on       INTEGER,
  ended_entry    INTEGER
) STRICT;
CREATE INDEX duty_by_person ON duty (person);
CREATE INDEX duty_by_office ON duty (office, duty);

CREATE TABLE account (
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  entry          INTEGER NOT NULL,
  ground         TEXT NOT NULL,
  letter_no      TEXT,
  opened_on      INTEGER NOT NULL,
  import_entry   INTEGER,
  PRIMARY KEY (person, office)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_grant (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  item           TEXT NOT NULL,
  basis          TEXT NOT NULL,
  valid_from     INTEGER NOT NULL,
  valid_to       INTEGER NOT NULL,
  letter_no      TEXT,
  import_entry   INTEGER,
  ended_on       INTEGER,
  ended_entry    INTEGER
) STRICT;
CREATE INDEX item_grant_by_person ON item_grant (person, item, basis, office);
CREATE INDEX item_grant_by_office ON item_grant (office, entry);

CREATE TABLE list_import (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  person         INTEGER,
  import_kind    TEXT NOT NULL,
  row_count      INTEGER NOT NULL,
  changed_count  INTEGER NOT NULL,
  file           INTEGER NOT NULL,
  file_digest    TEXT NOT NULL
) STRICT;

-- office is where the person held the first duty in force when signing in.
CREATE TABLE session (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  office         TEXT,
  at             INTEGER NOT NULL,
  token          TEXT NOT NULL,
  card_serial    TEXT NOT NULL,
  card_number    TEXT,
  address        TEXT NOT NULL,
  method         TEXT NOT NULL,
  channel        TEXT NOT NULL,
  ended_entry    INTEGER,
  ended_at       INTEGER,
  cause          TEXT
) STRICT;
CREATE INDEX session_live ON session (entry) WHERE ended_entry IS NULL;
CREATE INDEX session_by_person ON session (person, entry);
CREATE INDEX session_of_person ON session (person, channel) WHERE ended_entry IS NULL;
CREATE INDEX session_by_token ON session (token);

-- What was entered of refused sign-ins within the hour (of the epoch, UTC) of the last one.
CREATE TABLE refused_card (
  hour           INTEGER NOT NULL,
  card_serial    TEXT NOT NULL,
  rule           TEXT NOT NULL,
  PRIMARY KEY (hour, card_serial, rule)
) STRICT, WITHOUT ROWID;

-- Failures since the last time signing in succeeded or was locked.
CREATE TABLE sign_in_state (
  person         INTEGER PRIMARY KEY,
  failures       INTEGER NOT NULL,
  last_entry     INTEGER NOT NULL,
  locked_until   INTEGER NOT NULL
) STRICT;
