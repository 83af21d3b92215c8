#include "doors/http/talk.h"

#include "base/crypto.h"
#include "doors/http/exchange.h"

struct message *talk_ask(struct exchange *exchange, enum message_kind kind)
{
	struct talk *talk = &exchange->talk;
	const struct request *request = &exchange->request;
	struct question *question;

	assert(talk->count < QUESTIONS_MAX);
	question = &talk->at[talk->count++];
	*question = (struct question){ .asked = message_new(&exchange->arena, kind, 0) };
	talk->open++;
	/* Of a program the certificate of its connection speaks, every time; of a browser the cookie. */
	if (exchange->route->need == NEEDS_CERTIFICATE)
		message_put(&question->asked, "chain", request_chain(&exchange->arena, request));
	else if (request->token.len)
		message_put(&question->asked, "session", request->token);
	message_put(&question->asked, "channel",
	            exchange->route->need == NEEDS_CERTIFICATE ? STR("api") : STR("web"));
	message_put(&question->asked, "address", request->address);
	message_put(&question->asked, "lang", str_from(language_tag(request->language)));
	return &question->asked;
}

struct message *talk_ask_sheet(struct exchange *exchange, const char *sheet)
{
	struct message *message = talk_ask(exchange, MESSAGE_SHEET);

	message_put(message, "sheet", str_from(sheet));
	return message;
}

struct message *talk_ask_command(struct exchange *exchange, struct str command, struct str request)
{
	struct message *message = talk_ask(exchange, MESSAGE_COMMAND);

	message_put(message, "command", command);
	message_put(message, "request", request);
	return message;
}

bool talk_begun(const struct exchange *exchange)
{
	return exchange->talk.count > 0;
}

const struct message *talk_reply(const struct exchange *exchange, size_t question)
{
	assert(question < exchange->talk.count && exchange->talk.at[question].answered);
	return &exchange->talk.at[question].reply;
}

const struct sheet *talk_sheet(const struct exchange *exchange, size_t question, const char *name)
{
	static const struct sheet empty = { .name = STR_INIT("") };
	const struct sheet *sheet = message_sheet_named(talk_reply(exchange, question), name);

	return sheet ? sheet : &empty;
}

struct str request_number(struct arena *arena)
{
	uint8_t bytes[16];

	random_bytes(bytes, sizeof bytes);
	return base64url_text(arena, bytes, sizeof bytes);
}
