#include "journal/receipt.h"

#include <string.h>

static const struct str FIRST_LINE = STR_INIT("c2sp.org/tlog-proof@v1");

void receipt_add(struct buf *out, const struct receipt *receipt)
{
	buf_add(out, FIRST_LINE);
	buf_byte(out, '\n');
	if (receipt->extra.len) {
		buf_add(out, STR("extra "));
		base64_add(out, receipt->extra.at, receipt->extra.len);
		buf_byte(out, '\n');
	}
	buf_add(out, STR("index "));
	buf_u64(out, receipt->index);
	buf_byte(out, '\n');
	for (size_t i = 0; i < receipt->proof.count; i++) {
		base64_add(out, receipt->proof.at[i].at, HASH_BYTES);
		buf_byte(out, '\n');
	}
	buf_byte(out, '\n');
	buf_add(out, receipt->checkpoint);
}

static enum fail hash_line(struct arena *arena, struct str line, struct proof *proof)
{
	struct str bytes;

	if (proof->count == TREE_LEVELS)
		return FAIL_SYNTAX;
	TRY(base64_read(arena, line, &bytes));
	if (bytes.len != HASH_BYTES)
		return FAIL_SYNTAX;
	memcpy(proof->at[proof->count++].at, bytes.at, HASH_BYTES);
	return OK;
}

static enum fail head_parse(struct arena *arena, struct str *text, struct receipt *out)
{
	static const struct str extra = STR_INIT("extra "), index = STR_INIT("index ");
	struct str line;

	if (!str_cut(text, '\n', &line) || !str_eq(line, FIRST_LINE))
		return FAIL_SYNTAX;
	if (!str_cut(text, '\n', &line))
		return FAIL_SYNTAX;
	if (str_starts(line, extra)) {
		TRY(base64_read(arena, str_slice(line, extra.len, line.len), &out->extra));
		if (!str_cut(text, '\n', &line))
			return FAIL_SYNTAX;
	}
	if (!str_starts(line, index))
		return FAIL_SYNTAX;
	return str_to_u64(str_slice(line, index.len, line.len), &out->index);
}

enum fail receipt_parse(struct arena *arena, struct str text, struct receipt *out)
{
	struct str line;

	if (text.len > 2 * NOTE_BYTES_MAX)
		return FAIL_TOO_LARGE;
	*out = (struct receipt){ .extra = STR("") };
	TRY(head_parse(arena, &text, out));
	for (;;) {
		if (!str_cut(&text, '\n', &line))
			return FAIL_SYNTAX;
		if (line.len == 0)
			break;
		TRY(hash_line(arena, line, &out->proof));
	}
	out->checkpoint = text;
	return text.len ? OK : FAIL_SYNTAX;
}

enum fail receipt_verify(struct arena *arena, const struct receipt *receipt, const struct hash *leaf)
{
	struct checkpoint checkpoint;

	TRY(checkpoint_peek(arena, receipt->checkpoint, &checkpoint));
	return inclusion_verify(leaf, receipt->index, checkpoint.size, &checkpoint.root,
	                        &receipt->proof);
}
