/* The demonstration city can be taken over as it is, and every office can work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cert_cms.h"
#include "base/cert_trust.h"
#include "demo/city.h"
#include "law/decide.h"
#include "law/answer.h"
#include "law/idno.h"
#include "source/local.h"

#include <cmocka.h>

static struct arena arena;
static struct city *city;
static struct date today;

static int setup(void **state)
{
	(void)state;
	arena = arena_open(512 << 20);
	if (!date_from_ymd((struct ymd){ 2026, 11, 23 }, &today))
		return -1;
	city = city_make(&arena, 7, today);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

static void the_same_seed_gives_the_same_city(void **state)
{
	struct city *again = city_make(&arena, 7, today), *other = city_make(&arena, 8, today);
	size_t different = 0;

	(void)state;
	for (int kind = 1; kind < import_kind_end; kind++) {
		struct sheet a = city_sheet(&arena, city, (enum import_kind)kind);
		struct sheet b = city_sheet(&arena, again, (enum import_kind)kind);
		struct buf one = buf_on(&arena), two = buf_on(&arena);
		sheet_pack(&one, &a);
		sheet_pack(&two, &b);
		assert_true(str_eq(buf_str(&one), buf_str(&two)));
	}
	for (size_t i = 0; i < CITY_STAFF; i++)
		different += !str_eq(city->staff[i].id_no, other->staff[i].id_no) ||
		             !str_eq(city->staff[i].name, other->staff[i].name);
	assert_true(different > CITY_STAFF / 2);
}

static void every_cell_is_what_its_column_takes(void **state)
{
	(void)state;
	for (int kind = 1; kind < import_kind_end; kind++) {
		const struct record_spec *spec = import_spec((enum import_kind)kind);
		struct sheet sheet = city_sheet(&arena, city, (enum import_kind)kind);
		struct import_row row;
		const char *why;
		assert_int_equal(sheet.column_count, spec->count);
		assert_true(sheet.row_count > 0);
		for (size_t i = 0; i < sheet.row_count * sheet.column_count; i++) {
			const struct field_spec *field = &spec->fields[i % spec->count];
			assert_true(sheet.cells[i].len || !field->required);
			if (sheet.cells[i].len)
				assert_int_equal(record_set(&arena, field, sheet.cells[i], today, &row.staff, &why), OK);
		}
	}
}

static void numbers_are_valid_and_nobody_shares_one(void **state)
{
	struct str numbers[CITY_STAFF + CITY_CASES * CASE_PARTIES_MAX];
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < CITY_STAFF; i++)
		numbers[count++] = city->staff[i].id_no;
	for (size_t i = 0; i < CITY_CASES; i++)
		for (size_t k = 0; k < city->cases[i].party_count; k++)
			numbers[count++] = city->cases[i].parties[k].id_no;
	for (size_t i = 0; i < count; i++) {
		struct idno read = idno_read(numbers[i], today);
		assert_int_equal(read.fault, IDNO_FINE);
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(numbers[i], numbers[k]));
	}
}

static bool held(struct str office, enum duty duty, bool deputy)
{
	for (size_t i = 0; i < CITY_STAFF; i++)
		for (size_t k = 0; str_eq(city->staff[i].office, office) && k < city->staff[i].duty_count; k++)
			if (city->staff[i].duties[k].duty == duty && city->staff[i].duties[k].deputy == deputy)
				return true;
	return false;
}

static void every_office_has_its_people(void **state)
{
	static const enum duty duties[] = { DUTY_OFFICER, DUTY_CUSTODIAN, DUTY_SUPERVISOR, DUTY_AGENCY_HEAD };

	(void)state;
	for (size_t i = 0; i < CITY_OFFICES; i++) {
		const struct city_office *office = &city->offices[i];
		for (size_t k = 0; office->kind != OFFICE_NIA && k < ARRAY_LEN(duties); k++)
			assert_true(held(office->office, duties[k], false));
		assert_true(office->kind == OFFICE_NIA || held(office->office, DUTY_CUSTODIAN, true));
		assert_true(office->kind != OFFICE_DISTRICT || held(office->office, DUTY_AUDITOR, false));
	}
	assert_true(held(STR("nia"), DUTY_NIA_REVIEWER, false) && held(STR("nia"), DUTY_NIA_INSPECTOR, false));
	assert_true(held(STR("bureau"), DUTY_REVIEWER, false) && held(STR("bureau"), DUTY_INSPECTOR, false));
}

static void nobody_holds_duties_that_exclude_each_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < CITY_STAFF; i++) {
		const struct city_staff *staff = &city->staff[i];
		struct fact_duty duties[STAFF_DUTIES_MAX];
		for (size_t k = 0; k < staff->duty_count; k++) {
			struct fact_duties before = { k, duties };
			duties[k] = (struct fact_duty){ .office = staff->office, .duty = staff->duties[k].duty,
			                                .valid_from = today, .valid_to = DATE_NONE };
			assert_false(duties_conflict(&before, &duties[k], false));
		}
	}
}

static void there_are_38_districts_three_of_them_indigenous(void **state)
{
	size_t districts = 0, indigenous = 0;

	(void)state;
	for (size_t i = 0; i < CITY_OFFICES; i++) {
		districts += city->offices[i].kind == OFFICE_DISTRICT;
		indigenous += city->offices[i].indigenous;
	}
	assert_int_equal(districts, 38);
	assert_int_equal(indigenous, 3);
}

static void every_district_has_cases_and_case_numbers_are_single(void **state)
{
	(void)state;
	for (size_t i = 0; i < CITY_OFFICES; i++) {
		size_t count = 0;
		for (size_t k = 0; k < CITY_CASES; k++)
			count += str_eq(city->cases[k].office, city->offices[i].office);
		assert_true(city->offices[i].kind != OFFICE_DISTRICT || count >= 8);
	}
	for (size_t i = 0; i < CITY_CASES; i++) {
		assert_true(city->cases[i].party_count >= 1);
		assert_true(city->cases[i].opened_on.day < today.day);
		assert_ptr_equal(city_case_find(city, city->cases[i].case_no), &city->cases[i]);
	}
}

static void the_shown_case_is_as_promised(void **state)
{
	static const char *const habits[] = { "rare", "long_away", "four_counts", "newborn", "never", "frequent" };
	const struct city_case *shown = city_case_find(city, STR("113-0041"));

	(void)state;
	assert_non_null(shown);
	assert_true(str_is(shown->office, "sanmin") && str_is(shown->basis, "B_LOW"));
	assert_true(date_is_none(shown->closed_on));
	assert_int_equal(shown->party_count, ARRAY_LEN(habits));
	for (size_t i = 0; i < shown->party_count; i++)
		assert_string_equal(shown->parties[i].habit, habits[i]);
	assert_int_equal(shown->parties[0].relation, RELATION_CLAIMANT);
	assert_false(date_is_none(city_case_find(city, STR("113-0064"))->closed_on));
}

static void a_year_of_use_was_lawful(void **state)
{
	struct city_use *uses;
	size_t count, rechecks = 0;

	(void)state;
	city_uses(&arena, city, &uses, &count);
	for (size_t i = 0; i < count; i++) {
		const struct city_use *use = &uses[i];
		struct date day = time_local_date(use->at_ms);
		int minute = time_local_minute(use->at_ms);
		assert_true(i == 0 || use->at_ms > uses[i - 1].at_ms);
		assert_true(city_is_workday(day) && day.day < today.day && minute >= 8 * 60 && minute < 18 * 60);
		assert_true(use->asker->has_card && str_eq(use->asker->office, use->asked->office));
		assert_true(use->asked->opened_on.day <= day.day);
		assert_true(date_is_none(use->asked->closed_on) || day.day < use->asked->closed_on.day);
		assert_true(use->party_no >= 1 && use->party_no <= (int64_t)use->asked->party_count);
		rechecks += use->purpose == PURPOSE_YEARLY_RECHECK;
	}
	print_message("# %zu questions, %zu of them for the re-check\n", count, rechecks);
	assert_true(count > 500 && count < 4000 && rechecks > 100 && rechecks < count);
}

/* The whole way of the demo's question: agency, rows, reduction. */
static struct answer_reduced asked_on(struct local_source *source, const struct city_party *party,
                                      struct date anchor)
{
	struct parameters parameters = parameters_initial();
	struct answer_question question = answer_question_empty();
	struct source_plan plan = { .item = ITEM_1, .range = RANGE_RESIDENCE, .name = party->name, .born = party->born,
	                            .number_count = 1, .columns = answer_columns(ITEM_1, RANGE_RESIDENCE),
	                            .asked_at_ms = date_local_start_ms(today), .patience_ms = 10000 };
	struct rows rows;
	int64_t wait_ms;

