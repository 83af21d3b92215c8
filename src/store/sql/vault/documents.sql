-- document_add
INSERT INTO document (id, period, log_size, sealed)
VALUES (:id, :period, :log_size, :sealed)

-- document_key_add
INSERT INTO document_key (document, period, wrapped)
VALUES (:id, :period, :wrapped)

-- document_of
SELECT d.period, d.sealed, k.period, nullif(k.wrapped, zeroblob(length(k.wrapped)))
  FROM document d
  LEFT JOIN document_key k ON k.document = d.id
 WHERE d.id = :id

-- document_key_erase
UPDATE document_key SET wrapped = zeroblob(length(wrapped)) WHERE document = :id

-- document_keys_sweep
UPDATE document_key SET wrapped = zeroblob(length(wrapped))
 WHERE document IN (SELECT id FROM document WHERE log_size >= :log_size)

-- documents_sweep
DELETE FROM document WHERE log_size >= :log_size

-- document_key_rewrap
UPDATE document_key SET period = :period, wrapped = :wrapped WHERE document = :id

-- document_newest
SELECT coalesce(max(document), 0) FROM document_key

-- document_count
SELECT count(*) FROM document
