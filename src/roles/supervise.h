/* Starts the roles of one data directory, keeps them running, stops them in order. */
#ifndef YOUJU_ROLES_SUPERVISE_H
#define YOUJU_ROLES_SUPERVISE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/fail.h"

/* In the order they are started; they are stopped in reverse, so that the keeper goes last. */
enum role { ROLE_KEEPER, ROLE_SEALER, ROLE_COURIER, ROLE_MESSENGER, ROLE_INSPECTOR, ROLE_SCRIBE, ROLE_FRONT, ROLE_COUNT };

/* The keeper inherits its listening sockets as descriptors from KEEPER_FIRST_FD on, in this order
 * (1 << socket is the enum peer of counter/message.h), then the lock. Which socket a frame came in
 * on decides what may pass. */
enum keeper_socket {
	SOCKET_FRONT,
	SOCKET_COUNTER,
	SOCKET_COURIER,
	SOCKET_SEALER,
	SOCKET_INSPECTOR,
	SOCKET_SCRIBE,
	SOCKET_MESSENGER,
	SOCKET_COUNT
};
enum { KEEPER_FIRST_FD = 3, KEEPER_LOCK_FD = KEEPER_FIRST_FD + SOCKET_COUNT };
const char *keeper_socket_name(enum keeper_socket which); /* "front.sock", below DIR/run */

/* A role that exits so will fail again however often it is started: its message said why. */
enum { EXIT_SETTINGS = 78 };

struct supervisor;

/* Takes DIR/lock and makes DIR/run with its sockets; starts nothing yet. FAIL_BUSY when another
 * supervisor holds the lock, FAIL_NOT_FOUND when DIR is no data directory. */
MUST_CHECK enum fail supervisor_open(const char *dir, struct supervisor **out);

/* Starts the roles of the set (bits 1 << enum role). */
MUST_CHECK enum fail supervisor_start(struct supervisor *supervisor, unsigned roles);

/* Restarts what ended, waiting longer each time, until a stop signal came (OK) or a role said that
 * its settings are wrong (FAIL_CONFLICT). Call from a process that blocked the signals with
 * supervisor_signals before it made threads. */
MUST_CHECK enum fail supervisor_run(struct supervisor *supervisor);
/* Started as root and without users for its roles (docs/operations.md). */
bool supervisor_roles_are_root(const struct supervisor *supervisor);

/* What a running service repeats, such as new revocation lists of a demonstration. */
typedef enum fail supervisor_chore(void *context);
void supervisor_repeat(struct supervisor *supervisor, supervisor_chore *chore, void *context, int64_t every_ms);
void supervisor_signals(void);

void supervisor_close(struct supervisor **supervisor); /* stops what runs; NULL is fine */

#endif
