/* From fetched rows to an answer: the weakest one that decides the case (G3.1). The rows themselves
 * go no further than this, unless the range shows them.
 *
 * Two documents come out. The answer document (verdict, counts, reasons, rule, letter) is sealed and
 * kept; the day table (trips and calendar) is sealed only where a decision has to rest on it. What is
 * shown once, and lives in the keeper's memory until the session ends, stands apart (shown,
 * later_table). Both are canonical JSON and name their version. */
#ifndef YOUJU_LAW_ANSWER_H
#define YOUJU_LAW_ANSWER_H

#include "law/law.h"
#include "law/rows.h"

/* --- the answer document ------------------------------------------------------------------ */

struct answer_document {
	enum item item;
	enum query_range range;
	struct date anchor;
	enum result_class result;
	enum answer_code verdict, provisional; /* provisional 0: the records allow no count */
	struct str rule;         /* "residence/1+p17": rule and parameter version */
	struct str parameters;   /* what the residence answer was made with; "" for other ranges */
	struct date data_as_of;  /* DATE_NONE: not told */
	bool coverage_all;
	struct date coverage_from; /* DATE_NONE: not told */
	bool is_household;       /* every member of the household has to fulfil it: the worst decides */
	bool needs_municipality; /* the basis also demands living in the registered municipality */
	int64_t row_count;
	struct residence_answer residence; /* year_count 0: none */
	struct str letter;       /* zh-TW sentence for the decision; "" for none */
	uint32_t columns;        /* released ones, bit n: column n of columns_of(item) */
	bool has_rows;           /* only in the shown form */
	size_t shown_rows;
	const struct str *cells; /* row-major, released columns only */
};

/* {"v":1,"item":…,"range":…,"anchor":…,"result":…,"verdict":…,"provisional":…,"reasons":[…],"rule":…,
 * "parameters":…,"data_as_of":…,"coverage":"all" or a date,"convention":"B","window":[first,last],
 * "window_days":366,"state":"last_row","days":{"A":184,"B":[179,190],…},"bounds":[min,max],
 * "next_flip":…,"decider":0,"years":[…],"household":true,"municipality":true,"row_count":6,
 * "letter":…,"columns":[…],"rows":[[…],…]}. Absent members are left out; decider and years stand
 * only when more than one year was asked; the members above them are those of the deciding year.
 * values_out (or NULL) gets the same as bytes of base/json_values.h, for the page that shows it at once. */
struct str answer_document_write(struct arena *arena, const struct answer_document *answer, struct str *values_out);
/* Strict: FAIL_SYNTAX for anything that answer_document_write would not write the same way again. */
MUST_CHECK enum fail answer_document_read(struct arena *arena, struct str text, struct answer_document *out);

/* {"v":1,"window":[first,last],"trips":[{"out":…,"in":…,"absent_days":31,"completed":true},…],
 * "days":"rrrad…","crossings":"0012…"}: one letter a day (resident, absent, doubtful, unborn) and one
 * digit a day (1 out, 2 in, 3 both). */
struct str day_table_document_write(struct arena *arena, const struct residence_table *table, struct str *values_out);
MUST_CHECK enum fail day_table_document_read(struct arena *arena, struct str text, struct residence_table *out);

/* --- reduction ---------------------------------------------------------------------------- */

struct answer_question {
	enum item item;
	enum query_range range;
	struct date anchor, today;
	struct str rule, basis;
	bool needs_municipality;
	const struct answer_rules *rules;
	enum person_kind person;
	bool registration_is_live;
	struct date born, seen_on; /* DATE_NONE: not known */
	unsigned doubts;           /* known from the case: REVIEW_DISPUTED … (law/residence.h) */
};
struct answer_question answer_question_empty(void);

struct answer_reduced {
	struct fact_delivery delivery; /* for the facts of deliver and paste_answer; rows_digest is "" */
	struct str shown;       /* the answer document with the rows that the range shows; "" when none */
	struct str later_table; /* eligible: the day table that release_day_table may show; else "" */
	struct str answer_values, table_values; /* delivery's answer and day_table once more, see values_out */
	struct str rows_text;   /* all rows as text, over which the keeper makes the keyed digest */
	const char *why;        /* RESULT_MALFORMED: msgid; otherwise "" */
};

/* What the source may be asked for: bit n is column n of columns_of(item). */
uint32_t answer_columns(enum item item, enum query_range range);

/* The range must be one that policy_of knows. Rows that break their own table, or that hold what was
 * not asked for, are RESULT_MALFORMED; a delivery without verdict is a question that failed. */
struct answer_reduced answer_reduce(struct arena *arena, const struct answer_question *question,
                                    const struct rows *rows);

/* The rules of the residence test that follow from parameters: made once, as long as those stand. */
struct answer_rules {
	struct residence_rules residence;
	struct str text; /* as the answer names them, on the arena */
};
const struct answer_rules *answer_rules_make(struct arena *arena, const struct parameters *parameters);

#endif
