/* youju card-service CARD...: the stand-in for the signing service of a card reader. */
#include <stdio.h>

#include "base/crypto.h"
#include "demo/card_service.h"
#include "doors/cli/pin.h"
#include "doors/language.h"
#include "roles/verbs.h"

const char CARD_SERVICE_TEXT[] =
	N_("Stands in for the local signing service of a card reader, on the port of this computer that the real ones use: "
	"pages that sign with a card then sign with this card file; with several, its window asks which card is in the reader. Modes other than good let a page be tried "
	"with what goes wrong: cancel, wrong_pin, no_reader, no_card, slow, garbage, foreign.");

static void listening(uint16_t port)
{
	printf("http://localhost:%u\n", port);
	fflush(stdout);
}

int verb_card_service(struct cli *cli)
{
	const char **cards = arena_array(cli->arena, const char *, cli->count);
	for (size_t i = 0; i < cli->count; i++)
		cards[i] = str_c(cli->arena, cli->args[i]);
	struct card_service service = { .card = cards[0], .cards = cards, .card_count = cli->count, .port = CARD_SERVICE_PORT, .listening = listening };
	const char *port = cli_option(cli, "port"), *mode = cli_option(cli, "mode"), *pin_fd = cli_option(cli, "pin-fd");
	uint64_t number = CARD_SERVICE_PORT;
	struct str pin;

	if (port && (str_to_u64(str_from(port), &number) != OK || number > 65535))
		return cli_error(cli, str_from(port), N_("This is not a port."));
	if (mode && !card_service_mode_find(str_from(mode), &service.mode))
		return cli_error(cli, str_from(mode), N_("There is no such mode; see --help."));
	if (pin_fd && !pin_read(cli, pin_fd, cli->args[0], &pin))
		return EXIT_USAGE;
	service.pin = pin_fd ? str_c(cli->arena, pin) : NULL;
	service.port = (uint16_t)number;
	return cli_failed(cli, cli->args[0], card_service_run(&service));
}
