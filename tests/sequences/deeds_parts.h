/* What drawing a deed needs: dice, people, fields. Only for deeds*.c. */
#ifndef YOUJU_TESTS_SEQUENCES_DEEDS_PARTS_H
#define YOUJU_TESTS_SEQUENCES_DEEDS_PARTS_H

#include "deeds.h"

enum { LEADERS = DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR) };

extern struct order order; /* the one that is being drawn */

size_t roll(size_t sides);
bool chance(size_t percent);
int today(void);
uint64_t someone(void);
/* Somebody entitled, if anybody is; sometimes whoever may be tempted; sometimes anybody. */
int actor(uint32_t duties, enum office office, bool bureau_too, uint64_t tempted);
enum office some_office(void);

void ask(const char *name, int person); /* begins the order */
void field(const char *name, const char *format, ...) PRINTF_LIKE(2, 3);
void number(const char *name, uint64_t n); /* 0: an absurd one */
void person_field(const char *name, uint64_t person);
void day(const char *name, int days); /* from today on */

const char *word(const char *const *words, size_t count);
#define ONE_OF(...) word((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

size_t row_pick(size_t count); /* mostly one of the newest rows */
#define PICK_ROW(rows) ((rows).count ? &(rows).at[row_pick((rows).count)] : NULL)
/* Tries some rows until one is fit; the last is taken in any case. */
#define PICK_FIT(rows, row, fit) do { for (int tries_ = 0; tries_ < 8; tries_++) { \
	(row) = PICK_ROW(rows); if (!(row) || (fit)) break; } } while (0)

void deed_draft(void);
void deed_step(void);
void deed_say_no(void);
void deed_scan(void);
void deed_appoint(void);
void deed_end_duty(void);
void deed_hand_over(void);
void deed_import(void);
void deed_duty_change(void);
void deed_card_lost(void);
void deed_suspend(void);
void deed_terminate(void);
void deed_notify(void);
void deed_confirm_nia(void);
void deed_refer(void);
void deed_propose_reinstatement(void);
void deed_approve_reinstatement(void);
void deed_confirm_card(void);
void deed_unbind(void);
void deed_propose(void);
void deed_decide_proposal(void);
void deed_file_edition(void);
void deed_accept_clock(void);
void deed_open_case(void);
void deed_add_party(void);
void deed_case_step(void);
void deed_ask(void);
void deed_request(void);
void deed_grant_code(void);
void deed_accept(void);
void deed_of_asker(void);

#endif
