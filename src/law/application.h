/* The way of an application from draft to grant, as a table that deciding, accounting, lists and pages
 * loop over, and the questions that every step asks. */
#ifndef YOUJU_LAW_APPLICATION_H
#define YOUJU_LAW_APPLICATION_H

#include "law/application_form.h"
#include "law/facts.h"

enum route_place { PLACE_APPLICANT, PLACE_OFFICE, PLACE_BUREAU, PLACE_NIA };
enum route_demand { DEMANDS_NOTHING, DEMANDS_GROUND, DEMANDS_LETTER };
enum { APPLICATIONS_AT_ONCE_MAX = 64 };

#define CHAIN_BIT(chain) (1u << (chain))
#define CHAIN_ANY (CHAIN_BIT(CHAIN_DISTRICT) | CHAIN_BIT(CHAIN_SHORT))

struct application_route {
	enum application_step step;
	enum application_state from, to;
	unsigned chains; /* CHAIN_BIT of each chain it belongs to */
	enum duty duty;
	enum route_place place;
	enum route_demand demands;
};

extern const struct application_route application_routes[];
extern const size_t application_routes_count;

/* The step that leads on from a state; application_step_none where the way ends. */
enum application_step application_next(enum application_state state, enum application_chain chain);
/* Which chain an office of this kind takes (app.bureau_chain, X5). */
enum application_chain application_chain_of(enum office_kind kind, const struct parameters *parameters);

/* What a person brings to a step. */
struct step_offer {
	bool ground; /* an acting decision (代為決行) with its ground */
	bool letter; /* number and date of a letter */
};

/* May me take this step of the application now? REFUSED_NOT when he may. digest is the content digest
 * of the form that he saw. Asked in this order: is there such an application, is it of his office and
 * duty, is it somebody else's, does it stand at this step, has he taken another, did the form change. */
enum refusal application_step_refusal(const struct facts *facts, const struct fact_application *application,
                                      enum application_step step, struct step_offer offer, struct str digest);
/* The same without a digest: who decides on a list has seen the list. */
enum refusal application_listed_refusal(const struct facts *facts, const struct fact_application *application,
                                        enum application_step step, struct step_offer offer);

/* The row by which he takes it: the first that fits; NULL when none does. */
const struct application_route *application_route_of(const struct facts *facts,
                                                     const struct fact_application *application,
                                                     enum application_step step, struct step_offer offer);

bool phone_is_plausible(struct str phone);
enum { EMAIL_MAX = 254, EMAIL_LOCAL_MAX = 64 }; /* RFC 5321 4.5.3.1 */
/* One plain address, fit to stand in the header of a mail and to be the only recipient. */
bool email_is_plausible(struct str email);

/* What a scan is by its first bytes: "pdf", "png", "jpeg", "tiff"; "" for anything else. */
struct str scan_media(struct str bytes);

#endif
