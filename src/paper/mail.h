/* The mail that reminds of tasks: a count and a link, nothing of persons, not even a name. Decision 0072. */
#ifndef YOUJU_PAPER_MAIL_H
#define YOUJU_PAPER_MAIL_H

#include "base/str.h"

struct reminder {
	struct str to, from;  /* email_is_plausible (law/application.h) */
	struct str link;      /* link_is_fit */
	struct str stamp;     /* stamp_is_fit: the same mail twice has the same */
	int64_t tasks, overdue, at_ms;
};

bool link_is_fit(struct str link);   /* https, printable ASCII without blanks */
bool stamp_is_fit(struct str stamp); /* letters and digits, 1 … 64 */

/* RFC 5322 with CRLF; Subject and From by RFC 2047; the body UTF-8 in base64 (RFC 2045), Chinese first, English below;
 * Auto-Submitted by RFC 3834. */
struct str reminder_mail(struct arena *arena, const struct reminder *reminder);

#endif
