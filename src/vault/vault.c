#include "vault/vault.h"

#include <string.h>

#include "base/time.h"
#include "store/sql_vault.h"
#include "vault/keys.h"

enum { SALT_BYTES = 32, ID_STEP_BITS = 20, ID_STEP_MASK = 0x3ffff };

struct staged {
	struct document_id id;
	char period[VAULT_PERIOD_CHARS + 1];
	size_t at, len; /* of the sealed bytes */
	uint8_t wrapped[WRAPPED_KEY_BYTES];
	uint64_t entry;
};

struct vault {
	struct store *store;
	enum vault_mode mode;
	struct keys keys;
	struct staged *staged;
	size_t count, cap;
	uint64_t last_id;
	struct buf sealed; /* of all staged documents, one after the other */
	struct buf plain;  /* salt and content of the document at hand; wiped after each use */
};

/* Identifiers rise over restarts and a clock set back, too: rows that are only added at the end
 * never move. */
static enum fail newest_find(struct vault *vault)
{
	int64_t newest;

	TRY(store_number(vault->store, VAULT_document_newest, NO_VALUES, &newest));
	vault->last_id = (uint64_t)newest;
	return OK;
}

enum fail vault_open(const char *path, const char *keys, enum vault_mode mode, struct vault **out)
{
	AUTO(vault_close) struct vault *vault = process_bytes(sizeof *vault);

	*vault = (struct vault){ .mode = mode, .sealed = buf_open(), .plain = buf_open() };
	TRY(keys_load(&vault->keys, keys, mode == VAULT_WRITE));
	TRY(store_open(path, mode == VAULT_WRITE ? STORE_WRITE_FULL : STORE_READ, &sql_vault,
	               &vault->store));
	TRY(newest_find(vault));
	*out = vault;
	vault = NULL;
	return OK;
}

static void plain_wipe(struct vault *vault)
{
	wipe(vault->plain.at, vault->plain.len);
	buf_empty(&vault->plain);
}

void vault_close(struct vault **handle)
{
	struct vault *vault = *handle;

	if (!vault)
		return;
	store_close(&vault->store);
	keys_wipe(&vault->keys);
	buf_close(&vault->sealed);
	plain_wipe(vault);
	buf_close(&vault->plain);
	process_free(vault->staged);
	process_free(vault);
	*handle = NULL;
}

/* Binds sealed bytes to their document and period, so that rows cannot be swapped. */
struct binding { char text[64]; size_t len; };

static struct binding binding_of(struct document_id id, struct str period)
{
	static const char lead[] = "youju document v1\n";
	struct binding out = { .len = sizeof lead - 1 };

	memcpy(out.text, lead, out.len);
	for (int shift = 56; shift >= 0; shift -= 8)
		out.text[out.len++] = (char)(id.n >> shift);
	memcpy(out.text + out.len, period.at, period.len);
	out.len += period.len;
	return out;
}

/* The key of a document seals exactly one text, so the nonce may be all zeros (SP 800-38D 8.2). */
static const uint8_t only_nonce[GCM_NONCE_BYTES];

static struct staged *stage_room(struct vault *vault)
{
	if (vault->count == vault->cap) {
		size_t cap = vault->cap ? 2 * vault->cap : 64;
		vault->staged = process_grow(vault->staged, vault->cap * sizeof *vault->staged,
		                             cap * sizeof *vault->staged);
		vault->cap = cap;
	}
	return &vault->staged[vault->count];
}

/* Not guessable from one another, yet rising with time: documents of a group lie side by side, and a
 * commit writes few pages of a vault however large it is. */
static struct document_id fresh_id(struct vault *vault)
{
	uint64_t floor = (uint64_t)clock_wall_ms() << ID_STEP_BITS;
	uint64_t step = 1 + (random_u64() & ID_STEP_MASK);

	vault->last_id = (vault->last_id > floor ? vault->last_id : floor) + step;
	return (struct document_id){ vault->last_id };
}

static enum fail seal_staged(struct vault *vault, const struct period_keys *keys, struct staged *staged)
{
	uint8_t key[AES_KEY_BYTES];
	struct binding binding = binding_of(staged->id, str_from(staged->period));

	random_bytes(key, sizeof key);
	enum fail fail = key_wrap(keys->wrap, key, staged->wrapped);
	if (fail == OK)
		fail = gcm_seal(key, only_nonce, str_bytes(binding.text, binding.len),
		                buf_str(&vault->plain), &vault->sealed);
	wipe(key, sizeof key);
	staged->len = vault->sealed.len - staged->at;
	return fail;
}

enum fail vault_seal(struct vault *vault, struct str period, uint64_t entry, struct str content,
                     struct sealed *out)
{
	const struct period_keys *keys;
	struct staged *staged = stage_room(vault);

