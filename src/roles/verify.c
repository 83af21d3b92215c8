#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "roles/verify.h"

enum { EXIT_USAGE = 2, ARENA_BYTES = 64 * 1024 * 1024 };

static const char usage[] =
	"usage: youju-verify LOGDIR --key VKEY [--key VKEY]… [--policy FILE] [--against CHECKPOINT]\n"
	"       youju-verify --proof FILE.tlog-proof --entry FILE --key VKEY [--policy FILE]\n"
	"\n"
	"Checks a log that was exported as C2SP tlog-tiles, or that one entry is in a log, with public\n"
	"keys only. Exits 0 when everything holds, 2 on wrong usage, else with the first of these codes\n"
	"that applies (all findings are printed):\n";

static int usage_print(FILE *to, int code)
{
	fputs(usage, to);
	for (unsigned i = DEFECT_NONE + 1; i < DEFECT_COUNT; i++)
		fprintf(to, "  %2d  %-16s %s\n", defect_specs[i].exit_code, defect_specs[i].name,
		        defect_specs[i].means);
	return code;
}

static bool key_take(struct verify *verify, const char *text)
{
	if (verify->key_count == NOTE_KEYS_MAX)
		return false;
	struct note_key *key = &verify->keys[verify->key_count];
	if (note_key_parse(&verify->arena, str_from(text), key) != OK || key->kind != NOTE_ED25519) {
		fprintf(stderr, "youju-verify: not a verifier key of a log: %s\n", text);
		return false;
	}
	verify->key_count++;
	return true;
}

static bool arguments_read(struct verify *verify, int argc, char **argv)
{
	const struct { const char *name; const char **value; } options[] = {
		{ "--policy", &verify->policy_path },
		{ "--against", &verify->against_path },
		{ "--proof", &verify->proof_path },
		{ "--entry", &verify->entry_path },
	};

	for (int i = 1; i < argc; i++) {
		const char **value = NULL;
		if (strcmp(argv[i], "--quiet") == 0) {
			verify->quiet = true;
			continue;
		}
		if (argv[i][0] != '-' && !verify->folder) {
			verify->folder = argv[i];
			continue;
		}
		if (i + 1 == argc)
			return false;
		if (strcmp(argv[i], "--key") == 0) {
			if (!key_take(verify, argv[++i]))
				return false;
			continue;
		}
		for (size_t k = 0; k < ARRAY_LEN(options); k++)
			if (strcmp(argv[i], options[k].name) == 0)
				value = options[k].value;
		if (!value || *value)
			return false;
		*value = argv[++i];
	}
	bool receipt = verify->proof_path && verify->entry_path && !verify->folder &&
	               !verify->against_path;
	bool folder = verify->folder && !verify->proof_path && !verify->entry_path;
	return verify->key_count > 0 && (receipt || folder);
}

static void findings_print(const struct verify *verify)
{
	for (unsigned i = DEFECT_NONE + 1; i < DEFECT_COUNT; i++)
		if (verify->findings.count[i])
			printf("defect %d %s: %s (%llu, first at %llu)\n", defect_specs[i].exit_code,
			       defect_specs[i].name, defect_specs[i].means,
			       (unsigned long long)verify->findings.count[i],
			       (unsigned long long)verify->findings.first[i]);
}

static void sound_print(const struct verify *verify)
{
	struct arena arena = arena_open(4096);
	struct str root = hex_text(&arena, verify->head.root.at, HASH_BYTES);

	printf("sound: %.*s, %llu entries, root %.*s\n", STR_FMT(verify->head.origin),
	       (unsigned long long)verify->head.size, STR_FMT(root));
	arena_close(&arena);
	for (size_t i = 0; i < verify->key_count; i++)
		if (verify->logs.by[i])
			printf("signed by %.*s\n", STR_FMT(verify->keys[i].name));
	for (size_t i = 0; verify->policy && i < verify->policy->witness_count; i++)
		if (verify->witnesses.by[i])
			printf("cosigned by %.*s at %llu\n", STR_FMT(verify->policy->witnesses[i].name),
			       (unsigned long long)verify->witnesses.time_s[i]);
	if (verify->logs.not_covered)
		printf("%zu signature lines are of keys that were not given: not covered\n",
		       verify->policy ? verify->logs.not_covered - verify->witnesses.known
		                      : verify->logs.not_covered);
}

static int verify_run(struct verify *verify)
{
	if (policy_load(verify)) {
		if (verify->folder)
			folder_check(verify);
		else
			receipt_check(verify);
	}
	enum defect worst = findings_worst(&verify->findings);
	if (!verify->quiet) {
		findings_print(verify);
		if (worst == DEFECT_NONE)
			sound_print(verify);
	}
	return defect_specs[worst].exit_code;
}

int main(int argc, char **argv)
{
	struct verify verify = { .arena = arena_open(ARENA_BYTES) };

	diag_open("youju-verify");
	crypto_open();
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage_print(stdout, 0);
	int code = arguments_read(&verify, argc, argv) ? verify_run(&verify)
	                                               : usage_print(stderr, EXIT_USAGE);
	arena_close(&verify.arena);
	return code;
}
