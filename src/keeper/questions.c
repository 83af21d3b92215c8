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
	struct question *question = &questions->at[questions->count++];
	*question = (struct question){ .id = id, .plan = buf_open() };
	return question;
}

struct question *questions_find(struct questions *questions, struct query_id id)
{
	for (size_t i = 0; i < questions->count; i++)
		if (questions->at[i].id.n == id.n)
			return &questions->at[i];
	return NULL;
}

static void question_close(struct question *question)
{
	if (question->plan.len)
		wipe(question->plan.at, question->plan.len);
	buf_close(&question->plan);
}

/* Keeps the order, so that the oldest stays in front. */
void questions_remove(struct questions *questions, struct query_id id)
{
	struct question *question = questions_find(questions, id);

	if (!question)
		return;
	question_close(question);
	size_t at = (size_t)(question - questions->at);
	memmove(question, question + 1, (questions->count - at - 1) * sizeof *question);
	questions->count--;
}

void questions_close(struct questions *questions)
{
	for (size_t i = 0; i < questions->count; i++)
		question_close(&questions->at[i]);
	process_free(questions->at);
	*questions = (struct questions){ 0 };
}
