/* Pages: blocks one below the other, the foot with its number and code, and the file around them. */
#include "roles/scribe_pdf.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <qrencode.h>
#include <stdio.h>

#include "base/time.h"
#include "roles/scribe_press.h"

#define FONTS_FOLDER "/usr/share/fonts/truetype/cns11643"
/* The scribe knows these files and no others: what it prints is the same on every machine. */
static const char FONTS[] =
	"<?xml version=\"1.0\"?><fontconfig><dir>" FONTS_FOLDER "</dir>"
	"<cachedir>/var/cache/fontconfig</cachedir></fontconfig>";
/* The licence of the fonts lapses without this. */
static const char NOTICE[] =
	"Fonts: TW-Kai 全字庫正楷體 (CNS 11643), National Development Council, Taiwan; "
	"Open Government Data License, version 1.0 (https://data.gov.tw/license)";
static const unsigned FOOT_DPT = 75, FOOT_GAP_DMM = 25, CODE_DMM = 130;

/* --- the foot --- */

static void code_draw(struct press *press, double x, double y, double side)
{
	struct str code = press->paper->code;
	QRcode *qr = QRcode_encodeData((int)code.len, (const unsigned char *)code.at, 0, QR_ECLEVEL_M);

	if (!qr)
		return;
	double dot = side / qr->width;
	for (int row = 0; row < qr->width; row++)
		for (int column = 0; column < qr->width; column++)
			if (qr->data[row * qr->width + column] & 1)
				cairo_rectangle(press->cr, x + column * dot, y + row * dot, dot, dot);
	cairo_fill(press->cr);
	QRcode_free(qr);
}

/* Below the frame, and private to us: a reader of the tags does not meet it on every page. */
static void foot_press(struct press *press)
{
	const struct paper *paper = press->paper;
	double side = paper->code.len ? points(CODE_DMM) : 0, y = press->bottom + points(FOOT_GAP_DMM);
	struct str text = str_printf(press->arena, "%.*s%s第 %d 頁，共 %d 頁", STR_FMT(paper->foot),
	                             paper->foot.len ? "\n" : "", press->page, press->pages);
	int line = 0;

	PangoLayout *layout = text_set(press, text, FOOT_DPT, press->width - side - points(FOOT_GAP_DMM),
	                               PAPER_LEFT);
	tag_open(press, "Private");
	text_draw(press, layout, press->left, y, points(paper->margin_dmm), &line);
	if (press->cr && side > 0)
		code_draw(press, press->left + press->width - side, y, side);
	tag_shut(press, "Private");
	g_object_unref(layout);
}

void page_turn(struct press *press)
{
	foot_press(press);
	if (press->cr)
		cairo_show_page(press->cr);
	press->page++;
	press->y = press->top;
}

bool page_is_fresh(const struct press *press)
{
	return press->y <= press->top;
}

/* --- blocks --- */

static void label_press(struct press *press, const struct paper_block *block, double x)
{
	int line = 0;

	if (block->label.len == 0)
		return;
	PangoLayout *layout = text_set(press, block->label, block->size_dpt, press->width, PAPER_LEFT);
	tag_open(press, "Lbl");
	text_draw(press, layout, x, press->y, press->bottom, &line);
	tag_shut(press, "Lbl");
	g_object_unref(layout);
}

/* Does the first line fit, and where it is to be kept with what follows, some more? */
static bool begins_here(const struct press *press, const struct paper_block *block)
{
	double line = block->size_dpt / 10.0 * 1.4;

	return press->y + line * (block->keep ? 4 : 1) <= press->bottom;
}

static void text_press(struct press *press, const struct paper_block *block)
{
	double x = press->left + points(block->indent_dmm), hang = points(block->label_dmm);
	double measure = press->left + press->width - x - hang;
	const char *tag = block->kind == PAPER_HEADING ? "H1" : "P";
	int line = 0;

	PangoLayout *layout = text_set(press, block->text, block->size_dpt, measure > 1 ? measure : 1, block->align);
	if (!begins_here(press, block) && !page_is_fresh(press))
		page_turn(press);
	tag_open(press, tag);
	label_press(press, block, x);
	for (;;) {
		int before = line;
		press->y += text_draw(press, layout, x + hang, press->y, press->bottom - press->y, &line);
		if (line >= pango_layout_get_line_count(layout) || (line == before && page_is_fresh(press)))
			break;
		page_turn(press);
	}
	tag_shut(press, tag);
	g_object_unref(layout);
}

