/* The keeper's sockets: accepts peers, reads what all of them sent, has it run as one group, and
 * sends what the group gave rise to. */
#ifndef YOUJU_ROLES_SERVER_H
#define YOUJU_ROLES_SERVER_H

#include <signal.h>

#include "keeper/keeper.h"

struct server;

/* listening: SOCKET_COUNT descriptors in the order of enum keeper_socket. The server takes over the
 * descriptors. */
struct server *server_open(const int *listening);
void server_close(struct server **server);

/* Where the keeper shall send. */
struct keeper_out server_out(struct server *server);

/* Serves until stop is set (OK) or the stores fail; then nobody was answered. */
MUST_CHECK enum fail server_run(struct server *server, struct keeper *keeper,
                                const volatile sig_atomic_t *stop);

#endif
