/* What of youju.conf concerns the courier. As a user of its own it cannot read the file, so the supervisor gives it the
 * lines as words ("name=value") when it starts it. */
#ifndef YOUJU_ROLES_COURIER_SETTINGS_H
#define YOUJU_ROLES_COURIER_SETTINGS_H

#include "base/str.h"

enum { COURIER_WORDS_MAX = 8 };

enum mail_delivery { MAIL_BY_NOBODY, MAIL_TO_FILES, MAIL_BY_SMTP };

struct courier_settings {
	bool network; /* courier.network = on: responders may be asked */
	enum mail_delivery delivery;
	struct str from, link; /* of mails, as they stand there */
	uint64_t smtp_port;
};

/* The words of DIR/youju.conf, closed by NULL; none when it cannot be read, which the front reports. */
void courier_words(struct arena *arena, const char *dir, char *out[COURIER_WORDS_MAX + 1]);
/* FAIL_SYNTAX: *why_out says which setting is wrong. Texts live on the arena. */
MUST_CHECK enum fail courier_settings_read(struct arena *arena, char *const *words, struct courier_settings *out,
                                           const char **why_out);

#endif
