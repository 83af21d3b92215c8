#include "keeper/codes.h"

#include <ctype.h>
#include <string.h>

#include "base/crypto.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { LETTER_BITS = 5, HALF = CODE_CHARS / 2 };
static_assert(sizeof letters - 1 == 1 << LETTER_BITS, "each letter stands for five bits");

struct str code_new(struct arena *arena)
{
	char *text = arena_array(arena, char, CODE_CHARS + 2);
	uint64_t bits = random_u64();
	size_t at = 0;

	for (int i = 0; i < CODE_CHARS; i++, bits >>= LETTER_BITS) {
		if (i == HALF)
			text[at++] = '-';
		text[at++] = letters[bits & ((1 << LETTER_BITS) - 1)];
	}
	return str_bytes(text, at);
}

static char letter_meant(char typed)
{
	char upper = (char)toupper((unsigned char)typed);

	return upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
}

struct str code_plain(struct arena *arena, struct str typed)
{
	char *text = arena_array(arena, char, CODE_CHARS);
	size_t len = 0;

	for (size_t i = 0; i < typed.len; i++) {
		if (typed.at[i] == ' ' || typed.at[i] == '-')
			continue;
		char letter = letter_meant(typed.at[i]);
		if (len == CODE_CHARS || letter == 0 || !strchr(letters, letter))
			return STR("");
		text[len++] = letter;
	}
	return len == CODE_CHARS ? str_bytes(text, len) : STR("");
}
