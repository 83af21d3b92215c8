/* The simulated agency's answering side. */
#include "source/local.h"

#include <string.h>

#include "store/sql_source.h"

enum { CELL_SEPARATOR = '\x1f', BEFORE_ROWS_MAX = 50, SLOW_MS = 1500 };

struct local_source {
	struct store *store;
	uint64_t asked_count;
};

/* The person as the agency knows her, and under which numbers she was asked for. */
struct held {
	int64_t person;
	struct str name;
	struct date born;
	bool second_document, is_mixed;
	enum local_fault fault;
	int32_t lag_days;
	int64_t number_count;
	uint32_t places; /* bit n: asked for under her n-th number */
	size_t asked_count;
};

/* What one statement may add rows to. */
struct gathering {
	struct arena *arena;
	const struct source_plan *plan;
	const struct item_columns *item;
	const struct held *held;
	struct str *cells;
	size_t count, cap;
	bool has_more;
};

enum fail local_source_open(const char *path, struct local_source **out)
{
	struct local_source *source = process_bytes(sizeof *source);
	enum fail fail = store_open(path, STORE_READ, &sql_source, &source->store);

	if (fail != OK) {
		process_free(source);
		return fail;
	}
	*out = source;
	return OK;
}

void local_source_close(struct local_source **source)
{
	if (!*source)
		return;
	store_close(&(*source)->store);
	process_free(*source);
	*source = NULL;
}

/* --- who is meant ---------------------------------------------------------------------------------- */

static enum fail number_look_up(struct local_source *source, struct arena *arena, struct str number,
                                struct held *held)
{
	AUTO(rows_end) struct rows_found found = ROWS_NONE;

	TRY(store_ask(source->store, SOURCE_agency_person, VALUES(VALUE_TEXT("number", number)), &found));
	if (!rows_next(&found))
		return rows_fail(&found);
	int64_t person = rows_i64(&found, 0);
	held->is_mixed = held->is_mixed || (held->asked_count && person != held->person);
	held->asked_count++;
	if (held->asked_count > 1 && person != held->person)
		return OK;
	held->person = person;
	held->places |= 1u << (rows_i64(&found, 1) & 31);
	held->name = rows_copy(&found, 2, arena);
	held->born = rows_is_null(&found, 3) ? DATE_NONE : (struct date){ (int32_t)rows_i64(&found, 3) };
	held->second_document = rows_i64(&found, 4);
	held->fault = (enum local_fault)rows_i64(&found, 5);
	held->lag_days = (int32_t)rows_i64(&found, 6);
	held->number_count = rows_i64(&found, 7);
	return OK;
}

static enum fail held_load(struct local_source *source, struct arena *arena,
                           const struct source_plan *plan, struct held *held)
{
	*held = (struct held){ .born = DATE_NONE, .name = STR("") };
	for (size_t i = 0; i < plan->number_count; i++)
		TRY(number_look_up(source, arena, plan->numbers[i].number, held));
	return (unsigned)held->fault < LOCAL_FAULT_COUNT ? OK : FAIL_CORRUPT;
}

static enum identity_match identity_of(const struct held *held, const struct source_plan *plan)
{
	enum identity_match match = identity_compare(plan->name, plan->born, held->name, held->born);

	if (match != IDENTITY_SAME && match != IDENTITY_NOT_TOLD)
		return match;
	bool is_whole = !held->is_mixed && held->number_count == (int64_t)held->asked_count;
	return is_whole ? match : IDENTITY_OTHER_NUMBER;
}

/* --- rows ------------------------------------------------------------------------------------------ */

/* Nationals have no cells beyond those of item 1: then the row is none of item 2. */
static bool cells_split(struct gathering *gathering, struct str packed)
{
	struct str *cells = gathering->cells + gathering->count * gathering->item->count;

	for (size_t i = 0; i < gathering->item->count; i++) {
		struct str cell;
		if (!str_cut(&packed, CELL_SEPARATOR, &cell))
			return false;
		bool is_asked = gathering->plan->columns & 1u << i;
		cells[i] = is_asked ? str_copy(gathering->arena, cell) : STR("");
	}
	return true;
}

