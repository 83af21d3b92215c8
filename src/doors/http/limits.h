/* Who may hold a connection, and how long. libmicrohttpd only knows an idle time; a client that
 * drips one byte a second would keep its place for ever. So every connection has a deadline that
 * moves only when a stage is complete, and a sweep shuts down those that missed it. */
#ifndef YOUJU_DOORS_HTTP_LIMITS_H
#define YOUJU_DOORS_HTTP_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "doors/http/receiving.h"
#include "doors/http/sending.h"

enum {
	CONNECTIONS_MAX = 2048,
	CONNECTIONS_PER_ADDRESS_MAX = 512, /* a district office stands behind one address */
	CONNECTION_MEMORY_BYTES = 32 * 1024, /* request line and headers */
	HEADERS_MAX = 64,
	URL_BYTES_MAX = 2048,
	FORM_BYTES_MAX = 64 * 1024,
	PASTE_BYTES_MAX = 1024 * 1024,
	UPLOAD_BYTES_MAX = 8 * 1024 * 1024,
	JSON_BYTES_MAX = 256 * 1024,
};

enum stage {
	STAGE_HANDSHAKE, /* from accept to the first complete header */
	STAGE_BODY,
	STAGE_WORK, /* the keeper has it */
	STAGE_REPLY,
	STAGE_IDLE, /* kept alive; includes the next header */
	STAGE_COUNT
};

struct connection {
	int fd;
	enum stage stage;
	int64_t deadline_ms; /* monotonic */
	struct connection *next, *before;
	struct sending sending;
	struct receiving receiving;
};

/* All connections of one listener process, in no order. */
struct connections {
	struct connection *first;
	size_t count;
};

void connection_enter(struct connections *all, struct connection *one, int fd, int64_t now_ms);
void connection_leave(struct connections *all, struct connection *one);
void connection_reach(struct connection *one, enum stage stage, int64_t now_ms);
size_t connections_sweep(struct connections *all, int64_t now_ms); /* how many it shut down */

#endif
