/* The log, for those entitled, and the receipt of one entry, for everybody signed in. */
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"

static const struct record_spec *read_fields(void)
{
	return &command_spec(COMMAND_read_log)->record;
}

static void read_form(struct out *page, const struct fields_view *view)
{
	form_begin(page, "/log", NULL);
	request_write(page, view);
	html(page, "<div class=\"pair\">\n");
	fields_write(page, view, read_fields());
	html(page, "</div>\n<button>%s</button>\n<p class=\"small\">%s</p>\n</form>\n",
	     say(page, N_("Read entries")),
	     say(page, N_("Reading the log is reading, too: it becomes an entry of its own.")));
}

static void checkpoint_write(struct out *page, const struct message *reply)
{
	html(page, "<h2>%s</h2>\n<p>%s</p>\n<pre class=\"card mono\">%.*s</pre>\n",
	     say(page, N_("Newest checkpoint")),
	     say(page, N_("Signed head of the log (C2SP checkpoint). Keep a copy: nobody can change an "
	                  "entry below it unnoticed.")),
	     STR_FMT(message_get(reply, "body")));
}

static void ask_checkpoint(struct exchange *exchange)
{
	message_put(talk_ask(exchange, MESSAGE_RESOURCE), "resource", STR("checkpoint"));
	talk_ask_sheet(exchange, "my_duties");
}

void page_log(struct exchange *exchange)
{
	struct fields_view view = { .prefill = &exchange->request.query };

	if (!talk_begun(exchange)) {
		ask_checkpoint(exchange);
		return;
	}
	if (outcome_of(talk_reply(exchange, 1)) != OUTCOME_GRANTED) {
		exchange->talk.at[0] = exchange->talk.at[1];
		exchange->talk.count = 1;
		if (outcome_page(exchange, N_("Log")))
			return;
	}
	struct out page = page_begin(exchange, 200, N_("Log"));
	read_form(&page, &view);
	checkpoint_write(&page, talk_reply(exchange, 0));
	page_end(&page);
}

static void entries_write(struct out *page, const struct sheet *sheet)
{
	html(page, "<ol class=\"entries\">\n");
	for (size_t i = 0; i < sheet->row_count; i++) {
		struct str index = sheet->cells[i * sheet->column_count];
		struct str entry = sheet->cells[i * sheet->column_count + sheet->column_count - 1];
		html(page, "<li><a class=\"mono\" href=\"/receipt?entry=%.*s\">%.*s</a> "
		     "<code class=\"mono\">%.*s</code></li>\n", STR_FMT(index), STR_FMT(index), STR_FMT(entry));
	}
	html(page, "</ol>\n");
}

void page_log_post(struct exchange *exchange)
{
	struct fields_view view = { .typed = &exchange->request.form };
	const struct message *reply;

	if (!talk_begun(exchange)) {
		fields_send(exchange, read_fields(),
		            talk_ask_command(exchange, STR("read_log"),
		                             form_value(&exchange->request.form, "request")));
		return;
	}
	reply = talk_reply(exchange, 0);
	if (outcome_of(reply) != OUTCOME_INVALID && outcome_page(exchange, N_("Log")))
		return;
	view.problems = message_sheet_named(reply, "problems");
	struct out page = page_begin(exchange, view.problems ? 422 : 200, N_("Log"));
	read_form(&page, &view);
	entry_write(&page, reply);
	for (size_t i = 0; i < reply->sheet_count && !view.problems; i++)
		entries_write(&page, &reply->sheets[i]);
	page_end(&page);
}

static void receipt_form(struct out *page, struct str entry)
{
	html(page, "<form method=\"get\" action=\"/receipt\" class=\"sheet\">\n<div class=\"row\">"
	     "<label for=\"entry\">%s</label><input id=\"entry\" name=\"entry\" inputmode=\"numeric\" "
	     "required value=\"%.*s\"></div>\n<button>%s</button>\n</form>\n",
	     say(page, N_("Entry number")), STR_FMT(entry), say(page, N_("Show the receipt")));
}

static void receipt_write(struct out *page, struct str proof)
{
	if (!proof.len) {
		box_begin(page, BOX_ASK, N_("There is no receipt for this entry yet"));
		html(page, "<p>%s</p>\n", say(page, N_("A receipt exists once a published checkpoint covers "
		                                       "the entry, within a second. Reload this page.")));
		box_end(page);
		return;
	}
	html(page, "<p>%s</p>\n<pre class=\"card mono\">%.*s</pre>\n",
	     say(page, N_("This text (C2SP tlog-proof) proves that the entry stands in the log. Anybody can "
	                  "check it with youju-verify and the public key, without asking us.")),
	     STR_FMT(proof));
}

void page_receipt(struct exchange *exchange)
{
	struct str entry = form_value(&exchange->request.query, "entry");
	uint64_t index;

	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_duties");
		if (str_to_u64(entry, &index) == OK)
			message_put(talk_ask(exchange, MESSAGE_RECEIPT), "index", entry);
		return;
	}
	bool asked = exchange->talk.count == 2;
	exchange->talk.count = 1;
	if (outcome_page(exchange, N_("Receipt")))
		return;
	struct out page = page_begin(exchange, 200, N_("Receipt"));
	receipt_form(&page, entry);
	exchange->talk.count = asked ? 2 : 1;
	if (asked)
		receipt_write(&page, message_get(talk_reply(exchange, 1), "proof"));
	page_end(&page);
}
