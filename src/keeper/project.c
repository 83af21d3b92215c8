#include "keeper/project.h"

#include <stdio.h>
#include <string.h>

#include "store/sql_tables.h"

enum { STATEMENTS_MAX = 4, FIELDS_MAX = 24, VALUES_MAX = 2 * FIELDS_MAX + 8, NO_STATEMENT = -1,
       NAME_BYTES_MAX = 96 };

/* Names are looked up once: which statements a kind has, what its digest fields are called. */
struct plan {
	size_t statement_count;
	int statements[STATEMENTS_MAX];
	struct str digest_names[FIELDS_MAX];
};

static struct plan plans[EVENT_KIND_COUNT];
static bool planned;
static struct arena scratch;

bool project_is_none(enum event_kind kind)
{
	return kind == EVENT_operator_acted || kind == EVENT_sheet_read || kind == EVENT_log_read ||
	       kind == EVENT_signature_read || kind == EVENT_sign_ins_refused;
}

static int statement_find(const char *name)
{
	for (size_t i = 0; i < sql_tables.statement_count; i++)
		if (str_is(sql_tables.statements[i].name, name))
			return (int)i;
	return NO_STATEMENT;
}

static struct str digest_name(struct str field)
{
	char *name = process_bytes(field.len + sizeof "_digest");

	memcpy(name, field.at, field.len);
	memcpy(name + field.len, "_digest", sizeof "_digest");
	return str_from(name);
}

static struct plan plan_of(enum event_kind kind)
{
	const struct record_spec *spec = event_spec(kind);
	struct plan plan = { 0 };
	char name[NAME_BYTES_MAX];

	snprintf(name, sizeof name, "project_%.*s", STR_FMT(spec->name));
	for (int found = statement_find(name); found != NO_STATEMENT; found = statement_find(name)) {
		assert(plan.statement_count < STATEMENTS_MAX);
		plan.statements[plan.statement_count++] = found;
		snprintf(name, sizeof name, "project_%.*s_%zu", STR_FMT(spec->name),
		         plan.statement_count + 1);
	}
	assert((plan.statement_count == 0) == project_is_none(kind) && "every kind has its projection");
	assert(spec->count <= FIELDS_MAX);
	for (size_t i = 0; i < spec->count; i++)
		if (spec->fields[i].kind == FIELD_DOCUMENT)
			plan.digest_names[i] = digest_name(spec->fields[i].name);
	return plan;
}

static void plans_make(void)
{
	for (int kind = 1; kind < EVENT_KIND_COUNT; kind++)
		plans[kind] = plan_of((enum event_kind)kind);
	scratch = arena_open((size_t)ENTRY_MAX_BYTES * 4);
	planned = true;
}

static struct str joined(const struct texts *texts)
{
	struct buf out = buf_on(&scratch);

	for (size_t i = 0; i < texts->count; i++) {
		if (i)
			buf_byte(&out, ',');
		buf_add(&out, texts->at[i]);
	}
	return buf_str(&out);
}

static struct store_value as_int(struct str field, int64_t n)
{
	return (struct store_value){ field, STORE_INT, n, STR("") };
}

static struct store_value as_text(struct str field, struct str text)
{
	return (struct store_value){ field, STORE_TEXT, 0, text };
}

static struct store_value as_null(struct str field)
{
	return (struct store_value){ field, STORE_NULL, 0, STR("") };
}

static struct store_value text_or_null(struct str field, struct str text)
{
	return text.len ? as_text(field, text) : as_null(field);
}

static struct store_value value_of(const struct field_spec *field, const void *body)
{
	const void *member = (const char *)body + field->offset;

	if (field->kind != FIELD_BOOL && !record_has(field, body))
		return as_null(field->name);
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
		return as_text(field->name, *(const struct str *)member);
	case FIELD_INT:
	case FIELD_TIME:
		return as_int(field->name, *(const int64_t *)member);
	case FIELD_BOOL:
		return as_int(field->name, *(const bool *)member);
	case FIELD_DATE:
		return as_int(field->name, ((const struct date *)member)->day);
	case FIELD_WORD:
		return as_text(field->name, word_code(field->words, *(const int *)member));
	case FIELD_TEXTS:
		return as_text(field->name, joined(member));
	case FIELD_ENTRY:
	case FIELD_PERSON:
		return as_int(field->name, (int64_t)*(const uint64_t *)member);
	case FIELD_DOCUMENT:
		return as_int(field->name, (int64_t)((const struct document *)member)->id);
	}
	return as_null(field->name);
}

static size_t values_of(const struct event *event, uint64_t entry, struct store_value *values)
{
	const struct record_spec *spec = event_spec(event->kind);
	const void *body = event_body_const(event);
	size_t count = 0;

	values[count++] = as_int(STR("entry"), (int64_t)entry);
	for (size_t i = 0; i < spec->count; i++) {
		const struct field_spec *field = &spec->fields[i];
		values[count++] = value_of(field, body);
		if (field->kind != FIELD_DOCUMENT)
			continue;
		const struct document *document = (const void *)((const char *)body + field->offset);
		values[count++] = text_or_null(plans[event->kind].digest_names[i], document->digest);
	}
	values[count++] = as_int(STR("at"), event->at_ms);
	values[count++] = event->session.n ? as_int(STR("session"), (int64_t)event->session.n)
					   : as_null(STR("session"));
	values[count++] = text_or_null(STR("request"), event->request);
	values[count++] = text_or_null(STR("content"), event->content);
	values[count++] = event->signature.id ? as_int(STR("signature"), (int64_t)event->signature.id)
					      : as_null(STR("signature"));
	values[count++] = text_or_null(STR("signature_digest"), event->signature.digest);
	values[count++] = as_text(STR("kind"), spec->name);
	return count;
}

/* The first event of a request names it. Asked before it is written: a statement that reads the table it writes to
 * gets a temporary one each time. */
static enum fail request_project(struct store *tables, const struct event *event, struct store_values values)
{
	int64_t asker;

	if (event->request.len == 0)
		return OK;
	enum fail fail = store_number(tables, TABLES_request_asker, values, &asker);
	if (fail == FAIL_NOT_FOUND)
		return OK;
	TRY(fail);
	return store_run(tables, TABLES_project_request, values);
}

enum fail project_event(struct store *tables, const struct event *event, uint64_t entry)
{
	struct store_value values[VALUES_MAX];

	if (!planned)
		plans_make();
	const struct plan *plan = &plans[event->kind];
	struct store_values all = { values, values_of(event, entry, values) };
	enum fail fail = request_project(tables, event, all);
	if (fail == OK && event->signature.id)
		fail = store_run(tables, TABLES_project_signature, all);
	for (size_t i = 0; fail == OK && i < plan->statement_count; i++)
		fail = store_run(tables, plan->statements[i], all);
	arena_empty(&scratch);
	return fail;
}

enum fail project_applied(struct store *tables, uint64_t size)
{
	return store_run(tables, TABLES_applied_set, VALUES(VALUE_INT("size", size)));
}

enum fail project_position(struct store *tables, uint64_t *size_out)
{
	int64_t size;

	TRY(store_number(tables, TABLES_applied_get, NO_VALUES, &size));
	*size_out = (uint64_t)size;
	return OK;
}
