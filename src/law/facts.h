/* What the law needs to know to decide one command. Plain values, loaded by the keeper: no clock, no
 * dice, no database behind them. Parts that a command does not need stay blank. */
#ifndef YOUJU_LAW_FACTS_H
#define YOUJU_LAW_FACTS_H

#include "law/application_form.h"
#include "law/commands.h"
#include "law/details.h"
#include "law/idno.h"
#include "law/imports.h"
#include "law/parameters.h"
#include "law/refusals.h"

struct answer_rules;

/* A certificate, as the keeper's certificate module judged it. */
struct fact_card {
	bool presented;
	enum refusal fault;           /* REFUSED_NOT when chain, time, revocation, kind and signature hold */
	struct str name, last_four;   /* on the card */
	struct str serial, number, fingerprint;
	bool unproven;                /* nobody showed the private key: copies of a certificate are public */
	struct person_id bound_to;    /* 0: to nobody */
	struct date valid_to;         /* last day of the certificate; none: not known */
	struct date known_valid_to;   /* as it stands in the tables */
	enum card_end ended;          /* how its time with that person ended; 0: it stands */
	bool matches;                 /* name and last four are those of the bound person's details */
	enum sign_in_method method;   /* how it was shown; 0 counts as a signed challenge */
};

struct fact_session {
	struct session_id id; /* 0: no such session */
	struct person_id person;
	bool live;
	enum sign_out_cause ended; /* why not, when it is not live but known */
	enum sign_in_method method; /* of the live session that gives a command; 0 otherwise */
};

/* The signature that came with a command, as the keeper verified it. */
struct fact_step {
	bool presented;
	enum refusal fault; /* REFUSED_NOT: over this very step, fresh, by the card of the session's person */
	struct str proof;   /* text and signature as JSON, to be sealed */
};

/* The signature that stands beside an entry. */
struct fact_signature {
	struct entry_id entry; /* 0: none */
	struct person_id signer;
};

struct fact_duty {
	struct entry_id entry;
	struct person_id person;
	struct str office;
	enum duty duty;
	bool deputy;
	struct date valid_from, valid_to; /* valid_to none: open */
};

struct fact_duties {
	size_t count;
	const struct fact_duty *at;
};

struct fact_office {
	bool exists, ended, indigenous;
	struct str office, name, name_en, parent, address, phone;
	enum office_kind kind;
};

/* Who stands in an office today beside the appointment that the command is about. */
struct fact_staffing {
	int64_t custodians, custodian_deputies, supervisors, auditors; /* deputies apart only for custodians */
};

struct fact_notice {
	struct entry_id entry; /* 0: none waits under that number */
	struct str office;
	enum duty duty;
	struct date due;
};

struct fact_basis {
	bool exists; /* approved and in force today */
	struct str basis, name;
	struct str substantive, data_request; /* provisions: that needs the fact (or ""), that allows asking */
	bool day_test, municipality;
	uint32_t items; /* bit 1u << item */
};

struct fact_case {
	struct case_id id; /* 0: no such case */
	struct str case_no, office, basis;
	struct date opened_on, closed_on; /* none: open */
	bool unconfirmed;
	int64_t party_count;       /* the highest party number */
	int64_t unconfirmed_parties;
	size_t unconfirmed_count;  /* the numbers themselves, for confirm_case */
	const int64_t *unconfirmed_at;
	bool i_am_party;           /* add_party, confirm_case, close_case, decide_case: I am a party of it */
	bool entered_by_me;        /* confirm_case: I opened it or added a party that waits for confirmation */
};

