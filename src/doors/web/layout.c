#include "doors/web/layout.h"

#include "doors/web/assets.h"
#include "doors/web/names.h"
#include "law/sheets.h"

static const char GUIDELINE[] = "高雄市政府社會局應用移民資訊管理作業要點";
static const char GUIDELINE_NUMBER[] = "107年7月24日高市社救助字第10736266800號函";

struct place {
	const char *section; /* msgid, or NULL: the section above goes on */
	const char *path, *label;
	uint32_t duties;
	enum sheet_kind sheet; /* its duties count instead */
};

enum { ASKERS = DUTY_BIT(DUTY_OFFICER), IMPORTERS = DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR),
       LOG_READERS = DUTY_BIT(DUTY_AUDITOR) | DUTY_BIT(DUTY_INSPECTOR) | DUTY_BIT(DUTY_NIA_INSPECTOR) |
                     DUTY_BIT(DUTY_RECORDS_KEEPER) };

/* In the order of a working day. */
static const struct place places[] = {
	{ N_("My work"), "/", N_("My tasks and cases"), 0, SHEET_NONE },
	{ NULL, "/ask", N_("Ask a question"), ASKERS, SHEET_NONE },
	{ NULL, "/queries", N_("My questions"), ASKERS, SHEET_NONE },
	{ NULL, "/do/open_case", N_("Open a case"), ASKERS | DUTY_BIT(DUTY_SUPERVISOR), SHEET_NONE },
	{ NULL, "/lists/my_applications", N_("My applications"), 0, SHEET_my_applications },
	{ NULL, "/lists/my_grants", N_("My items"), 0, SHEET_my_grants },
	{ NULL, "/lists/my_cards", N_("My cards"), 0, SHEET_my_cards },
	{ NULL, "/lists/my_authorizations", N_("My authorizations"), 0, SHEET_my_authorizations },
	{ N_("My office"), "/lists/open_acceptances", N_("Second person"), 0, SHEET_open_acceptances },
	{ NULL, "/lists/open_authorizations", N_("Authorizations"), 0, SHEET_open_authorizations },
	{ NULL, "/lists/not_justified", N_("Not justified"), 0, SHEET_not_justified },
	{ NULL, "/lists/office_queries", N_("Questions of the office"), 0, SHEET_office_queries },
	{ NULL, "/lists/refusals", N_("Refused questions"), 0, SHEET_refusals },
	{ NULL, "/lists/people", N_("People and duties"), 0, SHEET_people },
	{ NULL, "/lists/offices_lacking", N_("Vacant duties"), 0, SHEET_offices_lacking },
	{ NULL, "/lists/handover", N_("Handing over"), 0, SHEET_handover },
	{ NULL, "/lists/grants", N_("Granted items"), 0, SHEET_grants },
	{ NULL, "/lists/office_applications", N_("Applications"), 0, SHEET_office_applications },
	{ NULL, "/transmit", N_("Transmit applications"), 0, SHEET_applications_to_transmit },
	{ NULL, "/lists/transmissions", N_("Transmissions"), 0, SHEET_transmissions },
	{ NULL, "/lists/grants_ending", N_("Items about to end"), 0, SHEET_grants_ending },
	{ NULL, "/lists/migrated_grants", N_("Granted before the move"), 0, SHEET_migrated_grants },
	{ NULL, "/lists/accounts", N_("Accounts"), 0, SHEET_accounts },
	{ NULL, "/lists/account_blocks", N_("Blocked accounts"), 0, SHEET_account_blocks },
	{ NULL, "/lists/endings_due", N_("Endings that are due"), 0, SHEET_endings_due },
	{ NULL, "/lists/cards", N_("Cards"), 0, SHEET_cards },
	{ NULL, "/lists/card_requests", N_("Cards to be confirmed"), 0, SHEET_card_requests },
	{ NULL, "/import", N_("Take over a list"), IMPORTERS, SHEET_NONE },
	{ N_("Rules"), "/lists/bases", N_("Legal bases"), 0, SHEET_bases },
	{ NULL, "/lists/parameters", N_("Parameters"), 0, SHEET_parameters },
	{ NULL, "/lists/proposals", N_("Open proposals"), 0, SHEET_proposals },
	{ NULL, "/lists/editions", N_("Rule texts"), 0, SHEET_editions },
	{ NULL, "/lists/offices", N_("Offices"), 0, SHEET_offices },
	{ NULL, "/lists/calendar", N_("Calendar"), 0, SHEET_calendar },
	{ N_("Evidence"), "/log", N_("Log"), LOG_READERS, SHEET_NONE },
	{ NULL, "/receipt", N_("Receipt"), 0, SHEET_NONE },
	{ NULL, "/signature", N_("Signature of a step"), 0, SHEET_NONE },
	{ NULL, "/lists/status", N_("State of the service"), 0, SHEET_status },
};

