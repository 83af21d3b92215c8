/* The tables folded from the log: at every start what is missing, by command all of it, and compared
 * with the tables in use. An administrator who edited a row is found by that comparison. */
#ifndef YOUJU_KEEPER_REBUILD_H
#define YOUJU_KEEPER_REBUILD_H

#include "store/ledger.h"
#include "store/store.h"

enum { REBUILD_DIFFERENCES_MAX = 100, REBUILD_PER_TABLE_MAX = 10 };

/* Told now and then how many entries of how many are folded. step may be NULL. */
struct rebuild_progress {
	void (*step)(void *context, uint64_t done, uint64_t total);
	void *context;
};

/* Applies the entries from the tables' position to the log's size, some thousand a transaction; no
 * transaction may be open. FAIL_CORRUPT when the tables are ahead of the log or an entry cannot be
 * read, FAIL_CONFLICT when an entry contradicts the tables; and the failures of ledger and store. */
MUST_CHECK enum fail tables_follow(struct store *tables, struct ledger *ledger);

/* Makes the tables anew beside the old ones and puts them in their place; nobody else may have the
 * file open. On failure the old ones stand. */
MUST_CHECK enum fail tables_rebuild(const char *path, struct ledger *ledger,
                                    const struct rebuild_progress *progress);

struct rebuild_report {
	uint64_t entries;   /* that the tables in use hold, and that were folded */
	size_t count;
	struct str at[REBUILD_DIFFERENCES_MAX]; /* in words: table, key, columns; never contents */
};

/* Folds the log afresh, as far as the tables in use hold it, and compares table by table, the schema
 * itself too. scratch is the path of a database that is made for it and removed; NULL keeps it in
 * memory. The tables may be in use: they are read as of one moment. Texts live in the arena. */
MUST_CHECK enum fail tables_compare(struct store *tables, struct ledger *ledger, const char *scratch,
                                    const struct rebuild_progress *progress, struct arena *arena,
                                    struct rebuild_report *out);

#endif
