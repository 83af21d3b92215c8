#include "roles/messenger_settings.h"

#include "base/buf.h"
#include "base/config.h"

enum { SMTP_PORT = 25 };

static const char *const names[] = {
	"messenger.network", "mail.delivery", "mail.from", "mail.link", "mail.smtp_port", "front.host", "front.web_port",
};
static_assert(ARRAY_LEN(names) <= MESSENGER_WORDS_MAX, "there is room for every word");

void messenger_words(struct arena *arena, const char *dir, char *out[MESSENGER_WORDS_MAX + 1])
{
	struct config config = { 0 };
	size_t line, count = 0;

	out[0] = NULL;
	if (config_load(arena, str_printf(arena, "%s/youju.conf", dir).at, &config, &line) != OK)
		return;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str value = config_text(&config, names[i], STR(""));
		if (value.len)
			out[count++] = str_c(arena, str_printf(arena, "%s=%.*s", names[i], STR_FMT(value)));
	}
	out[count] = NULL;
}

static enum fail delivery_read(const struct config *config, enum mail_delivery *out)
{
	static const char *const ways[] = { [MAIL_BY_NOBODY] = "off", [MAIL_TO_FILES] = "file", [MAIL_BY_SMTP] = "smtp" };
	struct str way = config_text(config, "mail.delivery", STR("off"));

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (str_is(way, ways[i])) {
			*out = (enum mail_delivery)i;
			return OK;
		}
	return FAIL_SYNTAX;
}

static struct str link_read(struct arena *arena, const struct config *config)
{
	struct str host = config_text(config, "front.host", STR("localhost"));
	struct str port = config_text(config, "front.web_port", STR("8443"));

	return config_text(config, "mail.link", str_printf(arena, "https://%.*s:%.*s/", STR_FMT(host), STR_FMT(port)));
}

enum fail messenger_settings_read(struct arena *arena, char *const *words, struct messenger_settings *out,
                                const char **why_out)
{
	struct messenger_settings settings = { 0 };
	struct config config = { 0 };
	struct buf text = buf_on(arena);
	size_t line;

	for (; *words; words++)
		buf_printf(&text, "%s\n", *words);
	*why_out = "a setting";
	TRY(config_read(arena, buf_str(&text), &config, &line));
	settings.network = str_is(config_text(&config, "messenger.network", STR("off")), "on");
	settings.from = config_text(&config, "mail.from", STR(""));
	settings.link = link_read(arena, &config);
	*why_out = "mail.delivery (off, file or smtp)";
	TRY(delivery_read(&config, &settings.delivery));
	*why_out = "mail.smtp_port";
	TRY(config_number(&config, "mail.smtp_port", 1, 65535, SMTP_PORT, &settings.smtp_port));
	*out = settings;
	return OK;
}
