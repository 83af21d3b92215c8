#include "doors/cli/pin.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/crypto.h"
#include "doors/language.h"

enum { LINE_MAX_BYTES = 4096 };

/* Byte by byte: what follows the line belongs to the next reader. */
static enum fail line_read(struct arena *arena, int fd, struct str *out)
{
	char line[LINE_MAX_BYTES];
	size_t len = 0;

	while (len < sizeof line) {
		ssize_t got = read(fd, line + len, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FAIL_IO;
		if (got == 0 || line[len] == '\n')
			break;
		len++;
	}
	if (len == sizeof line)
		return FAIL_TOO_LARGE;
	while (len && line[len - 1] == '\r')
		len--;
	*out = str_copy(arena, str_bytes(line, len));
	wipe(line, sizeof line);
	return OK;
}

static enum fail terminal_ask(struct cli *cli, int fd, const char *label, bool silent, struct str *out)
{
	struct termios before, quiet;
	struct str prompt = str_printf(cli->arena, "%s: ", label);

	if (tcgetattr(fd, &before) != 0)
		return FAIL_IO;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	if (write(fd, prompt.at, prompt.len) < 0 || (silent && tcsetattr(fd, TCSAFLUSH, &quiet) != 0))
		return FAIL_IO;
	enum fail fail = line_read(cli->arena, fd, out);
	if (silent && (tcsetattr(fd, TCSAFLUSH, &before) != 0 || write(fd, "\n", 1) < 0))
		return FAIL_IO;
	return fail;
}

bool prompt_read(struct cli *cli, const char *label, bool silent, struct str *out)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0) {
		cli_error(cli, STR(""), N_("There is no terminal to ask at; use --pin-fd N for a PIN and @FILE for fields."));
		return false;
	}
	enum fail fail = terminal_ask(cli, fd, cli_say(cli, label), silent, out);
	close(fd);
	if (fail != OK)
		cli_failed(cli, STR(""), fail);
	return fail == OK;
}

bool pin_read(struct cli *cli, const char *fd_text, struct str card, struct str *out)
{
	uint64_t fd;

	if (!fd_text)
		return prompt_read(cli, str_printf(cli->arena, "%s %.*s", cli_say(cli, N_("PIN of")), STR_FMT(card)).at,
		                   true, out);
	if (str_to_u64(str_from(fd_text), &fd) != OK || fd > INT_MAX) {
		cli_error(cli, STR("--pin-fd"), N_("Write the number of an open descriptor."));
		return false;
	}
	enum fail fail = line_read(cli->arena, (int)fd, out);
	if (fail != OK)
		cli_failed(cli, STR("--pin-fd"), fail);
	return fail == OK;
}
