/* Asking a person at the terminal, and taking a PIN from where a program left it. */
#ifndef YOUJU_DOORS_CLI_PIN_H
#define YOUJU_DOORS_CLI_PIN_H

#include "doors/cli/cli.h"

/* One line from the controlling terminal; silent: without echo. False: there is no terminal (the
 * reason was printed). */
bool prompt_read(struct cli *cli, const char *label, bool silent, struct str *out);

/* The PIN of one card. fd_text is the value of --pin-fd (one line is taken from that descriptor, so
 * that a second card finds its PIN in the next), or NULL to ask at the terminal. */
bool pin_read(struct cli *cli, const char *fd_text, struct str card, struct str *out);

#endif
