#include "store/sqlite.h"

#include <string.h>

/* KEPT_BYTES_MAX is room for a few thousand askers with their duties, grants and cases; when it is used up, all is
 * forgotten. */
enum { STATEMENTS_MAX = 64, READS_MAX = 64, KEPT_BYTES_MAX = 8 << 20, SLOTS = 1 << 15, PROBES_MAX = 8, KEY_BYTES_MAX = 256,
       ROWS_BYTES_MAX = 4096,
       CELLS_MAX = ROWS_BYTES_MAX / 16, NO_STATEMENT = -1 };

struct kept_cell {
	enum store_kind kind;
	uint32_t len;
	union {
		int64_t n;
		const char *at;
	} is;
};

struct kept_rows {
	uint64_t hash, epoch;
	int place;
	uint32_t key_len, row_count, column_count;
	const char *key;
	struct kept_cell cells[];
};

/* Hashes of names: two that are alike by chance make a statement forget once too often. */
struct column_read {
	uint64_t table, column;
};

struct known {
	uint64_t epoch; /* what was kept in an earlier one is forgotten */
	size_t read_count;
	struct column_read reads[READS_MAX];
};

struct remembered {
	size_t count;
	int numbers[STATEMENTS_MAX];
	struct known known[STATEMENTS_MAX];
	int watched;    /* the statement that is being prepared; NO_STATEMENT: none */
	uint64_t seen;  /* which ones it makes forget */
	struct arena arena;
	size_t handed_out;
	struct kept_rows *slots[SLOTS];
};

static uint64_t hash_name(const char *name)
{
	return name ? hash_quick(1, name, strlen(name)) : 0;
}

/* --- which statement reads and writes what ---------------------------------------------------- */

int remembered_place(const struct remembered *remembered, int statement)
{
	for (size_t i = 0; i < remembered->count; i++)
		if (remembered->numbers[i] == statement)
			return (int)i;
	return NOT_REMEMBERED;
}

static void read_note(struct remembered *remembered, const char *table, const char *column)
{
	int place = remembered_place(remembered, remembered->watched);
	const struct column_read read = { hash_name(table), hash_name(column) };

	if (place == NOT_REMEMBERED)
		return;
	struct known *known = &remembered->known[place];
	for (size_t i = 0; i < known->read_count; i++)
		if (known->reads[i].table == read.table && known->reads[i].column == read.column)
			return;
	assert(known->read_count < READS_MAX);
	known->reads[known->read_count++] = read;
}

/* column NULL: whole rows come or go. */
static void write_note(struct remembered *remembered, const char *table, const char *column)
{
	uint64_t table_hash = hash_name(table), column_hash = hash_name(column);

	for (size_t i = 0; i < remembered->count; i++) {
		const struct known *known = &remembered->known[i];
		for (size_t j = 0; j < known->read_count; j++)
			if (known->reads[j].table == table_hash &&
			    (!column || known->reads[j].column == column_hash))
				remembered->seen |= (uint64_t)1 << i;
	}
}

static int told(void *context, int action, const char *first, const char *second, const char *database,
                const char *within)
{
	struct remembered *remembered = context;

	(void)database;
	(void)within;
	if (remembered->watched == NO_STATEMENT)
		return SQLITE_OK;
	if (action == SQLITE_READ)
		read_note(remembered, first, second);
	else if (action == SQLITE_INSERT || action == SQLITE_DELETE)
		write_note(remembered, first, NULL);
	else if (action == SQLITE_UPDATE)
		write_note(remembered, first, second);
	return SQLITE_OK;
}

struct remembered *remembered_open(sqlite3 *db, const struct store_catalog *catalog)
{
	struct remembered *remembered = process_bytes(sizeof *remembered);

	for (size_t i = 0; i < catalog->statement_count; i++) {
		if (!catalog->statements[i].remembered)
			continue;
		assert(remembered->count < STATEMENTS_MAX);
		remembered->numbers[remembered->count++] = (int)i;
	}
	if (remembered->count == 0) {
		process_free(remembered);
		return NULL;
	}
	remembered->watched = NO_STATEMENT;
	remembered->arena = arena_open(2 * KEPT_BYTES_MAX);
	sqlite3_set_authorizer(db, told, remembered);
	return remembered;
}

void remembered_close(struct remembered **remembered)
{
	if (!*remembered)
		return;
	arena_close(&(*remembered)->arena);
	process_free(*remembered);
	*remembered = NULL;
}

