/* Verbs that need more rooms than the doors may: the machine's operator's. */
#ifndef YOUJU_ROLES_VERBS_H
#define YOUJU_ROLES_VERBS_H

#include "doors/cli/verb.h"

int verb_init(struct cli *cli);
int verb_serve(struct cli *cli);
int verb_demo(struct cli *cli);
int verb_bench(struct cli *cli);

extern const char INIT_TEXT[], SERVE_TEXT[], DEMO_TEXT[], BENCH_TEXT[];

#endif
