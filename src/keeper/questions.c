#include "keeper/questions.h"

#include <string.h>

#include "base/crypto.h"

struct question *questions_add(struct questions *questions, struct query_id id)
{
	if (questions->count == questions->cap) {
		size_t cap = questions->cap ? questions->cap * 2 : 256;
		questions->at = process_grow(questions->at, questions->cap * sizeof *questions->at,
		                             cap * sizeof *questions->at);
		questions->cap = cap;
	}
	struct question *question = process_bytes(sizeof *question);
	*question = (struct question){ .id = id, .plan = buf_open() };
	questions->at[questions->count++] = question;
	return question;
}

/* Its place, or how many there are. */
static size_t place_of(const struct questions *questions, struct query_id id)
{
	size_t at = 0;

	while (at < questions->count && questions->at[at]->id.n != id.n)
		at++;
	return at;
}

struct question *questions_find(struct questions *questions, struct query_id id)
{
	size_t at = place_of(questions, id);

	return at < questions->count ? questions->at[at] : NULL;
}

static void question_close(struct question *question)
{
	if (question->plan.len)
		wipe(question->plan.at, question->plan.len);
	buf_close(&question->plan);
	wipe(question, sizeof *question);
	process_free(question);
}

/* Keeps the order, so that the oldest stays in front. */
void questions_remove(struct questions *questions, struct query_id id)
{
	size_t at = place_of(questions, id);

	if (at == questions->count)
		return;
	question_close(questions->at[at]);
	questions->count--;
	memmove(questions->at + at, questions->at + at + 1, (questions->count - at) * sizeof *questions->at);
}

void questions_close(struct questions *questions)
{
	for (size_t i = 0; i < questions->count; i++)
		question_close(questions->at[i]);
	process_free(questions->at);
	*questions = (struct questions){ 0 };
}
