/* One request as the handlers see it: checked, decoded, and nothing that was sent twice. */
#ifndef YOUJU_DOORS_HTTP_REQUEST_H
#define YOUJU_DOORS_HTTP_REQUEST_H

#include "base/buf.h"
#include "doors/http/form.h"
#include "doors/http/router.h"
#include "doors/language.h"

enum { CHAIN_MAX = 6, HEADERS_OUT_MAX = 8 };

struct request {
	enum method method;
	enum listener listener;
	struct str path, query_text, body;
	struct form query, form;
	struct str params[PARAMS_MAX];
	struct str host, origin, fetch_site, cookies, content_type, idempotency_key;
	struct str address; /* the other end, as text, without port */
	enum language language;
	struct str token; /* of the session; "" without one */
	struct str csrf; /* made when a form first needs it, see request_csrf */
	struct str chain[CHAIN_MAX]; /* DER, own certificate first, as presented in the handshake */
	size_t chain_count;
};

struct header { const char *name; struct str value; };

struct response {
	unsigned status;
	const char *type;
	struct buf body;
	struct header headers[HEADERS_OUT_MAX];
	size_t headers_count;
	bool signs; /* the page speaks with the local signing service: own script, own windows */
	bool keeps_for_ever; /* static bytes under a name that holds their hash */
	bool static_body;
	struct str static_bytes;
};

/* Decides before any handler runs: 0, or the status that refuses the request. */
unsigned request_check_origin(const struct request *request);

/* The certificates of the handshake one after another, as the keeper takes them. */
struct str request_chain(struct arena *arena, const struct request *request);

void response_header(struct response *response, const char *name, struct str value);
void response_redirect(struct arena *arena, struct response *response, struct str path); /* 303 */

/* What stands in every form: bound to the session, so that another site's page cannot know it. */
struct str csrf_token(struct arena *arena, struct str session_token);
struct str request_csrf(struct arena *arena, struct request *request);
bool csrf_is_right(struct arena *arena, struct request *request);

extern const char SESSION_COOKIE[], LANGUAGE_COOKIE[];
/* value "" ends the cookie. */
struct str cookie_line(struct arena *arena, const char *name, struct str value);

#endif
