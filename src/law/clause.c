#include "law/clause.h"

#include "base/buf.h"
#include "law/parameters.h"

static const char *const numerals[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
static const char *const levels[] = { "點", "款", "目" }; /* how the guideline counts */

/* The forms are annexes of the guideline, numbered like it. */
static struct str form_citation(struct arena *arena, struct str rule)
{
	if (rule.len < 2 || rule.at[1] < '1' || rule.at[1] > '3')
		return STR("");
	return str_printf(arena, "附表%s", numerals[rule.at[1] - '0']);
}

struct str clause_citation(struct arena *arena, struct str rule)
{
	struct buf out = buf_on(arena);
	size_t level = 0;

	if (str_starts(rule, STR("F")))
		return form_citation(arena, rule);
	if (!str_starts(rule, STR("G")))
		return STR("");
	buf_add(&out, STR("要點"));
	for (size_t i = 1; i < rule.len; i++) {
		if (rule.at[i] >= '1' && rule.at[i] <= '9' && level < ARRAY_LEN(levels)) {
			buf_add(&out, STR("第"));
			buf_add(&out, str_from(numerals[rule.at[i] - '0']));
			buf_add(&out, str_from(levels[level++]));
		} else if (rule.at[i] != '.' && !(rule.at[i] >= 'a' && rule.at[i] <= 'z')) {
			return STR("");
		}
	}
	return level ? buf_str(&out) : STR("");
}

static const char DECISION[] = "decided by this system where the guideline is silent";
static const char CONTROL[] = "protection standard for information systems";

const char *rule_label(struct str rule)
{
	enum parameter parameter;

	if (parameter_find(rule, &parameter))
		return parameter_spec(parameter)->label;
	if (rule.len > 1 && rule.at[1] >= '0' && rule.at[1] <= '9') {
		if (rule.at[0] == 'X')
			return DECISION;
		if (rule.at[0] == 'C')
			return CONTROL;
	}
	return "";
}
