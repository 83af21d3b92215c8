/* Closed vocabularies from words.def: an enum, its codes and its labels.
 *
 * Every enum starts at 1; 0 (<list>_none) means absent. Codes are what log entries, forms, API and
 * CLI carry. The Chinese label is the official term (DOMAIN glossary). */
#ifndef YOUJU_LAW_WORDS_H
#define YOUJU_LAW_WORDS_H

#include "base/str.h"

#define LIST(list, label) enum list { list##_none,
#define WORD(list, id, code, zh, en) id,
#define END(list) list##_end };
#include "law/words.def"
#undef LIST
#undef WORD
#undef END

struct word {
	struct str code;
	const char *zh, *en;
};

struct word_list {
	struct str name;
	const char *label;
	const struct word *words; /* words[0] is the empty word */
	int end;                  /* valid values are 1 … end-1 */
};

#define LIST(list, label) extern const struct word_list list##_words;
#define WORD(list, id, code, zh, en)
#define END(list)
#include "law/words.def"
#undef LIST
#undef WORD
#undef END

extern const struct word_list *const word_lists[];
extern const size_t word_lists_count;

struct str word_code(const struct word_list *list, int value); /* "" for 0 */
const char *word_zh(const struct word_list *list, int value);
const char *word_en(const struct word_list *list, int value);
MUST_CHECK enum fail word_find(const struct word_list *list, struct str code, int *out);
const struct word_list *word_list_find(struct str name); /* NULL when there is none */

#define DUTY_BIT(duty) (1u << (duty))

#endif
