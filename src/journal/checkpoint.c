#include "journal/checkpoint.h"

#include <string.h>

void checkpoint_add(struct buf *out, const struct checkpoint *checkpoint)
{
	buf_add(out, checkpoint->origin);
	buf_byte(out, '\n');
	buf_u64(out, checkpoint->size);
	buf_byte(out, '\n');
	base64_add(out, checkpoint->root.at, HASH_BYTES);
	buf_byte(out, '\n');
	buf_add(out, checkpoint->extension);
}

static bool extension_is_valid(struct str text)
{
	size_t at;

	return !str_starts(text, STR("\n")) && !str_find(text, STR("\n\n"), &at);
}

enum fail checkpoint_parse(struct arena *arena, struct str text, struct checkpoint *out)
{
	struct checkpoint checkpoint;
	struct str size, root, bytes;

	if (text.len == 0 || text.at[text.len - 1] != '\n')
		return FAIL_SYNTAX;
	if (!str_cut(&text, '\n', &checkpoint.origin) || !str_cut(&text, '\n', &size) ||
	    !str_cut(&text, '\n', &root))
		return FAIL_SYNTAX;
	text = str_bytes(text.at, text.len);
	if (!note_name_is_valid(checkpoint.origin) || !extension_is_valid(text))
		return FAIL_SYNTAX;
	TRY(str_to_u64(size, &checkpoint.size));
	TRY(base64_read(arena, root, &bytes));
	if (bytes.len != HASH_BYTES || checkpoint.size >> TREE_LEVELS)
		return FAIL_SYNTAX;
	memcpy(checkpoint.root.at, bytes.at, HASH_BYTES);
	checkpoint.extension = text;
	*out = checkpoint;
	return OK;
}

enum fail checkpoint_peek(struct arena *arena, struct str bytes, struct checkpoint *out)
{
	struct note *note = arena_new(arena, struct note);

	TRY(note_parse(arena, bytes, note));
	return checkpoint_parse(arena, note->text, out);
}
