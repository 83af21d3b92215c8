#include "store/sqlite.h"

#include <pthread.h>

#include "base/file.h"

enum fail sqlite_fail(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_FULL:
		return FAIL_FULL;
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return FAIL_IO;
	case SQLITE_CANTOPEN:
		return FAIL_NOT_FOUND;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return FAIL_CORRUPT;
	case SQLITE_CONSTRAINT:
		return FAIL_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAIL_BUSY;
	default:
		return FAIL_STORE;
	}
}

enum fail sqlite_text(struct store *store, const char *text)
{
	return sqlite_fail(sqlite3_exec(store->db, text, NULL, NULL, NULL));
}

/* What comes out of a file is data: it may not name functions with effects, be patched by writes to
 * the schema, or be mapped so that a bad disk becomes a signal. */
static enum fail harden(struct store *store)
{
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
	sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
	return sqlite_text(store, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;");
}

static enum fail settle(struct store *store)
{
	static const char *const settings[] = {
		[STORE_READ] = "PRAGMA query_only=ON;",
		/* Small pages, because most changes touch single rows all over the indexes and the write-ahead
		 * log takes whole pages; checkpoints seldom, because they write everything a second time. */
		[STORE_WRITE_NORMAL] = "PRAGMA page_size=1024; PRAGMA journal_mode=WAL;"
				       "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
				       "PRAGMA wal_autocheckpoint=4096;",
		[STORE_WRITE_FULL] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
				     "PRAGMA secure_delete=ON; PRAGMA cache_size=-16384;"
				     "PRAGMA wal_autocheckpoint=1024;",
		[STORE_MEMORY] = "PRAGMA synchronous=OFF;",
	};

	TRY(harden(store));
	TRY(sqlite_text(store, settings[store->mode]));
	return store->mode == STORE_READ ? OK : store_migrate(store);
}

/* Made by us first, because SQLite would let everybody of the machine read it. */
static enum fail file_make(const struct store *store, const char *path)
{
	AUTO(file_close) struct file file = FILE_NONE;

	if (store->mode == STORE_READ || store->mode == STORE_MEMORY)
		return OK;
	TRY(file_open(path, FILE_OPEN_OR_CREATE, &file));
	return file_share(path); /* readers in the owner's group, where the umask says so */
}

/* Counting memory takes a lock around every allocation, and nobody reads the counts. */
static void library_settle(void)
{
	int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

	assert(code == SQLITE_OK || code == SQLITE_MISUSE); /* misuse: somebody opened a database before us */
}

/* Opens the file itself, not what its name says: "file:" forms stay off. */
static enum fail connect(struct store *store, const char *path)
{
	static const int flags[] = {
		[STORE_READ] = SQLITE_OPEN_READONLY,
		[STORE_WRITE_NORMAL] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		[STORE_WRITE_FULL] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		[STORE_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
	};

	return sqlite_fail(sqlite3_open_v2(store->mode == STORE_MEMORY ? ":memory:" : path, &store->db,
	                                   flags[store->mode] | SQLITE_OPEN_NOMUTEX |
	                                           SQLITE_OPEN_EXRESCODE,
	                                   NULL));
}

enum fail store_open(const char *path, enum store_mode mode, const struct store_catalog *catalog,
                     struct store **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	AUTO(store_close) struct store *store = process_bytes(sizeof *store);

	pthread_once(&once, library_settle);
	*store = (struct store){ .catalog = catalog, .mode = mode };
	store->prepared = process_bytes(catalog->statement_count * sizeof *store->prepared);
	TRY(file_make(store, path));
	TRY(connect(store, path));
	TRY(settle(store));
	if (mode != STORE_READ)
		store->remembered = remembered_open(store->db, catalog);
	TRY(statements_prepare_remembered(store));
	*out = store;
	store = NULL;
	return OK;
}

void store_close(struct store **handle)
{
	struct store *store = *handle;

	if (!store)
		return;
	for (size_t i = 0; i < store->catalog->statement_count; i++)
		sqlite3_finalize(store->prepared[i].statement);
	sqlite3_finalize(store->begin);
	sqlite3_finalize(store->commit);
	sqlite3_finalize(store->mark);
	sqlite3_finalize(store->keep);
	sqlite3_finalize(store->back);
	sqlite3_close(store->db);
	remembered_close(&store->remembered);
	process_free(store->prepared);
	process_free(store);
	*handle = NULL;
}

static enum fail prepare(struct store *store, const char *text, sqlite3_stmt **statement)
{
	if (*statement)
		return OK;
	return sqlite_fail(sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT, statement,
	                                      NULL));
}

static enum fail step_once(struct store *store, const char *text, sqlite3_stmt **statement)
{
	TRY(prepare(store, text, statement));
	int code = sqlite3_step(*statement);
	sqlite3_reset(*statement);
	return sqlite_fail(code);
}

static void forget(struct store *store)
{
	if (store->remembered)
		remembered_forget_all(store->remembered);
}

enum fail store_begin(struct store *store)
{
	assert(!store_is_open(store));
	return step_once(store, store->mode == STORE_READ ? "BEGIN" : "BEGIN IMMEDIATE", &store->begin);
}

enum fail store_commit(struct store *store)
{
	enum fail fail = step_once(store, "COMMIT", &store->commit);

	if (fail != OK)
		forget(store); /* it may have cost the transaction */
	return fail;
}

void store_rollback(struct store *store)
{
	forget(store);
	if (store_is_open(store))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

bool store_is_open(const struct store *store)
{
	return !sqlite3_get_autocommit(store->db);
}

enum fail store_mark(struct store *store)
{
	assert(store_is_open(store));
	return step_once(store, "SAVEPOINT mark", &store->mark);
}

enum fail store_keep(struct store *store)
{
	return step_once(store, "RELEASE mark", &store->keep);
}

enum fail store_return(struct store *store)
{
	forget(store);
	TRY(step_once(store, "ROLLBACK TO mark", &store->back));
	return store_keep(store);
}

/* SQLite cuts the write-ahead log and does not flush that: after a power cut all of it would be back,
 * and with it what was erased. */
static enum fail cut_flush(struct store *store)
{
	sqlite3_file *wal = NULL;

	TRY(sqlite_fail(sqlite3_file_control(store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal)));
	if (!wal || !wal->pMethods)
		return OK;
	return sqlite_fail(wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL));
}

enum fail store_scrub(struct store *store)
{
	TRY(sqlite_fail(sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL)));
	return cut_flush(store);
}

/* Reads over a connection of its own: the writer's may be in the middle of a transaction, from which
 * SQLite refuses to copy; what is copied is the last committed state. */
enum fail store_backup(struct store *store, const char *path)
{
	sqlite3 *from = NULL, *copy = NULL;
	int code = sqlite3_open_v2(sqlite3_db_filename(store->db, "main"), &from, SQLITE_OPEN_READONLY, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (code == SQLITE_OK) {
		sqlite3_backup *backup = sqlite3_backup_init(copy, "main", from, "main");
		if (backup)
			sqlite3_backup_step(backup, -1);
		code = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(copy);
	}
	sqlite3_close(copy);
	sqlite3_close(from);
	return sqlite_fail(code);
}
