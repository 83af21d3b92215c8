#include "doors/language.h"

#include <string.h>

#include "base/str.h"

static const char *const tags[LANGUAGE_COUNT] = {
	[LANGUAGE_ZH_TW] = "zh-Hant-TW",
	[LANGUAGE_EN] = "en",
};

const char *tr(enum language language, const char *msgid)
{
	if (language != LANGUAGE_ZH_TW || !*msgid)
		return msgid;
	for (size_t i = (size_t)hash_quick(0, msgid, strlen(msgid));; i++) {
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
