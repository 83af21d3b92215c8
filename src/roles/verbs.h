/* Verbs that need more rooms than the doors may: the machine's operator's. */
#ifndef YOUJU_ROLES_VERBS_H
#define YOUJU_ROLES_VERBS_H

#include "doors/cli/verb.h"

int verb_init(struct cli *cli);
int verb_serve(struct cli *cli);
int verb_demo(struct cli *cli);
int verb_card_service(struct cli *cli);
int verb_crl(struct cli *cli);
int verb_bench(struct cli *cli);
int verb_log(struct cli *cli);
int verb_rebuild(struct cli *cli);
int verb_backup(struct cli *cli);
int verb_restore(struct cli *cli);

extern const char INIT_TEXT[], SERVE_TEXT[], DEMO_TEXT[], CARD_SERVICE_TEXT[], CRL_TEXT[], BENCH_TEXT[], LOG_TEXT[], REBUILD_TEXT[],
	BACKUP_TEXT[], RESTORE_TEXT[];

#endif
