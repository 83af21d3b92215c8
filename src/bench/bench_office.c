#include "bench/bench_office.h"

#include "base/cert_cms.h"
#include "base/crypto.h"
#include "base/csv.h"
#include "base/diag.h"
#include "demo/fill.h"
#include "keeper/init.h"
#include "source/local.h"

enum { SEED = 183, OFFICERS_SEED = 7, SUBJECTS_FROM = 2000000, OFFICERS_FROM = 4000000 };

static struct message *message_on(struct arena *arena, struct message message)
{
	struct message *copy = arena_new(arena, struct message);

	*copy = message;
	return copy;
}

static enum fail through_keeper(void *context, struct arena *arena, const struct message *message,
                                struct message *reply_out)
{
	return inside_call(context, arena, PEER_COUNTER, message_on(arena, *message), 1, reply_out);
}

enum fail bench_office_clock(struct inside *inside, struct arena *arena, int64_t at_ms)
{
	struct message *message = message_on(arena, message_new(arena, MESSAGE_OPERATOR, 0));
	struct message reply;
	bool real = at_ms == INT_NONE;

	message_put(message, "verb", STR("clock"));
	message_put(message, "os_user", STR("bench"));
	message_put(message, "detail", real ? STR("") : str_copy(arena, str_from(time_utc(at_ms).text)));
	TRY(inside_call(inside, arena, PEER_COUNTER, message, 1, &reply));
	return str_is(message_get(&reply, "outcome"), "granted") ? OK : FAIL_CONFLICT;
}

static enum fail sign_in(struct inside *inside, struct arena *arena, struct str card, struct str *token_out)
{
	struct message *message = message_on(arena, message_new(arena, MESSAGE_SIGN_IN, 0));
	struct message reply;

	message_put(message, "method", STR("mutual_tls"));
	message_put(message, "chain", card);
	message_put(message, "address", STR("127.0.0.1"));
	message_put(message, "channel", STR("web"));
	TRY(inside_call(inside, arena, PEER_FRONT, message, 1, &reply));
	*token_out = message_get(&reply, "session");
	if (token_out->len)
		return OK;
	diag_error("bench: signing in: %.*s", STR_FMT(message_get(&reply, "refusal")));
	return FAIL_CONFLICT;
}

static struct str request_new(struct arena *arena)
{
	uint8_t bytes[16];

	random_bytes(bytes, sizeof bytes);
	return base64url_text(arena, bytes, sizeof bytes);
}

static struct message command(struct arena *arena, struct str token, const char *name)
{
	struct message message = message_new(arena, MESSAGE_COMMAND, 0);

	message_put(&message, "session", token);
	message_put(&message, "command", str_from(name));
	message_put(&message, "request", request_new(arena));
	message_put(&message, "channel", STR("web"));
	message_put(&message, "address", STR("127.0.0.1"));
	return message;
}

static enum fail import(struct inside *inside, struct arena *arena, struct str token,
                        enum import_kind kind, const struct sheet *sheet)
{
	struct message *message = message_on(arena, command(arena, token, "import_list"));
	struct buf csv = buf_on(arena);
	struct message reply;

	csv_write(&csv, sheet);
	message_field(message, STR("import_kind"), word_code(&import_kind_words, (int)kind));
	message_field(message, STR("file"), buf_str(&csv));
	TRY(inside_call(inside, arena, PEER_FRONT, message, 1, &reply));
	if (str_is(message_get(&reply, "outcome"), "granted"))
		return OK;
	diag_error("bench: %s: %.*s", word_en(&import_kind_words, (int)kind),
	           STR_FMT(message_get(&reply, "refusal")));
	return FAIL_CONFLICT;
}

/* --- the people ------------------------------------------------------------------------------------ */

static void row_put(struct sheet *sheet, struct str *row, const char *column, struct str text)
{
	size_t i = 0;

	while (i < sheet->column_count && !str_is(sheet->columns[i], column))
		i++;
	assert(i < sheet->column_count); /* a column of the import */
	row[i] = text;
}

static struct sheet sheet_for(struct arena *arena, enum import_kind kind)
{
	const struct record_spec *spec = import_spec(kind);
	struct str *columns = arena_array(arena, struct str, spec->count);

