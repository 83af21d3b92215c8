/* Card files of the city: those of the staff, agency certificates, and cards with a flaw to try. */
#include <string.h>

#include "demo/city_lib.h"

static const int64_t DAY_MS = 86400000;

/* All but the stranger's and the new one are made out to the officer of sanmin: what is wrong is the card alone. The new
 * card of somebody whose old one is bound waits to be confirmed. */
static const struct flawed {
	const char *stem;
	enum testca_issuer issuer;
	unsigned flaws;
	int from_days, until_days; /* from the present; 0 and 0: the usual five years */
} flawed[] = {
	{ "test-renewed", TESTCA_MOICA_G3, 0, -2, 1800 },
	{ "test-expired", TESTCA_MOICA_G3, 0, -900, -3 },
	{ "test-not-yet-valid", TESTCA_MOICA_G3, 0, 30, 1800 },
	{ "test-revoked", TESTCA_MOICA_G2, TESTCA_REVOKED, 0, 0 },
	{ "test-wrong-usage", TESTCA_MOICA_G3, TESTCA_NO_SIGN_USAGE, 0, 0 },
	{ "test-wrong-generation", TESTCA_MOICA_G3, TESTCA_WRONG_GENERATION, 0, 0 },
	{ "test-old-generation", TESTCA_MOICA_G1, 0, 0, 0 },
	{ "test-no-last-four", TESTCA_MOICA_G3, TESTCA_NO_LAST_FOUR, 0, 0 },
	{ "test-foreign", TESTCA_FOREIGN, 0, 0, 0 },
	{ "test-stranger", TESTCA_MOICA_G3, 0, 0, 0 },
	{ "test-new-card", TESTCA_MOICA_G3, 0, 0, 0 },
};

/* Offices whose agency certificate the demo shows; another can be issued when it is needed. */
static const char *const agencies[] = { "bureau", "sanmin", "zuoying", "maolin", "taoyuan", "namaxia" };

enum { ORDERS = CITY_CARDS + ARRAY_LEN(flawed) + ARRAY_LEN(agencies), OID_BASE = 20001 };

static struct testca_order staff_order(const struct city_staff *staff, size_t n)
{
	return (struct testca_order){
		.issuer = n % 5 == 4 ? TESTCA_MOICA_G2 : TESTCA_MOICA_G3,
		.kind = CERT_PERSON,
		.name = staff->name,
		.id_no = staff->id_no,
		.stem = staff->stem,
		.password = STR(DEMO_CARD_PASSWORD),
	};
}

static struct testca_order flawed_order(const struct city_staff *officer, const struct flawed *row, int64_t at_ms)
{
	struct testca_order order = staff_order(officer, 0);

	order.stem = str_from(row->stem);
	order.issuer = row->issuer;
	order.flaws = row->flaws;
	if (row->from_days || row->until_days) {
		order.not_before_ms = at_ms + row->from_days * DAY_MS;
		order.not_after_ms = at_ms + row->until_days * DAY_MS;
	}
	if (str_is(order.stem, "test-stranger")) {
		order.name = STR("路人甲");
		order.id_no = STR("A123456789");
	}
	return order;
}

static const struct city_office *office_find(const struct city *city, const char *code)
{
	for (size_t i = 0; i < CITY_OFFICES; i++)
		if (str_is(city->offices[i].office, code))
			return &city->offices[i];
	return NULL;
}

static struct testca_order agency_order(struct arena *arena, const struct city_office *office, size_t n)
{
	return (struct testca_order){
		.issuer = TESTCA_GCA,
		.kind = CERT_AGENCY,
		.name = office->name,
		.organisation_oid = str_printf(arena, "2.16.886.101.90028.20002.%zu", OID_BASE + n),
		.stem = str_printf(arena, "agency-%.*s", STR_FMT(office->office)),
		.password = STR(DEMO_CARD_PASSWORD),
	};
}

static size_t orders_fill(struct city *city, struct arena *arena, int64_t at_ms, struct testca_order *orders,
                          struct city_staff **holders)
{
	const struct city_staff *officer = city_staff_find(city, STR("sanmin-officer"));
	const struct city_staff *renewing = city_staff_find(city, STR("zuoying-officer-2"));
	size_t count = 0;

	for (size_t i = 0; i < CITY_STAFF; i++) {
		if (!city->staff[i].has_card)
			continue;
		holders[count] = &city->staff[i];
		orders[count] = staff_order(&city->staff[i], count);
		count++;
	}
	for (size_t i = 0; i < ARRAY_LEN(flawed); i++) {
		orders[count] = flawed_order(strcmp(flawed[i].stem, "test-new-card") == 0 ? renewing : officer, &flawed[i], at_ms);
		orders[count++].shares_key = i > 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(agencies); i++)
		orders[count++] = agency_order(arena, office_find(city, agencies[i]), i);
	assert(count == ORDERS);
	return count;
}

enum fail city_cards(struct city *city, struct arena *arena, struct testca *testca, int64_t at_ms)
{
	struct testca_order *orders = arena_array(arena, struct testca_order, ORDERS);
	struct testca_issued *issued = arena_array(arena, struct testca_issued, ORDERS);
	struct city_staff **holders = arena_array(arena, struct city_staff *, ORDERS);
	size_t count = orders_fill(city, arena, at_ms, orders, holders);

	TRY(testca_issue(testca, arena, at_ms, orders, count, issued));
	for (size_t i = 0; i < count; i++) {
		if (!holders[i])
			continue;
		holders[i]->card_serial = issued[i].serial;
		holders[i]->card_number = issued[i].card_number;
	}
	return testca_reissue_crls(testca, at_ms, 0);
}
