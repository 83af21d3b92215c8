#include "keeper/facts_parts.h"
#include "law/application.h"
#include "law/law.h"

enum { STEPS_MAX = 256, RENEWED_MAX = 64 };

/* --- what stands under a number ----------------------------------------------------------------- */

static enum fail steps_load(struct facts_context *context, struct fact_application *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct fact_step_taken *steps = arena_array(context->arena, struct fact_step_taken, STEPS_MAX);
	int step;

	TRY(store_ask(context->tables, TABLES_fact_application_steps, VALUES(VALUE_INT("application", out->id.n)),
	              &rows));
	while (out->step_count < STEPS_MAX && rows_next(&rows)) {
		TRY(row_word(&rows, 1, &application_step_words, &step));
		steps[out->step_count++] = (struct fact_step_taken){ { (uint64_t)rows_i64(&rows, 0) },
			                                       (enum application_step)step };
	}
	out->steps = steps;
	return rows_fail(&rows);
}

static size_t bases_load(struct facts_context *context, struct texts codes, struct date today,
                         const struct fact_basis **out)
{
	struct fact_basis *bases = arena_array(context->arena, struct fact_basis, codes.count);

	for (size_t i = 0; i < codes.count; i++)
		bases[i] = rules_basis(context->cache, codes.at[i], today);
	*out = bases;
	return codes.count;
}

static struct texts codes_of(struct arena *arena, struct str joined)
{
	struct texts codes = { 0, arena_array(arena, struct str, APPLICATIONS_AT_ONCE_MAX) };
	struct str code;

	while (codes.count < APPLICATIONS_AT_ONCE_MAX && str_cut(&joined, ',', &code))
		codes.at[codes.count++] = code;
	return codes;
}

/* Which of the grants named are standing ones of that person in that office. */
static enum fail renewed_load(struct facts_context *context, struct texts entries, struct person_id person,
                              struct str office, struct date today, size_t *count_out,
                              const struct fact_renewed **out)
{
	struct fact_renewed *renewed = arena_array(context->arena, struct fact_renewed, entries.count);
	size_t count = 0;

	for (size_t i = 0; i < entries.count; i++) {
		AUTO(rows_end) struct rows_found rows = ROWS_NONE;
		uint64_t entry;
		int item;
		if (str_to_u64(entries.at[i], &entry) != OK)
			continue;
		TRY(store_ask(context->tables, TABLES_fact_grant_standing,
		              VALUES(VALUE_INT("grant", entry), VALUE_INT("person", person.n),
		                     VALUE_TEXT("office", office), VALUE_INT("today", today.day)),
		              &rows));
		if (rows_next(&rows)) {
			TRY(row_word(&rows, 0, &item_words, &item));
			renewed[count++] = (struct fact_renewed){ { entry }, (enum item)item,
				                                  rows_copy(&rows, 1, context->arena) };
		}
		TRY(rows_fail(&rows));
	}
	*count_out = count;
	*out = renewed;
	return OK;
}

struct stored_form { uint64_t document; };

static enum fail application_read(struct facts_context *context, const struct rows_found *rows,
                                  const struct facts *facts, struct fact_application *out)
{
	struct texts items = codes_of(context->arena, rows_copy(rows, 8, context->arena));
	struct texts bases = codes_of(context->arena, rows_copy(rows, 9, context->arena));
	int state, chain;

	TRY(row_word(rows, 3, &application_state_words, &state));
	*out = (struct fact_application){
		.id = { (uint64_t)rows_i64(rows, 0) }, .applicant = { (uint64_t)rows_i64(rows, 1) },
		.office = rows_copy(rows, 2, context->arena), .state = (enum application_state)state,
		.round = rows_i64(rows, 5), .digest = rows_copy(rows, 7, context->arena),
		.transmission = { (uint64_t)rows_i64(rows, 11) },
	};
	out->chain = application_chain_of(rules_office(context->cache, out->office).kind, &facts->parameters);
	if (!rows_is_null(rows, 4)) {
		TRY(row_word(rows, 4, &application_chain_words, &chain));
		out->chain = (enum application_chain)chain;
	}
	if (!form_items_read(items, &out->items))
		return FAIL_CORRUPT;
	out->basis_count = bases_load(context, bases, facts->today, &out->bases);
	return OK;
}

