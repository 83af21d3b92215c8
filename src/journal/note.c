#include "journal/note.h"

#include <string.h>

static const struct str EM_DASH = STR_INIT("\xe2\x80\x94 ");

/* Unicode spaces beyond ASCII, as UTF-8: White_Space of the Unicode character database. */
static const struct str unicode_spaces[] = {
	STR_INIT("\xc2\x85"),     STR_INIT("\xc2\xa0"),     STR_INIT("\xe1\x9a\x80"),
	STR_INIT("\xe2\x80\x80"), STR_INIT("\xe2\x80\x81"), STR_INIT("\xe2\x80\x82"),
	STR_INIT("\xe2\x80\x83"), STR_INIT("\xe2\x80\x84"), STR_INIT("\xe2\x80\x85"),
	STR_INIT("\xe2\x80\x86"), STR_INIT("\xe2\x80\x87"), STR_INIT("\xe2\x80\x88"),
	STR_INIT("\xe2\x80\x89"), STR_INIT("\xe2\x80\x8a"), STR_INIT("\xe2\x80\xa8"),
	STR_INIT("\xe2\x80\xa9"), STR_INIT("\xe2\x80\xaf"), STR_INIT("\xe2\x81\x9f"),
	STR_INIT("\xe3\x80\x80"),
};

bool note_name_is_valid(struct str name)
{
	size_t at;

	if (name.len == 0 || name.len > NOTE_NAME_MAX || !str_is_utf8(name))
		return false;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 0x7f)
			return false;
	for (size_t i = 0; i < ARRAY_LEN(unicode_spaces); i++)
		if (str_find(name, unicode_spaces[i], &at))
			return false;
	return true;
}

static uint32_t u32_of(const uint8_t at[4])
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

struct note_key note_key_make(struct str name, enum note_kind kind, const uint8_t public_key[32])
{
	struct note_key key = { .name = name, .kind = (uint8_t)kind };
	struct hasher hasher = hasher_begin();
	uint8_t middle[2] = { '\n', (uint8_t)kind };

	memcpy(key.public_key, public_key, sizeof key.public_key);
	hasher_add(&hasher, name.at, name.len);
	hasher_add(&hasher, middle, sizeof middle);
	hasher_add(&hasher, public_key, ED25519_KEY_BYTES);
	struct hash hash = hasher_end(&hasher);
	key.id = u32_of(hash.at);
	return key;
}

static enum fail key_bytes_read(struct arena *arena, struct str text, struct str name,
                                struct note_key *out)
{
	struct str bytes;

	TRY(base64_read(arena, text, &bytes));
	if (bytes.len != 1 + ED25519_KEY_BYTES ||
	    (bytes.at[0] != NOTE_ED25519 && bytes.at[0] != NOTE_COSIGNATURE))
		return FAIL_SYNTAX;
	*out = note_key_make(name, (enum note_kind)bytes.at[0], (const uint8_t *)bytes.at + 1);
	return OK;
}

enum fail note_key_parse(struct arena *arena, struct str text, struct note_key *out)
{
	struct str name, id, id_bytes;
	struct note_key key;

	if (!str_cut(&text, '+', &name) || !str_cut(&text, '+', &id))
		return FAIL_SYNTAX;
	if (!note_name_is_valid(name) || id.len != 8)
		return FAIL_SYNTAX;
	TRY(hex_read(arena, id, &id_bytes));
	TRY(key_bytes_read(arena, text, name, &key));
	if (key.id != u32_of((const uint8_t *)id_bytes.at))
		return FAIL_UNTRUSTED;
	*out = key;
	return OK;
}

void note_key_add(struct buf *out, const struct note_key *key)
{
	uint8_t bytes[1 + ED25519_KEY_BYTES] = { key->kind };

	memcpy(bytes + 1, key->public_key, ED25519_KEY_BYTES);
	buf_add(out, key->name);
	buf_printf(out, "+%08x+", key->id);
	base64_add(out, bytes, sizeof bytes);
}

static bool text_is_valid(struct str text)
{
	if (text.len == 0 || text.at[text.len - 1] != '\n' || !str_is_utf8(text))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ' && text.at[i] != '\n')
			return false;
	return true;
}

static enum fail line_parse(struct arena *arena, struct str line, struct note_signature *out)
{
	struct note_signature signature;
	struct str bytes;

