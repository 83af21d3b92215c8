#include "watch.h"

#include <sqlite3.h>
#include <string.h>

#include "disk.h"
#include "keeper/rebuild.h"
#include "life.h"
#include "store/sql_tables.h"
#include "vault/vault.h"

enum { ENTRIES_MAX = 4096, DOCUMENTS_MAX = 4096, REQUEST_CHARS = 22, KEY_BYTES = 40 };

struct watched_entry {
	enum event_kind kind;
	uint64_t asked;      /* of an end: its question */
	unsigned ends;       /* of a question */
	bool of_person;      /* waits for somebody to paste */
	char request[REQUEST_CHARS + 1];
};

struct watched_document {
	uint64_t id, ordered; /* the entry that orders its end; 0 none */
	struct hash digest;
	bool confirmed, has_key;
	char key[KEY_BYTES]; /* as it stands wrapped in the vault */
};

static struct {
	uint64_t size;
	struct hash root;
	size_t documents_count, destroyed;
	struct watched_entry entries[ENTRIES_MAX];
	struct watched_document documents[DOCUMENTS_MAX];
	struct arena arena;
} watch;

void watch_begin(void)
{
	if (!watch.arena.limit_bytes)
		watch.arena = arena_open(1 << 24);
	watch.size = watch.documents_count = watch.destroyed = 0;
}

static struct watched_document *document_find(uint64_t id)
{
	for (size_t i = 0; i < watch.documents_count; i++)
		if (watch.documents[i].id == id)
			return &watch.documents[i];
	return NULL;
}

/* --- entries --- */

static void document_take(const struct document *document)
{
	struct watched_document *watched = &watch.documents[watch.documents_count];
	struct str digest;

	if (document->id == 0)
		return;
	watch.documents_count++;
	assert(watch.documents_count < DOCUMENTS_MAX);
	*watched = (struct watched_document){ .id = document->id };
	if (base64url_read(&watch.arena, document->digest, &digest) == OK && digest.len == HASH_BYTES)
		memcpy(watched->digest.at, digest.at, HASH_BYTES);
}

static void documents_take(const struct event *event)
{
	const struct record_spec *spec = event_spec(event->kind);

	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].kind == FIELD_DOCUMENT)
			document_take((const void *)((const char *)event_body_const(event) + spec->fields[i].offset));
	document_take(&event->signature);
}

static void end_take(struct watched_entry *entry, uint64_t asked)
{
	entry->asked = asked;
	if (asked >= watch.size || watch.entries[asked].kind != EVENT_query_asked)
		life_lost("an end without its question");
	else if (++watch.entries[asked].ends > 1)
		life_lost("a question ended twice");
}

static void order_take(uint64_t id)
{
	struct watched_document *document = document_find(id);

	if (!document)
		life_lost("a document is destroyed that nobody sealed");
	else
		document->ordered = watch.size;
}

static void confirmation_take(uint64_t order)
{
	for (size_t i = 0; i < watch.documents_count; i++) {
		if (watch.documents[i].ordered != order || order == 0)
			continue;
		watch.destroyed += !watch.documents[i].confirmed;
		watch.documents[i].confirmed = true;
		return;
	}
	life_lost("a destruction is confirmed that nobody ordered");
}

static void request_take(struct watched_entry *entry, struct str request)
{
	if (request.len != REQUEST_CHARS)
		return;
	memcpy(entry->request, request.at, REQUEST_CHARS);
	for (uint64_t i = 0; i < watch.size; i++)
		if (memcmp(watch.entries[i].request, entry->request, REQUEST_CHARS) == 0)
			life_lost("a request was carried out twice");
}

static void event_take(const struct event *event)
{
	struct watched_entry *entry = &watch.entries[watch.size];

	*entry = (struct watched_entry){ .kind = event->kind };
	request_take(entry, event->request);
	switch ((int)event->kind) {
	case EVENT_query_asked:
		entry->of_person = event->query_asked.waits_for == WAITS_PERSON;
		break;
	case EVENT_query_answered:
		end_take(entry, event->query_answered.asked.n);
		break;
	case EVENT_query_failed:
		end_take(entry, event->query_failed.asked.n);
		break;
	case EVENT_query_withheld:
		end_take(entry, event->query_withheld.asked.n);
		break;
	case EVENT_document_erased:
		order_take(event->document_erased.document.id);
		break;
	case EVENT_document_erasure_confirmed:
		confirmation_take(event->document_erasure_confirmed.erased.n);
		break;
	}
	if (event->kind != EVENT_document_erased)
		documents_take(event);
}

void watch_follow(void)
{
	struct event event;
	struct str bytes;

	if (ledger_follow(life.reader) != OK)
		life_lost("the log contradicts itself");
	for (; watch.size < ledger_size(life.reader); watch.size++) {
		assert(watch.size < ENTRIES_MAX);
		arena_empty(&watch.arena);
		if (ledger_read(life.reader, watch.size, &watch.arena, &bytes) != OK ||
		    event_decode(&watch.arena, bytes, &event) != OK) {
			life_lost("an entry cannot be read");
			return;
		}
		event_take(&event);
	}
	watch.root = ledger_root(life.reader);
}