static enum fail application_load(struct facts_context *context, struct application_id id,
                                  const struct facts *facts, struct fact_application *out,
                                  struct stored_form *form_out, struct texts *renews_out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	*out = (struct fact_application){ .office = STR(""), .digest = STR("") };
	*renews_out = (struct texts){ 0 };
	TRY(store_ask(context->tables, TABLES_fact_application, VALUES(VALUE_INT("application", id.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows);
	TRY(application_read(context, &rows, facts, out));
	form_out->document = (uint64_t)rows_i64(&rows, 6);
	if (!rows_is_null(&rows, 10))
		*renews_out = codes_of(context->arena, rows_copy(&rows, 10, context->arena));
	TRY(rows_fail(&rows));
	return steps_load(context, out);
}

/* --- what the registry knows of the applicant ----------------------------------------------------- */

static enum fail custodian_load(struct facts_context *context, const struct facts *facts,
                                const struct fact_office *office, bool *out)
{
	bool by_bureau = office->kind == OFFICE_AFFILIATE &&
	                 parameter_is(&facts->parameters, PARAMETER_AFFILIATE_CUSTODIAN, "bureau");
	uint64_t entry = 0;

	TRY(row_exists(context, TABLES_fact_custodian,
	               VALUES(VALUE_TEXT("office", office->office), VALUE_INT("today", facts->today.day)), &entry));
	if (!entry && by_bureau)
		TRY(row_exists(context, TABLES_fact_custodian,
		               VALUES(VALUE_TEXT("office", BUREAU_OFFICE), VALUE_INT("today", facts->today.day)),
		               &entry));
	*out = entry != 0;
	return OK;
}

static enum fail standing_load(struct facts_context *context, const struct facts *facts,
                               struct person_id person, const struct fact_office *office,
                               struct fact_applicant *out)
{
	uint64_t officer = 0;

	TRY(row_exists(context, TABLES_fact_officer,
	               VALUES(VALUE_INT("person", person.n), VALUE_TEXT("office", office->office),
	                      VALUE_INT("today", facts->today.day)),
	               &officer));
	out->officer = officer != 0;
	TRY(load_account(context, person, office->office, &out->account));
	return custodian_load(context, facts, office, &out->custodian);
}

static enum fail card_load(struct facts_context *context, struct person_id person, struct fact_applicant *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_card_of, VALUES(VALUE_INT("person", person.n)), &rows));
	if (rows_next(&rows)) {
		out->card = true;
		out->form.cert_serial = rows_copy(&rows, 0, context->arena);
		if (!rows_is_null(&rows, 1))
			out->form.card_number = rows_copy(&rows, 1, context->arena);
	}
	return rows_fail(&rows);
}

static enum fail number_load(struct facts_context *context, struct person_id person, struct date today,
                             struct application_form *form)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;

	TRY(store_ask(context->tables, TABLES_fact_person_numbers, VALUES(VALUE_INT("person", person.n)), &rows));
	while (!form->id_no.len && rows_next(&rows)) {
		struct date valid_to = row_date(&rows, 4);
		if (date_is_none(valid_to) || valid_to.day >= today.day)
			TRY(load_document(context, (uint64_t)rows_i64(&rows, 0), rows_text(&rows, 1), &form->id_no));
	}
	return rows_fail(&rows);
}

/* F1.legal_basis: the provision that needs the fact and the one that allows asking for it (X23). */
static struct str basis_cited(struct arena *arena, const struct fact_basis *basis)
{
	return str_printf(arena, "%.*s%s%.*s（%.*s）", STR_FMT(basis->substantive), basis->substantive.len ? "、" : "",
	                  STR_FMT(basis->data_request), STR_FMT(basis->name));
}