	plan.numbers[0] = (struct source_number){ idno_read(party->id_no, today).kind, party->id_no };
	plan.first = date_year_before(anchor);
	plan.last = anchor;
	plan.look_back = date_add(plan.first, -730);
	assert_int_equal(local_source_ask(source, &arena, &plan, &rows, &wait_ms), OK);
	question.item = ITEM_1;
	question.range = RANGE_RESIDENCE;
	question.anchor = question.today = anchor;
	question.rule = STR("residence/1+p1");
	question.basis = STR("B_LOW");
	question.rules = answer_rules_make(&arena, &parameters);
	question.person = party->kind;
	question.registration_is_live = true;
	question.born = party->born;
	return answer_reduce(&arena, &question, &rows);
}

static struct answer_reduced asked_of(struct local_source *source, const struct city_party *party)
{
	return asked_on(source, party, today);
}

static void household_is_as_promised(const struct city *one, const char *path)
{
	static const enum answer_code verdicts[] = { ANSWER_ELIGIBLE, ANSWER_NOT_ELIGIBLE, ANSWER_NEEDS_REVIEW,
	                                             ANSWER_NEEDS_REVIEW, ANSWER_ELIGIBLE };
	const struct city_case *shown = city_case_find(one, STR("113-0041"));
	struct local_source *source;
	size_t at;

	assert_int_equal(city_source(one, path, INT64_MAX), OK);
	assert_int_equal(local_source_open(path, &source), OK);
	for (size_t i = 0; i < ARRAY_LEN(verdicts); i++)
		assert_int_equal(asked_of(source, &shown->parties[i]).delivery.verdict, verdicts[i]);
	for (int days = -20; days <= 30; days += 10) /* around that day, too */
		assert_int_equal(asked_on(source, &shown->parties[1], date_add(today, days)).delivery.verdict,
		                 ANSWER_NOT_ELIGIBLE);
	struct str four = asked_of(source, &shown->parties[2]).delivery.answer;
	assert_true(str_find(four, STR("\"days\":{\"A\":184,\"B\":183,\"C\":185,\"D\":182}"), &at));
	local_source_close(&source);
}

