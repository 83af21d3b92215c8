/* The city as the lists that the bureau's custodian takes over. */
#include <string.h>

#include "demo/city_lib.h"

/* Staff and grants began so long before the day of the city, that a year of use fits in between. */
enum { DUTY_AGE_DAYS = 700, GRANT_AGE_DAYS = 500, GRANT_DAYS = 3 * 365 };

struct rows {
	struct arena *arena;
	struct sheet sheet;
	struct str *row;
};

static struct rows rows_of(struct arena *arena, enum import_kind kind)
{
	const struct record_spec *spec = import_spec(kind);
	struct str *columns = arena_array(arena, struct str, spec->count);

	for (size_t i = 0; i < spec->count; i++)
		columns[i] = spec->fields[i].name;
	return (struct rows){ arena, sheet_new(arena, spec->name, columns, spec->count), NULL };
}

static void row_begin(struct rows *rows)
{
	rows->row = sheet_row_add(rows->arena, &rows->sheet);
}

static void cell(struct rows *rows, const char *column, struct str text)
{
	size_t i = 0;

	while (i < rows->sheet.column_count && !str_is(rows->sheet.columns[i], column))
		i++;
	assert(i < rows->sheet.column_count);
	rows->row[i] = text;
}

static void cell_date(struct rows *rows, const char *column, struct date date)
{
	cell(rows, column, str_copy(rows->arena, str_from(date_iso(date).text)));
}

static void cell_bool(struct rows *rows, const char *column, bool value)
{
	cell(rows, column, value ? STR("true") : STR("false"));
}

static void cell_word(struct rows *rows, const char *column, const struct word_list *words, int value)
{
	cell(rows, column, words->words[value].code);
}

static void organisation_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_OFFICES; i++) {
		const struct city_office *office = &city->offices[i];
		row_begin(rows);
		cell(rows, "office", office->office);
		cell(rows, "name", office->name);
		cell(rows, "name_en", office->name_en);
		cell_word(rows, "office_kind", &office_kind_words, (int)office->kind);
		cell(rows, "parent", office->parent);
		cell_bool(rows, "indigenous", office->indigenous);
		cell(rows, "address", office->kind == OFFICE_NIA ? STR("臺北市") : STR("高雄市"));
		cell_bool(rows, "ended", false);
	}
}

static void staff_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i++) {
		const struct city_staff *staff = &city->staff[i];
		for (size_t k = 0; k < staff->duty_count; k++) {
			row_begin(rows);
			cell(rows, "id_no", staff->id_no);
			cell(rows, "name", staff->name);
			cell(rows, "office", staff->office);
			cell(rows, "unit", staff->unit);
			cell(rows, "title", staff->title);
			cell_word(rows, "duty", &duty_words, (int)staff->duties[k].duty);
			cell_bool(rows, "deputy", staff->duties[k].deputy);
			cell_date(rows, "valid_from", date_add(city->today, -DUTY_AGE_DAYS));
			cell(rows, "card_serial", staff->card_serial);
			cell(rows, "card_number", staff->card_number);
		}
	}
}

static void calendar_rows(struct rows *rows, const struct city *city)
{
	(void)city;
	for (const char *const *day = city_holidays; *day; day++) {
		row_begin(rows);
		cell(rows, "day", str_from(*day));
		cell_word(rows, "day_kind", &day_kind_words, DAY_HOLIDAY);
	}
}

static void case_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_CASES; i++) {
		const struct city_case *one = &city->cases[i];
		for (size_t k = 0; k < one->party_count; k++) {
			const struct city_party *party = &one->parties[k];
			row_begin(rows);
			cell(rows, "case_no", one->case_no);
			cell(rows, "office", one->office);
			cell(rows, "legal_basis", one->basis);
			cell_date(rows, "opened_on", one->opened_on);
			cell_date(rows, "closed_on", one->closed_on);
			cell(rows, "party_no", str_printf(rows->arena, "%zu", k + 1));
			cell(rows, "id_no", party->id_no);
			cell(rows, "name", party->name);
			cell_date(rows, "birth_date", party->born);
			cell_word(rows, "person_kind", &person_kind_words, (int)party->kind);
			cell_word(rows, "relation", &relation_words, (int)party->relation);
		}
	}
}

/* What the hand-book gives each basis by default (section 4.1). */
static const struct grant { const char *basis, *office; unsigned items; } grants[] = {
	{ "B_LOW", NULL, 1u << ITEM_1 },
	{ "B_MIDLOW", NULL, 1u << ITEM_1 },
	{ "B_ELDER", NULL, 1u << ITEM_1 },
	{ "B_DISAB", NULL, 1u << ITEM_1 },
	{ "B_ASSIST", NULL, 1u << ITEM_1 },
	{ "B_REHAB", NULL, 1u << ITEM_1 },
	{ "B_CARE", NULL, 1u << ITEM_1 },
	{ "L_SPECIAL", NULL, 1u << ITEM_1 | 1u << ITEM_5 },
	{ "L_CHILD", NULL, 1u << ITEM_1 | 1u << ITEM_3 | 1u << ITEM_4 | 1u << ITEM_5 | 1u << ITEM_6 | 1u << ITEM_7 },
	{ "L_DV", "dv_center", 1u << ITEM_1 | 1u << ITEM_2 | 1u << ITEM_5 | 1u << ITEM_7 },
};

static void grant_row(struct rows *rows, const struct city *city, const struct city_staff *staff,
                      const char *basis, int item)
{
	row_begin(rows);
	cell(rows, "id_no", staff->id_no);
	cell(rows, "office", staff->office);
	cell_word(rows, "item", &item_words, item);
	cell(rows, "legal_basis", str_from(basis));
	cell_date(rows, "valid_from", date_add(city->today, -GRANT_AGE_DAYS));
	cell_date(rows, "valid_to", date_add(city->today, GRANT_DAYS - GRANT_AGE_DAYS));
	cell(rows, "letter_no", STR("高市社救助字第1140000001號"));
}

static bool is_officer(const struct city_staff *staff)
{
	for (size_t i = 0; i < staff->duty_count; i++)
		if (staff->duties[i].duty == DUTY_OFFICER)
			return true;
	return false;
}

static void grant_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i++) {
		const struct city_staff *staff = &city->staff[i];
		for (size_t k = 0; is_officer(staff) && k < ARRAY_LEN(grants); k++) {
			bool shelter = str_is(staff->office, "dv_center");
			if (shelter != (grants[k].office != NULL))
				continue;
			for (int item = 1; item < item_end; item++)
				if (grants[k].items & 1u << item)
					grant_row(rows, city, staff, grants[k].basis, item);
		}
	}
}

struct sheet city_sheet(struct arena *arena, const struct city *city, enum import_kind kind)
{
	static void (*const writers[])(struct rows *, const struct city *) = {
		[IMPORT_ORGANISATION] = organisation_rows,
		[IMPORT_STAFF] = staff_rows,
		[IMPORT_CALENDAR] = calendar_rows,
		[IMPORT_CASES] = case_rows,
		[IMPORT_GRANTS] = grant_rows,
	};
	struct rows rows = rows_of(arena, kind);

	static_assert(ARRAY_LEN(writers) == import_kind_end, "every list can be written");
	writers[kind](&rows, city);
	return rows.sheet;
}
