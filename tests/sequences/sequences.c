/* Sequences of random commands through a whole keeper. No sequence reaches `granted` without each step by
 * the right and distinct person, none keeps a session alive after a block, none lets anybody decide on
 * himself, none answers without the second person that a rule demands (issue "Accounts", Must hold).
 * Decision 0130. shows: G3.3, G3.4a, G3.4b, G3.6, G3.7, G6, X5, X16, X18, X25
 *
 * usage: sequences COUNT [SEED [--brief]]   a failing sequence is shortened and told; --brief: only named */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "deeds.h"
#include "judge.h"

enum { LENGTH = 300, SHORTEN_RUNS = 400 };

static struct { size_t commands, granted, refused, kinds[EVENT_KIND_COUNT]; } counted;
static uint64_t base;          /* entries of the prepared office, which nobody judges */
static uint64_t seed_now;
static bool keep[LENGTH];      /* which deeds of the sequence are done */
static bool is_full, is_counting, is_telling;

/* --- the log as it comes --- */

static bool goes_before(const struct event *event)
{
	return event->kind == EVENT_signed_in || event->kind == EVENT_sign_in_refused || event->kind == EVENT_sign_in_locked ||
	       event->kind == EVENT_card_presented || event->kind == EVENT_clock_stepped ||
	       (event->kind == EVENT_signed_out && event->signed_out.cause != OUT_BLOCKED);
}

static void taken(const struct event *event, uint64_t entry)
{
	is_full |= !model_take(event, entry);
	if (is_counting && entry >= base)
		counted.kinds[event->kind]++;
}

/* What a command finds begins behind the sessions that were opened or had run out before it. */
static const char *watch(const struct event *events, const uint64_t *entries, size_t count)
{
	const char *found = NULL;
	size_t at = 0;

	for (; at < count && (entries[at] < base || goes_before(&events[at])); at++) {
		if (entries[at] >= base)
			found = found ? found : judge_entry(events, count, at);
		taken(&events[at], entries[at]);
	}
	for (size_t i = at; i < count; i++)
		found = found ? found : judge_entry(&events[at], count - at, i - at);
	for (size_t i = at; i < count; i++)
		taken(&events[i], entries[i]);
	if (is_telling)
		for (size_t i = 0; i < count; i++)
			if (entries[i] >= base)
				printf("#     %llu %.*s\n", (unsigned long long)entries[i], STR_FMT(event_spec(events[i].kind)->name));
	return found;
}

/* --- one sequence --- */

static void deed_tell(size_t step, const struct deed_done *done)
{
	static const char *const ways[] = { [WAY_SESSION] = "session", [WAY_PROGRAM] = "program", [WAY_CARD] = "card" };

	printf("# %zu %s", step, done->name);
	if (done->passed_ms)
		printf(": %lld minutes", (long long)(done->passed_ms / 60000));
	if (done->order.name)
		printf(": %s %s by %s", town_name(done->order.person), done->order.name, ways[done->order.way]);
	for (size_t i = 0; i < done->order.count; i++)
		printf(" %s=%s", done->order.fields[i].name, done->order.fields[i].text);
	printf(" -> %.*s %.*s\n", STR_FMT(done->told.outcome), STR_FMT(done->told.refusal));
}

/* What the answer says must fit the log as well. */
static const char *judge_told(const struct deed_done *done, bool was_ended)
{
	const struct m_query *query = model.queries.count ? &model.queries.at[model.queries.count - 1] : NULL;
	const struct m_authorization *given = query ? ROW_OF(model.authorizations, entry, query->authorization) : NULL;

	if (done->order.name && str_is(done->told.outcome, "failed") && strcmp(done->order.name, "ask") != 0)
		return "a command failed instead of being refused";
	if (!done->order.name || !done->told.granted)
		return NULL;
	if (was_ended && strcmp(done->order.name, "sign_out") != 0)
		return "a session was served after it had ended";
	for (size_t i = 0; i < done->order.count && strcmp(done->order.name, "ask") == 0; i++)
		if (strcmp(done->order.fields[i].name, "authorization") == 0 &&
		    (!given || strcmp(given->code, done->order.fields[i].text) != 0))
			return "a question was granted with a code that nobody was told for it";
	return NULL;
}

static const char *sequence_run(uint64_t seed)
{
	const char *found = NULL;
	struct deed_done done;

	seed_now = seed;
	model_clear();
	is_full = false;
	town_begin(watch);
	town_restart(); /* the watch reads the prepared office */
	for (size_t step = 0; step < LENGTH && !found && !is_full; step++) {
		if (!keep[step])
			continue;
		size_t sessions_before = model.sessions.count;
		bool over[MODEL_MAX];
		for (size_t i = 0; i < sessions_before; i++)
			over[i] = model.sessions.at[i].ended;
		deed_do(seed * 1000003 + step, &done);
		bool was_ended = false;
		for (size_t i = 0; i < sessions_before; i++)
			was_ended |= model.sessions.at[i].entry == done.told.session && done.told.session && over[i];
		found = town_wrong();
		if (!found)
			found = judge_told(&done, was_ended);
		if (!found)
			found = judge_state(town_now_ms());
		if (is_telling)
			deed_tell(step, &done);
		counted.commands += is_counting;
		counted.granted += is_counting && done.told.granted;
		counted.refused += is_counting && done.told.refusal.len > 0;
	}
	town_end();
	return found;
}

