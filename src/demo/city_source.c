/* What the simulated agency knows about the city's people. */
#include "demo/city_lib.h"
#include "law/idno.h"
#include "source/local.h"

enum { PEOPLE = CITY_STAFF + CITY_CASES * CASE_PARTIES_MAX, SOURCE_ARENA_BYTES = 256 << 20 };

static enum local_habit habit_of(const char *name)
{
	int habit = 0;

	while (habit < HABIT_COUNT && !str_is(str_from(name), local_habit_name((enum local_habit)habit)))
		habit++;
	assert(habit < HABIT_COUNT);
	return (enum local_habit)habit;
}

/* A resident's number of the old form, from before the person was registered. */
static struct str old_number(struct arena *arena, struct str number)
{
	char text[11] = "EC";

	for (int i = 2; i < 9; i++)
		text[i] = number.at[i];
	text[9] = idno_check_digit(text);
	return str_copy(arena, str_from(text));
}

/* Away for most of the year before the day of the city, and back: whatever the lot, not eligible. */
static void away_rows(struct arena *arena, struct lot *lot, struct date today, struct local_person *person)
{
	struct residence_row *rows = arena_array(arena, struct residence_row, 2);

	rows[0] = (struct residence_row){ .date = date_add(today, -lot_between(lot, 290, 340)), .direction = DIR_OUT };
	rows[1] = (struct residence_row){ .date = date_add(today, -lot_between(lot, 20, 60)), .direction = DIR_IN };
	person->rows = rows;
	person->row_count = 2;
}

static struct local_person known(struct arena *arena, struct str id_no, struct str name, struct date born,
                                 enum person_kind kind, enum local_habit habit)
{
	struct local_person person = { .name = name, .born = born, .kind = kind, .habit = habit, .number_count = 1 };

	person.numbers[0] = (struct source_number){ idno_read(id_no, DATE_NONE).kind, id_no };
	if (habit == HABIT_TWO_NUMBERS)
		person.numbers[person.number_count++] =
			(struct source_number){ NUMBER_RESIDENT_OLD, old_number(arena, id_no) };
	return person;
}

static size_t people_fill(struct arena *arena, const struct city *city, struct local_person *people)
{
	size_t count = 0;

	for (size_t i = 0; i < CITY_STAFF; i++) {
		struct lot lot = lot_of(city->seed, 4, i);
		people[count++] = known(arena, city->staff[i].id_no, city->staff[i].name,
		                        date_add(city->today, -lot_between(&lot, 25 * 365, 60 * 365)),
		                        PERSON_REGISTERED, HABIT_ANY);
	}
	for (size_t i = 0; i < CITY_CASES; i++)
		for (size_t k = 0; k < city->cases[i].party_count; k++) {
			const struct city_party *party = &city->cases[i].parties[k];
			struct lot lot = lot_of(city->seed, 6, i * CASE_PARTIES_MAX + k);
			people[count] = known(arena, party->id_no, party->name, party->born, party->kind,
			                      habit_of(party->habit));
			if (people[count].habit == HABIT_LONG_AWAY)
				away_rows(arena, &lot, city->today, &people[count]);
			count++;
		}
	return count;
}

enum fail city_source(const struct city *city, const char *path, int64_t deletion_ms)
{
	struct arena arena = arena_open(SOURCE_ARENA_BYTES);
	struct local_person *people = arena_array(&arena, struct local_person, PEOPLE);
	struct local_options options = { .seed = city->seed, .anchor = city->today, .deletion_ms = deletion_ms };
	enum fail fail = local_source_generate(path, &options, people, people_fill(&arena, city, people));

	arena_close(&arena);
	return fail;
}
