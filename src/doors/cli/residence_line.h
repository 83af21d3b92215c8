/* The calculator for appeals and tests: one question as a JSON object in, one answer out.
 *
 * In:  {"id":…,"rows":[["20240110","out"],…],"anchor":"20241231","coverage":"all",
 *       "person":"registered_national","data_as_of":"20241231","parameters":{"residence.window":…}}
 *      "window":["20240101","20241230"] in place of an anchor. Coverage is "all", "unknown",
 *      "one_year" (from the first day of the window) or a date. Further: "born", "seen_on",
 *      "registration_live":true, "doubts":["disputed",…], "note" (ignored).
 * Out: {"id":…,"verdict":…,"provisional":…,"days":{"A":…},"bounds":[…],"reasons":[…],"window":[…],
 *       "next_flip":…}; days are a number, [min,max] where the records leave a doubt, null where they
 *      allow no count. A line that cannot be read: {"id":…,"error":"member: what is wrong"}. */
#ifndef YOUJU_DOORS_CLI_RESIDENCE_LINE_H
#define YOUJU_DOORS_CLI_RESIDENCE_LINE_H

#include "base/buf.h"

enum { RESIDENCE_LINE_MAX_BYTES = 1 << 20, RESIDENCE_LINE_ARENA_BYTES = 64 << 20 };

/* Appends one line with its newline. full adds rule, years, trips, calendar and the sentence of the letter.
 * False when the line could not be read and an error stands there. */
bool residence_line_answer(struct arena *arena, struct str line, bool full, struct buf *out);

#endif
