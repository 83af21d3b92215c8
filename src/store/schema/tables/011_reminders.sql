-- When each person was last reminded by mail, and of how much.
CREATE TABLE reminder (
  person         INTEGER PRIMARY KEY,
  entry          INTEGER NOT NULL,
  reminded_on    INTEGER NOT NULL,
  task_count     INTEGER NOT NULL,
  overdue_count  INTEGER NOT NULL
) STRICT;