/* --- a shorter one that breaks the same --- */

static bool breaks_without(uint64_t seed, size_t from, size_t count, const char *same)
{
	bool before[LENGTH];
	bool any = false;

	memcpy(before, keep, sizeof before);
	for (size_t i = from; i < from + count && i < LENGTH; i++) {
		any |= keep[i];
		keep[i] = false;
	}
	const char *found = any ? sequence_run(seed) : NULL;
	if (found && strcmp(found, same) == 0)
		return true;
	memcpy(keep, before, sizeof before);
	return false;
}

static void shorten(uint64_t seed, const char *found)
{
	size_t runs = 0;

	for (size_t chunk = LENGTH / 2; chunk > 0; chunk /= 2)
		for (size_t from = 0; from < LENGTH && runs < SHORTEN_RUNS; from += chunk, runs++)
			breaks_without(seed, from, chunk, found);
}

static void all_kept(void)
{
	memset(keep, true, sizeof keep);
}

static void failure_tell(uint64_t seed, const char *found)
{
	printf("# seed %llu: %s\n# shortened:\n", (unsigned long long)seed, found);
	is_counting = false;
	shorten(seed, found);
	is_telling = true;
	sequence_run(seed);
	is_telling = false;
	all_kept();
}

/* A bug of the keeper stops the process: then at least the seed is known. */
static void stopped(int number)
{
	char text[64];
	int len = snprintf(text, sizeof text, "# stopped by signal %d in seed %llu\n", number, (unsigned long long)seed_now);

	if (len > 0 && write(STDOUT_FILENO, text, (size_t)len) < 0)
		_exit(3);
	signal(number, SIG_DFL);
	raise(number);
}

/* --- what the sequences reached --- */

/* A test that never comes to a grant, a block or a code tells nothing: each of these must happen. */
static const struct { enum event_kind kind; size_t least; } reached[] = {
	{ EVENT_application_step_taken, 40 }, { EVENT_grant_issued, 1 }, { EVENT_account_suspended, 5 },
	{ EVENT_card_lost_reported, 5 }, { EVENT_duty_change_recorded, 5 }, { EVENT_account_terminated, 3 },
	{ EVENT_account_reinstated, 3 }, { EVENT_card_bound, 2 }, { EVENT_card_unbound, 2 }, { EVENT_duty_appointed, 10 },
	{ EVENT_duty_ended, 10 }, { EVENT_duty_handed_over, 2 }, { EVENT_parameter_set, 3 },
	{ EVENT_authorization_granted, 3 }, { EVENT_query_answered, 20 }, { EVENT_query_accepted, 3 },
	{ EVENT_case_confirmed, 1 }, { EVENT_command_refused, 100 }, { EVENT_query_refused, 50 },
};

static bool reached_tell(size_t sequences)
{
	bool all = true;

	for (size_t i = 0; i < ARRAY_LEN(reached); i++) {
		size_t least = reached[i].least * sequences / 20;
		bool enough = counted.kinds[reached[i].kind] >= (least ? least : 1);
		all &= enough;
		if (!enough)
			printf("# too few: ");
		printf("# %.*s %zu\n", STR_FMT(event_spec(reached[i].kind)->name), counted.kinds[reached[i].kind]);
	}
	return all;
}

int main(int argc, char **argv)
{
	bool is_brief = argc > 3 && strcmp(argv[3], "--brief") == 0;
	size_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 10, broken = 0;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	signal(SIGABRT, stopped);
	printf("1..2\n");
	town_make();
	base = UINT64_MAX;
	town_begin(watch);
	town_restart();
	base = town_size();
	town_end();
	all_kept();
	for (uint64_t seed = first; seed < first + count; seed++) {
		is_counting = true;
		const char *found = sequence_run(seed);
		if (found) {
			broken++;
			if (is_brief) {
				printf("# seed %llu: %s\n", (unsigned long long)seed, found);
				break;
			}
			failure_tell(seed, found);
		}
	}
	town_remove();
	printf("# %zu sequences, %zu deeds: %zu granted, %zu refused\n", count, counted.commands, counted.granted, counted.refused);
	printf("%s 1 - G3.3 G3.4 G3.6 G3.7 G6 X16 X18 no sequence of commands breaks what must hold\n", broken ? "not ok" : "ok");
	bool all = count < 5 || reached_tell(count);
	printf("%s 2 - the sequences reach grants, blocks, endings and second persons\n", all ? "ok" : "not ok");
	return broken || !all;
}
