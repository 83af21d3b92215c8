#include "doors/http/carrier.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "base/time.h"

static const struct header safe_headers[] = {
	{ "Strict-Transport-Security", STR_INIT("max-age=31536000") },
	{ "X-Content-Type-Options", STR_INIT("nosniff") },
	{ "Referrer-Policy", STR_INIT("same-origin") },
	{ "Cross-Origin-Resource-Policy", STR_INIT("same-origin") },
	{ "Permissions-Policy", STR_INIT("camera=(), geolocation=(), microphone=()") },
};

#define POLICY "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; " \
               "base-uri 'none'; frame-ancestors 'none'"

/* No page runs script but those that speak with the signing service in a window of its own: they run one file
 * of ours, and need the tie to the window they open. They may still connect to nothing. */
static const struct header page_headers[][2] = {
	{ { "Cross-Origin-Opener-Policy", STR_INIT("same-origin") }, { "Content-Security-Policy", STR_INIT(POLICY) } },
	{ { "Cross-Origin-Opener-Policy", STR_INIT("same-origin-allow-popups") },
	  { "Content-Security-Policy", STR_INIT(POLICY "; script-src 'self'; require-trusted-types-for 'script'") } },
};

static struct exchange *exchange_take(struct server *server)
{
	struct exchange *exchange = server->spare;

	if (!exchange) {
		exchange = process_bytes(sizeof *exchange);
		exchange->arena = arena_open_secret(ARENA_BYTES_MAX);
	} else {
		server->spare = exchange->next;
		server->spare_count--;
		exchange->next = NULL;
	}
	exchange->site = server->site;
	exchange->meter = &server->meter;
	exchange->connections = &server->connections;
	return exchange;
}

static void exchange_give(struct server *server, struct exchange *exchange)
{
	struct arena arena = exchange->arena;

	if (server->spare_count >= EXCHANGES_KEPT_MAX) {
		arena_close(&arena);
		process_free(exchange);
		return;
	}
	arena_empty(&arena);
	*exchange = (struct exchange){ .arena = arena, .next = server->spare };
	server->spare = exchange;
	server->spare_count++;
}

static const union MHD_ConnectionInfo *info(struct MHD_Connection *connection,
                                            enum MHD_ConnectionInfoType what)
{
	return MHD_get_connection_info(connection, what);
}

static struct connection *connection_of(struct MHD_Connection *connection)
{
	return info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The library hands over the request line before it touches it: nothing is decoded twice. */
void *carrier_request_line(void *cls, const char *uri, struct MHD_Connection *connection)
{
	const struct door *door = cls;
	struct exchange *exchange = exchange_take(door->server);
	struct request *request = &exchange->request;
	struct str whole = str_from(uri), rest;

	exchange->carrier = connection;
	exchange->connection = connection_of(connection);
	exchange->began_ms = clock_monotonic_ms();
	exchange->response.body = buf_on(&exchange->arena);
	request->listener = door->listener;
	if (whole.len > URL_BYTES_MAX) {
		exchange->refused_status = 414;
		whole = STR("/");
	}
	rest = str_copy(&exchange->arena, whole);
	str_cut(&rest, '?', &request->path);
	request->query_text = rest.at ? rest : STR("");
	return exchange;
}

struct headers_seen {
	struct exchange *exchange;
	size_t count, content_length;
	bool has_length, has_chunks;
	unsigned status;
};

static void take_once(struct headers_seen *seen, struct str *to, struct str value)
{
	if (to->at)
		seen->status = 400;
	*to = str_copy(&seen->exchange->arena, value);
}

static void see_length(struct headers_seen *seen, struct str value)
{
	uint64_t length = 0;

	if (seen->has_length || str_to_u64(value, &length) != OK)
		seen->status = 400;
	seen->has_length = true;
	seen->content_length = (size_t)length;
}

/* RFC 9110 5.1 and 5.5: the library is more patient than whoever reads the same bytes before us. */
static bool is_header(struct str name, struct str value)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		      (c && strchr(others, c))))
			return false;
	}
	return name.len > 0 && !memchr(value.at, 0, value.len);
}

static enum MHD_Result see_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                  const char *value, size_t value_len)
{
	struct headers_seen *seen = cls;
	struct str text = value ? str_bytes(value, value_len) : STR("");
	struct request *request = &seen->exchange->request;
	struct { const char *name; struct str *to; } known[] = {
		{ "Host", &request->host }, { "Origin", &request->origin },
		{ "Sec-Fetch-Site", &request->fetch_site }, { "Cookie", &request->cookies },
		{ "Content-Type", &request->content_type },
		{ "Idempotency-Key", &request->idempotency_key },
	};

