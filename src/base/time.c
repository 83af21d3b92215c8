#include "base/time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MS_A_DAY = 86400000, LOCAL_OFFSET_MS = 8 * 3600 * 1000, ROC_YEAR = 1911 };

bool date_is_none(struct date date)
{
	return date.day == INT32_MIN;
}

/* Days from civil date and back: Howard Hinnant's published algorithms, in terms of years that
 * begin in March so that the leap day is the last. */
static int32_t day_of(struct ymd ymd)
{
	int year = ymd.month <= 2 ? ymd.year - 1 : ymd.year;
	int era = (year >= 0 ? year : year - 399) / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (ymd.month + (ymd.month > 2 ? -3 : 9)) + 2) / 5 + ymd.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct ymd date_to_ymd(struct date date)
{
	int32_t z = date.day + 719468;
	int32_t era = (z >= 0 ? z : z - 146096) / 146097;
	int32_t day_of_era = z - era * 146097;
	int32_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int32_t month_from_march = (5 * day_of_year + 2) / 153;
	struct ymd ymd = { .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
		           .month = month_from_march < 10 ? month_from_march + 3
		                                          : month_from_march - 9 };

	ymd.year = year_of_era + era * 400 + (ymd.month <= 2);
	return ymd;
}

bool date_from_ymd(struct ymd ymd, struct date *out)
{
	if (ymd.year < 1 || ymd.year > 9999 || ymd.month < 1 || ymd.month > 12 || ymd.day < 1 ||
	    ymd.day > 31)
		return false;
	struct date date = { day_of(ymd) };
	struct ymd again = date_to_ymd(date);
	if (again.day != ymd.day || again.month != ymd.month)
		return false;
	*out = date;
	return true;
}

struct date date_add(struct date date, int32_t days)
{
	assert(!date_is_none(date));
	return (struct date){ date.day + days };
}

struct date date_year_before(struct date date)
{
	struct ymd ymd = date_to_ymd(date);
	struct date out;

	ymd.year--;
	if (date_from_ymd(ymd, &out))
		return out;
	ymd.day = 28;
	bool ok = date_from_ymd(ymd, &out);
	assert(ok);
	return out;
}

int date_weekday(struct date date)
{
	int32_t n = (date.day + 3) % 7; /* 1970-01-01 was a Thursday */

	return n < 0 ? n + 7 : n;
}

static bool digits(struct str text, size_t from, size_t len, int *out)
{
	int n = 0;

	if (from + len > text.len)
		return false;
	for (size_t i = from; i < from + len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		n = n * 10 + (text.at[i] - '0');
	}
	*out = n;
	return true;
}

enum fail date_parse_iso(struct str text, struct date *out)
{
	struct ymd ymd;
	bool dashes = text.len == 10 && text.at[4] == '-' && text.at[7] == '-';

	if (!dashes && text.len != 8)
		return FAIL_SYNTAX;
	if (!digits(text, 0, 4, &ymd.year) || !digits(text, dashes ? 5 : 4, 2, &ymd.month) ||
	    !digits(text, dashes ? 8 : 6, 2, &ymd.day) || !date_from_ymd(ymd, out))
		return FAIL_SYNTAX;
	return OK;
}

/* Folds what people type into ASCII: full-width digits and signs, 年 and 月 to '/', 日 dropped. */
static bool input_fold(struct str text, char *out, size_t cap, size_t *len_out)
{
	static const struct { struct str from; char to; } folds[] = {
		{ STR_INIT("年"), '/' }, { STR_INIT("月"), '/' }, { STR_INIT("日"), 0 },
		{ STR_INIT("／"), '/' }, { STR_INIT("－"), '/' }, { STR_INIT("．"), '/' },
		{ STR_INIT("　"), 0 },   { STR_INIT("-"), '/' },  { STR_INIT("."), '/' },
		{ STR_INIT("/"), '/' },  { STR_INIT(" "), 0 },    { STR_INIT("民國"), 0 },
	};
	size_t len = 0;

	while (text.len) {
		size_t used = 0;
		char to = 0;
		if (text.at[0] >= '0' && text.at[0] <= '9') {
			used = 1;
			to = text.at[0];
		} else if (text.len >= 3 && text.at[0] == '\xef' && text.at[1] == '\xbc' &&
		           text.at[2] >= '\x90' && text.at[2] <= '\x99') {
			used = 3;
			to = (char)('0' + (text.at[2] - '\x90'));
		}
		for (size_t i = 0; i < ARRAY_LEN(folds) && !used; i++)
			if (str_starts(text, folds[i].from)) {
				used = folds[i].from.len;
				to = folds[i].to;
			}
		if (!used || len >= cap)
			return false;
		if (to)
			out[len++] = to;
		text = str_slice(text, used, text.len);
	}
	*len_out = len;
	return true;
}

