#include "demo/fill_parts.h"

#include <string.h>

#include "base/csv.h"
#include "counter/signed.h"

enum { STEP_ARENA_BYTES = 64 << 20, HOUR_MS = 3600000, DAYS_BACK = 367, WRONG_EVERY = 97 };

int64_t city_fill_start_ms(const struct city *city)
{
	return date_local_start_ms(date_add(city->today, -DAYS_BACK)) + 9 * (int64_t)HOUR_MS;
}

/* --- talking --------------------------------------------------------------------------------------- */

static enum fail ask(struct fill *fill, const struct message *message, struct message *reply)
{
	return fill->wire->ask(fill->wire->context, &fill->step, message, reply);
}

enum fail fill_clock(struct fill *fill, int64_t at_ms, bool real)
{
	struct message message = message_new(&fill->step, MESSAGE_OPERATOR, ++fill->next_id), reply;

	message_put(&message, "verb", STR("clock"));
	message_put(&message, "os_user", STR("demo"));
	message_put(&message, "detail", real ? STR("") : str_copy(&fill->step, str_from(time_utc(at_ms).text)));
	bool new_day = !real && time_local_date(at_ms).day != time_local_date(fill->now_ms).day;
	TRY(ask(fill, &message, &reply));
	fill->now_ms = at_ms;
	if (!str_is(message_get(&reply, "outcome"), "granted"))
		return FAIL_CONFLICT;
	return new_day && fill->wire->tick ? fill->wire->tick(fill->wire->context) : OK;
}

static enum fail nonce_get(struct fill *fill, struct str *out)
{
	struct message message = message_new(&fill->step, MESSAGE_NONCE, ++fill->next_id), reply;

	TRY(ask(fill, &message, &reply));
	*out = message_get(&reply, "nonce");
	return out->len ? OK : FAIL_SYNTAX;
}

static enum fail card_of(struct fill *fill, struct str stem, const struct card **out)
{
	size_t at = 0;

	while (at < fill->card_count && !str_is(stem, fill->cards[at].stem))
		at++;
	if (at == fill->card_count) {
		struct str path = str_printf(fill->arena, "%s/cards/%.*s.pem", fill->dir, STR_FMT(stem));
		assert(at < CARDS_OPEN_MAX);
		TRY(card_open(fill->arena, str_c(fill->arena, path), NULL, 0, &fill->cards[at].card));
		fill->cards[at].stem = str_c(fill->arena, stem);
		fill->card_count++;
	}
	*out = &fill->cards[at].card;
	return OK;
}

static enum fail sign(struct fill *fill, struct message *message, struct str stem, const char *chain, const char *signature)
{
	const struct card *card;
	struct str der;

	TRY(card_of(fill, stem, &card));
	TRY(cms_sign(&fill->step, card, signed_text(&fill->step, message), message_get(message, "nonce"),
	             fill->now_ms, false, &der));
	message_put(message, chain, card->cert_der);
	message_put(message, signature, base64url_text(&fill->step, der.at, der.len));
	return OK;
}

/* One command, signed by who gives it (and by a second card where two are needed). */
static enum fail command_give(struct fill *fill, const struct city_staff *staff, const char *second,
                              const char *name, const struct pair_text *fields, size_t count, struct message *reply)
{
	struct message message = message_new(&fill->step, MESSAGE_COMMAND, ++fill->next_id);
	uint8_t request[16];
	struct str nonce;

	random_bytes(request, sizeof request);
	TRY(nonce_get(fill, &nonce));
	message_put(&message, "nonce", nonce);
	message_put(&message, "command", str_from(name));
	message_put(&message, "request", base64url_text(&fill->step, request, sizeof request));
	for (size_t i = 0; i < count; i++)
		if (fields[i].text.len)
			message_field(&message, str_from(fields[i].name), fields[i].text);
	TRY(sign(fill, &message, staff->stem, "chain", "signature"));
	if (second)
		TRY(sign(fill, &message, str_from(second), "chain2", "signature2"));
	return ask(fill, &message, reply);
}

enum fail card_present(struct fill *fill, const char *stem)
{
	struct message message = message_new(&fill->step, MESSAGE_SIGN_IN, ++fill->next_id), reply;
	struct str nonce;

	TRY(nonce_get(fill, &nonce));
	message_put(&message, "nonce", nonce);
	TRY(sign(fill, &message, str_from(stem), "chain", "signature"));
	return ask(fill, &message, &reply);
}

enum fail sheet_read(struct fill *fill, const struct city_staff *staff, const char *sheet, const char *filter,
                     struct str value, struct message *reply)
{
	struct message message = message_new(&fill->step, MESSAGE_SHEET, ++fill->next_id);
	struct str nonce;

	TRY(nonce_get(fill, &nonce));
	message_put(&message, "nonce", nonce);
	message_put(&message, "sheet", str_from(sheet));
	if (filter)
		message_field(&message, str_from(filter), value);
	TRY(sign(fill, &message, staff->stem, "chain", "signature"));
	TRY(ask(fill, &message, reply));
	if (str_is(message_get(reply, "outcome"), "granted"))
		return OK;
	fill->why = str_printf(fill->arena, "%s: %.*s %.*s", sheet, STR_FMT(message_get(reply, "outcome")),
	                       STR_FMT(message_get(reply, "refusal")));
	return FAIL_CONFLICT;
}

