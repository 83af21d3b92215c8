/* How reminder mails leave: laid down as files, or handed to the mail system of this machine. Never to another machine:
 * the address is the loopback's and no setting. Decision 0072. */
#ifndef YOUJU_ROLES_MAILING_H
#define YOUJU_ROLES_MAILING_H

#include "counter/message.h"
#include "roles/messenger_settings.h"

bool mail_settings_are_fit(const struct messenger_settings *settings, const char **why_out);

/* Answers MESSAGE_MAIL. Blocks for a few seconds at most. */
void mail_carry(const char *dir, const struct messenger_settings *settings, struct arena *arena,
                const struct message *asked, struct message *reply);

#endif
