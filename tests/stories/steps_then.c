/* What must be true afterwards. */
#include <dirent.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "steps.h"

enum { MAIL_TRIES = 500 };

static struct str is_outcome(struct step *step, const char *outcome)
{
	const struct said *said = &step->world->said;

	if (str_is(said->outcome, outcome))
		return STR("");
	return wrong(step->world, "expected %s, but it is %.*s %.*s%.*s\n%.*s", outcome, STR_FMT(said->outcome),
	             STR_FMT(said->refusal), STR_FMT(said->fail), STR_FMT(said->problems));
}

static struct str log_grew(struct step *step, struct str by)
{
	struct str kinds[KINDS_MAX];
	struct buf list = buf_on(step->world->arena);
	uint64_t want;
	size_t count;

	enum fail fail = world_log_kinds(step->world, step->world->before, false, kinds, &count);
	if (fail != OK)
		return wrong(step->world, "the log cannot be read: %s", fail_name(fail));
	if (!str_starts(by, STR("+")) || str_to_u64(str_slice(by, 1, by.len), &want) != OK)
		return wrong(step->world, "write \"log +2\"");
	if (want == count)
		return STR("");
	for (size_t i = 0; i < count; i++)
		buf_printf(&list, " %.*s", STR_FMT(kinds[i]));
	return wrong(step->world, "expected %.*s entries, but there are %zu:%.*s", STR_FMT(by), count,
	             STR_FMT(buf_str(&list)));
}

static struct str log_gained(struct step *step, struct str kind)
{
	struct str kinds[KINDS_MAX];
	struct buf list = buf_on(step->world->arena);
	size_t count;

	enum fail fail = world_log_kinds(step->world, step->world->before, true, kinds, &count);
	for (size_t i = 0; fail == OK && i < count; i++) {
		if (str_eq(kinds[i], kind))
			return STR("");
		buf_printf(&list, " %.*s", STR_FMT(kinds[i]));
	}
	return wrong(step->world, "expected an entry %.*s, but the new ones are:%.*s %s", STR_FMT(kind),
	             STR_FMT(buf_str(&list)), fail == OK ? "" : fail_name(fail));
}

/* Clauses behind an outcome: "log +2", "log has query_asked", "rule G3.4b". */
static struct str clauses_hold(struct step *step)
{
	struct str why = STR("");
	size_t at;

	while (step->clauses.len && !why.len) {
		struct str clause = clause_take(&step->clauses), word;
		str_cut(&clause, ' ', &word);
		if (str_is(word, "log") && str_starts(clause, STR("has ")))
			why = log_gained(step, str_slice(clause, 4, clause.len));
		else if (str_is(word, "log"))
			why = log_grew(step, clause);
		else if (str_is(word, "rule")) {
			if (!str_eq(step->world->said.rule, clause))
				why = wrong(step->world, "the rule named is %.*s", STR_FMT(step->world->said.rule));
		} else if (str_is(word, "naming")) {
			if (!str_find(step->world->said.problems, unquoted(clause), &at))
				why = wrong(step->world, "the problems are:\n%.*s", STR_FMT(step->world->said.problems));
		} else
			why = wrong(step->world, "a clause is \"log +2\", \"log has KIND\", \"rule ID\" or \"naming WORD\"");
	}
	return why;
}

static struct str holds(struct step *step, struct str why)
{
	return why.len ? why : clauses_hold(step);
}

static struct str granted(struct step *step)
{
	return holds(step, is_outcome(step, "granted"));
}

static struct str waiting(struct step *step)
{
	return holds(step, is_outcome(step, "waiting"));
}

static struct str invalid(struct step *step)
{
	return holds(step, is_outcome(step, "invalid"));
}

static struct str refused(struct step *step)
{
	struct str code = slot_get(&step->slots, "refusal"), why = is_outcome(step, "refused");

