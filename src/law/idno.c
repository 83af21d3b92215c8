#include "law/idno.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { IDNO_LEN = 10, PERMIT_LEN = 12 };

/* The agency's published check rule: two digits for each first letter, A to Z. */
static const uint8_t letter_codes[26] = { 10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
	                                      22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33 };
static const uint8_t weights[11] = { 1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1 };

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One character of what was typed, folded: 0 for what is dropped, -1 for what cannot stand there. */
static int fold_one(struct str *rest)
{
	static const struct str dropped[] = { STR_INIT(" "), STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"),
		                                  STR_INIT("-"), STR_INIT("　"), STR_INIT("－"),
		                                  STR_INIT("‐"), STR_INIT("–"), STR_INIT("\xc2\xa0") };
	unsigned char first = (unsigned char)rest->at[0];
	int c = first;

	for (size_t i = 0; i < ARRAY_LEN(dropped); i++)
		if (str_starts(*rest, dropped[i])) {
			*rest = str_slice(*rest, dropped[i].len, rest->len);
			return 0;
		}
	if (first >= 0x80) { /* U+FF01 … U+FF5E are the full-width forms of ASCII */
		if (rest->len < 3 || first != 0xef || ((unsigned char)rest->at[1] & 0xfe) != 0xbc)
			return -1;
		c = ((rest->at[1] & 1) << 6 | (rest->at[2] & 0x3f)) + 0x20;
	}
	*rest = str_slice(*rest, first >= 0x80 ? 3 : 1, rest->len);
	c = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
	return c < 0x80 && (is_letter((char)c) || is_digit((char)c)) ? c : -1;
}

static enum idno_fault normalise(struct str typed, char out[IDNO_MAX + 1])
{
	size_t len = 0;

	while (typed.len) {
		int c = fold_one(&typed);
		if (c < 0 || len == IDNO_MAX) {
			memset(out, 0, IDNO_MAX + 1);
			return c < 0 ? IDNO_CHARACTER : IDNO_LENGTH;
		}
		if (c)
			out[len++] = (char)c;
	}
	return len ? IDNO_FINE : IDNO_EMPTY;
}

/* The first letter counts as both digits of its code, a second letter as the last digit of its. */
static int weighted_sum(const char *text, size_t count)
{
	int code = letter_codes[text[0] - 'A'];
	int sum = code / 10 * weights[0] + code % 10 * weights[1];

	for (size_t i = 1; i < count; i++) {
		int value = is_letter(text[i]) ? letter_codes[text[i] - 'A'] % 10 : text[i] - '0';
		sum += value * weights[i + 1];
	}
	return sum;
}

char idno_check_digit(const char *nine)
{
	return (char)('0' + (10 - weighted_sum(nine, IDNO_LEN - 1) % 10) % 10);
}

static enum number_kind kind_of(char second)
{
	static const struct { const char *seconds; enum number_kind kind; } kinds[] = {
		{ "12", NUMBER_NATIONAL }, { "89", NUMBER_RESIDENT_NEW }, { "ABCD", NUMBER_RESIDENT_OLD },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (second && strchr(kinds[i].seconds, second))
			return kinds[i].kind;
	return number_kind_none;
}

static bool all_digits(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!is_digit(text[i]))
			return false;
	return true;
}

/* Old resident numbers are valid until 119-12-31. */
static bool is_void(enum number_kind kind, struct date today)
{
	struct date first_void_day;
	bool exists = date_from_ymd((struct ymd){ 2031, 1, 1 }, &first_void_day);

	assert(exists);
	return kind == NUMBER_RESIDENT_OLD && !date_is_none(today) && today.day >= first_void_day.day;
}

static enum idno_fault check(const char *text, struct date today)
{
	size_t len = strlen(text);
	enum number_kind kind = kind_of(text[1]);

	if (len == PERMIT_LEN && all_digits(text, len))
		return IDNO_PERMIT;
	if (len != IDNO_LEN)
		return IDNO_LENGTH;
	if (!is_letter(text[0]))
		return IDNO_FIRST;
	if (kind == number_kind_none)
		return IDNO_SECOND;
	if (!all_digits(text + 2, IDNO_LEN - 2))
		return IDNO_DIGITS;
	if (weighted_sum(text, IDNO_LEN) % 10 != 0)
		return IDNO_CHECK;
	return is_void(kind, today) ? IDNO_VOID : IDNO_FINE;
}

