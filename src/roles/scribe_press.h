/* What the files of the scribe's press share; nobody else includes it. Lengths are points. */
#ifndef YOUJU_ROLES_SCRIBE_PRESS_H
#define YOUJU_ROLES_SCRIBE_PRESS_H

#include <pango/pangocairo.h>

#include "paper/paper.h"

struct press {
	const struct paper *paper;
	struct arena *arena;
	cairo_t *cr; /* NULL: counting pages, nothing is drawn */
	PangoContext *context;
	double left, top, width, bottom; /* where blocks may stand */
	double y;                        /* where the next one begins */
	int page, pages;                 /* 1-based; pages is 0 while they are counted */
	uint32_t missing;                /* the first character that no font has; 0 none */
};

double points(unsigned dmm);

/* scribe_text.c */
/* A layout with the given measure, owned by the caller (g_object_unref). A character that no font
 * has is noted in the press. */
PangoLayout *text_set(struct press *press, struct str text, unsigned size_dpt, double width,
                      enum paper_align align);
double text_height(PangoLayout *layout);
/* Draws lines from *line_io on whose lower edge lies within height; returns the height that they
 * take and moves *line_io behind the last one. */
double text_draw(struct press *press, PangoLayout *layout, double x, double y, double height, int *line_io);
void tag_open(struct press *press, const char *tag);
void tag_shut(struct press *press, const char *tag);

/* scribe_table.c: FAIL_TOO_LARGE when rows that hang together are higher than a page. */
MUST_CHECK enum fail table_press(struct press *press, const struct paper_table *table);

/* scribe_page.c */
void page_turn(struct press *press); /* foot of this page, then a new one */
bool page_is_fresh(const struct press *press);

/* scribe_append.c: completes the file that begins at start. FAIL_IO when it is not as cairo writes it. */
MUST_CHECK enum fail file_complete(struct press *press, struct str notice, size_t start, struct buf *out);

#endif
