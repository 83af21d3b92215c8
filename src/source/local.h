/* The simulated agency: one SQLite file that the courier only reads, filled by a seeded generator
 * with people and with the faults of the real world. */
#ifndef YOUJU_SOURCE_LOCAL_H
#define YOUJU_SOURCE_LOCAL_H

#include "source/source.h"

/* --- asking ------------------------------------------------------------------------------------ */

struct local_source;

/* FAIL_NOT_FOUND, FAIL_CORRUPT, FAIL_STORE. One thread's. */
MUST_CHECK enum fail local_source_open(const char *path, struct local_source **out);
void local_source_close(struct local_source **source); /* NULL is fine */

/* One look at the file for several questions: from here to local_source_settle they see one state of it, and it is
 * locked once. Looking again changes nothing. */
MUST_CHECK enum fail local_source_look(struct local_source *source);
void local_source_settle(struct local_source *source);

/* Answers, with a look of its own where there is none; what goes wrong at the agency is a result (timeout, maintenance, …), not a failure. Texts
 * live in the arena. *wait_ms_out: a real agency would have needed so long; the courier sends the
 * answer no sooner and serves others meanwhile. */
MUST_CHECK enum fail local_source_ask(struct local_source *source, struct arena *arena,
                                      const struct source_plan *plan, struct rows *out,
                                      int64_t *wait_ms_out);

/* --- making -------------------------------------------------------------------------------------- */

/* What the agency does when this person is asked for. */
enum local_fault {
	LOCAL_FINE,
	LOCAL_SLOW,
	LOCAL_TIMEOUT,
	LOCAL_MAINTENANCE,
	LOCAL_DENIED,
	LOCAL_ERROR,
	LOCAL_TRUNCATED, /* the last page is missing */
	LOCAL_MALFORMED, /* a row that breaks the format */
	LOCAL_FAULT_COUNT
};

enum local_habit {
	HABIT_ANY,            /* drawn by the seed: mostly at home, some travel, few away */
	HABIT_NEVER,          /* never travelled: no row at all */
	HABIT_RARE,           /* a holiday or two a year */
	HABIT_FREQUENT,       /* out every second week */
	HABIT_SAME_DAY,       /* out and in on one date, several times a month */
	HABIT_LONG_AWAY,      /* more than half of each year abroad */
	HABIT_GONE,           /* left before the window, never came back */
	HABIT_CONFLICT,       /* two exits in a row */
	HABIT_DELETED_EXIT,   /* an exit that is deleted at options.deletion_ms */
	HABIT_DUAL_PASSPORT,  /* left on one passport, came back on another */
	HABIT_TWO_NUMBERS,    /* rows under an old and a new number */
	HABIT_NEWBORN,        /* born inside the window, no row */
	HABIT_BLACK_SQUARE,   /* the agency holds the name with "■" */
	HABIT_DUPLICATES,     /* rows delivered twice */
	HABIT_STALE,          /* data forty days old, a trip going on */
	HABIT_FOUR_COUNTS,    /* at options.anchor: A 184, B 183, C 185, D 182 */
	HABIT_SLOW, HABIT_TIMEOUT, HABIT_MAINTENANCE, HABIT_DENIED, HABIT_ERROR, HABIT_TRUNCATED,
	HABIT_MALFORMED,      /* frequent travellers at whom the agency fails in this way */
	HABIT_UNKNOWN,        /* the agency does not know the number */
	HABIT_COUNT
};

struct local_person {
	struct source_number numbers[SOURCE_NUMBERS_MAX]; /* the first is the main one */
	size_t number_count;
	struct str name;
	struct date born;
	enum person_kind kind; /* who is not a national also gets rows of items 2 to 7 */
	enum local_habit habit;
	const struct residence_row *rows; /* instead of a habit's rows, when not NULL */
	size_t row_count;
};

struct local_options {
	uint64_t seed;
	struct date anchor;    /* histories are made around the year before this day */
	int64_t deletion_ms;   /* when HABIT_DELETED_EXIT loses its exit; INT64_MAX: never */
	size_t made_count;     /* people to make up besides the given ones: local_person_made(0…), but for
	                        * numbers that given ones have */
};

/* Writes a new file (an old one of this name is replaced). The same options give the same rows. The
 * arena takes a few kilobytes a person for a moment only. */
MUST_CHECK enum fail local_source_generate(const char *path, const struct local_options *options,
                                           const struct local_person *people, size_t count);

/* Made-up person number n (below 10,000,000): a valid national number that no two share, name,
 * birthday, HABIT_ANY. Texts live in the arena. */
struct local_person local_person_made(struct arena *arena, uint64_t seed, uint64_t n);

const char *local_habit_name(enum local_habit habit); /* "never", "four_counts" … */

#endif
