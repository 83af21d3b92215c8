#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/application.h"

static const char WHOLE[] =
	"{\"v\":1,\"agency_name\":\"高雄市三民區公所\",\"agency_address\":\"高雄市三民區哈爾濱街215號\",\"name\":\"林美\","
	"\"id_no\":\"E200000007\",\"cert_serial\":\"1A2B\",\"card_number\":\"TP10000000000001\",\"phone\":\"07-3228160\","
	"\"fax\":\"07-3228161\",\"email\":\"mei@example.org\",\"mobile\":\"0912-000000\",\"legal_bases\":[\"B_LOW\",\"L_CHILD\"],"
	"\"basis_names\":[\"社會救助法\",\"兒童及少年福利與權益保障法\"],\"purpose\":\"yearly_recheck\","
	"\"purpose_text\":\"年度總清查\",\"items\":[\"item_1\",\"item_5\"],\"office\":\"sanmin\",\"unit\":\"社會課\","
	"\"title\":\"課員\",\"round\":1,\"filled_on\":\"2026-11-24\",\"renews\":[\"88\"]}";

static struct application_form read_whole(struct arena *arena)
{
	struct application_form form;

	assert_int_equal(application_form_read(arena, str_from(WHOLE), &form), OK);
	return form;
}

static void form_round_trip(void **state)
{
	struct arena arena = arena_open(1 << 18);
	struct application_form form = read_whole(&arena);

	(void)state;
	assert_true(str_is(application_form_write(&arena, &form), WHOLE));
	assert_true(str_is(form.email, "mei@example.org") && form.purpose == PURPOSE_YEARLY_RECHECK);
	assert_int_equal(form.legal_bases.count, 2);
	assert_int_equal(form.round, 1);
	form.fax = form.mobile = form.unit = form.title = STR("");
	form.renews.count = 0;
	struct str text = application_form_write(&arena, &form);
	assert_int_equal(application_form_read(&arena, text, &form), OK);
	assert_true(str_eq(application_form_write(&arena, &form), text));
	arena_close(&arena);
}

static struct str replaced(struct arena *arena, const char *from, const char *to)
{
	const char *at = strstr(WHOLE, from);

	assert_non_null(at);
	return str_printf(arena, "%.*s%s%s", (int)(at - WHOLE), WHOLE, to, at + strlen(from));
}

static void other_spellings_are_refused(void **state)
{
	static const struct { const char *from, *to; } bad[] = {
		{ "\"v\":1", "\"v\":2" }, { "\"v\":1,", "" }, { "{\"v\"", "{ \"v\"" },
		{ "\"phone\":\"07-3228160\",", "" }, { "\"phone\":\"07-3228160\"", "\"phone\":\"\"" },
		{ "\"phone\":\"07-3228160\"", "\"phone\":7" }, { "\"yearly_recheck\"", "\"holiday\"" },
		{ "\"yearly_recheck\"", "\"年度總清查\"" },
		{ "\"round\":1", "\"round\":\"1\"" }, { "\"2026-11-24\"", "\"1151124\"" },
		{ "[\"88\"]", "\"88\"" }, { "[\"88\"]}", "[\"88\"],\"colour\":\"red\"}" },
		{ "[\"B_LOW\",\"L_CHILD\"]", "[]" },
	};
	struct arena arena = arena_open(1 << 20);
	struct application_form form;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_not_equal(application_form_read(&arena, replaced(&arena, bad[i].from, bad[i].to), &form), OK);
	assert_int_not_equal(application_form_read(&arena, STR(""), &form), OK);
	assert_int_not_equal(application_form_read(&arena, STR("[]"), &form), OK);
	assert_int_not_equal(application_form_read(&arena, STR("{}"), &form), OK);
	arena_close(&arena);
}

/* DOMAIN F1: every label of the paper is there, word for word, and F1.phone and F1.email are required. */
static void labels_are_the_papers(void **state)
{
	static const struct { const char *id, *printed; bool required; } paper[] = {
		{ "F1.agency_name", "使用機關 中文名稱", true }, { "F1.agency_address", "機關地址", false },
		{ "F1.name", "使用者姓名", true }, { "F1.id_no", "身分證字號", true },
		{ "F1.cert_serial", "自然人憑證序號", true }, { "F1.phone", "聯絡電話", true },
		{ "F1.fax", "傳真", false }, { "F1.email", "電子郵件信箱", true }, { "F1.mobile", "手機", false },
		{ "F1.legal_basis", "依據法令", true }, { "F1.purpose", "使用目的", true },
		{ "F1.items", "申請項目", true },
	};
	const struct record_spec *spec = application_form_spec();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paper); i++) {
		size_t at = 0;
		while (at < spec->count && strcmp(application_form_label(at)->id, paper[i].id) != 0)
			at++;
		assert_true(at < spec->count);
		assert_string_equal(application_form_label(at)->printed, paper[i].printed);
		assert_int_equal(spec->fields[at].required, paper[i].required);
	}
}

