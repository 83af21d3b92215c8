-- The simulated agency's own file, in clear as an agency holds its records. None of youju's three
-- stores: the courier only reads it.
CREATE TABLE person (
  person      INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  born        INTEGER,          -- days since 1970-01-01
  second_document INTEGER NOT NULL,
  fault       INTEGER NOT NULL, -- enum local_fault
  lag_days    INTEGER NOT NULL  -- how old the data of this person is
) STRICT;

CREATE TABLE number (
  number      TEXT PRIMARY KEY,
  person      INTEGER NOT NULL REFERENCES person (person),
  place       INTEGER NOT NULL  -- 0, 1 … among the numbers of the person
) STRICT, WITHOUT ROWID;

CREATE INDEX number_by_person ON number (person);

-- One row of an item. cells: the columns in the order of law/columns.def, separated by U+001F.
CREATE TABLE record (
  person      INTEGER NOT NULL,
  item        INTEGER NOT NULL,
  day         INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  place       INTEGER NOT NULL, -- under which of the person's numbers it was recorded
  deleted_ms  INTEGER NOT NULL, -- cancelled departures are deleted (入出國查驗及資料蒐集利用辦法 §12)
  cells       TEXT NOT NULL,
  PRIMARY KEY (person, item, day, seq)
) STRICT, WITHOUT ROWID;