	if (!why.len && !str_eq(step->world->said.refusal, code))
		why = wrong(step->world, "refused, but as %.*s", STR_FMT(step->world->said.refusal));
	return holds(step, why);
}

static struct str failed(struct step *step)
{
	struct str code = slot_get(&step->slots, "cause"), why = is_outcome(step, "failed");

	if (!why.len && !str_eq(step->world->said.fail, code))
		why = wrong(step->world, "failed, but as %.*s", STR_FMT(step->world->said.fail));
	return holds(step, why);
}

static struct str answer_member(struct step *step, struct str key, const struct json **out)
{
	struct json *object = arena_new(step->world->arena, struct json);
	struct str answer = step->world->said.answer;

	if (!answer.len || json_read(step->world->arena, answer, object) != OK)
		return wrong(step->world, "there is no answer");
	*out = json_member(object, key);
	return *out ? STR("") : wrong(step->world, "the answer has no %.*s: %.*s", STR_FMT(key), STR_FMT(answer));
}

static struct str answered(struct step *step)
{
	struct str want = slot_get(&step->slots, "verdict"), why = is_outcome(step, "granted");
	const struct json *verdict;

	if (!why.len)
		why = answer_member(step, STR("verdict"), &verdict);
	if (!why.len && !str_eq(verdict->text, want))
		why = wrong(step->world, "answered %.*s: %.*s", STR_FMT(verdict->text), STR_FMT(step->world->said.answer));
	return holds(step, why);
}

static struct str reasons_include(struct step *step)
{
	const struct json *reasons;
	struct str why = answer_member(step, STR("reasons"), &reasons);

	if (why.len)
		return why;
	for (size_t i = 0; i < reasons->count; i++)
		if (str_eq(reasons->items[i].text, slot_get(&step->slots, "reason")))
			return STR("");
	return wrong(step->world, "the answer is %.*s", STR_FMT(step->world->said.answer));
}

static struct str day_table_shown(struct step *step)
{
	return step->world->said.has_day_table ? STR("") : wrong(step->world, "there is none");
}

static struct str day_table_hidden(struct step *step)
{
	return step->world->said.has_day_table ? wrong(step->world, "there is one") : STR("");
}

static struct str days_are(struct step *step)
{
	const struct json *days;
	struct str why = answer_member(step, STR("days"), &days);
	uint64_t want;

	if (why.len)
		return why;
	const struct json *count = json_member(days, slot_get(&step->slots, "convention"));
	if (count && count->kind == JSON_IS_INT && str_to_u64(slot_get(&step->slots, "n"), &want) == OK &&
	    count->n == (int64_t)want)
		return STR("");
	return wrong(step->world, "the answer is %.*s", STR_FMT(step->world->said.answer));
}

static struct str list_rows(struct step *step)
{
	uint64_t want;

	if (str_to_u64(slot_get(&step->slots, "n"), &want) == OK && step->world->said.rows.row_count == want)
		return STR("");
	return wrong(step->world, "the list has %zu rows", step->world->said.rows.row_count);
}

static bool rows_have(const struct sheet *rows, struct str text)
{
	size_t at;

	for (size_t cell = 0; cell < rows->row_count * rows->column_count; cell++)
		if (str_find(rows->cells[cell], text, &at))
			return true;
	return false;
}

static struct str list_has(struct step *step)
{
	struct str text = unquoted(slot_get(&step->slots, "text"));

	return rows_have(&step->world->said.rows, text) ? STR("")
	                                                : wrong(step->world, "no row has it");
}

static struct str list_lacks(struct step *step)
{
	struct str text = unquoted(slot_get(&step->slots, "text"));

	return rows_have(&step->world->said.rows, text) ? wrong(step->world, "a row has it") : STR("");
}

static struct str log_gains(struct step *step)
{
	struct str why = log_gained(step, slot_get(&step->slots, "kind"));

	return holds(step, why);
}

