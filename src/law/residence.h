/* The residence test: 最近一年居住國內超過一百八十三日 (社會救助法 §4(6) and its relatives).
 *
 * Nobody has published an official counting rule, so everything that could be read in two ways is a
 * parameter (struct residence_rules), every answer names the rule and version it was made with, and
 * whatever depends on the reading goes to a person (needs_review) with the reason.
 *
 * Read the files in this order:
 *   residence.h          the words
 *   residence_window.c   which days are asked about
 *   residence_history.c  what the border records say: order inside a date, conflicts, trips
 *   residence_days.c     which days of a trip are absent, and how many days remain
 *   residence_decide.c   verdict and reasons of a year, of three years, of a household
 *   residence_flip.c     from which date the answer would change
 *   residence_table.c    the trips and the calendar for the decision letter
 *   residence_letter.c   the sentence of the decision letter
 *   residence_rules.c    the parameters by name, with defaults and ranges
 *   residence_words.c    stable names and Chinese terms
 *
 * All of it is pure: no clock, no I/O. Memory comes from the caller's arena and lives as long. */
#ifndef YOUJU_LAW_RESIDENCE_H
#define YOUJU_LAW_RESIDENCE_H

#include "base/time.h"
#include "law/words.h"

#define RESIDENCE_RULE "residence/1" /* id and version of the rule; parameters are printed beside it */

enum {
	RESIDENCE_MAX_ROWS = 5000,  /* border rows of one person */
	RESIDENCE_MAX_YEARS = 3,    /* 國民年金法 §31, §35: 最近三年內每年 */
	RESIDENCE_MAX_WINDOW = 1098 /* days, for fixed:N */
};

/* --- the records ------------------------------------------------------------------------- */

struct residence_row {
	struct date date; /* times of day are unknown */
	enum direction direction; /* DIR_OUT or DIR_IN */
};

struct residence_window { struct date first, last; }; /* both days belong to it */

/* --- what may be set (DOMAIN 4.3) --------------------------------------------------------- */

/* Which days of a trip are absent. A day d with s = inside at 00:00, e = inside at 24:00, n = number
 * of crossings is resident iff  A: e   B: s   C: s or e or n > 0   D: s and e and n = 0. */
enum residence_convention {
	CONVENTION_A, /* exit day absent, entry day present */
	CONVENTION_B, /* exit day present, entry day absent */
	CONVENTION_C, /* both days present */
	CONVENTION_D, /* both days absent */
	CONVENTION_COUNT
};

enum residence_window_kind {
	WINDOW_BOTH_ENDS,     /* [Y(D), D], Y(D) = same date a year before, 29 Feb becomes 28 Feb */
	WINDOW_END_INCLUSIVE, /* [Y(D)+1, D] */
	WINDOW_END_EXCLUSIVE, /* [Y(D), D-1] */
	WINDOW_FIXED,         /* [D-N+1, D] */
	WINDOW_KIND_COUNT
};

enum residence_anchor {
	ANCHOR_ASKED,
	ANCHOR_APPLICATION_DATE,
	ANCHOR_DATA_DATE,
	ANCHOR_PAPERS_COMPLETE,
	ANCHOR_MONTH_END,
	ANCHOR_EXPLICIT,
	ANCHOR_COUNT
};

struct residence_rules {
	bool at_least;               /* op: gt (more than the threshold) or ge (at least) */
	int32_t threshold_days;      /* 1–366 */
	enum residence_window_kind window;
	int32_t fixed_days;          /* N of fixed:N, 1–1098 */
	enum residence_anchor anchor;
	enum residence_convention convention;
	bool same_day_is_absent;     /* same_day=one_day: out and in on one date is one absent day */
	unsigned check_conventions;  /* a bit for each convention to compare with */
	unsigned check_windows;      /* a bit for each window kind to compare with */
	int32_t margin_days;         /* 0–15; 0 switches near_threshold off */
	int32_t years;               /* 1, or 3: each year must hold */
	int32_t lookback_days;       /* 0–3650 before the window, to find the state at its start */
	bool no_row_is_present;      /* no_row=present instead of review */
	bool stale_is_review;        /* stale=review instead of bounds */
	bool newborn_is_counted;     /* newborn=count instead of review */
};

struct residence_rules residence_rules_default(void);

/* Sets one parameter by its full name (residence.window, …) from text. FAIL_NOT_FOUND for an unknown
 * name, FAIL_SYNTAX for a value outside its range; *why_out then says what is allowed (a msgid). */
MUST_CHECK enum fail residence_rules_set(struct residence_rules *rules, struct str name,
                                         struct str value, const char **why_out);

/* "residence/1 op=gt threshold=183 window=both_ends …": what the answer was made with. */
void residence_rules_print(const struct residence_rules *rules, struct buf *out);

/* --- the question ------------------------------------------------------------------------- */

enum residence_reason {
	REVIEW_CONVENTIONS_DISAGREE,
	REVIEW_WINDOWS_DISAGREE,
	REVIEW_NEAR_THRESHOLD,
	REVIEW_RECORD_CONFLICT,
	REVIEW_NO_STATE_BEFORE_WINDOW,
	REVIEW_DATA_STALE,
	REVIEW_SOURCE_INCOMPLETE,
	REVIEW_IDENTITY_UNRESOLVED,
	REVIEW_DUAL_DOCUMENT,
	REVIEW_BORN_IN_WINDOW,
	REVIEW_DISPUTED,
	REVIEW_NO_DAY_TEST,
	REVIEW_COUNT
};

#define REVIEW_BIT(reason) (1u << (reason))

