#include "doors/http/exchange.h"

#include <string.h>

static const char *const body_types[] = {
	[BODY_NONE] = "",
	[BODY_FORM] = "application/x-www-form-urlencoded",
	[BODY_PARTS] = "multipart/form-data",
	[BODY_JSON] = "application/json",
};

static unsigned check_route(struct exchange *exchange)
{
	struct request *request = &exchange->request;

	switch (router_find(exchange->site->tables, exchange->site->tables_count, request->method,
	                    request->listener, request->path, &exchange->route, request->params)) {
	case ROUTE_FOUND: return 0;
	case ROUTE_UNKNOWN: return 404;
	case ROUTE_OTHER_METHOD: return 405;
	case ROUTE_OTHER_LISTENER: return 403;
	}
	return 404;
}

static bool type_fits(struct str have, const char *want)
{
	size_t len = strlen(want);

	return have.len >= len && strncasecmp(have.at, want, len) == 0 &&
	       (have.len == len || have.at[len] == ';' || have.at[len] == ' ');
}

/* A command takes what its fields may hold, twice for what JSON adds, beside the rest: only lists and scans
 * need as much as an upload. */
static size_t body_limit(const struct exchange *exchange)
{
	enum command_kind kind;
	size_t limit = JSON_BYTES_MAX;

	if (exchange->route->body_limit_bytes)
		return exchange->route->body_limit_bytes;
	kind = command_find(exchange->request.params[0]);
	for (size_t i = 0; kind != COMMAND_NONE && i < command_spec(kind)->record.count; i++)
		limit += 2 * command_spec(kind)->record.fields[i].max_bytes;
	return limit < UPLOAD_BYTES_MAX ? limit : UPLOAD_BYTES_MAX;
}

static unsigned check_body(const struct exchange *exchange, size_t content_length, bool has_body)
{
	const struct route *route = exchange->route;

	if (route->body == BODY_NONE)
		return has_body ? 400 : 0;
	if (content_length > body_limit(exchange))
		return 413;
	return type_fits(exchange->request.content_type, body_types[route->body]) ? 0 : 415;
}

void exchange_begin(struct exchange *exchange, size_t content_length, bool has_body)
{
	struct request *request = &exchange->request;

	if (exchange->refused_status)
		return;
	if (!path_is_plain(request->path) ||
	    form_read(&exchange->arena, request->query_text, &request->query) != OK)
		exchange->refused_status = 400;
	if (!exchange->refused_status)
		exchange->refused_status = check_route(exchange);
	if (!exchange->refused_status)
		exchange->refused_status = check_body(exchange, content_length, has_body);
	if (!exchange->refused_status)
		exchange->refused_status = request_check_origin(request);
	if (!exchange->refused_status)
		exchange->body_limit_bytes = body_limit(exchange);
}

static MUST_CHECK enum fail read_body(struct exchange *exchange)
{
	struct request *request = &exchange->request;

	if (exchange->route->body == BODY_FORM)
		return form_read(&exchange->arena, request->body, &request->form);
	if (exchange->route->body == BODY_PARTS)
		return form_read_parts(&exchange->arena, request->content_type, request->body,
		                       &request->form);
	return OK;
}

static unsigned check_session(struct exchange *exchange)
{
	const struct route *route = exchange->route;
	bool is_form = route->body == BODY_FORM || route->body == BODY_PARTS;

	if (route->need != NEEDS_SESSION)
		return 0;
	if (!exchange->request.token.len)
		return 401;
	/* 403 asks for the page again: its form belongs to another session. */
	return is_form && !csrf_is_right(&exchange->arena, &exchange->request) ? 403 : 0;
}

static void refuse(struct exchange *exchange, unsigned status)
{
	exchange->refused_status = status;
	exchange->site->refuse(exchange, status);
}

void exchange_run(struct exchange *exchange)
{
	if (!exchange->refused_status && read_body(exchange) != OK)
		exchange->refused_status = 400;
	if (!exchange->refused_status)
		exchange->refused_status = check_session(exchange);
	if (exchange->refused_status) {
		refuse(exchange, exchange->refused_status);
		return;
	}
	exchange->route->handle(exchange);
}

void exchange_continue(struct exchange *exchange)
{
	if (exchange->talk.gave_up)
		refuse(exchange, 503);
	else
		exchange->route->handle(exchange);
}

bool exchange_waits(const struct exchange *exchange)
{
	return exchange->talk.open > 0;
}