uint64_t watch_size(void)
{
	return watch.size;
}

enum event_kind watch_kind(uint64_t entry)
{
	return entry < watch.size ? watch.entries[entry].kind : EVENT_NONE;
}

uint64_t watch_asked(uint64_t entry)
{
	return entry < watch.size ? watch.entries[entry].asked : 0;
}

bool watch_request_is(uint64_t entry, const char *request)
{
	return entry < watch.size && strcmp(watch.entries[entry].request, request) == 0;
}

bool watch_root_is(uint64_t size, const struct hash *root)
{
	struct hash found;

	return ledger_root_at(life.reader, size, &found) == OK && hash_eq(&found, root);
}

size_t watch_documents_seen(void)
{
	return watch.documents_count;
}

size_t watch_documents_destroyed(void)
{
	return watch.destroyed;
}

/* --- vault --- */

void watch_erased(void)
{
	for (size_t i = 0; i < watch.documents_count; i++) {
		const struct watched_document *document = &watch.documents[i];
		if (document->confirmed && document->has_key && disk_holds(str_bytes(document->key, KEY_BYTES)))
			life_lost("a destroyed key is still on the disk");
	}
}

static void key_take(sqlite3_stmt *row)
{
	struct watched_document *document = document_find((uint64_t)sqlite3_column_int64(row, 0));
	bool has_key = sqlite3_column_bytes(row, 1) == KEY_BYTES;

	if (!document) {
		life_lost("a document that no entry names");
		return;
	}
	if (has_key) {
		memcpy(document->key, sqlite3_column_blob(row, 1), KEY_BYTES);
		document->has_key = true;
	}
	if (has_key && document->confirmed)
		life_lost("a destroyed document has a key again");
}

/* The rows themselves, past the program's own reading. */
static void keys_take(void)
{
	static const char text[] = "SELECT d.id, nullif(k.wrapped, zeroblob(40))"
	                           " FROM document d LEFT JOIN document_key k ON k.document = d.id";
	sqlite3 *db = NULL;
	sqlite3_stmt *row = NULL;
	int code = sqlite3_open_v2(life_path("vault.db"), &db, SQLITE_OPEN_READONLY, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(db, text, -1, &row, NULL);
	while (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
		key_take(row);
		code = SQLITE_OK;
	}
	if (code != SQLITE_DONE && !disk_is_dead())
		life_lost("the vault cannot be read");
	sqlite3_finalize(row);
	sqlite3_close(db);
}

/* Every promised entry is there with its bytes, and every question that waited for the source ended. */
void watch_resume(void)
{
	uint64_t before = watch.size;
	struct hash root;

	if (before > ledger_size(life.reader))
		life_lost("a durable entry is gone");
	else if (before && (ledger_root_at(life.reader, before, &root) != OK || !hash_eq(&root, &watch.root)))
		life_lost("a durable entry has other bytes");
	if (life.lost)
		return;
	watch_follow();
	for (uint64_t i = 0; i < watch.size; i++)
		if (watch.entries[i].kind == EVENT_query_asked && !watch.entries[i].of_person && !watch.entries[i].ends)
			life_lost("a question has no end");
	keys_take();
}

static void document_open(struct vault *vault, const struct watched_document *document)
{
	struct buf out = buf_on(&watch.arena);
	enum fail fail = vault_read(vault, (struct document_id){ document->id }, &document->digest, &out);

	if (document->confirmed && fail != FAIL_NOT_FOUND)
		life_lost("a destroyed document can be opened");
	if (!document->ordered && fail != OK)
		life_lost("a document that an entry names cannot be opened");
	arena_empty(&watch.arena);
}

void watch_documents(void)
{
	struct vault *vault = NULL;

	if (vault_open(life_path("vault.db"), life_path("keys"), VAULT_READ, &vault) != OK) {
		life_lost("the vault does not open");
		return;
	}
	for (size_t i = 0; i < watch.documents_count; i++)
		document_open(vault, &watch.documents[i]);
	vault_close(&vault);
	keys_take();
}

/* --- tables --- */

void watch_tables(void)
{
	struct store *tables = NULL;
	struct rebuild_report report;

	if (store_open(life_path("youju.db"), STORE_READ, &sql_tables, &tables) != OK) {
		life_lost("the tables cannot be read");
		return;
	}
	if (tables_compare(tables, life.reader, NULL, NULL, &watch.arena, &report) != OK)
		life_lost("the tables cannot be compared");
	else if (report.count || report.entries != watch.size)
		life_lost("the tables are not what the log says");
	store_close(&tables);
	arena_empty(&watch.arena);
}
