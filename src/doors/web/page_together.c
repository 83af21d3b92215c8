/* One signature for a list: rows are chosen, one text names them all, each is decided as a step of its own and told
 * row by row. Decision 0094. */
#include "doors/web/card_form.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "doors/web/tasks.h"
#include "doors/web/together.h"

enum { TOGETHER_MAX = 32, ROWS_MAX = 100 };
static_assert((int)TOGETHER_MAX + 2 <= (int)QUESTIONS_MAX, "a whole list is asked in one round");

/* Each is one thing to be seen and decided by itself: its list shows all that the decision rests on. */
static const struct together {
	enum command_kind command;
	enum sheet_kind sheet;
	const char *field;          /* that has a value for each row: the row's key */
	const char *filter, *value; /* of the list; NULL: all */
} togethers[] = {
	{ COMMAND_approve_proposal, SHEET_proposals, "proposal", NULL, NULL },
	{ COMMAND_accept_query, SHEET_open_acceptances, "asked", NULL, NULL },
	{ COMMAND_approve_reinstatement, SHEET_reinstatements, "proposal", NULL, NULL },
	{ COMMAND_terminate_account, SHEET_account_blocks, "block", "block_state", "standing" },
};

static const struct together *together_of(const struct exchange *exchange)
{
	enum command_kind kind = command_find(exchange->request.params[0]);

	for (size_t i = 0; i < ARRAY_LEN(togethers); i++)
		if (togethers[i].command == kind)
			return &togethers[i];
	return NULL;
}

static const struct command_spec *spec_of(const struct together *together)
{
	return command_spec(together->command);
}

static const char *path_of(struct exchange *exchange, const struct together *together)
{
	return str_printf(&exchange->arena, "/together/%.*s", STR_FMT(spec_of(together)->record.name)).at;
}

/* --- the ways there --- */

static void link_write(struct out *page, const struct together *together, size_t count)
{
	if (count > 1)
		html(page, "<a class=\"button plain\" href=\"%s\">%s %s (%zu)</a>\n", path_of(page->exchange, together),
		     say(page, N_("Decide several under one signature:")), say(page, spec_of(together)->record.label), count);
}

static bool is_done_at(const struct together *together, struct str path)
{
	struct str name = spec_of(together)->record.name, rest = str_slice(path, 4, path.len);

	return str_starts(path, STR("/do/")) && str_starts(rest, name) && rest.len > name.len && rest.at[name.len] == '?';
}

void together_of_tasks_write(struct out *page, const struct sheet *tasks)
{
	html(page, "<p class=\"no-print\">\n");
	for (size_t i = 0; i < ARRAY_LEN(togethers); i++) {
		size_t count = 0;
		for (size_t row = 0; row < tasks->row_count; row++) {
			const char *path = task_path(sheet_cell(tasks, row, STR("task")));
			count += path && is_done_at(&togethers[i], str_from(path));
		}
		link_write(page, &togethers[i], count);
	}
	html(page, "</p>\n");
}

/* Rows of the list that the page would offer. */
static size_t offered(const struct together *together, const struct sheet *sheet)
{
	size_t count = 0;

	for (size_t row = 0; row < sheet->row_count; row++)
		count += !together->filter || str_is(sheet_cell(sheet, row, str_from(together->filter)), together->value);
	return count;
}

void together_of_list_write(struct out *page, const struct sheet_spec *spec, const struct sheet *sheet)
{
	struct viewer viewer = viewer_of(page->exchange);

	for (size_t i = 0; i < ARRAY_LEN(togethers); i++)
		if (sheet_spec(togethers[i].sheet) == spec && viewer_may(&viewer, spec_of(&togethers[i])->duties))
			link_write(page, &togethers[i], offered(&togethers[i], sheet));
}

/* --- choosing --- */

static void ask_rows(struct exchange *exchange, const struct together *together)
{
	const struct sheet_spec *spec = sheet_spec(together->sheet);
	struct message *ask = talk_ask_sheet(exchange, str_c(&exchange->arena, spec->name));

	message_put(ask, "limit", str_printf(&exchange->arena, "%d", ROWS_MAX));
	if (together->filter)
		message_field(ask, str_from(together->filter), str_from(together->value));
}

/* The keys that were ticked, commas between. */
static struct str picked(struct exchange *exchange, size_t *count_out)
{
	const struct form *form = &exchange->request.form;
	struct buf list = buf_on(&exchange->arena);
	uint64_t key;

