-- What was printed, and how often. file_digest is that of the bytes that left.
CREATE TABLE printed (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  printed_paper  TEXT NOT NULL,
  about          INTEGER NOT NULL,
  print_format   TEXT NOT NULL,
  digest         TEXT,
  file_digest    TEXT NOT NULL,
  file_bytes     INTEGER NOT NULL,
  print_no       INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  channel        TEXT NOT NULL
) STRICT;
CREATE INDEX printed_by_about ON printed (about, printed_paper);