/* Who is meant by what was typed: a party number of the case, or an identity number. */
struct fact_subject {
	bool by_number;          /* an identity number was typed */
	bool number_valid;       /* by law/idno.h */
	enum idno_fault number_fault; /* which check failed */
	enum number_kind number_kind;
	struct str normalised;   /* the number; secret */
	struct str tag;          /* under the current period; "" when no number */
	struct person_id person; /* 0: known to nobody */
	int64_t party_no;        /* 0: not a party of this case */
	bool details_same;       /* for add_party and imports: what they say of name, birthday and kind is as stored */
	struct details details;  /* imports: as stored; what a list does not say is kept. Zero: none stored */
	struct person_id fresh;  /* a random id to use when a person has to be registered */
};

struct fact_query {
	struct query_id id; /* 0: no such question */
	struct person_id asker, subject;
	struct case_id case_id;
	struct str case_no, office, basis, rule;
	bool case_closed;
	enum item item;
	enum query_range range;
	enum waits_for waits_for;
	struct date anchor;
	int64_t due_ms; /* INT_NONE: none */
	bool open, answered, failed;
	enum answer_code verdict;
	bool has_day_table, released, to_accept, accepted;
	bool to_explain; /* found not justified, and the officer has not explained it */
	struct date accept_by;
};

/* A second person's word given beforehand, as requested and, when granted, as it stands now. */
struct fact_authorization {
	struct entry_id entry; /* 0: none is known under that code or number */
	struct person_id asker, subject;
	struct case_id case_id;
	struct str office;
	bool case_closed;
	enum item item;
	enum query_range range;
	struct date anchor;
	int64_t ask_count, used;
	int64_t grant_by_ms;
	bool granted;
	bool stands;            /* who asked for it and who granted it have held their duties ever since */
	int64_t valid_until_ms; /* INT_NONE before it is granted */
};

/* What came back for a question: made by the source room from the rows. The law sees verdict and
 * documents, not rows: reduction is pure and happens in law/answer.h before deciding. */
struct fact_delivery {
	enum result_class result; /* not FOUND or NOT_FOUND: the question fails */
	enum answer_code verdict;
	struct texts reasons, fields;
	struct str answer;    /* JSON of law/answer.h */
	struct str day_table; /* JSON; "" when none may be kept */
	struct str rows_digest; /* keyed, base64url; "" for none */
	int64_t row_count, unread_lines;
	struct date data_as_of;
	bool unreadable, mixed; /* paste_answer: what was pasted does not fit the result; more than one person */
};

/* What stands against an account: begun by a duty change, a lost card or a suspension. */
struct fact_block {
	struct entry_id entry; /* 0: none */
	enum block_kind kind;
	enum duty_change duty_change;     /* of a duty change */
	enum suspend_cause suspend_cause; /* of a suspension */
	struct person_id person, recorder; /* recorder 0: the keeper itself */
	struct str office;
	struct date starts_on, last_used; /* last_used: of an idle account */
	bool over;                        /* given back or terminated */
	bool notified, confirmed;         /* the agency was told; has ended the account */
};

struct fact_blocks {
	size_t count;
	const struct fact_block *at; /* standing ones, begun or not */
};

struct fact_reinstatement {
	struct entry_id entry; /* 0: none that could be approved */
	struct person_id proposer;
	bool bureau; /* proposed on the part of the bureau */
};

struct fact_grant {
	struct entry_id entry;
};

/* A card that was presented and is bound to nobody. */
struct fact_presented {
	struct entry_id entry;      /* confirm_card: 0: no such card */
	struct str serial, number, fingerprint, name, last_four;
	struct date valid_to;
	bool taken;                 /* that serial is or was bound */
	bool name_same, last_four_same; /* confirm_card: as those of the person named */
	bool today;                 /* sign_in: it stands in the log for today already */
	int64_t count_today;        /* sign_in: cards presented today */
	struct person_id candidate; /* sign_in: a person of that name and number; 0 none */
	struct texts refused_rules; /* sign_in, first_start: why that serial was refused within this hour */
	int64_t refused_hour;       /* likewise: refusals that were entered within this hour */
};

struct fact_sessions {
	size_t count;
	const struct session_id *at;
};