enum fail command_must(struct fill *fill, const struct city_staff *staff, const char *second,
                       const char *name, const struct pair_text *fields, size_t count, struct message *reply)
{
	TRY(command_give(fill, staff, second, name, fields, count, reply));
	if (str_is(message_get(reply, "outcome"), "granted"))
		return OK;
	struct buf why = buf_on(fill->arena);
	buf_printf(&why, "%s: %.*s %.*s %.*s", name, STR_FMT(message_get(reply, "outcome")),
	           STR_FMT(message_get(reply, "refusal")), STR_FMT(message_get(reply, "fail")));
	const struct sheet *problems = message_sheet_named(reply, "problems");
	for (size_t i = 0; problems && i < problems->row_count && i < 5; i++)
		for (size_t k = 0; k < problems->column_count; k++)
			buf_printf(&why, "%s%.*s", k ? " " : "; ", STR_FMT(problems->cells[i * problems->column_count + k]));
	fill->why = buf_str(&why);
	return FAIL_CONFLICT;
}

/* --- beginning ------------------------------------------------------------------------------------- */

const struct city_staff *staff_named(const struct fill *fill, const char *stem)
{
	const struct city_staff *staff = city_staff_find(fill->city, str_from(stem));

	assert(staff);
	return staff;
}

static enum fail first_start(struct fill *fill)
{
	const struct city_staff *custodian = staff_named(fill, "bureau-custodian");
	const struct city_staff *supervisor = staff_named(fill, "bureau-supervisor");
	struct message reply;

	return command_must(fill, custodian, "bureau-supervisor", "first_start",
	                    FIELDS({ "office_name", fill->city->offices[0].name },
	                           { "custodian_id_no", custodian->id_no },
	                           { "supervisor_id_no", supervisor->id_no }), &reply);
}

static enum fail proposal_approve(struct fill *fill, const struct message *proposed)
{
	struct str proposal = message_get(proposed, "entry");
	struct message reply;

	return command_must(fill, staff_named(fill, "bureau-supervisor"), NULL, "approve_proposal",
	                    FIELDS({ "proposal", proposal }), &reply);
}

/* Laid down as files (youju.conf), so that one can look at a mail. */
static enum fail reminders_introduce(struct fill *fill)
{
	struct str from = str_copy(&fill->step, str_from(date_iso(time_local_date(fill->now_ms)).text));
	struct message reply;

	TRY(command_must(fill, staff_named(fill, "bureau-custodian"), NULL, "propose_parameter",
	                 FIELDS({ "name", STR("reminder.daily") }, { "value", STR("on") }, { "effective", from }), &reply));
	return proposal_approve(fill, &reply);
}

static enum fail basis_introduce(struct fill *fill, const struct city_basis *basis)
{
	const struct city_staff *custodian = staff_named(fill, "bureau-custodian");
	struct str from = str_copy(&fill->step, str_from(date_iso(time_local_date(fill->now_ms)).text));
	struct message reply;

	TRY(command_must(fill, custodian, NULL, "propose_basis",
	                 FIELDS({ "basis", str_from(basis->basis) }, { "name", str_from(basis->name) },
	                        { "substantive", str_from(basis->substantive) },
	                        { "data_request", str_from(basis->data_request) },
	                        { "day_test", basis->day_test ? STR("true") : STR("false") },
	                        { "municipality", basis->municipality ? STR("true") : STR("false") },
	                        { "items", str_from(basis->items) }, { "valid_from", from }), &reply));
	return proposal_approve(fill, &reply);
}

enum fail list_import(struct fill *fill, enum import_kind kind, const struct sheet *sheet)
{
	struct buf csv = buf_on(&fill->step);
	struct message reply;

	csv_write(&csv, sheet);
	fill->counts.lists++;
	return command_must(fill, staff_named(fill, "bureau-custodian"), NULL, "import_list",
	                    FIELDS({ "import_kind", import_kind_words.words[kind].code },
	                           { "file", buf_str(&csv) }), &reply);
}

/* Who has no card yet gets the account when the year is over: an account that nobody uses for half a
 * year is suspended (account.idle_suspend_days), as it should be. */
static struct sheet list_at_first(struct fill *fill, enum import_kind kind)
{
	if (kind == IMPORT_CASES)
		return city_cases_between(&fill->step, fill->city, DATE_NONE, time_local_date(fill->now_ms));
	if (kind == IMPORT_GRANTS)
		return city_grants_of_card_holders(&fill->step, fill->city);
	return city_sheet(&fill->step, fill->city, kind);
}

static enum fail grants_complete(struct fill *fill)
{
	struct sheet all = city_sheet(&fill->step, fill->city, IMPORT_GRANTS);
	struct sheet sheet = sheet_new(&fill->step, all.name, all.columns, all.column_count);

