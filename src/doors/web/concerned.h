/* Whom or what a command is about, shown above its form: a form that holds only a number or an id lets nobody
 * see on whom he decides. */
#ifndef YOUJU_DOORS_WEB_CONCERNED_H
#define YOUJU_DOORS_WEB_CONCERNED_H

#include "doors/web/layout.h"
#include "law/commands.h"

/* form: the address of the page, or what was sent. Asks nothing when the command is about no row of a list, and
 * nothing that the viewer may not read: a refusal would stand in the log as if the viewer had tried. So it must be
 * known already who that is. */
void concerned_ask(struct exchange *exchange, const struct command_spec *command, const struct form *form);
/* Keeps in the form what the command itself has no field for, so that it is known when the form comes back. */
void concerned_keep(struct out *page, const struct command_spec *command, const struct form *form);
bool concerned_write(struct out *page, const struct command_spec *command); /* false: it is not known */
/* Back to where the account or the list stands, once it is done. */
void concerned_link(struct out *page, const struct command_spec *command);

#endif
