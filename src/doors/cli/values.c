#include "doors/cli/values.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "doors/cli/pin.h"
#include "doors/language.h"
#include "law/idno.h"

static const char NO_SECRETS[] =
	N_("This is secret, and everybody on this machine can read arguments (個人資料保護法 §18; C25): "
	"write field=@FILE, or field=@- and give it on standard input.");
static const char NO_NUMBERS[] =
	N_("This looks like an identity number, and everybody on this machine can read arguments "
	"(個人資料保護法 §18; C25): write field=@- and give it on standard input, or use the party number.");
static const char NO_EQUALS[] = N_("Fields are written field=value.");

enum { PARTY_DIGITS_MAX = 4 };

bool value_is_identity(struct str text)
{
	enum idno_fault fault = idno_read_typed(text, DATE_NONE).fault;

	return fault == IDNO_FINE || fault == IDNO_VOID || fault == IDNO_CHECK;
}

/* ask names its person by the number in the case, which says nothing by itself. */
static bool is_party_number(struct str text)
{
	uint64_t n;

	return text.len <= PARTY_DIGITS_MAX && str_to_u64(text, &n) == OK;
}

static bool may_stand_open(struct cli *cli, const struct field_spec *field, struct pair pair)
{
	if (value_is_identity(pair.text)) {
		cli_error(cli, pair.name, NO_NUMBERS);
		return false;
	}
	if (field && field->kind == FIELD_SECRET && pair.text.len && !is_party_number(pair.text)) {
		cli_error(cli, pair.name, NO_SECRETS);
		return false;
	}
	return true;
}

static bool file_value(struct cli *cli, struct pair *pair)
{
	const char *path = str_c(cli->arena, str_slice(pair->text, 1, pair->text.len));
	enum fail fail = file_load(cli->arena, path, VALUE_MAX_BYTES, &pair->text);

	if (fail == OK)
		return true;
	cli_failed(cli, str_from(path), fail);
	return false;
}

/* Whole standard input, once. */
static bool input_load(struct cli *cli, struct str *out)
{
	struct buf all = buf_on(cli->arena);
	char room[65536];

	for (;;) {
		ssize_t got = read(STDIN_FILENO, room, sizeof room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || all.len + (size_t)got > VALUE_MAX_BYTES) {
			cli_failed(cli, STR("@-"), got < 0 ? FAIL_IO : FAIL_TOO_LARGE);
			return false;
		}
		if (got == 0)
			break;
		buf_bytes(&all, room, (size_t)got);
	}
	*out = buf_str(&all);
	return true;
}

static struct str line_take(struct str *rest)
{
	struct str line = STR("");

	str_cut(rest, '\n', &line);
	return str_ends(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line;
}

static bool is_input(struct str text)
{
	return str_is(text, "@-");
}

static bool inputs_fill(struct cli *cli, const struct record_spec *spec, struct pair *pairs, size_t count)
{
	struct str rest = STR("");
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		left += is_input(pairs[i].text);
	bool terminal = isatty(STDIN_FILENO);
	if (left && !terminal && !input_load(cli, &rest))
		return false;
	for (size_t i = 0; i < count && left; i++) {
		if (!is_input(pairs[i].text))
			continue;
		const struct field_spec *field = spec ? record_field(spec, pairs[i].name) : NULL;
		if (terminal && !prompt_read(cli, field ? field->label : N_("Value"),
		                             field && field->kind == FIELD_SECRET, &pairs[i].text))
			return false;
		if (!terminal)
			pairs[i].text = --left ? line_take(&rest) : str_trim(rest);
	}
	return true;
}

static bool value_read(struct cli *cli, const struct record_spec *spec, struct str arg, struct pair *out)
{
	struct pair pair = { .text = arg };
	size_t at;

	if (!str_find(arg, STR("="), &at) || at == 0) {
		cli_error(cli, value_is_identity(arg) ? STR("") : arg, NO_EQUALS);
		return false;
	}
	pair.name = str_slice(arg, 0, at);
	pair.text = str_slice(arg, at + 1, arg.len);
	const struct field_spec *field = spec ? record_field(spec, pair.name) : NULL;
	if (str_starts(pair.text, STR("@@")))
		pair.text = str_slice(pair.text, 1, pair.text.len);
	else if (str_starts(pair.text, STR("@")) && !is_input(pair.text)) {
		if (!file_value(cli, &pair))
			return false;
		*out = pair;
		return true;
	}
	if (!is_input(pair.text) && !may_stand_open(cli, field, pair))
		return false;
	*out = pair;
	return true;
}

bool values_read(struct cli *cli, const struct record_spec *spec, size_t first,
                 struct pair out[VALUES_MAX], size_t *count_out)
{
	size_t count = 0;

	for (size_t i = first; i < cli->count; i++) {
		if (count == VALUES_MAX) {
			cli_error(cli, STR(""), N_("Too many arguments."));
			return false;
		}
		if (!value_read(cli, spec, cli->args[i], &out[count++]))
			return false;
	}
	if (!inputs_fill(cli, spec, out, count))
		return false;
	*count_out = count;
	return true;
}
