/* The sentence of the decision letter (處分書). A refusal must state its reasons
 * (身心障礙者生活補助費發給辦法 §7), so counts, window, rule and version stand in it. */
#include "law/residence.h"

static void letter_window(const struct residence_year *year, struct buf *out)
{
	buf_printf(out, "自%s", date_roc(year->window.first).text);
	buf_printf(out, "至%s止（計%d日）", date_roc(year->window.last).text, year->window_days);
}

static void letter_days(const struct residence_year *year, const struct residence_rules *rules,
                        struct buf *out)
{
	struct residence_days days = year->days[rules->convention];

	if (!year->is_counted)
		buf_add(out, STR("，居住國內日數無法依紀錄計算"));
	else if (days.min == days.max)
		buf_printf(out, "，居住國內計%d日", days.min);
	else
		buf_printf(out, "，居住國內至少%d日、至多%d日", days.min, days.max);
}

static void letter_reasons(unsigned reasons, struct buf *out)
{
	const char *before = "";

	for (size_t i = 0; i < REVIEW_COUNT; i++) {
		if (!(reasons & REVIEW_BIT(i)))
			continue;
		buf_printf(out, "%s%.*s", before, STR_FMT(residence_reason_words[i].zh));
		before = "、";
	}
}

static void letter_verdict(const struct residence_answer *answer, const struct residence_rules *rules,
                           struct buf *out)
{
	const char *line = rules->at_least ? "以上" : "";
	const char *beyond = rules->at_least ? "達" : "超過";
	const char *each = rules->years > 1 ? "每年" : "";

	switch (answer->verdict) {
	case VERDICT_ELIGIBLE:
		buf_printf(out, "，%s已%s%d日%s，符合規定。", each, beyond, rules->threshold_days, line);
		return;
	case VERDICT_NOT_ELIGIBLE:
		buf_printf(out, "，未%s%s%d日%s，不符規定。", each, beyond, rules->threshold_days, line);
		return;
	case VERDICT_NEEDS_REVIEW:
		buf_add(out, STR("；因"));
		letter_reasons(answer->reasons, out);
		buf_add(out, STR("，應由承辦人員認定。"));
		return;
	case VERDICT_NONE:
	case VERDICT_COUNT:
		break;
	}
	assert(answer->verdict < VERDICT_COUNT && answer->verdict != VERDICT_NONE);
}

static void letter_rule(const struct residence_answer *answer, const struct residence_rules *rules,
                        struct buf *out)
{
	buf_printf(out, "（計日方式：%.*s",
	           STR_FMT(residence_convention_words[rules->convention].zh));
	if (rules->same_day_is_absent)
		buf_add(out, STR("，同日出境再入境者計一日不在國內"));
	buf_add(out, STR("；"));
	if (!date_is_none(answer->data_as_of))
		buf_printf(out, "資料截至%s；", date_roc(answer->data_as_of).text);
	buf_add(out, STR("計算規則及版本：" RESIDENCE_RULE "）"));
}

void residence_letter(const struct residence_answer *answer, const struct residence_rules *rules,
                      struct buf *out)
{
	if (answer->reasons & REVIEW_BIT(REVIEW_NO_DAY_TEST)) {
		buf_add(out, STR("本案依據法令未定居住國內日數之要件，不作日數之計算。"));
		return;
	}
	buf_add(out, STR("經查入出境紀錄，"));
	for (size_t i = 0; i < answer->year_count; i++) {
		if (i)
			buf_add(out, STR("；"));
		letter_window(&answer->years[i], out);
		letter_days(&answer->years[i], rules, out);
	}
	letter_verdict(answer, rules, out);
	letter_rule(answer, rules, out);
}