	*count_out = 0;
	for (size_t i = 0; i < form->count; i++) {
		if (!str_starts(form->at[i].name, STR("pick:")) || str_to_u64(form->at[i].value, &key) != OK)
			continue;
		if ((*count_out)++)
			buf_byte(&list, ',');
		buf_add(&list, form->at[i].value);
	}
	return buf_str(&list);
}

static void common_fields_write(struct out *page, const struct together *together, struct fields_view *view)
{
	const struct record_spec *spec = &spec_of(together)->record;

	for (size_t i = 0; i < spec->count; i++)
		if (!str_is(spec->fields[i].name, together->field))
			field_write(page, view, &spec->fields[i]);
}

static void choose_write(struct out *page, const struct together *together, const struct sheet *rows,
                         const struct sheet *problems)
{
	const struct form *typed = &page->exchange->request.form;
	struct fields_view view = { .typed = typed->count ? typed : NULL, .problems = problems };

	if (!rows->row_count) {
		html(page, "<p class=\"empty\">%s</p>\n", say(page, N_("Nothing waits for you.")));
		return;
	}
	html(page, "<p>%s</p>\n", say(page, N_("Tick what you decide alike. One text names everything that is ticked, and one signature covers it; "
	                                       "each row is then decided and told by itself. At most 32 at once.")));
	form_begin(page, path_of(page->exchange, together), NULL);
	table_choose(page, sheet_spec(together->sheet), rows, sheet_spec(together->sheet)->label, typed);
	common_fields_write(page, together, &view);
	html(page, "<button>%s</button>\n</form>\n", say(page, N_("Read and sign together")));
}

static void choose_page(struct exchange *exchange, const struct together *together, const struct sheet *rows, const char *why,
                        const struct sheet *problems)
{
	struct out page = page_begin(exchange, why ? 422 : 200, spec_of(together)->record.label);

	if (why) {
		box_begin(&page, BOX_NOTE, why);
		box_end(&page);
	}
	choose_write(&page, together, rows, problems);
	if (sheet_spec(together->sheet)->flags & SHEET_PERSONAL)
		html(&page, "<p class=\"small\">%s</p>\n", say(&page, N_("Looking at names is reading, too: it is recorded in the log.")));
	page_end(&page);
}

static const struct sheet *rows_of(struct exchange *exchange, const struct together *together, size_t question)
{
	return talk_sheet(exchange, question, str_c(&exchange->arena, sheet_spec(together->sheet)->name));
}

void page_together(struct exchange *exchange)
{
	const struct together *together = together_of(exchange);

	if (!together) {
		status_page(exchange, 404);
		return;
	}
	if (!talk_begun(exchange)) {
		ask_rows(exchange, together);
		talk_ask_sheet(exchange, "offices");
		return;
	}
	if (!outcome_page(exchange, spec_of(together)->record.label))
		choose_page(exchange, together, rows_of(exchange, together, 0), NULL, NULL);
}

/* --- signing --- */

struct chosen {
	const struct together *together;
	const struct sheet *rows;  /* of the list, as it stands now */
	const struct sheet *steps; /* value, request */
};

static void chosen_tell(struct out *page, void *context)
{
	const struct chosen *chosen = context;
	const struct sheet_spec *spec = sheet_spec(chosen->together->sheet);
	struct sheet *rows = arena_new(&page->exchange->arena, struct sheet);

	*rows = sheet_new(&page->exchange->arena, chosen->rows->name, chosen->rows->columns, chosen->rows->column_count);
	for (size_t row = 0; row < chosen->rows->row_count; row++)
		for (size_t step = 0; step < chosen->steps->row_count; step++)
			if (str_eq(chosen->rows->cells[row * rows->column_count], sheet_cell(chosen->steps, step, STR("value")))) {
				struct str *cells = sheet_row_add(&page->exchange->arena, rows);
				for (size_t c = 0; c < rows->column_count; c++)
					cells[c] = chosen->rows->cells[row * rows->column_count + c];
			}
	html(page, "<p><b>%s</b> %zu</p>\n", say(page, N_("Steps under this signature:")), chosen->steps->row_count);
	table_write(page, spec, rows, spec->label, NULL);
}

static void hidden_write(struct out *page, const char *name, struct str value)
{
	html(page, "<input type=\"hidden\" name=\"%s\" value=\"%.*s\">\n", name, STR_FMT(value));
}

/* What was typed and ticked, without what the last signature left. */
static void typed_write(struct out *page, const struct together *together)
{
	const struct form *form = &page->exchange->request.form;

	for (size_t i = 0; i < form->count; i++) {
		const struct field_spec *field = record_field(&spec_of(together)->record, form->at[i].name);
		if (field && !str_is(field->name, together->field) && form->at[i].value.len)
			hidden_write(page, str_c(&page->exchange->arena, form->at[i].name), form->at[i].value);
	}
}

