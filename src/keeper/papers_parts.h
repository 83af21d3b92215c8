/* What the files of papers share; nobody else includes it. */
#ifndef YOUJU_KEEPER_PAPERS_PARTS_H
#define YOUJU_KEEPER_PAPERS_PARTS_H

#include "keeper/facts_parts.h"
#include "keeper/papers.h"
#include "keeper/people.h"

#define ABOUT(act) VALUES(VALUE_INT("about", (act)->command.print_paper.about.n))

struct str paper_roc(struct act *act, struct date date); /* 115年11月24日, "" for none */
struct str paper_number(struct act *act, uint64_t n);
struct str paper_title(struct act *act, const struct details *details); /* 社會課課長 */
/* Moves to the first row; FAIL_NOT_FOUND when there is none. */
MUST_CHECK enum fail first_row(struct rows_found *rows);
/* 區長　林大同, to be signed; "" when the office has no head today. */
MUST_CHECK enum fail paper_head_of(struct act *act, struct str office, struct str *out);

/* papers_application.c */
MUST_CHECK enum fail fill_application(struct act *act, struct paper *out);
MUST_CHECK enum fail fill_letter(struct act *act, struct paper *out);
MUST_CHECK enum fail fill_cover_list(struct act *act, struct paper *out);
MUST_CHECK enum fail fill_reply_form(struct act *act, struct paper *out);

#endif
