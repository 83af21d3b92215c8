/* Plan and rows as bytes: one version byte, then fixed numbers big-endian and texts with their length. */
#include "source/source.h"

enum { WIRE_VERSION = 1, TEXT_MAX_BYTES = 400 };

static void text_pack(struct buf *out, struct str text)
{
	assert(text.len <= UINT16_MAX);
	buf_u16be(out, (uint16_t)text.len);
	buf_add(out, text);
}

static enum fail text_take(struct str *rest, size_t max_bytes, struct str *out)
{
	uint16_t len;

	TRY(take_u16be(rest, &len));
	if (len > max_bytes)
		return FAIL_TOO_LARGE;
	TRY(take_bytes(rest, len, out));
	return str_is_utf8(*out) ? OK : FAIL_SYNTAX;
}

static void date_pack(struct buf *out, struct date date)
{
	buf_u32be(out, (uint32_t)date.day);
}

/* A date of the calendar that the law can count with, or none. */
static enum fail date_take(struct str *rest, struct date *out)
{
	enum { FIRST_DAY = -21185 /* 1912-01-01 */, LAST_DAY = 84005 /* 2199-12-31 */ };
	uint32_t bits;

	TRY(take_u32be(rest, &bits));
	struct date date = { (int32_t)bits };
	if (!date_is_none(date) && (date.day < FIRST_DAY || date.day > LAST_DAY))
		return FAIL_SYNTAX;
	*out = date;
	return OK;
}

static enum fail time_take(struct str *rest, int64_t *out)
{
	static const uint64_t latest_ms = 7258118400000; /* 2200-01-01 */
	uint64_t bits;

	TRY(take_u64be(rest, &bits));
	if (bits > latest_ms)
		return FAIL_SYNTAX;
	*out = (int64_t)bits;
	return OK;
}

/* A value of a closed vocabulary, or any number below end. */
static enum fail below_take(struct str *rest, int least, int end, int *out)
{
	uint8_t byte;

	TRY(take_u8(rest, &byte));
	if (byte < least || byte >= end)
		return FAIL_SYNTAX;
	*out = byte;
	return OK;
}

static enum fail bool_take(struct str *rest, bool *out)
{
	int value;

	TRY(below_take(rest, 0, 2, &value));
	*out = value;
	return OK;
}

static enum fail version_take(struct str *rest)
{
	int version;

	return below_take(rest, WIRE_VERSION, WIRE_VERSION + 1, &version);
}

static enum fail columns_take(struct str *rest, enum item item, uint32_t *out)
{
	TRY(take_u32be(rest, out));
	return *out & ~columns_all(columns_of(item)) ? FAIL_SYNTAX : OK;
}

/* --- the plan -------------------------------------------------------------------------------------- */

void source_plan_pack(struct buf *out, const struct source_plan *plan)
{
	assert(plan->number_count && plan->number_count <= SOURCE_NUMBERS_MAX);
	buf_byte(out, WIRE_VERSION);
	buf_byte(out, (uint8_t)plan->item);
	buf_byte(out, (uint8_t)plan->range);
	buf_byte(out, (uint8_t)plan->number_count);
	for (size_t i = 0; i < plan->number_count; i++) {
		buf_byte(out, (uint8_t)plan->numbers[i].kind);
		text_pack(out, plan->numbers[i].number);
	}
	text_pack(out, plan->name);
	date_pack(out, plan->born);
	date_pack(out, plan->look_back);
	date_pack(out, plan->first);
	date_pack(out, plan->last);
	buf_u32be(out, plan->columns);
	buf_u64be(out, (uint64_t)plan->asked_at_ms);
	buf_u64be(out, (uint64_t)plan->patience_ms);
}

static enum fail numbers_take(struct str *rest, struct source_plan *plan)
{
	int count, kind;

	TRY(below_take(rest, 1, SOURCE_NUMBERS_MAX + 1, &count));
	for (int i = 0; i < count; i++) {
		TRY(below_take(rest, 1, number_kind_end, &kind));
		TRY(text_take(rest, 20, &plan->numbers[i].number));
		plan->numbers[i].kind = (enum number_kind)kind;
	}
	plan->number_count = (size_t)count;
	return OK;
}

static enum fail plan_dates_take(struct str *rest, struct source_plan *plan)
{
	TRY(date_take(rest, &plan->born));
	TRY(date_take(rest, &plan->look_back));
	TRY(date_take(rest, &plan->first));
	TRY(date_take(rest, &plan->last));
	bool is_bounded = !date_is_none(plan->first) && !date_is_none(plan->last);
	if (plan->range != RANGE_HISTORY && !is_bounded)
		return FAIL_SYNTAX;
	return plan->range == RANGE_RESIDENCE && date_is_none(plan->look_back) ? FAIL_SYNTAX : OK;
}

