#include "keeper/shown.h"

#include <string.h>

#include "base/crypto.h"

static struct str kept_copy(struct str text)
{
	char *copy = process_bytes(text.len);

	memcpy(copy, text.at, text.len);
	return (struct str){ copy, text.len };
}

static void kept_wipe(struct str text)
{
	char *at = (char *)(uintptr_t)text.at;

	wipe(at, text.len);
	process_free(at);
}

static void shown_close(struct shown *shown)
{
	if (shown->query.n == 0)
		return;
	kept_wipe(shown->answer);
	kept_wipe(shown->later_table);
	*shown = (struct shown){ 0 };
}

/* One place a question, by its number, so that finding is a single look. */
void shown_add(struct shown_list *list, struct query_id query, struct session_id session,
               struct str answer, struct str later_table)
{
	struct shown *shown = &list->at[query.n % SHOWN_MAX];

	shown_close(shown);
	*shown = (struct shown){ query, session, kept_copy(answer), kept_copy(later_table) };
}

const struct shown *shown_find(const struct shown_list *list, struct query_id query,
                               struct session_id session)
{
	const struct shown *shown = &list->at[query.n % SHOWN_MAX];

	return query.n && shown->query.n == query.n && shown->session.n == session.n ? shown : NULL;
}

void shown_drop(struct shown_list *list, struct session_id session)
{
	for (size_t i = 0; i < SHOWN_MAX; i++)
		if (session.n == 0 || list->at[i].session.n == session.n)
			shown_close(&list->at[i]);
}
