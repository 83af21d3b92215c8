#include "doors/web/card_form.h"

#include "doors/web/outcome.h"
#include "doors/web/pages.h"
#include "law/refusals.h"

/* What the page itself can notice. "detail" is shown where the service said something. */
static const struct trouble {
	const char *why;
	enum box box;
	const char *title, *what, *next;
	bool has_detail;
} troubles[] = {
	{ "absent", BOX_ASK, N_("The signing service does not answer"),
	  N_("This computer's signing service (the program that belongs to the card reader) did not answer within ten seconds."),
	  N_("Install or start the service, then press the button again. If it runs, allow this site to reach programs on this "
	     "computer when the browser asks (Chromium: Local network access), and look whether a firewall or another "
	     "program holds its port. Otherwise sign in over the card page."), false },
	{ "blocked", BOX_ASK, N_("The browser blocked the window of the signing service"),
	  N_("Signing happens in a small window that this page opens. The browser did not let it."),
	  N_("Allow pop-up windows for this site (sign in the address bar), then press the button again."), false },
	{ "cancelled", BOX_ASK, N_("Signing was cancelled"),
	  N_("The window of the signing service was closed before it answered. Nothing was signed or sent."),
	  N_("Press the button again and leave the window open until it closes by itself."), false },
	{ "failed", BOX_NO, N_("The card did not sign"),
	  N_("The signing service reports an error, most often a wrong PIN, a card that was pulled, or a site that it does not "
	     "trust. What the number means is not published for every version, so it is shown as it came:"),
	  N_("Check the PIN and the card, then try again. After three wrong PINs the card locks itself: it is unlocked by its "
	     "user code on the authority's site, or at a household registration office. Tell the number to the custodian if it stays."), true },
	{ "no_reader", BOX_ASK, N_("No card reader was found"),
	  N_("The signing service runs, but sees no reader."),
	  N_("Plug the reader in, wait a few seconds and check again."), false },
	{ "no_card", BOX_ASK, N_("No card is in the reader"),
	  N_("The signing service sees the reader, but no card in it."),
	  N_("Put the card in with the chip first and facing up, then check again."), false },
	{ "garbage", BOX_NO, N_("The answer of the signing service was not understood"),
	  N_("Something answered, but not as a signing service does. Nothing was sent."),
	  N_("Update the service. If it stays, another program may hold its port: tell the operator."), false },
	{ "foreign", BOX_NO, N_("Another site answered"),
	  N_("A message came from an address that is not the signing service; it was ignored. Nothing was signed or sent."),
	  N_("Close the other windows and tell the operator: the address of the service may be set wrongly."), false },
	{ "stale", BOX_ASK, N_("The page is too old to sign"),
	  N_("What is signed must be fresh, so that no signature can be used later. Nothing was signed or sent."),
	  N_("Load the page again (or go back and send the form again), then sign within two minutes."), false },
	{ "ready", BOX_YES, N_("Reader and card are ready"), N_("The signing service sees a card in:"),
	  N_("Type the PIN and sign."), true },
};

/* What the server finds after the signature arrived: told by its own refusals. */
static const enum refusal refusals[] = {
	REFUSED_CARD_SIGNATURE, REFUSED_CARD_EXPIRED, REFUSED_CARD_REVOKED, REFUSED_REVOCATION_STALE, REFUSED_CARD_FOREIGN,
	REFUSED_CARD_UNFIT, REFUSED_CARD_UNKNOWN, REFUSED_CARD_MISMATCH, REFUSED_SIGN_IN_LOCKED, REFUSED_SIGNATURE_OTHER_CARD,
};

void card_form_allow(struct exchange *exchange)
{
	exchange->response.signs = true;
}

static void trouble_write(struct out *page, const struct trouble *trouble)
{
	html(page, "<div data-why=\"%s\" hidden>\n", trouble->why);
	box_begin(page, trouble->box, trouble->title);
	html(page, "<p>%s", say(page, trouble->what));
	if (trouble->has_detail)
		html(page, " <b class=\"mono\" data-detail=\"\"></b>");
	html(page, "</p>\n<p>%s %s</p>\n", say(page, N_("Next step:")), say(page, trouble->next));
	box_end(page);
	html(page, "</div>\n");
}

