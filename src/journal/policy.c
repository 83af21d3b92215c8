#include "journal/policy.h"

static bool word_take(struct str *line, struct str *out)
{
	while (line->len && (line->at[0] == ' ' || line->at[0] == '\t'))
		*line = str_slice(*line, 1, line->len);
	size_t len = 0;
	while (len < line->len && line->at[len] != ' ' && line->at[len] != '\t')
		len++;
	*out = str_slice(*line, 0, len);
	*line = str_slice(*line, len, line->len);
	return len > 0;
}

/* An address may follow; nothing may follow that. */
static enum fail url_take(struct str *line)
{
	struct str word;

	if (!word_take(line, &word))
		return OK;
	return word_take(line, &word) ? FAIL_SYNTAX : OK;
}

static struct policy_member *member_find(struct policy *policy, struct str name)
{
	for (size_t i = 0; i < policy->member_count; i++)
		if (str_eq(policy->members[i].name, name))
			return &policy->members[i];
	return NULL;
}

static enum fail member_add(struct policy *policy, struct str name, bool is_group, size_t number)
{
	if (str_is(name, "none") || member_find(policy, name))
		return FAIL_SYNTAX;
	policy->members[policy->member_count++] =
		(struct policy_member){ .name = name, .is_group = is_group, .number = number };
	return OK;
}

static enum fail log_line(struct arena *arena, struct str line, struct policy *policy)
{
	struct str word;

	if (policy->log_count == POLICY_ITEMS_MAX || !word_take(&line, &word))
		return FAIL_SYNTAX;
	struct note_key *key = &policy->logs[policy->log_count];
	TRY(note_key_parse(arena, word, key));
	policy->log_count++;
	return key->kind == NOTE_ED25519 ? url_take(&line) : FAIL_SYNTAX;
}

static enum fail witness_line(struct arena *arena, struct str line, struct policy *policy)
{
	struct str name, word;

	if (policy->witness_count == POLICY_ITEMS_MAX || !word_take(&line, &name) ||
	    !word_take(&line, &word))
		return FAIL_SYNTAX;
	TRY(member_add(policy, name, false, policy->witness_count));
	struct note_key *key = &policy->witnesses[policy->witness_count];
	TRY(note_key_parse(arena, word, key));
	policy->witness_count++;
	return key->kind == NOTE_COSIGNATURE ? url_take(&line) : FAIL_SYNTAX;
}

static enum fail needed_of(struct str word, struct policy_group *group)
{
	uint64_t k;

	if (str_is(word, "all") || str_is(word, "any")) {
		group->needed = str_is(word, "all") ? group->count : 1;
		return OK;
	}
	TRY(str_to_u64(word, &k));
	if (k < 1 || k > group->count)
		return FAIL_SYNTAX;
	group->needed = (size_t)k;
	return OK;
}

static enum fail group_line(struct arena *arena, struct str line, struct policy *policy)
{
	struct str name, rule, word;
	struct policy_group *group = &policy->groups[policy->group_count];

	(void)arena;
	if (policy->group_count == POLICY_ITEMS_MAX || !word_take(&line, &name) ||
	    !word_take(&line, &rule))
		return FAIL_SYNTAX;
	*group = (struct policy_group){ .count = 0 };
	while (word_take(&line, &word)) {
		struct policy_member *member = member_find(policy, word);
		if (!member || member->used)
			return FAIL_SYNTAX;
		member->used = true;
		group->members[group->count++] = (size_t)(member - policy->members);
	}
	if (group->count == 0)
		return FAIL_SYNTAX;
	TRY(needed_of(rule, group));
	return member_add(policy, name, true, policy->group_count++);
}

static enum fail quorum_line(struct arena *arena, struct str line, struct policy *policy)
{
	struct str name, more;

	(void)arena;
	if (policy->has_quorum || !word_take(&line, &name) || word_take(&line, &more))
		return FAIL_SYNTAX;
	policy->has_quorum = true;
	policy->no_quorum = str_is(name, "none");
	if (policy->no_quorum)
		return OK;
	struct policy_member *member = member_find(policy, name);
	if (!member)
		return FAIL_SYNTAX;
	policy->quorum = (size_t)(member - policy->members);
	return OK;
}

static enum fail line_parse(struct arena *arena, struct str line, struct policy *policy)
{
	static const struct {
		const char *word;
		enum fail (*parse)(struct arena *arena, struct str line, struct policy *policy);
	} rows[] = {
		{ "log", log_line },
		{ "witness", witness_line },
		{ "group", group_line },
		{ "quorum", quorum_line },
	};
	struct str word;

	if (!word_take(&line, &word) || word.at[0] == '#')
		return OK;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_is(word, rows[i].word))
			return rows[i].parse(arena, line, policy);
	return FAIL_SYNTAX;
}

enum fail policy_parse(struct arena *arena, struct str text, struct policy *out, size_t *line_out)
{
	struct str line;

	*out = (struct policy){ 0 };
	*line_out = 0;
	if (text.len > POLICY_BYTES_MAX)
		return FAIL_TOO_LARGE;
	for (size_t n = 1; str_cut(&text, '\n', &line); n++) {
		enum fail fail = line_parse(arena, line, out);
		if (fail != OK) {
			*line_out = n;
			return fail;
		}
	}
	return out->has_quorum && out->log_count ? OK : FAIL_SYNTAX;
}

/* Groups name only what stands above them, so one pass in order settles all. */
bool policy_quorum(const struct policy *policy, const bool vouched[POLICY_ITEMS_MAX])
{
	bool holds[2 * POLICY_ITEMS_MAX] = { false };

	if (policy->no_quorum)
		return true;
	for (size_t i = 0; i < policy->member_count; i++) {
		const struct policy_member *member = &policy->members[i];
		if (!member->is_group) {
			holds[i] = vouched[member->number];
			continue;
		}
		const struct policy_group *group = &policy->groups[member->number];
		size_t votes = 0;
		for (size_t k = 0; k < group->count; k++)
			votes += holds[group->members[k]];
		holds[i] = votes >= group->needed;
	}
	return holds[policy->quorum];
}

enum fail policy_verify(struct arena *arena, const struct policy *policy, const struct note *note,
                        struct note_coverage *logs_out, struct note_coverage *witnesses_out)
{
	*witnesses_out = (struct note_coverage){ .failed = STR("") };
	TRY(note_verify(arena, note, policy->logs, policy->log_count, logs_out));
	enum fail fail = note_verify(arena, note, policy->witnesses, policy->witness_count,
	                             witnesses_out);
	if (fail != OK && witnesses_out->failed.len)
		return fail;
	return policy_quorum(policy, witnesses_out->by) ? OK : FAIL_CONFLICT;
}
