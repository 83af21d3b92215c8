/* Identity numbers of persons: normalise, tell the kind, check, explain, mask (DOMAIN 5).
 *
 * The check digit does not catch every typing error, so name and birthday are shown before use. A
 * number is an attribute with dates, never the key of a person: numbers can be changed, and one
 * person may hold an old and a new one. */
#ifndef YOUJU_LAW_IDNO_H
#define YOUJU_LAW_IDNO_H

#include "base/time.h"
#include "law/words.h"

enum { IDNO_MAX = 20 };

enum idno_fault {
	IDNO_FINE,
	IDNO_EMPTY,
	IDNO_CHARACTER,    /* neither letter nor digit */
	IDNO_LENGTH,
	IDNO_PERMIT,       /* 12 digits: a permit's number */
	IDNO_FIRST,        /* does not begin with a letter */
	IDNO_SECOND,       /* second character */
	IDNO_DIGITS,       /* a letter where digits must stand */
	IDNO_CHECK,        /* check digit */
	IDNO_VOID,         /* an old number after its last day */
	IDNO_FAULT_COUNT
};

struct idno {
	enum number_kind kind; /* number_kind_none unless fault is IDNO_FINE or IDNO_VOID */
	enum idno_fault fault;
	char text[IDNO_MAX + 1]; /* normalised; "" when nothing could be made of it */
};

/* Trims, folds full width, drops blanks and hyphens, upper-cases; then checks as a number of a
 * national or resident. today decides about old numbers; DATE_NONE: not asked. */
struct idno idno_read(struct str typed, struct date today);

/* The same for a passport: 1–20 letters and digits. */
struct idno idno_read_passport(struct str typed);

/* What people type for a person: a passport's number with 護照 (護照號碼, passport) before it, since it
 * has no form of its own and a slip of the pen must not pass for one; otherwise as idno_read. */
struct idno idno_read_typed(struct str typed, struct date today);

/* What a tag is made of: a passport's number may be spelled like somebody else's identity number. */
struct str idno_tagged(struct arena *arena, const struct idno *number);

/* Which rule failed, and the next step: a msgid. "" for IDNO_FINE. */
const char *idno_explain(enum idno_fault fault);

/* A123***789: for lists. Shorter numbers show at most their two ends. */
struct time_text idno_mask(struct str number);

/* The check digit that belongs to the first nine characters of a normalised number, '0' to '9'. */
char idno_check_digit(const char *nine);

#endif
