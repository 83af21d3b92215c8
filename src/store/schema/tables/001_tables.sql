-- What screens and rules read: a function of the log alone (sql/tables/project.sql), without
-- personal content. A document is its id in the vault and the digest that its entry states.
-- Dates are days since 1970-01-01, instants milliseconds since then, words their codes.

CREATE TABLE applied (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  size   INTEGER NOT NULL
) STRICT;
INSERT INTO applied (one, size) VALUES (1, 0);

-- demo, started, clock_stepped, clock_accepted_by
CREATE TABLE state (
  name   TEXT PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office (
  office       TEXT PRIMARY KEY,
  entry        INTEGER NOT NULL,
  name         TEXT NOT NULL,
  name_en      TEXT,
  office_kind  TEXT NOT NULL,
  parent       TEXT,
  address      TEXT,
  indigenous   INTEGER NOT NULL,
  ended        INTEGER NOT NULL
) STRICT;
CREATE INDEX office_by_entry ON office (entry);

CREATE TABLE person (
  person          INTEGER PRIMARY KEY,
  entry           INTEGER NOT NULL,
  person_kind     TEXT NOT NULL,
  details         INTEGER NOT NULL,
  details_digest  TEXT NOT NULL
) STRICT;

CREATE TABLE person_number (
  tag            TEXT PRIMARY KEY,
  person         INTEGER NOT NULL,
  entry          INTEGER NOT NULL,
  number_kind    TEXT NOT NULL,
  valid_from     INTEGER,
  valid_to       INTEGER,
  number         INTEGER NOT NULL,
  number_digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_number_by_person ON person_number (person);

CREATE TABLE card (
  card_serial  TEXT PRIMARY KEY,
  person       INTEGER NOT NULL,
  entry        INTEGER NOT NULL,
  card_number  TEXT,
  fingerprint  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_person ON card (person);

CREATE TABLE duty (
  entry       INTEGER PRIMARY KEY,
  person      INTEGER NOT NULL,
  office      TEXT NOT NULL,
  duty        TEXT NOT NULL,
  deputy      INTEGER NOT NULL,
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER,
  ground      TEXT,
  letter_no   TEXT,
  ended_on    INTEGER,
  duty_end    TEXT
) STRICT;
CREATE INDEX duty_by_person ON duty (person);
CREATE INDEX duty_by_office ON duty (office, duty);

CREATE TABLE calendar_day (
  day       INTEGER PRIMARY KEY,
  entry     INTEGER NOT NULL,
  day_kind  TEXT NOT NULL
) STRICT;

CREATE TABLE import_list (
  entry          INTEGER PRIMARY KEY,
  import_kind    TEXT NOT NULL,
  at             INTEGER NOT NULL,
  person         INTEGER,
  row_count      INTEGER NOT NULL,
  changed_count  INTEGER NOT NULL,
  file           INTEGER NOT NULL,
  file_digest    TEXT NOT NULL
) STRICT;

CREATE TABLE account (
  person     INTEGER NOT NULL,
  office     TEXT NOT NULL,
  entry      INTEGER NOT NULL,
  ground     TEXT NOT NULL,
  letter_no  TEXT,
  opened_on  INTEGER NOT NULL,
  PRIMARY KEY (person, office)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_grant (
  entry       INTEGER PRIMARY KEY,
  person      INTEGER NOT NULL,
  office      TEXT NOT NULL,
  item        TEXT NOT NULL,
  basis       TEXT NOT NULL,
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER NOT NULL,
  letter_no   TEXT,
  ended_on    INTEGER
) STRICT;
CREATE INDEX item_grant_by_person ON item_grant (person, item, basis);

CREATE TABLE welfare_case (
  entry        INTEGER PRIMARY KEY,
  case_no      TEXT NOT NULL,
  office       TEXT NOT NULL,
  basis        TEXT NOT NULL,
  opened_on    INTEGER NOT NULL,
  closed_on    INTEGER,
  intake_no    TEXT,
  unconfirmed  INTEGER NOT NULL,
  decision     TEXT,
  decided_on   INTEGER
) STRICT;
CREATE UNIQUE INDEX welfare_case_by_case_no ON welfare_case (case_no);
CREATE INDEX welfare_case_by_office ON welfare_case (office, entry);

CREATE TABLE party (
  case_id      INTEGER NOT NULL,
  party_no     INTEGER NOT NULL,
  entry        INTEGER NOT NULL,
  person       INTEGER NOT NULL,
  relation     TEXT NOT NULL,
  intake_no    TEXT,
  received_on  INTEGER,
  unconfirmed  INTEGER NOT NULL,
  PRIMARY KEY (case_id, party_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_by_person ON party (person);
CREATE INDEX party_unconfirmed ON party (case_id) WHERE unconfirmed = 1;

CREATE TABLE edition (
  entry         INTEGER PRIMARY KEY,
  edition_kind  TEXT NOT NULL,
  title         TEXT NOT NULL,
  dated         INTEGER NOT NULL,
  letter_no     TEXT,
  text          INTEGER NOT NULL,
  text_digest   TEXT NOT NULL
) STRICT;

CREATE TABLE proposal (
  entry          INTEGER PRIMARY KEY,
  proposal_kind  TEXT NOT NULL,
  name           TEXT NOT NULL,
  value          TEXT NOT NULL,
  effective      INTEGER NOT NULL,
  proposer       INTEGER NOT NULL,
  proposed_at    INTEGER NOT NULL,
  state          TEXT NOT NULL,
  decided_entry  INTEGER
) STRICT;
CREATE INDEX proposal_open ON proposal (entry) WHERE state = 'open';

CREATE TABLE basis (
  entry         INTEGER PRIMARY KEY,
  basis         TEXT NOT NULL,
  name          TEXT NOT NULL,
  substantive   TEXT,
  data_request  TEXT NOT NULL,
  day_test      INTEGER NOT NULL,
  municipality  INTEGER NOT NULL,
  items         TEXT NOT NULL,
  valid_from    INTEGER NOT NULL,
  valid_to      INTEGER,
  approved      INTEGER
) STRICT;
CREATE INDEX basis_by_code ON basis (basis, approved);

CREATE TABLE parameter_value (
  entry      INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  effective  INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  entry        INTEGER PRIMARY KEY,
  person       INTEGER NOT NULL,
  token        TEXT NOT NULL,
  card_serial  TEXT NOT NULL,
  at           INTEGER NOT NULL,
  address      TEXT NOT NULL,
  method       TEXT NOT NULL,
  channel      TEXT NOT NULL,
  ended_entry  INTEGER,
  cause        TEXT
) STRICT;
CREATE INDEX session_by_token ON session (token);
CREATE INDEX session_live ON session (person) WHERE ended_entry IS NULL;

CREATE TABLE sign_in_state (
  person        INTEGER PRIMARY KEY,
  failures      INTEGER NOT NULL,
  locked_until  INTEGER NOT NULL
) STRICT;

CREATE TABLE query (
  entry             INTEGER PRIMARY KEY,
  asked_at          INTEGER NOT NULL,
  asker             INTEGER NOT NULL,
  case_id           INTEGER NOT NULL,
  party_no          INTEGER NOT NULL,
  person            INTEGER NOT NULL,
  basis             TEXT NOT NULL,
  purpose           TEXT NOT NULL,
  item              TEXT NOT NULL,
  asked_range       TEXT NOT NULL,
  anchor            INTEGER NOT NULL,
  channel           TEXT NOT NULL,
  waits_for         TEXT NOT NULL,
  due               INTEGER,
  rule              TEXT NOT NULL,
  reason_code       TEXT,
  accept_by         INTEGER,
  state             TEXT NOT NULL,
  closed_entry      INTEGER,
  result            TEXT,
  verdict           TEXT,
  answer            INTEGER,
  answer_digest     TEXT,
  day_table         INTEGER,
  day_table_digest  TEXT,
  review_owner      INTEGER,
  review_by         INTEGER,
  released          INTEGER NOT NULL,
  accepted_entry    INTEGER
) STRICT;
CREATE INDEX query_by_asker ON query (asker, asked_at);
CREATE INDEX query_by_party ON query (case_id, party_no);
CREATE INDEX query_open ON query (waits_for, entry) WHERE state = 'open';
CREATE INDEX query_to_accept ON query (entry) WHERE accept_by IS NOT NULL AND accepted_entry IS NULL;

CREATE TABLE refusal (
  entry    INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  person   INTEGER,
  office   TEXT,
  command  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  case_id  INTEGER
) STRICT;

CREATE TABLE request (
  person   INTEGER NOT NULL,
  request  TEXT NOT NULL,
  content  TEXT NOT NULL,
  entry    INTEGER NOT NULL,
  PRIMARY KEY (person, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (
  entry      INTEGER PRIMARY KEY,
  document   INTEGER NOT NULL,
  confirmed  INTEGER
) STRICT;
CREATE INDEX erasure_open ON erasure (entry) WHERE confirmed IS NULL;
