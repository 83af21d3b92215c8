-- What screens and rules read: a function of the log alone, rebuilt from it and compared with it.
-- No document content and nothing about persons but random ids stands in any column.
--
-- entry   number of the log entry that made the row, and its key where nothing else is
-- at      and other instants are milliseconds since 1970-01-01T00:00Z, dates are days since then
-- person  and other persons are random 64-bit numbers; words are their codes; a document is its id
--         in the vault, <name>_digest the salted digest that the entry states

-- The number of entries that the tables hold.
CREATE TABLE applied (
  one            INTEGER PRIMARY KEY CHECK (one = 1),
  size           INTEGER NOT NULL
) STRICT;
INSERT INTO applied (one, size) VALUES (1, 0);

-- rules_entry is the newest entry that changed offices, bases, parameters or calendar: caches of
-- those are good as long as it stands still.
CREATE TABLE log_state (
  one            INTEGER PRIMARY KEY CHECK (one = 1),
  origin         TEXT NOT NULL,
  demo           INTEGER NOT NULL,
  software       TEXT NOT NULL,
  opened_at      INTEGER NOT NULL,
  started_entry  INTEGER,
  bureau         TEXT,
  rules_entry    INTEGER NOT NULL
) STRICT;

-- The newest step of the clock that nobody settled; gone once two people accepted it.
CREATE TABLE clock (
  one            INTEGER PRIMARY KEY CHECK (one = 1),
  entry          INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  clock          INTEGER NOT NULL,
  accepted_by    INTEGER
) STRICT;

-- The first entry of each command that came with a request number. Written in order, looked up by entry:
-- which entry a number stands in, the keeper knows by heart.
CREATE TABLE request (
  entry          INTEGER PRIMARY KEY,
  person         INTEGER NOT NULL,
  request        TEXT NOT NULL,
  content        TEXT NOT NULL
) STRICT;

-- Destroying sealed documents: ordered, then confirmed; recovery repeats what is not confirmed.
CREATE TABLE erasure (
  entry           INTEGER PRIMARY KEY,
  document        INTEGER NOT NULL,
  document_digest TEXT NOT NULL,
  cause           TEXT NOT NULL,
  confirmed       INTEGER
) STRICT;
CREATE INDEX erasure_open ON erasure (entry) WHERE confirmed IS NULL;
CREATE INDEX erasure_by_document ON erasure (document);
