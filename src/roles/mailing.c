#include "roles/mailing.h"

#include <curl/curl.h>
#include <string.h>

#include "base/file.h"
#include "base/time.h"
#include "law/application.h"
#include "paper/mail.h"

enum { CONNECT_MS = 2000, WHOLE_MS = 5000, REPLY_PERMANENT = 500 };

bool mail_settings_are_fit(const struct messenger_settings *settings, const char **why_out)
{
	*why_out = "mail.from (an address)";
	if (settings->delivery && !email_is_plausible(settings->from))
		return false;
	*why_out = "mail.link (https://…)";
	return !settings->delivery || link_is_fit(settings->link);
}

static void outcome_put(struct message *reply, const char *outcome, struct str why)
{
	message_put(reply, "outcome", str_from(outcome));
	if (why.len)
		message_put(reply, "why", why);
}

static void to_file(const char *dir, struct arena *arena, const struct reminder *mail, struct message *reply)
{
	struct time_text day = date_iso(time_local_date(mail->at_ms));
	struct str path = str_printf(arena, "%s/mail/%s-%.*s.eml", dir, day.text, STR_FMT(mail->stamp));
	enum fail fail = file_save(str_c(arena, path), reminder_mail(arena, mail));

	outcome_put(reply, fail == OK ? "sent" : "failed", str_from(fail == OK ? "" : fail_name(fail)));
}

static size_t text_give(char *into, size_t size, size_t count, void *context)
{
	struct str *rest = context;
	size_t len = rest->len < size * count ? rest->len : size * count;

	memcpy(into, rest->at, len);
	*rest = str_slice(*rest, len, rest->len);
	return len;
}

static CURLcode smtp_talk(CURL *curl, const char *url, const char *from, struct curl_slist *to, struct str *text)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, text_give);
	curl_easy_setopt(curl, CURLOPT_READDATA, text);
	return curl_easy_perform(curl);
}

static void smtp_outcome(CURL *curl, CURLcode code, struct arena *arena, struct message *reply)
{
	long said = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said);
	if (code == CURLE_OK)
		outcome_put(reply, "sent", STR(""));
	else if (said >= REPLY_PERMANENT)
		outcome_put(reply, "refused", str_printf(arena, "SMTP %ld", said));
	else if (code == CURLE_OPERATION_TIMEDOUT)
		outcome_put(reply, "failed", str_from(fail_name(FAIL_TIMEOUT)));
	else
		outcome_put(reply, "failed", said >= 400 ? str_printf(arena, "SMTP %ld", said) : str_from(fail_name(FAIL_IO)));
}

static void by_smtp(uint64_t port, struct arena *arena, const struct reminder *mail, struct message *reply)
{
	struct str text = reminder_mail(arena, mail);
	const char *url = str_c(arena, str_printf(arena, "smtp://127.0.0.1:%llu/localhost", (unsigned long long)port));
	const char *from = str_c(arena, str_printf(arena, "<%.*s>", STR_FMT(mail->from)));
	CURL *curl = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, str_c(arena, str_printf(arena, "<%.*s>", STR_FMT(mail->to))));

	if (curl && to)
		smtp_outcome(curl, smtp_talk(curl, url, from, to, &text), arena, reply);
	else
		outcome_put(reply, "failed", str_from(fail_name(FAIL_FULL)));
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
}

void mail_carry(const char *dir, const struct messenger_settings *settings, struct arena *arena,
                const struct message *asked, struct message *reply)
{
	const struct reminder mail = {
		.to = message_get(asked, "to"), .from = settings->from, .link = settings->link,
		.stamp = message_get(asked, "stamp"), .tasks = (int64_t)message_get_u64(asked, "tasks"),
		.overdue = (int64_t)message_get_u64(asked, "overdue"), .at_ms = (int64_t)message_get_u64(asked, "at_ms"),
	};

	reply->kind = MESSAGE_MAILED;
	if (!email_is_plausible(mail.to) || !stamp_is_fit(mail.stamp)) {
		outcome_put(reply, "refused", str_from(fail_name(FAIL_SYNTAX)));
		return;
	}
	switch (settings->delivery) {
	case MAIL_BY_NOBODY:
		outcome_put(reply, "failed", STR("mail.delivery = off"));
		return;
	case MAIL_TO_FILES:
		to_file(dir, arena, &mail, reply);
		return;
	case MAIL_BY_SMTP:
		by_smtp(settings->smtp_port, arena, &mail, reply);
		return;
	}
}