	for (size_t i = 0; i < spec->count; i++)
		columns[i] = spec->fields[i].name;
	return sheet_new(arena, spec->name, columns, spec->count);
}

struct people {
	struct local_person officers[BENCH_OFFICERS], subjects[BENCH_OFFICERS];
	struct testca_issued issued[BENCH_OFFICERS];
	struct str from, until; /* ISO */
};

static struct str office_of(size_t n)
{
	static const struct str offices[] = { STR_INIT("sanmin"), STR_INIT("zuoying"), STR_INIT("fengshan") };

	return offices[n % ARRAY_LEN(offices)];
}

static struct sheet staff_sheet(struct arena *arena, const struct people *people)
{
	struct sheet sheet = sheet_for(arena, IMPORT_STAFF);

	for (size_t i = 0; i < BENCH_OFFICERS; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row_put(&sheet, row, "id_no", people->officers[i].numbers[0].number);
		row_put(&sheet, row, "name", people->officers[i].name);
		row_put(&sheet, row, "office", office_of(i));
		row_put(&sheet, row, "duty", STR("officer"));
		row_put(&sheet, row, "valid_from", people->from);
		row_put(&sheet, row, "card_serial", people->issued[i].serial);
		row_put(&sheet, row, "card_number", people->issued[i].card_number);
	}
	return sheet;
}

static struct sheet cases_sheet(struct arena *arena, const struct people *people, const struct bench_office *office)
{
	struct sheet sheet = sheet_for(arena, IMPORT_CASES);

	for (size_t i = 0; i < BENCH_OFFICERS; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row_put(&sheet, row, "case_no", office->case_no[i]);
		row_put(&sheet, row, "office", office_of(i));
		row_put(&sheet, row, "legal_basis", STR("B_LOW"));
		row_put(&sheet, row, "opened_on", people->from);
		row_put(&sheet, row, "party_no", STR("1"));
		row_put(&sheet, row, "id_no", people->subjects[i].numbers[0].number);
		row_put(&sheet, row, "name", people->subjects[i].name);
		row_put(&sheet, row, "person_kind", STR("registered_national"));
		row_put(&sheet, row, "relation", STR("claimant"));
	}
	return sheet;
}

static struct sheet grants_sheet(struct arena *arena, const struct people *people)
{
	struct sheet sheet = sheet_for(arena, IMPORT_GRANTS);

	for (size_t i = 0; i < BENCH_OFFICERS; i++) {
		struct str *row = sheet_row_add(arena, &sheet);
		row_put(&sheet, row, "id_no", people->officers[i].numbers[0].number);
		row_put(&sheet, row, "office", office_of(i));
		row_put(&sheet, row, "item", STR("item_1"));
		row_put(&sheet, row, "legal_basis", STR("B_LOW"));
		row_put(&sheet, row, "valid_from", people->from);
		row_put(&sheet, row, "valid_to", people->until);
	}
	return sheet;
}

static enum fail cards_issue(struct arena *arena, struct testca *testca, struct people *people)
{
	struct testca_order *orders = arena_array(arena, struct testca_order, BENCH_OFFICERS);

	for (size_t i = 0; i < BENCH_OFFICERS; i++)
		orders[i] = (struct testca_order){ .issuer = TESTCA_MOICA_G3, .kind = CERT_PERSON,
			.name = people->officers[i].name, .id_no = people->officers[i].numbers[0].number,
			.subject_serial = STR(""), .organisation_oid = STR(""), .stem = STR(""),
			.pin = STR(""), .password = STR("") };
	TRY(testca_issue(testca, arena, clock_wall_ms(), orders, BENCH_OFFICERS, people->issued));
	return testca_reissue_crls(testca, clock_wall_ms(), 0);
}

static enum fail lists_import(struct inside *inside, struct arena *arena, struct str token,
                              const struct people *people, const struct bench_office *office)
{
	struct sheet staff = staff_sheet(arena, people), cases = cases_sheet(arena, people, office),
	             grants = grants_sheet(arena, people);

	TRY(import(inside, arena, token, IMPORT_STAFF, &staff));
	TRY(import(inside, arena, token, IMPORT_CASES, &cases));
	return import(inside, arena, token, IMPORT_GRANTS, &grants);
}

