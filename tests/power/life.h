/* One office on the disk that can die: its keeper, its sealer, its courier, and people at the front.
 *
 * What leaves the keeper is heard in the moment it leaves (promise.h). A life begins with the same
 * office each time and is many starts long. One life a process. */
#ifndef YOUJU_TESTS_POWER_LIFE_H
#define YOUJU_TESTS_POWER_LIFE_H

#include "counter/message.h"
#include "keeper/keeper.h"
#include "roles/sealing.h"
#include "store/ledger.h"

enum { AT_FRONT = 1, AT_COURIER = 2, AT_SEALER = 3, AT_COUNTER = 4, LIFE_HEARD_MAX = 256 };

struct life {
	char root[64];
	struct arena arena; /* of one start */
	struct keeper *keeper;
	struct sealer sealer;
	bool has_sealer;
	struct ledger *reader;
	bool courier_away;      /* hears and does not answer */
	uint64_t messages_left; /* the disk stops after so many have left the keeper */
	struct message heard[LIFE_HEARD_MAX]; /* what courier and sealer have to do */
	size_t heard_count;
	uint64_t next_id;
	int64_t now_ms;
	const char *lost; /* the first promise that was found broken */
};
extern struct life life;

void life_open(void);  /* once a process: makes the office */
void life_close(void);
void life_begin(uint64_t seed);

const char *life_path(const char *name); /* within the data directory; until the fourth next call */

/* Starts keeper and sealer over what is on the disk. life.keeper is NULL when the disk died meanwhile;
 * what else stops it is lost. */
void life_start(void);
void life_stop(void);
void life_lost(const char *what); /* only the first is kept */

/* A command of a person of the office; fields: name, text, …, NULL. It has run when true is returned. */
struct order { int card; const char *command, *request; const char *const *fields; };
bool life_order(const struct order *order, uint64_t *id_out);
/* Makes what has run durable, lets courier and sealer do their work and goes on until all is quiet.
 * False: the keeper stopped. */
bool life_settle(void);
/* All that is due at the office's clock is done now: erasures, checkpoints, ends of sessions. */
bool life_tick(void);

#endif
