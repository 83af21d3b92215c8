/* Whose word makes a checkpoint good enough: c2sp.org/tlog-policy.
 *
 *   log <vkey> [url]                       any of these logs
 *   witness <name> <vkey> [url]
 *   group <name> all|any|<k> <member>…     members are witnesses or groups above, each used once
 *   quorum <name>|none                     exactly one */
#ifndef YOUJU_JOURNAL_POLICY_H
#define YOUJU_JOURNAL_POLICY_H

#include "journal/note.h"

enum { POLICY_ITEMS_MAX = 32, POLICY_BYTES_MAX = 64 * 1024 };

struct policy_member { struct str name; size_t number; bool is_group, used; };

struct policy_group {
	size_t needed, count;
	size_t members[2 * POLICY_ITEMS_MAX]; /* positions in policy.members */
};

struct policy {
	size_t log_count, witness_count, group_count, member_count;
	struct note_key logs[POLICY_ITEMS_MAX], witnesses[POLICY_ITEMS_MAX];
	struct policy_group groups[POLICY_ITEMS_MAX];
	struct policy_member members[2 * POLICY_ITEMS_MAX]; /* witnesses and groups as defined */
	bool has_quorum, no_quorum;
	size_t quorum; /* position in members */
};

/* *line_out is the 1-based line that is wrong when FAIL_SYNTAX or FAIL_UNTRUSTED (a key whose id is
 * not its own) is returned; 0 when something is missing at the end. */
MUST_CHECK enum fail policy_parse(struct arena *arena, struct str text, struct policy *out,
                                  size_t *line_out);

/* vouched[i]: witness i has cosigned. */
bool policy_quorum(const struct policy *policy, const bool vouched[POLICY_ITEMS_MAX]);

/* One of the policy's logs signed the note and enough witnesses cosigned it. *logs_out and
 * *witnesses_out say who, also on failure. FAIL_UNTRUSTED when the log's word is missing or a
 * line is wrong, FAIL_CONFLICT when only the quorum is not met. */
MUST_CHECK enum fail policy_verify(struct arena *arena, const struct policy *policy,
                                   const struct note *note, struct note_coverage *logs_out,
                                   struct note_coverage *witnesses_out);

#endif
