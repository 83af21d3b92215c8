/* Making keys, certificates and revocation lists: for the test authority and the server's own
 * certificate. Real cards come from real authorities and never pass through here. */
#ifndef YOUJU_BASE_CERT_MAKE_H
#define YOUJU_BASE_CERT_MAKE_H

#include "base/cert.h"

enum key_sort { KEY_RSA_2048, KEY_RSA_4096, KEY_P256 };

struct key { void *handle; }; /* end with key_close */

MUST_CHECK enum fail key_make(enum key_sort sort, struct key *out);
/* Many at once on all processors; RSA-2048 takes about 0.15 s a key and processor. All or none. */
MUST_CHECK enum fail keys_make(enum key_sort sort, size_t count, struct key *keys);
void key_close(struct key *key);
void keys_close(size_t count, struct key *keys);

/* PKCS#8 as PEM; an empty pin writes it in the clear, else PBKDF2 and AES-256. */
MUST_CHECK enum fail key_write(struct buf *out, struct key key, struct str pin);
/* The first private key of a PEM text. FAIL_UNTRUSTED: the pin does not open it. */
MUST_CHECK enum fail key_read(struct str pem, struct str pin, struct key *out);
bool key_is_curve(struct key key);
struct str key_id(struct arena *arena, struct key key); /* 20 bytes; RFC 7093 2, method 1 */

struct name_part { const char *oid; struct str value; };
enum { NAME_PARTS_MAX = 6 };
struct name { struct name_part parts[NAME_PARTS_MAX]; size_t count; };
void name_add(struct name *name, const char *oid, struct str value);

#define OID_COUNTRY "2.5.4.6"
#define OID_ORGANISATION "2.5.4.10"
#define OID_UNIT "2.5.4.11"
#define OID_COMMON_NAME "2.5.4.3"
#define OID_SUBJECT_SERIAL "2.5.4.5"

struct cert_order {
	struct str serial; /* big-endian bytes, 1..20, not zero */
	struct name issuer, subject;
	int64_t not_before_ms, not_after_ms;
	struct key subject_key;
	struct str issuer_key_id; /* "" leaves the extension out */
	unsigned usage;           /* cert_usage bits */
	bool is_ca;
	int path_len;             /* -1: no limit; only for a CA */
	bool for_client, for_server; /* extended key usage */
	enum cert_kind kind;
	struct str last_four, organisation_oid, card_number; /* "" leaves the attribute out */
	struct str crl_url, ocsp_url, dns_name;              /* "" leaves it out; dns_name adds 127.0.0.1 */
};

MUST_CHECK enum fail cert_make(struct arena *arena, const struct cert_order *order, struct key issuer_key,
                               struct str *der_out);

struct crl_entry { struct str serial; int64_t revoked_at_ms; };

struct crl_order {
	struct name issuer;
	struct str issuer_key_id;
	uint64_t number;
	int64_t this_update_ms, next_update_ms;
	const struct crl_entry *entries;
	size_t count;
};

/* Big lists are written at memory speed: 515,000 entries in a fraction of a second. */
MUST_CHECK enum fail crl_make(const struct crl_order *order, struct key issuer_key, struct buf *out);

/* PKCS#12 for import into browsers (PBKDF2, AES-256, SHA-256 MAC). Characters of the label beyond the
 * first plane, which the format cannot hold, become 〓. */
MUST_CHECK enum fail p12_make(struct key key, struct str cert_der, struct str ca_der, struct str label,
                              struct str pin, struct buf *out);

#endif
