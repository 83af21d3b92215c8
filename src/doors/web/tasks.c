#include "doors/web/tasks.h"

#include "doors/web/names.h"
#include "doors/web/table.h"

/* Where each task is done: the row's object is put behind the path. */
static const char *const paths[] = {
	[task_none] = NULL,
	[TASK_PASTE_ANSWER] = "/paste?asked=",
	[TASK_REVIEW_ANSWER] = "/query?asked=",
	[TASK_ACCEPT_QUERY] = "/do/accept_query?asked=",
	[TASK_EXPLAIN_QUERY] = "/do/explain_query?asked=",
	[TASK_GRANT_AUTHORIZATION] = "/lists/open_authorizations?at=",
	[TASK_APPOINT_CUSTODIAN] = "/do/appoint_duty?duty=custodian&office=",
	[TASK_REPORT_STAFF_CHANGE] = "/do/report_staff_change?notice=",
	[TASK_CONFIRM_CASE] = "/do/confirm_case?case_no=",
	[TASK_DECIDE_PROPOSAL] = "/do/approve_proposal?proposal=",
	[TASK_TERMINATE_ACCOUNT] = "/do/terminate_account?block=",
	[TASK_NOTIFY_NIA] = "/do/notify_nia?block=",
	[TASK_CONFIRM_NIA] = "/do/confirm_nia?block=",
	[TASK_APPROVE_REINSTATEMENT] = "/do/approve_reinstatement?proposal=",
	[TASK_CONFIRM_CARD] = "/do/confirm_card?presented=",
	[TASK_RENEW_CARD] = "/lists/my_cards?at=",
	[TASK_SUBMIT_APPLICATION] = "/application?no=",
	[TASK_ENDORSE_APPLICATION] = "/application?no=",
	[TASK_APPROVE_APPLICATION] = "/application?no=",
	[TASK_FORWARD_APPLICATION] = "/application?no=",
	[TASK_REVIEW_APPLICATION] = "/application?no=",
	[TASK_TRANSMIT_APPLICATIONS] = "/transmit?from=",
	[TASK_RECORD_NIA_REVIEW] = "/transmission?no=",
	[TASK_GRANT_APPLICATION] = "/application?no=",
	[TASK_RENEW_GRANTS] = "/lists/grants_ending?office=",
	[TASK_RENEW_CARD_OF_OTHER] = "/lists/cards?card=",
};
static_assert(ARRAY_LEN(paths) == task_end, "every task has a page where it is done");

static const char *const shown[] = { "from_duty", "since" };

static const struct column_spec *column_of(const char *name)
{
	const struct sheet_spec *spec = sheet_spec(SHEET_my_tasks);
	size_t at = 0;

	while (!str_is(spec->columns[at].name, name))
		assert(++at < spec->column_count);
	return &spec->columns[at];
}

static void heads_write(struct out *page)
{
	html(page, "<thead><tr><th scope=\"col\">%s</th>", say(page, column_of("task")->label));
	html(page, "<th scope=\"col\">%s</th>", say(page, column_of("about")->label));
	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		html(page, "<th scope=\"col\">%s</th>", say(page, column_of(shown[i])->label));
	html(page, "<th scope=\"col\">%s</th></tr></thead>\n", say(page, column_of("due")->label));
}

const char *task_path(struct str code)
{
	int task;

	return word_find(&task_words, code, &task) == OK ? paths[task] : NULL;
}

static void what_write(struct out *page, struct str code, struct str object)
{
	const char *text = word_text(page, &task_words, code);

	if (task_path(code))
		html(page, "<th scope=\"row\"><a href=\"%s%.*s\">%s</a></th>", task_path(code),
		     STR_FMT(url_text(&page->exchange->arena, object)), text);
	else
		html(page, "<th scope=\"row\">%.*s</th>", STR_FMT(code));
}

/* Overdue is said in words: colour alone tells nothing to many people. */
static void due_write(struct out *page, const struct sheet *tasks, size_t row)
{
	struct str due = sheet_cell(tasks, row, STR("due"));

	html(page, "<td class=\"short\">%.*s", STR_FMT(cell_text(page, column_of("due"), due)));
	if (str_is(sheet_cell(tasks, row, STR("overdue")), "true"))
		html(page, " <b class=\"overdue\">%s</b>", say(page, N_("overdue")));
	html(page, "</td>");
}

/* Several questions of one case differ by their party; what goes to the agency is a number of applications. */
static void about_write(struct out *page, const struct sheet *tasks, size_t row)
{
	struct str about = name_of_office(sheet_cell(tasks, row, STR("about")));
	struct str party = sheet_cell(tasks, row, STR("party_no"));

	if (str_is(sheet_cell(tasks, row, STR("task")), "transmit_applications"))
		html(page, "<td class=\"short\">%s %.*s</td>", say(page, N_("Number of applications:")), STR_FMT(about));
	else if (party.len)
		html(page, "<td class=\"short\">%.*s <span class=\"small\">%s %.*s</span></td>", STR_FMT(about),
		     say(page, column_of("party_no")->label), STR_FMT(party));
	else
		html(page, "<td class=\"short\">%.*s</td>", STR_FMT(about));
}

static void row_write(struct out *page, const struct sheet *tasks, size_t row)
{
	html(page, "<tr>");
	what_write(page, sheet_cell(tasks, row, STR("task")), sheet_cell(tasks, row, STR("object")));
	about_write(page, tasks, row);
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		struct str cell = sheet_cell(tasks, row, str_from(shown[i]));
		html(page, "<td class=\"short\">%.*s</td>", STR_FMT(cell_text(page, column_of(shown[i]), cell)));
	}
	due_write(page, tasks, row);
	html(page, "</tr>\n");
}

void tasks_write(struct out *page, const struct sheet *tasks)
{
	const char *caption = say(page, N_("What is due"));

	if (!tasks->row_count) {
		html(page, "<p class=\"empty\">%s</p>\n", say(page, N_("Nothing waits for you.")));
		return;
	}
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table class=\"tasks\">\n",
	     caption);
	heads_write(page);
	html(page, "<tbody>\n");
	for (size_t row = 0; row < tasks->row_count; row++)
		row_write(page, tasks, row);
	html(page, "</tbody>\n</table>\n</div>\n");
}
