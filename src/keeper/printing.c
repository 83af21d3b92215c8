/* Papers on their way through the scribe: filled, made, entered in the log, handed over. */
#include <stdio.h>

#include "base/crypto.h"
#include "keeper/papers.h"

enum { MARK_BYTES = 16 };

static struct str format_of(const struct act *act)
{
	enum print_format format = act->command.print_paper.print_format;

	return word_code(&print_format_words, (int)(format ? format : FORMAT_PDF));
}

static enum fail order_send(struct act *act, const struct printing *printing)
{
	struct message order = message_new(act->arena, MESSAGE_PRINT, printing->id);
	struct buf bytes = buf_on(act->arena);
	uint8_t mark[MARK_BYTES];
	struct paper paper;

	TRY(paper_fill(act, &paper));
	random_bytes(mark, sizeof mark);
	paper.mark = base64url_text(act->arena, mark, sizeof mark);
	if (act->keeper->demo)
		paper.foot = str_printf(act->arena, "示範資料，非正式文件　%.*s", STR_FMT(paper.foot));
	TRY(paper_pack(&bytes, &paper));
	message_put(&order, "paper", buf_str(&bytes));
	message_put(&order, "format", format_of(act));
	outgoing_add(act->keeper, printing->scribe, &order, false);
	return OK;
}

/* The command is given again when the paper is there; its texts outlive the group here. */
static void printing_keep(const struct act *act, struct printing *printing)
{
	const struct command_print_paper *ask = &act->command.print_paper;

	printing->connection = act->connection;
	printing->message = act->message->id;
	printing->session = act->facts.session.id;
	printing->channel = act->command.channel;
	printing->paper = ask->printed_paper;
	printing->format = ask->print_format;
	printing->about = ask->about;
	printing->until_ms = clock_monotonic_ms() + PRINTING_PATIENCE_MS;
	snprintf(printing->request, sizeof printing->request, "%.*s", STR_FMT(act->command.request));
	snprintf(printing->content, sizeof printing->content, "%.*s", STR_FMT(act->command.content));
	snprintf(printing->token, sizeof printing->token, "%.*s", STR_FMT(act->token));
}

enum fail print_order(struct act *act)
{
	struct printing *printing = printings_add(&act->keeper->printings);

	if (!printing)
		return FAIL_BUSY;
	printing_keep(act, printing);
	/* It may just be starting: the order waits for it, as long as for a paper. */
	if (!peer_connection(act->keeper, PEER_SCRIBE, &printing->scribe))
		return OK;
	enum fail fail = order_send(act, printing);
	if (fail != OK)
		printing->id = 0;
	return fail;
}

/* --- what comes back --- */

static void file_put(struct act *act, struct message *reply, struct str file)
{
	struct str code = word_code(&printed_paper_words, (int)act->command.print_paper.printed_paper);
	struct str format = format_of(act);

	message_put(reply, "file", file);
	message_put(reply, "file_name", str_printf(act->arena, "%.*s-%llu.%.*s", STR_FMT(code),
	                                           (unsigned long long)act->command.print_paper.about.n,
	                                           STR_FMT(format)));
}

static struct act act_again(struct keeper *keeper, const struct printing *printing, const struct message *asked)
{
	struct act act = act_of(keeper, PEER_FRONT, printing->connection, asked);

	act.token = str_copy(act.arena, str_from(printing->token));
	act.command = command_new(COMMAND_print_paper);
	act.command.channel = printing->channel;
	act.command.request = str_copy(act.arena, str_from(printing->request));
	act.command.content = str_copy(act.arena, str_from(printing->content));
	act.command.print_paper.printed_paper = printing->paper;
	act.command.print_paper.print_format = printing->format;
	act.command.print_paper.about = printing->about;
	act.facts.session.id = printing->session;
	return act;
}

/* What could not be sent because no scribe was there. Decided again: it is later now. */
static enum fail order_late(struct keeper *keeper, struct printing *printing)
{
	struct message asked = { .kind = MESSAGE_COMMAND, .id = printing->message };
	struct act act = act_again(keeper, printing, &asked);

	TRY(corridor_enter(&act));
	act.verdict = law_decide(act.arena, &act.facts, &act.command);
	if (act.verdict.refusal == REFUSED_NOT) {
		enum fail fail = order_send(&act, printing);
		if (fail != OK) {
			reply_failed(&act, fail);
			printing->id = 0;
		}
		return OK;
	}
	printing->id = 0;
	TRY(corridor_leave(&act));
	struct message reply = reply_to(&act, MESSAGE_ANSWER);
	reply_verdict(&act, &reply);
	reply_session(&act, &reply);
	reply_send(&act, &reply);
	return OK;
}

/* Decided again, as the right to it may have ended since; in the log before it is handed over. */
static enum fail printed_reply(struct keeper *keeper, const struct printing *printing, struct str file,
                               struct str missing)
{
	struct message asked = { .kind = MESSAGE_COMMAND, .id = printing->message };
	struct act act = act_again(keeper, printing, &asked);
	struct hash digest = hash_bytes(file);

	TRY(corridor_enter(&act));
	act.facts.print.file_digest = base64url_text(act.arena, digest.at, HASH_BYTES);
	act.facts.print.file_bytes = (int64_t)file.len;
	act.facts.print.glyph_missing = missing.len > 0;
	act.verdict = law_decide(act.arena, &act.facts, &act.command);
	TRY(corridor_leave(&act));
	struct message reply = reply_to(&act, MESSAGE_ANSWER);
	reply_verdict(&act, &reply);
	if (act.verdict.refusal == REFUSED_NOT)
		file_put(&act, &reply, file);
	else if (act.verdict.refusal == REFUSED_GLYPH_MISSING)
		message_put(&reply, "detail", missing);
	reply_session(&act, &reply);
	reply_send(&act, &reply);
	return OK;
}

static void printing_fail(struct keeper *keeper, const struct printing *printing, enum fail fail)
{
	struct message asked = { .kind = MESSAGE_COMMAND, .id = printing->message };
	struct act act = act_again(keeper, printing, &asked);

	reply_failed(&act, fail);
}

/* A print that cannot be entered in the log stays until its time is over, and then fails. */
enum fail handle_printed(struct act *act)
{
	struct printing *printing = printings_find(&act->keeper->printings, act->message->id);
	struct str file = message_get(act->message, "file"), missing = message_get(act->message, "missing");

	if (!printing || printing->scribe != act->connection)
		return OK; /* what was not asked, or comes too late, is not heard */
	if (file.len || missing.len)
		TRY(printed_reply(act->keeper, printing, file, missing));
	else
		printing_fail(act->keeper, printing, FAIL_IO);
	printing->id = 0;
	return OK;
}

enum fail printings_tick(struct keeper *keeper)
{
	for (size_t i = 0; i < PRINTINGS_MAX; i++) {
		struct printing *printing = &keeper->printings.at[i];
		if (!printing->id)
			continue;
		if (printing->until_ms <= clock_monotonic_ms()) {
			printing_fail(keeper, printing, printing->scribe ? FAIL_TIMEOUT : FAIL_CLOSED);
			printing->id = 0;
		} else if (!printing->scribe && peer_connection(keeper, PEER_SCRIBE, &printing->scribe)) {
			TRY(order_late(keeper, printing));
		}
	}
	return OK;
}
