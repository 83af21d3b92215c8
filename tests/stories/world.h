/* One office in which the stories of a file happen, one after the other: a data directory, the
 * service on it, a clock of its own, and what was said last. */
#ifndef YOUJU_TESTS_STORIES_WORLD_H
#define YOUJU_TESTS_STORIES_WORLD_H

#include <sys/types.h>

#include "base/json.h"
#include "cast.h"
#include "counter/message.h"

enum { FIELDS_MAX = 32, KINDS_MAX = 64 };

/* What a player asks: a command, or a list when is_sheet. */
struct ask {
	const struct player *who, *second; /* second: NULL but for first_start */
	bool is_sheet;
	struct str name, request;          /* request "" makes a new one */
	size_t count;
	struct pair fields[FIELDS_MAX];
};

/* What came back, by whichever door. Texts are "" when absent. */
struct said {
	struct str outcome, refusal, rule, fail, answer, problems, code;
	uint64_t entry, asked;
	struct sheet rows; /* of a list; column_count 0 otherwise */
	bool has_day_table;
	bool exit_fits;    /* the exit code is the one that goes with the outcome */
};

struct world {
	struct arena *arena;
	const char *youju;  /* the program */
	char dir[200];
	pid_t service;
	int card_port;
	int64_t now_ms;
	const struct door *door;
	char sessions[8][16]; /* players who signed in and keep their session; "" free */

	uint64_t before;    /* log size before the last when */
	struct ask last_ask;
	struct said said;
	uint64_t asked, granted; /* of the newest question, of the newest granted command */
	int waiting_fd;     /* what a player who waits in another process will hear; -1: nobody waits */
	pid_t waiting;
	struct str marks;   /* "name number" lines that a story put down */
};

/* A way in: the same ask, the same said. FAIL_*: the door itself broke. */
struct door {
	const char *name;
	enum fail (*pass)(struct world *world, const struct ask *ask, struct said *out);
	bool has_sessions; /* signing in and out are the player's own acts; and two cards sign one command */
	bool needs_front;  /* comes in over the network */
};
extern const struct door door_frames, door_program, door_api;

/* A value as JSON text, members in the order read: doors that parse give the same text as others. */
struct str json_again(struct arena *arena, const struct json *value);

/* An important step: whatever the door, the player signs it with the card. */
bool ask_is_signed(const struct ask *ask);

bool world_has_session(const struct world *world, const struct player *who);
void world_session(struct world *world, const struct player *who, bool has);
const char *world_session_path(const struct world *world, const struct player *who, char out[256]);

/* Makes the bare office: init and cards; dir must not exist. The serials, in the order of the cast. */
MUST_CHECK enum fail world_make(struct world *world, struct str *serials_out);
/* First start and lists in a bare office. Ends stopped. */
MUST_CHECK enum fail world_fill(struct world *world, const struct str *serials);
/* Copies a stopped office and serves it. */
MUST_CHECK enum fail world_copy(const char *from, const char *to);
MUST_CHECK enum fail world_start(struct world *world);
MUST_CHECK enum fail world_stop(struct world *world);
/* Sets the clock of the demo log; forward also renews the revocation lists. */
MUST_CHECK enum fail world_clock(struct world *world, int64_t at_ms);

/* The log, read from its files: how many entries, and the kinds of those from first on but for
 * signing in and out, which a door may need on its own account (all: those too). */
MUST_CHECK enum fail world_log_size(struct world *world, uint64_t *out);
MUST_CHECK enum fail world_log_kinds(struct world *world, uint64_t first, bool all,
                                     struct str kinds[KINDS_MAX], size_t *count_out);
MUST_CHECK enum fail world_log_count(struct world *world, struct str text, size_t *out); /* entries that hold it */
/* Does any entry contain the text? */
MUST_CHECK enum fail world_log_has(struct world *world, struct str text, bool *out);

/* Runs a program with these arguments (the last NULL) and input; output lives on the arena. */
MUST_CHECK enum fail program_run(struct world *world, const char *program, const char *const *argv, struct str input,
                                 struct str *out, int *code_out);

#endif
