/* An imported file into rows of law/imports.h. */
#ifndef YOUJU_KEEPER_IMPORT_READ_H
#define YOUJU_KEEPER_IMPORT_READ_H

#include "law/facts.h"

enum { IMPORT_PROBLEMS_SHOWN = 200 };

struct import_file {
	size_t row_count, problem_count;
	struct import_row *rows;
	struct row_problem *problems; /* at most IMPORT_PROBLEMS_SHOWN; nothing may be taken over then */
};

/* Every cell is checked, so that one try shows all that is wrong. Dates are read as people type them
 * against today. Rows that are blank throughout are passed over. Never fails: what is wrong with the
 * file as a whole is a problem of its line and field. Lives in the arena. */
struct import_file import_read(struct arena *arena, enum import_kind kind, struct str file,
                               struct date today);

#endif
