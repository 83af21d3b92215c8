/* A whole office in one process: a keeper over a copy of one prepared data directory, seventeen people
 * whose duties overlap, spare cards, and the log as an outsider reads it. Commands go in by the front
 * (a session in the browser, or a program's certificate) or signed by a card. */
#ifndef YOUJU_TESTS_SEQUENCES_TOWN_H
#define YOUJU_TESTS_SEQUENCES_TOWN_H

#include "counter/message.h"
#include "law/events.h"

/* Some of their identity numbers are those of parties in cases. The spare cards are of the same people;
 * the last one's holder is known to nobody. */
#define OFFICE_PEOPLE(PERSON)                    \
	PERSON(WANG, "A123456789", "王大同")     \
	PERSON(CHEN, "A200000003", "陳美玉")     \
	PERSON(DAI, "K120000104", "戴代")        \
	PERSON(SHEN, "K120000113", "沈審")       \
	PERSON(WU, "K120000122", "吳稽")         \
	PERSON(MEI, "K120000131", "林美")        \
	PERSON(FANG, "K120000140", "方文")       \
	PERSON(HU, "K120000159", "胡主恩")       \
	PERSON(ZHU, "K120000168", "朱管")        \
	PERSON(QIU, "K120000177", "邱首")        \
	PERSON(GUO, "K120000186", "郭專")        \
	PERSON(LIN, "K120000195", "林左")        \
	PERSON(SU, "K120000202", "蘇營")         \
	PERSON(FU, "K120000211", "傅複")         \
	PERSON(AI, "K120000220", "艾屬")         \
	PERSON(PAN, "K120000239", "潘屬")        \
	PERSON(GONE, "K120000248", "何離")       \
	PERSON(MEI_SPARE, "K120000131", "林美")  \
	PERSON(HU_SPARE, "K120000159", "胡主恩") \
	PERSON(GUO_SPARE, "K120000186", "郭專")  \
	PERSON(WANG_SPARE, "A123456789", "王大同") \
	PERSON(STRANGER, "K120000257", "何生")

enum { TOWN_PEOPLE = 17 }; /* whose cards are bound; the cards behind them are spare */

enum way { WAY_SESSION, WAY_PROGRAM, WAY_CARD, WAY_COUNT };

enum { FIELDS_MAX = 24, FIELD_BYTES = 160 };

/* What somebody asks. The agency certificate signs beside the card when seal is an office. */
struct order {
	int person;      /* who gives it; of sign_in the card */
	enum way way;
	bool is_sheet;
	const char *name;
	size_t count;
	struct { const char *name; char text[FIELD_BYTES]; } fields[FIELDS_MAX];
	const char *file; /* of an import; NULL */
	const char *seal; /* "bureau", "sanmin" or NULL */
};

/* What came back. Texts live until the next order. */
struct told {
	bool granted;      /* or waiting */
	struct str outcome, refusal, code;
	uint64_t session;  /* the session whose token was sent; 0 none */
};

/* Called for each stretch of entries that became durable together; NULL: fine, else what is wrong. */
typedef const char *town_watch(const struct event *events, const uint64_t *entries, size_t count);

void town_make(void);   /* once a process: the prepared office */
void town_remove(void);
void town_begin(town_watch *watch); /* a fresh copy, served */
void town_end(void);
void town_restart(void);
const char *town_wrong(void); /* the first thing that a watch found since town_begin; NULL none */

struct told town_order(const struct order *order);
bool town_has_session(int person);
void town_source_slow(bool slow); /* what is asked of the source waits there */
bool town_source_waits(void);
void town_source_answers(void);   /* to all that waits */
void town_pass(int64_t ms); /* time goes by; what is due is done */
int64_t town_now_ms(void);
struct date town_today(void);
uint64_t town_size(void);
struct str town_serial(int card);
const char *town_id_no(int card);
int town_card_of(struct str serial); /* -1: none */
const char *town_name(int card);

#endif