static const char WRONG_FORM[] =
	"Write the date as 113/07/24, 1130724 or 2024-07-24.";
static const char SIX_DIGITS[] =
	"Six digits can be read in two ways: write 7 digits for a year of the Republic or 8 for a Gregorian one.";
static const char OUT_OF_RANGE[] = "The date lies before 1912-01-01 or too far ahead: a year from today, ten where something holds until then.";

static bool separated(struct str text, struct ymd *ymd)
{
	struct str part[4];
	size_t count = 0;
	uint64_t n[3];

	while (count < 4 && str_cut(&text, '/', &part[count]))
		count++;
	if (count != 3 || part[0].len > 4 || part[1].len > 2 || part[2].len > 2)
		return false;
	for (size_t i = 0; i < 3; i++) {
		while (part[i].len > 1 && part[i].at[0] == '0')
			part[i] = str_slice(part[i], 1, part[i].len);
		if (str_to_u64(part[i], &n[i]) != OK)
			return false;
	}
	*ymd = (struct ymd){ (int)n[0] + (n[0] < 1000 ? ROC_YEAR : 0), (int)n[1], (int)n[2] };
	return true;
}

enum fail date_parse_input(struct str text, struct date today, struct date *out,
                           const char **why_out)
{
	char folded[32];
	size_t len = 0;
	struct ymd ymd = { 0 };
	struct date date;

	*why_out = WRONG_FORM;
	if (!input_fold(str_trim(text), folded, sizeof folded, &len))
		return FAIL_SYNTAX;
	struct str plain = str_bytes(folded, len);
	bool has_separator = memchr(folded, '/', len) != NULL;
	if (!has_separator && len == 6) {
		*why_out = SIX_DIGITS;
		return FAIL_SYNTAX;
	}
	if (has_separator) {
		if (!separated(plain, &ymd))
			return FAIL_SYNTAX;
	} else {
		size_t year_digits = len == 8 ? 4 : 3;
		if ((len != 7 && len != 8) || !digits(plain, 0, year_digits, &ymd.year) ||
		    !digits(plain, year_digits, 2, &ymd.month) ||
		    !digits(plain, year_digits + 2, 2, &ymd.day))
			return FAIL_SYNTAX;
		ymd.year += len == 7 ? ROC_YEAR : 0;
	}
	if (!date_from_ymd(ymd, &date))
		return FAIL_SYNTAX;
	struct date first = { day_of((struct ymd){ 1912, 1, 1 }) };
	if (date.day < first.day || date.day > today.day + 366) {
		*why_out = OUT_OF_RANGE;
		return FAIL_SYNTAX;
	}
	*why_out = "";
	*out = date;
	return OK;
}

/* Formatting by hand: every entry of the log and every day of a table passes here. */
static char *number_put(char *at, int n, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + n % 10);
		n /= 10;
	}
	return at + digits;
}

static char *date_put(char *at, struct ymd ymd, const char *separator)
{
	at = number_put(at, ymd.year, 4);
	at = stpcpy(at, separator);
	at = number_put(at, ymd.month, 2);
	at = stpcpy(at, separator);
	return number_put(at, ymd.day, 2);
}

struct time_text date_iso(struct date date)
{
	struct time_text out = { "" };

