/* Lists that the inspector is reading for somebody. */
#ifndef YOUJU_KEEPER_READINGS_H
#define YOUJU_KEEPER_READINGS_H

#include "law/record.h"

enum { READINGS_MAX = 256, READING_PATIENCE_MS = 5000 };

struct reading {
	uint64_t id; /* of the order; 0: free */
	uint64_t connection, message;
	struct session_id session;
	enum channel channel;
	int sheet;           /* enum sheet_kind */
	int64_t until_ms;    /* monotonic */
	char token[44];
};

struct readings {
	struct reading at[READINGS_MAX];
	uint64_t next_id;
};

struct reading *readings_add(struct readings *readings); /* NULL: too many */
struct reading *readings_find(struct readings *readings, uint64_t id);

#endif
