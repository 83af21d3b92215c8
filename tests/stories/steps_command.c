/* Sentences that are commands, and the clauses behind them. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "steps.h"

const struct command_row command_rows[] = {
	{ "{who} asks {range} for party {subject} of {case_no}", "ask", "item=item_1;purpose=yearly_recheck;anchor_date=2026-11-24" },
	{ "{who} asks {range} for the number {subject} in {case_no}", "ask", "item=item_1;purpose=yearly_recheck;anchor_date=2026-11-24" },
	{ "{who} opens case {case_no} under {legal_basis}", "open_case", "intake_no=A-1;received_on=2026-11-24" },
	{ "{who} adds {name} with number {id_no} to {case_no} as {relation}", "add_party",
	  "person_kind=registered_national;intake_no=A-1;received_on=2026-11-24" },
	{ "{who} confirms {case_no}", "confirm_case", "" },
	{ "{who} closes {case_no} on {closed_on}", "close_case", "" },
	{ "{who} decides {case_no} to {decision} on {decided_on}", "decide_case", "" },
	{ "{who} applies under {legal_bases} for {items}", "draft_application",
	  "phone=07-3228160 #12;email=fang@kcg.gov.tw;purpose=yearly_recheck;purpose_text=低收入戶年度總清查" },
	{ "{who} changes {application} under {legal_bases} for {items}", "draft_application",
	  "phone=07-3228160 #34;email=fang@kcg.gov.tw;purpose=yearly_recheck;purpose_text=低收入戶及兒少案年度總清查" },
	{ "{who} submits {application} as {digest}", "submit_application", "" },
	{ "{who} withdraws {application}", "withdraw_application", "" },
	{ "{who} endorses {application} as {digest}", "endorse_application", "" },
	{ "{who} approves the application {application} as {digest}", "approve_application", "" },
	{ "{who} decides on {application} as {digest} for the head because {ground}", "approve_application", "acting_decision=true" },
	{ "{who} forwards {application} as {digest} by letter {letter_no}", "forward_application",
	  "letter_date=2026-11-24;letter_text=檢送本所帳號申請表" },
	{ "{who} reviews {application} as {digest}", "review_application",
	  "check_identity=pass;check_duty=pass;check_basis=pass;check_items=pass;check_purpose=pass;check_seals=pass;check_paper=pass;remark=查核無訛" },
	{ "{who} transmits {applications} by letter {letter_no}", "transmit_applications", "letter_date=2026-11-24" },
	{ "{who} approves {approved} of {transmission} for the agency", "record_nia_review", "" },
	{ "{who} records that the agency approved {approved} of {transmission}", "record_nia_review", "letter_date=2026-11-24" },
	{ "{who} records that the agency returned {returned} of {transmission}", "record_nia_review", "letter_date=2026-11-24" },
	{ "{who} grants {application} as {digest} until {valid_to}", "grant_application", "valid_from=2026-11-24" },
	{ "{who} returns {application} as {digest} saying {reason}", "return_application", "" },
	{ "{who} rejects the application {application} as {digest} saying {reason}", "reject_application", "" },
	{ "{who} attaches the {scan_kind} {scan} to {application} as {digest}", "attach_scan", "" },
	{ "{who} appoints {person} as {duty} of {office} from {valid_from}", "appoint_duty", "" },
	{ "{who} ends duty {duty_entry} because {duty_end} on {ended_on}", "end_duty", "" },
	{ "{who} records for {person} in {office} the duty change {duty_change} from {effective}", "record_duty_change", "" },
	{ "{who} reports the card of {person} lost on {lost_on}", "report_card_lost", "" },
	{ "{who} suspends {person} in {office} for {suspend_cause}", "suspend_account", "" },
	{ "{who} and {second} terminate block {block}", "terminate_account", "" },
	{ "{who} terminates block {block}", "terminate_account", "" },
	{ "{who} tells the agency of block {block} by letter {letter_no} on {notified_on}", "notify_nia", "" },
	{ "{who} records that {nia_ender} ended block {block} on {ended_on} by letter {reference}", "confirm_nia", "" },
	{ "{who} refers block {block} to {referred_to} by letter {letter_no}", "refer_violation", "" },
	{ "{who} proposes to give back block {block} since {reason}", "propose_reinstatement", "" },
	{ "{who} gives the account back", "approve_reinstatement", "proposal=$granted" },
	{ "{who} binds card {presented} to {person}", "confirm_card", "" },
	{ "{who} unbinds card {card_serial} since {remark}", "unbind_card", "" },
	{ "{who} registers the agency certificate {organisation_oid} of {office}", "register_agency", "" },
	{ "{who} hands duty {duty_entry} over to {person} on {handed_on}", "hand_over_duty", "" },
	{ "{who} reports change {notice} by letter {letter_no} on {sent_on}", "report_staff_change", "" },
	{ "{who} proposes the basis {basis} named {name} for {items} from {valid_from}", "propose_basis", "" },
	{ "{who} proposes {name} = {value} from {effective}", "propose_parameter", "" },
	{ "{who} approves the proposal", "approve_proposal", "proposal=$granted" },
	{ "{who} approves proposal {proposal}", "approve_proposal", "" },
	{ "{who} rejects the proposal saying {reason}", "reject_proposal", "proposal=$granted" },
	{ "{who} files {edition_kind} {title} dated {dated} reading {text}", "file_edition", "" },
	{ "{who} pastes {result} for the question", "paste_answer", "asked=$asked" },
	{ "{who} shows the day table because {reason_code}", "release_day_table", "asked=$asked" },
	{ "{who} finds the question justified", "accept_query", "asked=$asked;justified=true" },
	{ "{who} finds the question not justified saying {remark}", "accept_query", "asked=$asked" },
	{ "{who} explains the question saying {explanation}", "explain_query", "asked=$asked" },
	{ "{who} requests {ask_count} questions of {range} for party {subject} of {case_no}", "request_authorization",
	  "item=item_1;purpose=yearly_recheck;anchor_date=2026-11-24" },
	{ "{who} grants the authorization", "grant_authorization", "authorization=$granted" },
	{ "{who} grants authorization {authorization}", "grant_authorization", "" },
	{ "{who} prints the {printed_paper} of {about}", "print_paper", "" },
	{ "{who} imports {import_kind}", "import_list", "" },
	{ "{who} previews {import_kind}", "import_list", "preview=true" },
	{ "{who} reads {count} entries from {first}", "read_log", "" },
	{ "{who} accepts the clock", "accept_clock", "" },
	{ "{who} and {second} start the office {office_name}", "first_start", "" },
};
const size_t command_rows_count = ARRAY_LEN(command_rows);

/* Words of clauses that are not the name of a field. */
static const struct { const char *word, *field; } aliases[] = {
	{ "basis", "legal_basis" }, { "anchor", "anchor_date" }, { "because", "reason_code" },
	{ "saying", "reason" }, { "saying", "remark" }, { "by", "waits_for" }, { "received", "received_on" },
	{ "intake", "intake_no" }, { "born", "birth_date" }, { "kind", "person_kind" }, { "letter", "letter_no" }, { "format", "print_format" },
	{ "until", "valid_to" }, { "code", "authorization" }, { "party", "subject" }, { "from", "valid_from" },
	{ "consent", "consent_letter_no" },
};

