-- fact_state
SELECT name, n FROM state ORDER BY name

-- fact_parameters
SELECT entry, name, value FROM parameter_value WHERE effective <= :today ORDER BY effective, entry

-- fact_days
SELECT day, day_kind FROM calendar_day WHERE day BETWEEN :first AND :last ORDER BY day

-- fact_day
SELECT day_kind FROM calendar_day WHERE day = :day

-- fact_office
SELECT office, name, name_en, office_kind, parent, address, indigenous, ended
  FROM office WHERE office = :office

-- fact_basis
SELECT day_test, municipality, items
  FROM basis
 WHERE basis = :basis AND approved IS NOT NULL AND valid_from <= :today
   AND (valid_to IS NULL OR valid_to >= :today)
 ORDER BY approved DESC LIMIT 1

-- fact_duties
SELECT entry, office, duty, deputy, valid_from, valid_to
  FROM duty
 WHERE person = :person AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 64

-- fact_duties_standing
SELECT entry, office, duty, deputy, valid_from, valid_to
  FROM duty
 WHERE person = :person AND office = :office AND (valid_to IS NULL OR valid_to >= :today)
   AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 64

-- fact_duty
SELECT entry, office, duty, deputy, valid_from, valid_to, person
  FROM duty
 WHERE entry = :entry AND (ended_on IS NULL OR ended_on > :today)

-- fact_duty_same
SELECT entry, office, duty, deputy, valid_from, valid_to, person
  FROM duty
 WHERE person = :person AND office = :office AND duty = :duty AND deputy = :deputy
   AND (valid_to IS NULL OR valid_to >= :today) AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry DESC LIMIT 1

-- fact_account
SELECT count(*) FROM account WHERE person = :person

-- fact_granted
SELECT entry
  FROM item_grant
 WHERE person = :person AND item = :item AND basis = :basis AND office = :office
   AND valid_from <= :today AND valid_to >= :today AND (ended_on IS NULL OR ended_on > :today)
 ORDER BY entry LIMIT 1

-- fact_grant_same
SELECT entry
  FROM item_grant
 WHERE person = :person AND item = :item AND basis = :basis AND office = :office
   AND valid_from = :valid_from AND valid_to = :valid_to AND ended_on IS NULL
 ORDER BY entry LIMIT 1

-- fact_case
SELECT c.entry, c.case_no, c.office, c.basis, c.opened_on, c.closed_on, c.unconfirmed,
       (SELECT max(p.party_no) FROM party p WHERE p.case_id = c.entry)
  FROM welfare_case c WHERE c.case_no = :case_no

-- fact_parties_unconfirmed
SELECT party_no FROM party WHERE case_id = :case AND unconfirmed = 1 ORDER BY party_no

-- fact_party
SELECT person, unconfirmed FROM party WHERE case_id = :case AND party_no = :party_no

-- fact_party_of_person
SELECT party_no, unconfirmed FROM party WHERE person = :person AND case_id = :case
 ORDER BY party_no LIMIT 1

-- fact_asked
SELECT coalesce(sum(asked_at >= :hour_ms), 0), coalesce(sum(asked_at >= :day_ms), 0)
  FROM query WHERE asker = :person AND asked_at >= min(:hour_ms, :day_ms)

-- fact_query
SELECT q.entry, q.asker, q.person, q.case_id, c.case_no, c.office, q.basis, q.rule, c.closed_on, q.item,
       q.asked_range, q.waits_for, q.anchor, q.due, q.state, q.verdict, q.day_table, q.released,
       q.accept_by, q.accepted_entry, q.closed_entry, q.answer, q.answer_digest, q.day_table_digest,
       q.result, q.party_no
  FROM query q JOIN welfare_case c ON c.entry = q.case_id
 WHERE q.entry = :asked

-- queries_of_courier
SELECT entry FROM query WHERE state = 'open' AND waits_for = 'courier' ORDER BY entry LIMIT 100000

-- queries_overdue
SELECT entry FROM query
 WHERE state = 'open' AND waits_for = 'person' AND due IS NOT NULL AND due <= :now
 ORDER BY entry LIMIT 64

-- fact_proposal
SELECT entry, proposal_kind, proposer, name, value, effective
  FROM proposal WHERE entry = :proposal AND state = 'open'

-- person_of_tag
SELECT person FROM person_number WHERE tag = :tag

-- person_numbers
SELECT number, number_digest, number_kind, valid_from, valid_to
  FROM person_number WHERE person = :person ORDER BY entry LIMIT 16

-- person_details
SELECT person_kind, details, details_digest FROM person WHERE person = :person

-- fact_card
SELECT person FROM card WHERE card_serial = :card_serial

-- session_of_token
SELECT entry, person, at, ended_entry, cause FROM session WHERE token = :token
 ORDER BY entry DESC LIMIT 1

-- sessions_live
SELECT entry, person, token, at FROM session WHERE ended_entry IS NULL ORDER BY entry

-- sign_in_state
SELECT failures, locked_until FROM sign_in_state WHERE person = :person

-- request_of
SELECT entry, content FROM request WHERE person = :person AND request = :request

-- erasures_open
SELECT entry, document FROM erasure WHERE confirmed IS NULL ORDER BY entry
