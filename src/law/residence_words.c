/* Stable names for machines, official or plain Chinese terms for people. */
#include "law/residence.h"

const struct residence_word residence_verdict_words[VERDICT_COUNT] = {
	[VERDICT_NONE] = { STR_INIT(""), STR_INIT("無法計算") },
	[VERDICT_ELIGIBLE] = { STR_INIT("eligible"), STR_INIT("符合") },
	[VERDICT_NEEDS_REVIEW] = { STR_INIT("needs_review"), STR_INIT("需人工認定") },
	[VERDICT_NOT_ELIGIBLE] = { STR_INIT("not_eligible"), STR_INIT("不符") },
};

const struct residence_word residence_reason_words[REVIEW_COUNT] = {
	[REVIEW_CONVENTIONS_DISAGREE] = { STR_INIT("conventions_disagree"),
	                                  STR_INIT("各種計日方式之結果不一致") },
	[REVIEW_WINDOWS_DISAGREE] = { STR_INIT("windows_disagree"),
	                              STR_INIT("各種期間起迄算法之結果不一致") },
	[REVIEW_NEAR_THRESHOLD] = { STR_INIT("near_threshold"), STR_INIT("日數接近法定門檻") },
	[REVIEW_RECORD_CONFLICT] = { STR_INIT("record_conflict"), STR_INIT("入出境紀錄前後不相銜接") },
	[REVIEW_NO_STATE_BEFORE_WINDOW] = { STR_INIT("no_state_before_window"),
	                                    STR_INIT("查無紀錄，無從得知期間開始時是否在國內") },
	[REVIEW_DATA_STALE] = { STR_INIT("data_stale"), STR_INIT("資料截止日早於期間末日") },
	[REVIEW_SOURCE_INCOMPLETE] = { STR_INIT("source_incomplete"), STR_INIT("來源資料不完整") },
	[REVIEW_IDENTITY_UNRESOLVED] = { STR_INIT("identity_unresolved"),
	                                 STR_INIT("來源資料與當事人身分尚待核對") },
	[REVIEW_DUAL_DOCUMENT] = { STR_INIT("dual_document"), STR_INIT("可能另持其他證件入出境") },
	[REVIEW_BORN_IN_WINDOW] = { STR_INIT("born_in_window"), STR_INIT("於期間內出生") },
	[REVIEW_DISPUTED] = { STR_INIT("disputed"), STR_INIT("當事人對紀錄有爭議") },
	[REVIEW_NO_DAY_TEST] = { STR_INIT("no_day_test"), STR_INIT("依據法令未定居住日數") },
};

const struct residence_word residence_convention_words[CONVENTION_COUNT] = {
	[CONVENTION_A] = { STR_INIT("A"), STR_INIT("出境當日不計入、入境當日計入居住國內日數") },
	[CONVENTION_B] = { STR_INIT("B"), STR_INIT("出境當日計入、入境當日不計入居住國內日數") },
	[CONVENTION_C] = { STR_INIT("C"), STR_INIT("出境及入境當日均計入居住國內日數") },
	[CONVENTION_D] = { STR_INIT("D"), STR_INIT("出境及入境當日均不計入居住國內日數") },
};

const struct residence_word residence_window_words[WINDOW_KIND_COUNT] = {
	[WINDOW_BOTH_ENDS] = { STR_INIT("both_ends"), STR_INIT("始日及末日均計入") },
	[WINDOW_END_INCLUSIVE] = { STR_INIT("end_inclusive"), STR_INIT("始日不計入、末日計入") },
	[WINDOW_END_EXCLUSIVE] = { STR_INIT("end_exclusive"), STR_INIT("始日計入、末日不計入") },
	[WINDOW_FIXED] = { STR_INIT("fixed"), STR_INIT("固定日數") },
};

const struct residence_word residence_anchor_words[ANCHOR_COUNT] = {
	[ANCHOR_ASKED] = { STR_INIT("asked"), STR_INIT("逐案填列") },
	[ANCHOR_APPLICATION_DATE] = { STR_INIT("application_date"), STR_INIT("申請日") },
	[ANCHOR_DATA_DATE] = { STR_INIT("data_date"), STR_INIT("資料比對日") },
	[ANCHOR_PAPERS_COMPLETE] = { STR_INIT("papers_complete"), STR_INIT("文件齊備日") },
	[ANCHOR_MONTH_END] = { STR_INIT("month_end"), STR_INIT("月底") },
	[ANCHOR_EXPLICIT] = { STR_INIT("explicit"), STR_INIT("指定日期") },
};

size_t residence_word_find(const struct residence_word *words, size_t count, struct str name)
{
	size_t i = 0;

	while (i < count && !str_eq(words[i].name, name))
		i++;
	return i;
}
