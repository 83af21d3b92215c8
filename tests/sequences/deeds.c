#include "deeds_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPARE_CARDS = 5, MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

static uint64_t dice;
struct order order;

size_t roll(size_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)((dice >> 11) % sides);
}

bool chance(size_t percent)
{
	return roll(100) < percent;
}

static void dice_seed(uint64_t seed)
{
	dice = seed * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;
	for (int i = 0; i < 4; i++)
		roll(2);
}

/* --- who --- */

int today(void)
{
	return town_today().day;
}

/* While the source thinks, whatever happens happens to the person who waits. */
uint64_t someone(void)
{
	if (town_source_waits() && model.queries.count && chance(60))
		return model.queries.at[model.queries.count - 1].asker;
	if (model.authorizations.count && chance(25)) { /* or to the two who share the newest code */
		const struct m_authorization *given = &model.authorizations.at[model.authorizations.count - 1];
		return given->granted_by && chance(50) ? given->granted_by : given->asker;
	}
	return model_person((int)roll(TOWN_PEOPLE));
}

int actor(uint32_t duties, enum office office, bool bureau_too, uint64_t tempted)
{
	int fit[TOWN_PEOPLE];
	size_t count = 0, dip = roll(100);

	if (dip < 22 && tempted && model_card_of(tempted) >= 0)
		return model_card_of(tempted);
	for (int card = 0; card < TOWN_PEOPLE; card++) {
		uint64_t person = model_person(card);
		if (holds(person, duties, office, today()) || (bureau_too && holds(person, LEADERS, BUREAU, today())))
			fit[count++] = card;
	}
	if (dip < 88 && count)
		return fit[roll(count)];
	const struct m_block *block = chance(50) ? PICK_ROW(model.blocks) : NULL; /* whoever is or was blocked */
	int blocked = block ? model_card_of(block->person) : -1;
	return blocked >= 0 ? blocked : (int)roll(TOWN_PEOPLE);
}

static bool is_signed(const char *name)
{
	enum command_kind kind = command_find(str_from(name));

	return kind != COMMAND_NONE && command_spec(kind)->is_signed;
}

void ask(const char *name, int person)
{
	size_t dip = roll(100);

	order = (struct order){ .name = name, .person = person };
	order.way = dip < 72 ? WAY_SESSION : dip < 86 || is_signed(name) ? WAY_CARD : WAY_PROGRAM;
	if (dip == 99)
		order.way = WAY_PROGRAM;
}

void field(const char *name, const char *format, ...)
{
	va_list args;

	assert(order.count < FIELDS_MAX);
	order.fields[order.count].name = name;
	va_start(args, format);
	vsnprintf(order.fields[order.count].text, FIELD_BYTES, format, args);
	va_end(args);
	order.count++;
}

void number(const char *name, uint64_t n)
{
	field(name, "%llu", (unsigned long long)(n ? n : roll(40)));
}

void person_field(const char *name, uint64_t person)
{
	field(name, "%016llx", (unsigned long long)person);
}

void day(const char *name, int days)
{
	field(name, "%s", date_iso(date_add(town_today(), days)).text);
}

const char *word(const char *const *words, size_t count)
{
	return words[roll(count)];
}
enum office some_office(void)
{
	return (enum office)(1 + roll(OFFICE_COUNT - 1));
}

size_t row_pick(size_t count)
{
	size_t newest = count < 6 ? count : 6;

	return chance(75) ? count - 1 - roll(newest) : roll(count);
}
/* --- sessions --- */

static void sign_in_as(int card)
{
	order = (struct order){ .name = "sign_in", .person = card, .way = WAY_SESSION };
}

static void deed_sign_in(void)
{
	sign_in_as(chance(20) ? TOWN_PEOPLE + (int)roll(SPARE_CARDS) : (int)roll(TOWN_PEOPLE));
}

static void deed_sign_out(void)
{
	int waits = town_source_waits() && model.queries.count && chance(70)
		? model_card_of(model.queries.at[model.queries.count - 1].asker) : -1;

	ask("sign_out", waits >= 0 ? waits : (int)roll(TOWN_PEOPLE));
}

static void deed_read(void)
{
	static const char *const sheets[] = { "my_tasks", "my_cases", "my_queries", "people", "accounts", "account_blocks",
		                              "open_authorizations", "office_applications", "proposals", "card_requests" };

	if (chance(30)) {
		ask("read_log", actor(DUTY_BIT(DUTY_AUDITOR), BUREAU, false, 0));
		field("first", "1");
		field("count", "5");
		return;
	}
	ask(sheets[roll(ARRAY_LEN(sheets))], (int)roll(TOWN_PEOPLE));
	order.is_sheet = true;
}

/* --- the town --- */

static void deed_source(void)
{
}

static int64_t minutes_to_midnight(void)
{
	return (date_local_start_ms(date_add(town_today(), 1)) - town_now_ms()) / MINUTE_MS;
}