void remembered_watch(struct remembered *remembered, int statement)
{
	remembered->watched = statement;
	remembered->seen = 0;
}

uint64_t remembered_seen(struct remembered *remembered)
{
	remembered->watched = NO_STATEMENT;
	return remembered->seen;
}

/* --- forgetting ------------------------------------------------------------------------------- */

void remembered_forget(struct remembered *remembered, uint64_t which)
{
	for (size_t i = 0; which; i++, which >>= 1)
		remembered->known[i].epoch += which & 1;
}

void remembered_forget_all(struct remembered *remembered)
{
	for (size_t i = 0; i < remembered->count; i++)
		remembered->known[i].epoch++;
}

/* --- keeping ---------------------------------------------------------------------------------- */

struct key {
	size_t len;
	char at[KEY_BYTES_MAX];
};

static bool key_add(struct key *key, const void *at, size_t len)
{
	if (len > sizeof key->at - key->len)
		return false;
	memcpy(key->at + key->len, at, len);
	key->len += len;
	return true;
}

/* Kind, and number or length and bytes, of each value: two lists of values never give the same key. */
static bool key_make(const struct store_value *const *values, size_t count, struct key *out)
{
	out->len = 0;
	for (size_t i = 0; i < count; i++) {
		const struct store_value *value = values[i];
		uint64_t word = (uint64_t)(value->kind == STORE_INT ? value->n : (int64_t)value->text.len);
		bool is_text = value->kind == STORE_TEXT || value->kind == STORE_BYTES;
		char kind = (char)value->kind;
		if (!key_add(out, &kind, 1) || !key_add(out, &word, sizeof word) ||
		    (is_text && !key_add(out, value->text.at, value->text.len)))
			return false;
	}
	return true;
}

static bool is_kept(const struct kept_rows *rows, uint64_t hash, int place, const struct key *key)
{
	return rows->hash == hash && rows->place == place && rows->key_len == key->len &&
	       memcmp(rows->key, key->at, key->len) == 0;
}

/* Where rows of that key stand or would: their own slot, a free or forgotten one, or else the first. */
static struct kept_rows **slot_of(struct remembered *remembered, uint64_t hash, int place,
                                  const struct key *key)
{
	struct kept_rows **first = &remembered->slots[hash % SLOTS], **room = NULL;

	for (size_t i = 0; i < PROBES_MAX; i++) {
		struct kept_rows **slot = &remembered->slots[(hash + i) % SLOTS];
		if (*slot && is_kept(*slot, hash, place, key))
			return slot;
		if (!room && (!*slot || (*slot)->epoch != remembered->known[(*slot)->place].epoch))
			room = slot;
		if (!*slot)
			break;
	}
	return room ? room : first;
}

bool remembered_find(struct remembered *remembered, int place, const struct store_value *const *values,
                     size_t count, const struct kept_rows **out)
{
	struct key key;

	if (!key_make(values, count, &key))
		return false;
	uint64_t hash = hash_quick((uint64_t)place, key.at, key.len);
	struct kept_rows *rows = *slot_of(remembered, hash, place, &key);
	if (!rows || !is_kept(rows, hash, place, &key) || rows->epoch != remembered->known[place].epoch)
		return false;
	remembered->handed_out++;
	*out = rows;
	return true;
}

/* Texts are copied to bytes, from where they go to the arena once all are known. */
struct reading {
	size_t cell_count, row_count, byte_count;
	struct kept_cell cells[CELLS_MAX];
	char bytes[ROWS_BYTES_MAX];
};

static bool cell_read(struct reading *reading, sqlite3_stmt *statement, int column)
{
	struct kept_cell *cell = &reading->cells[reading->cell_count];
	int type = sqlite3_column_type(statement, column);

	if (reading->cell_count == CELLS_MAX)
		return false;
	reading->cell_count++;
	*cell = (struct kept_cell){ .kind = STORE_NULL };
	if (type == SQLITE_NULL || type == SQLITE_FLOAT)
		return type == SQLITE_NULL;
	if (type == SQLITE_INTEGER) {
		cell->kind = STORE_INT;
		cell->is.n = sqlite3_column_int64(statement, column);
		return true;
	}
	const void *at = sqlite3_column_blob(statement, column);
	size_t len = (size_t)sqlite3_column_bytes(statement, column);
	if (len > ROWS_BYTES_MAX - reading->byte_count)
		return false;
	cell->kind = type == SQLITE_TEXT ? STORE_TEXT : STORE_BYTES;
	cell->len = (uint32_t)len;
	cell->is.at = reading->bytes + reading->byte_count;
	if (len)
		memcpy(reading->bytes + reading->byte_count, at, len);
	reading->byte_count += len;
	return true;
}

