#include "law/application.h"

#include <string.h>

#include "law/decide.h"

const struct application_route application_routes[] = {
#define ROUTE(step, from, to, chains, duty, place, demands) { step, from, to, chains, duty, place, demands },
#include "law/application.def"
#undef ROUTE
};
const size_t application_routes_count = ARRAY_LEN(application_routes);

static bool leads_on(const struct application_route *route, enum application_state state,
                     enum application_chain chain)
{
	return route->from == state && (route->chains & CHAIN_BIT(chain));
}

enum application_step application_next(enum application_state state, enum application_chain chain)
{
	for (size_t i = 0; i < application_routes_count; i++)
		if (leads_on(&application_routes[i], state, chain))
			return application_routes[i].step;
	return application_step_none;
}

enum application_chain application_chain_of(enum office_kind kind, const struct parameters *parameters)
{
	if (kind != OFFICE_DISTRICT && parameter_is(parameters, PARAMETER_APP_BUREAU_CHAIN, "short"))
		return CHAIN_SHORT;
	return CHAIN_DISTRICT;
}

static bool stands_at(const struct facts *facts, const struct fact_application *application,
                      const struct application_route *route)
{
	switch (route->place) {
	case PLACE_APPLICANT:
		return is_me(facts, application->applicant);
	case PLACE_OFFICE:
		return holds_duty_in(facts, DUTY_BIT(route->duty), application->office);
	case PLACE_BUREAU:
		return holds_duty_in(facts, DUTY_BIT(route->duty), BUREAU_OFFICE);
	case PLACE_NIA:
		return holds_duty(facts, DUTY_BIT(route->duty)); /* that duty exists nowhere else */
	}
	return false;
}

static bool is_brought(const struct application_route *route, struct step_offer offer)
{
	return route->demands == DEMANDS_NOTHING || (route->demands == DEMANDS_GROUND && offer.ground) ||
	       (route->demands == DEMANDS_LETTER && offer.letter);
}

const struct application_route *application_route_of(const struct facts *facts,
                                                     const struct fact_application *application,
                                                     enum application_step step, struct step_offer offer)
{
	for (size_t i = 0; i < application_routes_count; i++) {
		const struct application_route *route = &application_routes[i];
		if (route->step == step && leads_on(route, application->state, application->chain) &&
		    stands_at(facts, application, route) && is_brought(route, offer))
			return route;
	}
	return NULL;
}

/* Of all rows of the step, whatever state the application is in. */
static bool may_ever(const struct facts *facts, const struct fact_application *application,
                     enum application_step step, struct step_offer offer, bool *lacks)
{
	*lacks = false;
	for (size_t i = 0; i < application_routes_count; i++) {
		const struct application_route *route = &application_routes[i];
		if (route->step != step || !(route->chains & CHAIN_BIT(application->chain)) ||
		    !stands_at(facts, application, route))
			continue;
		if (is_brought(route, offer))
			return true;
		*lacks = true;
	}
	return false;
}

/* G3.3: nobody takes two steps; the same step of a later round is the same step. */
static bool took_another(const struct facts *facts, const struct fact_application *application,
                         enum application_step step)
{
	for (size_t i = 0; i < application->step_count; i++)
		if (is_me(facts, application->steps[i].person) && application->steps[i].step != step)
			return true;
	return false;
}

static enum refusal lacking(enum application_step step)
{
	return step == STEP_APPROVE ? REFUSED_ACTING_GROUND_NEEDED : REFUSED_LETTER_NEEDED;
}

enum refusal application_listed_refusal(const struct facts *facts, const struct fact_application *application,
                                        enum application_step step, struct step_offer offer)
{
	bool lacks;

	if (!application->id.n)                     return REFUSED_APPLICATION_UNKNOWN;
	if (!may_ever(facts, application, step, offer, &lacks))
		return lacks ? lacking(step) : REFUSED_OTHER_OFFICE;
	if (step != STEP_SUBMIT && is_me(facts, application->applicant))
		return REFUSED_OWN_ACT;
	if (application_next(application->state, application->chain) != step)
		return REFUSED_APPLICATION_NOT_AT_STEP;
	if (took_another(facts, application, step)) return REFUSED_SECOND_STEP;
	return REFUSED_NOT;
}

enum refusal application_step_refusal(const struct facts *facts, const struct fact_application *application,
                                      enum application_step step, struct step_offer offer, struct str digest)
{
	enum refusal refusal = application_listed_refusal(facts, application, step, offer);

	if (refusal == REFUSED_NOT && !str_eq(digest, application->digest))
		refusal = REFUSED_FORM_STALE;
	return refusal;
}

/* --- what is typed ---------------------------------------------------------------------------- */

bool phone_is_plausible(struct str phone)
{
	size_t digits = 0;

	for (size_t i = 0; i < phone.len; i++) {
		char c = phone.at[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (c != ' ' && c != '-' && c != '+' && c != '(' && c != ')' && c != '#' && c != ',')
			return false;
	}
	return digits >= 7;
}

static bool is_of(struct str text, const char *more)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!plain && (!c || !strchr(more, c)))
			return false;
	}
	return text.len > 0;
}

static bool dots_part(struct str text)
{
	size_t at;

	return !str_starts(text, STR(".")) && !str_ends(text, STR(".")) && !str_find(text, STR(".."), &at);
}

/* RFC 5321 4.1.2 without quoted names and addresses in brackets, which no office has: nothing that could end a
 * header line, begin a comment or name somebody else too. More only the mail can tell. */
bool email_is_plausible(struct str email)
{
	struct str domain = email, local;
	size_t at;

	if (email.len > EMAIL_MAX || !str_find(email, STR("@"), &at))
		return false;
	str_cut(&domain, '@', &local);
	return local.len <= EMAIL_LOCAL_MAX && is_of(local, "!#$%&'*+-/=?^_`{|}~.") && dots_part(local) &&
	       is_of(domain, "-.") && dots_part(domain) && !str_starts(domain, STR("-")) &&
	       str_find(domain, STR("."), &at);
}

struct str scan_media(struct str bytes)
{
	static const struct { struct str media, magic; } kinds[] = {
		{ STR_INIT("pdf"), STR_INIT("%PDF-") },
		{ STR_INIT("png"), STR_INIT("\x89PNG\r\n\x1a\n") },
		{ STR_INIT("jpeg"), STR_INIT("\xff\xd8\xff") },
		{ STR_INIT("tiff"), { "II*\0", 4 } },
		{ STR_INIT("tiff"), { "MM\0*", 4 } },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_starts(bytes, kinds[i].magic))
			return kinds[i].media;
	return STR("");
}