	if (!str_starts(line, EM_DASH))
		return FAIL_SYNTAX;
	line = str_slice(line, EM_DASH.len, line.len);
	if (!str_cut(&line, ' ', &signature.name) || !note_name_is_valid(signature.name))
		return FAIL_SYNTAX;
	TRY(base64_read(arena, line, &bytes));
	TRY(take_u32be(&bytes, &signature.id));
	if (bytes.len == 0)
		return FAIL_SYNTAX;
	signature.bytes = bytes;
	*out = signature;
	return OK;
}

/* Text and signatures part at the last empty line. */
static enum fail note_split(struct str bytes, struct str *text_out, struct str *lines_out)
{
	for (size_t i = bytes.len - 1; i > 0; i--)
		if (bytes.at[i] == '\n' && bytes.at[i - 1] == '\n') {
			*text_out = str_slice(bytes, 0, i);
			*lines_out = str_slice(bytes, i + 1, bytes.len);
			return OK;
		}
	return FAIL_SYNTAX;
}

enum fail note_parse(struct arena *arena, struct str bytes, struct note *out)
{
	struct str lines, line;

	if (bytes.len > NOTE_BYTES_MAX)
		return FAIL_TOO_LARGE;
	if (!text_is_valid(bytes))
		return FAIL_SYNTAX;
	TRY(note_split(bytes, &out->text, &lines));
	out->count = 0;
	while (lines.len && str_cut(&lines, '\n', &line)) {
		if (out->count == NOTE_SIGNATURES_MAX)
			return FAIL_TOO_LARGE;
		TRY(line_parse(arena, line, &out->signatures[out->count]));
		out->count++;
	}
	return out->count ? OK : FAIL_SYNTAX;
}

void note_line_add(struct buf *out, struct str name, uint32_t id, struct str signature)
{
	struct buf bytes = buf_open();

	buf_u32be(&bytes, id);
	buf_add(&bytes, signature);
	buf_add(out, EM_DASH);
	buf_add(out, name);
	buf_byte(out, ' ');
	base64_add(out, bytes.at, bytes.len);
	buf_byte(out, '\n');
	buf_close(&bytes);
}

enum fail note_sign(struct str name, const uint8_t secret[32], struct str text, struct buf *out)
{
	uint8_t public_key[ED25519_KEY_BYTES], signature[ED25519_SIGNATURE_BYTES];

	if (!text_is_valid(text) || !note_name_is_valid(name))
		return FAIL_SYNTAX;
	TRY(ed25519_public(secret, public_key));
	TRY(ed25519_sign(secret, text, signature));
	buf_add(out, text);
	buf_byte(out, '\n');
	note_line_add(out, name, note_key_make(name, NOTE_ED25519, public_key).id,
	              str_bytes(signature, sizeof signature));
	return OK;
}

static enum fail line_verify(struct arena *arena, const struct note_key *key, struct str text,
                             struct str signature, uint64_t *time_out)
{
	if (key->kind == NOTE_COSIGNATURE)
		return cosignature_verify(arena, key, text, signature, time_out);
	*time_out = 0;
	if (signature.len != ED25519_SIGNATURE_BYTES)
		return FAIL_UNTRUSTED;
	return ed25519_verify(key->public_key, text, (const uint8_t *)signature.at);
}

static const struct note_key *key_of(const struct note_signature *line, const struct note_key *keys,
                                     size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i].id == line->id && str_eq(keys[i].name, line->name))
			return &keys[i];
	return NULL;
}

enum fail note_verify(struct arena *arena, const struct note *note, const struct note_key *keys,
                      size_t count, struct note_coverage *out)
{
	assert(count <= NOTE_KEYS_MAX);
	*out = (struct note_coverage){ .failed = STR("") };
	for (size_t i = 0; i < note->count; i++) {
		const struct note_signature *line = &note->signatures[i];
		const struct note_key *key = key_of(line, keys, count);
		if (!key) {
			out->not_covered++;
			continue;
		}
		size_t k = (size_t)(key - keys);
		if (line_verify(arena, key, note->text, line->bytes, &out->time_s[k]) != OK) {
			out->failed = line->name;
			return FAIL_UNTRUSTED;
		}
		out->known += !out->by[k];
		out->by[k] = true;
	}
	return out->known ? OK : FAIL_UNTRUSTED;
}
