/* Stories: sentences that a lawyer can read, carried out on a real data directory.
 *
 *   story: G3.4b an officer asks only for cases of her office
 *     given the officer mei of sanmin
 *     when  mei asks residence for party 1 of 113-0041, basis B_LOW, purpose yearly_recheck
 *     then  answered eligible, log +2
 *
 * A line that begins with "and" goes on with the word above it; lines that begin with "|" are the
 * rows of a list that belongs to the sentence above them; "#" begins a remark. The first word of a
 * story's name is the clause it stands for. */
#ifndef YOUJU_TESTS_STORIES_STORY_H
#define YOUJU_TESTS_STORIES_STORY_H

#include "base/buf.h"

enum { STORIES_MAX = 512, SENTENCES_MAX = 64, SLOTS_MAX = 24 };

enum sentence_word { WORD_GIVEN, WORD_WHEN, WORD_THEN };

struct sentence {
	enum sentence_word word;
	size_t line;      /* of the file, from 1 */
	struct str text;  /* blanks squeezed to one */
	struct str rows;  /* "|" lines as CSV, "" for none */
};

struct story {
	const char *file;
	size_t line;
	struct str name;
	size_t count;
	struct sentence at[SENTENCES_MAX];
};

struct stories {
	bool bare; /* "office: bare": in an office that nobody has started yet */
	size_t count;
	struct story *at[STORIES_MAX];
};

/* Reads one file into the arena. FAIL_SYNTAX: *why_out says line and reason. */
MUST_CHECK enum fail stories_read(struct arena *arena, const char *path, struct stories *out,
                                  struct str *why_out);

/* --- sentences as patterns --- */

/* What a {slot} of the pattern took from the sentence. */
struct slot { struct str name, text; };

struct slots {
	size_t count;
	struct slot at[SLOTS_MAX];
};

/* A {slot} takes at least one word, up to the next word of the pattern that fits; every other word
 * stands for itself. */
bool pattern_match(struct str pattern, struct str text, struct slots *out);
struct str slot_get(const struct slots *slots, const char *name); /* "" when absent */

/* Commas between a main clause and its adverbial ones: "main, basis B_LOW, log +2" is cut at ", ".
 * Quoted text keeps its commas. */
struct str clause_take(struct str *rest);

#endif