static void the_agency_knows_the_shown_household_whatever_the_seed(void **state)
{
	char path[] = "/tmp/youju-source-XXXXXX";
	int file = mkstemp(path);

	(void)state;
	assert_true(file >= 0);
	close(file);
	household_is_as_promised(city, path);
	household_is_as_promised(city_make(&arena, 1130041, today), path);
	for (uint64_t seed = 1; seed <= 4; seed++)
		household_is_as_promised(city_make(&arena, seed, today), path);
	unlink(path);
}

static enum cert_verdict verdict_of(const struct cert_trust *trust, const char *dir, struct str stem,
                                    int64_t at_ms, struct cert_report *report)
{
	const struct cert_limits limits = { 1u << CERT_PERSON, 24, 96, true };
	struct card card;
	struct str path = str_printf(&arena, "%s/cards/%.*s.pem", dir, STR_FMT(stem));

	assert_int_equal(card_open(&arena, str_c(&arena, path), NULL, 0, &card), OK);
	enum cert_verdict verdict = cert_check(trust, &arena, card.cert_der, at_ms, &limits, report);
	card_close(&card);
	return verdict;
}

static void sixty_people_have_cards_and_flaws_are_what_they_say(void **state)
{
	static const struct { const char *stem; enum cert_verdict verdict; } flaws[] = {
		{ "test-renewed", CERT_GOOD },
		{ "test-stranger", CERT_GOOD },
		{ "test-expired", CERT_EXPIRED },
		{ "test-not-yet-valid", CERT_NOT_YET_VALID },
		{ "test-revoked", CERT_REVOKED },
		{ "test-wrong-usage", CERT_WRONG_USAGE },
		{ "test-wrong-generation", CERT_WRONG_SIGNATURE },
		{ "test-old-generation", CERT_CA_EXPIRED },
		{ "test-no-last-four", CERT_LAST_FOUR_MISSING },
		{ "test-foreign", CERT_UNKNOWN_CA },
		{ "agency-sanmin", CERT_WRONG_KIND },
	};
	char dir[] = "/tmp/youju-city-XXXXXX", command[64];
	const int64_t at_ms = date_local_start_ms(today);
	struct testca *testca;
	struct cert_trust *trust;
	struct cert_report report;
	struct str bad;
	size_t cards = 0;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(testca_create(dir, at_ms, true), OK);
	assert_int_equal(testca_open(dir, &testca), OK);
	assert_int_equal(city_cards(city, &arena, testca, at_ms), OK);
	assert_int_equal(trust_open(&arena, str_c(&arena, str_printf(&arena, "%s/tls/ca", dir)), &trust, &bad), OK);
	assert_int_equal(trust_load_crls(trust, &arena, str_c(&arena, str_printf(&arena, "%s/tls/crl", dir)), &bad), OK);
	for (size_t i = 0; i < CITY_STAFF; i++) {
		const struct city_staff *staff = &city->staff[i];
		if (!staff->has_card)
			continue;
		cards++;
		assert_int_equal(verdict_of(trust, dir, staff->stem, at_ms, &report), CERT_GOOD);
		assert_true(str_eq(report.facts.serial, staff->card_serial));
		assert_true(str_eq(report.facts.common_name, staff->name));
		assert_true(str_eq(report.facts.last_four, str_slice(staff->id_no, 6, 4)));
	}
	assert_int_equal(cards, CITY_CARDS);
	for (size_t i = 0; i < ARRAY_LEN(flaws); i++)
		assert_int_equal(verdict_of(trust, dir, str_from(flaws[i].stem), at_ms, &report), flaws[i].verdict);
	trust_close(&trust);
	testca_close(&testca);
	snprintf(command, sizeof command, "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_seed_gives_the_same_city),
		cmocka_unit_test(every_cell_is_what_its_column_takes),
		cmocka_unit_test(numbers_are_valid_and_nobody_shares_one),
		cmocka_unit_test(every_office_has_its_people),
		cmocka_unit_test(nobody_holds_duties_that_exclude_each_other),
		cmocka_unit_test(there_are_38_districts_three_of_them_indigenous),
		cmocka_unit_test(every_district_has_cases_and_case_numbers_are_single),
		cmocka_unit_test(the_shown_case_is_as_promised),
		cmocka_unit_test(a_year_of_use_was_lawful),
		cmocka_unit_test(the_agency_knows_the_shown_household_whatever_the_seed),
		cmocka_unit_test(sixty_people_have_cards_and_flaws_are_what_they_say),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
