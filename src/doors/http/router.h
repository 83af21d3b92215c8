/* Which function serves which path: tables, read from first row to last. */
#ifndef YOUJU_DOORS_HTTP_ROUTER_H
#define YOUJU_DOORS_HTTP_ROUTER_H

#include "base/str.h"

struct exchange;

enum method { METHOD_GET, METHOD_POST, METHOD_COUNT };

enum listener { LISTENER_WEB = 1, LISTENER_CARD = 2, LISTENER_BOTH = 3 };

enum body_kind { BODY_NONE, BODY_FORM, BODY_PARTS, BODY_JSON };

enum route_need {
	NEEDS_NOTHING,     /* open to everybody */
	NEEDS_SESSION,     /* the cookie; without it the sign-in page */
	NEEDS_CERTIFICATE, /* the client certificate signs in by itself: the API */
};

enum { PARAMS_MAX = 4 };

struct route {
	enum method method;
	const char *pattern; /* "/cases/{case}": a segment in braces takes any one segment,
	                            "{...}" at the end all that are left */
	enum listener listeners;
	enum route_need need;
	enum body_kind body;
	size_t body_limit_bytes; /* 0: by the command that the path names */
	/* Called first to ask the keeper or to write; after asking, again when all answers are there. */
	void (*handle)(struct exchange *exchange);
};

struct routes {
	const struct route *at;
	size_t count;
};

enum route_found { ROUTE_FOUND, ROUTE_UNKNOWN, ROUTE_OTHER_METHOD, ROUTE_OTHER_LISTENER };

/* A path is ASCII, starts with a slash and has no escapes, blanks, empty or dotted segments. */
bool path_is_plain(struct str path);

/* params gets the segments that stood for braces, in order. */
enum route_found router_find(const struct routes *tables, size_t count, enum method method,
                             enum listener listener, struct str path, const struct route **out,
                             struct str params[PARAMS_MAX]);

#endif