static void chosen_typed(struct out *page, void *context)
{
	const struct chosen *chosen = context;

	typed_write(page, chosen->together);
	for (size_t i = 0; i < chosen->steps->row_count; i++) {
		struct str value = sheet_cell(chosen->steps, i, STR("value"));
		hidden_write(page, str_printf(&page->exchange->arena, "step:%.*s", STR_FMT(value)).at,
		             sheet_cell(chosen->steps, i, STR("request")));
	}
}

static void sign_page(struct exchange *exchange, const struct together *together)
{
	static const struct sheet none = { .name = STR_INIT("") };
	const struct message *reply = talk_reply(exchange, 0);
	const struct sheet *steps = message_sheet_named(reply, "steps");
	struct chosen chosen = { together, rows_of(exchange, together, 1), steps ? steps : &none };
	const struct step_shown shown = { path_of(exchange, together), spec_of(together), chosen_tell, chosen_typed, &chosen };

	step_show(exchange, reply, &shown);
}

/* --- each step by itself --- */

static void common_send(struct exchange *exchange, const struct together *together, struct message *ask)
{
	const struct record_spec *spec = &spec_of(together)->record;

	for (size_t i = 0; i < spec->count; i++) {
		struct str value = form_value(&exchange->request.form, str_c(&exchange->arena, spec->fields[i].name));
		if (value.len && !str_is(spec->fields[i].name, together->field))
			message_field(ask, spec->fields[i].name, value);
	}
}

static void steps_send(struct exchange *exchange, const struct together *together)
{
	const struct form *form = &exchange->request.form;
	size_t sent = 0;

	for (size_t i = 0; i < form->count && sent < TOGETHER_MAX; i++) {
		if (!str_starts(form->at[i].name, STR("step:")))
			continue;
		struct message *ask = talk_ask_command(exchange, spec_of(together)->record.name, form->at[i].value);
		message_field(ask, str_from(together->field), str_slice(form->at[i].name, 5, form->at[i].name.len));
		common_send(exchange, together, ask);
		step_send(exchange, ask);
		sent++;
	}
}

static struct str step_value(const struct exchange *exchange, const struct together *together, size_t question)
{
	const struct message *asked = &exchange->talk.at[question].asked;

	for (size_t i = 0; i < asked->field_count; i++)
		if (str_is(asked->fields[i].name, together->field))
			return asked->fields[i].text;
	return STR("");
}

static bool is_granted(const struct exchange *exchange, size_t question)
{
	return outcome_of(talk_reply(exchange, question)) == OUTCOME_GRANTED;
}

static void outcome_write(struct out *page, const struct message *reply)
{
	const struct refusal_spec *refusal;
	const struct sheet *problems = message_sheet_named(reply, "problems");

	switch (outcome_of(reply)) {
	case OUTCOME_GRANTED:
	case OUTCOME_WAITING:
		html(page, "<td><b>✓ %s</b></td><td></td>", say(page, N_("Done")));
		return;
	case OUTCOME_REFUSED:
		refusal = refusal_spec(refusal_find(message_get(reply, "refusal")));
		html(page, "<td><b>⊘ %s</b><br>%s (%s)</td><td>%s</td>", say(page, N_("Refused")), say(page, refusal->what), refusal->rule,
		     say(page, refusal->next));
		return;
	case OUTCOME_INVALID:
		html(page, "<td><b>%s</b></td><td>%s</td>", say(page, N_("This could not be understood")),
		     problems && problems->row_count ? say(page, str_c(&page->exchange->arena, sheet_cell(problems, 0, STR("why")))) : "");
		return;
	case OUTCOME_FAILED:
		break;
	}
	html(page, "<td><b>%s</b></td><td>%s</td>", say(page, N_("The service does not answer just now")),
	     say(page, N_("Decide what was not done once more; nothing is ever done twice.")));
}

static void result_row(struct out *page, const struct together *together, size_t question)
{
	const struct message *reply = talk_reply(page->exchange, question);
	struct str signed_entry = message_get(reply, "signed_entry"), entry = signed_entry.len ? signed_entry : message_get(reply, "entry");

	html(page, "<tr><td class=\"num\">%.*s</td>", STR_FMT(step_value(page->exchange, together, question)));
	outcome_write(page, reply);
	html(page, "<td class=\"num\"><a href=\"/receipt?entry=%.*s\">%.*s</a></td></tr>\n", STR_FMT(entry), STR_FMT(entry));
}

