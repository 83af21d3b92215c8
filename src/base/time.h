/* Instants, dates, and how people in Taiwan write them.
 *
 * An instant is milliseconds since 1970-01-01T00:00:00Z (int64, name ends in _ms). A date is a day
 * of the proleptic Gregorian calendar; local dates are UTC+8 without summer time. Years of the
 * Republic (ROC) are Gregorian minus 1911. */
#ifndef YOUJU_BASE_TIME_H
#define YOUJU_BASE_TIME_H

#include "base/buf.h"

struct date { int32_t day; }; /* days since 1970-01-01 */

#define DATE_NONE ((struct date){ INT32_MIN })

struct ymd { int year, month, day; };

bool date_is_none(struct date date);
bool date_from_ymd(struct ymd ymd, struct date *out); /* false when there is no such day */
struct ymd date_to_ymd(struct date date);
struct date date_add(struct date date, int32_t days);
struct date date_year_before(struct date date); /* same date a year earlier; 29 Feb becomes 28 Feb */
int date_weekday(struct date date);             /* 0 Monday … 6 Sunday */

/* "2026-11-23" and, for the calculator and sources, "20261123". */
MUST_CHECK enum fail date_parse_iso(struct str text, struct date *out);

/* What people type (DOMAIN 5): 8 digits Gregorian, 7 digits ROC, separators / - . or 年月日 with a
 * 4-digit Gregorian or 1–3-digit ROC year; full-width digits folded. Refuses 6 digits, and dates
 * outside 1912-01-01 … today+366. On refusal *why_out names the rule (a msgid). */
MUST_CHECK enum fail date_parse_input(struct str text, struct date today, struct date *out,
                                      const char **why_out);

/* The results live in a fixed array inside the returned value. */
struct time_text { char text[40]; };
struct time_text date_iso(struct date date);     /* 2026-11-23, "" for none */
struct time_text date_compact(struct date date); /* 20261123 */
struct time_text date_roc(struct date date);     /* 115年11月23日, 民國前 never occurs */
struct time_text date_roc_short(struct date date); /* 115/11/23 */
struct time_text time_quarter(int64_t at_ms);    /* 2026Q4, by local date: a retention period */
struct time_text time_utc(int64_t at_ms);        /* 2026-11-23T08:30:00.125Z */
struct time_text time_roc(int64_t at_ms);        /* 115年11月23日 16:30 in local time */
MUST_CHECK enum fail time_parse_utc(struct str text, int64_t *out); /* exactly the form of time_utc */

struct date time_local_date(int64_t at_ms);
int time_local_minute(int64_t at_ms);          /* minutes since local midnight */
int64_t date_local_start_ms(struct date date); /* local midnight as an instant */

int64_t clock_wall_ms(void);
int64_t clock_monotonic_ms(void);

#endif
