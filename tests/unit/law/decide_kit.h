/* A scene: facts under which a command is granted. A test changes one thing and says what follows. */
#ifndef YOUJU_TESTS_LAW_DECIDE_KIT_H
#define YOUJU_TESTS_LAW_DECIDE_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/law.h"

enum { SCENE_ROWS = 4, SCENE_DUTIES = 4 };

struct scene {
	struct arena arena;
	struct facts facts;
	struct command command;
	struct fact_duty duties[SCENE_DUTIES], theirs[SCENE_DUTIES], row_theirs[SCENE_DUTIES];
	struct fact_row rows[SCENE_ROWS];
	int64_t unconfirmed[2];
	struct str items[2];
	struct str app_texts[4];
	struct fact_basis app_bases[2];
	struct fact_step_taken steps[4];
	struct fact_application apps[3];
	struct fact_renewed renewed[2];
};

/* One test: the good scene of that command (and list), one change, what follows. */
struct scene_case {
	const char *name; /* begins with the clause */
	enum command_kind kind;
	enum import_kind list;    /* COMMAND_import_list */
	enum refusal refusal;     /* REFUSED_NOT: granted */
	const char *field;        /* import: the column with the problem */
	void (*change)(struct scene *scene);
};

struct scene *scene_open(enum command_kind kind, enum import_kind list);
void scene_close(struct scene *scene);
void scene_import(struct scene *scene, enum import_kind list);

struct date scene_day(const char *iso);
/* The person holds just this duty; more are added by scene_duty_add. */
void scene_duty(struct scene *scene, enum duty duty, const char *office);
void scene_duty_add(struct scene *scene, enum duty duty, const char *office);

struct verdict scene_decide(struct scene *scene);
struct events scene_events(struct scene *scene, const struct verdict *verdict);
/* One line an event: kind and members without time and salt; documents as the digest of their content. */
struct str scene_log(struct scene *scene, struct events *events);

/* Runs cases as tests of their names. argv[1]: the file of expected logs, a section "# name" a grant. */
int scene_main(int argc, char **argv, const char *group, const struct scene_case *cases, size_t count);

/* In a file of cases, included twice: CASE for refusals, GRANT, and PROBLEM for a wrong row. */
#define CASE_NAME_(line) change_##line
#define CASE_NAME(line) CASE_NAME_(line)

#endif