struct residence_question {
	const struct residence_row *rows; /* any order; rows of one date in any order */
	size_t row_count;                 /* at most RESIDENCE_MAX_ROWS */
	struct date anchor;               /* DATE_NONE when window is given instead */
	struct residence_window window;   /* an explicit one; read only without anchor */
	bool coverage_all;                /* the source answers from the first record on */
	struct date coverage_from;        /* else from here; DATE_NONE: not known */
	enum person_kind person;
	bool registration_is_live;        /* household registration not ended (戶籍法 §16(3), §42) */
	struct date born;                 /* DATE_NONE: not known, or long ago */
	struct date data_as_of;           /* DATE_NONE: as fresh as the window */
	struct date seen_on;              /* a day on which somebody met the person here; or DATE_NONE */
	unsigned doubts;                  /* reason bits known from outside: source_incomplete,
	                                     identity_unresolved, dual_document, disputed, no_day_test */
};

struct residence_question residence_question_empty(void);

/* --- the answer --------------------------------------------------------------------------- */

enum residence_verdict {
	VERDICT_NONE, /* only as provisional: the records allow no count, or two different ones */
	VERDICT_ELIGIBLE,
	VERDICT_NEEDS_REVIEW,
	VERDICT_NOT_ELIGIBLE,
	VERDICT_COUNT /* in the order from best to worst, so that a household takes the largest */
};

enum residence_state_source {
	STATE_UNKNOWN,
	STATE_LAST_ROW,  /* the last row before the window */
	STATE_INFERRED,  /* the opposite of the first row after its start */
	STATE_PRESUMED   /* no row at all, and the rule allows to presume presence */
};

struct residence_days { int32_t min, max; }; /* equal when the records leave no doubt */

struct residence_year {
	struct residence_window window; /* begins at birth when born inside it */
	int32_t window_days;
	enum residence_state_source state;
	bool is_counted; /* false: no_state_before_window or no_day_test; days are then 0 */
	struct residence_days days[CONVENTION_COUNT];
	enum residence_verdict verdict, provisional;
	unsigned reasons;
};

struct residence_answer {
	enum residence_verdict verdict, provisional;
	unsigned reasons; /* empty unless verdict is VERDICT_NEEDS_REVIEW */
	struct residence_year years[RESIDENCE_MAX_YEARS];
	size_t year_count, decider; /* the year that the verdict rests on */
	enum residence_convention convention;
	struct date data_as_of, next_flip; /* next_flip: first later anchor with another count verdict,
	                                      if nobody crosses the border any more; DATE_NONE: never */
};

struct residence_answer residence_decide(struct arena *arena, const struct residence_question *ask,
                                         const struct residence_rules *rules);

/* The worst of a household (社會救助法 §4(6): 戶內人口均應): VERDICT_NONE when there is nobody. */
enum residence_verdict residence_household(const enum residence_verdict *members, size_t count);

/* The window of kind before the anchor; fixed_days is read for WINDOW_FIXED only. */
struct residence_window residence_window_at(struct date anchor, enum residence_window_kind kind,
                                            int32_t fixed_days);
int32_t residence_window_days(struct residence_window window); /* 0 when it is empty */

/* The days that must be known to answer: every year and every window to compare with. look_back is
 * the first day on which a row may tell the state before them. */
struct residence_span { struct date look_back, first, last; };
struct residence_span residence_span_of(const struct residence_question *ask,
                                        const struct residence_rules *rules);

/* --- the day table and the letter ---------------------------------------------------------- */

enum residence_day {
	DAY_RESIDENT,
	DAY_ABSENT,
	DAY_DOUBTFUL,   /* the records allow both */
	DAY_UNBORN,
	DAY_KIND_COUNT
};

struct residence_trip {
	struct date out, in;  /* DATE_NONE: before the first record, or not back yet */
	bool is_completed;    /* one end stands in no record and was supplied between two conflicting rows */
	int32_t absent_days;  /* in the window; a day that two trips share counts for the first */
};

struct residence_table {
	struct residence_window window; /* not cut at birth */
	struct residence_trip *trips;   /* those that touch the window, longest reading of conflicts */
	size_t trip_count;
	uint8_t *days;                  /* enum residence_day from window.first on */
	uint8_t *crossings;             /* for the same days: bits 1 << DIR_OUT, 1 << DIR_IN */
	size_t day_count;
};

/* The year-th year of the question, from 0 = the latest. */
struct residence_table residence_table_make(struct arena *arena, const struct residence_question *ask,
                                            const struct residence_rules *rules, size_t year);

/* A sentence in zh-TW for the decision (處分書): verdict, counts, window in dates of the Republic,
 * rule and version. No name: the letter has it. */
void residence_letter(const struct residence_answer *answer, const struct residence_rules *rules,
                      struct buf *out);

/* One "20240110 out" a line in the order of time: the bytes whose digest stands in the log. */
void residence_rows_print(struct arena *arena, const struct residence_row *rows, size_t count,
                          struct buf *out);

/* --- stable names (JSON, log, CLI) and official terms --------------------------------------- */

struct residence_word {
	struct str name; /* stable */
	struct str zh;   /* for people */
};

extern const struct residence_word residence_reason_words[REVIEW_COUNT];
extern const struct residence_word residence_verdict_words[VERDICT_COUNT];
extern const struct residence_word residence_convention_words[CONVENTION_COUNT]; /* "A" … "D" */
extern const struct residence_word residence_window_words[WINDOW_KIND_COUNT];
extern const struct residence_word residence_anchor_words[ANCHOR_COUNT];

/* The index of name, or count when no word is called so. */
size_t residence_word_find(const struct residence_word *words, size_t count, struct str name);

#endif
