-- fact_blocks
SELECT entry, block_kind, duty_change, suspend_cause, person, recorder, office, starts_on, last_used,
       lifted_entry IS NOT NULL OR terminated_entry IS NOT NULL, nia_notified_entry IS NOT NULL,
       nia_confirmed_entry IS NOT NULL
  FROM account_block
 WHERE person = :person AND lifted_entry IS NULL AND terminated_entry IS NULL
 ORDER BY entry LIMIT 64

-- fact_block
SELECT entry, block_kind, duty_change, suspend_cause, person, recorder, office, starts_on, last_used,
       lifted_entry IS NOT NULL OR terminated_entry IS NOT NULL, nia_notified_entry IS NOT NULL,
       nia_confirmed_entry IS NOT NULL
  FROM account_block WHERE entry = :block

-- fact_offices_of_person
SELECT office FROM account WHERE person = :person AND ended_entry IS NULL
 UNION
SELECT office FROM duty
 WHERE person = :person AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY 1 LIMIT 64

-- fact_sessions_of_person
SELECT entry FROM session WHERE person = :person AND ended_entry IS NULL ORDER BY entry LIMIT 256

-- fact_sessions_of_channel
SELECT entry FROM session
 WHERE person = :person AND channel = :channel AND ended_entry IS NULL
 ORDER BY entry LIMIT 256

-- fact_grants_of_account
SELECT entry FROM item_grant
 WHERE person = :person AND office = :office AND valid_to >= :today
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 256

-- fact_account_used
SELECT max(used_at, coalesce((SELECT s.at FROM session s WHERE s.person = account.person
                               ORDER BY s.entry DESC LIMIT 1), 0))
  FROM account
 WHERE person = :person AND office = :office AND ended_entry IS NULL

-- fact_card_standing
SELECT 1 FROM card WHERE person = :person AND card_end IS NULL LIMIT 1

-- fact_person_known
SELECT 1 FROM person WHERE person = :person

-- fact_reinstatement
SELECT block, proposer, bureau FROM reinstatement WHERE entry = :proposal AND approved_entry IS NULL

-- fact_agency
SELECT organisation_oid FROM agency WHERE office = :office

-- fact_session_card
SELECT card_serial FROM session WHERE entry = :session

-- accounts_idle
SELECT a.person, a.office
  FROM account a
 WHERE a.ended_entry IS NULL AND a.used_at < :used_before
   AND NOT EXISTS (SELECT 1 FROM session s WHERE s.person = a.person AND s.at >= :used_before)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = a.person AND b.office = a.office AND b.block_kind = 'suspended'
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)
 ORDER BY a.person, a.office LIMIT 64

-- blocks_idle_over
SELECT entry FROM account_block
 WHERE suspend_cause = 'idle' AND last_used <= :used_before AND lifted_entry IS NULL
   AND terminated_entry IS NULL
 ORDER BY entry LIMIT 64

-- sessions_blocked
SELECT s.entry FROM session s
 WHERE s.ended_entry IS NULL
   AND EXISTS (SELECT 1 FROM account_block b
                WHERE b.person = s.person AND b.starts_on <= :today AND b.lifted_entry IS NULL
                  AND b.terminated_entry IS NULL AND s.at < b.starts_on * 86400000 - 28800000)
 ORDER BY s.entry LIMIT 256

-- fact_presented
SELECT card_serial, card_number, fingerprint, valid_to, holder, holder_digest
  FROM card_request WHERE entry = :presented

-- fact_presented_today
SELECT EXISTS (SELECT 1 FROM card_request WHERE card_serial = :card_serial AND day = :today),
       (SELECT count(*) FROM card_request WHERE day = :today)

-- fact_refused
SELECT rule FROM refused_card WHERE hour = :hour AND card_serial = :card_serial ORDER BY rule LIMIT 32

-- fact_refused_count
SELECT count(*) FROM refused_card WHERE hour = :hour

-- fact_card_known
SELECT 1 FROM card WHERE card_serial = :card_serial

-- fact_card_standing_of
SELECT person FROM card WHERE card_serial = :card_serial AND card_end IS NULL

-- fact_people_of_offices
SELECT DISTINCT person FROM duty
 WHERE valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY person LIMIT 10000
