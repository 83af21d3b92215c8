#include "doors/http/request.h"

#include "base/crypto.h"

const char SESSION_COOKIE[] = "__Host-session", LANGUAGE_COOKIE[] = "__Host-language";

/* A form of ours is sent by a page of ours. Browsers say where a request comes from; what says
 * nothing (old browsers, programs) is left to the token in the form. */
unsigned request_check_origin(const struct request *request)
{
	struct str own = request->host, origin = request->origin;

	if (request->method != METHOD_POST)
		return 0;
	if (request->fetch_site.len && !str_is(request->fetch_site, "same-origin") &&
	    !str_is(request->fetch_site, "none"))
		return 403;
	if (!origin.len)
		return 0;
	if (!str_starts(origin, STR("https://")))
		return 403;
	return str_eq(str_slice(origin, 8, origin.len), own) ? 0 : 403;
}

struct str request_chain(struct arena *arena, const struct request *request)
{
	struct buf chain = buf_on(arena);

	for (size_t i = 0; i < request->chain_count; i++)
		buf_add(&chain, request->chain[i]);
	return buf_str(&chain);
}

void response_header(struct response *response, const char *name, struct str value)
{
	assert(response->headers_count < HEADERS_OUT_MAX);
	response->headers[response->headers_count++] = (struct header){ name, value };
}

void response_redirect(struct arena *arena, struct response *response, struct str path)
{
	response->status = 303;
	response_header(response, "Location", str_copy(arena, path));
}

struct str csrf_token(struct arena *arena, struct str session_token)
{
	struct hash hash = hmac_sha256(session_token, STR("youju form 1"));

	return base64url_text(arena, hash.at, 18);
}

struct str request_csrf(struct arena *arena, struct request *request)
{
	if (!request->csrf.len)
		request->csrf = csrf_token(arena, request->token);
	return request->csrf;
}

bool csrf_is_right(struct arena *arena, struct request *request)
{
	struct str want = request_csrf(arena, request), have = form_value(&request->form, "csrf");

	return request->token.len && have.len == want.len && bytes_eq(have.at, want.at, want.len);
}

struct str cookie_line(struct arena *arena, const char *name, struct str value)
{
	return str_printf(arena, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Strict%s", name,
	                  STR_FMT(value), value.len ? "" : "; Max-Age=0");
}
