/* What the files of the SQLite driver share; nobody else includes it. */
#ifndef YOUJU_STORE_SQLITE_H
#define YOUJU_STORE_SQLITE_H

#include <sqlite3.h>

#include "store/remembered.h"
#include "store/store.h"

enum { STATEMENT_FIELDS_MAX = 64 };

struct prepared {
	sqlite3_stmt *statement; /* NULL until first used */
	uint64_t forgotten;      /* which remembered ones it makes forget */
	int remembered;          /* its place among them, or NOT_REMEMBERED */
	uint8_t places[STATEMENT_FIELDS_MAX]; /* where callers put the value of each field last time */
};

struct store {
	sqlite3 *db;
	const struct store_catalog *catalog;
	struct prepared *prepared;     /* by statement number */
	struct remembered *remembered; /* NULL: it remembers nothing */
	sqlite3_stmt *begin, *commit, *mark, *keep, *back;
	enum store_mode mode;
};

enum fail sqlite_fail(int code);
MUST_CHECK enum fail sqlite_text(struct store *store, const char *text); /* literals of the driver only */
MUST_CHECK enum fail statements_prepare_remembered(struct store *store);
MUST_CHECK enum fail store_migrate(struct store *store);

#endif