static void gathering_grow(struct gathering *gathering)
{
	size_t width = gathering->item->count, cap = gathering->cap ? gathering->cap * 4 : 16;
	struct str *cells = arena_array(gathering->arena, struct str, cap * width);

	if (gathering->count)
		memcpy(cells, gathering->cells, gathering->count * width * sizeof *cells);
	gathering->cells = cells;
	gathering->cap = cap;
}

/* Rows recorded under a number that nobody asked for do not come (Hong Kong's Ombudsman, 2020). */
static enum fail gather(struct gathering *gathering, struct rows_found *found, size_t limit_rows)
{
	/* Beyond the limit a row can only tell that a full page has more. */
	while ((limit_rows > 0 || gathering->count == ROWS_MAX) && rows_next(found)) {
		bool is_asked = gathering->held->places >> (rows_i64(found, 0) & 31) & 1;
		gathering->has_more = gathering->has_more || (is_asked && gathering->count == ROWS_MAX);
		if (!is_asked || gathering->count == ROWS_MAX || limit_rows == 0)
			continue;
		if (gathering->count == gathering->cap)
			gathering_grow(gathering);
		if (cells_split(gathering, rows_text(found, 1))) {
			gathering->count++;
			limit_rows--;
		}
	}
	return rows_fail(found);
}

static enum item stored_item(enum item item)
{
	return item == ITEM_2 ? ITEM_1 : item;
}

static enum fail gather_between(struct local_source *source, struct gathering *gathering,
                                struct date first, struct date last)
{
	AUTO(rows_end) struct rows_found found = ROWS_NONE;
	const struct source_plan *plan = gathering->plan;

	TRY(store_ask(source->store, SOURCE_agency_records,
	              VALUES(VALUE_INT("person", gathering->held->person),
	                     VALUE_INT("item", stored_item(plan->item)), VALUE_INT("first", first.day),
	                     VALUE_INT("last", last.day), VALUE_INT("at_ms", plan->asked_at_ms),
	                     VALUE_INT("limit_rows", 4 * ROWS_MAX)),
	              &found));
	return gather(gathering, &found, ROWS_MAX);
}

/* The last row before the day, when there is one not older than look_back. */
static enum fail gather_before(struct local_source *source, struct gathering *gathering,
                               struct date first, struct date look_back)
{
	AUTO(rows_end) struct rows_found found = ROWS_NONE;
	const struct source_plan *plan = gathering->plan;

	TRY(store_ask(source->store, SOURCE_agency_record_before,
	              VALUES(VALUE_INT("person", gathering->held->person),
	                     VALUE_INT("item", stored_item(plan->item)), VALUE_INT("first", first.day),
	                     VALUE_INT("look_back", look_back.day),
	                     VALUE_INT("at_ms", plan->asked_at_ms),
	                     VALUE_INT("limit_rows", BEFORE_ROWS_MAX)),
	              &found));
	return gather(gathering, &found, 1);
}

/* The state before the window comes with its last row; older rows stay at the agency. When there are
 * none it says so (coverage all), which gives away nothing but that. */
static enum fail gather_residence(struct local_source *source, struct gathering *gathering,
                                  struct date last, struct rows *rows)
{
	const struct source_plan *plan = gathering->plan;
	struct gathering older = *gathering;

	TRY(gather_before(source, gathering, plan->first, plan->look_back));
	TRY(gather_between(source, gathering, plan->first, last));
	TRY(gather_before(source, &older, plan->look_back, (struct date){ INT32_MIN + 1 }));
	rows->coverage_all = older.count == 0;
	rows->coverage_from = older.count ? plan->look_back : DATE_NONE;
	return OK;
}

static enum fail gather_all(struct local_source *source, struct gathering *gathering,
                            struct rows *rows)
{
	const struct source_plan *plan = gathering->plan;
	struct date last = rows->data_as_of;

	/* Items 3 to 7 know no year: an application of three years ago may be the permit of today. */
	if (plan->range == RANGE_HISTORY || plan->item > ITEM_2) {
		rows->coverage_all = true;
		return gather_between(source, gathering, (struct date){ INT32_MIN + 1 }, last);
	}
	last = plan->last.day < last.day ? plan->last : last;
	if (plan->range == RANGE_RESIDENCE)
		return gather_residence(source, gathering, last, rows);
	rows->coverage_from = plan->first;
	return gather_between(source, gathering, plan->first, last);
}

