#include "doors/language.h"

#include <endian.h>
#include <string.h>

static const char *const tags[LANGUAGE_COUNT] = {
	[LANGUAGE_ZH_TW] = "zh-Hant-TW",
	[LANGUAGE_EN] = "en",
};

/* Eight bytes at a time: every label of every page comes by here. tools/po_compile.py does the same. */
static size_t hash_of(const char *text, size_t len)
{
	uint64_t hash = len, word;

	for (size_t i = 0; i < len; i += sizeof word) {
		word = 0;
		memcpy(&word, text + i, len - i < sizeof word ? len - i : sizeof word);
		hash = (hash ^ le64toh(word)) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return (size_t)hash;
}

const char *tr(enum language language, const char *msgid)
{
	if (language != LANGUAGE_ZH_TW || !*msgid)
		return msgid;
	for (size_t i = hash_of(msgid, strlen(msgid));; i++) {
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
