#include "story.h"

#include "base/file.h"

enum { STORY_FILE_MAX = 1 << 20 };

struct reading {
	struct arena *arena;
	const char *path;
	size_t line;
	struct stories *out;
	struct story *story;
	struct buf rows;
	struct str why;
};

static enum fail wrong(struct reading *reading, const char *why)
{
	reading->why = str_printf(reading->arena, "%s:%zu: %s", reading->path, reading->line, why);
	return FAIL_SYNTAX;
}

static struct str squeezed(struct arena *arena, struct str text)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < text.len; i++) {
		bool blank = text.at[i] == ' ' || text.at[i] == '\t';
		if (!blank)
			buf_byte(&out, (uint8_t)text.at[i]);
		else if (out.len && out.at[out.len - 1] != ' ')
			buf_byte(&out, ' ');
	}
	return str_trim(buf_str(&out));
}

static enum fail story_begin(struct reading *reading, struct str name)
{
	if (reading->out->count == STORIES_MAX)
		return wrong(reading, "too many stories");
	struct story *story = arena_new(reading->arena, struct story);
	*story = (struct story){ .file = reading->path, .line = reading->line,
		                 .name = squeezed(reading->arena, name) };
	if (story->name.len == 0)
		return wrong(reading, "a story needs a name that begins with its clause");
	reading->story = reading->out->at[reading->out->count++] = story;
	return OK;
}

static enum fail sentence_add(struct reading *reading, enum sentence_word word, struct str text)
{
	struct story *story = reading->story;

	if (!story)
		return wrong(reading, "a sentence stands before the first \"story:\"");
	if (story->count == SENTENCES_MAX)
		return wrong(reading, "too many sentences in one story");
	story->at[story->count++] = (struct sentence){ .word = word, .line = reading->line, .rows = STR(""),
		                                       .text = squeezed(reading->arena, text) };
	return OK;
}

/* "| a | b |" becomes "a,b"; cells hold no commas or quotes. */
static enum fail row_add(struct reading *reading, struct str line)
{
	struct story *story = reading->story;
	struct buf row = buf_on(reading->arena);
	struct str cell;
	size_t cells = 0;

	if (!story || !story->count)
		return wrong(reading, "a row belongs to the sentence above it, and there is none");
	struct sentence *sentence = &story->at[story->count - 1];
	buf_add(&row, sentence->rows);
	if (line.len < 2 || line.at[line.len - 1] != '|')
		return wrong(reading, "a row ends with |");
	line = str_slice(line, 1, line.len - 2);
	while (str_cut(&line, '|', &cell)) {
		if (cells++)
			buf_byte(&row, ',');
		buf_add(&row, str_trim(cell));
	}
	buf_byte(&row, '\n');
	sentence->rows = buf_str(&row);
	return OK;
}

static enum fail line_read(struct reading *reading, struct str line)
{
	static const struct { struct str word; enum sentence_word is; } words[] = {
		{ STR_INIT("given "), WORD_GIVEN }, { STR_INIT("when "), WORD_WHEN }, { STR_INIT("then "), WORD_THEN },
	};

	if (line.len == 0 || line.at[0] == '#')
		return OK;
	if (str_is(line, "office: bare") && !reading->story) {
		reading->out->bare = true;
		return OK;
	}
	if (str_starts(line, STR("story:")))
		return story_begin(reading, str_slice(line, 6, line.len));
	if (line.at[0] == '|')
		return row_add(reading, line);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_starts(line, words[i].word))
			return sentence_add(reading, words[i].is, str_slice(line, words[i].word.len, line.len));
	if (!str_starts(line, STR("and ")))
		return wrong(reading, "a line begins with office: bare (once, first), story:, given, when, then, and, | or #");
	if (!reading->story || !reading->story->count)
		return wrong(reading, "\"and\" goes on with a sentence, and there is none above");
	return sentence_add(reading, reading->story->at[reading->story->count - 1].word,
	                    str_slice(line, 4, line.len));
}

enum fail stories_read(struct arena *arena, const char *path, struct stories *out, struct str *why_out)
{
	struct reading reading = { .arena = arena, .path = path, .out = out };
	struct str text, line;

	*why_out = str_from(path);
	TRY(file_load(arena, path, STORY_FILE_MAX, &text));
	while (str_cut(&text, '\n', &line)) {
		reading.line++;
		enum fail fail = line_read(&reading, str_trim(line));
		if (fail != OK) {
			*why_out = reading.why;
			return fail;
		}
	}
	return OK;
}
