-- agency_person
SELECT p.person, n.place, p.name, p.born, p.second_document, p.fault, p.lag_days,
       (SELECT count(*) FROM number m WHERE m.person = p.person) AS numbers
  FROM number n
  JOIN person p ON p.person = n.person
 WHERE n.number = :number

-- agency_records
SELECT place, cells
  FROM record
 WHERE person = :person AND item = :item AND day BETWEEN :first AND :last AND deleted_ms > :at_ms
 ORDER BY day, seq
 LIMIT :limit_rows

-- agency_record_before
SELECT place, cells
  FROM record
 WHERE person = :person AND item = :item AND day < :first AND day >= :look_back AND deleted_ms > :at_ms
 ORDER BY day DESC, seq DESC
 LIMIT :limit_rows

-- agency_person_add
INSERT INTO person (person, name, born, second_document, fault, lag_days)
VALUES (:person, :name, :born, :second_document, :fault, :lag_days)

-- agency_number_add
INSERT INTO number (number, person, place) VALUES (:number, :person, :place)

-- agency_record_add
INSERT INTO record (person, item, day, seq, place, deleted_ms, cells)
VALUES (:person, :item, :day, :seq, :place, :deleted_ms, :cells)

-- agency_count
SELECT count(*) FROM person

-- agency_settle
PRAGMA journal_mode = DELETE
