/* Important steps: what is about to be signed, and what was. Decision 0090. */
#include <stdio.h>

#include "base/crypto.h"
#include "doors/web/card_form.h"
#include "doors/web/concerned.h"
#include "doors/web/fields.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"

/* Browsers send line feeds of a field as two bytes; the text has no carriage return of its own. */
static struct str line_feeds_only(struct arena *arena, struct str text)
{
	struct buf out = buf_on(arena);
	struct str line, rest = text;

	while (rest.len && str_cut(&rest, '\n', &line)) {
		buf_add(&out, str_ends(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line);
		buf_byte(&out, '\n');
	}
	return buf_str(&out);
}

bool step_is_ready(const struct exchange *exchange, const struct command_spec *spec)
{
	const struct form *form = &exchange->request.form;

	return !spec->is_signed || form_value(form, "step_signature").len || form_value(form, "step_signature2").len ||
	       form_value(form, "unsigned").len;
}

void step_send(struct exchange *exchange, struct message *command)
{
	const struct form *form = &exchange->request.form;

	static const char *const heads[] = { "step_signature", "step_signature2" };

	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (form_value(form, heads[i]).len)
			message_put(command, heads[i], form_value(form, heads[i]));
	if (form_value(form, "step_text").len)
		message_put(command, "step_text", line_feeds_only(&exchange->arena, form_value(form, "step_text")));
}

void step_ask(struct exchange *exchange, const struct command_spec *spec)
{
	struct message *ask = talk_ask(exchange, MESSAGE_STEP_TEXT);

	message_put(ask, "command", spec->record.name);
	message_put(ask, "request", form_value(&exchange->request.form, "request"));
	fields_send(exchange, &spec->record, ask);
	talk_ask_sheet(exchange, "my_duties"); /* who is it? */
}

/* What was typed goes along unchanged. */
static void typed_write(struct out *page, void *context)
{
	const struct command_spec *spec = context;
	const struct form *form = &page->exchange->request.form;

	html(page, "<input type=\"hidden\" name=\"request\" value=\"%.*s\">\n", STR_FMT(form_value(form, "request")));
	for (size_t i = 0; i < spec->record.count; i++) {
		struct str name = spec->record.fields[i].name;
		struct str value = form_value(form, str_c(&page->exchange->arena, name));
		if (value.len)
			html(page, "<input type=\"hidden\" name=\"%.*s\" value=\"%.*s\">\n", STR_FMT(name), STR_FMT(value));
	}
}

static void fields_show(struct out *page, void *context)
{
	const struct command_spec *spec = context;
	const struct form *form = &page->exchange->request.form;
	bool told = concerned_write(page, spec);

	html(page, "<dl>\n");
	for (size_t i = 0; i < spec->record.count; i++) {
		const struct field_spec *field = &spec->record.fields[i];
		struct str value = form_value(form, str_c(&page->exchange->arena, field->name));
		int word;
		if (field->kind == FIELD_WORD && word_find(field->words, value, &word) == OK)
			value = str_from(page->language == LANGUAGE_EN ? word_en(field->words, word) : word_zh(field->words, word));
		if (value.len && !(told && (field->kind == FIELD_PERSON || field->kind == FIELD_ENTRY)))
			html(page, "<dt>%s</dt><dd>%.*s</dd>\n", say(page, field->label),
			     STR_FMT(str_utf8_head(value, 400)));
	}
	html(page, "</dl>\n");
}

/* Only over the card page may it go unsigned, and only while the office allows it: the keeper decides. Never where
 * the agency certificate signs. */
static void unsigned_write(struct out *page, const struct step_shown *shown)
{
	if (page->exchange->request.listener != LISTENER_CARD || shown->spec->with_agency)
		return;
	html(page, "<details><summary>%s</summary>\n<p>%s</p>\n", say(page, N_("Without a signature")),
	     say(page, N_("Without script, or where no signing service runs, the step can be taken on this page without a signature "
	                  "as long as the office allows it (step.signature). The log then says that none was given.")));
	form_begin(page, shown->path, NULL);
	shown->typed(page, shown->context);
	html(page, "<input type=\"hidden\" name=\"unsigned\" value=\"1\">\n<button class=\"plain\">%s</button>\n</form>\n</details>\n",
	     say(page, shown->spec->record.label));
}

static void told_write(struct out *page, const struct step_shown *shown, struct str text)
{
	html(page, "<p class=\"lead\">%s</p>\n", say(page, N_("This is an important step. Read what you sign, then sign it with your card; "
	                                                      "nothing is done before.")));
	if (shown->spec->with_agency)
		html(page, "<p>%s</p>\n", say(page, N_("Two signatures over the same text are needed: first your own card's, then that of the "
		                                      "agency certificate of the office. There is time to change the card.")));
	shown->tell(page, shown->context);
	html(page, "<details><summary>%s</summary>\n<pre class=\"card mono\">%.*s</pre></details>\n",
	     say(page, N_("The text that is signed, byte for byte")), STR_FMT(text));
}

void step_show(struct exchange *exchange, const struct message *reply, const struct step_shown *shown)
{
	bool agency = shown->spec->with_agency;
	struct card_form form = { .path = shown->path, .text = message_get(reply, "text"), .nonce = message_get(reply, "nonce"),
		                  .seconds = message_get(reply, "seconds"),
		                  .text_name = "step_text", .signature_name = "step_signature",
		                  .agency_name = agency ? "step_signature2" : NULL,
		                  .label = N_("Sign and send") };

	card_form_allow(exchange);
	struct out page = page_begin(exchange, 200, shown->spec->record.label);
	told_write(&page, shown, form.text);
	card_form_write(&page, &form, shown->typed, shown->context);
	html(&page, "<noscript><p class=\"reminder\">%s</p></noscript>\n",
	     say(&page, agency
	         ? N_("Signing in the browser needs script. Without it, sign with the command line: youju do DIR COMMAND --as CARD --with AGENCY_CARD.")
	         : N_("Signing in the browser needs script. Without it, sign with the command line: youju do DIR COMMAND --as CARD.")));
	unsigned_write(&page, shown);
	html(&page, "<p class=\"small\"><a href=\"/card-help\">%s</a></p>\n", say(&page, N_("When the card does not work")));
	page_end(&page);
}

void step_page(struct exchange *exchange, const struct command_spec *spec)
{
	char path[80];
	const struct step_shown shown = { path, spec, fields_show, typed_write, (void *)(uintptr_t)spec };

	snprintf(path, sizeof path, "/do/%.*s", STR_FMT(spec->record.name));
	step_show(exchange, talk_reply(exchange, 0), &shown);
}

/* --- reading a signature --- */

static void entry_form(struct out *page, struct str entry)
{
	form_begin(page, "/signature", NULL);
	html(page, "<div class=\"row\"><label for=\"entry\">%s</label><input id=\"entry\" name=\"entry\" inputmode=\"numeric\" "
	     "required value=\"%.*s\"></div>\n<input type=\"hidden\" name=\"request\" value=\"%.*s\">\n<button>%s</button>\n</form>\n",
	     say(page, N_("Entry number")), STR_FMT(entry), STR_FMT(request_number(&page->exchange->arena)),
	     say(page, N_("Show the signature")));
	html(page, "<p class=\"small\">%s</p>\n", say(page, N_("Who signed may read it, and auditors; reading is recorded in the log.")));
}

void page_signature(struct exchange *exchange)
{
	if (!talk_begun(exchange)) {
		talk_ask_sheet(exchange, "my_duties");
		return;
	}
	if (outcome_page(exchange, N_("Signature of a step")))
		return;
	struct out page = page_begin(exchange, 200, N_("Signature of a step"));
	entry_form(&page, form_value(&exchange->request.query, "entry"));
	page_end(&page);
}

static void file_write(struct out *page, struct str entry, const char *ending, struct str base64)
{
	html(page, "<a class=\"button plain\" download=\"signature-%.*s%s\" href=\"data:application/octet-stream;base64,%.*s\">"
	     "signature-%.*s%s</a>\n", STR_FMT(entry), ending, STR_FMT(base64), STR_FMT(entry), ending);
}

static void verify_write(struct out *page, struct str entry, const char *ending)
{
	html(page, "<pre class=\"mono\">openssl cms -verify -binary -inform DER -in signature-%.*s%s -content signature-%.*s.txt -CAfile CA.pem "
	     "-purpose any</pre>\n", STR_FMT(entry), ending, STR_FMT(entry));
}

static void signature_write(struct out *page, struct str entry, const struct message *reply)
{
	struct str text = message_get(reply, "step_text"), cms = message_get(reply, "step_signature");
	struct str agency = message_get(reply, "step_signature2");

	if (!cms.len) {
		box_begin(page, BOX_NOTE, N_("The signature was destroyed with the documents of its time."));
		box_end(page);
		return;
	}
	html(page, "<h2>%s</h2>\n<pre class=\"card mono\">%.*s</pre>\n<p>", say(page, N_("What was signed")), STR_FMT(text));
	file_write(page, entry, ".txt", base64_text(&page->exchange->arena, text.at, text.len));
	file_write(page, entry, ".p7s", cms);
	if (agency.len)
		file_write(page, entry, "-agency.p7s", agency);
	html(page, "</p>\n<p>%s</p>\n", say(page, N_("The files verify without this service, with the certificates of the authority:")));
	verify_write(page, entry, ".p7s");
	if (agency.len)
		verify_write(page, entry, "-agency.p7s");
	entry_write(page, reply);
}

void page_signature_post(struct exchange *exchange)
{
	struct str entry = form_value(&exchange->request.form, "entry");

	if (!talk_begun(exchange)) {
		struct message *ask = talk_ask_command(exchange, STR("read_signature"), form_value(&exchange->request.form, "request"));
		message_field(ask, STR("entry_id"), entry);
		return;
	}
	if (outcome_page(exchange, N_("Signature of a step")))
		return;
	struct out page = page_begin(exchange, 200, N_("Signature of a step"));
	signature_write(&page, entry, talk_reply(exchange, 0));
	page_end(&page);
}
