#include "doors/cli/cli.h"

#include "base/json.h"
#include "doors/language.h"

const char *cli_say(const struct cli *cli, const char *msgid)
{
	return tr(cli->chinese ? LANGUAGE_ZH_TW : LANGUAGE_EN, msgid);
}

void cli_tell(struct cli *cli, const struct told *members, size_t count, struct str line)
{
	struct json_out json = json_to(&cli->out);

	if (!cli->json) {
		buf_add(&cli->out, line);
		buf_add(&cli->out, str_ends(line, STR("\n")) ? STR("") : STR("\n"));
		return;
	}
	json_put_object(&json);
	for (size_t i = 0; i < count; i++) {
		json_put_key(&json, str_from(members[i].key));
		if (members[i].is_count)
			json_put_u64(&json, members[i].count);
		else
			json_put_str(&json, members[i].text);
	}
	json_put_object_end(&json);
	buf_byte(&cli->out, '\n');
}
