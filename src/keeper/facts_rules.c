#include <stdio.h>

#include "keeper/facts_parts.h"
#include "law/answer.h"

enum { CACHE_BYTES_MAX = 64 * 1024 * 1024, OFFICES_MAX = 4096, BASES_MAX = 4096, DAYS_MAX = 40000,
       RULE_BYTES = 48 };

struct cached_basis {
	struct fact_basis basis;
	struct date valid_to;
};

/* Two arenas in turn, so that texts handed out outlive one refresh. */
struct facts_cache {
	struct arena arenas[2];
	size_t turn;
	bool filled;
	uint64_t rules_entry;
	struct date today;
	size_t office_count, basis_count, day_count;
	struct fact_office *offices;     /* by code */
	struct cached_basis *bases;      /* by code; of each code the newest that has begun */
	struct fact_calendar_day *days;  /* by day */
	struct parameters parameters;
	const struct answer_rules *answer_rules;
	char rule[RULE_BYTES];
};

struct facts_cache *facts_cache_open(void)
{
	struct facts_cache *cache = process_bytes(sizeof *cache);

	cache->arenas[0] = arena_open(CACHE_BYTES_MAX);
	cache->arenas[1] = arena_open(CACHE_BYTES_MAX);
	return cache;
}

void facts_cache_close(struct facts_cache **cache)
{
	if (!*cache)
		return;
	arena_close(&(*cache)->arenas[0]);
	arena_close(&(*cache)->arenas[1]);
	process_free(*cache);
	*cache = NULL;
}

static enum fail offices_read(struct store *tables, struct arena *arena, struct facts_cache *cache)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	cache->offices = arena_array(arena, struct fact_office, OFFICES_MAX);
	cache->office_count = 0;
	TRY(store_ask(tables, TABLES_fact_offices, NO_VALUES, &rows));
	while (rows_next(&rows)) {
		struct fact_office *office = &cache->offices[cache->office_count++];
		int kind;
		TRY(row_word(&rows, 3, &office_kind_words, &kind));
		*office = (struct fact_office){
			.exists = true, .office = rows_copy(&rows, 0, arena), .name = rows_copy(&rows, 1, arena),
			.name_en = rows_copy(&rows, 2, arena), .kind = (enum office_kind)kind,
			.parent = rows_copy(&rows, 4, arena), .address = rows_copy(&rows, 5, arena),
			.phone = rows_copy(&rows, 6, arena), .indigenous = rows_i64(&rows, 7), .ended = rows_i64(&rows, 8),
		};
	}
	return rows_fail(&rows);
}

static enum fail items_read(struct str items, uint32_t *out)
{
	struct str code;
	uint32_t bits = 0;
	int item;

	while (str_cut(&items, ',', &code)) {
		if (word_find(&item_words, code, &item) != OK)
			return FAIL_CORRUPT;
		bits |= 1u << item;
	}
	*out = bits;
	return OK;
}

static enum fail bases_read(struct store *tables, struct arena *arena, struct facts_cache *cache)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	cache->bases = arena_array(arena, struct cached_basis, BASES_MAX);
	cache->basis_count = 0;
	TRY(store_ask(tables, TABLES_fact_bases, VALUES(VALUE_INT("today", cache->today.day)), &rows));
	while (rows_next(&rows)) {
		struct cached_basis *next = &cache->bases[cache->basis_count];
		if (cache->basis_count && str_eq(next[-1].basis.basis, rows_text(&rows, 0)))
			continue;
		next->basis = (struct fact_basis){ .exists = true, .basis = rows_copy(&rows, 0, arena),
			                           .name = rows_copy(&rows, 5, arena),
			                           .substantive = rows_copy(&rows, 6, arena),
			                           .data_request = rows_copy(&rows, 7, arena),
			                           .day_test = rows_i64(&rows, 1),
			                           .municipality = rows_i64(&rows, 2) };
		TRY(items_read(rows_text(&rows, 3), &next->basis.items));
		next->valid_to = row_date(&rows, 4);
		cache->basis_count++;
	}
	return rows_fail(&rows);
}

