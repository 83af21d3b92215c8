/* The keys of the periods, as files: period-2026Q4.key wraps document keys, tag-2026Q4.key makes
 * tags. Each is 32 random bytes, mode 0600. */
#ifndef YOUJU_VAULT_KEYS_H
#define YOUJU_VAULT_KEYS_H

#include "vault/vault.h"

struct period_keys {
	char name[VAULT_PERIOD_CHARS + 1];
	uint8_t wrap[AES_KEY_BYTES], tag[AES_KEY_BYTES];
};

struct keys {
	char folder[256];
	bool may_make;
	size_t count;
	struct period_keys periods[VAULT_PERIODS_MAX]; /* in the order of their names */
};

MUST_CHECK enum fail keys_load(struct keys *keys, const char *folder, bool may_make);
void keys_wipe(struct keys *keys);

/* Makes the files of a new period when that is allowed; else FAIL_NOT_FOUND. The pointer holds
 * until the next call. */
MUST_CHECK enum fail keys_of(struct keys *keys, struct str period, const struct period_keys **out);

bool period_is_name(struct str text); /* "2026Q4" */

#endif
