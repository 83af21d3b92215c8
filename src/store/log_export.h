/* The log as a folder for outsiders: c2sp.org/tlog-tiles, exactly the files its checkpoint implies. */
#ifndef YOUJU_STORE_LOG_EXPORT_H
#define YOUJU_STORE_LOG_EXPORT_H

#include "store/ledger.h"

/* Called now and then; total is known from the start. A NULL function says nothing. */
struct progress { void (*say)(void *context, uint64_t done, uint64_t total); void *context; };

/* Writes the latest published checkpoint, its hash tiles and its entry bundles under `folder`, which is
 * made. FAIL_CONFLICT when a checkpoint stands there already, FAIL_NOT_FOUND when none was ever
 * published. The checkpoint is written last: a folder without one is unfinished. */
MUST_CHECK enum fail log_export(struct ledger *ledger, const char *folder, struct progress progress);

#endif
