#include "law/request.h"

#include "base/crypto.h"
#include "base/fail.h"

enum { REQUEST_BYTES = 16, UUID_CHARS = 36, HEX_CHARS = 32 };

const char REQUEST_WRONG[] = N_("A request number has 128 bits: 22 characters of base64url, 32 hexadecimal digits or a "
                                "UUID. Draw a new one for each request and keep it when you repeat it.");

static bool is_hyphen_place(size_t i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

/* 32 hexadecimal digits in lower case, out of a UUID or as they stand; FAIL_SYNTAX otherwise. */
static enum fail digits_take(struct str typed, char out[HEX_CHARS])
{
	size_t len = 0;

	if (typed.len != UUID_CHARS && typed.len != HEX_CHARS)
		return FAIL_SYNTAX;
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.at[i];
		bool hyphen = typed.len == UUID_CHARS && is_hyphen_place(i);
		if (hyphen != (c == '-'))
			return FAIL_SYNTAX;
		if (!hyphen)
			out[len++] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
	}
	return OK;
}

enum fail request_read(struct arena *arena, struct str typed, struct str *out)
{
	char digits[HEX_CHARS];
	struct str bytes;

	if (typed.len == REQUEST_CHARS) {
		TRY(base64url_read(arena, typed, &bytes));
		*out = typed;
		return OK;
	}
	TRY(digits_take(typed, digits));
	TRY(hex_read(arena, str_bytes(digits, sizeof digits), &bytes));
	*out = base64url_text(arena, bytes.at, REQUEST_BYTES);
	return OK;
}
