#include "law/policy.h"

enum { DAY_TEST = 1, REASON = 2, ROWS = 4, HISTORY = 8 };

struct policy_row {
	enum item item;
	enum query_range range;
	unsigned obligations;
	const char *columns; /* names, in the order of columns.def */
};

/* Public certificates of border crossings show dates and directions; places are an attachment of
 * their own (DOMAIN 7.1): so the last year shows days, the whole history shows places too. Names and
 * document numbers are never released: the case has the name, and the source compared the identity. */
#define CROSSINGS "direction,event_date"
#define CROSSINGS_WITH_PLACES "seq,direction,event_date,event_time,port_code,port_name,doc_kind,nationality"
#define STAY ",visa_kind,entry_purpose,stay_until"
#define APPLICATION_3 "application_no,received_on,purpose_code,permit_from,permit_to,status,decided_on"
#define PERMIT_4 "category,permit_kind,reason_code,valid_from,valid_to,address,status"
#define APPLICATION_5 "application_no,nationality,reason_code,received_on,status,permit_valid_to,address"
#define APPLICATION_6 "application_no,basis_code,received_on,status,approved_on,registration_place"
#define REPORT_7 "nationality,reported_on,status,closed_on"

static const struct policy_row rows[] = {
	{ ITEM_1, RANGE_RESIDENCE, DAY_TEST, CROSSINGS },
	{ ITEM_1, RANGE_ONE_YEAR, ROWS, CROSSINGS },
	{ ITEM_1, RANGE_HISTORY, ROWS | HISTORY | REASON, CROSSINGS_WITH_PLACES },
	{ ITEM_2, RANGE_ONE_YEAR, ROWS, CROSSINGS STAY },
	{ ITEM_2, RANGE_HISTORY, ROWS | HISTORY | REASON, CROSSINGS_WITH_PLACES STAY },
	{ ITEM_3, RANGE_ONE_YEAR, ROWS, APPLICATION_3 },
	{ ITEM_3, RANGE_HISTORY, ROWS | HISTORY | REASON, APPLICATION_3 },
	{ ITEM_4, RANGE_ONE_YEAR, ROWS, PERMIT_4 },
	{ ITEM_4, RANGE_HISTORY, ROWS | HISTORY | REASON, PERMIT_4 },
	{ ITEM_5, RANGE_ONE_YEAR, ROWS, APPLICATION_5 },
	{ ITEM_5, RANGE_HISTORY, ROWS | HISTORY | REASON, APPLICATION_5 },
	{ ITEM_6, RANGE_ONE_YEAR, ROWS, APPLICATION_6 },
	{ ITEM_6, RANGE_HISTORY, ROWS | HISTORY | REASON, APPLICATION_6 },
	{ ITEM_7, RANGE_ONE_YEAR, ROWS, REPORT_7 },
	{ ITEM_7, RANGE_HISTORY, ROWS | HISTORY | REASON, REPORT_7 },
};

static struct policy policies[ARRAY_LEN(rows)];

static uint32_t columns_named(enum item item, struct str names)
{
	const struct item_columns *columns = columns_of(item);
	uint32_t bits = 0;
	struct str name;

	while (str_cut(&names, ',', &name)) {
		size_t column = column_find(columns, name);
		assert(column < columns->count);
		bits |= 1u << column;
	}
	return bits;
}

static struct policy policy_from(const struct policy_row *row)
{
	return (struct policy){
		.item = row->item,
		.range = row->range,
		.columns = columns_named(row->item, str_from(row->columns)),
		.needs_day_test = row->obligations & DAY_TEST,
		.reason_needed = row->obligations & REASON,
		.shows_rows = row->obligations & ROWS,
		.whole_history = row->obligations & HISTORY,
	};
}

const struct policy *policy_of(enum item item, enum query_range range)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].item != item || rows[i].range != range)
			continue;
		if (!policies[i].item)
			policies[i] = policy_from(&rows[i]);
		return &policies[i];
	}
	return NULL;
}
