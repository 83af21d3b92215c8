-- What stands against an account: begun by a duty change, a lost card or a suspension, and named by
-- that entry. It stands until the account is given back (lifted) or terminated. The second clock is the
-- agency's: told by letter, ended there. person and recorder are ids, personal content is sealed.
CREATE TABLE account_block (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  block_kind     TEXT NOT NULL,
  duty_change    TEXT,
  suspend_cause  TEXT,
  starts_on      INTEGER NOT NULL,
  terminate_by   INTEGER,
  late           INTEGER NOT NULL,
  letter_no      TEXT,
  incident       TEXT,
  last_used      INTEGER,
  lost_on        INTEGER,
  recorder       INTEGER,
  remark         INTEGER,
  remark_digest  TEXT,
  lifted_entry   INTEGER,
  terminated_entry INTEGER,
  terminated_on  INTEGER,
  terminated_by  INTEGER,
  card_serial    TEXT,
  agency_serial  TEXT,
  notify_by      INTEGER,
  nia_letter_no  TEXT,
  nia_notified_on INTEGER,
  nia_notified_entry INTEGER,
  nia_answer_by  INTEGER,
  nia_ender      TEXT,
  nia_reference  TEXT,
  nia_ended_on   INTEGER,
  nia_confirmed_entry INTEGER
) STRICT;
CREATE INDEX account_block_by_person ON account_block (person, office);
CREATE INDEX account_block_of ON account_block (person) WHERE lifted_entry IS NULL AND terminated_entry IS NULL;
CREATE INDEX account_block_standing ON account_block (starts_on)
 WHERE lifted_entry IS NULL AND terminated_entry IS NULL;
CREATE INDEX account_block_by_office ON account_block (office, entry);

-- G6: whom a breach was referred to.
CREATE TABLE referral (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  block          INTEGER NOT NULL,
  referred_to    TEXT NOT NULL,
  letter_no      TEXT NOT NULL,
  recorder       INTEGER NOT NULL
) STRICT;
CREATE INDEX referral_by_block ON referral (block);

-- X16: proposed by one, given back by another.
CREATE TABLE reinstatement (
  entry          INTEGER PRIMARY KEY,
  at             INTEGER NOT NULL,
  block          INTEGER NOT NULL,
  person         INTEGER NOT NULL,
  office         TEXT NOT NULL,
  proposer       INTEGER NOT NULL,
  bureau         INTEGER NOT NULL,
  decide_by      INTEGER NOT NULL,
  reason         INTEGER NOT NULL,
  reason_digest  TEXT NOT NULL,
  approver       INTEGER,
  approved_entry INTEGER,
  approved_at    INTEGER
) STRICT;
CREATE INDEX reinstatement_by_block ON reinstatement (block);

-- X25: the identifier by which an office's agency certificate is known.
CREATE TABLE agency (
  office         TEXT PRIMARY KEY,
  organisation_oid TEXT NOT NULL,
  entry          INTEGER NOT NULL,
  recorder       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- used_at: since when an account has not been used, where nobody has signed in since.
ALTER TABLE account ADD COLUMN used_at INTEGER;
ALTER TABLE account ADD COLUMN ended_on INTEGER;
ALTER TABLE account ADD COLUMN ended_entry INTEGER;

-- What is known of each card: until when it is valid, and how and when its time with us ended.
ALTER TABLE card ADD COLUMN at INTEGER;
ALTER TABLE card ADD COLUMN valid_to INTEGER;
ALTER TABLE card ADD COLUMN card_end TEXT;
ALTER TABLE card ADD COLUMN ended_on INTEGER;
ALTER TABLE card ADD COLUMN ended_entry INTEGER;

-- When it was entered, for the history of an account.
ALTER TABLE duty ADD COLUMN at INTEGER;
ALTER TABLE duty ADD COLUMN ended_at INTEGER;
ALTER TABLE account ADD COLUMN at INTEGER;
ALTER TABLE item_grant ADD COLUMN at INTEGER;
ALTER TABLE item_grant ADD COLUMN ended_at INTEGER;

-- explained: the name on the card differs from the registered one and the custodian said why.
ALTER TABLE card ADD COLUMN explained INTEGER;
ALTER TABLE card ADD COLUMN holder INTEGER;
ALTER TABLE card ADD COLUMN holder_digest TEXT;
ALTER TABLE card ADD COLUMN recorder INTEGER;

-- A card that nobody is known to hold, as it was last presented; day and tries bound what the log takes.
CREATE TABLE card_request (
  card_serial    TEXT PRIMARY KEY,
  entry          INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  day            INTEGER NOT NULL,
  card_number    TEXT,
  fingerprint    TEXT,
  valid_to       INTEGER,
  candidate      INTEGER,
  holder         INTEGER NOT NULL,
  holder_digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_request_by_entry ON card_request (entry);
CREATE INDEX card_request_by_day ON card_request (day);

-- What still has to be done about blocks, and by when.
CREATE VIEW ending_due AS
SELECT b.at AS at, b.entry AS key, 'terminate_account' AS task, b.person AS person, b.office AS office,
       b.block_kind AS block_kind, b.starts_on AS starts_on, b.terminate_by AS due
  FROM account_block b
 WHERE b.terminate_by IS NOT NULL AND b.lifted_entry IS NULL
   AND b.terminated_entry IS NULL
UNION ALL
SELECT b.at, b.entry, 'notify_nia', b.person, b.office, b.block_kind, b.starts_on, b.notify_by
  FROM account_block b
 WHERE b.notify_by IS NOT NULL AND b.lifted_entry IS NULL AND b.nia_notified_entry IS NULL
   AND b.nia_confirmed_entry IS NULL
UNION ALL
SELECT b.at, b.entry, 'confirm_nia', b.person, b.office, b.block_kind, b.starts_on, b.nia_answer_by
  FROM account_block b
 WHERE b.nia_notified_entry IS NOT NULL AND b.nia_confirmed_entry IS NULL AND b.lifted_entry IS NULL;
