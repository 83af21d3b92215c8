/* The listening sockets. Opened before the front gives up its rights. */
#ifndef YOUJU_DOORS_HTTP_LISTEN_H
#define YOUJU_DOORS_HTTP_LISTEN_H

#include <stdint.h>

#include "base/fail.h"

/* address: "localhost", "0.0.0.0", "::". Several processes may listen on one port. The caller owns
 * the descriptor. FAIL_NOT_FOUND: no such address here; FAIL_BUSY: the port is taken; FAIL_IO. */
MUST_CHECK enum fail listen_open(const char *address, uint16_t port, int *out);

#endif
