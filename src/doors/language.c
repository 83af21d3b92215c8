#include "doors/language.h"

#include <string.h>

static const char *const tags[LANGUAGE_COUNT] = {
	[LANGUAGE_ZH_TW] = "zh-Hant-TW",
	[LANGUAGE_EN] = "en",
};

static uint32_t fnv(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	return hash;
}

const char *tr(enum language language, const char *msgid)
{
	if (language != LANGUAGE_ZH_TW || !*msgid)
		return msgid;
	for (size_t i = fnv(msgid);; i++) {
		const struct translation *row = &translations[i & translations_mask];
		if (!row->msgid)
			return msgid;
		if (strcmp(row->msgid, msgid) == 0)
			return row->text;
	}
}

const char *language_tag(enum language language)
{
	return tags[language];
}