/* The person whom a command about accounts names, and what there is of him. */
struct fact_account {
	struct person_id person;
	bool exists;             /* a person */
	size_t office_count;     /* where he has an account or a duty, now or later */
	const struct str *offices;
	struct fact_blocks blocks;
	struct fact_sessions sessions; /* live ones; sign_in: those opened by the same way */
	size_t grant_count;      /* in the office of the block */
	const struct fact_grant *grants;
	struct date last_used;   /* suspend_idle: of the account in that office; none: there is none */
	bool has_card;           /* a bound card that stands */
};

/* A paper to be printed, and what the scribe made of it. */
struct fact_print {
	bool exists;             /* the entry is one that such a paper is made of */
	struct person_id person; /* whom it is about; 0 nobody in particular */
	struct str office;
	bool reader;             /* the tables say that I may read what it is made of */
	struct str digest;       /* content digest that the paper states; "" none */
	int64_t prints;          /* how often it was printed before */
	bool glyph_missing;      /* a character has no glyph: there is no file */
	struct str file_digest;  /* SHA-256, base64url; "" before the file is there */
	int64_t file_bytes;
};

struct fact_proposal {
	struct entry_id entry; /* 0: none open under that number */
	enum proposal_kind kind;
	struct person_id proposer;
	struct str name, value; /* parameter, or basis code in name */
	struct date effective;
};

/* Who took which step of an application, in any round. */
struct fact_step_taken {
	struct person_id person;
	enum application_step step;
};

/* A standing grant that an application names to be renewed. */
struct fact_renewed {
	struct entry_id entry;
	enum item item;
	struct str basis;
};

struct fact_application {
	struct application_id id;   /* 0: no such application */
	struct person_id applicant;
	struct str office;
	enum application_state state;
	enum application_chain chain; /* that of the submitted round; of a draft the one it will take */
	int64_t round;
	struct str digest;          /* content digest of the round's form */
	uint32_t items;             /* bit 1u << item */
	size_t basis_count;
	const struct fact_basis *bases;
	struct entry_id transmission; /* 0: none */
	size_t step_count;
	const struct fact_step_taken *steps;
	size_t renewed_count;
	const struct fact_renewed *renewed;
};

/* What the registry knows of an applicant in an office. */
struct fact_applicant {
	bool officer;   /* holds the duty in that office, now or later */
	bool card;      /* a card is bound to him */
	bool account;   /* he has an account there */
	bool custodian; /* the office (X15: or the bureau for it) has a custodian or deputy in force */
	bool same;      /* submit_application: the stored form says what the registry says */
	struct application_form form; /* draft_application: what is not typed, filled in */
};

/* One row of an imported list with what is known about it. */
struct fact_row {
	struct import_row row;
	struct fact_subject subject;   /* lists with an identity number */
	struct fact_office office;     /* the row's office (or, for organisation, the office as it stands) */
	struct fact_case case_;        /* cases */
	int64_t known_party_no;        /* cases: number under which the person is a party already; 0 none */
	struct person_id party_person; /* cases: who holds this party number; 0 nobody */
	bool party_unconfirmed;
	bool parent_exists;            /* organisation: the parent that the row names stands */
	struct fact_duty duty;         /* staff: the same person, office, duty and deputy when it stands (entry 0: none) */
	struct fact_duties their_duties; /* staff: what the person holds, now or later */
	struct fact_sessions sessions; /* staff: live ones of a person who gets another card */
	bool card_bound_same;          /* staff: this serial is bound to this person already */
	struct person_id card_holder;  /* staff: who holds this serial; 0 nobody */
	bool account_exists;           /* grants */
	struct fact_basis basis;       /* cases, grants */
	struct entry_id grant_entry;   /* grants: the same grant when it stands */
	enum day_kind day_kind;        /* calendar: what the day is now; 0 nothing special */
	bool stands_same;              /* leave, overtime: what stands says the same */
};

