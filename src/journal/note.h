/* Signed notes: c2sp.org/signed-note, with Ed25519 signatures (type 1) and timestamped Ed25519
 * cosignatures (type 4, c2sp.org/tlog-cosignature). */
#ifndef YOUJU_JOURNAL_NOTE_H
#define YOUJU_JOURNAL_NOTE_H

#include "base/crypto.h"

enum {
	NOTE_BYTES_MAX = 256 * 1024, /* an ML-DSA line of base64 is about 3.3 kB */
	NOTE_SIGNATURES_MAX = 64,
	NOTE_KEYS_MAX = 64,
	NOTE_NAME_MAX = 255
};

enum note_kind { NOTE_ED25519 = 0x01, NOTE_COSIGNATURE = 0x04 };

/* A verifier key, "name+530d903a+AekyeR…". The name is a view into the text it was read from. */
struct note_key {
	struct str name;
	uint32_t id;
	uint8_t kind;
	uint8_t public_key[ED25519_KEY_BYTES];
};

struct note_signature {
	struct str name;
	uint32_t id;
	struct str bytes; /* what follows the key id */
};

/* Views into the bytes read; decoded signatures are on the arena. */
struct note {
	struct str text; /* with its last line feed */
	size_t count;
	struct note_signature signatures[NOTE_SIGNATURES_MAX];
};

/* Which keys vouch for a note. */
struct note_coverage {
	bool by[NOTE_KEYS_MAX];          /* by position in the keys given */
	uint64_t time_s[NOTE_KEYS_MAX];  /* of a cosignature: seconds since 1970; 0 otherwise */
	size_t known;                    /* how many keys vouch */
	size_t not_covered;              /* signature lines of keys that were not given */
	struct str failed;               /* the name on the line that did not verify; "" when none */
};

bool note_name_is_valid(struct str name); /* non-empty UTF-8, no space, no '+', at most 255 bytes */
struct note_key note_key_make(struct str name, enum note_kind kind, const uint8_t public_key[32]);

/* Split at the first two '+': base64 has that sign too. FAIL_SYNTAX, or FAIL_UNTRUSTED when the key
 * id is not the key's. Kinds other than 1 and 4 are FAIL_SYNTAX. */
MUST_CHECK enum fail note_key_parse(struct arena *arena, struct str text, struct note_key *out);
void note_key_add(struct buf *out, const struct note_key *key);

MUST_CHECK enum fail note_parse(struct arena *arena, struct str bytes, struct note *out);
/* `text` ends in a line feed and has no other control character. Appends the whole note. */
MUST_CHECK enum fail note_sign(struct str name, const uint8_t secret[32], struct str text,
                               struct buf *out);
void note_line_add(struct buf *out, struct str name, uint32_t id, struct str signature);

/* FAIL_UNTRUSTED when a line of a known key does not verify, or none of the keys vouches; *out is
 * filled in both cases. A key vouches once however many lines it has. */
MUST_CHECK enum fail note_verify(struct arena *arena, const struct note *note,
                                 const struct note_key *keys, size_t count,
                                 struct note_coverage *out);

/* c2sp.org/tlog-cosignature: what a witness signs at time_s (seconds since 1970). */
MUST_CHECK enum fail cosignature_sign(struct str name, const uint8_t secret[32], uint64_t time_s,
                                      struct str text, struct buf *line_out);
MUST_CHECK enum fail cosignature_verify(struct arena *arena, const struct note_key *key,
                                        struct str text, struct str signature,
                                        uint64_t *time_out);

#endif
