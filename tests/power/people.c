#include "people.h"

#include <stdio.h>
#include <string.h>

#include "disk.h"
#include "law/idno.h"
#include "life.h"
#include "watch.h"

enum { TOLD_MAX = 1024, GROUP = 3, AGAIN = 4, FIELDS_MAX = 20, TEXT_BYTES = 64, OUTCOME_BYTES = 16,
       RULE_BYTES = 48, REQUEST_BYTES = 23, MEI = 2 };

/* What can be ordered. "#" in a text is the order's number, "@" an identity number made of it. */
enum deed_kind { ASK, ASK_OLD, ASK_WIDE, ASK_STRANGER, ASK_NUMBER, ASK_PERSON, PASTE, OPEN_CASE, ADD_PARTY, SIGN_OUT,
	         DEED_COUNT };

#define ASKED(case_no, subject, range) "case_no", case_no, "subject", subject, "legal_basis", "B_LOW", "purpose", \
	"yearly_recheck", "item", "item_1", "range", range, "anchor_date", "2026-11-24"

static const struct deed {
	const char *command;
	unsigned weight;
	enum deed_kind after; /* needs a granted or waiting order of that kind, whose number it takes; 0: none */
	bool is_question, same_answer;
	const char *fields[FIELDS_MAX];
} deeds[DEED_COUNT] = {
	[ASK] = { "ask", 8, 0, true, true, { ASKED("113-0041", "1", "residence") } },
	[ASK_OLD] = { "ask", 4, 0, true, true, { ASKED("113-0042", "1", "residence") } },
	/* Its rows are shown once and live in memory only: a repetition tells less. */
	[ASK_WIDE] = { "ask", 2, 0, true, false, { ASKED("113-0041", "1", "history"), "reason_code", "other",
		                                   "reason", "申請人對天數有異議" } },
	[ASK_STRANGER] = { "ask", 3, 0, false, false, { ASKED("113-0041", "9", "residence") } },
	[ASK_NUMBER] = { "ask", 2, 0, false, false, { ASKED("113-0041", "@", "residence") } },
	[ASK_PERSON] = { "ask", 3, 0, true, true, { ASKED("113-0041", "1", "residence"), "waits_for", "person" } },
	[PASTE] = { "paste_answer", 2, ASK_PERSON, true, true, { "asked", "#", "result", "not_found" } },
	[OPEN_CASE] = { "open_case", 2, 0, false, false, { "case_no", "114-#", "legal_basis", "B_LOW", "intake_no", "I-#",
		                                           "received_on", "2026-12-31" } },
	[ADD_PARTY] = { "add_party", 2, OPEN_CASE, false, false, { "case_no", "114-#", "id_no", "@", "name", "李增加",
		        "birth_date", "1980-01-02", "person_kind", "registered_national", "relation", "claimant",
		        "intake_no", "I-#", "received_on", "2026-12-31" } },
	[SIGN_OUT] = { "sign_out", 1, 0, false, false, { NULL } },
};

/* An order and, once it was answered, its outcome. */
struct told {
	enum deed_kind deed;
	uint64_t number, message; /* the id of the message that asked last */
	char request[REQUEST_BYTES];
	bool answered, pasted;
	char outcome[OUTCOME_BYTES], rule[RULE_BYTES];
	uint64_t entry, asked;
	struct hash answer;
};

static struct { size_t count; struct told at[TOLD_MAX]; } told;
static struct people_count counted;

void people_begin(void)
{
	told.count = 0;
}

struct people_count people_count(void)
{
	return counted;
}

/* --- asking --- */

static void number_text(char *out, uint64_t n)
{
	snprintf(out, TEXT_BYTES, "B1%07llu", (unsigned long long)(n % 10000000));
	out[9] = idno_check_digit(out);
	out[10] = 0;
}

static const char *text_of(const char *text, uint64_t n)
{
	char *out = arena_bytes(&life.arena, 2 * TEXT_BYTES);
	const char *mark = strchr(text, '#');

	if (strcmp(text, "@") == 0)
		number_text(out, n);
	else if (mark)
		snprintf(out, 2 * TEXT_BYTES, "%.*s%llu%s", (int)(mark - text), text, (unsigned long long)n, mark + 1);
	else
		return text;
	return out;
}

/* False: the keeper stopped. */
static bool order_give(struct told *order)
{
	const struct deed *deed = &deeds[order->deed];
	const char *fields[FIELDS_MAX + 1] = { NULL };

	for (size_t i = 0; i < FIELDS_MAX && deed->fields[i]; i++)
		fields[i] = text_of(deed->fields[i], order->number);
	const struct order given = { MEI, deed->command, order->request, fields };
	return life_order(&given, &order->message);
}

static bool number_of(enum deed_kind after, uint64_t *out)
{
	for (size_t tries = 0; tries < 16 && told.count; tries++) {
		struct told *before = &told.at[disk_dice(told.count)];
		if (before->deed != after || !before->answered || before->pasted)
			continue;
		before->pasted = after == ASK_PERSON;
		*out = after == ASK_PERSON ? before->asked : before->number;
		return true;
	}
	return false;
}

