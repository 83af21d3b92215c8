/* Letters: lines from texts, and whether a font has all of them. */
#include <string.h>

#include "roles/scribe_press.h"

/* The three files of 全字庫正楷體: common, extension and private planes. */
static const char FAMILIES[] = "TW-Kai,TW-Kai-Ext-B,TW-Kai-Plus";
static const double LEADING = 0.25; /* between lines, of the size */

double points(unsigned dmm)
{
	return dmm * 72.0 / 254.0;
}

/* An unknown glyph's number is the character itself under a flag. */
static void missing_note(struct press *press, PangoLayout *layout)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);

	do {
		PangoLayoutRun *run = pango_layout_iter_get_run_readonly(iter);
		for (int i = 0; run && i < run->glyphs->num_glyphs; i++) {
			PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
			if (glyph != PANGO_GLYPH_EMPTY && glyph & PANGO_GLYPH_UNKNOWN_FLAG && !press->missing)
				press->missing = glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
		}
	} while (pango_layout_iter_next_run(iter));
	pango_layout_iter_free(iter);
	if (!press->missing)
		press->missing = 0xfffd; /* counted as unknown, but not told which */
}

PangoLayout *text_set(struct press *press, struct str text, unsigned size_dpt, double width,
                      enum paper_align align)
{
	static const PangoAlignment aligns[] = { [PAPER_LEFT] = PANGO_ALIGN_LEFT,
		                                 [PAPER_CENTRE] = PANGO_ALIGN_CENTER,
		                                 [PAPER_RIGHT] = PANGO_ALIGN_RIGHT };
	PangoLayout *layout = pango_layout_new(press->context);
	PangoFontDescription *font = pango_font_description_from_string(FAMILIES);

	pango_font_description_set_size(font, (int)size_dpt * PANGO_SCALE / 10);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, aligns[align]);
	pango_layout_set_spacing(layout, (int)(size_dpt / 10.0 * LEADING * PANGO_SCALE));
	pango_layout_set_text(layout, text.at, (int)text.len);
	if (pango_layout_get_unknown_glyphs_count(layout) > 0)
		missing_note(press, layout);
	return layout;
}

double text_height(PangoLayout *layout)
{
	int height;

	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

static double line_bottom(PangoLayoutIter *iter)
{
	PangoRectangle logical;

	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	return (double)(logical.y + logical.height) / PANGO_SCALE;
}

static void line_show(struct press *press, PangoLayoutIter *iter, double x, double y)
{
	PangoRectangle logical;

	if (!press->cr)
		return;
	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	cairo_move_to(press->cr, x + (double)logical.x / PANGO_SCALE,
	              y + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE);
	pango_cairo_show_layout_line(press->cr, pango_layout_iter_get_line_readonly(iter));
}

double text_draw(struct press *press, PangoLayout *layout, double x, double y, double height, int *line_io)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	double skipped = 0, used = 0;
	int line = 0;

	for (; line < *line_io; line++) {
		PangoRectangle logical;
		if (!pango_layout_iter_next_line(iter))
			break;
		pango_layout_iter_get_line_extents(iter, NULL, &logical);
		skipped = (double)logical.y / PANGO_SCALE;
	}
	while (line < pango_layout_get_line_count(layout)) {
		if (line_bottom(iter) - skipped > height + 0.01)
			break;
		line_show(press, iter, x, y - skipped);
		used = line_bottom(iter) - skipped;
		line++;
		if (!pango_layout_iter_next_line(iter))
			break;
	}
	pango_layout_iter_free(iter);
	*line_io = line;
	return used;
}

void tag_open(struct press *press, const char *tag)
{
	if (press->cr)
		cairo_tag_begin(press->cr, tag, NULL);
}

void tag_shut(struct press *press, const char *tag)
{
	if (press->cr)
		cairo_tag_end(press->cr, tag);
}
