/* 函: a letter of an office as the handbook of official documents lays it out. The office's own
 * document system sends it; youju writes the text (DOMAIN 9). */
#ifndef YOUJU_PAPER_LETTER_H
#define YOUJU_PAPER_LETTER_H

#include "paper/paper.h"

enum { LETTER_POINTS_MAX = 12 };

/* "" is left blank after its label, to be filled in by the document system. */
struct letter {
	struct str from, address, contact, phone, email; /* the office that writes */
	struct str to;                                   /* 受文者 */
	struct str date, number;                         /* 發文日期, 發文字號 */
	struct str attachments;
	struct str subject;                              /* 主旨 */
	struct str points[LETTER_POINTS_MAX];            /* 說明 */
	size_t point_count;
	struct str copies;                               /* 副本 */
	struct str signature;                            /* 區長　○○○ */
};

struct paper letter_paper(struct arena *arena, const struct letter *letter, int64_t created_ms);

struct str chinese_number(size_t n); /* 一 … 二十; beyond that digits are used */

/* 內政部移民署: whom notices of lost cards and ended accounts go to. */
struct nia_notice {
	struct str from, address, contact, phone, email, date, number, signature;
	bool card_lost;                 /* else the account ends for another reason */
	struct str reason;              /* 調職 */
	struct str name, id_no, serial; /* whose account */
	struct str since;               /* blocked in this system since, 115年11月24日 16:30 */
	struct str entry;
};
/* The letter, and below it the part that the agency sends back. */
struct paper nia_notice_paper(struct arena *arena, const struct nia_notice *notice, int64_t created_ms);

#endif