struct facts {
	int64_t now_ms;
	struct date today;    /* local */
	uint64_t next_entry;  /* the number the first event of this command will get */
	bool demo;
	bool started;         /* the right of first start has ended */
	bool clock_stepped;
	struct person_id clock_accepted_by; /* the first of two; 0 nobody */
	struct parameters parameters;
	const struct answer_rules *answer_rules; /* of those parameters */
	struct str rule;      /* "residence/1+p<version>": rule and parameter version that answers print */
	int64_t workday_due_ms;   /* now plus paste.days working days, local 24:00 */
	struct date accept_by;    /* today plus two_person.after_days working days; also to explain by */

	/* session … my_duties are those of the person who gives the command; for deliver those of the
	 * asker and of the session that asked; for end_session the session to end. */
	struct fact_session session;
	struct person_id me;
	bool me_locked;
	struct str new_token; /* sign_in: digest of the token, base64url */
	int64_t my_failures;  /* sign_in_refused entries of me since my last signed_in or sign_in_locked */
	struct fact_duties my_duties; /* in force today */
	bool my_account;
	struct fact_block my_block; /* one that has begun and stands; offices blocked are not in my_duties */
	struct str my_card_serial;  /* terminate_account: of the card that opened the session */
	struct fact_card card, second_card;
	struct fact_step step;
	struct fact_signature signature; /* read_signature */

	struct fact_office office;   /* the one a command names */
	struct fact_basis basis;
	struct fact_case case_;
	struct fact_subject subject;
	bool item_granted;           /* to me, this item, under this basis, in the case's office, today;
	                              * ask, and again for deliver and paste_answer of that question */
	int64_t asked_last_hour, asked_today;
	struct fact_query query;
	struct fact_delivery delivery;
	struct fact_authorization authorization; /* ask: of the code given; grant_authorization: the request */
	struct str new_code;         /* grant_authorization: keyed digest of the code, as a tag */
	struct fact_proposal proposal;
	struct fact_print print;
	struct fact_duty duty;       /* end_duty: the appointment; appoint_duty: the same one when it stands */
	bool person_exists;          /* appoint_duty, hand_over_duty */
	struct fact_duties their_duties; /* appoint_duty, hand_over_duty: what that person holds, now or later */
	struct fact_duty successor_duty; /* hand_over_duty: the same duty when the successor holds it already */
	struct fact_staffing staffing;   /* of office: end_duty */
	struct fact_notice notice;       /* report_staff_change */
	struct fact_subject first_custodian, first_supervisor; /* first_start */

	struct fact_account account;   /* commands about accounts; their_duties: in the office of the block */
	struct fact_block block;
	struct fact_reinstatement reinstatement;
	struct fact_presented presented; /* confirm_card; sign_in with a card that is bound to nobody */
	struct str agency_oid;         /* in the certificate that signs second; "" when there is none */
	bool agency_registered;        /* as that of the block's office, or of the bureau acting for it */
	struct fact_application application; /* the one a command names; draft_application: the one to change */
	struct fact_applicant applicant;     /* of that application, or of the one to be drafted */
	size_t basis_count;                  /* draft_application: the bases named */
	const struct fact_basis *bases;
	size_t renewed_count;                /* draft_application: the standing grants named, of me in that office */
	const struct fact_renewed *renewed;
	size_t application_count;            /* lists: in the order named; record_nia_review: approved, returned, rejected */
	const struct fact_application *applications;
	struct str scan;                     /* attach_scan: the bytes; "" when they were no base64 */

	size_t row_count;            /* import_list */
	const struct fact_row *rows;
	size_t row_problem_count;    /* found while reading the file: bad header, bad cells */
	const struct row_problem *row_problems;
};

/* What is wrong with a row, or what would change through it. */
struct row_problem {
	size_t line;
	struct str field;
	const char *why; /* msgid */
};

struct row_change {
	size_t line;
	struct str what; /* event kind */
	struct str about; /* office code, case number, day … never a name or identity number */
};

#endif
