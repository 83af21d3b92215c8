#include "counter/message.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/crypto.h"

enum { HEAD_MAX = 48, FIELDS_MAX = MESSAGE_PAIRS_MAX - HEAD_MAX, ROOM_FIRST = 8 };

static const struct { const char *code; unsigned from, to; } kinds[] = {
	[MESSAGE_NONE] = { "none", 0, 0 },
#define MESSAGE(id, code, from, to) [MESSAGE_##id] = { code, from, to },
#include "counter/messages.def"
#undef MESSAGE
};
static_assert(ARRAY_LEN(kinds) == MESSAGE_KIND_COUNT, "every message has a row");

bool message_may_pass(enum message_kind kind, enum peer from)
{
	assert(kind < MESSAGE_KIND_COUNT);
	return (kinds[kind].from & (unsigned)from) != 0;
}

const char *message_name(enum message_kind kind)
{
	assert(kind < MESSAGE_KIND_COUNT);
	return kinds[kind].code;
}

struct message message_new(struct arena *arena, enum message_kind kind, uint64_t id)
{
	return (struct message){ .kind = kind, .id = id, .arena = arena };
}

static struct pair *room_grow(struct arena *arena, const struct pair *pairs, size_t count, size_t *room)
{
	*room = *room ? *room * 2 : ROOM_FIRST;
	struct pair *more = arena_array(arena, struct pair, *room);

	if (count)
		memcpy(more, pairs, count * sizeof *pairs);
	return more;
}

void message_put(struct message *message, const char *name, struct str text)
{
	assert(message->head_count < HEAD_MAX);
	if (message->arena && message->head_count == message->head_room)
		message->head = room_grow(message->arena, message->head, message->head_count, &message->head_room);
	message->head[message->head_count++] = (struct pair){ str_from(name), text };
}

void message_field(struct message *message, struct str name, struct str text)
{
	assert(message->field_count < FIELDS_MAX);
	if (message->arena && message->field_count == message->field_room)
		message->fields = room_grow(message->arena, message->fields, message->field_count,
		                            &message->field_room);
	message->fields[message->field_count++] = (struct pair){ name, text };
}

void message_sheet(struct message *message, struct sheet sheet)
{
	assert(message->sheet_count < MESSAGE_SHEETS_MAX);
	if (message->arena && !message->sheets)
		message->sheets = arena_array(message->arena, struct sheet, MESSAGE_SHEETS_MAX);
	message->sheets[message->sheet_count++] = sheet;
}

struct str message_get(const struct message *message, const char *name)
{
	for (size_t i = 0; i < message->head_count; i++)
		if (str_is(message->head[i].name, name))
			return message->head[i].text;
	return STR("");
}

uint64_t message_get_u64(const struct message *message, const char *name)
{
	uint64_t n = 0;

	return str_to_u64(message_get(message, name), &n) == OK ? n : 0;
}

const struct sheet *message_sheet_named(const struct message *message, const char *name)
{
	for (size_t i = 0; i < message->sheet_count; i++)
		if (str_is(message->sheets[i].name, name))
			return &message->sheets[i];
	return NULL;
}

static void pairs_pack(struct buf *out, const struct pair *pairs, size_t count)
{
	buf_u16be(out, (uint16_t)count);
	for (size_t i = 0; i < count; i++) {
		buf_u16be(out, (uint16_t)pairs[i].name.len);
		buf_add(out, pairs[i].name);
		buf_u32be(out, (uint32_t)pairs[i].text.len);
		buf_add(out, pairs[i].text);
	}
}

static enum fail pairs_unpack(struct arena *arena, struct str *rest, struct pair **out, size_t *count_out)
{
	uint16_t count, name_len;
	uint32_t text_len;

	TRY(take_u16be(rest, &count));
	if (count > MESSAGE_PAIRS_MAX)
		return FAIL_TOO_LARGE;
	struct pair *pairs = arena_array(arena, struct pair, count);
	for (size_t i = 0; i < count; i++) {
		TRY(take_u16be(rest, &name_len));
		TRY(take_bytes(rest, name_len, &pairs[i].name));
		TRY(take_u32be(rest, &text_len));
		TRY(take_bytes(rest, text_len, &pairs[i].text));
	}
	*out = pairs;
	*count_out = count;
	return OK;
}

