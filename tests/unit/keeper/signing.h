/* For tests of what cards sign: one office, and messages as the front sends them. */
#ifndef YOUJU_TESTS_SIGNING_H
#define YOUJU_TESTS_SIGNING_H

#include "outcome.h"


static struct office office;

static const struct message *front_say(const struct message *message)
{
	office.heard_count = 0;
	office_run(&office, PEER_FRONT, FROM_CLI, message);
	office_settle(&office);
	return office_reply(&office, message->id);
}

static struct str signature_of(const struct card *card, struct str text, struct str nonce)
{
	struct str der;

	must(cms_sign(&office.arena, card, text, nonce, office.now_ms, false, &der));
	return base64_text(&office.arena, der.at, der.len);
}

static struct str fresh_request(void)
{
	uint8_t random[16];

	random_bytes(random, sizeof random);
	return base64url_text(&office.arena, random, sizeof random);
}

#endif
