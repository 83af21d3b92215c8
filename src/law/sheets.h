/* Lists that can be read (sheets.def): who may, in which scope, with which columns. */
#ifndef YOUJU_LAW_SHEETS_H
#define YOUJU_LAW_SHEETS_H

#include "law/words.h"

enum sheet_scope { SCOPE_ME, SCOPE_OFFICE, SCOPE_ALL };
enum { SHEET_PERSONAL = 1, SHEET_LONG = 2, SHEET_COLUMNS_MAX = 24, SHEET_FILTERS_MAX = 6 };

enum column_kind {
	COLUMN_TEXT,
	COLUMN_INT,
	COLUMN_BOOL,    /* true or false */
	COLUMN_DATE,    /* ISO; people see ROC */
	COLUMN_TIME,    /* ISO UTC; people see ROC, local */
	COLUMN_ENTRY,   /* entry number */
	COLUMN_WORD,    /* code; the column's name (or last_verdict, result, …) leads to its list */
	COLUMN_OFFICE,  /* office code; people see the name */
	COLUMN_PERSON,  /* 16 hex digits; in personal sheets "hex name" with a blank between */
	COLUMN_REFUSAL, /* refusal code */
	COLUMN_LABEL,   /* English msgid */
	COLUMN_HOLDER,  /* what stands on a card: name and last four characters, opened from the vault */
	COLUMN_CODED,   /* list:code, a word of the list named; several with commas between; basis: a legal basis */
	COLUMN_DOCUMENT, /* content of a sealed document, a text; only in personal sheets */
	COLUMN_FILE,    /* likewise, bytes: base64 */
};

struct column_spec {
	struct str name;
	enum column_kind kind;
	const char *label;
	const struct word_list *words; /* of COLUMN_WORD */
};

enum filter_kind {
	FILTER_TEXT,
	FILTER_PERSON, /* an id of 16 hex digits; where the list is searched, part of a name or an identity number, too */
	FILTER_WORD,   /* a code of the list of its name */
	FILTER_OFFICE, /* an office code */
	FILTER_ENTRY,  /* an entry number */
	FILTER_KEY,    /* likewise, of one row: links bring it and no page asks for it */
};

struct filter_spec {
	struct str name;
	enum filter_kind kind;
	const char *label;
	const struct word_list *words; /* of FILTER_WORD */
};

enum sheet_kind {
	SHEET_NONE,
#define SHEET(name, label, duties, scope, flags) SHEET_##name,
#define FILTER(name, kind, label)
#define COLUMN(name, kind, label)
#define SHEET_END(name)
#include "law/sheets.def"
#undef SHEET
#undef FILTER
#undef COLUMN
#undef SHEET_END
	SHEET_KIND_COUNT
};

struct sheet_spec {
	struct str name;
	const char *label;
	uint32_t duties;
	enum sheet_scope scope;
	unsigned flags;
	struct filter_spec filters[SHEET_FILTERS_MAX];
	size_t filter_count;
	struct column_spec columns[SHEET_COLUMNS_MAX];
	size_t column_count;
};

const struct sheet_spec *sheet_spec(enum sheet_kind kind);
enum sheet_kind sheet_find(struct str name); /* SHEET_NONE when unknown */

/* Would the value tell who is meant? Names and identity numbers stand in no address. */
bool filter_is_personal(const struct filter_spec *filter, struct str value);

#endif