void message_pack(struct buf *out, const struct message *message)
{
	size_t start = out->len;

	buf_u32be(out, 0);
	buf_u16be(out, (uint16_t)message->kind);
	buf_u64be(out, message->id);
	pairs_pack(out, message->head, message->head_count);
	pairs_pack(out, message->fields, message->field_count);
	buf_u16be(out, (uint16_t)message->sheet_count);
	for (size_t i = 0; i < message->sheet_count; i++)
		sheet_pack(out, &message->sheets[i]);
	size_t len = out->len - start - 4;
	assert(len <= MESSAGE_MAX_BYTES);
	for (size_t i = 0; i < 4; i++)
		out->at[start + i] = (char)(uint8_t)(len >> (8 * (3 - i)));
}

enum fail message_unpack(struct arena *arena, struct str bytes, size_t *used_out, struct message *out)
{
	struct message message = { 0 };
	uint32_t len;
	uint16_t kind, sheets;
	struct str rest;

	if (take_u32be(&bytes, &len) != OK)
		return FAIL_NOT_FOUND;
	if (len > MESSAGE_MAX_BYTES)
		return FAIL_TOO_LARGE;
	if (take_bytes(&bytes, len, &rest) != OK)
		return FAIL_NOT_FOUND;
	TRY(take_u16be(&rest, &kind));
	TRY(take_u64be(&rest, &message.id));
	if (kind == MESSAGE_NONE || kind >= MESSAGE_KIND_COUNT)
		return FAIL_SYNTAX;
	message.kind = (enum message_kind)kind;
	TRY(pairs_unpack(arena, &rest, &message.head, &message.head_count));
	TRY(pairs_unpack(arena, &rest, &message.fields, &message.field_count));
	TRY(take_u16be(&rest, &sheets));
	if (sheets > MESSAGE_SHEETS_MAX)
		return FAIL_TOO_LARGE;
	message.sheets = arena_array(arena, struct sheet, sheets);
	for (size_t i = 0; i < sheets; i++)
		TRY(sheet_unpack(arena, &rest, &message.sheets[i]));
	message.sheet_count = sheets;
	if (rest.len)
		return FAIL_SYNTAX;
	*used_out = 4 + (size_t)len;
	*out = message;
	return OK;
}

enum fail message_send(int fd, const struct message *message)
{
	AUTO(buf_close) struct buf bytes = buf_open();
	size_t sent = 0;

	message_pack(&bytes, message);
	while (sent < bytes.len) {
		ssize_t put = send(fd, bytes.at + sent, bytes.len - sent, MSG_NOSIGNAL);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno == EPIPE || errno == ECONNRESET ? FAIL_CLOSED : FAIL_IO;
		sent += (size_t)put;
	}
	wipe(bytes.at, bytes.len); /* identity numbers pass here */
	return OK;
}

enum fail message_receive(struct arena *arena, int fd, struct buf *pending, int64_t timeout_ms,
                          struct message *out)
{
	int64_t deadline_ms = clock_monotonic_ms() + timeout_ms;
	char room[65536];

	for (;;) {
		size_t used;
		struct str copy = buf_str(pending);
		enum fail fail = message_unpack(arena, copy, &used, out);
		if (fail == OK) {
			struct str mine = str_copy(arena, str_slice(copy, 0, used));
			memmove(pending->at, pending->at + used, pending->len - used);
			pending->len -= used;
			return message_unpack(arena, mine, &used, out);
		}
		if (fail != FAIL_NOT_FOUND)
			return fail;
		int64_t left_ms = timeout_ms ? deadline_ms - clock_monotonic_ms() : -1;
		if (timeout_ms && left_ms <= 0)
			return FAIL_TIMEOUT;
		struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
		int ready = poll(&poll_fd, 1, (int)left_ms);
		if (ready < 0 && errno != EINTR)
			return FAIL_IO;
		if (ready <= 0)
			continue;
		ssize_t got = recv(fd, room, sizeof room, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno == ECONNRESET ? FAIL_CLOSED : FAIL_IO;
		if (got == 0)
			return FAIL_CLOSED;
		buf_bytes(pending, room, (size_t)got);
	}
}

enum fail message_connect(const char *socket_path, int *fd_out)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	if (strlen(socket_path) >= sizeof address.sun_path)
		return FAIL_TOO_LARGE;
	memcpy(address.sun_path, socket_path, strlen(socket_path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return FAIL_IO;
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		close(fd);
		return FAIL_CLOSED;
	}
	*fd_out = fd;
	return OK;
}
