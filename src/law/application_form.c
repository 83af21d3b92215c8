#include "law/application_form.h"

enum { FORM_VERSION = 1 };

static const struct form_label labels[] = {
#define F1(id, printed, from) { id, printed, from },
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/application_form.def"
#undef F1
#undef FIELD
};

static const struct field_spec fields[] = {
#define F1(id, printed, from)
#define FIELD(kind, ctype, member, name, need, max, words, label)                                  \
	{ STR_INIT(name), kind, offsetof(struct application_form, member), need, max, words, label },
#include "law/application_form.def"
#undef F1
#undef FIELD
};
static_assert(ARRAY_LEN(labels) == ARRAY_LEN(fields), "every field has its printed label");

static const struct record_spec spec = { STR_INIT("application_form"), "Application form", fields,
	                                 ARRAY_LEN(fields), sizeof(struct application_form) };

#define CROSSINGS "入出境資訊查詢服務"
#define ARRIVALS "大陸港澳及無戶籍人士申請來臺查詢"
#define STAYS "外籍人士居停留資訊查詢服務"

const struct form_item form_items[] = {
	{ "F1.item1", CROSSINGS, "一", "中外旅客入出境紀錄查詢", ITEM_1 },
	{ "F1.item2", CROSSINGS, "二", "提供外僑/外勞入出境資料查詢", ITEM_2 },
	{ "F1.item3", ARRIVALS, "三", "大陸人士申請來臺資料查詢", ITEM_3 },
	{ "F1.item4", ARRIVALS, "四", "無戶籍國民、港澳人民或大陸人士居留資料", ITEM_4 },
	{ "F1.item5", STAYS, "五", "申請居留資料查詢", ITEM_5 },
	{ "F1.item6", STAYS, "六", "申請定居資料查詢", ITEM_6 },
	{ "F1.item7", STAYS, "七", "提供外僑/外勞行方不明資料查詢", ITEM_7 },
};
static_assert(ARRAY_LEN(form_items) == item_end - 1, "every item has its row");

const struct record_spec *application_form_spec(void)
{
	return &spec;
}

const struct form_label *application_form_label(size_t field)
{
	assert(field < ARRAY_LEN(labels));
	return &labels[field];
}

struct application_form application_form_blank(void)
{
	struct application_form form;

	record_blank(&spec, &form);
	return form;
}

struct str application_form_write(struct arena *arena, const struct application_form *form)
{
	struct buf buf = buf_on(arena);
	struct json_out out = json_to(&buf);

	json_put_object(&out);
	json_put_key(&out, STR("v"));
	json_put_i64(&out, FORM_VERSION);
	record_to_json(arena, &out, &spec, form);
	json_put_object_end(&out);
	return buf_str(&buf);
}

enum fail application_form_read(struct arena *arena, struct str text, struct application_form *out)
{
	struct application_form form;
	struct json object;

	TRY(json_read(arena, text, &object));
	if (object.kind != JSON_IS_OBJECT || object.count < 1)
		return FAIL_SYNTAX;
	TRY(record_from_json(arena, &spec, &object, 1, &form));
	if (!str_eq(application_form_write(arena, &form), text))
		return FAIL_SYNTAX;
	*out = form;
	return OK;
}

bool form_items_read(struct texts codes, uint32_t *out)
{
	uint32_t bits = 0;
	int item;

	for (size_t i = 0; i < codes.count; i++) {
		if (word_find(&item_words, codes.at[i], &item) != OK || (bits & (1u << item)))
			return false;
		bits |= 1u << item;
	}
	*out = bits;
	return bits != 0;
}

static bool texts_same(struct texts a, struct texts b)
{
	bool same = a.count == b.count;

	for (size_t i = 0; same && i < a.count; i++)
		same = str_eq(a.at[i], b.at[i]);
	return same;
}

static bool member_same(const struct field_spec *field, const void *a, const void *b)
{
	const void *left = (const char *)a + field->offset, *right = (const char *)b + field->offset;

	if (field->kind == FIELD_TEXTS)
		return texts_same(*(const struct texts *)left, *(const struct texts *)right);
	return field->kind != FIELD_TEXT || str_eq(*(const struct str *)left, *(const struct str *)right);
}

bool application_form_registry_same(const struct application_form *a, const struct application_form *b)
{
	for (size_t i = 0; i < spec.count; i++)
		if (labels[i].from == FORM_REGISTRY && !member_same(&fields[i], a, b))
			return false;
	return true;
}
