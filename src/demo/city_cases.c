/* Cases and households under the bases of the hand-book, section 4.1. */
#include "demo/city_lib.h"

enum { SANMIN_CASES = 40, SHELTER_CASES = 10, FIRST_YEAR = 112 /* of the Republic */, YEARS = 4,
       SHOWN_YEAR = 113, SHOWN_FIRST = 41, SHOWN_CASES = 24, STAFF_NUMBERS = 1000 };

static const struct basis_weight { const char *basis; int weight; } weights[] = {
	{ "B_LOW", 25 }, { "B_MIDLOW", 20 }, { "B_ELDER", 20 }, { "B_DISAB", 15 }, { "B_ASSIST", 4 },
	{ "B_REHAB", 3 }, { "B_CARE", 5 }, { "L_SPECIAL", 5 }, { "L_CHILD", 3 },
};

/* Who belongs to a household under a basis: age in years on the day of the city. */
struct member {
	enum relation relation;
	enum person_kind kind;
	int least_age, most_age;
	bool may_be_missing;
};

static const struct member family[] = {
	{ RELATION_CLAIMANT, PERSON_REGISTERED, 28, 60, false },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 26, 62, true },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 5, 22, false },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 3, 18, true },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 62, 88, true },
}, elder[] = {
	{ RELATION_CLAIMANT, PERSON_REGISTERED, 66, 95, false },
}, single[] = {
	{ RELATION_CLAIMANT, PERSON_REGISTERED, 4, 80, false },
}, special[] = {
	{ RELATION_CLAIMANT, PERSON_REGISTERED, 24, 50, false },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 2, 17, false },
	{ RELATION_OTHER, PERSON_FOREIGN, 24, 45, true },
}, child[] = {
	{ RELATION_CLAIMANT, PERSON_REGISTERED, 2, 16, false },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 25, 50, false },
	{ RELATION_OTHER, PERSON_MAINLAND, 25, 45, false },
	{ RELATION_OTHER, PERSON_FOREIGN, 22, 45, true },
}, shelter[] = {
	{ RELATION_CLAIMANT, PERSON_FOREIGN, 22, 45, false },
	{ RELATION_HOUSEHOLD, PERSON_REGISTERED, 2, 12, true },
};

static const struct household { const char *basis; const struct member *at; size_t count; } households[] = {
	{ "B_LOW", family, ARRAY_LEN(family) },     { "B_MIDLOW", family, ARRAY_LEN(family) },
	{ "B_ELDER", elder, ARRAY_LEN(elder) },     { "B_DISAB", single, ARRAY_LEN(single) },
	{ "B_ASSIST", single, ARRAY_LEN(single) },  { "B_REHAB", single, ARRAY_LEN(single) },
	{ "B_CARE", single, ARRAY_LEN(single) },    { "L_SPECIAL", special, ARRAY_LEN(special) },
	{ "L_CHILD", child, ARRAY_LEN(child) },     { "L_DV", shelter, ARRAY_LEN(shelter) },
};

/* The cases 113-0041 to 113-0064 of sanmin show every habit of the simulated agency, the claimants
 * in this order; the first of them is the household below. */
static const char *const shown_habits[SHOWN_CASES] = {
	"rare", "never", "frequent", "same_day", "long_away", "gone", "conflict", "deleted_exit",
	"dual_passport", "two_numbers", "black_square", "duplicates", "stale", "slow", "timeout",
	"maintenance", "denied", "error", "truncated", "malformed", "unknown", "four_counts", "any", "any",
};

struct shown_member { const char *habit; enum relation relation; enum person_kind kind; int age; };
static const struct shown_member shown_household[] = {
	{ "rare", RELATION_CLAIMANT, PERSON_REGISTERED, 44 },
	{ "long_away", RELATION_HOUSEHOLD, PERSON_REGISTERED, 46 },
	{ "four_counts", RELATION_HOUSEHOLD, PERSON_REGISTERED, 21 },
	{ "newborn", RELATION_HOUSEHOLD, PERSON_REGISTERED, 0 },
	{ "never", RELATION_HOUSEHOLD, PERSON_REGISTERED, 73 },
	{ "frequent", RELATION_OTHER, PERSON_FOREIGN, 33 },
};
static_assert(ARRAY_LEN(shown_household) <= CASE_PARTIES_MAX, "the household fits");

struct maker {
	struct arena *arena;
	struct city *city;
	size_t cases;
	uint64_t numbers;       /* given to parties so far */
	int running[YEARS + 1]; /* last case number of each year */
};

static void party_add(struct maker *maker, struct lot *lot, struct city_case *into, enum relation relation,
                      enum person_kind kind, int32_t age_days, const char *habit, struct str surname)
{
	size_t woman = lot_draw(lot, 2);

	assert(into->party_count < CASE_PARTIES_MAX);
	into->parties[into->party_count++] = (struct city_party){
		.id_no = made_number(maker->arena, lot, kind, woman, STAFF_NUMBERS + maker->numbers++),
		.name = made_name(maker->arena, lot, kind, woman, surname),
		.born = date_add(maker->city->today, -age_days),
		.kind = kind,
		.relation = relation,
		.habit = habit,
	};
}