struct str wrong(struct world *world, const char *format, ...)
{
	struct buf text = buf_on(world->arena);
	char room[2048];
	va_list list;

	va_start(list, format);
	vsnprintf(room, sizeof room, format, list);
	va_end(list);
	buf_add(&text, str_from(room));
	return buf_str(&text);
}

struct str unquoted(struct str text)
{
	bool quoted = text.len >= 2 && text.at[0] == '"' && text.at[text.len - 1] == '"';

	return quoted ? str_slice(text, 1, text.len - 2) : text;
}

bool field_put(struct ask *ask, struct str name, struct str text)
{
	for (size_t i = 0; i < ask->count; i++)
		if (str_eq(ask->fields[i].name, name)) {
			ask->fields[i].text = text;
			return true;
		}
	if (ask->count == FIELDS_MAX)
		return false;
	ask->fields[ask->count++] = (struct pair){ name, text };
	return true;
}

/* "A and B" names two numbers of a list. */
static struct str joined(struct world *world, struct str text)
{
	size_t at;

	if (!str_find(text, STR(" and "), &at))
		return STR("");
	struct str one = value_of(world, str_slice(text, 0, at)), two = value_of(world, str_slice(text, at + 5, text.len));
	uint64_t n;
	return str_to_u64(one, &n) == OK && str_to_u64(two, &n) == OK
	               ? str_printf(world->arena, "%.*s,%.*s", STR_FMT(one), STR_FMT(two)) : STR("");
}

/* PDF-OF-N-BYTES: what begins like one, as base64. */
static struct str scan_of(struct world *world, struct str text)
{
	unsigned long long bytes = 0;

