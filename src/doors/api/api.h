/* Every command as POST, every sheet as GET or POST, for programs: on the card listener, where the
 * client certificate signs in. Looped from the same tables as the pages. */
#ifndef YOUJU_DOORS_API_API_H
#define YOUJU_DOORS_API_API_H

#include "doors/http/exchange.h"

extern const struct routes api_routes;

/* {"error":…,"status":…} for a status that no handler wrote. */
void api_refuse(struct exchange *exchange, unsigned status);

/* Found at the door already: 422 with one problem, or 400 and the byte where the JSON ends to be any. */
void api_invalid(struct exchange *exchange, struct str field, const char *why);
void api_not_json(struct exchange *exchange, size_t byte);

/* openapi.c: OpenAPI 3.1 out of commands.def, sheets.def and words.def. Made once, for the process. */
struct str openapi_text(void);

/* reply.c: the outcome of a question as JSON. */
void api_reply(struct exchange *exchange, const struct message *reply);
/* What is to be signed, or what is wrong with the fields. */
void api_reply_step(struct exchange *exchange, const struct message *reply);

#endif
