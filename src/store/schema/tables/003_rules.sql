-- What one person proposed and another approves or rejects.
CREATE TABLE proposal (
  entry          INTEGER PRIMARY KEY,
  proposal_kind  TEXT NOT NULL,
  proposer       INTEGER NOT NULL,
  proposed_at    INTEGER NOT NULL,
  name           TEXT NOT NULL,
  value          TEXT NOT NULL,
  effective      INTEGER NOT NULL,
  reason         INTEGER,
  reason_digest  TEXT,
  state          TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected')),
  decided_entry  INTEGER,
  decided_by     INTEGER
) STRICT;
CREATE INDEX proposal_open ON proposal (entry) WHERE state = 'open';

-- entry is the proposal's; the basis counts once approved_entry stands.
CREATE TABLE basis (
  entry          INTEGER PRIMARY KEY,
  basis          TEXT NOT NULL,
  name           TEXT NOT NULL,
  substantive    TEXT,
  data_request   TEXT NOT NULL,
  day_test       INTEGER NOT NULL,
  municipality   INTEGER NOT NULL,
  items          TEXT NOT NULL,
  valid_from     INTEGER NOT NULL,
  valid_to       INTEGER,
  approved_entry INTEGER,
  approver       INTEGER
) STRICT;
CREATE INDEX basis_by_code ON basis (basis, valid_from);

CREATE TABLE parameter (
  entry          INTEGER PRIMARY KEY,
  name           TEXT NOT NULL,
  value          TEXT NOT NULL,
  effective      INTEGER NOT NULL,
  proposal       INTEGER NOT NULL,
  approver       INTEGER NOT NULL
) STRICT;
CREATE INDEX parameter_by_name ON parameter (name, effective);

CREATE TABLE calendar (
  day            INTEGER PRIMARY KEY,
  day_kind       TEXT NOT NULL,
  entry          INTEGER NOT NULL,
  import_entry   INTEGER
) STRICT;

CREATE TABLE edition (
  entry          INTEGER PRIMARY KEY,
  edition_kind   TEXT NOT NULL,
  title          TEXT NOT NULL,
  dated          INTEGER NOT NULL,
  letter_no      TEXT,
  text           INTEGER NOT NULL,
  text_digest    TEXT NOT NULL
) STRICT;
