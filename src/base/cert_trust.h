/* Whom we trust, and whether a certificate may act now.
 *
 * The trust store is the set of CA certificates that the operator put into one folder and confirmed
 * out of band; certificates that a client sends along never become issuers. Three generations of
 * MOICA share one name, so issuers are chosen by key identifier. The caller passes the instant:
 * demo time and the past are judged like the present. */
#ifndef YOUJU_BASE_CERT_TRUST_H
#define YOUJU_BASE_CERT_TRUST_H

#include "base/cert_crl.h"

/* One value per distinct reason, in the order in which they are looked for. */
enum cert_verdict {
	CERT_GOOD,
	CERT_MALFORMED,         /* not one certificate in DER, or contradicting attributes */
	CERT_WEAK_ALGORITHM,    /* key or signature not on the allow-list, anywhere in the chain */
	CERT_UNKNOWN_CRITICAL,  /* a critical extension that nobody here understands */
	CERT_UNKNOWN_CA,        /* no CA in the store has the issuer's name and key identifier */
	CERT_WRONG_SIGNATURE,   /* the CA that the key identifier names did not sign this */
	CERT_CA_NOT_ALLOWED,    /* the issuer is no CA, may not sign certificates, or its path length is spent */
	CERT_CA_EXPIRED,        /* an issuer is not valid at the instant */
	CERT_CA_REVOKED,        /* an issuer stands on its issuer's list */
	CERT_NOT_YET_VALID,
	CERT_EXPIRED,
	CERT_WRONG_USAGE,       /* no digitalSignature: the encryption certificate of the card, say */
	CERT_CRL_MISSING,       /* no revocation list of the issuer is loaded */
	CERT_REVOKED,           /* listed, whatever the date */
	CERT_CRL_STALE,         /* the list is older than limits.crl_refuse_hours */
	CERT_WRONG_KIND,        /* not a kind asked for, or issued by an authority that does not issue it */
	CERT_NAME_MISSING,      /* a person without common name */
	CERT_LAST_FOUR_MISSING, /* a person without the last four characters of the identity number */
	CERT_VERDICT_COUNT
};

const char *cert_verdict_name(enum cert_verdict verdict); /* "crl_stale": stable, for entries and messages */

struct cert_limits {
	unsigned kinds;     /* bits 1 << enum cert_kind that will do; 0: any, nothing of a person is demanded */
	int crl_warn_hours, crl_refuse_hours; /* parameter crl.max_age_hours */
	bool allow_curves;  /* P-256 and P-384 as well: tests, or a future card */
};
#define CERT_LIMITS_PERSON ((struct cert_limits){ 1u << CERT_PERSON, 24, 96, false })
#define CERT_LIMITS_AGENCY ((struct cert_limits){ 1u << CERT_AGENCY | 1u << CERT_UNIT, 24, 96, false })

struct cert_report {
	struct cert_facts facts;  /* filled for every verdict but CERT_MALFORMED, so that refusals can be journaled */
	bool crl_old;             /* older than crl_warn_hours, or past the next update it announced */
	int64_t crl_this_update_ms; /* 0 when no list was consulted */
	int64_t revoked_at_ms;    /* with CERT_REVOKED */
};

struct cert_trust; /* process lifetime */

/* Loads every *.pem, *.crt and *.cer (PEM or DER) of a folder. FAIL_SYNTAX: a file that is no
 * certificate; FAIL_UNTRUSTED: a certificate that is no CA; FAIL_TOO_LARGE: more than 64. *bad_file,
 * on the arena, then names the file. */
MUST_CHECK enum fail trust_open(struct arena *arena, const char *ca_dir, struct cert_trust **out,
                                struct str *bad_file);
struct cert_trust *trust_new(void); /* empty */
void trust_close(struct cert_trust **trust);
MUST_CHECK enum fail trust_add_ca(struct cert_trust *trust, struct str der);
size_t trust_ca_count(const struct cert_trust *trust);

/* A CRL in DER or PEM: verified against the CA of its key identifier, replaces that CA's list.
 * FAIL_NOT_FOUND: no such CA; FAIL_UNTRUSTED: signature, algorithm, or not a complete list;
 * FAIL_CONFLICT: older than the loaded one; FAIL_SYNTAX. The same list again is fine and cheap. */
MUST_CHECK enum fail trust_add_crl(struct cert_trust *trust, struct str bytes);
/* Every *.crl and *.pem of a folder. A bad file does not stop the others: *bad_files (on the arena,
 * "name: reason" lines) tells the operator. FAIL_* only when the folder cannot be read. */
MUST_CHECK enum fail trust_load_crls(struct cert_trust *trust, struct arena *arena, const char *dir,
                                     struct str *bad_files);

/* Keeps *trust (NULL at first) up to date with tls_dir/ca and tls_dir/crl. Files that have not changed
 * cost a stat each, a new list of 515,000 entries about 0.3 s. Any change among the CA files makes a
 * fresh store; CA files that cannot be used make it an empty one: then nobody passes. Each bad file is
 * told once a change in *bad_files ("name: reason" lines, on the arena; "" for none). True when
 * something was loaded: verdicts given before may no longer hold. */
bool trust_follow(struct cert_trust **trust, struct arena *arena, const char *tls_dir, struct str *bad_files);

/* One line for the status page per CA. */
struct trust_status {
	struct str subject, subject_key_id; /* live as long as the trust store */
	int64_t not_before_ms, not_after_ms;
	bool has_crl;
	int64_t crl_this_update_ms, crl_next_update_ms;
	size_t crl_count;
};
void trust_status(const struct cert_trust *trust, size_t index, struct trust_status *out);

/* The verdict on one end certificate in DER (of a chain, pass the first). Report strings live on the arena. */
enum cert_verdict cert_check(const struct cert_trust *trust, struct arena *arena, struct str der,
                             int64_t at_ms, const struct cert_limits *limits, struct cert_report *out);

#endif
