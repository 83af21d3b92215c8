/* The pane of glass between processes: what front, courier, messenger, sealer, inspector, scribe and command
 * line say to the keeper and back. Values only, never descriptors, so that a stream with mutual TLS can take
 * the place of a local socket. */
#ifndef YOUJU_COUNTER_MESSAGE_H
#define YOUJU_COUNTER_MESSAGE_H

#include "base/sheet.h"
#include "law/commands.h"

enum { MESSAGE_MAX_BYTES = 16 * 1024 * 1024, MESSAGE_PAIRS_MAX = 512, MESSAGE_SHEETS_MAX = 16 };

/* Peers are told apart by the socket they came in on. */
enum peer { PEER_FRONT = 1, PEER_COUNTER = 2, PEER_COURIER = 4, PEER_SEALER = 8, PEER_INSPECTOR = 16, PEER_SCRIBE = 32,
            PEER_MESSENGER = 64 };

enum message_kind {
	MESSAGE_NONE,
#define MESSAGE(id, code, from, to) MESSAGE_##id,
#include "counter/messages.def"
#undef MESSAGE
	MESSAGE_KIND_COUNT
};

struct message {
	enum message_kind kind;
	uint64_t id; /* chosen by who asks, repeated in the reply */
	struct pair *head; /* what the message is about: names from messages.def's comments */
	size_t head_count;
	struct pair *fields; /* of a command or the filters of a sheet, as people typed them */
	size_t field_count;
	struct sheet *sheets;
	size_t sheet_count;
	struct arena *arena; /* where pairs and sheets find room; NULL: whoever made the message made room */
	size_t head_room, field_room;
};

struct message message_new(struct arena *arena, enum message_kind kind, uint64_t id);
void message_put(struct message *message, const char *name, struct str text);        /* head */
void message_field(struct message *message, struct str name, struct str text);
void message_sheet(struct message *message, struct sheet sheet);
struct str message_get(const struct message *message, const char *name); /* "" when absent */
uint64_t message_get_u64(const struct message *message, const char *name); /* 0 when absent or no number */
const struct sheet *message_sheet_named(const struct message *message, const char *name);

/* May the keeper take this kind from that peer? */
bool message_may_pass(enum message_kind kind, enum peer from);
const char *message_name(enum message_kind kind);

/* Frame: u32 length of the rest, u16 kind, u64 id, then pairs and sheets; big-endian. */
void message_pack(struct buf *out, const struct message *message);
/* Looks at the first bytes of a stream. FAIL_NOT_FOUND: not complete yet. FAIL_TOO_LARGE,
 * FAIL_SYNTAX: the peer is broken, close it. On OK *used_out bytes were taken; texts are views. */
MUST_CHECK enum fail message_unpack(struct arena *arena, struct str bytes, size_t *used_out,
                                    struct message *out);

/* Blocking use, for command line and simple roles. timeout_ms 0 waits for ever. */
MUST_CHECK enum fail message_send(int fd, const struct message *message);
MUST_CHECK enum fail message_receive(struct arena *arena, int fd, struct buf *pending,
                                     int64_t timeout_ms, struct message *out);
MUST_CHECK enum fail message_connect(const char *socket_path, int *fd_out);

#endif
