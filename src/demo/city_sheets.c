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
		cell(rows, "phone", office->kind == OFFICE_NIA ? STR("02-00000000") :
		                    str_printf(rows->arena, "07-0000%03zu", i)); /* nobody has such a number */
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
			cell(rows, "email", str_printf(rows->arena, "%.*s@demo.youju.example", STR_FMT(staff->stem)));
			cell_word(rows, "duty", &duty_words, (int)staff->duties[k].duty);
			cell_bool(rows, "deputy", staff->duties[k].deputy);
			cell_date(rows, "valid_from", date_add(city->today, -DUTY_AGE_DAYS));
			cell(rows, "card_serial", staff->card_serial);
			cell(rows, "card_number", staff->card_number);
			if (staff->duties[k].duty == DUTY_AUDITOR)
				cell_word(rows, "ground", &appointment_ground_words, GROUND_SECTION_CHIEF);
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

/* Closed on a day that has come by then? Later ones are not known yet. */
static struct date closed_by(const struct city_case *one, struct date until)
{
	return !date_is_none(one->closed_on) && one->closed_on.day <= until.day ? one->closed_on : DATE_NONE;
}

static bool is_between(struct date day, struct date since, struct date until)
{
	return !date_is_none(day) && day.day <= until.day && (date_is_none(since) || day.day > since.day);
}

static void party_row(struct rows *rows, const struct city_case *one, size_t k, struct date until)
{
	const struct city_party *party = &one->parties[k];

	row_begin(rows);
	cell(rows, "case_no", one->case_no);
	cell(rows, "office", one->office);
	cell(rows, "legal_basis", one->basis);
	cell_date(rows, "opened_on", one->opened_on);
	cell_date(rows, "closed_on", closed_by(one, until));
	cell(rows, "party_no", str_printf(rows->arena, "%zu", k + 1));
	cell(rows, "id_no", party->id_no);
	cell(rows, "name", party->name);
	cell_date(rows, "birth_date", party->born);
	cell_word(rows, "person_kind", &person_kind_words, (int)party->kind);
	cell_word(rows, "relation", &relation_words, (int)party->relation);
}

static void case_rows_between(struct rows *rows, const struct city *city, struct date since, struct date until)
{
	for (size_t i = 0; i < CITY_CASES; i++) {
		const struct city_case *one = &city->cases[i];
		bool moved = is_between(one->opened_on, since, until) || is_between(one->closed_on, since, until);
		for (size_t k = 0; one->opened_on.day <= until.day && k < one->party_count; k++) {
			struct date born = one->parties[k].born;
			if (born.day <= until.day && (moved || is_between(born, since, until)))
				party_row(rows, one, k, until);
		}
	}
}

static void case_rows(struct rows *rows, const struct city *city)
{
	case_rows_between(rows, city, DATE_NONE, city->today);
}

struct sheet city_cases_between(struct arena *arena, const struct city *city, struct date since, struct date until)
{
	struct rows rows = rows_of(arena, IMPORT_CASES);

	case_rows_between(&rows, city, since, until);
	return rows.sheet;
}

static void grant_row(struct rows *rows, const struct city *city, const struct city_staff *staff,
                      const char *basis, struct str item, struct date until)
{
	row_begin(rows);
	cell(rows, "id_no", staff->id_no);
	cell(rows, "office", staff->office);
	cell(rows, "item", item);
	cell(rows, "legal_basis", str_from(basis));
	cell_date(rows, "valid_from", date_add(city->today, -GRANT_AGE_DAYS));
	cell_date(rows, "valid_to", date_is_none(until) ? date_add(city->today, GRANT_DAYS - GRANT_AGE_DAYS) : until);
	cell(rows, "letter_no", STR("高市社救助字第1140000001號"));
}

static bool is_officer(const struct city_staff *staff)
{
	for (size_t i = 0; i < staff->duty_count; i++)
		if (staff->duties[i].duty == DUTY_OFFICER)
			return true;
	return false;
}

/* The shelter works under its own law, everybody else under the others. */
static bool basis_is_of(const struct city_basis *basis, struct str office)
{
	return str_is(office, "dv_center") == (strcmp(basis->basis, "L_DV") == 0);
}

static void officer_grants(struct rows *rows, const struct city *city, const struct city_staff *staff, struct date until)
{
	struct str items, code;

	for (size_t k = 0; k < city_bases_count; k++) {
		if (!basis_is_of(&city_bases[k], staff->office))
			continue;
		items = str_from(city_bases[k].items);
		while (str_cut(&items, ',', &code))
			grant_row(rows, city, staff, city_bases[k].basis, code, until);
	}
}

static void grant_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i++)
		if (is_officer(&city->staff[i]))
			officer_grants(rows, city, &city->staff[i], DATE_NONE);
}

struct sheet city_grants_of(struct arena *arena, const struct city *city, const struct city_staff *staff, struct date until)
{
	struct rows rows = rows_of(arena, IMPORT_GRANTS);

	officer_grants(&rows, city, staff, until);
	return rows.sheet;
}

struct sheet city_grants_of_card_holders(struct arena *arena, const struct city *city)
{
	struct rows rows = rows_of(arena, IMPORT_GRANTS);

	for (size_t i = 0; i < CITY_STAFF; i++)
		if (is_officer(&city->staff[i]) && city->staff[i].has_card)
			officer_grants(&rows, city, &city->staff[i], DATE_NONE);
	return rows.sheet;
}

/* Every seventh officer was away for three days, every eleventh stayed late one evening. */
static void leave_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i += 7) {
		if (!is_officer(&city->staff[i]))
			continue;
		row_begin(rows);
		cell(rows, "id_no", city->staff[i].id_no);
		cell_date(rows, "first_day", date_add(city->today, -20 - (int32_t)i % 10));
		cell_date(rows, "last_day", date_add(city->today, -18 - (int32_t)i % 10));
		cell(rows, "leave_kind", STR("annual"));
	}
}

static void overtime_rows(struct rows *rows, const struct city *city)
{
	for (size_t i = 0; i < CITY_STAFF; i += 11) {
		if (!is_officer(&city->staff[i]))
			continue;
		row_begin(rows);
		cell(rows, "id_no", city->staff[i].id_no);
		cell_date(rows, "day", date_add(city->today, -15 - (int32_t)i % 5));
		cell(rows, "from_time", STR("18:00"));
		cell(rows, "to_time", STR("20:30"));
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
		[IMPORT_LEAVE] = leave_rows,
		[IMPORT_OVERTIME] = overtime_rows,
	};
	struct rows rows = rows_of(arena, kind);

	static_assert(ARRAY_LEN(writers) == import_kind_end, "every list can be written");
	writers[kind](&rows, city);
	return rows.sheet;
}
