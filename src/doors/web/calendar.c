/* A year of days as a picture: a row a month, a square a day, a bar for each crossing. Absent days are dark and crossed out,
 * so that a print in black and white says the same. */
#include "doors/web/answer.h"

#include "base/time.h"

enum { LEFT = 66, TOP = 20, STEP = 19, MONTHS_MAX = 40 };
/* Of a day, also as text: a year has 366 of them. */
#define SIZE 16
#define TEXT_OF_(number) #number
#define TEXT_OF(number) TEXT_OF_(number)
#define SQUARE TEXT_OF(SIZE)

static const struct { char letter; const char *class, *label; } kinds[] = {
	{ 'r', "in", N_("in the country") }, { 'a', "out", N_("absent") },
	{ 'd', "edge", N_("doubtful") }, { 'u', "none", N_("not yet born") },
};

static const char *class_of(char letter)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].letter == letter)
			return kinds[i].class;
	return "none";
}

static int months_between(struct ymd a, struct ymd b)
{
	return (b.year - a.year) * 12 + b.month - a.month;
}

/* crossing: 1 out, 2 in, 3 both on this day; a bar at the right or left edge of the square. */
static void crossing_mark(struct out *page, char crossing, int x, int y)
{
	if (crossing == '1' || crossing == '3')
		html(page, "<rect class=\"mark\" x=\"%d\" y=\"%d\" width=\"3\" height=\"" SQUARE "\"/>", x + SIZE - 3, y);
	if (crossing == '2' || crossing == '3')
		html(page, "<rect class=\"mark\" x=\"%d\" y=\"%d\" width=\"3\" height=\"" SQUARE "\"/>", x, y);
}

static void square(struct out *page, char letter, int x, int y)
{
	html(page, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"" SQUARE "\" height=\"" SQUARE "\"/>", class_of(letter),
	     x, y);
	if (letter == 'a')
		html(page, "<path class=\"cross\" d=\"M%d %dl%d %d\"/>", x + 3, y + SIZE - 3, SIZE - 6, 6 - SIZE);
}

static void heads_write(struct out *page, struct ymd first, int months)
{
	for (int day = 1; day <= 31; day++)
		html(page, "<text x=\"%d\" y=\"14\" text-anchor=\"middle\">%d</text>",
		     LEFT + (day - 1) * STEP + SIZE / 2, day);
	for (int m = 0; m < months; m++) {
		int month = first.month - 1 + m;
		html(page, "<text x=\"0\" y=\"%d\">%d年%d月</text>\n", TOP + m * STEP + SIZE - 4,
		     first.year - 1911 + month / 12, month % 12 + 1);
	}
}

static void legend_write(struct out *page, struct str days, int y)
{
	int x = LEFT;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t at;
		if (!str_find(days, str_bytes(&kinds[i].letter, 1), &at))
			continue;
		square(page, kinds[i].letter, x, y);
		html(page, "<text x=\"%d\" y=\"%d\">%s</text>\n", x + SIZE + 5, y + SIZE - 4,
		     say(page, kinds[i].label));
		x += 110;
	}
	crossing_mark(page, '1', x, y);
	html(page, "<text x=\"%d\" y=\"%d\">%s</text>\n", x + SIZE + 5, y + SIZE - 4, say(page, N_("exit")));
	crossing_mark(page, '2', x + 70, y);
	html(page, "<text x=\"%d\" y=\"%d\">%s</text>\n", x + 70 + 8, y + SIZE - 4, say(page, N_("entry")));
}

void calendar_write(struct out *page, struct str first_iso, struct str days, struct str crossings)
{
	struct date first, last;
	struct ymd from, to;
	int months;

	if (date_parse_iso(first_iso, &first) != OK || !days.len || days.len > 31 * MONTHS_MAX)
		return;
	last = date_add(first, (int32_t)days.len - 1);
	from = date_to_ymd(first);
	to = date_to_ymd(last);
	months = months_between(from, to) + 1;
	html(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n"
	     "<svg class=\"calendar\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
	     say(page, N_("Day calendar")), LEFT + 31 * STEP, TOP + months * STEP + 28,
	     say(page, N_("Day calendar; the trips stand in the table below")));
	heads_write(page, from, months);
	for (size_t i = 0; i < days.len; i++) {
		struct ymd day = date_to_ymd(date_add(first, (int32_t)i));
		int x = LEFT + (day.day - 1) * STEP, y = TOP + months_between(from, day) * STEP;
		square(page, days.at[i], x, y);
		crossing_mark(page, i < crossings.len ? crossings.at[i] : '0', x, y);
	}
	html(page, "\n");
	legend_write(page, days, TOP + months * STEP + 8);
	html(page, "</svg>\n</div>\n");
}