static void household_fill(struct maker *maker, struct lot *lot, struct city_case *into, const char *habit)
{
	const struct household *household = households;
	struct str surname = made_surname(lot);

	while (!str_is(into->basis, household->basis))
		household++;
	for (size_t i = 0; i < household->count; i++) {
		const struct member *member = &household->at[i];
		bool parent = member->relation != RELATION_CLAIMANT && member->least_age > 22;
		int32_t age_days = lot_between(lot, member->least_age * 365 + 40, member->most_age * 365);
		struct str own = parent ? made_surname(lot) : surname;
		if (member->may_be_missing && lot_draw(lot, 3) == 0)
			continue;
		party_add(maker, lot, into, member->relation, member->kind, age_days, i ? "any" : habit, own);
	}
}

static void shown_household_fill(struct maker *maker, struct lot *lot, struct city_case *into)
{
	struct str surname = made_surname(lot);

	for (size_t i = 0; i < ARRAY_LEN(shown_household); i++) {
		const struct shown_member *member = &shown_household[i];
		/* The newborn was born inside the year of the question. */
		int32_t age_days = member->age ? member->age * 365 + 100 : 130;
		party_add(maker, lot, into, member->relation, member->kind, age_days, member->habit, surname);
	}
}

static const char *basis_drawn(struct lot *lot)
{
	int left = (int)lot_draw(lot, 100);
	size_t i = 0;

	while (left >= weights[i].weight)
		left -= weights[i++].weight;
	return weights[i].basis;
}

static struct date day_of_year(struct city *city, struct lot *lot, int roc_year)
{
	struct date first, day;
	bool ok = date_from_ymd((struct ymd){ roc_year + 1911, 1, 2 }, &first);

	assert(ok);
	day = date_add(first, lot_between(lot, 0, 360));
	return day.day < city->today.day ? day : date_add(city->today, -lot_between(lot, 1, 20));
}

/* Numbers run through a year over all offices; 113-0041 to 113-0064 are kept for sanmin. */
static int number_next(struct maker *maker, int roc_year)
{
	int *running = &maker->running[roc_year - FIRST_YEAR];

	if (++*running == SHOWN_FIRST && roc_year == SHOWN_YEAR)
		*running += SHOWN_CASES;
	return *running;
}

static struct city_case *case_add(struct maker *maker, struct lot *lot, struct str office,
                                  const char *basis, int roc_year, int number)
{
	assert(maker->cases < CITY_CASES);
	struct city_case *made = &maker->city->cases[maker->cases++];

	*made = (struct city_case){
		.case_no = str_printf(maker->arena, "%d-%04d", roc_year, number),
		.office = office,
		.basis = str_from(basis),
		.opened_on = day_of_year(maker->city, lot, roc_year),
		.closed_on = DATE_NONE,
	};
	return made;
}

static void ordinary_case(struct maker *maker, struct str office, const char *basis)
{
	struct lot lot = lot_of(maker->city->seed, 2, maker->cases);
	int last_year = date_to_ymd(maker->city->today).year - 1911;
	int years = last_year - FIRST_YEAR + 1;
	int roc_year = FIRST_YEAR + (int)lot_draw(&lot, (size_t)(years < 1 ? 1 : years > YEARS ? YEARS : years));
	const char *drawn = basis ? basis : basis_drawn(&lot);
	struct city_case *made = case_add(maker, &lot, office, drawn, roc_year, number_next(maker, roc_year));

	household_fill(maker, &lot, made, "any");
	/* One in twelve of the older cases was closed within a year. */
	if (lot_draw(&lot, 12) == 0 && made->opened_on.day + 400 < maker->city->today.day)
		made->closed_on = date_add(made->opened_on, lot_between(&lot, 60, 390));
}

static void shown_cases(struct maker *maker, struct str office)
{
	for (int i = 0; i < SHOWN_CASES; i++) {
		struct lot lot = lot_of(maker->city->seed, 3, (uint64_t)i);
		struct city_case *made = case_add(maker, &lot, office, i % 3 == 1 ? "B_ELDER" : "B_LOW",
		                                  SHOWN_YEAR, SHOWN_FIRST + i);
		if (i == 0)
			shown_household_fill(maker, &lot, made);
		else
			household_fill(maker, &lot, made, shown_habits[i]);
		if (i == SHOWN_CASES - 1) /* one that nobody may ask under any more */
			made->closed_on = date_add(made->opened_on, 200);
	}
}

void city_fill_cases(struct arena *arena, struct city *city)
{
	struct maker maker = { .arena = arena, .city = city };

	for (size_t i = 0; i < CITY_OFFICES; i++) {
		const struct city_office *office = &city->offices[i];
		bool sanmin = str_is(office->office, "sanmin"), shelters = str_is(office->office, "dv_center");
		size_t count = shelters ? SHELTER_CASES : sanmin ? SANMIN_CASES - SHOWN_CASES : i <= 28 ? 10 : 8;
		if (office->kind != OFFICE_DISTRICT && !shelters)
			continue;
		if (sanmin)
			shown_cases(&maker, office->office);
		while (count-- > 0)
			ordinary_case(&maker, office->office, shelters ? "L_DV" : NULL);
	}
	assert(maker.cases == CITY_CASES);
}

const struct city_case *city_case_find(const struct city *city, struct str case_no)
{
	for (size_t i = 0; i < CITY_CASES; i++)
		if (str_eq(city->cases[i].case_no, case_no))
			return &city->cases[i];
	return NULL;
}