/* --- the answer -------------------------------------------------------------------------------------- */

/* What goes wrong before any row is looked at, and how long it takes. */
static const struct { enum result_class result; bool waits_out; } faults[LOCAL_FAULT_COUNT] = {
	[LOCAL_TIMEOUT] = { RESULT_TIMEOUT, true },
	[LOCAL_MAINTENANCE] = { RESULT_MAINTENANCE, false },
	[LOCAL_DENIED] = { RESULT_DENIED, false },
	[LOCAL_ERROR] = { RESULT_ERROR, false },
};

static void page_lose(struct gathering *gathering, struct rows *rows)
{
	gathering->count /= 2;
	rows->result = RESULT_TRUNCATED;
	rows->complete = false;
}

/* An agency's rows are outside bytes as well: what breaks the contract is not passed on. */
static void malformed_stop(struct rows *rows, const struct source_plan *plan)
{
	const char *why;

	if (rows_check(rows, plan->columns, &why) == OK)
		return;
	rows->result = RESULT_MALFORMED;
	rows->row_count = 0;
	rows->complete = false;
}

static enum fail held_answer(struct local_source *source, struct arena *arena,
                             const struct source_plan *plan, const struct held *held,
                             struct rows *rows)
{
	struct gathering gathering = { .arena = arena, .plan = plan, .item = columns_of(plan->item),
		                           .held = held };

	rows->data_as_of = date_add(rows->data_as_of, -held->lag_days);
	rows->identity = identity_of(held, plan);
	rows->second_document = held->second_document;
	TRY(gather_all(source, &gathering, rows));
	rows->result = gathering.count ? RESULT_FOUND : RESULT_NOT_FOUND;
	if (held->fault == LOCAL_TRUNCATED || gathering.has_more)
		page_lose(&gathering, rows);
	rows->row_count = gathering.count;
	rows->cells = gathering.cells;
	malformed_stop(rows, plan);
	return OK;
}

static bool may_answer(const struct source_plan *plan)
{
	bool is_crossing = plan->item == ITEM_1 || plan->item == ITEM_2;

	return plan->range != RANGE_RESIDENCE || is_crossing;
}

static enum fail plan_answer(struct local_source *source, struct arena *arena,
                             const struct source_plan *plan, struct rows *out, int64_t *wait_ms_out)
{
	struct held held;
	struct rows rows = rows_empty(plan->item, RESULT_NOT_FOUND);

	*wait_ms_out = 0;
	rows.source_request = str_printf(arena, "LOCAL-%llu", (unsigned long long)++source->asked_count);
	rows.asked_at_ms = rows.answered_at_ms = plan->asked_at_ms;
	rows.columns = plan->columns;
	rows.complete = true;
	rows.data_as_of = time_local_date(plan->asked_at_ms);
	TRY(held_load(source, arena, plan, &held));
	if (!may_answer(plan)) {
		rows.result = RESULT_DENIED;
	} else if (held.asked_count == 0) {
		rows.coverage_all = true;
	} else if (faults[held.fault].result) {
		rows.result = faults[held.fault].result;
		*wait_ms_out = faults[held.fault].waits_out ? plan->patience_ms : 0;
	} else {
		TRY(held_answer(source, arena, plan, &held, &rows));
		*wait_ms_out = held.fault == LOCAL_SLOW ? SLOW_MS : 0;
	}
	*out = rows;
	return OK;
}

enum fail local_source_look(struct local_source *source)
{
	return store_is_open(source->store) ? OK : store_begin(source->store);
}

void local_source_settle(struct local_source *source)
{
	store_rollback(source->store); /* nothing was written */
}

enum fail local_source_ask(struct local_source *source, struct arena *arena,
                           const struct source_plan *plan, struct rows *out, int64_t *wait_ms_out)
{
	bool is_alone = !store_is_open(source->store);

	TRY(local_source_look(source));
	enum fail fail = plan_answer(source, arena, plan, out, wait_ms_out);
	if (is_alone || fail != OK)
		local_source_settle(source);
	return fail;
}
