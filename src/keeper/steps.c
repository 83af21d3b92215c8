/* Important steps: the text that a person signs with the card, the signature that comes back, and how
 * both are shown again. Decision 0090. */
#include "keeper/parts.h"

#include "counter/signed.h"
#include "counter/step.h"
#include "journal/merkle.h"
#include "keeper/people.h"

enum { STEPS_MAX = 256 };

/* --- the text --- */

/* What an entry number stands for, so that the signature is over the thing and not over a number. */
static enum fail object_put(struct act *act, struct json_out *out, const struct field_spec *field, uint64_t entry)
{
	struct str bytes;

	if (entry >= ledger_size(act->keeper->ledger))
		return OK;
	TRY(ledger_read(act->keeper->ledger, entry, act->arena, &bytes));
	struct hash leaf = merkle_leaf(bytes);
	json_put_key(out, field->name);
	json_put_str(out, base64_text(act->arena, leaf.at, HASH_BYTES));
	return OK;
}

static enum fail objects_put(struct act *act, struct json_out *out)
{
	const struct record_spec *spec = &command_spec(act->command.kind)->record;
	const char *body = command_body(&act->command);

	json_put_object(out);
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].kind == FIELD_ENTRY && record_has(&spec->fields[i], body))
			TRY(object_put(act, out, &spec->fields[i],
			               ((const struct entry_id *)(const void *)(body + spec->fields[i].offset))->n));
	json_put_object_end(out);
	return OK;
}

static enum fail objects_text(struct act *act, struct str *text_out)
{
	struct buf text = buf_on(act->arena);
	struct json_out out = json_to(&text);

	TRY(objects_put(act, &out));
	*text_out = buf_str(&text);
	return OK;
}

enum fail step_objects(struct act *act, struct str *out)
{
	enum command_kind kind = command_find(message_get(act->message, "command"));
	struct problem problems[PROBLEMS_MAX];
	struct act told = *act;
	size_t count;

	*out = STR("");
	if (kind == COMMAND_NONE || !command_spec(kind)->is_signed ||
	    !command_read(act->arena, kind, act->message->fields, act->message->field_count,
	                  time_local_date(keeper_wall_ms(act->keeper)), &told.command, problems, &count))
		return OK;
	return objects_text(&told, out);
}

/* One line: the command that was understood, its request and every field. */
static enum fail step_line(struct act *act, struct str *line_out)
{
	struct buf line = buf_on(act->arena);
	struct json_out out = step_line_begin(act->arena, &line, &act->command);

	json_put_key(&out, STR("objects"));
	TRY(objects_put(act, &out));
	json_put_object_end(&out);
	*line_out = buf_str(&line);
	return OK;
}

/* A command for each value of the list, under a request of its own. */
static bool step_of_value(struct act *act, enum command_kind kind, struct str list, struct str value, struct act *out)
{
	struct message *one = arena_new(act->arena, struct message);
	uint8_t random[16];

	random_bytes(random, sizeof random);
	*one = message_new(act->arena, MESSAGE_STEP_TEXT, act->message->id);
	message_put(one, "request", base64url_text(act->arena, random, sizeof random));
	for (size_t i = 0; i < act->message->field_count; i++) {
		const struct pair *field = &act->message->fields[i];
		message_field(one, field->name, str_eq(field->name, list) ? value : field->text);
	}
	*out = *act;
	out->message = one;
	return command_understood(out, kind);
}

static struct str list_values(const struct message *message, struct str list)
{
	for (size_t i = 0; i < message->field_count; i++)
		if (str_eq(message->fields[i].name, list))
			return message->fields[i].text;
	return STR("");
}

/* False: what is wrong has been answered. */
static enum fail lines_put(struct act *act, enum command_kind kind, struct buf *text, struct sheet *steps, bool *good_out)
{
	struct str list = message_get(act->message, "list"), value, line;
	struct str rest = list.len ? list_values(act->message, list) : STR("-");
	struct act one = *act;

