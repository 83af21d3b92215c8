#include "doors/cli/cli.h"

#include "doors/language.h"

const char *cli_say(const struct cli *cli, const char *msgid)
{
	return tr(cli->chinese ? LANGUAGE_ZH_TW : LANGUAGE_EN, msgid);
}
