/* What the files of the keeper share; nobody else includes it. */
#ifndef YOUJU_KEEPER_PARTS_H
#define YOUJU_KEEPER_PARTS_H

#include "base/cert_trust.h"
#include "keeper/facts.h"
#include "keeper/keeper.h"
#include "keeper/nonces.h"
#include "keeper/ocsp.h"
#include "keeper/printings.h"
#include "keeper/questions.h"
#include "keeper/readings.h"
#include "keeper/reminders.h"
#include "keeper/request_numbers.h"
#include "keeper/sessions.h"
#include "keeper/shown.h"
#include "law/law.h"
#include "store/ledger.h"
#include "store/sql_tables.h"
#include "vault/vault.h"

struct answer_reduced;
struct rows;

enum { PATH_BYTES_MAX = 512, PEERS_MAX = 64, GROUP_ARENA_BYTES = 1 << 30, CLOCK_STEP_MS = 60000 };

/* A message to be sent when the group is durable. */
struct outgoing {
	uint64_t connection;
	struct message message;
	bool after_all; /* stays true when the group could not be stored: health, nonces, tiles */
};

struct peers {
	size_t count;
	struct { enum peer peer; uint64_t connection; } at[PEERS_MAX];
	size_t turn; /* work goes round */
};

/* The clock as the log sees it. Simulated time of a demo log is a shift of both clocks. */
struct clock {
	int64_t shift_ms;
	int64_t last_at_ms;   /* of the newest entry, staged ones too */
	int64_t last_read_ms; /* the furthest reading that was believed */
	bool stepped;
};

/* The newest checkpoint that the sealer signed, and whether one is being made. */
struct published {
	uint64_t sealed_size; /* what the sealer signed last, as far as we know */
	bool asked;
	int64_t next_ms;   /* monotonic: not before */
	int64_t behind_ms; /* monotonic: since when entries wait for a checkpoint; 0: none do */
};

/* A chain that was judged good not long ago. */
enum { KNOWN_CARDS = 1024, KNOWN_CARD_MS = 60000 };
struct known_card {
	struct hash chain;
	struct person_id person;
	int64_t until_ms; /* monotonic */
};

/* Limits from the parameters, as the last command found them. */
struct limits {
	int64_t idle_ms, max_ms, nonce_ms, crl_hours, table_days;
	bool ocsp;
};

struct keeper {
	char dir[PATH_BYTES_MAX];
	struct keeper_out out;
	struct store *tables;
	struct vault *vault;
	struct ledger *ledger;
	struct facts_cache *cache;
	struct cert_trust *trust;
	int64_t trust_until_ms; /* monotonic: look for other authorities and revocation lists then */
	struct known_card known_cards[KNOWN_CARDS];
	struct clock clock;
	struct limits limits;
	struct keeper_options options;
	struct sessions sessions;
	struct nonces nonces;
	struct ocsp ocsp;
	struct reminders reminders;
	struct peers peers;
	struct questions questions;
	struct shown_list shown;
	struct readings readings;
	struct printings printings;
	struct request_numbers request_numbers;
	struct published published;
	struct str origin;
	bool demo;

	struct arena group; /* everything of the group at hand; wiped after each */
	struct arena kept;  /* few texts that live as long as the keeper */
	struct outgoing *outgoing;
	size_t outgoing_count, outgoing_cap;
	size_t projected; /* entries of the group that were written to the tables */
	bool group_open, spoiled;
	int64_t tables_since_ms; /* monotonic: the tables hold changes that are not written since */
	uint64_t tables_size;    /* as far as they are written */
	bool tables_wanted;      /* somebody else is about to read them */
	struct { uint64_t count; int64_t since_ms; } refused; /* sign-ins that no entry tells of yet */
	bool dropped; /* a group was, and what it took with it has not been looked after */
	int64_t next_tick_ms;
	char backup_folder[PATH_BYTES_MAX]; /* "" unless a backup was ordered in this group */
	size_t backup_reply;                /* its place in outgoing */
	struct date endings_swept; /* the day on which blocks began and idle accounts were looked for */
	struct date tables_swept; /* the day on which old day tables were last ordered destroyed */
};

