/* Questions to the model. */
#include <string.h>

#include "model.h"

void *row_of(void *at, size_t size, size_t count, size_t offset, uint64_t n)
{
	for (size_t i = 0; i < count; i++) {
		char *row = (char *)at + i * size;
		if (n && memcmp(row + offset, &n, sizeof n) == 0)
			return row;
	}
	return NULL;
}

static const char *const office_codes[OFFICE_COUNT] = { "", "bureau", "sanmin", "zuoying", "home", "nia" };

enum office office_of(struct str code)
{
	for (int i = 1; i < OFFICE_COUNT; i++)
		if (str_is(code, office_codes[i]))
			return (enum office)i;
	return NOWHERE;
}

const char *office_code(enum office office)
{
	return office_codes[office];
}

uint64_t model_person(int card)
{
	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].card == card)
			return model.cards.at[i].person;
	return 0;
}

int model_card_of(uint64_t person)
{
	for (size_t i = 0; i < model.cards.count; i++)
		if (model.cards.at[i].person == person && model.cards.at[i].card < TOWN_PEOPLE)
			return model.cards.at[i].card;
	return -1;
}

const struct m_session *model_session(uint64_t entry)
{
	return ROW_OF(model.sessions, entry, entry);
}

bool is_blocked(uint64_t person, enum office office, int today)
{
	for (size_t i = 0; i < model.blocks.count; i++) {
		const struct m_block *block = &model.blocks.at[i];
		if (block->person == person && block->office == office && block->starts_on <= today && !block->over)
			return true;
	}
	return false;
}

bool duty_in_force(const struct m_duty *duty, int today)
{
	return duty->from <= today && (!duty->to || duty->to >= today) && (!duty->ended || duty->ended_on > today);
}

bool holds(uint64_t person, uint32_t duties, enum office office, int today)
{
	if (is_blocked(person, office, today))
		return false;
	for (size_t i = 0; i < model.duties.count; i++) {
		const struct m_duty *duty = &model.duties.at[i];
		if (duty->person == person && duty->office == office && (duties & DUTY_BIT(duty->duty)) &&
		    duty_in_force(duty, today))
			return true;
	}
	return false;
}

bool holds_somewhere(uint64_t person, uint32_t duties, int today)
{
	for (int office = 1; office < OFFICE_COUNT; office++)
		if (holds(person, duties, (enum office)office, today))
			return true;
	return false;
}

bool has_place(uint64_t person, enum office office, int today)
{
	for (size_t i = 0; i < model.accounts.count; i++)
		if (model.accounts.at[i].person == person && model.accounts.at[i].office == office && !model.accounts.at[i].ended)
			return true;
	for (size_t i = 0; i < model.duties.count; i++) {
		const struct m_duty *duty = &model.duties.at[i];
		if (duty->person == person && duty->office == office && (!duty->to || duty->to >= today) &&
		    (!duty->ended || duty->ended_on > today))
			return true;
	}
	return false;
}

const char *model_parameter(const char *name, int today, const char *initial)
{
	const struct m_parameter *found = NULL;

	for (size_t i = 0; i < model.parameters.count; i++) {
		const struct m_parameter *set = &model.parameters.at[i];
		if (strcmp(set->name, name) == 0 && set->effective <= today && (!found || set->effective >= found->effective))
			found = set;
	}
	return found ? found->value : initial;
}

bool set_has(const char *set, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = strstr(set, word); at; at = strstr(at + 1, word))
		if ((at == set || at[-1] == ',') && (at[len] == 0 || at[len] == ','))
			return true;
	return false;
}