static uint32_t duty_bits(struct str codes)
{
	struct str rest = codes, code;
	uint32_t bits = 0;
	int duty;

	while (rest.len && str_cut(&rest, ',', &code))
		if (word_find(&duty_words, str_trim(code), &duty) == OK)
			bits |= DUTY_BIT(duty);
	return bits;
}

struct viewer viewer_of(const struct exchange *exchange)
{
	struct viewer viewer = { STR(""), STR(""), STR(""), STR(""), 0 };

	for (size_t i = 0; i < exchange->talk.count; i++) {
		const struct question *question = &exchange->talk.at[i];
		if (!question->answered)
			continue;
		if (!message_get(&question->reply, "person").len)
			continue;
		viewer.person = message_get(&question->reply, "person");
		viewer.name = message_get(&question->reply, "name");
		viewer.office = message_get(&question->reply, "office");
		viewer.duties = message_get(&question->reply, "duties");
	}
	viewer.duty_bits = duty_bits(viewer.duties);
	return viewer;
}

bool viewer_may(const struct viewer *viewer, uint32_t duties)
{
	return !duties || (viewer->duty_bits & duties);
}

static void place_write(struct out *page, const struct place *place, const struct place *here)
{
	html(page, "<li><a href=\"%s\"", place->path);
	if (place == here)
		html(page, " aria-current=\"page\"");
	html(page, ">%s</a></li>\n", say(page, place->label));
}

static void nav_make(struct out *page, const struct viewer *viewer, const struct place *here)
{
	const char *section = NULL;
	bool open = false;

	html(page, "<nav id=\"nav\" aria-label=\"%s\" class=\"no-print\">\n", say(page, N_("Tasks")));
	for (const struct place *at = places; at < places + ARRAY_LEN(places); at++) {
		uint32_t duties = at->sheet ? sheet_spec(at->sheet)->duties : at->duties;
		section = at->section ? at->section : section;
		if (at->section && open) {
			html(page, "</ul>\n");
			open = false;
		}
		if (!viewer_may(viewer, duties))
			continue;
		if (!open)
			html(page, "<h2>%s</h2>\n<ul>\n", say(page, section));
		open = true;
		place_write(page, at, here);
	}
	html(page, open ? "</ul>\n</nav>\n" : "</nav>\n");
}

static const struct place *place_at(struct str path)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (str_is(path, places[i].path))
			return &places[i];
	return NULL;
}

enum { KEPT_NAVS_MAX = 64 };

/* The same for everybody with these duties: made once, as long as nobody else needs its place. */
static void nav_write(struct out *page, const struct viewer *viewer)
{
	static struct { enum language language; uint32_t duty_bits; const struct place *here; struct buf text; } kept[KEPT_NAVS_MAX];
	static size_t next;
	const struct place *here = place_at(page->exchange->request.path);
	size_t from = page->buf->len;

	for (size_t i = 0; i < KEPT_NAVS_MAX; i++)
		if (kept[i].text.len && kept[i].duty_bits == viewer->duty_bits && kept[i].here == here &&
		    kept[i].language == page->language) {
			buf_add(page->buf, buf_str(&kept[i].text));
			return;
		}
	nav_make(page, viewer, here);
	kept[next].language = page->language;
	kept[next].duty_bits = viewer->duty_bits;
	kept[next].here = here;
	buf_empty(&kept[next].text);
	buf_add(&kept[next].text, str_slice(buf_str(page->buf), from, page->buf->len));
	next = (next + 1) % KEPT_NAVS_MAX;
}