	*good_out = true;
	while (rest.len && str_cut(&rest, ',', &value) && steps->row_count < STEPS_MAX) {
		*good_out = list.len ? step_of_value(act, kind, list, str_trim(value), &one) : command_understood(&one, kind);
		if (!*good_out)
			return OK;
		TRY(step_line(&one, &line));
		buf_add(text, line);
		buf_byte(text, '\n');
		struct str *row = sheet_row_add(act->arena, steps);
		row[0] = list.len ? str_trim(value) : STR("");
		row[1] = one.command.request;
	}
	return OK;
}

enum fail handle_step_text(struct act *act)
{
	static const struct str columns[] = { STR_INIT("value"), STR_INIT("request") };
	enum command_kind kind = command_find(message_get(act->message, "command"));
	struct sheet steps = sheet_new(act->arena, STR("steps"), columns, ARRAY_LEN(columns));
	struct keeper *keeper = act->keeper;
	struct buf text = buf_on(act->arena);
	bool good;

	if (!kind || command_spec(kind)->door != DOOR_PEOPLE) {
		reply_problems(act, &(struct problem){ STR("command"), "There is no such command." }, 1);
		return OK;
	}
	int64_t good_ms = keeper->limits.nonce_ms * (command_spec(kind)->with_agency ? 2 : 1); /* cards are changed */
	struct str nonce = str_copy(act->arena, nonce_make(&keeper->nonces, keeper_mono_ms(keeper) + good_ms));
	step_head_put(&text, keeper->origin, nonce, keeper_wall_ms(keeper));
	TRY(lines_put(act, kind, &text, &steps, &good));
	if (!good)
		return OK;
	struct message reply = reply_to(act, MESSAGE_STEP_TEXT);
	message_put(&reply, "nonce", nonce);
	reply_put_u64(act, &reply, "seconds", (uint64_t)good_ms / 1000);
	message_put(&reply, "text", buf_str(&text));
	message_sheet(&reply, steps);
	outgoing_add(keeper, act->connection, &reply, true);
	return OK;
}

/* --- the signature --- */

/* The text is of this log, fresh, and one of its lines is this very command. */
static enum fail text_fits(struct act *act, struct str text, struct str *nonce_out, bool *fits_out)
{
	struct hash hash = hash_bytes(text);
	struct str line, wanted, rest = text;

	*fits_out = false;
	if (!step_head_read(act->arena, text, act->keeper->origin, nonce_out) ||
	    !nonce_use_for(&act->keeper->nonces, *nonce_out, &hash, keeper_mono_ms(act->keeper)))
		return OK;
	TRY(step_line(act, &wanted));
	while (rest.len && str_cut(&rest, '\n', &line))
		*fits_out |= str_eq(line, wanted);
	return OK;
}

static enum refusal signer_fault(const struct act *act, const struct fact_card *card)
{
	struct hash serial = hash_bytes(card->serial);

	if (card->fault == REFUSED_CARD_SIGNATURE)
		return REFUSED_SIGNATURE_INVALID;
	if (card->fault)
		return card->fault;
	if (card->bound_to.n != act->facts.me.n || !bytes_eq(serial.at, act->session_card.at, HASH_BYTES))
		return REFUSED_SIGNATURE_OTHER_CARD;
	return REFUSED_NOT;
}

/* cms2: of the agency certificate, "" where none signs beside the card. Both in base64. */
static struct str proof_text(struct arena *arena, struct str text, struct str cms, struct str cms2)
{
	struct buf proof = buf_on(arena);
	struct json_out out = json_to(&proof);

	json_put_object(&out);
	json_put_key(&out, STR("text"));
	json_put_str(&out, text);
	json_put_key(&out, STR("cms"));
	json_put_str(&out, cms);
	if (cms2.len) {
		json_put_key(&out, STR("cms2"));
		json_put_str(&out, cms2);
	}
	json_put_object_end(&out);
	return buf_str(&proof);
}

/* Signs an agency certificate under this command, and did one? */
static struct str second_signature(const struct act *act, const char *head)
{
	return command_spec(act->command.kind)->with_agency ? message_get(act->message, head) : STR("");
}

