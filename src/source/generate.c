/* Fills the simulated agency's file. */
#include <string.h>

#include "base/file.h"
#include "source/local_parts.h"
#include "store/sql_source.h"

enum { PEOPLE_A_COMMIT = 2000, PERSON_ARENA_BYTES = 8 << 20 };

struct generator {
	struct store *store;
	const struct local_options *options;
	struct arena arena; /* of one person */
	int64_t persons;
	struct travels travels;
};

/* "■" in place of the last character, as older systems print what they cannot. */
static struct str name_damaged(struct arena *arena, struct str name)
{
	size_t at = name.len;

	while (at > 0 && ((unsigned char)name.at[--at] & 0xc0) == 0x80)
		;
	return str_printf(arena, "%.*s■", (int)at, name.at);
}

static enum fail record_add(struct generator *generator, enum item item, struct date day, size_t seq,
                            const struct travel *travel, struct str cells)
{
	int64_t deleted_ms = travel && travel->is_deleted ? generator->options->deletion_ms : INT64_MAX;

	return store_run(generator->store, SOURCE_agency_record_add,
	                 VALUES(VALUE_INT("person", generator->persons), VALUE_INT("item", item),
	                        VALUE_INT("day", day.day), VALUE_INT("seq", (int64_t)seq),
	                        VALUE_INT("place", travel ? travel->place : 0),
	                        VALUE_INT("deleted_ms", deleted_ms), VALUE_TEXT("cells", cells)));
}

static enum fail numbers_add(struct generator *generator, const struct local_person *person)
{
	for (size_t i = 0; i < person->number_count; i++)
		TRY(store_run(generator->store, SOURCE_agency_number_add,
		              VALUES(VALUE_TEXT("number", person->numbers[i].number),
		                     VALUE_INT("person", generator->persons), VALUE_INT("place", (int64_t)i))));
	return OK;
}

static enum fail crossings_add(struct generator *generator, struct die *die,
                               const struct local_person *person, struct str name)
{
	for (size_t i = 0; i < generator->travels.count; i++) {
		struct travel *travel = &generator->travels.at[i];
		bool is_foreign_passport = travel->is_foreign_document;
		if (travel->place >= (int)person->number_count && !is_foreign_passport)
			travel->place = 0;
		struct str cells = crossing_cells(&generator->arena, die, person, travel, i + 1, name);
		TRY(record_add(generator, ITEM_1, travel->date, i + 1, travel, cells));
	}
	return OK;
}

static enum fail other_items_add(struct generator *generator, struct die *die,
                                 const struct local_person *person)
{
	for (int item = ITEM_3; item <= ITEM_7; item++) {
		struct date day;
		struct str cells = record_cells(&generator->arena, die, person, (enum item)item,
		                                generator->options->anchor, &day);
		if (cells.len)
			TRY(record_add(generator, (enum item)item, day, 1, NULL, cells));
	}
	return OK;
}

static void travels_make(struct generator *generator, struct die *die,
                         const struct local_person *person, const struct habit *habit)
{
	struct travels *travels = &generator->travels;

	travels->count = 0;
	if (!person->rows) {
		habit->travel(die, generator->options->anchor, travels);
		return;
	}
	assert(person->row_count <= TRAVELS_MAX);
	for (size_t i = 0; i < person->row_count; i++)
		travels->at[travels->count++] = (struct travel){ .date = person->rows[i].date,
			                                             .direction = person->rows[i].direction };
}

static enum fail person_add(struct generator *generator, const struct local_person *person)
{
	struct die die = die_of(generator->options->seed, (uint64_t)++generator->persons);
	enum local_habit drawn = habit_drawn(&die);
	const struct habit *habit = &habits[person->habit == HABIT_ANY ? drawn : person->habit];
	struct str name = person->name;

	if (habit->is_unknown)
		return OK;
	if (habit->has_black_square)
		name = name_damaged(&generator->arena, name);
	travels_make(generator, &die, person, habit);
	struct store_value born = VALUE_INT("born", person->born.day);
	if (date_is_none(person->born))
		born = VALUE_NULL("born");
	TRY(store_run(generator->store, SOURCE_agency_person_add,
	              VALUES(VALUE_INT("person", generator->persons), VALUE_TEXT("name", name), born,
	                     VALUE_INT("second_document", habit->second_document),
	                     VALUE_INT("fault", habit->fault), VALUE_INT("lag_days", habit->lag_days))));
	TRY(numbers_add(generator, person));
	TRY(crossings_add(generator, &die, person, name));
	TRY(other_items_add(generator, &die, person));
	return OK;
}

static enum fail person_add_alone(struct generator *generator, const struct local_person *person)
{
	if (!store_is_open(generator->store))
		TRY(store_begin(generator->store));
	TRY(person_add(generator, person));
	arena_empty(&generator->arena);
	return generator->persons % PEOPLE_A_COMMIT ? OK : store_commit(generator->store);
}

static enum fail number_taken(struct generator *generator, struct str number, bool *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(generator->store, SOURCE_agency_person, VALUES(VALUE_TEXT("number", number)), &rows));
	*out = rows_next(&rows);
	return rows_fail(&rows);
}

/* A made-up number that one of the given people has stays theirs: nobody is made up for it. */
static enum fail made_add(struct generator *generator, uint64_t n, bool beside_others)
{
	struct local_person made = local_person_made(&generator->arena, generator->options->seed, n);
	bool taken = false;

	if (beside_others)
		TRY(number_taken(generator, made.numbers[0].number, &taken));
	return taken ? OK : person_add_alone(generator, &made);
}

static enum fail people_add(struct generator *generator, const struct local_person *people,
                            size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(person_add_alone(generator, &people[i]));
	for (size_t i = 0; i < generator->options->made_count; i++)
		TRY(made_add(generator, i, count > 0));
	return store_is_open(generator->store) ? store_commit(generator->store) : OK;
}

/* A reader in a folder that it may not write needs a file without a write-ahead log. */
static enum fail file_settle(struct store *store)
{
	AUTO(rows_end) struct rows_found found = ROWS_NONE;

	TRY(store_ask(store, SOURCE_agency_settle, NO_VALUES, &found));
	while (rows_next(&found))
		;
	return rows_fail(&found);
}

enum fail local_source_generate(const char *path, const struct local_options *options,
                                const struct local_person *people, size_t count)
{
	struct generator *generator = process_bytes(sizeof *generator);

	generator->options = options;
	generator->arena = arena_open(PERSON_ARENA_BYTES);
	enum fail fail = file_exists(path) ? file_remove(path) : OK;
	if (fail == OK)
		fail = store_open(path, STORE_WRITE_NORMAL, &sql_source, &generator->store);
	if (fail == OK)
		fail = people_add(generator, people, count);
	if (fail == OK)
		fail = file_settle(generator->store);
	store_close(&generator->store);
	arena_close(&generator->arena);
	process_free(generator);
	return fail;
}
