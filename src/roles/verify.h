/* youju-verify: checks an exported log, or one receipt, with nothing but public keys. */
#ifndef YOUJU_ROLES_VERIFY_H
#define YOUJU_ROLES_VERIFY_H

#include "journal/policy.h"
#include "journal/receipt.h"
#include "journal/verify.h"

struct verify {
	const char *folder, *policy_path, *against_path, *proof_path, *entry_path;
	struct note_key keys[NOTE_KEYS_MAX];
	size_t key_count;
	struct policy *policy; /* NULL: none */
	struct arena arena;
	struct findings findings;
	struct checkpoint head;
	struct note_coverage logs, witnesses;
	bool quiet;
};

/* --- verify_note.c --- Each records what it finds and returns false when going on makes no sense. */
bool policy_load(struct verify *verify);
bool note_check(struct verify *verify, struct str bytes, struct checkpoint *out);
/* Reads a small file; a missing one is `missing`, another failure DEFECT_UNREADABLE. */
bool small_load(struct verify *verify, const char *path, enum defect missing, struct str *out);

/* --- verify_folder.c --- */
void folder_check(struct verify *verify);

/* --- verify_receipt.c --- */
void receipt_check(struct verify *verify);

#endif