static void who_write(struct out *page, const struct viewer *viewer)
{
	bool english = page->language == LANGUAGE_EN;

	html(page, "<div class=\"who\">");
	if (viewer->name.len)
		html(page, "<span>%.*s　<b>%.*s</b></span>\n", STR_FMT(name_of_office(viewer->office)), STR_FMT(viewer->name));
	html(page, "<a href=\"/language/%s\" lang=\"%s\" hreflang=\"%s\">%s</a>\n", english ? "zh" : "en",
	     english ? "zh-Hant-TW" : "en", english ? "zh-Hant-TW" : "en", english ? "中文" : "English");
	if (viewer->duties.len) {
		html(page, "<a class=\"to-nav\" href=\"#nav\">%s</a>\n", say(page, N_("Tasks")));
		form_begin(page, "/sign-out", NULL);
		html(page, "<button>%s</button></form>\n", say(page, N_("Sign out")));
	}
	html(page, "</div>");
}

static void head_write(struct out *page, const struct viewer *viewer, const char *title)
{
	html(page, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	     "<title>%s - %s</title>\n<link rel=\"stylesheet\" href=\"%s\">\n"
	     "<link rel=\"icon\" href=\"%s\" type=\"image/svg+xml\">\n",
	     language_tag(page->language), say(page, title), say(page, N_("youju")),
	     asset_named("youju.css")->path, asset_named("mark.svg")->path);
	if (page->exchange->response.signs)
		html(page, "<script defer src=\"%s\" integrity=\"%s\"></script>\n", asset_named("card.js")->path,
		     asset_named("card.js")->integrity);
	html(page, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n", say(page, N_("Skip to the content")));
	html(page, "<header>");
	if (names_is_demo())
		html(page, "<p class=\"demo\">示範資料%s</p>\n",
		     page->language == LANGUAGE_EN ? " · Demonstration data" : "　非真實個人資料");
	html(page, "<div class=\"top\"><div class=\"top-inner\">"
	     "<a class=\"mark\" href=\"/\"><b lang=\"zh-Hant-TW\">有據</b><span>%s</span></a>\n",
	     say(page, N_("Every look-up has a legal basis, and leaves evidence.")));
	who_write(page, viewer);
	html(page, "</div></div>\n<div class=\"legal\"><p lang=\"zh-Hant-TW\">%s（%s）</p></div></header>\n",
	     GUIDELINE, GUIDELINE_NUMBER);
}

struct out page_begin(struct exchange *exchange, unsigned status, const char *title)
{
	struct out page = { &exchange->response.body, exchange->request.language, exchange };
	struct viewer viewer = viewer_of(exchange);

	names_learn(exchange);
	exchange->response.status = status;
	exchange->response.type = "text/html; charset=utf-8";
	head_write(&page, &viewer, title);
	html(&page, "<div class=\"frame%s\">\n", viewer.duties.len ? "" : " frame-wide");
	if (viewer.duties.len)
		nav_write(&page, &viewer);
	html(&page, "<main id=\"main\">\n<h1>%s</h1>\n", say(&page, title));
	return page;
}

void page_end(struct out *page)
{
	html(page, "</main>\n</div>\n<footer><div><p>%s</p>\n",
	     say(page, N_("Sign out when you are done or leave the computer (guideline 3.5). Use for other "
	                  "than official purposes is punished.")));
	html(page, "<p><a href=\"/about\">%s</a></p></div></footer>\n</body>\n</html>\n",
	     say(page, N_("About youju, accessibility and notices")));
}

void csrf_write(struct out *page)
{
	struct exchange *exchange = page->exchange;

	if (!exchange->request.token.len)
		return;
	struct str csrf = request_csrf(&exchange->arena, &exchange->request);
	html(page, "<input type=\"hidden\" name=\"csrf\" value=\"%.*s\">\n", STR_FMT(csrf));
}

void form_begin(struct out *page, const char *path, const char *encoding)
{
	html(page, "<form method=\"post\" action=\"%s\"", path);
	if (encoding)
		html(page, " enctype=\"%s\"", encoding);
	html(page, " class=\"%s\">\n", str_is(str_from(path), "/sign-out") ? "inline" : "sheet");
	csrf_write(page);
}
