-- Papers: what the law asks before one is printed, and what is printed on it. print_fact_… give the
-- person whom it is about, the office, whether :me may read it by today, and the content digest.

-- project_paper_printed
INSERT INTO printed (entry, at, printed_paper, about, print_format, digest, file_digest, file_bytes,
                     print_no, person, channel)
VALUES (:entry, :at, :printed_paper, :about, :print_format, :digest, :file_digest, :file_bytes,
        :print_no, :person, :channel)

-- print_count
SELECT count(*) FROM printed WHERE about = :about AND printed_paper = :printed_paper

-- print_fact_appointment
SELECT person, office, 0, NULL FROM duty WHERE entry = :about

-- print_appointment
SELECT d.person, o.name, d.duty, d.deputy, d.valid_from, d.valid_to, d.ground, d.letter_no
  FROM duty d JOIN office o ON o.office = d.office
 WHERE d.entry = :about