static void results_write(struct out *page, const struct together *together)
{
	const char *const heads[] = { spec_of(together)->record.label, N_("Outcome"), N_("Next step"), N_("Entry") };

	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table class=\"results\">\n<thead><tr>",
	     say(page, N_("Outcome")));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		html(page, "<th scope=\"col\">%s</th>", say(page, heads[i]));
	html(page, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < page->exchange->talk.count; i++)
		result_row(page, together, i);
	html(page, "</tbody>\n</table>\n</div>\n");
}

/* What was not done is ticked again, with what was typed. */
static void again_write(struct out *page, const struct together *together)
{
	form_begin(page, path_of(page->exchange, together), NULL);
	typed_write(page, together);
	for (size_t i = 0; i < page->exchange->talk.count; i++) {
		struct str value = step_value(page->exchange, together, i);
		if (!is_granted(page->exchange, i))
			hidden_write(page, str_printf(&page->exchange->arena, "pick:%.*s", STR_FMT(value)).at, value);
	}
	html(page, "<button>%s</button>\n</form>\n", say(page, N_("Sign again what was not done")));
}

static void results_page(struct exchange *exchange, const struct together *together)
{
	size_t count = exchange->talk.count, done = 0;

	for (size_t i = 0; i < count; i++)
		done += is_granted(exchange, i);
	struct out page = page_begin(exchange, 200, spec_of(together)->record.label);
	box_begin(&page, done == count ? BOX_YES : BOX_NOTE, done == count ? N_("Done") : N_("Not everything was done"));
	html(&page, "<p>%s %zu / %zu</p>\n", say(&page, N_("Done:")), done, count);
	box_end(&page);
	results_write(&page, together);
	if (done < count)
		again_write(&page, together);
	html(&page, "<p class=\"no-print\"><a class=\"button\" href=\"/\">%s</a> <a class=\"button plain\" href=\"%s\">%s</a></p>\n",
	     say(&page, N_("To the tasks")), path_of(exchange, together), say(&page, N_("Once more")));
	page_end(&page);
}

/* --- what comes back --- */

static void text_ask(struct exchange *exchange, const struct together *together, struct str list)
{
	struct message *ask = talk_ask(exchange, MESSAGE_STEP_TEXT);

	message_put(ask, "command", spec_of(together)->record.name);
	message_put(ask, "list", str_from(together->field));
	message_field(ask, str_from(together->field), list);
	common_send(exchange, together, ask);
	ask_rows(exchange, together);
	talk_ask_sheet(exchange, "my_duties"); /* who is it? */
}

static bool has_steps(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_starts(form->at[i].name, STR("step:")))
			return true;
	return false;
}

static void post_ask(struct exchange *exchange, const struct together *together, struct str list, size_t count)
{
	if (step_is_ready(exchange, spec_of(together)) && has_steps(&exchange->request.form)) {
		steps_send(exchange, together);
		return;
	}
	if (count && count <= TOGETHER_MAX) {
		text_ask(exchange, together, list);
		return;
	}
	ask_rows(exchange, together);
	talk_ask_sheet(exchange, "my_duties");
}

static bool is_over(const struct message *reply)
{
	enum refusal refusal = refusal_find(message_get(reply, "refusal"));

	return refusal == REFUSED_NOT_SIGNED_IN || refusal == REFUSED_SESSION_ENDED;
}

void page_together_post(struct exchange *exchange)
{
	const struct together *together = together_of(exchange);
	size_t count;

	if (!together) {
		status_page(exchange, 404);
		return;
	}
	struct str list = picked(exchange, &count);
	if (!talk_begun(exchange)) {
		post_ask(exchange, together, list, count);
		return;
	}
	const struct message *first = talk_reply(exchange, 0);
	bool of_steps = exchange->talk.at[0].asked.kind == MESSAGE_COMMAND;
	if (first->kind == MESSAGE_STEP_TEXT)
		sign_page(exchange, together);
	else if (of_steps && !is_over(first))
		results_page(exchange, together);
	else if (exchange->talk.at[0].asked.kind == MESSAGE_STEP_TEXT && outcome_of(first) == OUTCOME_INVALID)
		choose_page(exchange, together, rows_of(exchange, together, 1), N_("Please correct the marked fields. Nothing was done."),
		            message_sheet_named(first, "problems"));
	else if (!outcome_page(exchange, spec_of(together)->record.label))
		choose_page(exchange, together, rows_of(exchange, together, 0),
		            count ? N_("Too many rows are ticked. Nothing was done.") : N_("Nothing is ticked. Nothing was done."), NULL);
}