/* One command on its way through the corridor. */
struct act {
	struct keeper *keeper;
	struct arena *arena;
	enum peer peer;
	uint64_t connection;
	const struct message *message; /* NULL: the keeper's own */
	struct str token;              /* of the session, "" without */
	struct str code;               /* grant_authorization: told once, in the reply; "" otherwise */
	struct hash session_card;      /* of the session that gives the command */
	struct facts facts;
	struct command command;
	struct verdict verdict;
	struct events events;
	uint64_t first_entry, last_entry; /* of this command; 0 none */
	struct sheet unread;              /* paste_answer: lines that could not be read, and why */
};

/* tables_open.c */
MUST_CHECK enum fail tables_open(struct keeper *keeper);

/* status.c */
MUST_CHECK enum fail status_put(struct act *act, struct sheet *sheet);

/* clock.c */
int64_t keeper_wall_ms(const struct keeper *keeper);
int64_t keeper_mono_ms(const struct keeper *keeper);
/* The instant of the next entry: never before the last. Notes a clock that stepped back. */
int64_t clock_read(struct keeper *keeper, bool *step_found_out);

/* group.c */
struct mark {
	struct ledger_mark ledger;
	struct vault_mark vault;
	size_t outgoing_count;
	int64_t last_at_ms;
	size_t projected;
};
MUST_CHECK enum fail mark_set(struct keeper *keeper, struct mark *out);
MUST_CHECK enum fail mark_return(struct keeper *keeper, struct mark mark);
void outgoing_add(struct keeper *keeper, uint64_t connection, const struct message *message, bool after_all);
MUST_CHECK enum fail caches_reload(struct keeper *keeper);
/* Writes what the log holds to the tables' file; tick: when it has waited long enough. */
MUST_CHECK enum fail tables_keep(struct keeper *keeper);
MUST_CHECK enum fail tables_tick(struct keeper *keeper);

/* corridor.c */
struct act act_of(struct keeper *keeper, enum peer peer, uint64_t connection, const struct message *message);
/* Loads facts, decides, stages what has to stand in the log. What the caller knows of the facts
 * (session, me, cards, delivery) is filled in before. */
MUST_CHECK enum fail corridor(struct act *act);
/* Its two halves, for commands that need facts to prepare others. The caller decides in between. */
MUST_CHECK enum fail corridor_enter(struct act *act);
MUST_CHECK enum fail corridor_leave(struct act *act);
/* The same with a verdict that was reached outside the law: a reused request. */
MUST_CHECK enum fail corridor_refuse(struct act *act, enum refusal refusal);
MUST_CHECK enum fail corridor_internal(struct keeper *keeper, const struct command *command,
                                       struct session_id session);
MUST_CHECK enum fail events_stage(struct act *act);

/* replies.c */
struct message reply_to(struct act *act, enum message_kind kind);
void reply_send(struct act *act, const struct message *reply);
void reply_verdict(struct act *act, struct message *reply);
void reply_put_u64(struct act *act, struct message *reply, const char *name, uint64_t n);
void reply_session(struct act *act, struct message *reply);
void reply_failed(struct act *act, enum fail fail);
void reply_refused(struct act *act, enum refusal refusal);
void reply_problems(struct act *act, const struct problem *problems, size_t count);

/* callers.c: who gives a command */
void caller_envelope(struct act *act, enum command_kind kind);
void refusal_count(struct act *act); /* a refused card: counted when no entry tells of it */
MUST_CHECK enum fail refusals_tick(struct keeper *keeper);
enum sign_out_cause session_over(const struct keeper *keeper, const struct session *session); /* 0: lives */
MUST_CHECK enum fail cards_present(struct act *act);
MUST_CHECK enum fail caller_find(struct act *act, bool *known_out); /* false: answered already */
MUST_CHECK enum fail handle_sign_in(struct act *act);
MUST_CHECK enum fail handle_nonce(struct act *act);

/* cards.c */
MUST_CHECK enum fail card_judge(struct act *act, struct str chain, struct fact_card *out);
MUST_CHECK enum fail card_signed(struct act *act, struct str chain, struct str signature, struct str text,
                                 struct fact_card *card);
/* A signature over text, in base64 that may have line breaks, and the card that made it; fault REFUSED_CARD_SIGNATURE
 * unless it verifies. */
MUST_CHECK enum fail signature_der(struct arena *arena, struct str text, struct str *der_out);
MUST_CHECK enum fail card_of_signature(struct act *act, struct str signature, struct str text, struct str nonce,
                                       struct fact_card *out);
