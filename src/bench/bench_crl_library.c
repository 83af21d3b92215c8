#include <openssl/x509.h>

#include "bench/bench_crl.h"

struct library_crl { X509_CRL *crl; };

enum fail library_crl_load(struct str der, struct str issuer_der, struct library_crl **out)
{
	const unsigned char *at = (const unsigned char *)der.at, *issuer_at = (const unsigned char *)issuer_der.at;
	X509 *issuer = d2i_X509(NULL, &issuer_at, (long)issuer_der.len);
	X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)der.len);
	bool good = issuer && crl && X509_CRL_verify(crl, X509_get0_pubkey(issuer)) == 1;

	X509_free(issuer);
	if (!good) {
		X509_CRL_free(crl);
		return FAIL_UNTRUSTED;
	}
	*out = process_bytes(sizeof **out);
	(*out)->crl = crl;
	library_crl_find(*out, STR("\x7f")); /* the first question sorts */
	return OK;
}

bool library_crl_find(struct library_crl *crl, struct str serial)
{
	ASN1_INTEGER *number = ASN1_INTEGER_new();
	X509_REVOKED *entry;

	ASN1_STRING_set(number, serial.at, (int)serial.len);
	bool found = X509_CRL_get0_by_serial(crl->crl, &entry, number) > 0;
	ASN1_INTEGER_free(number);
	return found;
}

void library_crl_close(struct library_crl *crl)
{
	X509_CRL_free(crl->crl);
	process_free(crl);
}