	for (size_t row = 0; row < all.row_count; row++)
		if (!endings_has(fill->city, sheet_cell(&all, row, STR("id_no"))))
			memcpy(sheet_row_add(&fill->step, &sheet), &all.cells[row * all.column_count], all.column_count * sizeof *all.cells);
	TRY(list_import(fill, IMPORT_GRANTS, &sheet));
	arena_empty(&fill->step);
	return OK;
}

static enum fail lists_import(struct fill *fill)
{
	static const enum import_kind kinds[] = { IMPORT_ORGANISATION, IMPORT_STAFF, IMPORT_CALENDAR,
	                                          IMPORT_CASES, IMPORT_GRANTS, IMPORT_LEAVE, IMPORT_OVERTIME };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct sheet sheet = list_at_first(fill, kinds[i]);
		TRY(list_import(fill, kinds[i], &sheet));
		arena_empty(&fill->step);
	}
	return OK;
}

static enum fail city_begin(struct fill *fill)
{
	TRY(fill_clock(fill, city_fill_start_ms(fill->city), false));
	TRY(first_start(fill));
	for (size_t i = 0; i < city_bases_count; i++) {
		TRY(basis_introduce(fill, &city_bases[i]));
		arena_empty(&fill->step);
	}
	return lists_import(fill);
}

/* --- the year -------------------------------------------------------------------------------------- */

static enum fail day_begin(struct fill *fill, struct date since, struct date day)
{
	struct sheet news = city_cases_between(&fill->step, fill->city, since, day);

	if (!news.row_count)
		return OK;
	TRY(fill_clock(fill, date_local_start_ms(day) + 8 * (int64_t)HOUR_MS, false));
	return list_import(fill, IMPORT_CASES, &news);
}

static void outcome_count(struct fill *fill, const struct message *reply)
{
	struct str outcome = message_get(reply, "outcome");

	if (str_is(outcome, "granted"))
		fill->counts.answered++;
	else if (str_is(outcome, "refused"))
		fill->counts.refused++;
	else
		fill->counts.failed++;
}

static enum fail use_ask(struct fill *fill, const struct city_use *use, size_t n)
{
	struct str day = str_copy(&fill->step, str_from(date_iso(time_local_date(use->at_ms)).text));
	/* Now and then somebody asks for a person who is in none of the case's lines (G3.4b). */
	int64_t party_no = n % WRONG_EVERY == WRONG_EVERY - 1 ? 99 : use->party_no;
	struct message reply;

	TRY(fill_clock(fill, use->at_ms, false));
	TRY(command_give(fill, use->asker, NULL, "ask",
	                 FIELDS({ "case_no", use->asked->case_no },
	                        { "subject", str_printf(&fill->step, "%lld", (long long)party_no) },
	                        { "legal_basis", use->asked->basis },
	                        { "purpose", purpose_words.words[use->purpose].code }, { "item", STR("item_1") },
	                        { "range", STR("residence") }, { "anchor_date", day }), &reply));
	outcome_count(fill, &reply);
	return OK;
}

static enum fail year_live(struct fill *fill, size_t uses_max)
{
	struct date since = time_local_date(fill->now_ms);
	struct city_use *uses;
	size_t count;

	city_uses(fill->arena, fill->city, &uses, &count);
	size_t step = count > uses_max ? count / uses_max + 1 : 1;
	for (size_t i = 0; i < count; i += step) {
		struct date day = time_local_date(uses[i].at_ms);
		if (day.day > since.day) {
			TRY(endings_live(fill, since, day));
			TRY(day_begin(fill, since, day));
		}
		since = day;
		TRY(use_ask(fill, &uses[i], i / step));
		arena_empty(&fill->step);
		if (fill->wire->progress)
			fill->wire->progress(fill->wire->context, "questions", i, count);
	}
	struct date last = date_add(fill->city->today, -1);
	if (last.day > since.day)
		TRY(endings_live(fill, since, last));
	return last.day > since.day ? day_begin(fill, since, last) : OK;
}

enum fail city_fill(struct arena *arena, const struct city *city, const char *dir, const struct fill_wire *wire,
                    size_t uses_max, struct fill_counts *out, struct str *why_out)
{
	struct fill *fill = arena_new(arena, struct fill);

	*fill = (struct fill){ .arena = arena, .step = arena_open(STEP_ARENA_BYTES), .city = city, .dir = dir,
	                       .wire = wire, .why = STR("") };
	enum fail fail = city_begin(fill);
	if (fail == OK && uses_max)
		fail = year_live(fill, uses_max);
	if (fail == OK)
		fail = grants_complete(fill);
	if (fail == OK && uses_max)
		fail = applications_fill(fill);
	if (fail == OK && uses_max)
		fail = reminders_introduce(fill);
	if (fail == OK && uses_max)
		fail = evening_fill(fill);
	if (fail == OK)
		fail = fill_clock(fill, 0, true);
	for (size_t i = 0; i < fill->card_count; i++)
		card_close(&fill->cards[i].card);
	arena_close(&fill->step);
	*out = fill->counts;
	*why_out = fill->why;
	return fail;
}
