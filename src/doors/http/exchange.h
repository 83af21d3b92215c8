/* One request on its way: read, asked of the keeper, answered.
 *
 * An exchange belongs to one thread and is reused with its arena. Its memory is wiped: it holds
 * names and identity numbers. */
#ifndef YOUJU_DOORS_HTTP_EXCHANGE_H
#define YOUJU_DOORS_HTTP_EXCHANGE_H

#include "doors/http/limits.h"
#include "doors/http/request.h"
#include "doors/http/talk.h"

enum { ARENA_BYTES_MAX = 96 * 1024 * 1024 };

struct site;

struct exchange {
	struct arena arena;
	struct request request;
	struct response response;
	const struct route *route;
	const struct site *site;
	struct talk talk;          /* what was asked of the keeper and what came back */
	unsigned refused_status;   /* the request is not served: 0 or a 4xx */
	bool began, in_work, done; /* header seen; suspended; response handed over */
	bool is_head;
	int64_t began_ms, at_ms;   /* monotonic; wall clock */
	size_t body_limit_bytes;
	void *carrier;             /* the server's connection */
	const struct meter *meter;
	const struct connections *connections;
	struct connection *connection;
	struct exchange *next, *before;
};

/* What a site serves, and how it says no. */
struct site {
	const struct routes *tables;
	size_t tables_count;
	const char *card_origin; /* "https://localhost:8444": where the web listener sends people */
	const char *web_origin;
	/* Writes the page for a status that no handler wrote. */
	void (*refuse)(struct exchange *exchange, unsigned status);
	const char *card_service; /* "http://localhost:61161": the local signing service of card readers */
};

/* The header is complete: finds the route and decides whether to go on (else refused_status). */
void exchange_begin(struct exchange *exchange, size_t content_length, bool has_body);
/* The body is complete: decodes it, checks session and form token, and calls the handler. */
void exchange_run(struct exchange *exchange);
/* All questions are answered or given up: calls the handler again. */
void exchange_continue(struct exchange *exchange);
bool exchange_waits(const struct exchange *exchange);

#endif
