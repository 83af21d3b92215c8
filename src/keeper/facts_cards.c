#include "keeper/facts_parts.h"
#include "law/holder.h"

enum { LAST_FOUR = 4, RULES_MAX = 32, HOUR_MS = 3600000 };

/* DOMAIN X8: a card holds only the last four characters of the number. A number whose time is over
 * does not count. */
static enum fail last_four_matches(struct facts_context *context, struct person_id person,
                                   struct str last_four, struct date today, bool *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	bool matches = false;

	TRY(store_ask(context->tables, TABLES_fact_person_numbers, VALUES(VALUE_INT("person", person.n)),
	              &rows));
	while (rows_next(&rows)) {
		struct date valid_to = row_date(&rows, 4);
		struct str number;
		if (!date_is_none(valid_to) && valid_to.day < today.day)
			continue;
		TRY(load_document(context, (uint64_t)rows_i64(&rows, 0), rows_text(&rows, 1), &number));
		matches = matches || str_ends(number, last_four);
	}
	*out = matches && last_four.len == LAST_FOUR;
	return rows_fail(&rows);
}

/* A row of a card: person, end, validity, whether its name was explained, what stood on it. */
static enum fail card_read(struct facts_context *context, const struct rows_found *rows, struct fact_card *card,
                           struct holder *explained_out)
{
	int ended = 0;
	struct str text;

	if (!rows_is_null(rows, 1))
		TRY(row_word(rows, 1, &card_end_words, &ended));
	card->bound_to.n = (uint64_t)rows_i64(rows, 0);
	card->ended = (enum card_end)ended;
	card->known_valid_to = row_date(rows, 2);
	if (rows_i64(rows, 3) != 1 || rows_is_null(rows, 4))
		return OK;
	enum fail fail = load_document(context, (uint64_t)rows_i64(rows, 4), rows_text(rows, 5), &text);
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	return holder_read(context->arena, text, explained_out) == OK ? OK : FAIL_CORRUPT;
}

static enum fail card_find(struct facts_context *context, struct fact_card *card, struct holder *explained_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*explained_out = (struct holder){ STR(""), STR("") };
	card->bound_to = (struct person_id){ 0 };
	card->ended = card_end_none;
	card->known_valid_to = DATE_NONE;
	TRY(store_ask(context->tables, TABLES_fact_card, VALUES(VALUE_TEXT("card_serial", card->serial)), &rows));
	if (rows_next(&rows))
		TRY(card_read(context, &rows, card, explained_out));
	return rows_fail(&rows);
}

enum fail load_holder(struct facts_context *context, struct fact_card *card)
{
	struct holder explained;

	return card_find(context, card, &explained);
}

/* The registered name, or the one that the custodian explained when the card was bound. */
static bool name_fits(const struct fact_card *card, const struct details *details, const struct holder *explained)
{
	return str_eq(details->name, card->name) || (explained->name.len && str_eq(explained->name, card->name));
}

enum fail load_card(struct facts_context *context, struct fact_card *card, struct date today)
{
	struct holder explained;
	struct details details;
	int kind;

	card->bound_to = (struct person_id){ 0 };
	card->matches = false;
	if (!card->presented || card->unproven || !card->serial.len)
		return OK;
	TRY(card_find(context, card, &explained));
	if (!card->bound_to.n)
		return OK;
	enum fail fail = load_person(context, card->bound_to, &kind, &details);
	if (fail == FAIL_NOT_FOUND || (fail == OK && !name_fits(card, &details, &explained)))
		return OK;
	TRY(fail);
	return last_four_matches(context, card->bound_to, card->last_four, today, &card->matches);
}

/* --- a card that is bound to nobody --- */

static enum fail resembles(struct facts_context *context, const struct fact_card *card, struct person_id person,
                           struct date today, bool *out)
{
	struct details details;
	int kind;
	enum fail fail = load_person(context, person, &kind, &details);

	*out = false;
	if (fail == FAIL_NOT_FOUND || (fail == OK && !str_eq(details.name, card->name)))
		return OK;
	TRY(fail);
	return last_four_matches(context, person, card->last_four, today, out);
}

/* Names are sealed, so everybody with a duty is looked at: some hundred people, once a card and day. */
static enum fail candidate_find(struct facts_context *context, const struct fact_card *card, struct date today,
                                struct person_id *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	bool found = false;

	TRY(store_ask(context->tables, TABLES_fact_people_of_offices, VALUES(VALUE_INT("today", today.day)), &rows));
	while (!found && rows_next(&rows)) {
		struct person_id person = { (uint64_t)rows_i64(&rows, 0) };
		TRY(resembles(context, card, person, today, &found));
		if (found)
			*out = person;
	}
	return rows_fail(&rows);
}

