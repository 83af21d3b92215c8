/* Who works where. Every office has officers, custodian and deputy, supervisor and head (G3.2). */
#include "demo/city_lib.h"

static const struct post {
	const char *stem, *unit, *title;
	struct city_duty duties[STAFF_DUTIES_MAX];
} bureau_posts[] = {
	{ "custodian", "社會救助科", "科員", { { DUTY_CUSTODIAN, false } } },
	{ "supervisor", "社會救助科", "科長", { { DUTY_SUPERVISOR, false } } },
	{ "custodian-deputy", "社會救助科", "科員", { { DUTY_CUSTODIAN, true } } },
	{ "supervisor-deputy", "社會救助科", "專員", { { DUTY_SUPERVISOR, true } } },
	{ "head", "局長室", "局長", { { DUTY_AGENCY_HEAD, false } } },
	{ "reviewer", "社會救助科", "股長", { { DUTY_REVIEWER, false } } },
	{ "reviewer-deputy", "社會救助科", "科員", { { DUTY_REVIEWER, true } } },
	{ "auditor", "政風室", "主任", { { DUTY_AUDITOR, false } } },
	{ "inspector", "社會救助科", "督導", { { DUTY_INSPECTOR, false } } },
	{ "records-keeper", "秘書室", "科員", { { DUTY_RECORDS_KEEPER, false } } },
	{ "operator", "資訊室", "技士", { { DUTY_OPERATOR, false } } },
	{ "officer", "社會救助科", "科員", { { DUTY_OFFICER, false } } },
	{ "officer-2", "老人福利科", "科員", { { DUTY_OFFICER, false } } },
	{ "officer-3", "身心障礙福利科", "科員", { { DUTY_OFFICER, false } } },
	{ "officer-4", "兒少福利科", "社會工作員", { { DUTY_OFFICER, false } } },
	{ "officer-5", "社會救助科", "約僱人員", { { DUTY_OFFICER, false } } },
}, district_posts[] = {
	{ "custodian", "社會課", "課員", { { DUTY_CUSTODIAN, false }, { DUTY_OFFICER, true } } },
	{ "supervisor", "社會課", "課長", { { DUTY_SUPERVISOR, false } } },
	{ "head", "區長室", "區長", { { DUTY_AGENCY_HEAD, false }, { DUTY_SUPERVISOR, true } } },
	{ "auditor", "秘書室", "主任秘書", { { DUTY_AUDITOR, false } } },
	{ "officer", "社會課", "課員", { { DUTY_OFFICER, false }, { DUTY_CUSTODIAN, true } } },
}, affiliate_posts[] = {
	{ "custodian", "行政組", "組員", { { DUTY_CUSTODIAN, false } } },
	{ "supervisor", "社工組", "組長", { { DUTY_SUPERVISOR, false } } },
	{ "head", "主任室", "主任", { { DUTY_AGENCY_HEAD, false } } },
	{ "officer", "社工組", "社會工作師", { { DUTY_OFFICER, false }, { DUTY_CUSTODIAN, true } } },
}, agency_posts[] = {
	{ "reviewer", "移民資訊組", "專員", { { DUTY_NIA_REVIEWER, false } } },
	{ "reviewer-deputy", "移民資訊組", "科員", { { DUTY_NIA_REVIEWER, true } } },
	{ "inspector", "政風室", "專員", { { DUTY_NIA_INSPECTOR, false } } },
};

/* Big districts have more people: 20 officers besides the five posts of every district. */
static const struct extra { const char *office; int officers; } extras[] = {
	{ "sanmin", 4 }, { "fengshan", 3 }, { "zuoying", 3 }, { "nanzi", 2 }, { "lingya", 2 },
	{ "qianzhen", 2 }, { "xiaogang", 2 }, { "gangshan", 1 }, { "renwu", 1 },
};

static const struct posts { const struct post *at; size_t count; } posts_of[] = {
	[OFFICE_BUREAU] = { bureau_posts, ARRAY_LEN(bureau_posts) },
	[OFFICE_AFFILIATE] = { affiliate_posts, ARRAY_LEN(affiliate_posts) },
	[OFFICE_DISTRICT] = { district_posts, ARRAY_LEN(district_posts) },
	[OFFICE_NIA] = { agency_posts, ARRAY_LEN(agency_posts) },
};

