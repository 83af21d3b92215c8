/* Lists that go along with letters and hand-overs, and the form on which the agency replies. */
#ifndef YOUJU_PAPER_ROSTER_H
#define YOUJU_PAPER_ROSTER_H

#include "base/sheet.h"
#include "paper/paper.h"

enum { ROSTER_NOTES_MAX = 8, ROSTER_SIGNERS_MAX = 4 };

/* A list: title, lines above it, the rows of a sheet, who signs below. */
struct roster {
	struct str title, author;
	struct str notes[ROSTER_NOTES_MAX];
	size_t note_count;
	const struct sheet *sheet;   /* its columns are the headings */
	const uint16_t *widths_dmm;  /* one a column; 1700 together */
	struct str signers[ROSTER_SIGNERS_MAX]; /* 移交人 … : a box each with room for a stamp */
	size_t signer_count;
	struct str foot;
};
struct paper roster_paper(struct arena *arena, const struct roster *roster, int64_t created_ms);

/* One application of a transmission. */
struct sent_application {
	struct str number, office, name, items, digest;
};
struct transmission {
	struct str office, letter_no, letter_date, entry;
	const struct sent_application *at;
	size_t count;
};
struct paper cover_list_paper(struct arena *arena, const struct transmission *sent, int64_t created_ms); /* 傳送清冊 */
struct paper reply_form_paper(struct arena *arena, const struct transmission *sent, int64_t created_ms); /* 回復單 */

/* 職務指派書 (G3.2, G4.1.1). */
struct appointment {
	struct str office, name, title, duty, from, until, letter_no, ground, entry;
	bool deputy;
};
struct paper appointment_paper(struct arena *arena, const struct appointment *appointment, int64_t created_ms);

#endif