static enum fail presented_today(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	const struct fact_card *card = &facts->card;

	TRY(store_ask(context->tables, TABLES_fact_presented_today,
	              VALUES(VALUE_TEXT("card_serial", card->serial), VALUE_INT("today", facts->today.day)), &rows));
	if (rows_next(&rows)) {
		facts->presented.today = rows_i64(&rows, 0);
		facts->presented.count_today = rows_i64(&rows, 1);
	}
	return rows_fail(&rows);
}

static enum fail load_unknown(struct facts_context *context, struct facts *facts)
{
	const struct fact_card *card = &facts->card;

	if (!card->presented || card->fault || card->bound_to.n || !card->serial.len)
		return OK;
	TRY(presented_today(context, facts));
	if (facts->presented.today)
		return OK;
	return candidate_find(context, card, facts->today, &facts->presented.candidate);
}

enum fail load_refused(struct facts_context *context, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct texts *rules = &facts->presented.refused_rules;
	int64_t hour = facts->now_ms / HOUR_MS;

	rules->at = arena_array(context->arena, struct str, RULES_MAX);
	TRY(store_ask(context->tables, TABLES_fact_refused,
	              VALUES(VALUE_INT("hour", hour), VALUE_TEXT("card_serial", facts->card.serial)), &rows));
	while (rules->count < RULES_MAX && rows_next(&rows))
		rules->at[rules->count++] = rows_copy(&rows, 0, context->arena);
	TRY(rows_fail(&rows));
	return store_number(context->tables, TABLES_fact_refused_count, VALUES(VALUE_INT("hour", hour)),
	                    &facts->presented.refused_hour);
}

enum fail load_sign_in(struct facts_context *context, struct facts *facts)
{
	TRY(load_card(context, &facts->card, facts->today));
	TRY(load_refused(context, facts));
	TRY(load_unknown(context, facts));
	facts->me = facts->card.bound_to;
	return load_me(context, facts);
}

/* --- confirming one --- */

static enum fail presented_read(struct facts_context *context, const struct rows_found *rows,
                                struct entry_id entry, struct fact_presented *out)
{
	struct holder holder;
	struct str text;

	TRY(load_document(context, (uint64_t)rows_i64(rows, 4), rows_text(rows, 5), &text));
	if (holder_read(context->arena, text, &holder) != OK)
		return FAIL_CORRUPT;
	*out = (struct fact_presented){
		.entry = entry, .serial = rows_copy(rows, 0, context->arena),
		.number = rows_is_null(rows, 1) ? STR("") : rows_copy(rows, 1, context->arena),
		.fingerprint = rows_is_null(rows, 2) ? STR("") : rows_copy(rows, 2, context->arena),
		.valid_to = row_date(rows, 3), .name = holder.name, .last_four = holder.last_four,
	};
	return OK;
}

static enum fail presented_compare(struct facts_context *context, struct person_id person, struct date today,
                                   struct fact_presented *card)
{
	struct details details;
	uint64_t known = 0;
	int kind;
	enum fail fail = load_person(context, person, &kind, &details);

	if (fail != OK && fail != FAIL_NOT_FOUND)
		return fail;
	card->name_same = fail == OK && str_eq(details.name, card->name);
	TRY(last_four_matches(context, person, card->last_four, today, &card->last_four_same));
	TRY(row_exists(context, TABLES_fact_card_known, VALUES(VALUE_TEXT("card_serial", card->serial)), &known));
	card->taken = known != 0;
	return OK;
}

enum fail load_confirm_card(struct facts_context *context, const struct command *command, struct facts *facts)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	const struct command_confirm_card *ask = &command->confirm_card;

	TRY(store_ask(context->tables, TABLES_fact_presented, VALUES(VALUE_INT("presented", ask->presented.n)), &rows));
	if (rows_next(&rows))
		TRY(presented_read(context, &rows, ask->presented, &facts->presented));
	TRY(rows_fail(&rows));
	rows_end(&rows);
	TRY(load_account_of(context, ask->person, facts));
	return facts->presented.entry.n && facts->account.exists
		? presented_compare(context, ask->person, facts->today, &facts->presented) : OK;
}

enum fail load_unbind_card(struct facts_context *context, const struct command *command, struct facts *facts)
{
	struct person_id person = { 0 };

	TRY(row_exists(context, TABLES_fact_card_standing_of,
	               VALUES(VALUE_TEXT("card_serial", command->unbind_card.card_serial)), &person.n));
	return person.n ? load_account_of(context, person, facts) : OK;
}
