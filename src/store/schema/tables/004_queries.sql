-- entered_by is who entered it in person; an import has nobody's hand in a row.
CREATE TABLE welfare_case (
  entry          INTEGER PRIMARY KEY,
  case_no        TEXT NOT NULL UNIQUE,
  office         TEXT NOT NULL,
  basis          TEXT NOT NULL,
  opened_on      INTEGER NOT NULL,
  intake_no      TEXT,
  unconfirmed    INTEGER NOT NULL,
  entered_by     INTEGER,
  import_entry   INTEGER,
  closed_on      INTEGER,
  closed_entry   INTEGER,
  decision       TEXT,
  decided_on     INTEGER,
  decided_entry  INTEGER,
  party_count    INTEGER NOT NULL,
  unconfirmed_parties INTEGER NOT NULL
) STRICT;
CREATE INDEX welfare_case_decided ON welfare_case (decided_on) WHERE decided_on IS NOT NULL;
CREATE INDEX welfare_case_by_office ON welfare_case (office, entry);
CREATE INDEX welfare_case_unconfirmed ON welfare_case (entry)
 WHERE unconfirmed = 1 OR unconfirmed_parties > 0;

CREATE TABLE party (
  case_id        INTEGER NOT NULL,
  party_no       INTEGER NOT NULL,
  entry          INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  relation       TEXT NOT NULL,
  intake_no      TEXT,
  received_on    INTEGER,
  unconfirmed    INTEGER NOT NULL,
  entered_by     INTEGER,
  import_entry   INTEGER,
  last_query     INTEGER,
  PRIMARY KEY (case_id, party_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_by_person ON party (person, case_id);

-- asked_no counts the questions of one asker, so that how many fall into a time is the difference of
-- two rows however many they are. ended_entry answered, withheld or failed the question; what follows it is that entry's.
CREATE TABLE query (
  entry          INTEGER PRIMARY KEY,
  asked_at       INTEGER NOT NULL,
  session        INTEGER NOT NULL,
  asker          INTEGER NOT NULL,
  asked_no       INTEGER NOT NULL,
  case_id        INTEGER NOT NULL,
  party_no       INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  basis          TEXT NOT NULL,
  purpose        TEXT NOT NULL,
  item           TEXT NOT NULL,
  asked_range    TEXT NOT NULL,
  anchor         INTEGER NOT NULL,
  channel        TEXT NOT NULL,
  waits_for      TEXT NOT NULL,
  due            INTEGER,
  rule           TEXT NOT NULL,
  reason_code    TEXT,
  reason         INTEGER,
  reason_digest  TEXT,
  accept_by      INTEGER,
  batch          TEXT,
  ordered_by     INTEGER,
  authorization  TEXT,
  state          TEXT NOT NULL CHECK (state = 'open' OR state = 'answered' OR state = 'withheld' OR state = 'failed'),
  ended_entry    INTEGER,
  ended_at       INTEGER,
  result         TEXT,
  verdict        TEXT,
  withheld_rule  TEXT,
  reasons        TEXT,
  row_count      INTEGER,
  fields         TEXT,
  data_as_of     INTEGER,
  answer         INTEGER,
  answer_digest  TEXT,
  day_table      INTEGER,
  day_table_digest TEXT,
  review_owner   INTEGER,
  review_by      INTEGER,
  rows_digest    TEXT,
  unread_lines   INTEGER,
  released_entry INTEGER,
  accepted_entry INTEGER,
  accepted_by    INTEGER,
  justified      INTEGER,
  remark         INTEGER,
  remark_digest  TEXT
) STRICT;
CREATE INDEX query_by_asker ON query (asker, asked_at, asked_no);
CREATE INDEX query_day_tables ON query (case_id) WHERE day_table IS NOT NULL;
CREATE INDEX query_open ON query (waits_for, entry) WHERE state = 'open';
CREATE INDEX query_to_accept ON query (entry) WHERE accept_by IS NOT NULL AND accepted_entry IS NULL;
CREATE INDEX query_to_review ON query (review_owner, entry) WHERE review_owner IS NOT NULL;

-- Refused questions and other refused commands; office is that of the session.
CREATE TABLE refusal (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  session        INTEGER,
  person         INTEGER,
  office         TEXT,
  command        TEXT NOT NULL,
  rule           TEXT NOT NULL,
  case_id        INTEGER,
  subject        INTEGER,
  tag            TEXT,
  channel        TEXT NOT NULL
) STRICT;
CREATE INDEX refusal_by_office ON refusal (office, entry) WHERE command = 'ask';
