#include "base/file.h"
#include "roles/verify.h"

bool small_load(struct verify *verify, const char *path, enum defect missing, struct str *out)
{
	enum fail fail = file_load(&verify->arena, path, 2 * NOTE_BYTES_MAX, out);

	if (fail == OK)
		return true;
	finding_add(&verify->findings, fail == FAIL_NOT_FOUND ? missing : DEFECT_UNREADABLE, 0);
	return false;
}

bool policy_load(struct verify *verify)
{
	struct str text;
	size_t line;

	if (!verify->policy_path)
		return true;
	if (!small_load(verify, verify->policy_path, DEFECT_POLICY, &text))
		return false;
	verify->policy = arena_new(&verify->arena, struct policy);
	if (policy_parse(&verify->arena, text, verify->policy, &line) == OK)
		return true;
	finding_add(&verify->findings, DEFECT_POLICY, line);
	return false;
}

/* No key of ours vouches: was it signed by another key under a name of ours? */
static enum defect nobody_vouches(const struct verify *verify, const struct note *note)
{
	for (size_t i = 0; i < note->count; i++)
		for (size_t k = 0; k < verify->key_count; k++)
			if (str_eq(note->signatures[i].name, verify->keys[k].name))
				return DEFECT_WRONG_KEY;
	return DEFECT_NO_SIGNATURE;
}

static bool signed_by_us(struct verify *verify, const struct note *note)
{
	if (note_verify(&verify->arena, note, verify->keys, verify->key_count, &verify->logs) == OK)
		return true;
	finding_add(&verify->findings,
	            verify->logs.failed.len ? DEFECT_BAD_SIGNATURE : nobody_vouches(verify, note), 0);
	return false;
}

static bool policy_met(struct verify *verify, const struct note *note)
{
	struct note_coverage logs;

	if (!verify->policy)
		return true;
	enum fail fail = policy_verify(&verify->arena, verify->policy, note, &logs,
	                               &verify->witnesses);
	if (fail == OK)
		return true;
	bool wrong = logs.failed.len || verify->witnesses.failed.len;
	finding_add(&verify->findings, wrong ? DEFECT_BAD_SIGNATURE : DEFECT_QUORUM, 0);
	return false;
}

/* The log's own name is the name of one of its keys that vouched. */
static bool origin_is_ours(const struct verify *verify, struct str origin)
{
	for (size_t k = 0; k < verify->key_count; k++)
		if (verify->logs.by[k] && str_eq(verify->keys[k].name, origin))
			return true;
	return false;
}

/* A checkpoint's text with nothing, or nothing but the empty line, below it. */
static bool is_bare(struct verify *verify, struct str bytes)
{
	struct checkpoint bare;

	if (str_ends(bytes, STR("\n\n")))
		bytes.len--;
	return checkpoint_parse(&verify->arena, bytes, &bare) == OK;
}

bool note_check(struct verify *verify, struct str bytes, struct checkpoint *out)
{
	struct note *note = arena_new(&verify->arena, struct note);

	if (note_parse(&verify->arena, bytes, note) != OK) {
		finding_add(&verify->findings,
		            is_bare(verify, bytes) ? DEFECT_NO_SIGNATURE : DEFECT_BAD_NOTE, 0);
		return false;
	}
	if (!signed_by_us(verify, note))
		return false;
	if (checkpoint_parse(&verify->arena, note->text, out) != OK) {
		finding_add(&verify->findings, DEFECT_BAD_NOTE, 0);
		return false;
	}
	if (!origin_is_ours(verify, out->origin)) {
		finding_add(&verify->findings, DEFECT_FOREIGN_ORIGIN, 0);
		return false;
	}
	policy_met(verify, note);
	return true;
}
