/* Certificates as facts: what a card, an agency certificate or a server certificate says.
 *
 * Only the keeper (and the card side of the command line) reads certificates; the front forwards
 * DER. cert*.c and crypto.c are the only files that know the crypto library. Facts of the real
 * certification authorities (MOICA, GCA, XCA) are in the tables of cert.c: object identifiers and
 * the names of the authorities. */
#ifndef YOUJU_BASE_CERT_H
#define YOUJU_BASE_CERT_H

#include "base/crypto.h"
#include "base/der.h"

/* What the certificate says its holder is: one of the OIDs below 2.16.886.1.100.3 in a subject
 * directory attribute or a certificate policy. */
enum cert_kind { CERT_KIND_NONE, CERT_PERSON, CERT_AGENCY, CERT_UNIT, CERT_SERVER, CERT_KIND_COUNT };

/* Who issued it, by the issuer's organisational unit. GCA and XCA write the same organisation OID
 * attribute, so a kind counts only together with its authority. */
enum cert_authority {
	CERT_AUTHORITY_OTHER,
	CERT_AUTHORITY_CITIZEN,      /* MOICA 內政部憑證管理中心, three generations of one name */
	CERT_AUTHORITY_GOVERNMENT,   /* GCA 政府憑證管理中心, and its official test authority */
	CERT_AUTHORITY_ORGANISATION, /* XCA 組織及團體憑證管理中心 */
	CERT_AUTHORITY_COUNT
};

enum cert_key { CERT_KEY_OTHER, CERT_KEY_RSA, CERT_KEY_EC };

enum cert_usage { /* bits of facts.usage; RFC 5280 4.2.1.3 */
	CERT_USE_SIGN = 1 << 0,    /* digitalSignature */
	CERT_USE_ENCRYPT = 1 << 1, /* keyEncipherment or dataEncipherment */
	CERT_USE_CERTIFY = 1 << 2, /* keyCertSign */
	CERT_USE_CRL = 1 << 3      /* cRLSign */
};

enum { CERT_MAX_BYTES = 16384 };

struct cert_facts {
	struct str common_name;     /* UTF-8; "" when absent */
	struct str subject, issuer; /* "C=TW, O=行政院, OU=內政部憑證管理中心" */
	struct str subject_serial;  /* attribute serialNumber: kept over renewals; "" when absent */
	struct str serial;          /* lower-case hex, whole bytes, no leading zero byte: one spelling */
	int64_t not_before_ms, not_after_ms; /* both included */
	struct str subject_key_id, authority_key_id; /* lower-case hex; "" when absent */
	struct str last_four;       /* of the identity number; "" when absent */
	struct str organisation_oid, card_number, ocsp_url; /* "" when absent */
	enum cert_kind kind;
	enum cert_authority authority;
	enum cert_key key;
	int key_bits;
	unsigned usage; /* cert_usage bits; 0 when the certificate does not limit itself: not acceptable */
	bool is_ca;
	struct hash fingerprint; /* SHA-256 of the DER */
};

struct cert_facts cert_facts_none(void); /* every text "" */
const char *cert_kind_name(enum cert_kind kind);                /* "person" */
const char *cert_authority_name(enum cert_authority authority); /* "citizen" */

/* Reads one DER certificate; everything in out lives on the arena. FAIL_SYNTAX: not exactly one
 * certificate in DER, a serial that is not positive or over 20 bytes, text that is no UTF-8 or has
 * control characters, attributes that contradict each other or break their form. FAIL_TOO_LARGE
 * beyond CERT_MAX_BYTES. Nothing is verified here. */
MUST_CHECK enum fail cert_read(struct arena *arena, struct str der, struct cert_facts *out);

#endif
