/* A new data directory. */
#ifndef YOUJU_KEEPER_INIT_H
#define YOUJU_KEEPER_INIT_H

#include "base/str.h"

struct init_options {
	struct str origin;  /* name of the log for ever: a schema-less URL, no spaces or '+'; begins with "demo." for a demonstration */
	bool demo;
	int64_t at_ms;      /* of entry 0 */
	struct str host;    /* the server's name in its own certificate and in youju.conf */
};

/* Makes DIR with log/ (entry 0), keys/, tls/, run/ and youju.conf. The signing key of the log is
 * keys/log.key, its public part keys/log.vkey. A server certificate signed by itself stands in tls/
 * until the operator puts another one there. FAIL_CONFLICT when DIR holds a log already, FAIL_SYNTAX
 * for an origin that cannot be one. */
MUST_CHECK enum fail keeper_init(const char *dir, const struct init_options *options);

#endif
