/* What the journal says, and nothing else: the state of everything that a decision rests on, folded from
 * the entries by code of its own that knows neither the tables nor the law's functions. */
#ifndef YOUJU_TESTS_SEQUENCES_MODEL_H
#define YOUJU_TESTS_SEQUENCES_MODEL_H

#include "law/commands.h"
#include "law/events.h"
#include "town.h"

enum { MODEL_MAX = 512, STEPS_MAX = 48, PARTIES_OF_CASE = 24, CODE_BYTES = 32, WORD_BYTES = 64 };

enum office { NOWHERE, BUREAU, SANMIN, ZUOYING, HOME, NIA, OFFICE_COUNT };

struct m_person { uint64_t id; int card; int64_t locked_until; uint64_t terminated; };
struct m_duty { uint64_t entry, person; enum office office; enum duty duty; bool deputy, ended; int from, to, ended_on; };
struct m_block { uint64_t entry, person, recorder; enum office office; enum block_kind kind; enum suspend_cause cause;
	         int starts_on, over_day; bool over, notified, confirmed; uint64_t over_entry; };
struct m_card { int card; uint64_t person; bool ended; };
struct m_session { uint64_t entry, person; int card; int64_t at; bool ended; };
struct m_account { uint64_t person; enum office office; bool ended; };
struct m_grant { uint64_t entry, person; enum office office; enum item item; char basis[16]; int from, to, ended_on; };
struct m_step { uint64_t person; enum application_step step; enum step_outcome outcome; int round; };
struct m_application { uint64_t id, applicant, transmission; enum office office; enum application_state state;
	               int round; bool short_chain; char digest[48]; size_t step_count; struct m_step steps[STEPS_MAX]; };
struct m_proposal { uint64_t entry, proposer; bool closed; char name[WORD_BYTES], value[WORD_BYTES]; int effective; };
struct m_reinstatement { uint64_t entry, block, proposer; bool by_bureau, done; };
struct m_party { uint64_t person, added_by; bool unconfirmed; };
struct m_case { uint64_t entry, opened_by; enum office office; char no[40], basis[16]; bool closed, unconfirmed;
	        size_t count; struct m_party parties[PARTIES_OF_CASE]; };
struct m_query { uint64_t entry, asker, session, subject, case_entry, authorization; enum item item;
	         enum query_range range; char basis[16]; bool ended, by_person, to_accept, accepted, justified, explained, table; };
struct m_authorization { uint64_t entry, asker, subject, case_entry, granted_by, granted_entry; enum item item;
	                 enum query_range range; int anchor; int64_t count, used, grant_by, valid_until;
	                 char code[CODE_BYTES]; };
struct m_presented { uint64_t entry; int card; };
struct m_parameter { uint64_t entry; char name[WORD_BYTES], value[WORD_BYTES]; int effective; };
struct m_notice { uint64_t entry; enum office office; bool done; };
struct m_transmission { uint64_t entry; };

/* Rows of one kind, in the order of their entries. */
#define ROWS(type, name) struct { size_t count; struct type at[MODEL_MAX]; } name
struct model {
	ROWS(m_person, people);
	ROWS(m_duty, duties);
	ROWS(m_block, blocks);
	ROWS(m_card, cards);
	ROWS(m_session, sessions);
	ROWS(m_account, accounts);
	ROWS(m_grant, grants);
	ROWS(m_application, applications);
	ROWS(m_proposal, proposals);
	ROWS(m_reinstatement, reinstatements);
	ROWS(m_case, cases);
	ROWS(m_query, queries);
	ROWS(m_authorization, authorizations);
	ROWS(m_presented, presented);
	ROWS(m_parameter, parameters);
	ROWS(m_notice, notices);
	ROWS(m_transmission, transmissions);
	bool clock_stepped;
	int64_t stepped_at;
	uint64_t clock_accepted_by;
};
extern struct model model;

/* The row whose entry (or id) is n; NULL: none. */
#define ROW_OF(rows, member, n) row_of((rows).at, sizeof *(rows).at, (rows).count, \
	offsetof(__typeof__(*(rows).at), member), (n))
void *row_of(void *at, size_t size, size_t count, size_t offset, uint64_t n);

void model_clear(void);
/* False: more than the model has room for. */
bool model_take(const struct event *event, uint64_t entry);

enum office office_of(struct str code);
const char *office_code(enum office office);
uint64_t model_person(int card);                     /* 0: nobody */
int model_card_of(uint64_t person);                  /* the first card of a person; -1 none */
const struct m_session *model_session(uint64_t entry);
bool is_blocked(uint64_t person, enum office office, int today);
bool duty_in_force(const struct m_duty *duty, int today); /* whatever blocks there are */
bool holds(uint64_t person, uint32_t duties, enum office office, int today); /* in force and not blocked */
bool holds_somewhere(uint64_t person, uint32_t duties, int today);
bool has_place(uint64_t person, enum office office, int today); /* an account, or a duty now or later */
const char *model_parameter(const char *name, int today, const char *initial);
bool set_has(const char *set, const char *word);

#endif
