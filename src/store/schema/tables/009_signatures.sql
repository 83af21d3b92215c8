-- Steps that were signed with a card: where text and signature are sealed.
CREATE TABLE signature (
  entry            INTEGER PRIMARY KEY,
  person           INTEGER NOT NULL,
  document         INTEGER NOT NULL,
  document_digest  TEXT NOT NULL
) STRICT;
