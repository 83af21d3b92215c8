#include "doors/web/card_form.h"
#include "doors/web/names.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"

static void card_page_steps(struct out *page)
{
	const char *card = page->exchange->site->card_origin;

	html(page, "<div class=\"card\">\n<ol class=\"steps\">\n<li>%s</li>\n<li>%s</li>\n<li>%s</li>\n</ol>\n",
	     say(page, N_("Put your citizen card into the reader.")),
	     say(page, N_("Go on to the card page. The browser asks which certificate to use: choose the "
	                  "signing certificate of your own card and type its PIN.")),
	     say(page, N_("Check the name that is shown, then sign in.")));
	html(page, "<p><a class=\"button\" href=\"%s/sign-in\">%s</a></p>\n</div>\n", card,
	     say(page, N_("Go on with my card")));
	html(page, "<p class=\"small\">%s</p>\n",
	     say(page, N_("The PIN stays between your card and your computer; this service never sees it. "
	                  "If the browser shows an error page instead, no card was found: put it in, close "
	                  "all windows of the browser and start again.")));
}

static void card_form(struct out *page)
{
	html(page, "<div class=\"card\">\n<p class=\"lead\">%s</p>\n",
	     say(page, N_("Your browser has shown a certificate. With the button below you sign in in "
	                  "person; signing in is recorded in the log.")));
	html(page, "<p>%s</p>\n", say(page, N_("Ask only in person, and only for official duty (guideline "
	                                       "3.4). Sign out when you leave the computer (3.5).")));
	html(page, "<form method=\"post\" action=\"/sign-in\"><button autofocus>%s</button></form>\n</div>\n",
	     say(page, N_("Sign in with this card")));
}

/* The challenge is signed by the card; who has no script or no signing service goes on over the card page. */
static void web_steps(struct out *page, const struct message *challenge)
{
	struct str nonce = message_get(challenge, "nonce");
	const struct card_form form = { .path = "/sign-in", .text = nonce, .nonce = nonce, .seconds = message_get(challenge, "seconds"),
		                        .signature_name = "cms",
		                        .label = N_("Sign in with the card") };

	html(page, "<p>%s</p>\n", say(page, N_("Ask only in person, and only for official duty (guideline 3.4). Sign out when you "
	                                       "leave the computer (3.5).")));
	html(page, "<h2>%s</h2>\n", say(page, N_("With the signing service of the card reader")));
	card_form_write(page, &form, NULL, NULL);
	html(page, "<noscript><p class=\"reminder\">%s</p></noscript>\n",
	     say(page, N_("This way needs script. The other way below works without.")));
	html(page, "<h2>%s</h2>\n", say(page, N_("With the certificate in the browser")));
	card_page_steps(page);
	html(page, "<p><a href=\"/card-help\">%s</a></p>\n", say(page, N_("When the card does not work")));
}

/* Pages before anybody has signed in also say whether this is a demonstration. */
static bool ask_first(struct exchange *exchange)
{
	if (talk_begun(exchange))
		return false;
	if (exchange->request.listener == LISTENER_WEB)
		talk_ask(exchange, MESSAGE_NONCE);
	if (!names_knows_demo())
		message_put(talk_ask(exchange, MESSAGE_RESOURCE), "resource", STR("checkpoint"));
	return exchange_waits(exchange);
}

void page_sign_in(struct exchange *exchange)
{
	bool card = exchange->request.listener == LISTENER_CARD;

	if (ask_first(exchange))
		return;
	if (!card)
		card_form_allow(exchange);
	struct out page = page_begin(exchange, 200, N_("Sign in"));
	if (card)
		card_form(&page);
	else
		web_steps(&page, talk_reply(exchange, 0));
	page_end(&page);
}

static struct message *ask_sign_in(struct exchange *exchange, const char *method)
{
	exchange->request.token = STR(""); /* a new session, never one that was planted */
	struct message *ask = talk_ask(exchange, MESSAGE_SIGN_IN);
	message_put(ask, "method", str_from(method));
	return ask;
}

static void signed_in(struct exchange *exchange)
{
	const struct message *reply;

	if (outcome_page(exchange, N_("Sign in")))
		return;
	reply = talk_reply(exchange, 0);
	response_redirect(&exchange->arena, &exchange->response, STR("/"));
	response_header(&exchange->response, "Set-Cookie",
	                cookie_line(&exchange->arena, SESSION_COOKIE, message_get(reply, "session")));
}

void page_sign_in_card(struct exchange *exchange)
{
	if (talk_begun(exchange))
		signed_in(exchange);
	else
		message_put(ask_sign_in(exchange, "mutual_tls"), "chain",
		            request_chain(&exchange->arena, &exchange->request));
}

/* What the signing service made of the challenge; the PIN was never ours to see. */
void page_sign_in_challenge(struct exchange *exchange)
{
	const struct form *form = &exchange->request.form;

	if (talk_begun(exchange)) {
		signed_in(exchange);
		return;
	}
	struct message *ask = ask_sign_in(exchange, "challenge");
	message_put(ask, "cms", form_value(form, "cms").len ? form_value(form, "cms") : STR("-"));
	message_put(ask, "nonce", form_value(form, "nonce"));
}

void page_sign_out(struct exchange *exchange)
{
	if (!talk_begun(exchange)) {
		struct message *ask = talk_ask_command(exchange, STR("sign_out"),
		                                       request_number(&exchange->arena));
		message_field(ask, STR("cause"), STR("user"));
		return;
	}
	response_redirect(&exchange->arena, &exchange->response, STR("/signed-out"));
	response_header(&exchange->response, "Set-Cookie",
	                cookie_line(&exchange->arena, SESSION_COOKIE, STR("")));
	response_header(&exchange->response, "Clear-Site-Data", STR("\"cache\""));
}

void page_signed_out(struct exchange *exchange)
{
	struct out page = page_begin(exchange, 200, N_("Signed out"));

	box_begin(&page, BOX_YES, N_("You are signed out"));
	html(&page, "<p>%s</p>\n", say(&page, N_("Take your card out of the reader and close the window.")));
	box_end(&page);
	html(&page, "<p><a class=\"button plain\" href=\"/sign-in\">%s</a></p>\n",
	     say(&page, N_("Sign in again")));
	page_end(&page);
}

void page_language(struct exchange *exchange)
{
	struct str to = exchange->request.params[0];

	response_redirect(&exchange->arena, &exchange->response, STR("/"));
	response_header(&exchange->response, "Set-Cookie",
	                str_is(to, "en") ? cookie_line(&exchange->arena, LANGUAGE_COOKIE, STR("en"))
	                                 : cookie_line(&exchange->arena, LANGUAGE_COOKIE, STR("")));
}