	if (content.len > DOCUMENT_BYTES_MAX)
		return FAIL_TOO_LARGE;
	TRY(keys_of(&vault->keys, period, &keys));
	*staged = (struct staged){ .id = fresh_id(vault), .at = vault->sealed.len,
	                           .entry = entry };
	memcpy(staged->period, keys->name, sizeof staged->period);
	char *salted = buf_room(&vault->plain, SALT_BYTES + content.len);
	random_bytes(salted, SALT_BYTES);
	memcpy(salted + SALT_BYTES, content.at, content.len);
	struct hash digest = hash_bytes(buf_str(&vault->plain));
	enum fail fail = seal_staged(vault, keys, staged);
	plain_wipe(vault);
	TRY(fail);
	vault->count++;
	*out = (struct sealed){ staged->id, digest };
	return OK;
}

struct vault_mark vault_mark(const struct vault *vault)
{
	return (struct vault_mark){ vault->count, vault->sealed.len };
}

void vault_return(struct vault *vault, struct vault_mark mark)
{
	assert(mark.count <= vault->count && mark.len_bytes <= vault->sealed.len);
	vault->count = mark.count;
	vault->sealed.len = mark.len_bytes;
}

/* The only writer keeps its transaction from the first look of a group to its commit: locks are then
 * taken once a group and not once a document. */
static enum fail group_enter(struct vault *vault)
{
	return vault->mode == VAULT_WRITE && !store_is_open(vault->store) ? store_begin(vault->store) : OK;
}

static enum fail group_leave(struct vault *vault)
{
	return store_is_open(vault->store) ? store_commit(vault->store) : OK;
}

static enum fail staged_write(struct vault *vault, const struct staged *staged)
{
	struct str sealed = str_bytes(vault->sealed.at + staged->at, staged->len);
	struct str wrapped = str_bytes(staged->wrapped, sizeof staged->wrapped);
	struct str period = str_from(staged->period);

	TRY(store_run(vault->store, VAULT_document_add,
	              VALUES(VALUE_INT("id", staged->id.n), VALUE_TEXT("period", period),
	                     VALUE_INT("log_size", staged->entry), VALUE_BYTES("sealed", sealed))));
	return store_run(vault->store, VAULT_document_key_add,
	                 VALUES(VALUE_INT("id", staged->id.n), VALUE_TEXT("period", period),
	                        VALUE_BYTES("wrapped", wrapped)));
}

static enum fail all_write(struct vault *vault)
{
	TRY(group_enter(vault));
	for (size_t i = 0; i < vault->count; i++)
		TRY(staged_write(vault, &vault->staged[i]));
	return group_leave(vault);
}

enum fail vault_commit(struct vault *vault)
{
	enum fail fail = vault->count ? all_write(vault) : group_leave(vault);

	if (fail != OK)
		store_rollback(vault->store);
	vault_return(vault, (struct vault_mark){ 0, 0 });
	return fail;
}

enum fail vault_sweep(struct vault *vault, uint64_t log_size, int64_t *removed_out)
{
	TRY(group_leave(vault));
	TRY(store_run(vault->store, VAULT_document_keys_sweep, VALUES(VALUE_INT("log_size", log_size))));
	TRY(store_run(vault->store, VAULT_documents_sweep, VALUES(VALUE_INT("log_size", log_size))));
	*removed_out = store_changed(vault->store);
	return OK;
}

/* Sealed bytes with what is needed to open them; views into the vault or the rows. */
struct closed {
	struct str period, sealed, key_period, wrapped;
};

static enum fail closed_open(struct vault *vault, struct document_id id, const struct closed *closed)
{
	const struct period_keys *keys;
	struct binding binding = binding_of(id, closed->period);
	uint8_t key[AES_KEY_BYTES];

	if (closed->wrapped.len != WRAPPED_KEY_BYTES || !period_is_name(closed->key_period) ||
	    !period_is_name(closed->period))
		return FAIL_UNTRUSTED;
	TRY(keys_of(&vault->keys, closed->key_period, &keys));
	TRY(key_unwrap(keys->wrap, (const uint8_t *)closed->wrapped.at, key));
	enum fail fail = gcm_open(key, only_nonce, str_bytes(binding.text, binding.len), closed->sealed,
	                          &vault->plain);
	wipe(key, sizeof key);
	return fail == OK && vault->plain.len < SALT_BYTES ? FAIL_UNTRUSTED : fail;
}

static const struct staged *staged_find(const struct vault *vault, struct document_id id)
{
	for (size_t i = 0; i < vault->count; i++)
		if (vault->staged[i].id.n == id.n)
			return &vault->staged[i];
	return NULL;
}

