-- What the law asks about applications; keeper/facts_application.c hands over.

-- fact_application
SELECT entry, person, office, state, chain, round, form, form_digest, items, bases, renews, transmission
  FROM application WHERE entry = :application

-- fact_application_steps
SELECT person, step FROM application_step WHERE application = :application ORDER BY entry LIMIT 256

-- fact_custodian
SELECT entry
  FROM duty
 WHERE office = :office AND duty = 'custodian' AND valid_from <= :today
   AND (valid_to IS NULL OR valid_to >= :today) AND (ended_on IS NULL OR ended_on > :today)
   AND NOT EXISTS (SELECT 1 FROM account_block b
                    WHERE b.person = duty.person AND b.office = duty.office AND b.starts_on <= :today
                      AND b.lifted_entry IS NULL AND b.terminated_entry IS NULL)
 ORDER BY entry LIMIT 1

-- fact_officer
SELECT entry
  FROM duty
 WHERE person = :person AND office = :office AND duty = 'officer'
   AND (valid_to IS NULL OR valid_to >= :today) AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 1

-- fact_card_of
SELECT card_serial, card_number FROM card WHERE person = :person AND card_end IS NULL
 ORDER BY entry DESC LIMIT 1

-- fact_grant_standing
SELECT item, basis
  FROM item_grant
 WHERE entry = :grant AND person = :person AND office = :office
   AND (ended_on IS NULL OR ended_on > :today)
