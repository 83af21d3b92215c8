#include "travellers.h"

#include "source/local.h"

enum { SEED = 41 };

/* The parties of 113-0045, from 1 on. */
static const enum local_habit habits[] = {
	HABIT_FOUR_COUNTS, HABIT_TIMEOUT, HABIT_MAINTENANCE, HABIT_DENIED, HABIT_ERROR, HABIT_TRUNCATED,
	HABIT_MALFORMED, HABIT_UNKNOWN, HABIT_STALE, HABIT_NEVER, HABIT_CONFLICT, HABIT_DUAL_PASSPORT,
	HABIT_BLACK_SQUARE, HABIT_NEWBORN, HABIT_DUPLICATES, HABIT_SAME_DAY,
	HABIT_SLOW,
};

static const struct {
	const char *id_no, *name, *born;
	enum local_habit habit;
} by_hand[] = {
	{ "T160000005", "邱一", "1950-03-04", HABIT_RARE },
	{ "E161234567", "邱二", "1980-05-06", HABIT_GONE },
	{ "E270000017", "許童", "2015-07-08", HABIT_RARE },
	{ "E123456783", "左一", "1951-02-03", HABIT_FREQUENT },
};

static const char CASES[] =
	"case_no,office,legal_basis,opened_on,closed_on,party_no,id_no,name,birth_date,person_kind,relation\n"
	"113-0041,sanmin,B_LOW,2026-01-05,,1,T160000005,邱一,1950-03-04,registered_national,claimant\n"
	"113-0041,sanmin,B_LOW,2026-01-05,,2,E161234567,邱二,1980-05-06,registered_national,household_member\n"
	"113-0042,sanmin,L_CHILD,2026-01-05,,1,E270000017,許童,2015-07-08,registered_national,claimant\n"
	"113-0043,sanmin,B_LOW,2025-01-05,2025-12-31,1,A100000001,余舊,1949-01-02,registered_national,claimant\n"
	"113-0044,sanmin,B_LOW,2026-01-05,,1,E200000007,林美,1985-01-02,registered_national,claimant\n"
	"113-0051,zuoying,B_LOW,2026-01-05,,1,E123456783,左一,1951-02-03,registered_national,claimant\n";

static struct local_person traveller(struct arena *arena, size_t i, struct date anchor)
{
	struct local_person person = local_person_made(arena, SEED, 1000 + i);

	person.habit = habits[i];
	if (person.habit == HABIT_NEWBORN)
		person.born = date_add(anchor, -100);
	return person;
}

struct str travellers_cases(struct arena *arena)
{
	struct date anchor;
	bool exists = date_from_ymd((struct ymd){ 2026, 11, 24 }, &anchor);
	struct buf file = buf_on(arena);

	assert(exists);
	buf_add(&file, str_from(CASES));
	for (size_t i = 0; i < ARRAY_LEN(habits); i++) {
		struct local_person person = traveller(arena, i, anchor);
		buf_printf(&file, "113-0045,sanmin,B_LOW,2026-01-05,,%zu,%.*s,%.*s,%s,registered_national,%s\n", i + 1,
		           STR_FMT(person.numbers[0].number), STR_FMT(person.name), date_iso(person.born).text,
		           i ? "household_member" : "claimant");
	}
	return buf_str(&file);
}

enum fail travellers_source(struct arena *arena, const char *dir, struct date anchor)
{
	struct local_person people[ARRAY_LEN(habits) + ARRAY_LEN(by_hand)] = { 0 };
	const struct local_options options = { .seed = SEED, .anchor = anchor, .deletion_ms = INT64_MAX };
	size_t count = 0;

	for (; count < ARRAY_LEN(habits); count++)
		people[count] = traveller(arena, count, anchor);
	for (size_t i = 0; i < ARRAY_LEN(by_hand); i++, count++) {
		people[count] = (struct local_person){
			.numbers = { { NUMBER_NATIONAL, str_from(by_hand[i].id_no) } }, .number_count = 1,
			.name = str_from(by_hand[i].name), .kind = PERSON_REGISTERED, .habit = by_hand[i].habit,
		};
		TRY(date_parse_iso(str_from(by_hand[i].born), &people[count].born));
	}
	return local_source_generate(str_printf(arena, "%s/source.db", dir).at, &options, people, count);
}
