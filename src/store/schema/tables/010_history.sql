-- What became of each account, one row for each thing that an entry did to it, in the order of the log.
-- office is NULL where it concerns the person in every office (cards, locks); about is the entry that it
-- goes on from: the appointment, the application, the block, the renewed grant.
CREATE TABLE history (
  no             INTEGER PRIMARY KEY,
  entry          INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  office         TEXT,
  what           TEXT NOT NULL,
  detail         TEXT,
  from_day       INTEGER,
  to_day         INTEGER,
  reference      TEXT,
  about          INTEGER,
  recorder       INTEGER,
  reason         INTEGER,
  reason_digest  TEXT
) STRICT;
CREATE INDEX history_by_person ON history (person, no);