/* A frame that a card signed is its own proof: nonce, signature and card were verified when the caller
 * was found. What its entry numbers stand for may be left out, but not said wrong. The agency certificate signs the
 * same text (G3.6, X25). */
static enum fail step_of_frame(struct act *act)
{
	struct str objects = message_get(act->message, "objects"), second = second_signature(act, "signature2");
	struct str text = signed_text(act->arena, act->message), now, der, der2 = STR("");

	TRY(base64url_read(act->arena, message_get(act->message, "signature"), &der));
	TRY(objects_text(act, &now));
	if (second.len && base64url_read(act->arena, second, &der2) != OK)
		der2 = STR("");
	if (second.len)
		TRY(agency_of_signature(act, der2, text, message_get(act->message, "nonce")));
	act->facts.step = (struct fact_step){
		.presented = true, .fault = objects.len && !str_eq(objects, now) ? REFUSED_SIGNATURE_INVALID : REFUSED_NOT,
		.proof = proof_text(act->arena, text, base64_text(act->arena, der.at, der.len),
		                    base64_text(act->arena, der2.at, der2.len)),
	};
	return OK;
}

static enum fail agency_of_step(struct act *act, struct str text, struct str nonce, struct str *cms_out)
{
	struct str second = second_signature(act, "step_signature2"), der;

	*cms_out = STR("");
	if (!second.len)
		return OK;
	if (signature_der(act->arena, second, &der) != OK)
		der = STR("");
	*cms_out = base64_text(act->arena, der.at, der.len);
	return agency_of_signature(act, der, text, nonce);
}

static enum fail card_of_step(struct act *act, struct str text, struct str nonce, struct str cms2)
{
	struct str signature = message_get(act->message, "step_signature"), der;
	struct fact_card card;

	if (!signature.len || signature_der(act->arena, signature, &der) != OK)
		return OK;
	TRY(card_of_signature(act, signature, text, nonce, &card));
	act->facts.step.fault = signer_fault(act, &card);
	act->facts.step.proof = proof_text(act->arena, text, base64_text(act->arena, der.at, der.len), cms2);
	return OK;
}

enum fail step_take(struct act *act)
{
	struct str text = message_get(act->message, "step_text"), nonce, cms2;
	bool first = message_get(act->message, "step_signature").len > 0, second = second_signature(act, "step_signature2").len > 0;
	bool is_frame = !message_get(act->message, "session").len && message_get(act->message, "signature").len;
	bool fits;

	if (!act->facts.me.n || !command_spec(act->command.kind)->is_signed)
		return OK;
	if (!first && !second)
		return is_frame ? step_of_frame(act) : OK;
	act->facts.step = (struct fact_step){ first, REFUSED_SIGNATURE_INVALID, STR("") };
	act->facts.second_card = (struct fact_card){ .presented = second, .fault = REFUSED_SIGNATURE_INVALID };
	TRY(text_fits(act, text, &nonce, &fits));
	if (!fits)
		return OK;
	TRY(agency_of_step(act, text, nonce, &cms2));
	return card_of_step(act, text, nonce, cms2);
}

/* --- shown again --- */

enum fail signature_put(struct act *act, struct message *reply)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct str proof;
	struct json object;

	TRY(store_ask(act->keeper->tables, TABLES_keeper_signature,
	              VALUES(VALUE_INT("entry", act->facts.signature.entry.n)), &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows) ? rows_fail(&rows) : FAIL_CORRUPT;
	TRY(document_open(act, rows_i64(&rows, 0), rows_text(&rows, 1), &proof));
	if (!proof.len) /* destroyed with its time */
		return OK;
	TRY(json_read(act->arena, proof, &object));
	message_put(reply, "step_text", json_text(&object, STR("text")));
	message_put(reply, "step_signature", json_text(&object, STR("cms")));
	if (json_member(&object, STR("cms2")))
		message_put(reply, "step_signature2", json_text(&object, STR("cms2")));
	return OK;
}
