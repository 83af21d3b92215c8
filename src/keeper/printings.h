/* Papers that the scribe is making for somebody. */
#ifndef YOUJU_KEEPER_PRINTINGS_H
#define YOUJU_KEEPER_PRINTINGS_H

#include "law/commands.h"

enum { PRINTINGS_MAX = 32, PRINTING_PATIENCE_MS = 20000 };

struct printing {
	uint64_t id; /* of the order; 0: free */
	uint64_t connection, message;
	uint64_t scribe; /* the connection that has it; 0: none was there yet */
	struct session_id session;
	enum channel channel;
	enum printed_paper paper;
	enum print_format format;
	struct entry_id about;
	int64_t until_ms; /* monotonic */
	char request[24], content[80], token[44];
};

struct printings {
	struct printing at[PRINTINGS_MAX];
	uint64_t next_id;
};

struct printing *printings_add(struct printings *printings); /* NULL: too many */
struct printing *printings_find(struct printings *printings, uint64_t id);

#endif