	if (sscanf(str_c(world->arena, text), "PDF-OF-%llu-BYTES", &bytes) != 1 || bytes < 8 || bytes > 8 << 20)
		return STR("");
	char *scan = arena_bytes(world->arena, bytes);
	memset(scan, ' ', bytes);
	memcpy(scan, "%PDF-1.7", 8);
	return base64_text(world->arena, scan, bytes);
}

struct str value_of(struct world *world, struct str text)
{
	struct str line, rest = world->marks, name, scan = scan_of(world, text);

	if (scan.len)
		return scan;

	if (joined(world, text).len)
		return joined(world, text);

	text = unquoted(text);
	if (str_is(text, "$asked"))
		return str_printf(world->arena, "%llu", (unsigned long long)world->asked);
	if (str_is(text, "$granted"))
		return str_printf(world->arena, "%llu", (unsigned long long)world->granted);
	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, ' ', &name) && str_eq(name, text))
			return line;
	return text;
}

static struct str field_of_clause(const struct record_spec *spec, struct str word)
{
	if (record_field(spec, word))
		return word;
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_is(word, aliases[i].word) && record_field(spec, str_from(aliases[i].field)))
			return str_from(aliases[i].field);
	return STR("");
}

struct str clauses_take(struct step *step, struct ask *ask)
{
	const struct record_spec *spec = &command_spec(command_find(ask->name))->record;

	while (step->clauses.len) {
		struct str clause = clause_take(&step->clauses), word;
		str_cut(&clause, ' ', &word);
		struct str field = field_of_clause(spec, word);
		if (str_is(word, "request"))
			ask->request = value_of(step->world, clause);
		else if (!field.len || !field_put(ask, field, value_of(step->world, clause)))
			return wrong(step->world, "\"%.*s\" is no field of %.*s", STR_FMT(word), STR_FMT(ask->name));
	}
	return STR("");
}

static void fixed_put(struct world *world, struct ask *ask, struct str fixed)
{
	struct str part, name;

	while (str_cut(&fixed, ';', &part)) {
		if (!str_cut(&part, '=', &name) || !name.len)
			continue;
		field_put(ask, name, value_of(world, part));
	}
}

struct str step_ask(struct world *world, struct ask *ask)
{
	enum fail fail = world_log_size(world, &world->before);

	world->last_ask = *ask;
	if (fail == OK)
		fail = world->door->pass(world, ask, &world->said);
	if (fail != OK)
		return wrong(world, "the door %s broke: %s", world->door->name, fail_name(fail));
	if (!world->said.exit_fits)
		return wrong(world, "the exit code does not go with the outcome \"%.*s\"",
		             STR_FMT(world->said.outcome));
	if (world->said.asked)
		world->asked = world->said.asked;
	if (str_is(world->said.outcome, "granted"))
		world->granted = world->said.entry;
	return STR("");
}

/* A pasted table has tabs between its cells, as the agency's page gives them; a list is CSV. */
static void rows_put(struct world *world, struct ask *ask, struct str rows)
{
	bool pasted = str_is(ask->name, "paste_answer");
	char *text = str_c(world->arena, rows);

	for (size_t i = 0; i < rows.len && pasted; i++)
		if (text[i] == ',')
			text[i] = '\t';
	field_put(ask, pasted ? STR("lines") : STR("file"), str_bytes(text, rows.len));
}

struct str command_ask(struct step *step, const struct command_row *row, struct ask *out)
{
	struct world *world = step->world;
	struct ask ask = { .who = player_find(slot_get(&step->slots, "who")), .name = str_from(row->command),
		           .request = STR("") };
	struct str second = slot_get(&step->slots, "second");

	if (!ask.who || (second.len && !(ask.second = player_find(second))))
		return wrong(world, "nobody of the cast is called so");
	if (str_is(ask.name, "first_start")) {
		field_put(&ask, STR("custodian_id_no"), str_from(ask.who->id_no));
		field_put(&ask, STR("supervisor_id_no"), str_from(ask.second->id_no));
	}
	fixed_put(world, &ask, str_from(row->fixed));
	for (size_t i = 0; i < step->slots.count; i++) {
		struct slot slot = step->slots.at[i];
		if (!str_is(slot.name, "who") && !str_is(slot.name, "second"))
			field_put(&ask, slot.name, value_of(world, slot.text));
	}
	if (step->sentence->rows.len)
		rows_put(world, &ask, step->sentence->rows);
	struct str why = clauses_take(step, &ask);
	*out = ask;
	return why;
}

struct str step_command(struct step *step, const struct command_row *row)
{
	struct ask ask;
	struct str why = command_ask(step, row, &ask);

	return why.len ? why : step_ask(step->world, &ask);
}
