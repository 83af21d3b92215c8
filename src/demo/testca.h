/* A test authority that imitates the real ones, for the demo office and for tests.
 *
 * Equal to the real ones, because youju must cope with it: three generations of the citizen
 * authority with one name (G1 expired, G2, G3 RSA-4096), an agency and an organisation authority
 * that write the same attribute, two certificates per card, attribute OIDs, CRLs (DOMAIN section
 * "Certificates"). Different, so that nobody mistakes it: the root's name says it is a test,
 * addresses end in .invalid, which never resolves. The root must never be trusted outside a demo.
 *
 * Files below DIR: tls/ca/ *.pem (what youju trusts), tls/crl/ *.crl, tls/server.pem and .key,
 * tls/testca/ (private keys and the register, 0600), cards/. */
#ifndef YOUJU_DEMO_TESTCA_H
#define YOUJU_DEMO_TESTCA_H

#include "base/cert_make.h"

enum testca_issuer {
	TESTCA_ROOT,
	TESTCA_MOICA_G1, /* expired 2023-04-21 */
	TESTCA_MOICA_G2,
	TESTCA_MOICA_G3,
	TESTCA_GCA,
	TESTCA_XCA,
	TESTCA_FOREIGN, /* says it is MOICA G2, is not in tls/ca */
	TESTCA_ISSUER_COUNT
};

struct testca; /* end with testca_close */

/* Makes keys and certificates of all issuers below dir; FAIL_CONFLICT when they exist already.
 * curves: P-256 throughout, for quick tests (cert_limits.allow_curves must then be set); otherwise
 * RSA-2048 and RSA-4096, a few seconds. at_ms: the present, real or simulated. */
MUST_CHECK enum fail testca_create(const char *dir, int64_t at_ms, bool curves);
MUST_CHECK enum fail testca_open(const char *dir, struct testca **out); /* FAIL_NOT_FOUND before create */
void testca_close(struct testca **testca);

enum testca_flaw { /* for tests: bits of testca_order.flaws */
	TESTCA_NO_LAST_FOUR = 1 << 0,
	TESTCA_NO_SIGN_USAGE = 1 << 1,     /* the card's signing certificate may only encrypt */
	TESTCA_WRONG_GENERATION = 1 << 2,  /* names G3 by key identifier, signed by G2 */
	TESTCA_REVOKED = 1 << 3,           /* on the list from the next testca_reissue_crls on */
	TESTCA_NO_CARD_NUMBER = 1 << 4,    /* as far as is known, real certificates have none */
	TESTCA_NO_KIND = 1 << 5
};

/* What to issue. Empty strings and zeros mean the defaults in brackets. */
struct testca_order {
	enum testca_issuer issuer;
	enum cert_kind kind;
	struct str name;             /* a person's CN; an agency's OU under O=高雄市政府 */
	struct str id_no;            /* person: last four and, by digest, the 16-digit subject serial */
	struct str subject_serial;   /* [from id_no] */
	struct str organisation_oid; /* agencies */
	int64_t not_before_ms;       /* [550 days before at_ms of testca_issue] */
	int64_t not_after_ms;        /* [5 years after not_before_ms] */
	unsigned flaws;
	bool shares_key;             /* the signing key is that of the order before: saves time on test cards */
	struct str stem;             /* DIR/cards/STEM.pem and .p12; "" writes no files */
	struct str pin;              /* of the .pem's key ["": in the clear] */
	struct str password;         /* of the .p12 ["": no .p12] */
};

struct testca_issued {
	struct str signing_der, encryption_der; /* encryption: "" for agencies and servers */
	struct str serial;         /* lower-case hex, as in cert_facts */
	struct str subject_serial, card_number; /* card number: TP and 14 digits; persons only */
};

/* Issues count certificates, out[i] for orders[i], strings on the arena. Keys are made on all
 * processors: 60 RSA cards take about 5 s on two. Each card has a signing key of its own; the
 * encryption key is one for all cards of a call. A card file has the signing key and certificate
 * first, then the encryption pair. */
MUST_CHECK enum fail testca_issue(struct testca *testca, struct arena *arena, int64_t at_ms,
                                  const struct testca_order *orders, size_t count,
                                  struct testca_issued *out);

/* The web server's certificate for localhost and 127.0.0.1, signed by the test root (P-256). */
MUST_CHECK enum fail testca_issue_server(struct testca *testca, int64_t at_ms);

/* Puts a serial (hex) on the register. */
MUST_CHECK enum fail testca_revoke(struct testca *testca, enum testca_issuer issuer, struct str serial,
                                   int64_t at_ms);
/* Writes tls/crl/ *.crl for all issuers but the foreign one, valid a day from at_ms. filler serials
 * that nobody holds are added to G2 and G3 (four to one), to imitate the size of the real ones. */
MUST_CHECK enum fail testca_reissue_crls(struct testca *testca, int64_t at_ms, size_t filler);

/* What a start of the service does in a directory with a test authority: new lists, since real ones
 * come twice a day. OK without doing anything where there is none. */
MUST_CHECK enum fail testca_renew(const char *dir, int64_t at_ms);

#endif
