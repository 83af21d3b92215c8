/* Rows of statements that are asked again and again, kept until something is written that they were read from.
 *
 * A statement is remembered when its name in store/sql/ says so. What it reads, and what every other statement
 * writes, SQLite tells when it prepares them; whoever gets a statement ready that writes what a remembered one
 * reads makes that one forget all it knows, and whatever is undone makes all of them forget. So there is nothing
 * that a caller could omit. It holds for the one connection that writes: readers remember nothing. */
#ifndef YOUJU_STORE_REMEMBERED_H
#define YOUJU_STORE_REMEMBERED_H

#include <sqlite3.h>

#include "store/store.h"

struct remembered;

/* NULL when the catalog has nothing to remember. From here on SQLite tells what statements do. */
struct remembered *remembered_open(sqlite3 *db, const struct store_catalog *catalog);
void remembered_close(struct remembered **remembered); /* NULL is fine */

/* By which number it knows a statement. */
enum { NOT_REMEMBERED = -1 };
int remembered_place(const struct remembered *remembered, int statement);

/* Between these two a statement is prepared: which ones it makes forget, bit n: the one at place n. Those that are
 * remembered have to be prepared before all others. */
void remembered_watch(struct remembered *remembered, int statement);
uint64_t remembered_seen(struct remembered *remembered);

void remembered_forget(struct remembered *remembered, uint64_t which);
void remembered_forget_all(struct remembered *remembered);

/* Rows that are known for a statement and values, these in the order of its fields; false: none are. What is
 * handed out has to be given back. */
bool remembered_find(struct remembered *remembered, int place, const struct store_value *const *values,
                     size_t count, const struct kept_rows **out);
/* The rows of a statement that is bound to those values, run to its end. NULL in out: too many or too long to be
 * kept; run it again. */
MUST_CHECK enum fail remembered_take(struct remembered *remembered, int place,
                                     const struct store_value *const *values, size_t count, sqlite3_stmt *bound,
                                     const struct kept_rows **out);
void remembered_give_back(struct remembered *remembered);

/* What is kept of rows; row and column count from 0. */
size_t kept_row_count(const struct kept_rows *rows);
int kept_column_count(const struct kept_rows *rows);
enum store_kind kept_kind(const struct kept_rows *rows, size_t row, int column);
int64_t kept_i64(const struct kept_rows *rows, size_t row, int column);     /* 0 for null; text is a bug */
struct str kept_text(const struct kept_rows *rows, size_t row, int column); /* "" for null; a number is a bug */

#endif
