/* What writing and reading an answer share; nobody else includes it. */
#ifndef YOUJU_LAW_ANSWER_PARTS_H
#define YOUJU_LAW_ANSWER_PARTS_H

#include "base/json_values.h"
#include "law/answer.h"

enum { ANSWER_VERSION = 1, STATE_COUNT = STATE_PRESUMED + 1 };

extern const char *const state_names[STATE_COUNT];
extern const char day_letters[DAY_KIND_COUNT];

#endif