	if (date_is_none(date))
		return out;
	*date_put(out.text, date_to_ymd(date), "-") = 0;
	return out;
}

struct time_text date_compact(struct date date)
{
	struct time_text out = { "" };

	if (date_is_none(date))
		return out;
	*date_put(out.text, date_to_ymd(date), "") = 0;
	return out;
}

struct time_text date_roc(struct date date)
{
	struct time_text out = { "" };

	if (date_is_none(date))
		return out;
	struct ymd ymd = date_to_ymd(date);
	snprintf(out.text, sizeof out.text, "%d年%d月%d日", ymd.year - ROC_YEAR, ymd.month, ymd.day);
	return out;
}

struct time_text date_roc_short(struct date date)
{
	struct time_text out = { "" };

	if (date_is_none(date))
		return out;
	struct ymd ymd = date_to_ymd(date);
	snprintf(out.text, sizeof out.text, "%03d/%02d/%02d", ymd.year - ROC_YEAR, ymd.month, ymd.day);
	return out;
}

static struct date day_floor(int64_t at_ms, int *ms_out)
{
	int64_t day = at_ms / MS_A_DAY, rest = at_ms % MS_A_DAY;

	if (rest < 0) {
		rest += MS_A_DAY;
		day--;
	}
	*ms_out = (int)rest;
	return (struct date){ (int32_t)day };
}

struct time_text time_utc(int64_t at_ms)
{
	struct time_text out;
	int ms;
	char *at = date_put(out.text, date_to_ymd(day_floor(at_ms, &ms)), "-");

	*at++ = 'T';
	at = number_put(at, ms / 3600000, 2);
	*at++ = ':';
	at = number_put(at, ms / 60000 % 60, 2);
	*at++ = ':';
	at = number_put(at, ms / 1000 % 60, 2);
	*at++ = '.';
	at = number_put(at, ms % 1000, 3);
	*at++ = 'Z';
	*at = 0;
	return out;
}

struct time_text time_roc(int64_t at_ms)
{
	struct time_text out = date_roc(time_local_date(at_ms));
	int minute = time_local_minute(at_ms);
	size_t len = strlen(out.text);

	snprintf(out.text + len, sizeof out.text - len, " %02d:%02d", minute / 60, minute % 60);
	return out;
}

struct time_text time_quarter(int64_t at_ms)
{
	struct time_text out;
	struct ymd ymd = date_to_ymd(time_local_date(at_ms));
	char *at = number_put(out.text, ymd.year, 4);

	*at++ = 'Q';
	*number_put(at, (ymd.month + 2) / 3, 1) = 0;
	return out;
}

enum fail time_parse_utc(struct str text, int64_t *out)
{
	struct date date;
	int hour, minute, second, ms;

	if (text.len != 24 || text.at[10] != 'T' || text.at[13] != ':' || text.at[16] != ':' ||
	    text.at[19] != '.' || text.at[23] != 'Z')
		return FAIL_SYNTAX;
	TRY(date_parse_iso(str_slice(text, 0, 10), &date));
	if (!digits(text, 11, 2, &hour) || !digits(text, 14, 2, &minute) ||
	    !digits(text, 17, 2, &second) || !digits(text, 20, 3, &ms) || hour > 23 || minute > 59 ||
	    second > 59)
		return FAIL_SYNTAX;
	*out = (int64_t)date.day * MS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
	return OK;
}

struct date time_local_date(int64_t at_ms)
{
	int ms;

	return day_floor(at_ms + LOCAL_OFFSET_MS, &ms);
}

int time_local_minute(int64_t at_ms)
{
	int ms;

	day_floor(at_ms + LOCAL_OFFSET_MS, &ms);
	return ms / 60000;
}

int64_t date_local_start_ms(struct date date)
{
	return (int64_t)date.day * MS_A_DAY - LOCAL_OFFSET_MS;
}

static int64_t clock_ms(clockid_t clock)
{
	struct timespec now;
	int failed = clock_gettime(clock, &now);

	assert(!failed);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void)
{
	return clock_ms(CLOCK_REALTIME);
}

int64_t clock_monotonic_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}
