#include "doors/web/card_form.h"

#include "doors/web/outcome.h"
#include "doors/web/pages.h"

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
	{ "same_card", BOX_ASK, N_("The same card signed twice"),
	  N_("The second signature is that of the agency certificate, but your own card is still in the reader. Nothing was sent; "
	     "your first signature is kept on this page."),
	  N_("Take your own card out, put the agency certificate in, type its PIN and sign again."), false },
	{ "ready", BOX_YES, N_("Reader and card are ready"), N_("The signing service sees a card in:"),
	  N_("Type the PIN and sign."), true },
};

/* What the server finds after the signature arrived: told by its own refusals. */
static const enum refusal refusals[] = {
	REFUSED_CARD_SIGNATURE, REFUSED_CARD_EXPIRED, REFUSED_CARD_REVOKED, REFUSED_REVOCATION_STALE, REFUSED_CARD_FOREIGN,
	REFUSED_CARD_UNFIT, REFUSED_CARD_UNKNOWN, REFUSED_CARD_MISMATCH, REFUSED_SIGN_IN_LOCKED, REFUSED_SIGNATURE_NEEDED,
	REFUSED_SIGNATURE_INVALID, REFUSED_SIGNATURE_OTHER_CARD, REFUSED_AGENCY_CARD_NEEDED, REFUSED_AGENCY_CARD_INVALID,
	REFUSED_AGENCY_CARD_OTHER_KIND, REFUSED_AGENCY_CARD_EXPIRED, REFUSED_AGENCY_CARD_REVOKED, REFUSED_AGENCY_SIGNATURE,
	REFUSED_AGENCY_OF_OTHER_OFFICE,
};

bool card_form_is_about(enum refusal refusal)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
		if (refusals[i] == refusal)
			return true;
	return false;
}

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
	html(page, "<p id=\"card-state\" role=\"status\" data-waiting=\"%s\" data-slow=\"%s\" data-working=\"%s\" data-sending=\"%s\" "
	     "data-next=\"%s\"></p>\n",
	     say(page, N_("Opening the window of the signing service …")),
	     say(page, N_("The signing service has not answered yet …")),
	     say(page, N_("The card is signing …")), say(page, N_("Signed; sending …")),
	     say(page, N_("Your own card has signed. Now take it out and put the agency certificate in.")));
}

/* One card's turn. The script lets them have their turns in order, by one button: a disabled one that came first
 * would swallow the Enter key. */
static const struct turn { const char *id, *signature, *legend, *pin, *note, *button; } turns[] = {
	{ "card-pin", "card-signature", N_("First signature: your own card"), N_("PIN of the card"),
	  N_("The PIN goes from this field to the signing service of this computer. It is not sent to this site and not kept."),
	  N_("Sign with my own card") },
	{ "card-pin2", "card-signature2", N_("Second signature: the agency certificate"), N_("PIN of the agency certificate"),
	  N_("Change the card first: take your own out and put the agency certificate in. Its PIN, too, goes to the signing "
	     "service of this computer only."), N_("Sign with the agency certificate") },
};

static void turn_write(struct out *page, const struct card_form *form, size_t at)
{
	const struct turn *turn = &turns[at];

	html(page, "<fieldset class=\"turn\" data-signature=\"%s\" data-button=\"%s\"%s>\n", turn->signature, say(page, turn->button),
	     at ? " disabled" : "");
	if (form->agency_name)
		html(page, "<legend>%s <span data-done hidden>✓ %s</span></legend>\n", say(page, turn->legend), say(page, N_("signed")));
	html(page, "<div class=\"row\"><label for=\"%s\">%s</label><input id=\"%s\" type=\"password\" inputmode=\"numeric\" "
	     "autocomplete=\"off\" maxlength=\"16\" required aria-describedby=\"%s-note\">\n<span class=\"small\" id=\"%s-note\">%s</span></div>\n"
	     "</fieldset>\n", turn->id, say(page, turn->pin), turn->id, turn->id, turn->id, say(page, turn->note));
}

void card_form_write(struct out *page, const struct card_form *form, void (*more)(struct out *page, void *context),
                     void *context)
{
	html(page, "<div id=\"card-signing\" hidden>\n<form id=\"card-form\" method=\"post\" action=\"%s\" class=\"sheet\" "
	     "data-service=\"%s\" data-nonce=\"%.*s\" data-seconds=\"%.*s\" autocomplete=\"off\"%s>\n", form->path,
	     page->exchange->site->card_service, STR_FMT(form->nonce), STR_FMT(form->seconds),
	     form->text_name ? "" : " data-again");
	csrf_write(page);
	if (form->text_name)
		html(page, "<input type=\"hidden\" id=\"card-text\" name=\"%s\" value=\"%.*s\">\n", form->text_name, STR_FMT(form->text));
	else
		html(page, "<input type=\"hidden\" id=\"card-text\" name=\"nonce\" value=\"%.*s\">\n", STR_FMT(form->text));
	html(page, "<input type=\"hidden\" id=\"card-signature\" name=\"%s\" value=\"\">\n", form->signature_name);
	if (form->agency_name)
		html(page, "<input type=\"hidden\" id=\"card-signature2\" name=\"%s\" value=\"\">\n", form->agency_name);
	if (more)
		more(page, context);
	for (size_t i = 0; i < (form->agency_name ? 2 : 1); i++)
		turn_write(page, form, i);
	html(page, "<button id=\"card-sign\">%s</button>\n<button type=\"button\" class=\"plain\" id=\"card-check\">%s</button>\n</form>\n",
	     say(page, form->agency_name ? turns[0].button : form->label), say(page, N_("Check reader and card")));
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
