/* What binding and unbinding cards writes. */
#include "law/decide.h"
#include "law/holder.h"

static struct document holder_document(struct events *out, struct str name, struct str last_four)
{
	struct holder holder = { name, last_four };

	return document_of(holder_write(out->arena, &holder));
}

/* A flood of unknown cards must not flood the log: each stands once a day, and so many a day in all. */
void card_presented(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct fact_card *card = &facts->card;

	if (facts->presented.today ||
	    facts->presented.count_today >= parameter_int(&facts->parameters, PARAMETER_CARD_PRESENTED_DAY))
		return;
	struct event_card_presented *event = &events_add(out, EVENT_card_presented)->card_presented;
	event->card_serial = card->serial;
	event->card_number = card->number;
	event->fingerprint = card->fingerprint;
	event->card_valid_to = card->valid_to;
	event->candidate = facts->presented.candidate;
	event->address = address_of(command);
	event->channel = command->channel;
	event->holder = holder_document(out, card->name, card->last_four);
}

void account_confirm_card(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_confirm_card *ask = &command->confirm_card;
	const struct fact_presented *card = &facts->presented;
	struct event_card_bound *event = &events_add(out, EVENT_card_bound)->card_bound;

	event->person = ask->person;
	event->card_serial = card->serial;
	event->card_number = card->number;
	event->fingerprint = card->fingerprint;
	event->card_valid_to = card->valid_to;
	event->presented = card->entry;
	event->recorder = facts->me;
	event->explained = !card->name_same;
	event->holder = holder_document(out, card->name, card->last_four);
	if (ask->remark.len)
		event->remark = document_of(ask->remark);
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out); /* those that another card opened end with it */
}

void account_unbind_card(const struct facts *facts, const struct command *command, struct events *out)
{
	struct event_card_unbound *event = &events_add(out, EVENT_card_unbound)->card_unbound;

	event->person = facts->account.person;
	event->card_serial = command->unbind_card.card_serial;
	event->recorder = facts->me;
	event->remark = document_of(command->unbind_card.remark);
	sessions_end(&facts->account.sessions, OUT_BLOCKED, out); /* those that another card opened end with it */
}