	(void)kind;
	if (++seen->count > HEADERS_MAX)
		seen->status = 431;
	if (!is_header(str_bytes(name, name_len), text))
		seen->status = 400;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcasecmp(name, known[i].name) == 0)
			take_once(seen, known[i].to, text);
	if (strcasecmp(name, "Content-Length") == 0)
		see_length(seen, text);
	if (strcasecmp(name, "Transfer-Encoding") == 0)
		seen->has_chunks = true;
	return MHD_YES;
}

static void see_address(struct exchange *exchange, struct MHD_Connection *connection)
{
	const struct sockaddr *at = info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	char text[INET6_ADDRSTRLEN] = "";
	struct str seen;

	if (at->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)at)->sin_addr, text,
		          sizeof text);
	else
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr, text,
		          sizeof text);
	seen = str_from(text);
	if (str_starts(seen, STR("::ffff:")))
		seen = str_slice(seen, 7, seen.len);
	exchange->request.address = str_copy(&exchange->arena, seen);
}

/* Only what the handshake proved; nobody's header is believed. */
static void see_chain(struct exchange *exchange, struct MHD_Connection *connection)
{
	gnutls_session_t tls = info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
	unsigned count = 0;
	const gnutls_datum_t *certs = gnutls_certificate_get_peers(tls, &count);

	for (unsigned i = 0; certs && i < count && i < CHAIN_MAX; i++) {
		struct str der = str_bytes(certs[i].data, certs[i].size);
		exchange->request.chain[exchange->request.chain_count++] =
			str_copy(&exchange->arena, der);
	}
}

static bool is_token(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		      c == '-' || c == '_'))
			return false;
	}
	return text.len >= 22 && text.len <= 64;
}

static void see_cookies(struct request *request)
{
	struct str language;

	request->cookies = request->cookies.at ? request->cookies : STR("");
	if (!cookie_value(request->cookies, SESSION_COOKIE, &request->token) || !is_token(request->token))
		request->token = STR("");
	if (cookie_value(request->cookies, LANGUAGE_COOKIE, &language) && str_is(language, "en"))
		request->language = LANGUAGE_EN;
}

static void fill_absent(struct request *request)
{
	struct str *all[] = { &request->host, &request->origin, &request->fetch_site,
	                      &request->content_type, &request->idempotency_key };

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (!all[i]->at)
			*all[i] = STR("");
	request->body = STR("");
}

static unsigned see_method(struct request *request, const char *method)
{
	/* HEAD is a GET whose body the library leaves out. */
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return request->method = METHOD_GET, 0;
	if (strcmp(method, "POST") == 0)
		return request->method = METHOD_POST, 0;
	return 405;
}

static void begin(struct exchange *exchange, struct MHD_Connection *connection, const char *method)
{
	struct headers_seen seen = { .exchange = exchange };
	struct request *request = &exchange->request;

	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, see_header, &seen);
	/* RFC 9112 6.1: both length and chunks is how requests are smuggled. */
	if (seen.has_length && seen.has_chunks)
		seen.status = 400;
	if (!seen.status)
		seen.status = see_method(request, method);
	fill_absent(request);
	see_cookies(request);
	see_address(exchange, connection);
	if (request->listener == LISTENER_CARD)
		see_chain(exchange, connection);
	if (!exchange->refused_status)
		exchange->refused_status = seen.status;
	exchange->began = true;
	exchange->is_head = strcmp(method, "HEAD") == 0;
	exchange->at_ms = clock_wall_ms();
	exchange_begin(exchange, seen.content_length, seen.has_chunks || seen.content_length > 0);
	connection_reach(exchange->connection, STAGE_BODY, clock_monotonic_ms());
}

static void add_headers(struct MHD_Response *to, const struct exchange *exchange)
{
	const struct response *response = &exchange->response;

	for (size_t i = 0; i < ARRAY_LEN(safe_headers); i++)
		MHD_add_response_header(to, safe_headers[i].name, safe_headers[i].value.at);
	for (size_t i = 0; i < ARRAY_LEN(page_headers[0]); i++)
		MHD_add_response_header(to, page_headers[response->signs][i].name, page_headers[response->signs][i].value.at);
	for (size_t i = 0; i < response->headers_count; i++)
		MHD_add_response_header(to, response->headers[i].name, response->headers[i].value.at);
	MHD_add_response_header(to, "Cache-Control", response->keeps_for_ever
	                        ? "public, max-age=31536000, immutable" : "no-store");
	if (response->type)
		MHD_add_response_header(to, "Content-Type", response->type);
}