static struct str code_told(struct step *step)
{
	return step->world->said.code.len ? STR("") : wrong(step->world, "no code was told");
}

static struct str log_lacks(struct step *step)
{
	struct str text = value_of(step->world, slot_get(&step->slots, "text"));
	bool found;
	enum fail fail = world_log_has(step->world, text, &found);

	if (fail != OK)
		return wrong(step->world, "the log cannot be read: %s", fail_name(fail));
	return found ? wrong(step->world, "an entry has it") : STR("");
}

static struct str answer_lacks(struct step *step)
{
	struct str text = unquoted(slot_get(&step->slots, "text"));
	size_t at;

	if (!step->world->said.answer.len)
		return wrong(step->world, "there is no answer");
	return str_find(step->world->said.answer, text, &at) ? wrong(step->world, "the answer has it") : STR("");
}

static struct str waiting_ends(struct step *step)
{
	struct world *world = step->world;
	char room[256];
	size_t len = 0;

	if (world->waiting_fd < 0)
		return wrong(world, "nobody waits");
	for (ssize_t got; len < sizeof room && (got = read(world->waiting_fd, room + len, sizeof room - len)) > 0;)
		len += (size_t)got;
	close(world->waiting_fd);
	waitpid(world->waiting, NULL, 0);
	world->waiting_fd = -1;
	if (str_eq(str_trim(str_bytes(room, len)), slot_get(&step->slots, "how")))
		return clauses_hold(step);
	return wrong(world, "it ended %.*s", (int)len, room);
}

static struct str log_has(struct step *step)
{
	struct str text = unquoted(slot_get(&step->slots, "text"));
	bool found;
	enum fail fail = world_log_has(step->world, text, &found);

	if (fail != OK)
		return wrong(step->world, "the log cannot be read: %s", fail_name(fail));
	return found ? STR("") : wrong(step->world, "no entry has it");
}

static size_t mails_count(struct world *world)
{
	DIR *folder = opendir(str_printf(world->arena, "%s/mail", world->dir).at);
	const struct dirent *entry;
	size_t count = 0;

	while (folder && (entry = readdir(folder)))
		count += str_ends(str_from(entry->d_name), STR(".eml"));
	if (folder)
		closedir(folder);
	return count;
}

/* They leave a moment after they are due, and their entries a moment later. */
static struct str mails_left(struct step *step)
{
	size_t count = 0, entries = 0;
	uint64_t want;

	if (str_to_u64(slot_get(&step->slots, "n"), &want) != OK)
		return wrong(step->world, "how many?");
	for (int tries = 0; tries < MAIL_TRIES; tries++) {
		count = mails_count(step->world);
		if (count >= want && world_log_count(step->world, STR("\"reminder_sent\""), &entries) == OK && entries >= want)
			break;
		nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	}
	return count == want && entries == want ? STR("") : wrong(step->world, "there are %zu, and %zu entries", count, entries);
}

static const struct step_row rows[] = {
	{ "granted", granted },
	{ "waiting", waiting },
	{ "invalid", invalid },
	{ "refused {refusal}", refused },
	{ "failed {cause}", failed },
	{ "answered {verdict}", answered },
	{ "the reasons include {reason}", reasons_include },
	{ "days by convention {convention} are {n}", days_are },
	{ "a day table is shown", day_table_shown },
	{ "no day table is shown", day_table_hidden },
	{ "the waiting ends {how}", waiting_ends },
	{ "the code is told", code_told },
	{ "the list has {n} rows", list_rows },
	{ "the list shows {text}", list_has },
	{ "the list does not show {text}", list_lacks },
	{ "the log gains {kind}", log_gains },
	{ "the answer nowhere holds {text}", answer_lacks },
	{ "the log nowhere holds {text}", log_lacks },
	{ "the log holds {text}", log_has },
	{ "{n} reminder mails have left", mails_left },
};
const struct step_rows then_rows = { rows, ARRAY_LEN(rows) };
