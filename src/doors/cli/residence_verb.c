#include "doors/cli/residence_verb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "doors/cli/residence_line.h"

enum { CHUNK_BYTES = 1 << 16 };

struct calculator {
	int fd;
	bool full;
	bool is_overlong; /* the rest of a line that was answered with an error already */
	struct arena arena;
	struct buf pending, out;
};

static bool output_write(struct buf *out)
{
	size_t written = fwrite(out->at, 1, out->len, stdout);
	bool fine = written == out->len && fflush(stdout) == 0;

	buf_empty(out);
	return fine;
}

static void line_take(struct calculator *calculator, struct str line)
{
	if (calculator->is_overlong)
		calculator->is_overlong = false;
	else if (str_trim(line).len)
		residence_line_answer(&calculator->arena, line, calculator->full, &calculator->out);
	arena_empty(&calculator->arena);
}

static void overlong_answer(struct calculator *calculator)
{
	if (!calculator->is_overlong)
		buf_add(&calculator->out, STR("{\"id\":null,\"error\":\"line: longer than 1048576 bytes\"}\n"));
	calculator->is_overlong = true;
	buf_empty(&calculator->pending);
}

/* Answers the whole lines that wait and keeps the rest. */
static void lines_take(struct calculator *calculator, size_t searched)
{
	struct buf *pending = &calculator->pending;
	size_t from = 0;

	for (char *end; (end = memchr(pending->at + searched, '\n', pending->len - searched)) != NULL;) {
		size_t at = (size_t)(end - pending->at);
		line_take(calculator, str_bytes(pending->at + from, at - from));
		from = searched = at + 1;
	}
	if (from) {
		memmove(pending->at, pending->at + from, pending->len - from);
		pending->len -= from;
	}
	if (pending->len > RESIDENCE_LINE_MAX_BYTES)
		overlong_answer(calculator);
}

static bool stream_answer(struct calculator *calculator)
{
	static char chunk[CHUNK_BYTES];

	for (;;) {
		ssize_t got = read(calculator->fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			fprintf(stderr, "youju residence: cannot read: %s\n", strerror(errno));
			return false;
		}
		if (got == 0)
			break;
		size_t before = calculator->pending.len;
		buf_bytes(&calculator->pending, chunk, (size_t)got);
		lines_take(calculator, before);
		if (!output_write(&calculator->out))
			return false;
	}
	if (calculator->pending.len)
		line_take(calculator, buf_str(&calculator->pending));
	return output_write(&calculator->out);
}

static bool input_open(const char *path, int *out)
{
	*out = STDIN_FILENO;
	if (!path || strcmp(path, "-") == 0)
		return true;
	*out = open(path, O_RDONLY | O_CLOEXEC);
	if (*out < 0)
		fprintf(stderr, "youju residence: cannot open %s: %s\n", path, strerror(errno));
	return *out >= 0;
}

int verb_residence(int argc, char **argv)
{
	struct calculator calculator = { .full = false };
	const char *path = NULL;

	for (int i = 1; i < argc; i++) {
		bool is_option = argv[i][0] == '-' && argv[i][1];
		if (strcmp(argv[i], "--full") == 0) {
			calculator.full = true;
		} else if (is_option || path) {
			fputs("usage: youju residence [--full] [FILE]\n", stderr);
			return 2;
		} else {
			path = argv[i];
		}
	}
	if (!input_open(path, &calculator.fd))
		return 1;
	calculator.arena = arena_open(RESIDENCE_LINE_ARENA_BYTES);
	calculator.pending = buf_open();
	calculator.out = buf_open();
	bool fine = stream_answer(&calculator);
	buf_close(&calculator.pending);
	buf_close(&calculator.out);
	arena_close(&calculator.arena);
	if (calculator.fd != STDIN_FILENO)
		close(calculator.fd);
	return fine ? 0 : 1;
}
