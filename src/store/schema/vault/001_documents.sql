-- Personal content, each document sealed under its own key: without it the sealed bytes say nothing.
CREATE TABLE document (
  id         INTEGER PRIMARY KEY,
  period     TEXT NOT NULL,
  log_size   INTEGER NOT NULL,
  sealed     BLOB NOT NULL
) STRICT;

-- log_size is the number of the entry that names the document: after a crash, a document whose log_size is not
-- below the recovered size is named by no entry.
CREATE INDEX document_by_log_size ON document (log_size);

CREATE TABLE document_key (
  document   INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
  period     TEXT NOT NULL,
  wrapped    BLOB NOT NULL
) STRICT;

CREATE INDEX document_key_by_period ON document_key (period);