enum fail source_plan_unpack(struct str bytes, struct source_plan *out)
{
	struct source_plan plan = { .item = ITEM_1 };
	struct str rest = bytes;
	int item, range;

	if (bytes.len > SOURCE_PLAN_MAX_BYTES)
		return FAIL_TOO_LARGE;
	TRY(version_take(&rest));
	TRY(below_take(&rest, 1, item_end, &item));
	TRY(below_take(&rest, 1, query_range_end, &range));
	plan.item = (enum item)item;
	plan.range = (enum query_range)range;
	TRY(numbers_take(&rest, &plan));
	TRY(text_take(&rest, TEXT_MAX_BYTES, &plan.name));
	TRY(plan_dates_take(&rest, &plan));
	TRY(columns_take(&rest, plan.item, &plan.columns));
	TRY(time_take(&rest, &plan.asked_at_ms));
	TRY(time_take(&rest, &plan.patience_ms));
	if (rest.len)
		return FAIL_SYNTAX;
	*out = plan;
	return OK;
}

/* --- the rows -------------------------------------------------------------------------------------- */

static void cells_pack(struct buf *out, const struct rows *rows)
{
	size_t count = columns_of(rows->item)->count;

	for (size_t row = 0; row < rows->row_count; row++)
		for (size_t column = 0; column < count; column++)
			if (rows->columns & 1u << column)
				text_pack(out, rows_cell(rows, row, column));
}

void rows_pack(struct buf *out, const struct rows *rows)
{
	assert(rows->row_count <= ROWS_MAX);
	buf_byte(out, WIRE_VERSION);
	buf_byte(out, (uint8_t)rows->item);
	buf_byte(out, (uint8_t)rows->result);
	text_pack(out, rows->source_request);
	buf_u64be(out, (uint64_t)rows->asked_at_ms);
	buf_u64be(out, (uint64_t)rows->answered_at_ms);
	date_pack(out, rows->data_as_of);
	date_pack(out, rows->coverage_from);
	buf_byte(out, rows->coverage_all);
	buf_byte(out, rows->complete);
	buf_byte(out, rows->second_document);
	buf_byte(out, (uint8_t)rows->identity);
	buf_u32be(out, rows->columns);
	buf_u32be(out, (uint32_t)rows->unread_lines);
	buf_u16be(out, (uint16_t)rows->row_count);
	cells_pack(out, rows);
}

static enum fail envelope_take(struct str *rest, struct rows *rows)
{
	int item, result, identity;

	TRY(version_take(rest));
	TRY(below_take(rest, 1, item_end, &item));
	TRY(below_take(rest, 1, result_class_end, &result));
	*rows = rows_empty((enum item)item, (enum result_class)result);
	TRY(text_take(rest, TEXT_MAX_BYTES, &rows->source_request));
	TRY(time_take(rest, &rows->asked_at_ms));
	TRY(time_take(rest, &rows->answered_at_ms));
	TRY(date_take(rest, &rows->data_as_of));
	TRY(date_take(rest, &rows->coverage_from));
	TRY(bool_take(rest, &rows->coverage_all));
	TRY(bool_take(rest, &rows->complete));
	TRY(bool_take(rest, &rows->second_document));
	TRY(below_take(rest, 1, identity_match_end, &identity));
	rows->identity = (enum identity_match)identity;
	return columns_take(rest, rows->item, &rows->columns);
}

static enum fail cells_take(struct arena *arena, struct str *rest, struct rows *rows)
{
	size_t count = columns_of(rows->item)->count;
	struct str *cells = arena_array(arena, struct str, rows->row_count * count + 1);

	for (size_t i = 0; i < rows->row_count * count; i++) {
		cells[i] = STR("");
		if (rows->columns & 1u << (i % count))
			TRY(text_take(rest, SOURCE_CELL_MAX_BYTES, &cells[i]));
	}
	rows->cells = cells;
	return OK;
}

enum fail rows_unpack(struct arena *arena, struct str bytes, struct rows *out)
{
	struct str rest = bytes;
	struct rows rows;
	uint32_t unread;
	uint16_t count;

	if (bytes.len > SOURCE_ROWS_MAX_BYTES)
		return FAIL_TOO_LARGE;
	TRY(envelope_take(&rest, &rows));
	TRY(take_u32be(&rest, &unread));
	TRY(take_u16be(&rest, &count));
	if (count > ROWS_MAX)
		return FAIL_TOO_LARGE;
	rows.unread_lines = unread;
	rows.row_count = count;
	TRY(cells_take(arena, &rest, &rows));
	if (rest.len)
		return FAIL_SYNTAX;
	*out = rows;
	return OK;
}
