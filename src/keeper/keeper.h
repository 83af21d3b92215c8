/* The corridor through which every asking, answering and deciding goes, in one order.
 *
 * One thread. Messages that wait are run as one group: each on a mark to which its failure returns;
 * then vault, log and tables are committed once, and only then is anything answered. */
#ifndef YOUJU_KEEPER_KEEPER_H
#define YOUJU_KEEPER_KEEPER_H

#include "counter/message.h"

struct keeper;

/* Where answers and orders go. connection is whatever the caller named a peer by; the message and
 * its texts live until the call returns. */
struct keeper_out {
	void (*send)(void *context, uint64_t connection, const struct message *message);
	void *context;
};

enum { GROUP_MAX = 256 };

/* Simulated time, for logs that entry 0 calls a demonstration; FAIL_CONFLICT for others. */
struct keeper_options {
	int64_t (*now_ms)(void *context); /* NULL: the machine's clock */
	void *context;
};

/* Opens the stores of a data directory and recovers: tables are brought up to the log, documents
 * that no entry names are swept, unconfirmed erasures repeated, open questions to the source failed
 * as restarted. FAIL_NOT_FOUND when dir was never initialised. */
MUST_CHECK enum fail keeper_open(const char *dir, struct keeper_out out,
                                 const struct keeper_options *options, struct keeper **keeper_out);
void keeper_close(struct keeper **keeper); /* NULL is fine */

/* A peer came or went. Couriers, sealers and inspectors are given work while they are there. */
void keeper_joined(struct keeper *keeper, enum peer peer, uint64_t connection);
void keeper_left(struct keeper *keeper, uint64_t connection);

/* Runs one message within the current group; its bytes must stay until keeper_settle. A failing
 * command is answered as failed; any other failure is of the stores, after which the process must
 * stop without settling. */
MUST_CHECK enum fail keeper_run(struct keeper *keeper, enum peer peer, uint64_t connection,
                                const struct message *message);

/* Commits the group and sends what it gave rise to. Failure: nobody was answered; stop the process,
 * recovery decides what happened. FAIL_STORE of the vault alone is told to those who asked, as
 * nothing happened, and is no failure here. */
MUST_CHECK enum fail keeper_settle(struct keeper *keeper);

/* Deadlines, idle sessions, checkpoints: call often; acts within the current group. wait_ms_out is
 * when to call again at the latest. */
MUST_CHECK enum fail keeper_tick(struct keeper *keeper, int64_t *wait_ms_out);

#endif
