/* Between testca*.c only. */
#ifndef YOUJU_DEMO_TESTCA_LIB_H
#define YOUJU_DEMO_TESTCA_LIB_H

#include "demo/testca.h"

struct testca_ca {
	struct key key;
	struct str der, key_id; /* key_id: raw bytes */
	struct name name;
};

struct testca {
	struct arena arena; /* paths, certificates, names */
	struct str dir;
	bool curves;
	struct testca_ca cas[TESTCA_ISSUER_COUNT];
};

const char *testca_stem(enum testca_issuer issuer); /* "moica-g2": file names and addresses */
char *testca_path(const struct testca *testca, struct arena *arena, const char *format, ...) PRINTF_LIKE(3, 4);
struct str testca_serial(struct arena *arena); /* 16 random bytes, positive */

#endif
