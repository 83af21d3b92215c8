#include "law/words.h"

#define LIST(list, label) static const struct word list##_table[] = { { STR_INIT(""), "", "" },
#define WORD(list, id, code, zh, en) { STR_INIT(code), zh, en },
#define END(list) };
#include "law/words.def"
#undef LIST
#undef WORD
#undef END

#define LIST(list, label)                                                                          \
	static_assert(ARRAY_LEN(list##_table) == list##_end, "every word has a row");              \
	const struct word_list list##_words = { STR_INIT(#list), label, list##_table, list##_end };
#define WORD(list, id, code, zh, en)
#define END(list)
#include "law/words.def"
#undef LIST
#undef WORD
#undef END

const struct word_list *const word_lists[] = {
#define LIST(list, label) &list##_words,
#define WORD(list, id, code, zh, en)
#define END(list)
#include "law/words.def"
#undef LIST
#undef WORD
#undef END
};
const size_t word_lists_count = ARRAY_LEN(word_lists);

static const struct word *word_at(const struct word_list *list, int value)
{
	assert(value >= 0 && value < list->end);
	return &list->words[value];
}

struct str word_code(const struct word_list *list, int value)
{
	return word_at(list, value)->code;
}

const char *word_zh(const struct word_list *list, int value)
{
	return word_at(list, value)->zh;
}

const char *word_en(const struct word_list *list, int value)
{
	return word_at(list, value)->en;
}

enum fail word_find(const struct word_list *list, struct str code, int *out)
{
	for (int value = 1; value < list->end; value++)
		if (str_eq(list->words[value].code, code)) {
			*out = value;
			return OK;
		}
	return FAIL_NOT_FOUND;
}

const struct word_list *word_list_find(struct str name)
{
	for (size_t i = 0; i < word_lists_count; i++)
		if (str_eq(word_lists[i]->name, name))
			return word_lists[i];
	return NULL;
}