static enum deed_kind deed_draw(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < DEED_COUNT; i++)
		sum += deeds[i].weight;
	uint64_t dice = disk_dice(sum);
	for (size_t i = 0; i < DEED_COUNT; i++) {
		if (dice < deeds[i].weight)
			return (enum deed_kind)i;
		dice -= deeds[i].weight;
	}
	return ASK;
}

static bool order_new(void)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct told *order = &told.at[told.count];
	enum deed_kind deed = deed_draw();

	assert(told.count < TOLD_MAX);
	*order = (struct told){ .deed = deed, .number = disk_dice(1000000) };
	if (deeds[deed].after && !number_of(deeds[deed].after, &order->number))
		order->deed = ASK;
	for (size_t i = 0; i < REQUEST_BYTES - 2; i++)
		order->request[i] = digits[disk_dice(64)];
	order->request[REQUEST_BYTES - 2] = "AQgw"[disk_dice(4)]; /* 16 bytes leave two bits */
	told.count++;
	return order_give(order);
}

void people_ask(void)
{
	bool goes = true;

	for (uint64_t i = 1 + disk_dice(GROUP); i > 0 && goes; i--)
		goes = order_new();
	if (goes)
		life_settle();
}

static bool again(struct told *order)
{
	counted.again++;
	return order_give(order) && life_settle();
}

void people_ask_again(void)
{
	for (size_t i = 0; i < told.count && life.keeper; i++) {
		if (told.at[i].answered)
			continue;
		if (again(&told.at[i]) && !told.at[i].answered)
			life_lost("a request has no answer");
	}
	for (size_t i = 0; i < AGAIN && told.count && life.keeper; i++)
		again(&told.at[disk_dice(told.count)]);
}

/* --- being told --- */

static bool is(const struct message *answer, const char *outcome)
{
	return str_is(message_get(answer, "outcome"), outcome);
}

/* Every word of an answer stands in the log before it leaves. */
static void entries_agree(const struct told *order, const struct message *answer)
{
	enum event_kind entry = watch_kind(message_get_u64(answer, "entry"));
	uint64_t asked = message_get_u64(answer, "asked_entry");
	bool is_end = entry == EVENT_query_answered || entry == EVENT_query_withheld || entry == EVENT_query_failed;

	if (is(answer, "waiting") ? watch_kind(asked) == EVENT_NONE : entry == EVENT_NONE)
		life_lost("an answer without its entry");
	else if (asked && (watch_kind(asked) != EVENT_query_asked ||
	                   (!is(answer, "waiting") && (!is_end || watch_asked(message_get_u64(answer, "entry")) != asked))))
		life_lost("an answer without its question");
	else if (asked && order->deed != PASTE && !watch_request_is(asked, order->request))
		life_lost("an answer to somebody else's request");
	else if (is(answer, "refused") && !asked && !watch_request_is(message_get_u64(answer, "entry"), order->request))
		life_lost("a refusal without its entry");
}

/* A question that waits for a person ends later; everything else stays as it was told first. */
static void outcome_agrees(const struct told *order, const struct message *answer)
{
	const struct deed *deed = &deeds[order->deed];
	struct hash answered = hash_bytes(message_get(answer, "answer"));

	if (strcmp(order->outcome, "waiting") == 0 && order->asked == message_get_u64(answer, "asked_entry"))
		return;
	if (!is(answer, order->outcome) || !str_is(message_get(answer, "refusal"), order->rule))
		life_lost("the same request has another outcome");
	else if (deed->is_question && message_get_u64(answer, "entry") != order->entry)
		life_lost("the same request has another entry");
	else if (deed->same_answer && !hash_eq(&answered, &order->answer))
		life_lost("the same request has another answer");
}

static void order_tell(const struct told *order)
{
	printf("# order %d (%s, number %llu): %s %s, entry %llu, asked %llu\n", (int)order->deed, deeds[order->deed].command,
	       (unsigned long long)order->number, order->outcome, order->rule, (unsigned long long)order->entry,
	       (unsigned long long)order->asked);
}

static void outcome_keep(struct told *order, const struct message *answer)
{
	order->answered = true;
	snprintf(order->outcome, sizeof order->outcome, "%.*s", STR_FMT(message_get(answer, "outcome")));
	snprintf(order->rule, sizeof order->rule, "%.*s", STR_FMT(message_get(answer, "refusal")));
	order->entry = message_get_u64(answer, "entry");
	order->asked = message_get_u64(answer, "asked_entry");
	order->answer = hash_bytes(message_get(answer, "answer"));
	counted.granted += is(answer, "granted");
	counted.refused += is(answer, "refused");
	counted.waiting += is(answer, "waiting");
	counted.failed += is(answer, "failed");
}

void people_hear(const struct message *answer)
{
	struct told *order = NULL;

	for (size_t i = told.count; i > 0 && !order; i--)
		if (told.at[i - 1].message == answer->id)
			order = &told.at[i - 1];
	assert(order);
	if (is(answer, "invalid"))
		life_lost("a lawful order is called invalid");
	/* "failed" without a question says that nothing happened: it may be asked again. */
	if (is(answer, "invalid") || (is(answer, "failed") && message_get_u64(answer, "asked_entry") == 0))
		return;
	bool kept = life.lost == NULL;
	entries_agree(order, answer);
	if (order->answered)
		outcome_agrees(order, answer);
	else
		outcome_keep(order, answer);
	if (kept && life.lost)
		order_tell(order);
}
