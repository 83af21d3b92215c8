#include "story.h"

/* The first word, without the blank behind it. */
static struct str word_of(struct str text)
{
	struct str word;

	return str_cut(&text, ' ', &word) ? word : STR("");
}

static struct str after_word(struct str text)
{
	struct str word = word_of(text);

	return str_slice(text, word.len + (word.len < text.len), text.len);
}

static bool is_slot(struct str word)
{
	return str_starts(word, STR("{")) && str_ends(word, STR("}"));
}

static struct str span(struct str text, struct str rest)
{
	size_t len = rest.len ? (size_t)(rest.at - text.at) : text.len;

	return str_trim(str_slice(text, 0, len));
}

static bool match_from(struct str pattern, struct str text, struct slots *out)
{
	struct str want = word_of(pattern), next = after_word(pattern);

	if (pattern.len == 0 || text.len == 0)
		return pattern.len == 0 && text.len == 0;
	if (!is_slot(want))
		return str_eq(want, word_of(text)) && match_from(next, after_word(text), out);
	if (out->count == SLOTS_MAX)
		return false;
	struct slot *slot = &out->at[out->count++];
	size_t count = out->count;
	slot->name = str_slice(want, 1, want.len - 2);
	for (struct str rest = after_word(text);; rest = after_word(rest)) {
		slot->text = span(text, rest);
		out->count = count;
		if (match_from(next, rest, out))
			return true;
		if (rest.len == 0)
			return false;
	}
}

bool pattern_match(struct str pattern, struct str text, struct slots *out)
{
	struct slots slots = { 0 };

	if (!match_from(pattern, text, &slots))
		return false;
	*out = slots;
	return true;
}

struct str slot_get(const struct slots *slots, const char *name)
{
	for (size_t i = 0; i < slots->count; i++)
		if (str_is(slots->at[i].name, name))
			return slots->at[i].text;
	return STR("");
}

struct str clause_take(struct str *rest)
{
	bool quoted = false;
	struct str text = *rest;

	for (size_t i = 0; i < text.len; i++) {
		quoted ^= text.at[i] == '"';
		if (!quoted && text.at[i] == ',' && i + 1 < text.len && text.at[i + 1] == ' ') {
			*rest = str_slice(text, i + 2, text.len);
			return str_slice(text, 0, i);
		}
	}
	*rest = STR("");
	return text;
}
