#include "doors/web/assets.h"
#include "doors/web/layout.h"
#include "doors/web/pages.h"

void page_about(struct exchange *exchange)
{
	static const struct { const char *title, *text; } parts[] = {
		{ N_("What this is"),
		  N_("Welfare offices ask the immigration agency only under a case, a legal basis and a purpose. "
		     "Every question and answer is an entry of a log that outsiders can check; names and "
		     "identity numbers never stand in it.") },
		{ N_("Accessibility"),
		  N_("The pages are built to WCAG 2.2 AA: keyboard only, without script, in print and on small "
		     "screens. Signing in needs a card and a browser that can use it. If something keeps you "
		     "from working, tell the custodian of your office.") },
		{ N_("What is kept"),
		  N_("Records fetched from the agency are held in memory for the session only. The answer, its "
		     "reasons and a digest are kept; the log is kept for at least five years (guideline 3.8).") },
		{ N_("Notices"),
		  N_("Printed papers use the fonts TW-Kai of the CNS 11643 project (全字庫), Open Government Data "
		     "License, version 1.0, provided by the National Development Council, Taiwan. youju is free "
		     "software under the Mozilla Public License 2.0.") },
	};
	struct out page = page_begin(exchange, 200, N_("About youju"));

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		html(&page, "<h2>%s</h2>\n<p>%s</p>\n", say(&page, parts[i].title), say(&page, parts[i].text));
	page_end(&page);
}

void page_asset(struct exchange *exchange)
{
	const struct asset *asset = asset_at(exchange->request.path);

	if (!asset) {
		exchange->site->refuse(exchange, 404);
		return;
	}
	exchange->response.status = 200;
	exchange->response.type = asset->type;
	exchange->response.keeps_for_ever = true;
	exchange->response.static_body = true;
	exchange->response.static_bytes = asset->bytes;
}
