/* What the files of the SQLite driver share; nobody else includes it. */
#ifndef YOUJU_STORE_SQLITE_H
#define YOUJU_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

struct store {
	sqlite3 *db;
	const struct store_catalog *catalog;
	sqlite3_stmt **prepared; /* by statement number, NULL until first used */
	sqlite3_stmt *begin, *commit, *mark, *keep, *back;
	enum store_mode mode;
};

enum fail sqlite_fail(int code);
MUST_CHECK enum fail sqlite_text(struct store *store, const char *text); /* literals of the driver only */
MUST_CHECK enum fail store_migrate(struct store *store);

#endif
