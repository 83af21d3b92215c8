#include "keeper/people.h"

#include <string.h>

enum fail document_open(struct act *act, int64_t id, struct str digest, struct str *out)
{
	struct buf content = buf_on(act->arena);
	struct str bytes;
	struct hash hash;

	TRY(base64url_read(act->arena, digest, &bytes));
	if (bytes.len != HASH_BYTES)
		return FAIL_CORRUPT;
	memcpy(hash.at, bytes.at, HASH_BYTES);
	enum fail fail = vault_read(act->keeper->vault, (struct document_id){ (uint64_t)id }, &hash,
	                            &content);
	*out = fail == OK ? buf_str(&content) : STR("");
	return fail == FAIL_NOT_FOUND ? OK : fail;
}

enum fail person_show(struct act *act, struct person_id person, struct person_shown *out)
{
	AUTO(rows_end) struct rows_found rows = ROWS_NONE;
	struct details blank = { STR(""), DATE_NONE, STR(""), STR(""), STR("") };
	struct str text;
	int kind;

	TRY(store_ask(act->keeper->tables, TABLES_fact_person, VALUES(VALUE_INT("person", person.n)),
	              &rows));
	if (!rows_next(&rows))
		return rows_fail(&rows) ? rows_fail(&rows) : FAIL_CORRUPT;
	TRY(word_find(&person_kind_words, rows_text(&rows, 0), &kind));
	TRY(document_open(act, rows_i64(&rows, 1), rows_text(&rows, 2), &text));
	*out = (struct person_shown){ (enum person_kind)kind, blank };
	return text.len ? details_read(act->arena, text, &out->details) : OK;
}