static enum fail block_press(struct press *press, const struct paper_block *block)
{
	if (!page_is_fresh(press))
		press->y += points(block->before_dmm);
	switch (block->kind) {
	case PAPER_HEADING:
	case PAPER_PARAGRAPH:
		text_press(press, block);
		break;
	case PAPER_TABLE:
		TRY(table_press(press, block->table));
		break;
	case PAPER_BREAK:
		if (!page_is_fresh(press))
			page_turn(press);
		break;
	case PAPER_BLOCK_COUNT:
		assert(false); /* paper_check lets none pass */
	}
	press->y += points(block->after_dmm);
	return OK;
}

static enum fail pages_press(struct press *press)
{
	const struct paper *paper = press->paper;

	press->left = points(paper->margin_dmm);
	press->top = press->y = points(paper->margin_dmm);
	press->width = points(paper->width_dmm) - 2 * press->left;
	press->bottom = points(paper->height_dmm) - points(paper->margin_dmm);
	press->page = 1;
	tag_open(press, "Document");
	for (size_t i = 0; i < paper->block_count; i++)
		TRY(block_press(press, &paper->blocks[i]));
	foot_press(press);
	tag_shut(press, "Document");
	return OK;
}

/* --- the file --- */

static cairo_status_t bytes_take(void *context, const unsigned char *at, unsigned len)
{
	buf_bytes(context, at, len);
	return CAIRO_STATUS_SUCCESS;
}

static void metadata_set(struct arena *arena, cairo_surface_t *surface, const struct paper *paper)
{
	char *created = str_c(arena, str_from(time_utc(paper->created_ms).text));

	created[19] = 'Z'; /* whole seconds */
	created[20] = 0;
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_c(arena, paper->title));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, str_c(arena, paper->author));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, str_c(arena, paper->subject));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, NOTICE);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "youju");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static PangoFontMap *fonts_open(void)
{
	FcConfig *config = FcConfigCreate();
	PangoFontMap *map = NULL;

	if (config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)FONTS, FcTrue) &&
	    FcConfigBuildFonts(config)) {
		FcConfigSetCurrent(config); /* or the map below would look for the machine's own */
		FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
		if (fonts && fonts->nfont >= 3) {
			map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
			pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
		}
	}
	if (config)
		FcConfigDestroy(config);
	return map;
}

/* Counts the pages first, as every foot names their number. */
static enum fail press_twice(struct press *press, struct buf *out)
{
	const struct paper *paper = press->paper;
	size_t start = out->len;

	TRY(pages_press(press));
	if (press->missing)
		return FAIL_NOT_FOUND;
	press->pages = press->page;
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(bytes_take, out, points(paper->width_dmm),
	                                                               points(paper->height_dmm));
	metadata_set(press->arena, surface, paper);
	press->cr = cairo_create(surface);
	enum fail fail = pages_press(press);
	if (cairo_status(press->cr) != CAIRO_STATUS_SUCCESS)
		fail = FAIL_IO;
	cairo_destroy(press->cr);
	cairo_surface_finish(surface);
	if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
		fail = FAIL_IO;
	cairo_surface_destroy(surface);
	return fail == OK ? file_complete(press, str_from(NOTICE), start, out) : fail;
}

enum fail scribe_pdf(struct arena *arena, const struct paper *paper, struct buf *out, uint32_t *missing_out)
{
	struct press press = { .paper = paper, .arena = arena };
	PangoFontMap *map = fonts_open();

	*missing_out = 0;
	if (!map)
		return FAIL_IO;
	press.context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(press.context, options);
	pango_cairo_context_set_resolution(press.context, 72); /* a unit is a point */
	cairo_font_options_destroy(options);
	pango_context_set_language(press.context, pango_language_from_string(str_c(arena, paper->language)));
	enum fail fail = press_twice(&press, out);
	*missing_out = press.missing;
	g_object_unref(press.context);
	g_object_unref(map);
	return fail;
}
