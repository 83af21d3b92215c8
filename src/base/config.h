/* Settings of the machine, read once at start: "name = value" a line, # begins a comment line.
 * Names are dotted lower-case words ("front.web_port"). */
#ifndef YOUJU_BASE_CONFIG_H
#define YOUJU_BASE_CONFIG_H

#include "base/str.h"

enum { CONFIG_LINES_MAX = 256, CONFIG_BYTES_MAX = 65536 };

struct config_line {
	struct str name, value;
	size_t line; /* 1 is the first */
};

struct config {
	struct config_line *at;
	size_t count;
};

/* FAIL_SYNTAX: *line_out is the first line that is neither empty, comment nor setting, or that says
 * a name again. Texts are views of text. */
MUST_CHECK enum fail config_read(struct arena *arena, struct str text, struct config *out,
                                 size_t *line_out);
/* A file; FAIL_NOT_FOUND when there is none. */
MUST_CHECK enum fail config_load(struct arena *arena, const char *path, struct config *out,
                                 size_t *line_out);

struct str config_text(const struct config *config, const char *name, struct str otherwise);
/* FAIL_SYNTAX: no whole number in min … max. */
MUST_CHECK enum fail config_number(const struct config *config, const char *name, uint64_t min,
                                   uint64_t max, uint64_t otherwise, uint64_t *out);

#endif
