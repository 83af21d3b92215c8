#include "law/import_walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "law/details.h"

enum { KEYS_PER_ROW = 5, KEY_MAX = 256 };

struct seen_key {
	struct str key;
	uint64_t number;
};

struct list_rule {
	void (*check)(struct import_walk *walk, const struct fact_row *row);
	void (*change)(struct import_walk *walk, const struct fact_row *row);
	void (*close)(struct import_walk *walk, const struct fact_row *row); /* after all rows; or NULL */
};

static const struct list_rule lists[] = {
	[import_kind_none] = { NULL, NULL, NULL },
	[IMPORT_ORGANISATION] = { check_organisation, change_organisation, NULL },
	[IMPORT_STAFF] = { check_staff, change_staff, NULL },
	[IMPORT_CALENDAR] = { check_calendar, change_calendar, NULL },
	[IMPORT_CASES] = { check_cases, change_cases, change_cases_closing },
	[IMPORT_GRANTS] = { check_grants, change_grants, NULL },
	[IMPORT_LEAVE] = { check_leave, change_leave, NULL },
	[IMPORT_OVERTIME] = { check_overtime, change_overtime, NULL },
};
static_assert(ARRAY_LEN(lists) == import_kind_end, "every list has its rule");

static struct seen seen_new(struct arena *arena, size_t rows)
{
	struct seen seen = { .cap = 64 };

	while (seen.cap < rows * KEYS_PER_ROW * 2)
		seen.cap *= 2;
	seen.at = arena_array(arena, struct seen_key, seen.cap);
	return seen;
}

struct import_walk import_walk_begin(struct arena *arena, const struct facts *facts,
                                     enum import_kind kind, struct events *out)
{
	assert(kind > import_kind_none && kind < import_kind_end);
	return (struct import_walk){
		.arena = arena,
		.facts = facts,
		.kind = kind,
		.out = out,
		.import_entry = { facts->next_entry },
		.seen = seen_new(arena, facts->row_count),
		.problems = arena_array(arena, struct row_problem, IMPORT_PROBLEMS_MAX),
	};
}

/* FNV-1a: the table lives for one list, and who writes the list is the bureau's custodian. */
static uint64_t key_hash(struct str key)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (uint8_t)key.at[i]) * 1099511628211u;
	return hash;
}

uint64_t *seen_number(struct import_walk *walk, const char *format, ...)
{
	char text[KEY_MAX];
	va_list values;

	va_start(values, format);
	int len = vsnprintf(text, sizeof text, format, values);
	va_end(values);
	assert(len > 0 && (size_t)len < sizeof text);
	struct str key = str_bytes(text, (size_t)len);
	size_t slot = key_hash(key) & (walk->seen.cap - 1);
	while (walk->seen.at[slot].key.len && !str_eq(walk->seen.at[slot].key, key))
		slot = (slot + 1) & (walk->seen.cap - 1);
	if (!walk->seen.at[slot].key.len)
		walk->seen.at[slot].key = str_copy(walk->arena, key);
	return &walk->seen.at[slot].number;
}

void row_problem_add(struct import_walk *walk, const struct fact_row *row, struct str field, const char *why)
{
	if (walk->problem_count < IMPORT_PROBLEMS_MAX)
		walk->problems[walk->problem_count++] = (struct row_problem){ row->row.line, field, why };
}

static void change_note(struct import_walk *walk, struct row_change change)
{
	if (walk->change_count == walk->change_cap) {
		size_t cap = walk->change_cap ? walk->change_cap * 2 : 64;
		struct row_change *changes = arena_array(walk->arena, struct row_change, cap);
		if (walk->change_count)
			memcpy(changes, walk->changes, walk->change_count * sizeof *changes);
		walk->changes = changes;
		walk->change_cap = cap;
	}
	walk->changes[walk->change_count++] = change;
}

struct event *row_change_add(struct import_walk *walk, const struct fact_row *row, enum event_kind kind,
                             struct str about)
{
	if (walk->out)
		return events_add(walk->out, kind);
	change_note(walk, (struct row_change){ row->row.line, event_spec(kind)->name, about });
	walk->scratch = event_new(kind);
	return &walk->scratch;
}

struct person_id row_person(const struct fact_row *row)
{
	return row->subject.person.n ? row->subject.person : row->subject.fresh;
}

void import_check(struct import_walk *walk)
{
	for (size_t i = 0; i < walk->facts->row_count; i++)
		lists[walk->kind].check(walk, &walk->facts->rows[i]);
}

void import_change(struct import_walk *walk)
{
	const struct list_rule *list = &lists[walk->kind];

	for (size_t i = 0; i < walk->facts->row_count; i++)
		list->change(walk, &walk->facts->rows[i]);
	for (size_t i = 0; list->close && i < walk->facts->row_count; i++)
		list->close(walk, &walk->facts->rows[i]);
}