/* A name that this program does not know stays out of it: an older log may hold one. */
static enum fail parameters_read(struct store *tables, struct arena *arena, struct facts_cache *cache)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	enum parameter parameter;

	cache->parameters = parameters_initial();
	TRY(store_ask(tables, TABLES_fact_parameters, VALUES(VALUE_INT("today", cache->today.day)), &rows));
	while (rows_next(&rows)) {
		uint64_t entry = (uint64_t)rows_i64(&rows, 0);
		if (!parameter_find(rows_text(&rows, 1), &parameter))
			continue;
		cache->parameters.value[parameter] = rows_copy(&rows, 2, arena);
		if (entry > cache->parameters.version)
			cache->parameters.version = entry;
	}
	cache->answer_rules = answer_rules_make(arena, &cache->parameters);
	snprintf(cache->rule, sizeof cache->rule, "residence/1+p%llu",
	         (unsigned long long)cache->parameters.version);
	return rows_fail(&rows);
}

static enum fail days_read(struct store *tables, struct arena *arena, struct facts_cache *cache)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	cache->days = arena_array(arena, struct fact_calendar_day, DAYS_MAX);
	cache->day_count = 0;
	TRY(store_ask(tables, TABLES_fact_calendar, NO_VALUES, &rows));
	while (rows_next(&rows)) {
		int kind;
		TRY(row_word(&rows, 1, &day_kind_words, &kind));
		cache->days[cache->day_count++] =
			(struct fact_calendar_day){ row_date(&rows, 0), (enum day_kind)kind };
	}
	return rows_fail(&rows);
}

enum fail rules_refresh(struct facts_context *context, struct date today, uint64_t rules_entry)
{
	struct facts_cache *cache = context->cache;
	struct store *tables = context->tables;

	if (cache->filled && cache->rules_entry == rules_entry && cache->today.day == today.day)
		return OK;
	cache->filled = false;
	cache->turn = 1 - cache->turn;
	struct arena *arena = &cache->arenas[cache->turn];
	arena_empty(arena);
	cache->today = today;
	TRY(offices_read(tables, arena, cache));
	TRY(bases_read(tables, arena, cache));
	TRY(parameters_read(tables, arena, cache));
	TRY(days_read(tables, arena, cache));
	cache->rules_entry = rules_entry;
	cache->filled = true;
	return OK;
}

struct fact_office rules_office(const struct facts_cache *cache, struct str office)
{
	size_t low = 0, high = cache->office_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_compare(cache->offices[middle].office, office);
		if (order == 0)
			return cache->offices[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	struct str none = STR("");
	return (struct fact_office){ .office = none, .name = none, .name_en = none, .parent = none,
		                     .address = none, .phone = none };
}

struct fact_basis rules_basis(const struct facts_cache *cache, struct str basis, struct date today)
{
	for (size_t i = 0; i < cache->basis_count; i++) {
		const struct cached_basis *at = &cache->bases[i];
		if (!str_eq(at->basis.basis, basis))
			continue;
		struct fact_basis found = at->basis;
		found.exists = date_is_none(at->valid_to) || at->valid_to.day >= today.day;
		return found;
	}
	return (struct fact_basis){ .basis = STR(""), .name = STR(""), .substantive = STR(""),
		                    .data_request = STR("") };
}

enum day_kind rules_day(const struct facts_cache *cache, struct date day)
{
	size_t low = 0, high = cache->day_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (cache->days[middle].day.day == day.day)
			return cache->days[middle].kind;
		if (cache->days[middle].day.day < day.day)
			low = middle + 1;
		else
			high = middle;
	}
	return day_kind_none;
}

bool rules_workday(const struct facts_cache *cache, struct date day)
{
	enum day_kind kind = rules_day(cache, day);

	return kind == DAY_WORKDAY || (kind == day_kind_none && date_weekday(day) < 5);
}

/* A calendar of holidays only would never end: after a year without workdays any day will do. */
struct date rules_workday_after(const struct facts_cache *cache, struct date day, int64_t count)
{
	for (int32_t idle = 0; count > 0 && idle < 366; idle++) {
		day = date_add(day, 1);
		if (rules_workday(cache, day)) {
			count--;
			idle = 0;
		}
	}
	return day;
}

void rules_put(const struct facts_cache *cache, struct facts *facts)
{
	facts->parameters = cache->parameters;
	facts->answer_rules = cache->answer_rules;
	facts->rule = str_from(cache->rule);
}