/* false: not all of them have room, or running the statement failed. */
static bool rows_read(struct reading *reading, sqlite3_stmt *statement, enum fail *fail_out)
{
	int code, columns = sqlite3_column_count(statement);

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++)
			if (!cell_read(reading, statement, i))
				return false;
		reading->row_count++;
	}
	*fail_out = sqlite_fail(code);
	return code == SQLITE_DONE;
}

/* Nothing that is handed out may be overwritten; then there is no room for once. */
static bool room_make(struct remembered *remembered, size_t need)
{
	if (remembered->arena.used_bytes + need <= KEPT_BYTES_MAX)
		return true;
	if (remembered->handed_out)
		return false;
	memset(remembered->slots, 0, sizeof remembered->slots);
	arena_empty(&remembered->arena);
	return true;
}

static struct kept_rows *rows_keep(struct remembered *remembered, int place, const struct key *key,
                                   const struct reading *reading, int columns)
{
	size_t cells = reading->cell_count * sizeof *reading->cells;

	if (!room_make(remembered, sizeof(struct kept_rows) + cells + key->len + reading->byte_count + 64))
		return NULL;
	struct kept_rows *rows = arena_bytes(&remembered->arena, sizeof *rows + cells);
	char *texts = arena_bytes(&remembered->arena, key->len + reading->byte_count);
	uint64_t hash = hash_quick((uint64_t)place, key->at, key->len);
	*rows = (struct kept_rows){ hash, remembered->known[place].epoch, place, (uint32_t)key->len,
		                    (uint32_t)reading->row_count, (uint32_t)columns, texts };
	memcpy(texts, key->at, key->len);
	memcpy(texts + key->len, reading->bytes, reading->byte_count);
	memcpy(rows->cells, reading->cells, cells);
	for (size_t i = 0; i < reading->cell_count; i++)
		if (rows->cells[i].kind == STORE_TEXT || rows->cells[i].kind == STORE_BYTES)
			rows->cells[i].is.at = texts + key->len + (reading->cells[i].is.at - reading->bytes);
	*slot_of(remembered, hash, place, key) = rows;
	return rows;
}

enum fail remembered_take(struct remembered *remembered, int place, const struct store_value *const *values,
                          size_t count, sqlite3_stmt *bound, const struct kept_rows **out)
{
	struct reading reading;
	enum fail fail = OK;
	struct key key;

	reading.cell_count = reading.row_count = reading.byte_count = 0;
	*out = NULL;
	if (!key_make(values, count, &key) || !rows_read(&reading, bound, &fail))
		return fail;
	*out = rows_keep(remembered, place, &key, &reading, sqlite3_column_count(bound));
	remembered->handed_out += *out != NULL;
	return OK;
}

void remembered_give_back(struct remembered *remembered)
{
	assert(remembered->handed_out > 0);
	remembered->handed_out--;
}

/* --- reading what is kept --------------------------------------------------------------------- */

size_t kept_row_count(const struct kept_rows *rows)
{
	return rows->row_count;
}

int kept_column_count(const struct kept_rows *rows)
{
	return (int)rows->column_count;
}

static const struct kept_cell *cell_at(const struct kept_rows *rows, size_t row, int column)
{
	assert(row < rows->row_count && column >= 0 && (uint32_t)column < rows->column_count);
	return &rows->cells[row * rows->column_count + (size_t)column];
}

enum store_kind kept_kind(const struct kept_rows *rows, size_t row, int column)
{
	return cell_at(rows, row, column)->kind;
}

int64_t kept_i64(const struct kept_rows *rows, size_t row, int column)
{
	const struct kept_cell *cell = cell_at(rows, row, column);

	assert(cell->kind == STORE_INT || cell->kind == STORE_NULL);
	return cell->kind == STORE_INT ? cell->is.n : 0;
}

struct str kept_text(const struct kept_rows *rows, size_t row, int column)
{
	const struct kept_cell *cell = cell_at(rows, row, column);

	assert(cell->kind != STORE_INT);
	return cell->kind != STORE_NULL ? str_bytes(cell->is.at, cell->len) : STR("");
}
