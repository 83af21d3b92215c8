-- Of the office, for the papers that it sends.
ALTER TABLE office ADD COLUMN phone TEXT;
