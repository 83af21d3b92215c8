-- What the keeper asks for itself, beside the facts of the law.

-- keeper_question
SELECT state, answer, answer_digest, day_table, day_table_digest, result, ended_entry, released_entry,
       withheld_rule, asker
  FROM query WHERE entry = :asked

-- keeper_sessions
SELECT entry, person, at, token, channel, method, card_serial FROM session WHERE ended_entry IS NULL ORDER BY entry LIMIT 1000000

-- keeper_session_known
SELECT entry, person, cause FROM session WHERE token = :token ORDER BY entry DESC LIMIT 1

-- keeper_day_tables
SELECT q.day_table, q.day_table_digest
  FROM welfare_case c JOIN query q ON q.case_id = c.entry
 WHERE c.decided_on BETWEEN :first AND :last AND q.day_table IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.document = q.day_table)
 ORDER BY q.entry LIMIT 64

-- keeper_signature
SELECT document, document_digest FROM signature WHERE entry = :entry