static enum MHD_Result reply(struct server *server, struct exchange *exchange)
{
	struct response *response = &exchange->response;
	struct str body = response->static_body ? response->static_bytes : buf_str(&response->body);
	struct MHD_Response *to = MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.at,
	                                                          MHD_RESPMEM_PERSISTENT);
	enum MHD_Result queued;

	assert(to && response->status >= 200);
	add_headers(to, exchange);
	if (body.len && !exchange->is_head)
		sending_hold(&exchange->connection->sending);
	queued = MHD_queue_response(exchange->carrier, response->status, to);
	MHD_destroy_response(to);
	exchange->done = true;
	connection_reach(exchange->connection, STAGE_REPLY, clock_monotonic_ms());
	meter_reply(&server->meter, response->status, clock_monotonic_ms() - exchange->began_ms);
	return queued;
}

/* Hands what the handler asked to the keeper, and the connection to sleep. */
static enum MHD_Result wait_or_reply(struct server *server, struct exchange *exchange)
{
	if (!exchange_waits(exchange))
		return reply(server, exchange);
	connection_reach(exchange->connection, STAGE_WORK, clock_monotonic_ms());
	exchange->in_work = true;
	receiving_rest(&exchange->connection->receiving, true);
	MHD_suspend_connection(exchange->carrier);
	link_send(&server->link, exchange);
	return MHD_YES;
}

static enum MHD_Result take_body(struct exchange *exchange, const char *data, size_t *data_len)
{
	struct buf *body = &exchange->response.body; /* lent: the reply begins after the body was read */

	if (exchange->refused_status || body->len + *data_len > exchange->body_limit_bytes)
		return MHD_NO;
	buf_bytes(body, data, *data_len);
	*data_len = 0;
	return MHD_YES;
}

enum MHD_Result carrier_access(void *cls, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *data_len, void **context)
{
	struct server *server = ((const struct door *)cls)->server;
	struct exchange *exchange = *context;

	(void)url, (void)version;
	if (!exchange->began) {
		begin(exchange, connection, method);
		if (!exchange->refused_status)
			return MHD_YES;
		exchange_run(exchange);
		return reply(server, exchange);
	}
	if (exchange->done)
		return MHD_YES;
	if (*data_len)
		return take_body(exchange, data, data_len);
	if (exchange->in_work) { /* woken by carrier_resume */
		exchange->in_work = false;
		receiving_rest(&exchange->connection->receiving, false);
		exchange_continue(exchange);
		return wait_or_reply(server, exchange);
	}
	exchange->request.body = buf_str(&exchange->response.body);
	exchange->response.body = buf_on(&exchange->arena);
	exchange_run(exchange);
	return wait_or_reply(server, exchange);
}

void carrier_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode why)
{
	struct server *server = ((const struct door *)cls)->server;
	struct exchange *exchange = *context;

	(void)connection, (void)why;
	if (!exchange)
		return;
	*context = NULL;
	link_forget(&server->link, exchange);
	if (exchange->connection) {
		sending_end(&exchange->connection->sending);
		connection_reach(exchange->connection, STAGE_IDLE, clock_monotonic_ms());
	}
	exchange_give(server, exchange);
}

void carrier_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode what)
{
	const struct door *door = cls;
	struct server *server = door->server;
	struct connection *one = *context;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		connection_leave(&server->connections, one);
		sending_close(&one->sending);
		process_free(one);
		return;
	}
	int fd = info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	gnutls_session_t tls = info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session;
	one = process_bytes(sizeof *one);
	connection_enter(&server->connections, one, fd, clock_monotonic_ms());
	gnutls_transport_set_ptr2(tls, &one->receiving, &one->sending);
	receiving_open(&one->receiving, tls, fd);
	sending_open(&one->sending, tls, fd);
	server->meter.connections++;
	*context = one;
	/* The library only requests a certificate; the card listener demands one. Whether it is a
	 * good one is for the keeper to say. */
	if (door->listener == LISTENER_CARD)
		gnutls_certificate_server_set_request(tls, GNUTLS_CERT_REQUIRE);
}

void carrier_resume(struct exchange *exchange)
{
	MHD_resume_connection(exchange->carrier);
}
