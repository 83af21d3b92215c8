/* Records: what a command, an event and a row of an import have in common.
 *
 * A record is a plain struct whose members are declared once, in a .def file; the table made from
 * that declaration lets web forms, JSON, CLI, codec and SQL binding loop over the members. */
#ifndef YOUJU_LAW_RECORD_H
#define YOUJU_LAW_RECORD_H

#include "base/json.h"
#include "base/time.h"
#include "law/words.h"

/* An id is a type, so that a case can never be passed where a session is meant. Entry numbers are
 * 1 or more wherever they are referred to (entry 0 opens the log); 0 means absent. */
struct entry_id { uint64_t n; };
struct case_id { uint64_t n; };    /* entry number of case_opened */
struct session_id { uint64_t n; }; /* entry number of signed_in */
struct application_id { uint64_t n; }; /* entry number of the first application_drafted */
struct query_id { uint64_t n; };   /* entry number of query_asked */
struct person_id { uint64_t n; };  /* random, 16 hex digits in text; 0 absent */

struct texts {
	size_t count;
	struct str *at;
};

/* A sealed document: in a log entry its random id and the salted digest of its content. The law
 * hands over the content; the keeper seals it and fills in id and digest. */
struct document {
	uint64_t id; /* 0 absent */
	struct str digest; /* 43 characters of base64url */
	struct str content; /* only while it has not been sealed, or after it was opened */
};

#define INT_NONE INT64_MIN

enum field_kind {
	FIELD_TEXT,     /* struct str */
	FIELD_INT,      /* int64_t, INT_NONE absent */
	FIELD_BOOL,     /* bool */
	FIELD_DATE,     /* struct date */
	FIELD_TIME,     /* int64_t ms UTC, INT_NONE absent */
	FIELD_WORD,     /* int, a value of its word list */
	FIELD_TEXTS,    /* struct texts; in forms separated by ; or , */
	FIELD_ENTRY,    /* any struct of one uint64_t that is an entry number */
	FIELD_PERSON,   /* struct person_id */
	FIELD_DOCUMENT, /* struct document */
	FIELD_SECRET,   /* struct str that never enters a log entry, a URL or argv: identity numbers, names */
};

enum { NEED_NOT, NEED };

struct field_spec {
	struct str name; /* in entries, forms, JSON and as SQL parameter */
	enum field_kind kind;
	size_t offset;
	bool required;
	size_t max_bytes; /* of the text form */
	const struct word_list *words;
	const char *label; /* English msgid, "" where only machines read */
};

struct record_spec {
	struct str name;
	const char *label;
	const struct field_spec *fields;
	size_t count, size;
};

const struct field_spec *record_field(const struct record_spec *spec, struct str name); /* or NULL */

/* Sets every member to absent. */
void record_blank(const struct record_spec *spec, void *record);

/* Text, as people and forms write it, to member. Dates as in date_parse_input against today; ISO
 * too. FAIL_SYNTAX or FAIL_TOO_LARGE with *why_out a msgid that names the rule. */
MUST_CHECK enum fail record_set(struct arena *arena, const struct field_spec *field, struct str text,
                                struct date today, void *record, const char **why_out);
struct str record_get(struct arena *arena, const struct field_spec *field, const void *record);
bool record_has(const struct field_spec *field, const void *record);

/* Members in declared order, absent ones left out; SECRET members are never written. */
void record_to_json(struct arena *arena, struct json_out *out, const struct record_spec *spec, const void *record);
/* Strict: unknown members, wrong types and missing required members are FAIL_SYNTAX. The first
 * skip members (the envelope) are passed over. */
MUST_CHECK enum fail record_from_json(struct arena *arena, const struct record_spec *spec,
                                      const struct json *object, size_t skip, void *record);

struct str document_text(struct arena *arena, struct document document); /* 16 hex digits ':' digest */
MUST_CHECK enum fail document_read(struct str text, struct document *out);

#endif
