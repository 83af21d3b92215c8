/* Personal content: sealed documents, each under a key of its own, and keyed digests of identity
 * numbers.
 *
 * A document key is wrapped by the key of a period (calendar quarter) that lies in a file beside
 * the database: a stolen database or backup without the key files says nothing, zeroing a
 * document's key destroys the document, destroying a period's key file destroys the period.
 * A salt sealed with the content goes into its digest, so that the digest in the log, which stays
 * for ever, does not let anybody try out contents. */
#ifndef YOUJU_VAULT_VAULT_H
#define YOUJU_VAULT_VAULT_H

#include "base/crypto.h"

enum { VAULT_PERIOD_CHARS = 6, TAG_CHARS = VAULT_PERIOD_CHARS + 1 + 43, VAULT_PERIODS_MAX = 128,
       DOCUMENT_BYTES_MAX = 16 * 1024 * 1024 };

struct vault;

struct document_id { uint64_t n; }; /* rises with time by random steps, never 0 */

struct sealed {
	struct document_id id;
	struct hash digest; /* SHA-256(32-byte salt || content), for the log entry */
};

/* "2026Q4:" and 43 characters of base64url: HMAC-SHA-256 under the tag key of the period over the
 * normalised number. Stands in the log and in tables in place of an identity number. */
struct tag { char text[TAG_CHARS + 1]; };

enum vault_mode { VAULT_READ, VAULT_WRITE };

/* path is the database file, keys the folder of key files (made when missing in VAULT_WRITE).
 * FAIL_CORRUPT when a key file has the wrong size. */
MUST_CHECK enum fail vault_open(const char *path, const char *keys, enum vault_mode mode,
                                struct vault **out);
void vault_close(struct vault **vault); /* wipes keys and what is staged; NULL is fine */

/* Stages a document; period is the quarter of `at` (time_quarter), entry the number of the entry that
 * will name it. The first use of a period makes
 * its key files, durable before use: FAIL_IO, FAIL_FULL. FAIL_TOO_LARGE beyond DOCUMENT_BYTES_MAX.
 * Staged documents can be read at once. */
MUST_CHECK enum fail vault_seal(struct vault *vault, struct str period, uint64_t entry, struct str content,
                                struct sealed *out);

/* Going back to a mark forgets the documents staged since. */
struct vault_mark { size_t count, len_bytes; };
struct vault_mark vault_mark(const struct vault *vault);
void vault_return(struct vault *vault, struct vault_mark mark);

/* Makes what is staged durable, before the log names it.
 * Call it at the end of every group, also of one that only read. On failure nothing is stored and
 * nothing stays staged. */
MUST_CHECK enum fail vault_commit(struct vault *vault);

/* After a crash: removes documents of entries that the log of this size does not hold. */
MUST_CHECK enum fail vault_sweep(struct vault *vault, uint64_t log_size, int64_t *removed_out);

/* Adds the content to out. FAIL_NOT_FOUND when there is no such document or its key was destroyed;
 * FAIL_UNTRUSTED when it does not decrypt, or its digest is not the one given (NULL: not asked). */
MUST_CHECK enum fail vault_read(struct vault *vault, struct document_id id,
                                   const struct hash *digest, struct buf *out);

/* Destroys the key; the document can never be read again once vault_scrub said OK. Erasing twice
 * is fine: recovery repeats what was not confirmed. */
MUST_CHECK enum fail vault_erase(struct vault *vault, struct document_id id);
MUST_CHECK enum fail vault_scrub(struct vault *vault); /* FAIL_BUSY while somebody reads; try again */

/* Puts the document's key under another period's key, before its own period is purged. */
MUST_CHECK enum fail vault_rewrap(struct vault *vault, struct document_id id, struct str period);

/* number is normalised (law/idno). vault_tags gives one per living period, newest first. */
MUST_CHECK enum fail vault_tag(struct vault *vault, struct str period, struct str number,
                               struct tag *out);
size_t vault_tags(struct vault *vault, struct str number, struct tag out[VAULT_PERIODS_MAX]);

/* Online copy of the database by its only writer; key files are copied by whoever makes backups. */
MUST_CHECK enum fail vault_backup(struct vault *vault, const char *path);

#endif
