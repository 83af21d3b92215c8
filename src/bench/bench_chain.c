#include <sqlite3.h>
#include <stdio.h>

#include "base/crypto.h"
#include "bench/bench.h"

/* Rows whose hash covers the hash of the row before: what a careful database log does today. */
static const char SCHEMA[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	"CREATE TABLE chain (n INTEGER PRIMARY KEY, subject INTEGER NOT NULL, entry BLOB NOT NULL,"
	" hash BLOB NOT NULL)";
static const char SUBJECT_INDEX[] = "CREATE INDEX chain_subject ON chain (subject, n)";

struct chain {
	sqlite3 *db;
	sqlite3_stmt *insert, *begin, *commit;
	const struct bench_crowd *crowd;
	struct hash last;
	uint64_t rows;
};

static bool run(sqlite3_stmt *statement)
{
	bool ok = sqlite3_step(statement) == SQLITE_DONE;

	return sqlite3_reset(statement) == SQLITE_OK && ok;
}

static bool row_add(struct chain *chain)
{
	struct str entry = chain->crowd->entries[chain->rows % chain->crowd->count];
	/* Spread over 63 bits: the subjects of a real log come in no order. */
	uint64_t subject = chain->rows++ * UINT64_C(0x9e3779b97f4a7c15) >> 1;

	chain->last = hash_two(2, chain->last.at, HASH_BYTES, entry.at, entry.len);
	sqlite3_bind_int64(chain->insert, 1, (sqlite3_int64)subject);
	sqlite3_bind_blob(chain->insert, 2, entry.at, (int)entry.len, SQLITE_STATIC);
	sqlite3_bind_blob(chain->insert, 3, chain->last.at, HASH_BYTES, SQLITE_STATIC);
	return run(chain->insert);
}

static bool commits_do(struct chain *chain, size_t commits, size_t rows_a_commit)
{
	for (size_t c = 0; c < commits; c++) {
		if (!run(chain->begin))
			return false;
		for (size_t r = 0; r < rows_a_commit; r++)
			if (!row_add(chain))
				return false;
		if (!run(chain->commit))
			return false;
	}
	return true;
}

static bool chain_open(struct chain *chain, const char *path, bool with_subject)
{
	const struct { const char *text; sqlite3_stmt **statement; } rows[] = {
		{ "INSERT INTO chain (subject, entry, hash) VALUES (?1, ?2, ?3)", &chain->insert },
		{ "BEGIN IMMEDIATE", &chain->begin },
		{ "COMMIT", &chain->commit },
	};

	if (sqlite3_open(path, &chain->db) != SQLITE_OK ||
	    sqlite3_exec(chain->db, SCHEMA, NULL, NULL, NULL) != SQLITE_OK ||
	    (with_subject && sqlite3_exec(chain->db, SUBJECT_INDEX, NULL, NULL, NULL) != SQLITE_OK))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (sqlite3_prepare_v2(chain->db, rows[i].text, -1, rows[i].statement, NULL) != SQLITE_OK)
			return false;
	return true;
}

enum fail bench_chain_rows(const char *path, const struct bench_crowd *crowd, size_t commits,
                           size_t rows_a_commit, bool with_subject, double *rows_a_second_out)
{
	struct chain chain = { .crowd = crowd };
	bool ok = chain_open(&chain, path, with_subject);
	double start_us = bench_now_us();

	ok = ok && commits_do(&chain, commits, rows_a_commit);
	*rows_a_second_out = (double)(commits * rows_a_commit) * 1e6 / (bench_now_us() - start_us);
	sqlite3_finalize(chain.insert);
	sqlite3_finalize(chain.begin);
	sqlite3_finalize(chain.commit);
	sqlite3_close(chain.db);
	return ok ? OK : FAIL_STORE;
}