struct idno idno_read(struct str typed, struct date today)
{
	struct idno idno = { .kind = number_kind_none };

	idno.fault = normalise(typed, idno.text);
	if (idno.fault == IDNO_FINE)
		idno.fault = check(idno.text, today);
	if (idno.fault == IDNO_FINE || idno.fault == IDNO_VOID)
		idno.kind = kind_of(idno.text[1]);
	return idno;
}

struct idno idno_read_passport(struct str typed)
{
	struct idno idno = { .kind = number_kind_none };

	idno.fault = normalise(typed, idno.text);
	if (idno.fault == IDNO_FINE)
		idno.kind = NUMBER_PASSPORT;
	return idno;
}

static bool passport_marked(struct str *typed)
{
	static const struct str marks[] = { STR_INIT("護照號碼"), STR_INIT("護照"), STR_INIT("passport_no"),
		                                STR_INIT("passport") };
	static const struct str colons[] = { STR_INIT(":"), STR_INIT("："), STR_INIT("=") };
	struct str rest = str_trim(*typed);

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (rest.len < marks[i].len || strncasecmp(rest.at, marks[i].at, marks[i].len) != 0)
			continue;
		rest = str_trim(str_slice(rest, marks[i].len, rest.len));
		for (size_t k = 0; k < ARRAY_LEN(colons); k++)
			if (str_starts(rest, colons[k])) {
				rest = str_slice(rest, colons[k].len, rest.len);
				break;
			}
		*typed = rest;
		return true;
	}
	return false;
}

struct idno idno_read_typed(struct str typed, struct date today)
{
	return passport_marked(&typed) ? idno_read_passport(typed) : idno_read(typed, today);
}

struct str idno_tagged(struct arena *arena, const struct idno *number)
{
	struct str text = str_from(number->text);

	return number->kind == NUMBER_PASSPORT ? str_printf(arena, "passport:%.*s", STR_FMT(text))
	                                       : str_copy(arena, text);
}

const char *idno_explain(enum idno_fault fault)
{
	static const char *const texts[IDNO_FAULT_COUNT] = {
		[IDNO_FINE] = "",
		[IDNO_EMPTY] =
			N_("No number was typed. Type the ten characters of the identity number."),
		[IDNO_CHARACTER] = N_("Identity numbers consist of letters and digits only. Remove the "
		                      "other characters."),
		[IDNO_LENGTH] =
			N_("An identity number has ten characters. Count again on the document; before a "
			   "passport's number write 護照."),
		[IDNO_PERMIT] = N_("Twelve digits are the number of a permit (居留證號), not of a person. "
		                   "Use the identity number (統一證號) on the same card."),
		[IDNO_FIRST] = N_("An identity number begins with a letter. Compare the first character "
		                  "with the document."),
		[IDNO_SECOND] = N_("The second character is 1 or 2 for nationals, 8 or 9 or A to D for "
		                   "residents. Compare it with the document."),
		[IDNO_DIGITS] = N_("From the third character on there are digits only. Compare 0 and O, "
		                   "1 and I."),
		[IDNO_CHECK] = N_("The check digit does not fit. One of the characters is wrong: compare "
		                  "the number with the document."),
		[IDNO_VOID] = N_("Old resident numbers with two letters are void since 120-01-01. Ask for "
		                 "the new number (second character 8 or 9)."),
	};

	return texts[fault];
}

struct time_text idno_mask(struct str number)
{
	struct time_text out = { "" };
	size_t len = number.len < sizeof out.text ? number.len : sizeof out.text - 1;
	size_t head = len >= IDNO_LEN ? 4 : len > 2 ? 1 : 0, tail = len >= IDNO_LEN ? 3 : head;

	for (size_t i = 0; i < len; i++)
		out.text[i] = i < head || i + tail >= len ? number.at[i] : '*';
	return out;
}