static enum fail stored_open(struct vault *vault, struct document_id id)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(group_enter(vault));
	TRY(store_ask(vault->store, VAULT_document_of, VALUES(VALUE_INT("id", id.n)), &rows));
	if (!rows_next(&rows))
		return rows.fail ? rows.fail : FAIL_NOT_FOUND;
	if (rows_is_null(&rows, 3))
		return FAIL_NOT_FOUND;
	struct closed closed = { rows_text(&rows, 0), rows_text(&rows, 1), rows_text(&rows, 2),
		                 rows_text(&rows, 3) };
	return closed_open(vault, id, &closed);
}

static enum fail staged_open(struct vault *vault, const struct staged *staged)
{
	struct str period = str_from(staged->period);
	struct closed closed = { period, str_bytes(vault->sealed.at + staged->at, staged->len), period,
		                 str_bytes(staged->wrapped, sizeof staged->wrapped) };

	return closed_open(vault, staged->id, &closed);
}

enum fail vault_read(struct vault *vault, struct document_id id, const struct hash *digest,
                        struct buf *out)
{
	const struct staged *staged = staged_find(vault, id);
	enum fail fail = staged ? staged_open(vault, staged) : stored_open(vault, id);

	if (fail == OK && digest) {
		struct hash found = hash_bytes(buf_str(&vault->plain));
		fail = hash_eq(&found, digest) ? OK : FAIL_UNTRUSTED;
	}
	if (fail == OK)
		buf_add(out, str_slice(buf_str(&vault->plain), SALT_BYTES, vault->plain.len));
	plain_wipe(vault);
	return fail;
}

enum fail vault_erase(struct vault *vault, struct document_id id)
{
	TRY(group_leave(vault));
	return store_run(vault->store, VAULT_document_key_erase, VALUES(VALUE_INT("id", id.n)));
}

enum fail vault_scrub(struct vault *vault)
{
	TRY(group_leave(vault));
	return store_scrub(vault->store);
}

enum fail vault_backup(struct vault *vault, const char *path)
{
	TRY(group_leave(vault));
	return store_backup(vault->store, path);
}

static enum fail wrapped_find(struct vault *vault, struct document_id id, uint8_t key[AES_KEY_BYTES])
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	const struct period_keys *keys;

	TRY(store_ask(vault->store, VAULT_document_of, VALUES(VALUE_INT("id", id.n)), &rows));
	if (!rows_next(&rows))
		return rows.fail ? rows.fail : FAIL_NOT_FOUND;
	struct str period = rows_text(&rows, 2), wrapped = rows_text(&rows, 3);
	if (wrapped.len == 0)
		return FAIL_NOT_FOUND;
	if (wrapped.len != WRAPPED_KEY_BYTES || !period_is_name(period))
		return FAIL_UNTRUSTED;
	TRY(keys_of(&vault->keys, period, &keys));
	return key_unwrap(keys->wrap, (const uint8_t *)wrapped.at, key);
}

enum fail vault_rewrap(struct vault *vault, struct document_id id, struct str period)
{
	const struct period_keys *keys;
	uint8_t key[AES_KEY_BYTES], wrapped[WRAPPED_KEY_BYTES];

	TRY(group_leave(vault));
	TRY(keys_of(&vault->keys, period, &keys));
	TRY(wrapped_find(vault, id, key));
	TRY(keys_of(&vault->keys, period, &keys));
	enum fail fail = key_wrap(keys->wrap, key, wrapped);
	wipe(key, sizeof key);
	TRY(fail);
	return store_run(vault->store, VAULT_document_key_rewrap,
	                 VALUES(VALUE_TEXT("period", period),
	                        VALUE_BYTES("wrapped", str_bytes(wrapped, sizeof wrapped)),
	                        VALUE_INT("id", id.n)));
}

static struct tag tag_under(const struct period_keys *keys, struct str number)
{
	struct hash mac = hmac_sha256(str_bytes(keys->tag, sizeof keys->tag), number);
	AUTO(buf_close) struct buf text = buf_open();
	struct tag out = { { 0 } };

	buf_add(&text, str_from(keys->name));
	buf_byte(&text, ':');
	base64url_add(&text, mac.at, sizeof mac.at);
	assert(text.len == TAG_CHARS);
	memcpy(out.text, text.at, text.len);
	return out;
}

enum fail vault_tag(struct vault *vault, struct str period, struct str number, struct tag *out)
{
	const struct period_keys *keys;

	TRY(keys_of(&vault->keys, period, &keys));
	*out = tag_under(keys, number);
	return OK;
}

size_t vault_tags(struct vault *vault, struct str number, struct tag out[VAULT_PERIODS_MAX])
{
	size_t count = vault->keys.count;

	for (size_t i = 0; i < count; i++)
		out[i] = tag_under(&vault->keys.periods[count - 1 - i], number);
	return count;
}
