#include "base/config.h"

#include "base/file.h"

static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_'))
			return false;
	}
	return text.len > 0;
}

static const struct config_line *find(const struct config *config, struct str name)
{
	for (size_t i = 0; i < config->count; i++)
		if (str_eq(config->at[i].name, name))
			return &config->at[i];
	return NULL;
}

static MUST_CHECK enum fail line_read(struct config *config, struct str line, size_t number)
{
	struct str value = str_trim(line), name;

	if (!value.len || value.at[0] == '#')
		return OK;
	if (config->count == CONFIG_LINES_MAX || !str_cut(&value, '=', &name) || !value.at)
		return FAIL_SYNTAX;
	name = str_trim(name);
	if (!is_name(name) || find(config, name))
		return FAIL_SYNTAX;
	config->at[config->count++] = (struct config_line){ name, str_trim(value), number };
	return OK;
}

enum fail config_read(struct arena *arena, struct str text, struct config *out, size_t *line_out)
{
	struct config config = { .at = arena_array(arena, struct config_line, CONFIG_LINES_MAX) };
	struct str rest = text, line;

	*line_out = 0;
	if (!str_is_utf8(text))
		return FAIL_SYNTAX;
	while (str_cut(&rest, '\n', &line)) {
		++*line_out;
		TRY(line_read(&config, line, *line_out));
	}
	*out = config;
	return OK;
}

enum fail config_load(struct arena *arena, const char *path, struct config *out, size_t *line_out)
{
	struct str text;

	*line_out = 0;
	if (!file_exists(path))
		return FAIL_NOT_FOUND;
	TRY(file_load(arena, path, CONFIG_BYTES_MAX, &text));
	return config_read(arena, text, out, line_out);
}

struct str config_text(const struct config *config, const char *name, struct str otherwise)
{
	const struct config_line *line = find(config, str_from(name));

	return line ? line->value : otherwise;
}

enum fail config_number(const struct config *config, const char *name, uint64_t min, uint64_t max,
                        uint64_t otherwise, uint64_t *out)
{
	const struct config_line *line = find(config, str_from(name));
	uint64_t n = otherwise;

	if (line)
		TRY(str_to_u64(line->value, &n));
	if (n < min || n > max)
		return FAIL_SYNTAX;
	*out = n;
	return OK;
}
