#include "paper/mail.h"

#include <time.h>

#include "base/crypto.h"
#include "law/application.h"

enum { LINE_CHARS = 76, WORD_CHARS_MAX = 75, LINK_MAX = 200, STAMP_MAX = 64, LOCAL_SECONDS = 8 * 3600 };

bool link_is_fit(struct str link)
{
	for (size_t i = 0; i < link.len; i++)
		if (link.at[i] <= ' ' || link.at[i] > '~')
			return false;
	return link.len <= LINK_MAX && str_starts(link, STR("https://"));
}

bool stamp_is_fit(struct str stamp)
{
	for (size_t i = 0; i < stamp.len; i++) {
		char c = stamp.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			return false;
	}
	return stamp.len > 0 && stamp.len <= STAMP_MAX;
}

/* RFC 2047 2: an encoded word of a header. */
static struct str encoded_word(struct arena *arena, struct str text)
{
	struct str word = str_printf(arena, "=?UTF-8?B?%.*s?=", STR_FMT(base64_text(arena, text.at, text.len)));

	assert(word.len <= WORD_CHARS_MAX);
	return word;
}

/* The time of Taiwan, which has no other. */
static void date_put(struct buf *out, int64_t at_ms)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(at_ms / 1000) + LOCAL_SECONDS;
	struct tm local;

	gmtime_r(&seconds, &local);
	buf_printf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0800\r\n", days + 3 * local.tm_wday, local.tm_mday,
	           months + 3 * local.tm_mon, local.tm_year + 1900, local.tm_hour, local.tm_min, local.tm_sec);
}

static void header_put(struct buf *out, struct arena *arena, const struct reminder *reminder)
{
	struct str domain = reminder->from, local;
	struct str subject = str_printf(arena, "有據：待辦事項 %lld 件", (long long)reminder->tasks);

	str_cut(&domain, '@', &local);
	date_put(out, reminder->at_ms);
	buf_printf(out, "From: %.*s <%.*s>\r\n", STR_FMT(encoded_word(arena, STR("有據"))), STR_FMT(reminder->from));
	buf_printf(out, "To: <%.*s>\r\n", STR_FMT(reminder->to));
	buf_printf(out, "Subject: %.*s\r\n", STR_FMT(encoded_word(arena, subject)));
	buf_printf(out, "Message-ID: <%.*s@%.*s>\r\n", STR_FMT(reminder->stamp), STR_FMT(domain));
	buf_printf(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
	                "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
}

static struct str body_of(struct arena *arena, const struct reminder *reminder)
{
	long long tasks = (long long)reminder->tasks, overdue = (long long)reminder->overdue;
	struct str late = overdue ? str_printf(arena, "，其中 %lld 件已逾期", overdue) : STR("");

	return str_printf(arena,
	                  "您在有據系統有 %lld 件待辦事項%.*s。\r\n"
	                  "請至下列網址登入後辦理：\r\n"
	                  "%.*s\r\n\r\n"
	                  "本信由系統自動寄發，請勿回覆。信中不含任何個人資料，請勿將案件內容以電子郵件寄送。\r\n\r\n"
	                  "Tasks that wait for you in Youju: %lld, overdue: %lld. Please sign in at the address above.\r\n"
	                  "This mail was sent by a program; please do not reply, and send nothing of cases by mail.\r\n",
	                  tasks, STR_FMT(late), STR_FMT(reminder->link), tasks, overdue);
}

struct str reminder_mail(struct arena *arena, const struct reminder *reminder)
{
	struct buf out = buf_on(arena);
	struct str body = body_of(arena, reminder), base64 = base64_text(arena, body.at, body.len);

	assert(email_is_plausible(reminder->to) && email_is_plausible(reminder->from));
	assert(link_is_fit(reminder->link) && stamp_is_fit(reminder->stamp));
	header_put(&out, arena, reminder);
	for (size_t at = 0; at < base64.len; at += LINE_CHARS) {
		struct str line = str_slice(base64, at, LINE_CHARS);
		buf_printf(&out, "%.*s\r\n", STR_FMT(line));
	}
	return buf_str(&out);
}
