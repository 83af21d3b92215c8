/* The demonstration city: Kaohsiung's bureau, its 38 real districts, made-up people and cases.
 *
 * Everything but the names of the offices is invented by lot; the same seed and day give the same
 * city. Numbers are valid by their check digit and belong to nobody we know of. */
#ifndef YOUJU_DEMO_CITY_H
#define YOUJU_DEMO_CITY_H

#include "base/sheet.h"
#include "base/time.h"
#include "demo/testca.h"
#include "law/imports.h"

#define DEMO_CARD_PASSWORD "demo" /* of every .p12 file; .pem files of the demo have none */

enum { CITY_OFFICES = 43, CITY_STAFF = 241, CITY_CARDS = 60, CITY_CASES = 400,
       STAFF_DUTIES_MAX = 3, CASE_PARTIES_MAX = 6 };

struct city_office {
	struct str office, name, name_en, parent; /* office: the code, "sanmin" */
	enum office_kind kind;
	bool indigenous;
};

struct city_duty { enum duty duty; bool deputy; };

struct city_staff {
	struct str id_no, name, office, unit, title;
	struct str stem; /* DIR/cards/STEM.pem and .p12: "sanmin-officer", "bureau-custodian" */
	struct city_duty duties[STAFF_DUTIES_MAX];
	size_t duty_count;
	bool has_card;
	struct str card_serial, card_number; /* "" until city_cards */
};

struct city_party {
	struct str id_no, name;
	struct date born;
	enum person_kind kind;
	enum relation relation;
	const char *habit; /* how the simulated agency knows this person: a name of source/local.h, "any" by lot */
};

struct city_case {
	struct str case_no, office, basis;
	struct date opened_on, closed_on; /* closed_on none: open */
	struct city_party parties[CASE_PARTIES_MAX]; /* party number = index + 1 */
	size_t party_count;
};

struct city {
	uint64_t seed;
	struct date today;
	struct city_office offices[CITY_OFFICES];
	struct city_staff staff[CITY_STAFF];
	struct city_case cases[CITY_CASES];
};

/* Takes about 2 MB of the arena. Case 113-0041 of sanmin (B_LOW) has six parties: 1 at home, 2 long
 * away, 3 with four different counts around 183, 4 newborn, 5 never travelled, 6 from abroad. */
struct city *city_make(struct arena *arena, uint64_t seed, struct date today);

/* Issues the cards of the staff that has one, agency certificates (agency-OFFICE) and cards with
 * flaws (test-expired, test-revoked …; the list is in city_cards.c), then new revocation lists. */
MUST_CHECK enum fail city_cards(struct city *city, struct arena *arena, struct testca *testca, int64_t at_ms);

/* The list to import, in the columns of law/imports.def; organisation, staff, calendar, cases and
 * grants, to be taken over in this order. Rows name the importer's own duties too, unchanged. */
struct sheet city_sheet(struct arena *arena, const struct city *city, enum import_kind kind);
/* One person's part of the list of grants, ending on until (none: like everybody's). */
struct sheet city_grants_of(struct arena *arena, const struct city *city, const struct city_staff *staff, struct date until);
/* The part of the list of grants that belongs to staff with a card. */
struct sheet city_grants_of_card_holders(struct arena *arena, const struct city *city);
/* The cases list of a day in the past: cases opened or closed, and parties born, after since (none:
 * ever) and not after until. */
struct sheet city_cases_between(struct arena *arena, const struct city *city, struct date since, struct date until);

/* The legal bases of section 4.1 of the hand-book, as fields of the command propose_basis. */
struct city_basis {
	const char *basis, *name, *substantive, *data_request, *items; /* items: codes, commas */
	bool day_test, municipality;
};
extern const struct city_basis city_bases[];
extern const size_t city_bases_count;

/* The simulated agency's file: everybody of the city, with histories around the day of the city. The
 * person with habit deleted_exit loses that row at deletion_ms. */
MUST_CHECK enum fail city_source(const struct city *city, const char *path, int64_t deletion_ms);

/* One question of the past year, lawful when it was asked. */
struct city_use {
	int64_t at_ms;   /* rising; office hours of working days */
	const struct city_staff *asker; /* an officer with a card */
	const struct city_case *asked;  /* of the asker's office, open then, under a basis with a day test */
	int64_t party_no;
	enum purpose purpose; /* item_1, range residence, anchored on the day */
};

/* A year of plausible use, ending the day before the day of the city: applications and changes all
 * year, the yearly re-check in its last months. */
void city_uses(struct arena *arena, const struct city *city, struct city_use **out, size_t *count_out);
bool city_is_workday(struct date day);

const struct city_staff *city_staff_find(const struct city *city, struct str stem); /* NULL: nobody */
const struct city_case *city_case_find(const struct city *city, struct str case_no);

#endif
