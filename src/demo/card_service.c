#include "demo/card_service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

enum { REQUEST_BYTES_MAX = 1 << 20, WAIT_SECONDS = 10, SLOW_MS = 6000 };

struct call {
	const struct card_service *service;
	int fd;
};

/* The pop-up: asks its opener for a request, has it answered, tells the answer, closes. */
static const char WINDOW[] =
	"<!DOCTYPE html><html lang=\"zh-Hant-TW\"><meta charset=\"utf-8\"><title>讀卡機元件（示範）</title>"
	"<p>示範簽章元件處理中…</p><form hidden><p>讀卡機內為何卡？</p>%.*s</form><script>\n"
	"const mode = '%s', tell = text => window.opener.postMessage(text, '*');\n"
	"const cards = document.querySelectorAll('button');\n"
	"const pass = async (card, request) => {\n"
	"  const reply = await fetch('/request?card=' + card, { method: 'POST', body: request });\n"
	"  tell(await reply.text());\n"
	"  window.close();\n"
	"};\n"
	"window.addEventListener('message', event => {\n"
	"  if (mode === 'cancel') return window.close();\n"
	"  if (!cards.length || JSON.parse(event.data).func !== 'MakeSignature') return pass(0, event.data);\n"
	"  document.forms[0].hidden = false;\n"
	"  cards[0].focus();\n"
	"  for (const card of cards) card.addEventListener('click', () => pass(card.value, event.data));\n"
	"});\n"
	"setTimeout(() => tell(JSON.stringify({ func: 'getTbs' })), %d);\n"
	"</script></html>";

static void reply(int fd, const char *status, const char *more, struct str body)
{
	AUTO(buf_close) struct buf out = buf_open();
	size_t sent = 0;

	buf_printf(&out, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n", status, more,
	           body.len);
	buf_add(&out, body);
	while (sent < out.len) {
		ssize_t now = send(fd, out.at + sent, out.len - sent, MSG_NOSIGNAL);
		if (now <= 0)
			return;
		sent += (size_t)now;
	}
}

static size_t body_wanted(struct str head)
{
	struct str line, rest = head;
	uint64_t len = 0;

	while (rest.len && str_cut(&rest, '\n', &line))
		if (line.len > 16 && strncasecmp(line.at, "Content-Length: ", 16) == 0 &&
		    str_to_u64(str_trim(str_slice(line, 16, line.len)), &len) != OK)
			return 0;
	return (size_t)len;
}

/* False when the peer said nothing whole. */
static bool request_receive(int fd, struct buf *bytes, struct str *head, struct str *body)
{
	size_t at;
	char part[8192];

	for (;;) {
		if (str_find(buf_str(bytes), STR("\r\n\r\n"), &at)) {
			*head = str_slice(buf_str(bytes), 0, at);
			size_t wanted = body_wanted(*head);
			*body = str_slice(buf_str(bytes), at + 4, wanted);
			if (body->len == wanted)
				return true;
		}
		ssize_t got = recv(fd, part, sizeof part, 0);
		if (got <= 0 || bytes->len + (size_t)got > REQUEST_BYTES_MAX)
			return false;
		buf_bytes(bytes, part, (size_t)got);
	}
}

/* A button for each card, called as its file is. */
static void cards_add(struct buf *out, const struct card_service *service)
{
	for (size_t i = 0; service->card_count > 1 && i < service->card_count; i++) {
		const char *slash = strrchr(service->cards[i], '/');
		buf_printf(out, "<p><button type=\"button\" value=\"%zu\">", i);
		for (const char *at = slash ? slash + 1 : service->cards[i]; *at; at++)
			if (strchr("<>&", *at))
				buf_printf(out, "&#%d;", *at);
			else
				buf_bytes(out, at, 1);
		buf_printf(out, "</button></p>");
	}
}

/* The card that the window named, else the only one. */
static struct card_service with_card(const struct card_service *service, struct str head)
{
	static const struct str mark = STR_INIT("POST /request?card=");
	struct card_service one = *service;
	struct str rest = str_slice(head, mark.len, head.len), number;
	uint64_t card;

	if (str_starts(head, mark) && str_cut(&rest, ' ', &number) && str_to_u64(number, &card) == OK && card < service->card_count)
		one.card = service->cards[card];
	return one;
}

static void popup_reply(const struct call *call, struct str head)
{
	AUTO(buf_close) struct buf cards = buf_open();
	AUTO(buf_close) struct buf page = buf_open();
	AUTO(buf_close) struct buf elsewhere = buf_open();
	size_t at;

	if (call->service->mode == SERVICE_FOREIGN && str_find(head, STR("Host: localhost"), &at)) {
		buf_printf(&elsewhere, "Location: http://127.0.0.1:%u/popupForm\r\n", call->service->port);
		buf_byte(&elsewhere, 0);
		reply(call->fd, "302 Found", elsewhere.at, STR(""));
		return;
	}
	cards_add(&cards, call->service);
	buf_printf(&page, WINDOW, STR_FMT(buf_str(&cards)), card_service_mode_name(call->service->mode), call->service->mode == SERVICE_SLOW ? SLOW_MS : 0);
	reply(call->fd, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", buf_str(&page));
}

static void *call_run(void *given)
{
	struct call *call = given;
	AUTO(arena_close) struct arena arena = arena_open_secret(64 << 20);
	struct buf bytes = buf_on(&arena);
	struct str head, body;

	if (request_receive(call->fd, &bytes, &head, &body)) {
		if (str_starts(head, STR("GET /popupForm"))) {
			popup_reply(call, head);
		} else if (str_starts(head, STR("POST /request"))) {
			struct card_service one = with_card(call->service, head);
			reply(call->fd, "200 OK", "Content-Type: application/json\r\n", card_service_answer(&arena, &one, body));
		} else {
			reply(call->fd, "404 Not Found", "", STR(""));
		}
	}
	close(call->fd);
	process_free(call);
	return NULL;
}

static enum fail listener_open(uint16_t *port, int *out)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0)
		return FAIL_IO;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
		enum fail fail = errno == EADDRINUSE ? FAIL_BUSY : FAIL_IO;
		close(fd);
		return fail;
	}
	*port = ntohs(address.sin_port);
	*out = fd;
	return OK;
}

static void call_begin(const struct card_service *service, int fd)
{
	const struct timeval wait = { .tv_sec = WAIT_SECONDS };
	struct call *call = process_bytes(sizeof *call);
	pthread_t thread;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	*call = (struct call){ service, fd };
	if (pthread_create(&thread, NULL, call_run, call) == 0) {
		pthread_detach(thread);
		return;
	}
	close(fd);
	process_free(call);
}

enum fail card_service_run(const struct card_service *given)
{
	struct card_service service = *given;
	int listener;

	TRY(listener_open(&service.port, &listener));
	if (service.listening)
		service.listening(service.port);
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0)
			call_begin(&service, fd);
		else if (errno != EINTR && errno != ECONNABORTED)
			break;
	}
	close(listener);
	return FAIL_IO;
}
