/* The log, for those entitled, and the receipt of one entry, for everybody signed in. */
#include "base/json.h"
#include "base/time.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "doors/web/table.h"
#include "law/events.h"

enum { BUNDLE_ENTRIES = 256 };

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

/* The second question says who is here; when nobody is, its refusal becomes the page. */
static bool who_page(struct exchange *exchange)
{
	if (outcome_of(talk_reply(exchange, 1)) == OUTCOME_GRANTED)
		return false;
	exchange->talk.at[0] = exchange->talk.at[1];
	exchange->talk.count = 1;
	return outcome_page(exchange, N_("Log"));
}

void page_log(struct exchange *exchange)
{
	struct fields_view view = { .prefill = &exchange->request.query };

	if (!talk_begun(exchange)) {
		ask_checkpoint(exchange);
		return;
	}
	if (who_page(exchange))
		return;
	struct out page = page_begin(exchange, 200, N_("Log"));
	read_form(&page, &view);
	checkpoint_write(&page, talk_reply(exchange, 0));
	page_end(&page);
}

/* --- entries ---------------------------------------------------------------------------------- */

struct span { uint64_t first, end; }; /* end is not in it */

/* Second line of a checkpoint: the size of the log. */
static uint64_t size_of(struct str checkpoint)
{
	struct str rest = checkpoint, line;
	uint64_t size = 0;

	if (!str_cut(&rest, '\n', &line) || !rest.at || !str_cut(&rest, '\n', &line) || str_to_u64(line, &size) != OK)
		return 0;
	return size;
}

/* At most two bundles a page; nothing beyond what a published checkpoint covers. */
static struct span span_of(const struct exchange *exchange)
{
	const struct form *form = &exchange->request.form;
	uint64_t size = size_of(message_get(talk_reply(exchange, 0), "body")), first, count;

	if (str_to_u64(form_value(form, "first"), &first) != OK || str_to_u64(form_value(form, "count"), &count) != OK ||
	    first >= size || count == 0)
		return (struct span){ 0, 0 };
	count = count > BUNDLE_ENTRIES ? BUNDLE_ENTRIES : count;
	return (struct span){ first, first + count < size ? first + count : size };
}

/* C2SP tlog-tiles: the number in groups of three digits, all but the last with an x before. */
static struct str tile_number(struct arena *arena, uint64_t n)
{
	struct str text = str_printf(arena, "%03u", (unsigned)(n % 1000));

	for (n /= 1000; n; n /= 1000)
		text = str_printf(arena, "x%03u/%.*s", (unsigned)(n % 1000), STR_FMT(text));
	return text;
}

static void ask_bundles(struct exchange *exchange, struct span span)
{
	uint64_t size = size_of(message_get(talk_reply(exchange, 0), "body"));

	for (uint64_t n = span.first / BUNDLE_ENTRIES; n * BUNDLE_ENTRIES < span.end; n++) {
		struct str number = tile_number(&exchange->arena, n);
		uint64_t width = size - n * BUNDLE_ENTRIES;
		message_put(talk_ask(exchange, MESSAGE_RESOURCE), "resource", width >= BUNDLE_ENTRIES
		            ? str_printf(&exchange->arena, "tile/entries/%.*s", STR_FMT(number))
		            : str_printf(&exchange->arena, "tile/entries/%.*s.p/%llu", STR_FMT(number),
		                         (unsigned long long)width));
	}
}

static const char *event_text(struct out *page, struct str kind)
{
	enum event_kind event = event_find(kind);

	return event == EVENT_NONE ? "" : say(page, event_spec(event)->label);
}

static void entry_row(struct out *page, uint64_t index, struct str entry)
{
	struct json json;
	int64_t at_ms;

	if (json_read(&page->exchange->arena, entry, &json) != OK || json.kind != JSON_IS_OBJECT)
		return;
	html(page, "<tr><td class=\"num\"><a href=\"/receipt?entry=%llu\">%llu</a></td><td class=\"short\">",
	     (unsigned long long)index, (unsigned long long)index);
	if (time_parse_utc(json_text(&json, STR("at")), &at_ms) == OK)
		html(page, "%s", time_roc(at_ms).text);
	html(page, "</td><td>%s</td><td class=\"mono\">%.*s</td></tr>\n",
	     event_text(page, json_text(&json, STR("kind"))), STR_FMT(entry));
}

/* A bundle: each entry behind its length in two bytes, big-endian. */
static void bundle_rows(struct out *page, struct str bundle, uint64_t index, struct span span)
{
	struct str rest = bundle, entry;
	uint16_t len;

	while (rest.len && take_u16be(&rest, &len) == OK && take_bytes(&rest, len, &entry) == OK) {
		if (index >= span.first && index < span.end)
			entry_row(page, index, entry);
		index++;
	}
}

static void entries_write(struct out *page, struct span span)
{
	const struct exchange *exchange = page->exchange;
	uint64_t n = span.first / BUNDLE_ENTRIES;

	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table>\n<thead><tr>"
	     "<th scope=\"col\" class=\"num\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	     "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n", say(page, N_("Entries")), say(page, N_("Entry")),
	     say(page, N_("At")), say(page, N_("Event")), say(page, N_("Content")));
	for (size_t i = 2; i < exchange->talk.count; i++)
		bundle_rows(page, message_get(talk_reply(exchange, i), "body"), (n + i - 2) * BUNDLE_ENTRIES, span);
	html(page, "</tbody>\n</table>\n</div>\n");
}

/* Whoever may not read is told by the bundle's reply, which knows no other outcome. */
static const struct message *refusal_in(const struct exchange *exchange)
{
	for (size_t i = 2; i < exchange->talk.count; i++)
		if (message_get(talk_reply(exchange, i), "refusal").len)
			return talk_reply(exchange, i);
	return NULL;
}

void page_log_post(struct exchange *exchange)
{
	struct fields_view view = { .typed = &exchange->request.form };
	const struct message *refusal;
	struct span span;

	if (!talk_begun(exchange)) {
		ask_checkpoint(exchange);
		return;
	}
	if (who_page(exchange))
		return;
	span = span_of(exchange);
	if (exchange->talk.count == 2 && span.end) {
		ask_bundles(exchange, span);
		return;
	}
	refusal = refusal_in(exchange);
	struct out page = page_begin(exchange, span.end ? 200 : 422, N_("Log"));
	read_form(&page, &view);
	if (refusal)
		refusal_write(&page, refusal);
	else if (span.end)
		entries_write(&page, span);
	else
		html(&page, "<p class=\"empty\">%s</p>\n", say(&page, N_("The log has no such entries yet.")));
	page_end(&page);
}

/* --- receipts ---------------------------------------------------------------------------------- */

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
