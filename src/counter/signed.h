/* What a card signs when the command line asks without a session. Said once, so that the side that
 * signs and the keeper that verifies cannot differ. */
#ifndef YOUJU_COUNTER_SIGNED_H
#define YOUJU_COUNTER_SIGNED_H

#include "counter/message.h"

/* Every part with its length in front, so that no two messages have the same text: the kind of
 * message, its head members nonce, command or sheet, request, after and objects, then the fields in
 * the order they stand in the frame. Both cards of a frame sign the same text. Lives on the arena; it
 * may hold identity numbers. Of an important step it is also the text that is kept (decision 0090). */
struct str signed_text(struct arena *arena, const struct message *message);

#endif
