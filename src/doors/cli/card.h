/* A card of the command line: certificate and key in one file, opened with its PIN. */
#ifndef YOUJU_DOORS_CLI_CARD_H
#define YOUJU_DOORS_CLI_CARD_H

#include "doors/cli/cli.h"
#include "doors/cli/talk.h"

/* pin_fd: the value of --pin-fd or NULL to ask at the terminal. False: the reason was printed. */
bool card_signer(struct cli *cli, const char *path, const char *pin_fd, struct signer *out);
void card_signer_close(struct signer *signer);

#endif