static struct city_staff *staff_add(struct arena *arena, struct city *city, size_t *count,
                                    const struct city_office *office, const struct post *post)
{
	struct lot lot = lot_of(city->seed, 1, *count);
	size_t woman = lot_draw(&lot, 2);
	assert(*count < CITY_STAFF);
	struct city_staff *staff = &city->staff[(*count)++];

	*staff = (struct city_staff){
		.id_no = made_number(arena, &lot, PERSON_REGISTERED, woman, *count),
		.name = made_name(arena, &lot, PERSON_REGISTERED, woman, made_surname(&lot)),
		.office = office->office,
		.unit = str_from(post->unit),
		.title = str_from(post->title),
		.stem = str_printf(arena, "%.*s-%s", STR_FMT(office->office), post->stem),
		.card_serial = STR(""),
		.card_number = STR(""),
	};
	while (staff->duty_count < STAFF_DUTIES_MAX && post->duties[staff->duty_count].duty) {
		staff->duties[staff->duty_count] = post->duties[staff->duty_count];
		staff->duty_count++;
	}
	return staff;
}

static void extra_officers(struct arena *arena, struct city *city, size_t *count,
                           const struct city_office *office)
{
	for (size_t i = 0; i < ARRAY_LEN(extras); i++) {
		if (!str_is(office->office, extras[i].office))
			continue;
		for (int n = 0; n < extras[i].officers; n++) {
			struct str stem = str_printf(arena, "officer-%d", n + 2);
			struct post post = { str_c(arena, stem), "社會課", n % 2 ? "里幹事" : "課員",
			                     { { DUTY_OFFICER, false } } };
			staff_add(arena, city, count, office, &post);
		}
	}
}

/* Whole offices have cards first, then the officers of more districts, until there are 60. */
static bool office_is_well_equipped(struct str office)
{
	return str_is(office, "bureau") || str_is(office, "sanmin") || str_is(office, "nia");
}

static bool post_has_card(const struct city_staff *staff)
{
	static const char *const first[] = { "zuoying-supervisor", "zuoying-custodian", "zuoying-officer",
	                                     "zuoying-officer-2", "fengshan-supervisor", "fengshan-custodian",
	                                     "fengshan-officer", "fengshan-officer-2", "dv_center-supervisor",
	                                     "dv_center-custodian", "dv_center-officer" };

	for (size_t i = 0; i < ARRAY_LEN(first); i++)
		if (str_is(staff->stem, first[i]))
			return true;
	return office_is_well_equipped(staff->office);
}

static void cards_allot(struct city *city)
{
	size_t left = CITY_CARDS;

	for (size_t i = 0; i < CITY_STAFF; i++) {
		city->staff[i].has_card = post_has_card(&city->staff[i]);
		left -= city->staff[i].has_card;
	}
	for (size_t i = 0; i < CITY_STAFF && left; i++) {
		struct city_staff *staff = &city->staff[i];
		if (staff->has_card || !str_ends(staff->stem, STR("-officer")))
			continue;
		staff->has_card = true;
		left--;
	}
	assert(left == 0);
}

void city_people(struct arena *arena, struct city *city)
{
	size_t count = 0;

	for (size_t i = 0; i < CITY_OFFICES; i++) {
		const struct city_office *office = &city->offices[i];
		const struct posts *posts = &posts_of[office->kind];
		for (size_t k = 0; k < posts->count; k++)
			staff_add(arena, city, &count, office, &posts->at[k]);
		extra_officers(arena, city, &count, office);
	}
	assert(count == CITY_STAFF);
	cards_allot(city);
	/* A name beyond the first plane of Unicode, as real registers have them. */
	for (size_t i = 0; i < CITY_STAFF; i++)
		if (str_is(city->staff[i].stem, "sanmin-officer-2"))
			city->staff[i].name = STR("陳𡍼妹");
}

const struct city_staff *city_staff_find(const struct city *city, struct str stem)
{
	for (size_t i = 0; i < CITY_STAFF; i++)
		if (str_eq(city->staff[i].stem, stem))
			return &city->staff[i];
	return NULL;
}