static void names_put(struct arena *arena, size_t count, const struct fact_basis *bases, struct texts *out)
{
	out->at = arena_array(arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		out->at[i] = basis_cited(arena, &bases[i]);
	out->count = count;
}

static enum fail registry_load(struct facts_context *context, struct person_id person, struct date today,
                               const struct fact_office *office, struct fact_applicant *out)
{
	struct details details;
	int kind;

	out->form.office = office->office;
	out->form.agency_name = office->name;
	out->form.agency_address = office->address;
	TRY(load_person(context, person, &kind, &details));
	out->form.name = details.name;
	out->form.unit = details.unit;
	out->form.title = details.title;
	TRY(number_load(context, person, today, &out->form));
	return card_load(context, person, out);
}

/* --- commands ------------------------------------------------------------------------------------- */

static struct str officer_office(const struct facts *facts)
{
	for (size_t i = 0; i < facts->my_duties.count; i++)
		if (facts->my_duties.at[i].duty == DUTY_OFFICER)
			return facts->my_duties.at[i].office;
	return STR("");
}

/* Without an office named: that of the application, or where I am officer today. */
enum fail load_application_draft(struct facts_context *context, const struct command *command,
                                 struct facts *facts)
{
	const struct command_draft_application *ask = &command->draft_application;
	struct str office = ask->office.len ? ask->office : officer_office(facts);
	struct stored_form form;
	struct texts renews;

	if (!facts->me.n)
		return OK; /* nobody is signed in any more: there is no registry entry to fill a form from */
	if (ask->application.n)
		TRY(application_load(context, ask->application, facts, &facts->application, &form, &renews));
	if (!ask->office.len && facts->application.id.n)
		office = facts->application.office;
	facts->office = rules_office(context->cache, office);
	facts->basis_count = bases_load(context, ask->legal_bases, facts->today, &facts->bases);
	TRY(standing_load(context, facts, facts->me, &facts->office, &facts->applicant));
	TRY(registry_load(context, facts->me, facts->today, &facts->office, &facts->applicant));
	names_put(context->arena, facts->basis_count, facts->bases, &facts->applicant.form.basis_names);
	return renewed_load(context, ask->renews, facts->me, facts->office.office, facts->today,
	                    &facts->renewed_count, &facts->renewed);
}

static struct application_id named_in(const struct command *command)
{
	const struct record_spec *spec = &command_spec(command->kind)->record;
	const struct field_spec *field = record_field(spec, STR("application"));

	assert(field && field->kind == FIELD_ENTRY);
	return *(const struct application_id *)((const char *)command_body_const(command) + field->offset);
}

enum fail load_application_step(struct facts_context *context, const struct command *command,
                                struct facts *facts)
{
	struct stored_form form;
	struct texts renews;

	return application_load(context, named_in(command), facts, &facts->application, &form, &renews);
}

/* A form that was destroyed, or that this program cannot read, says nothing the registry says. */
static enum fail form_same(struct facts_context *context, const struct facts *facts, struct stored_form stored,
                           bool *out)
{
	struct application_form form;
	struct str text;
	enum fail fail = load_document(context, stored.document, facts->application.digest, &text);

	*out = false;
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	if (application_form_read(context->arena, text, &form) != OK)
		return FAIL_CORRUPT;
	*out = application_form_registry_same(&form, &facts->applicant.form);
	return OK;
}

enum fail load_application_submit(struct facts_context *context, const struct command *command,
                                  struct facts *facts)
{
	const struct fact_application *application = &facts->application;
	struct stored_form stored;
	struct texts renews;

	TRY(application_load(context, command->submit_application.application, facts, &facts->application, &stored,
	                     &renews));
	if (!application->id.n || application->applicant.n != facts->me.n)
		return OK;
	facts->office = rules_office(context->cache, application->office);
	TRY(standing_load(context, facts, facts->me, &facts->office, &facts->applicant));
	TRY(registry_load(context, facts->me, facts->today, &facts->office, &facts->applicant));
	names_put(context->arena, application->basis_count, application->bases,
	          &facts->applicant.form.basis_names);
	return form_same(context, facts, stored, &facts->applicant.same);
}

enum fail load_application_grant(struct facts_context *context, const struct command *command,
                                 struct facts *facts)
{
	struct fact_application *application = &facts->application;
	struct stored_form form;
	struct texts renews;

	TRY(application_load(context, command->grant_application.application, facts, application, &form, &renews));
	if (!application->id.n)
		return OK;
	facts->office = rules_office(context->cache, application->office);
	TRY(standing_load(context, facts, application->applicant, &facts->office, &facts->applicant));
	return renewed_load(context, renews, application->applicant, application->office, facts->today,
	                    &application->renewed_count, &application->renewed);
}

/* What is no number is an application that nobody knows. */
static enum fail listed_add(struct facts_context *context, struct texts entries, const struct facts *facts,
                            struct fact_application *applications, size_t *count)
{
	struct stored_form form;
	struct texts renews;

	for (size_t i = 0; i < entries.count; i++) {
		struct application_id id = { 0 };
		if (str_to_u64(entries.at[i], &id.n) != OK)
			id.n = 0;
		TRY(application_load(context, id, facts, &applications[(*count)++], &form, &renews));
	}
	return OK;
}

enum fail load_applications_listed(struct facts_context *context, const struct command *command,
                                   struct facts *facts)
{
	const struct command_record_nia_review *answer = &command->record_nia_review;
	bool is_answer = command->kind == COMMAND_record_nia_review;
	struct texts lists[] = { is_answer ? answer->approved : command->transmit_applications.applications,
		                 is_answer ? answer->returned : (struct texts){ 0 },
		                 is_answer ? answer->rejected : (struct texts){ 0 } };
	size_t most = lists[0].count + lists[1].count + lists[2].count;
	struct fact_application *applications = arena_array(context->arena, struct fact_application, most);

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		TRY(listed_add(context, lists[i], facts, applications, &facts->application_count));
	facts->applications = applications;
	return OK;
}

enum fail load_application_scan(struct facts_context *context, const struct command *command,
                                struct facts *facts)
{
	if (base64_read(context->arena, command->attach_scan.scan, &facts->scan) != OK)
		facts->scan = STR("");
	return load_application_step(context, command, facts);
}
