/* What of youju.conf concerns the messenger. As a user of its own it cannot read the file, so the supervisor gives it the
 * lines as words ("name=value") when it starts it. */
#ifndef YOUJU_ROLES_MESSENGER_SETTINGS_H
#define YOUJU_ROLES_MESSENGER_SETTINGS_H

#include "base/str.h"

enum { MESSENGER_WORDS_MAX = 8 };

enum mail_delivery { MAIL_BY_NOBODY, MAIL_TO_FILES, MAIL_BY_SMTP };

struct messenger_settings {
	bool network; /* messenger.network = on: responders may be asked */
	enum mail_delivery delivery;
	struct str from, link; /* of mails, as they stand there */
	uint64_t smtp_port;
};

/* The words of DIR/youju.conf, closed by NULL; none when it cannot be read, which the front reports. */
void messenger_words(struct arena *arena, const char *dir, char *out[MESSENGER_WORDS_MAX + 1]);
/* FAIL_SYNTAX: *why_out says which setting is wrong. Texts live on the arena. */
MUST_CHECK enum fail messenger_settings_read(struct arena *arena, char *const *words, struct messenger_settings *out,
                                           const char **why_out);

#endif
