/* A stand-in for the local signing service of card readers: the pop-up flow on the loopback port that the real
 * ones use, signing with a card file of the test authority. For the demonstration and for tests of what goes
 * wrong; it imitates what vendors' samples show (DOMAIN 6), not a tested product. */
#ifndef YOUJU_DEMO_CARD_SERVICE_H
#define YOUJU_DEMO_CARD_SERVICE_H

#include "base/str.h"

enum { CARD_SERVICE_PORT = 61161 };

enum card_service_mode {
	SERVICE_GOOD,
	SERVICE_CANCEL,    /* the window closes without an answer, as when the person closes it */
	SERVICE_WRONG_PIN, /* whatever the PIN */
	SERVICE_NO_READER,
	SERVICE_NO_CARD,
	SERVICE_SLOW,      /* asks for the request after six seconds */
	SERVICE_GARBAGE,   /* answers something that is no JSON */
	SERVICE_FOREIGN,   /* its window answers from another address */
	SERVICE_MODE_COUNT
};

const char *card_service_mode_name(enum card_service_mode mode);
bool card_service_mode_find(struct str name, enum card_service_mode *out);

struct card_service {
	const char *card;     /* PEM or PKCS#12; opened for each signature with the PIN that came */
	const char *const *cards; /* several: the window asks which one is in the reader; card is the first */
	size_t card_count;    /* 0: card alone */
	const char *pin;      /* what the PIN must be; NULL: the file's own, any when it has none */
	uint16_t port;        /* of localhost; 0: any free one */
	enum card_service_mode mode;
	void (*listening)(uint16_t port); /* told once it listens; may be NULL */
};

/* Serves until the process ends. FAIL_BUSY: the port is taken; FAIL_IO. */
MUST_CHECK enum fail card_service_run(const struct card_service *service);

/* The answer to one request of a page, both JSON. */
struct str card_service_answer(struct arena *arena, const struct card_service *service, struct str request);

#endif
