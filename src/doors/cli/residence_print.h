/* The members of the calculator's answer. */
#ifndef YOUJU_DOORS_CLI_RESIDENCE_PRINT_H
#define YOUJU_DOORS_CLI_RESIDENCE_PRINT_H

#include "base/json.h"
#include "law/residence.h"

/* Decides and writes the members from "verdict" on, and the end of the object. */
void residence_answer_print(struct json_out *json, struct arena *arena,
                            const struct residence_question *ask,
                            const struct residence_rules *rules, bool full);

#endif