static void items_are_the_papers(void **state)
{
	(void)state;
	for (size_t i = 0; i < FORM_ITEM_COUNT; i++) {
		assert_int_equal(form_items[i].item, (int)i + 1);
		assert_string_equal(form_items[i].label, word_zh(&item_words, (int)form_items[i].item));
		assert_int_equal(form_items[i].id[strlen("F1.item")], (int)('1' + i));
	}
}

static void items_are_read_once_each(void **state)
{
	struct str good[] = { STR("item_1"), STR("item_7") }, twice[] = { STR("item_1"), STR("item_1") },
	           odd[] = { STR("item_9") };
	uint32_t bits = 0;

	(void)state;
	assert_true(form_items_read((struct texts){ 2, good }, &bits));
	assert_int_equal(bits, 1u << ITEM_1 | 1u << ITEM_7);
	assert_false(form_items_read((struct texts){ 2, twice }, &bits));
	assert_false(form_items_read((struct texts){ 1, odd }, &bits));
	assert_false(form_items_read((struct texts){ 0, NULL }, &bits));
}

static void what_the_registry_says_is_compared(void **state)
{
	struct arena arena = arena_open(1 << 18);
	struct application_form form = read_whole(&arena), other = form;

	(void)state;
	other.phone = STR("0"), other.purpose_text = STR("x"), other.round = 2;
	assert_true(application_form_registry_same(&form, &other));
	other.name = STR("林美美");
	assert_false(application_form_registry_same(&form, &other));
	other = form;
	other.cert_serial = STR("FF");
	assert_false(application_form_registry_same(&form, &other));
	other = form;
	other.basis_names.count = 1;
	assert_false(application_form_registry_same(&form, &other));
	arena_close(&arena);
}

static void scans_are_told_by_their_first_bytes(void **state)
{
	static const struct { struct str bytes; const char *media; } cases[] = {
		{ STR_INIT("%PDF-1.7"), "pdf" }, { STR_INIT("\x89PNG\r\n\x1a\n."), "png" },
		{ STR_INIT("\xff\xd8\xff\xe0"), "jpeg" }, { { "II*\0.", 5 }, "tiff" }, { { "MM\0*.", 5 }, "tiff" },
		{ STR_INIT(""), "" }, { STR_INIT("%PDF"), "" }, { STR_INIT("MZ"), "" }, { STR_INIT("GIF89a"), "" },
		{ { "II*", 3 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_true(str_is(scan_media(cases[i].bytes), cases[i].media));
}

static void numbers_and_addresses_are_plausible(void **state)
{
	static const char *const phones[] = { "07-3228160", "(07)322-8160#123", "+886 7 3228160", "0912000000" };
	static const char *const no_phones[] = { "", "322", "07-322816x", "none", "０７３２２８１６０" };
	static const char *const mails[] = { "a@b.tw", "mei.lin@kcg.gov.tw", "o'hara+aid_1@mail-2.kcg.gov.tw" };
	static const char *const no_mails[] = { "", "@", "a@", "@b.tw", "a@b", "a@.tw", "a@b.tw.", "a b@c.tw", "a@b@c.tw",
		                                "a@b.tw\n", "a@b.tw\r\nBcc: c@d.tw", "a,b@c.tw", "a@b.tw,c@d.tw", "a@b.tw;c@d.tw",
		                                "<a@b.tw>", "a(x)@b.tw", "\"a b\"@c.tw", "a\\@b.tw", "a:b@c.tw", "a@[127.0.0.1]",
		                                "小美@kcg.gov.tw", "a@高雄.tw", ".a@b.tw", "a.@b.tw", "a..b@c.tw", "a@b..tw", "a@-b.tw",
		                                "a@b_c.tw", "a%b @c.tw" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(phones); i++)
		assert_true(phone_is_plausible(str_from(phones[i])));
	for (size_t i = 0; i < ARRAY_LEN(no_phones); i++)
		assert_false(phone_is_plausible(str_from(no_phones[i])));
	for (size_t i = 0; i < ARRAY_LEN(mails); i++)
		assert_true(email_is_plausible(str_from(mails[i])));
	for (size_t i = 0; i < ARRAY_LEN(no_mails); i++)
		assert_false(email_is_plausible(str_from(no_mails[i])));
	assert_false(email_is_plausible((struct str){ "a\0b@c.tw", 8 }));
	assert_true(email_is_plausible(STR("a234567890123456789012345678901234567890123456789012345678901234@b.tw")));
	assert_false(email_is_plausible(STR("a2345678901234567890123456789012345678901234567890123456789012345@b.tw")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_round_trip),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(labels_are_the_papers),
		cmocka_unit_test(items_are_the_papers),
		cmocka_unit_test(items_are_read_once_each),
		cmocka_unit_test(what_the_registry_says_is_compared),
		cmocka_unit_test(scans_are_told_by_their_first_bytes),
		cmocka_unit_test(numbers_and_addresses_are_plausible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
