#include "law/import_headings.h"

static const struct {
	struct str name;
	const char *zh;
} headings[] = {
	{ STR_INIT("office"), "機關代碼" },
	{ STR_INIT("name"), "名稱" },
	{ STR_INIT("name_en"), "英文名稱" },
	{ STR_INIT("office_kind"), "機關類別" },
	{ STR_INIT("parent"), "上級機關代碼" },
	{ STR_INIT("indigenous"), "原住民族地區" },
	{ STR_INIT("address"), "地址" },
	{ STR_INIT("phone"), "電話" },
	{ STR_INIT("ended"), "已裁撤" },
	{ STR_INIT("id_no"), "身分證統一編號" },
	{ STR_INIT("unit"), "單位" },
	{ STR_INIT("title"), "職稱" },
	{ STR_INIT("email"), "電子郵件" },
	{ STR_INIT("duty"), "職務" },
	{ STR_INIT("deputy"), "代理" },
	{ STR_INIT("valid_from"), "起日" },
	{ STR_INIT("valid_to"), "迄日" },
	{ STR_INIT("card_serial"), "憑證序號" },
	{ STR_INIT("card_number"), "卡號" },
	{ STR_INIT("ground"), "指派依據" },
	{ STR_INIT("day"), "日期" },
	{ STR_INIT("day_kind"), "日期類別" },
	{ STR_INIT("case_no"), "案號" },
	{ STR_INIT("legal_basis"), "依據法令" },
	{ STR_INIT("opened_on"), "開案日" },
	{ STR_INIT("closed_on"), "結案日" },
	{ STR_INIT("party_no"), "當事人序號" },
	{ STR_INIT("birth_date"), "出生日期" },
	{ STR_INIT("person_kind"), "身分別" },
	{ STR_INIT("relation"), "關係" },
	{ STR_INIT("item"), "子項" },
	{ STR_INIT("letter_no"), "公文文號" },
	{ STR_INIT("first_day"), "請假起日" },
	{ STR_INIT("last_day"), "請假迄日" },
	{ STR_INIT("leave_kind"), "假別" },
	{ STR_INIT("cancelled"), "已取消" },
	{ STR_INIT("from_time"), "起時" },
	{ STR_INIT("to_time"), "迄時" },
};

const char *import_heading(const struct field_spec *field)
{
	/* Of an office it is the name of a place, of everybody else a person's. */
	if (field->kind == FIELD_SECRET && str_is(field->name, "name"))
		return "姓名";
	for (size_t i = 0; i < ARRAY_LEN(headings); i++)
		if (str_eq(headings[i].name, field->name))
			return headings[i].zh;
	return "";
}

const struct field_spec *import_heading_find(const struct record_spec *spec, struct str heading)
{
	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		if (str_eq(field->name, heading) || str_is(heading, field->label) ||
		    str_is(heading, import_heading(field)))
			return field;
	}
	return NULL;
}