/* The agency certificate that signed text, der being its CMS: into act->facts, as second_card and agency_oid. */
MUST_CHECK enum fail agency_of_signature(struct act *act, struct str der, struct str text, struct str nonce);
MUST_CHECK enum fail trust_refresh(struct keeper *keeper);

/* ocsp.c: true when the responder that the certificate names said that it is revoked. May ask it. */
bool ocsp_revokes(struct act *act, struct str der, const struct cert_facts *facts);
MUST_CHECK enum fail handle_ocsp(struct act *act);

/* reminders.c */
MUST_CHECK enum fail reminders_tick(struct keeper *keeper);
MUST_CHECK enum fail handle_mailed(struct act *act);

/* commands.c */
MUST_CHECK enum fail handle_command(struct act *act);
/* True when the fields were understood; otherwise what is wrong has been answered. */
bool command_understood(struct act *act, enum command_kind kind);

/* steps.c: important steps, signed with the card */
MUST_CHECK enum fail handle_step_text(struct act *act);
MUST_CHECK enum fail step_objects(struct act *act, struct str *out); /* of the message's command, as JSON; "" if none */
MUST_CHECK enum fail step_take(struct act *act); /* the signature that came with the command, into the facts */
MUST_CHECK enum fail signature_put(struct act *act, struct message *reply);

/* requests.c: the same request again */
struct seen { bool found, same; uint64_t entry; };
MUST_CHECK enum fail request_seen(struct act *act, struct seen *out);
MUST_CHECK enum fail request_content(struct act *act, struct str canonical, struct str *out);
MUST_CHECK enum fail request_answer(struct act *act, uint64_t entry);

/* plan.c, delivery.c: questions and what comes back for them */
MUST_CHECK enum fail question_open(struct act *act);
MUST_CHECK enum fail question_pasted(struct act *act); /* between enter and leave */
bool question_wait(struct act *act, uint64_t asked); /* true: the answer will come to this message too */
/* Answer and, when it was released, day table of a question. */
MUST_CHECK enum fail question_put(struct act *act, uint64_t asked, struct message *reply);
MUST_CHECK enum fail question_reply(struct act *act, uint64_t asked);
MUST_CHECK enum fail handle_rows(struct act *act);
MUST_CHECK enum fail questions_send(struct keeper *keeper);
MUST_CHECK enum fail questions_tick(struct keeper *keeper);
MUST_CHECK enum fail questions_restarted(struct keeper *keeper);

/* reading.c */
MUST_CHECK enum fail handle_sheet(struct act *act);
MUST_CHECK enum fail handle_sheet_read(struct act *act);
MUST_CHECK enum fail readings_tick(struct keeper *keeper);

/* printing.c: papers that the scribe makes */
MUST_CHECK enum fail print_order(struct act *act); /* the law has granted: the answer will come to this message */
MUST_CHECK enum fail handle_printed(struct act *act);
MUST_CHECK enum fail printings_tick(struct keeper *keeper);

/* outside.c: the log for outsiders */
MUST_CHECK enum fail handle_receipt(struct act *act);
MUST_CHECK enum fail handle_resource(struct act *act);
MUST_CHECK enum fail handle_sealed(struct act *act);
MUST_CHECK enum fail handle_health(struct act *act);
MUST_CHECK enum fail checkpoint_tick(struct keeper *keeper);

/* operator.c */
MUST_CHECK enum fail handle_operator(struct act *act);
MUST_CHECK enum fail backup_do(struct keeper *keeper);

/* erase.c */
MUST_CHECK enum fail erasures_do(struct keeper *keeper);      /* what is ordered and durable */
MUST_CHECK enum fail day_tables_order(struct keeper *keeper); /* once a day: those past their keeping */

/* ending.c: once a day, what ends without a human */
MUST_CHECK enum fail endings_tick(struct keeper *keeper);

/* recover.c */
MUST_CHECK enum fail keeper_recover(struct keeper *keeper);
MUST_CHECK enum fail sessions_load(struct keeper *keeper);

bool peer_connection(struct keeper *keeper, enum peer peer, uint64_t *out); /* the next one's turn */
struct facts_context facts_context_of(struct act *act);

#endif