static void state_write(struct out *page)
{
	html(page, "<p id=\"card-state\" role=\"status\" data-waiting=\"%s\" data-slow=\"%s\" data-working=\"%s\" data-sending=\"%s\"></p>\n",
	     say(page, N_("Opening the window of the signing service …")),
	     say(page, N_("The signing service has not answered yet …")),
	     say(page, N_("The card is signing …")), say(page, N_("Signed; sending …")));
}

void card_form_write(struct out *page, const struct card_form *form, void (*more)(struct out *page, void *context),
                     void *context)
{
	struct str token = page->exchange->request.token;

	html(page, "<div id=\"card-signing\" hidden>\n<form id=\"card-form\" method=\"post\" action=\"%s\" class=\"sheet\" "
	     "data-service=\"%s\" data-nonce=\"%.*s\" data-seconds=\"%.*s\" autocomplete=\"off\"%s>\n", form->path,
	     page->exchange->site->card_service, STR_FMT(form->nonce), STR_FMT(form->seconds),
	     form->text_name ? "" : " data-again");
	if (token.len)
		html(page, "<input type=\"hidden\" name=\"csrf\" value=\"%.*s\">\n",
		     STR_FMT(csrf_token(&page->exchange->arena, token)));
	if (form->text_name)
		html(page, "<input type=\"hidden\" id=\"card-text\" name=\"%s\" value=\"%.*s\">\n", form->text_name, STR_FMT(form->text));
	else
		html(page, "<input type=\"hidden\" id=\"card-text\" name=\"nonce\" value=\"%.*s\">\n", STR_FMT(form->text));
	html(page, "<input type=\"hidden\" id=\"card-signature\" name=\"%s\" value=\"\">\n", form->signature_name);
	if (more)
		more(page, context);
	html(page, "<div class=\"row\"><label for=\"card-pin\">%s</label><input id=\"card-pin\" type=\"password\" inputmode=\"numeric\" "
	     "autocomplete=\"off\" maxlength=\"16\" required aria-describedby=\"card-pin-note\">\n"
	     "<span class=\"small\" id=\"card-pin-note\">%s</span></div>\n", say(page, N_("PIN of the card")),
	     say(page, N_("The PIN goes from this field to the signing service of this computer. It is not sent to this site "
	                  "and not kept.")));
	html(page, "<button>%s</button>\n<button type=\"button\" class=\"plain\" id=\"card-check\">%s</button>\n</form>\n",
	     say(page, form->label), say(page, N_("Check reader and card")));
	state_write(page);
	for (size_t i = 0; i < ARRAY_LEN(troubles); i++)
		trouble_write(page, &troubles[i]);
	html(page, "</div>\n");
}

void page_card_help(struct exchange *exchange)
{
	struct out page = page_begin(exchange, 200, N_("When the card does not work"));

	html(&page, "<p>%s</p>\n<h2>%s</h2>\n<dl>\n", say(&page, N_("What you may see, and what to do next. Nothing is recorded about this page.")),
	     say(&page, N_("Before anything is sent")));
	for (size_t i = 0; i + 1 < ARRAY_LEN(troubles); i++)
		html(&page, "<dt>%s</dt>\n<dd>%s <b>%s</b> %s</dd>\n", say(&page, troubles[i].title), say(&page, troubles[i].what),
		     say(&page, N_("Next step:")), say(&page, troubles[i].next));
	html(&page, "</dl>\n<h2>%s</h2>\n<dl>\n", say(&page, N_("When this site has checked the card")));
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		const struct refusal_spec *spec = refusal_spec(refusals[i]);
		html(&page, "<dt>%s</dt>\n<dd><b>%s</b> %s</dd>\n", say(&page, spec->what), say(&page, N_("Next step:")),
		     say(&page, spec->next));
	}
	html(&page, "</dl>\n<p><a class=\"button plain\" href=\"/sign-in\">%s</a></p>\n", say(&page, N_("Sign in")));
	page_end(&page);
}