static void people_make(struct arena *arena, struct people *people, struct bench_office *office)
{
	for (size_t i = 0; i < BENCH_OFFICERS; i++) {
		people->officers[i] = local_person_made(arena, OFFICERS_SEED, OFFICERS_FROM + i);
		people->subjects[i] = local_person_made(arena, OFFICERS_SEED, SUBJECTS_FROM + i);
		office->case_no[i] = str_printf(arena, "190-%04u", (unsigned)i);
	}
	people->from = str_copy(arena, str_from(date_iso(date_add(office->today, -30)).text));
	people->until = str_copy(arena, str_from(date_iso(date_add(office->today, 700)).text));
}

static enum fail custodian_card(struct arena *arena, const char *dir, struct str *cert_out)
{
	struct card card;

	TRY(card_open(arena, str_c(arena, str_printf(arena, "%s/cards/bureau-custodian.pem", dir)), NULL, 0, &card));
	*cert_out = str_copy(arena, card.cert_der);
	card_close(&card);
	return OK;
}

static enum fail office_fill(struct arena *arena, const char *dir, struct city *city, struct testca *testca,
                             struct bench_office *office)
{
	struct people *people = arena_new(arena, struct people);
	const struct local_options options = { .seed = SEED, .anchor = office->today, .deletion_ms = INT64_MAX };
	struct fill_counts counts;
	struct inside *inside = NULL;
	struct str why = STR(""), token, custodian;

	people_make(arena, people, office);
	TRY(cards_issue(arena, testca, people));
	TRY(local_source_generate(str_c(arena, str_printf(arena, "%s/source.db", dir)), &options,
	                          people->subjects, BENCH_OFFICERS));
	TRY(custodian_card(arena, dir, &custodian));
	TRY(inside_open(dir, &inside));
	const struct fill_wire wire = { .ask = through_keeper, .context = inside };
	enum fail fail = city_fill(arena, city, dir, &wire, 0, &counts, &why);
	if (fail != OK && why.len)
		diag_error("bench: %.*s", STR_FMT(why));
	if (fail == OK)
		fail = sign_in(inside, arena, custodian, &token);
	if (fail == OK)
		fail = lists_import(inside, arena, token, people, office);
	inside_close(&inside);
	for (size_t i = 0; i < BENCH_OFFICERS; i++)
		office->card[i] = people->issued[i].signing_der;
	return fail;
}

enum fail bench_office_make(struct arena *arena, const char *dir, struct bench_office *out)
{
	struct date today = time_local_date(clock_wall_ms());
	struct city *city = city_make(arena, SEED, today);
	const struct init_options options = { .origin = STR("demo.youju.example/bench"), .demo = true,
		                              .at_ms = city_fill_start_ms(city), .host = STR("localhost") };
	struct testca *testca;

	out->today = today;
	TRY(keeper_init(dir, &options));
	TRY(testca_create(dir, clock_wall_ms(), true));
	TRY(testca_open(dir, &testca));
	enum fail fail = testca_issue_server(testca, clock_wall_ms());
	if (fail == OK)
		fail = city_cards(city, arena, testca, clock_wall_ms());
	if (fail == OK)
		fail = office_fill(arena, dir, city, testca, out);
	testca_close(&testca);
	return fail;
}

enum fail bench_office_sign_in(struct inside *inside, struct arena *arena, struct bench_office *office)
{
	AUTO(arena_close) struct arena step = arena_open((size_t)1 << 30);

	for (size_t i = 0; i < BENCH_OFFICERS; i++) {
		struct str token;
		TRY(sign_in(inside, &step, office->card[i], &token));
		office->token[i] = str_copy(arena, token);
		if (i % BENCH_GROUP == 0)
			arena_empty(&step);
	}
	return OK;
}

struct message bench_office_question(struct arena *arena, const struct bench_office *office, size_t n)
{
	struct message message = command(arena, office->token[n], "ask");

	message_field(&message, STR("case_no"), office->case_no[n]);
	message_field(&message, STR("subject"), STR("1"));
	message_field(&message, STR("legal_basis"), STR("B_LOW"));
	message_field(&message, STR("purpose"), STR("yearly_recheck"));
	message_field(&message, STR("item"), STR("item_1"));
	message_field(&message, STR("range"), STR("residence"));
	message_field(&message, STR("anchor_date"), str_copy(arena, str_from(date_iso(office->today).text)));
	return message;
}