/* Some work late: what begins with a day finds them in the middle of a session. */
static int64_t some_time(void)
{
	size_t dip = roll(100);

	if (minutes_to_midnight() < 8)
		return 8 * (int64_t)MINUTE_MS;
	if (dip >= 60 && dip < 72)
		return (minutes_to_midnight() - 7) * (int64_t)MINUTE_MS;

	if (dip < 60)
		return (int64_t)(1 + roll(4)) * MINUTE_MS;
	if (dip < 86)
		return (int64_t)(1 + roll(9)) * HOUR_MS;
	if (dip < 96)
		return (int64_t)(1 + roll(3)) * DAY_MS;
	return dip < 99 ? 32 * (int64_t)DAY_MS : -2 * (int64_t)HOUR_MS;
}

static const struct { const char *name; void (*draw)(void); unsigned weight; } deeds[] = {
	{ "time passes", NULL, 26 }, { "restart", NULL, 1 }, { "source", deed_source, 12 },
	{ "sign_in", deed_sign_in, 9 }, { "sign_out", deed_sign_out, 6 }, { "read", deed_read, 6 },
	{ "draft", deed_draft, 7 }, { "step", deed_step, 90 }, { "no", deed_say_no, 6 }, { "scan", deed_scan, 2 },
	{ "appoint", deed_appoint, 10 }, { "end_duty", deed_end_duty, 8 }, { "hand_over", deed_hand_over, 4 },
	{ "import", deed_import, 4 }, { "duty_change", deed_duty_change, 8 }, { "card_lost", deed_card_lost, 2 },
	{ "suspend", deed_suspend, 6 }, { "terminate", deed_terminate, 5 }, { "notify", deed_notify, 4 },
	{ "confirm_nia", deed_confirm_nia, 4 }, { "refer", deed_refer, 2 }, { "propose_back", deed_propose_reinstatement, 12 },
	{ "approve_back", deed_approve_reinstatement, 14 }, { "confirm_card", deed_confirm_card, 7 },
	{ "unbind", deed_unbind, 1 }, { "propose", deed_propose, 6 }, { "decide_proposal", deed_decide_proposal, 9 },
	{ "edition", deed_file_edition, 1 }, { "accept_clock", deed_accept_clock, 2 }, { "open_case", deed_open_case, 3 },
	{ "add_party", deed_add_party, 4 }, { "case_step", deed_case_step, 7 }, { "ask", deed_ask, 36 },
	{ "request_code", deed_request, 16 }, { "grant_code", deed_grant_code, 22 }, { "accept", deed_accept, 14 },
	{ "of_asker", deed_of_asker, 8 },
};

static size_t deed_draw(void)
{
	size_t sum = 0;

	for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
		sum += deeds[i].weight;
	size_t dip = roll(sum), at = 0;
	while (dip >= deeds[at].weight)
		dip -= deeds[at++].weight;
	return at;
}

/* The code was told to whoever granted it, once; he tells it on. */
static void code_keep(const struct told *told)
{
	for (size_t i = 0; i < order.count && told->code.len; i++) {
		struct m_authorization *given = strcmp(order.fields[i].name, "authorization") != 0 ? NULL
			: ROW_OF(model.authorizations, entry, strtoull(order.fields[i].text, NULL, 10));
		if (given)
			snprintf(given->code, sizeof given->code, "%.*s", STR_FMT(told->code));
	}
}

void deed_do(uint64_t seed, struct deed_done *out)
{
	dice_seed(seed);
	size_t at = deed_draw();

	*out = (struct deed_done){ .name = deeds[at].name };
	if (!deeds[at].draw && at == 0) {
		out->passed_ms = some_time();
		town_pass(out->passed_ms);
		return;
	}
	if (!deeds[at].draw) {
		town_restart();
		return;
	}
	if (deeds[at].draw == deed_source) {
		town_source_answers();
		return;
	}
	deeds[at].draw();
	if (order.way == WAY_SESSION && !town_has_session(order.person) && strcmp(order.name, "sign_in") != 0) {
		struct order wanted = order;
		sign_in_as(wanted.person);
		town_order(&order);
		order = wanted;
		if (!town_has_session(order.person))
			order.way = WAY_CARD;
	}
	town_source_slow(strcmp(order.name, "ask") == 0 && chance(35));
	out->told = town_order(&order);
	town_source_slow(false);
	if (str_is(out->told.refusal, "session_ended") && order.way == WAY_SESSION) { /* signs in and says it again */
		struct order wanted = order;
		sign_in_as(wanted.person);
		town_order(&order);
		order = wanted;
		order.way = town_has_session(order.person) ? WAY_SESSION : WAY_CARD;
		out->told = town_order(&order);
	}
	out->order = order;
	if (strcmp(order.name, "grant_authorization") == 0)
		code_keep(&out->told);
}
