#include "doors/web/names.h"

enum { NAMES_MAX = 256, TEXT_BYTES_MAX = 120 };

struct known {
	size_t count;
	struct { char code[TEXT_BYTES_MAX], name[TEXT_BYTES_MAX]; } at[NAMES_MAX];
};

static struct known offices, bases;
static bool is_demo, knows_demo;

static void keep_text(char *to, struct str text)
{
	size_t len = text.len < TEXT_BYTES_MAX ? text.len : 0;

	for (size_t i = 0; i < len; i++)
		to[i] = text.at[i];
	to[len] = 0;
}

/* A whole list replaces the one before; a page of a longer list does not come here. */
static void learn(struct known *known, const struct sheet *sheet, struct str key)
{
	if (!sheet || !sheet->row_count || sheet->row_count > NAMES_MAX)
		return;
	known->count = sheet->row_count;
	for (size_t i = 0; i < sheet->row_count; i++) {
		keep_text(known->at[i].code, sheet_cell(sheet, i, key));
		keep_text(known->at[i].name, sheet_cell(sheet, i, STR("name")));
	}
}

static void learn_demo(const struct message *reply)
{
	if (message_get(reply, "demo").len || str_starts(message_get(reply, "origin"), STR("demo.")) ||
	    str_starts(message_get(reply, "body"), STR("demo.")))
		is_demo = knows_demo = true;
	if (message_get(reply, "origin").len)
		knows_demo = true;
}

void names_learn(const struct exchange *exchange)
{
	for (size_t i = 0; i < exchange->talk.count; i++) {
		const struct question *question = &exchange->talk.at[i];
		if (!question->answered)
			continue;
		learn_demo(&question->reply);
		learn(&offices, message_sheet_named(&question->reply, "offices"), STR("office"));
		learn(&bases, message_sheet_named(&question->reply, "bases"), STR("basis"));
	}
}

static struct str name_in(const struct known *known, struct str code)
{
	for (size_t i = 0; i < known->count; i++)
		if (str_is(code, known->at[i].code))
			return known->at[i].name[0] ? str_from(known->at[i].name) : code;
	return code;
}

struct str name_of_office(struct str code)
{
	return name_in(&offices, code);
}

struct str name_of_basis(struct str code)
{
	return name_in(&bases, code);
}

bool names_is_demo(void)
{
	return is_demo;
}

bool names_knows_demo(void)
{
	return knows_demo;
}
