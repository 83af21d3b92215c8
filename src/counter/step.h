/* The text of an important step that a person signs with the card: lines of canonical JSON, the first
 * about the text itself, each other one a command with its request and every field. Said once, for the
 * keeper that writes and compares it and for whoever reads it later. docs/journal-format.md.
 *
 *   {"youju":"signed steps 1","log":"demo.example/office","nonce":"…","at":"2026-11-24T01:02:03.000Z"}
 *   {"command":"approve_proposal","request":"…","fields":{"proposal":"47"},"digests":{},"objects":{…}} */
#ifndef YOUJU_COUNTER_STEP_H
#define YOUJU_COUNTER_STEP_H

#include "base/json.h"
#include "law/commands.h"

void step_head_put(struct buf *out, struct str origin, struct str nonce, int64_t at_ms); /* with its line feed */

/* False unless the first line is the head of a text of this log. */
bool step_head_read(struct arena *arena, struct str text, struct str origin, struct str *nonce_out);

/* Begins the line of a command: fields as canonical text, those of more than STEP_VALUE_BYTES as the
 * SHA-256 of it in hexadecimal under "digests". The caller adds "objects" and ends the object. */
enum { STEP_VALUE_BYTES = 1024 };
struct json_out step_line_begin(struct arena *arena, struct buf *line, const struct command *command);

#endif
