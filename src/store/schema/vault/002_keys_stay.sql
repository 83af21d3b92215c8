-- A key's row stays when its document is erased, and its bytes become zeros where they stand. Deleting rows makes SQLite
-- move the rows beside them to other pages; secure_delete zeroes what was deleted, not the copies that moving left
-- behind, and one of those may be of a key that is erased later (docs/decisions/0100).
CREATE TABLE document_key_kept (
  document   INTEGER PRIMARY KEY,
  period     TEXT NOT NULL,
  wrapped    BLOB NOT NULL
) STRICT;
INSERT INTO document_key_kept SELECT document, period, wrapped FROM document_key;
DROP TABLE document_key;
ALTER TABLE document_key_kept RENAME TO document_key;
CREATE INDEX document_key_by_period ON document_key (period);
