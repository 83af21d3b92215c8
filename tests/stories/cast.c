#include "cast.h"

#include "demo/testca.h"

enum { DAY_MS = 86400000 };

const struct player cast[] = {
	{ .key = "wang", .name = "王大同", .id_no = "A123456789", .office = "bureau", .duty = "custodian" },
	{ .key = "chen", .name = "陳美玉", .id_no = "A200000003", .office = "bureau", .duty = "supervisor" },
	{ .key = "mei", .name = "林美", .id_no = "E200000007", .office = "sanmin", .duty = "officer", .grants = true },
	{ .key = "fang", .name = "方文", .id_no = "E100000005", .office = "sanmin", .duty = "officer" },
	{ .key = "hu", .name = "胡主恩", .id_no = "S223456786", .office = "sanmin", .duty = "supervisor" },
	{ .key = "guo", .name = "郭專", .id_no = "X100000009", .office = "sanmin", .duty = "custodian" },
	{ .key = "lin", .name = "林左", .id_no = "Y200000002", .office = "zuoying", .duty = "officer", .grants = true },
	{ .key = "su", .name = "蘇營", .id_no = "W100000001", .office = "zuoying", .duty = "supervisor" },
	{ .key = "wu", .name = "吳稽", .id_no = "W200000003", .office = "bureau", .duty = "auditor" },
	{ .key = "deng", .name = "鄧離", .id_no = "Z200000004", .office = "sanmin", .duty = "officer", .grants = true },
	{ .key = "nobody", .name = "何生", .id_no = "I100000003", .office = "", .duty = "" },
	{ .key = "forger", .name = "林美", .id_no = "E200000007", .office = "", .duty = "", .foreign = true },
	{ .key = "revoked", .name = "羅撤", .id_no = "I200000005", .office = "sanmin", .duty = "officer",
	  .flaws = TESTCA_REVOKED },
	{ .key = "expired", .name = "梁期", .id_no = "O100000004", .office = "sanmin", .duty = "officer", .late = true },
	{ .key = "qiu", .name = "邱首", .id_no = "K120000015", .office = "sanmin", .duty = "agency_head" },
	{ .key = "zhu", .name = "朱管", .id_no = "K220000026", .office = "sanmin", .duty = "supervisor" },
	{ .key = "shen", .name = "沈審", .id_no = "K120000033", .office = "bureau", .duty = "reviewer" },
	{ .key = "dai", .name = "戴代", .id_no = "K120000042", .office = "bureau", .duty = "custodian", .deputy = true },
	{ .key = "fu", .name = "傅複", .id_no = "K220000053", .office = "nia", .duty = "nia_reviewer" },
	{ .key = "ai", .name = "艾屬", .id_no = "K120000060", .office = "home", .duty = "officer" },
	{ .key = "pan", .name = "潘屬", .id_no = "K220000071", .office = "home", .duty = "supervisor" },
	{ .key = "kang", .name = "康屬", .id_no = "K120000088", .office = "home", .duty = "agency_head" },
	{ .key = "renamed", .name = "江別名", .id_no = "O200000006", .office = "sanmin", .duty = "officer" },
	{ .key = "mei2", .name = "林美", .id_no = "E200000007", .office = "", .duty = "" },
	{ .key = "mei3", .name = "林羙", .id_no = "E200000007", .office = "", .duty = "" },
	{ .key = "mei4", .name = "林美", .id_no = "E270000017", .office = "", .duty = "" },
	{ .key = "seal", .name = "三民區公所", .id_no = "", .office = "", .duty = "", .agency = "2.16.886.101.20003.20069" },
	{ .key = "otherseal", .name = "左營區公所", .id_no = "", .office = "", .duty = "", .agency = "2.16.886.101.20003.20064" },
};
const size_t cast_count = ARRAY_LEN(cast);
static_assert(ARRAY_LEN(cast) <= CAST_MAX, "cards are ordered at once");

const struct player *player_find(struct str key)
{
	for (size_t i = 0; i < cast_count; i++)
		if (str_is(key, cast[i].key))
			return &cast[i];
	return NULL;
}

static struct testca_order order_of(const struct player *player, int64_t at_ms)
{
	struct testca_order order = {
		.issuer = player->foreign ? TESTCA_FOREIGN : TESTCA_MOICA_G2, .kind = CERT_PERSON,
		.name = str_from(player->name), .id_no = str_from(player->id_no),
		.subject_serial = STR(""), .organisation_oid = STR(""), .flaws = player->flaws,
		.stem = str_from(player->key), .pin = STR(""), .password = STR(""),
	};

	if (player->agency) {
		order.issuer = TESTCA_GCA;
		order.kind = CERT_AGENCY;
		order.organisation_oid = str_from(player->agency);
	}
	if (player->late)
		order.not_after_ms = at_ms - DAY_MS;
	return order;
}

enum fail cast_issue(struct arena *arena, const char *dir, int64_t at_ms, struct str *serials_out)
{
	struct testca_order orders[CAST_MAX];
	struct testca_issued issued[CAST_MAX];
	AUTO(testca_close) struct testca *testca = NULL;

	TRY(testca_create(dir, at_ms, false));
	TRY(testca_open(dir, &testca));
	for (size_t i = 0; i < cast_count; i++)
		orders[i] = order_of(&cast[i], at_ms);
	TRY(testca_issue(testca, arena, at_ms, orders, cast_count, issued));
	TRY(testca_reissue_crls(testca, at_ms, 0));
	for (size_t i = 0; i < cast_count; i++)
		serials_out[i] = issued[i].serial;
	return OK;
}
