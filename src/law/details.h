/* The sealed document of a person: what pages show and the law compares, never what entries hold. */
#ifndef YOUJU_LAW_DETAILS_H
#define YOUJU_LAW_DETAILS_H

#include "base/json.h"
#include "base/time.h"

struct details {
	struct str name;
	struct date birth_date;  /* none: not known */
	struct str unit, title;  /* staff; "" otherwise */
	struct str email;        /* where reminders go; "" when not known */
};

/* Canonical JSON: {"v":1,"name":…,"birth_date":"1986-03-15","unit":…,"title":…,"email":…}, absent members left
 * out. The same details give the same bytes. */
struct str details_write(struct arena *arena, const struct details *details);
/* Strict: FAIL_SYNTAX for anything that details_write would not write the same way again. */
MUST_CHECK enum fail details_read(struct arena *arena, struct str text, struct details *out);

/* What a list says of a detail against what stands: "" says nothing, "-" that there is none. */
struct str detail_after(struct str stored, struct str said);

/* What a form or list says about a birthday: "" is none. FAIL_SYNTAX when it is no date. */
MUST_CHECK enum fail birthday_read(struct str typed, struct date today, struct date *out);

#endif
