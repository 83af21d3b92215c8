/* Printing (G3.3): whoever a paper is about, and those who lead the office that it belongs to. It is
 * decided before the paper is made and again before it leaves. */
#include "law/decide.h"

enum { LEADS = DUTY_BIT(DUTY_CUSTODIAN) | DUTY_BIT(DUTY_SUPERVISOR) | DUTY_BIT(DUTY_AGENCY_HEAD) };

/* Duties that print a paper of their office. None: the tables say who reads it. */
static const uint32_t may_print[] = {
	[PRINTED_APPOINTMENT] = LEADS, [PRINTED_NIA_NOTICE] = LEADS,
	[PRINTED_HANDOVER] = LEADS,
	[PRINTED_APPLICATION] = 0,     [PRINTED_LETTER] = 0,
	[PRINTED_COVER_LIST] = 0,      [PRINTED_REPLY_FORM] = 0,
};
static_assert(ARRAY_LEN(may_print) == printed_paper_end, "every paper has its row");

static bool is_mine(const struct facts *facts, enum printed_paper paper)
{
	const struct fact_print *print = &facts->print;

	return is_me(facts, print->person) || print->reader ||
	       (may_print[paper] && governs_office(facts, may_print[paper], print->office));
}

struct verdict decide_print_paper(const struct facts *facts, const struct command_print_paper *ask)
{
	if (!facts->print.exists)                   return refused(REFUSED_PAPER_UNKNOWN);
	if (!is_mine(facts, ask->printed_paper))    return refused(REFUSED_PAPER_OF_OTHERS);
	if (facts->print.glyph_missing)             return refused(REFUSED_GLYPH_MISSING);
	return granted();
}

void account_print_paper(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_print_paper *ask = &command->print_paper;
	const struct fact_print *print = &facts->print;
	struct event_paper_printed *event = &events_add(out, EVENT_paper_printed)->paper_printed;

	event->printed_paper = ask->printed_paper;
	event->about = ask->about;
	event->print_format = ask->print_format ? ask->print_format : FORMAT_PDF;
	event->digest = print->digest;
	event->file_digest = print->file_digest;
	event->file_bytes = print->file_bytes;
	event->print_no = print->prints + 1;
	event->person = facts->me;
	event->channel = command->channel;
}
