/* Nothing is asked that the law did not grant; nothing is shown that is not in the log. */
#include "keeper/parts.h"

#include <string.h>

#include "keeper/project.h"

struct act act_of(struct keeper *keeper, enum peer peer, uint64_t connection,
                  const struct message *message)
{
	return (struct act){ .keeper = keeper, .arena = &keeper->group, .peer = peer,
		             .connection = connection, .message = message, .token = STR(""), .code = STR("") };
}

struct facts_context facts_context_of(struct act *act)
{
	return (struct facts_context){ act->arena, act->keeper->tables, act->keeper->vault,
		                       act->keeper->cache, keeper_wall_ms(act->keeper) };
}

static uint64_t next_entry(const struct keeper *keeper)
{
	return ledger_size(keeper->ledger) + ledger_staged(keeper->ledger);
}

/* The law hands over contents; from here on only id and digest of the sealed document count. */
static enum fail document_seal(struct keeper *keeper, struct arena *arena, int64_t at_ms, struct document *document)
{
	struct time_text period = time_quarter(at_ms);
	struct sealed sealed;

	if (document->id || document->content.len == 0)
		return OK;
	TRY(vault_seal(keeper->vault, str_from(period.text), ledger_next(keeper->ledger), document->content,
	               &sealed));
	document->id = sealed.id.n;
	document->digest = base64url_text(arena, sealed.digest.at, HASH_BYTES);
	return OK;
}

static enum fail documents_seal(struct keeper *keeper, struct arena *arena, struct event *event)
{
	const struct record_spec *spec = event_spec(event->kind);

	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].kind == FIELD_DOCUMENT)
			TRY(document_seal(keeper, arena, event->at_ms,
			                  (void *)((char *)event_body(event) + spec->fields[i].offset)));
	return document_seal(keeper, arena, event->at_ms, &event->signature);
}

/* What the keeper itself remembers of events. */
static void event_notice(struct act *act, const struct event *event, uint64_t entry)
{
	struct keeper *keeper = act->keeper;

	if (event->kind == EVENT_signed_out) {
		sessions_remove(&keeper->sessions, event->signed_out.ended_session);
		shown_drop(&keeper->shown, event->signed_out.ended_session);
	}
	if (event->kind == EVENT_card_lost_reported || event->kind == EVENT_card_bound ||
	    event->kind == EVENT_card_unbound)
		memset(keeper->known_cards, 0, sizeof keeper->known_cards);
	if (event->kind == EVENT_clock_accepted) {
		keeper->clock.stepped = false;
		keeper->clock.last_read_ms = keeper_wall_ms(keeper);
	}
	if (act->first_entry == 0)
		act->first_entry = entry;
	act->last_entry = entry;
}

static enum fail event_stage(struct act *act, struct event *event)
{
	struct keeper *keeper = act->keeper;
	uint64_t entry;

	event->at_ms = act->facts.now_ms;
	random_bytes(event->salt, sizeof event->salt);
	TRY(documents_seal(keeper, act->arena, event));
	struct str bytes = event_encode(act->arena, event);
	TRY(ledger_stage(keeper->ledger, bytes, event->at_ms, &entry));
	keeper->clock.last_at_ms = event->at_ms;
	keeper->projected++;
	TRY(project_event(keeper->tables, event, entry));
	event_notice(act, event, entry);
	return OK;
}

enum fail events_stage(struct act *act)
{
	for (size_t i = 0; i < act->events.count; i++)
		TRY(event_stage(act, &act->events.at[i]));
	return OK;
}

/* A clock that went back is itself evidence, once, before whatever was asked. */
static enum fail step_record(struct act *act, int64_t clock_ms)
{
	struct act step = act_of(act->keeper, 0, 0, NULL);

	step.facts.now_ms = act->facts.now_ms;
	step.events = events_on(step.arena);
	events_add(&step.events, EVENT_clock_stepped)->clock_stepped.clock = clock_ms;
	return events_stage(&step);
}

static enum fail time_take(struct act *act)
{
	struct keeper *keeper = act->keeper;
	bool step_found;

	act->facts.now_ms = clock_read(keeper, &step_found);
	act->facts.today = time_local_date(act->facts.now_ms);
	if (step_found)
		TRY(step_record(act, keeper_wall_ms(keeper)));
	act->facts.next_entry = next_entry(keeper);
	act->facts.demo = keeper->demo;
	act->facts.clock_stepped = keeper->clock.stepped;
	return OK;
}

static void limits_take(struct keeper *keeper, const struct parameters *parameters)
{
	keeper->limits = (struct limits){
		.idle_ms = parameter_int(parameters, PARAMETER_SESSION_IDLE_MINUTES) * 60000,
		.max_ms = parameter_int(parameters, PARAMETER_SESSION_MAX_HOURS) * 3600000,
		.nonce_ms = parameter_int(parameters, PARAMETER_LOGIN_NONCE_SECONDS) * 1000,
		.crl_hours = parameter_int(parameters, PARAMETER_CRL_MAX_AGE_HOURS),
		.ocsp = parameter_is(parameters, PARAMETER_OCSP_USE, "if_named"),
		.table_days = parameter_int(parameters, PARAMETER_RESULT_REVIEW_KEEP_DAYS),
	};
}

/* Everything that deciding needs and the caller did not know already. */
enum fail corridor_enter(struct act *act)
{
	struct facts_context context = facts_context_of(act);

	TRY(time_take(act));
	TRY(facts_load(&context, &act->command, &act->facts));
	act->facts.clock_stepped = act->keeper->clock.stepped;
	limits_take(act->keeper, &act->facts.parameters);
	if (shown_find(&act->keeper->shown, act->facts.query.id, act->facts.session.id))
		act->facts.query.has_day_table |=
			shown_find(&act->keeper->shown, act->facts.query.id, act->facts.session.id)
				->later_table.len > 0;
	return OK;
}

enum fail corridor_leave(struct act *act)
{
	act->events = events_on(act->arena);
	law_account(&act->facts, &act->command, &act->verdict, &act->events);
	return events_stage(act);
}

enum fail corridor(struct act *act)
{
	TRY(corridor_enter(act));
	act->verdict = law_decide(act->arena, &act->facts, &act->command);
	return corridor_leave(act);
}

enum fail corridor_refuse(struct act *act, enum refusal refusal)
{
	TRY(corridor_enter(act));
	act->verdict = (struct verdict){ .refusal = refusal };
	return corridor_leave(act);
}

enum fail corridor_internal(struct keeper *keeper, const struct command *command,
                            struct session_id session)
{
	struct act act = act_of(keeper, 0, 0, NULL);

	act.command = *command;
	act.command.channel = CHANNEL_INTERNAL;
	act.facts.session.id = session;
	return corridor(&act);
}
