/* What cairo 1.16 does not write: language, title in the window, XMP. An incremental update behind
 * the file (ISO 32000-1, 7.5.6): the catalogue again with more entries, and a metadata stream. */
#include "base/odf.h"
#include "base/time.h"
#include "roles/scribe_press.h"

/* What cairo's file says of itself. */
struct made_file {
	size_t size, root, info, xref;
	struct str catalogue; /* its entries, without the brackets around them */
};

static bool last_find(struct str text, struct str part, size_t *at_out)
{
	for (size_t at = text.len; at-- > 0;) {
		if (!str_starts(str_slice(text, at, part.len), part))
			continue;
		*at_out = at;
		return true;
	}
	return false;
}

/* The number behind a key of the trailer. */
static bool number_after(struct str text, struct str key, size_t *out)
{
	uint64_t n;
	size_t at, len = 0;

	if (!str_find(text, key, &at))
		return false;
	struct str digits = str_slice(text, at + key.len, 20);
	while (len < digits.len && digits.at[len] >= '0' && digits.at[len] <= '9')
		len++;
	bool ok = str_to_u64(str_slice(digits, 0, len), &n) == OK;
	*out = ok ? (size_t)n : 0;
	return ok;
}

static bool made_read(struct arena *arena, struct str file, struct made_file *out)
{
	size_t trailer, begin, end;

	if (!last_find(file, STR("trailer\n"), &trailer))
		return false;
	struct str tail = str_slice(file, trailer, file.len);
	if (!number_after(tail, STR("/Size "), &out->size) || !number_after(tail, STR("/Root "), &out->root) ||
	    !number_after(tail, STR("/Info "), &out->info) || !number_after(tail, STR("startxref\n"), &out->xref))
		return false;
	struct str open = str_printf(arena, "\n%zu 0 obj\n<<", out->root);
	if (!last_find(file, open, &begin))
		return false;
	struct str rest = str_slice(file, begin + open.len, file.len);
	if (!str_find(rest, STR("endobj"), &end) || !last_find(str_slice(rest, 0, end), STR(">>"), &end))
		return false;
	out->catalogue = str_slice(rest, 0, end);
	return true;
}

static struct str xmp_make(struct arena *arena, const struct paper *paper, struct str notice)
{
	struct buf out = buf_on(arena);

	buf_add(&out, STR("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
	                  " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description"
	                  " rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><dc:title><rdf:Alt><rdf:li"
	                  " xml:lang=\"x-default\">"));
	xml_text(&out, paper->title);
	buf_add(&out, STR("</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>"));
	xml_text(&out, paper->language);
	buf_add(&out, STR("</rdf:li></rdf:Bag></dc:language><dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
	xml_text(&out, notice);
	buf_add(&out, STR("</rdf:li></rdf:Alt></dc:rights><dc:identifier>"));
	xml_text(&out, paper->mark);
	buf_printf(&out, "</dc:identifier><xmp:CreatorTool>youju</xmp:CreatorTool><xmp:CreateDate>%s"
	           "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
	           time_utc(paper->created_ms).text);
	return buf_str(&out);
}

/* A text string of PDF: letters, digits and hyphens of a language tag need no escape, others are left out. */
static void tag_put(struct buf *out, struct str language)
{
	for (size_t i = 0; i < language.len; i++) {
		char c = language.at[i];
		if (c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			buf_byte(out, (uint8_t)c);
	}
}

enum fail file_complete(struct press *press, struct str notice, size_t start, struct buf *out)
{
	struct str file = str_slice(buf_str(out), start, out->len);
	struct made_file made;
	size_t xmp_at, root_at, xref_at;

	if (!made_read(press->arena, file, &made))
		return FAIL_IO;
	struct str catalogue = str_copy(press->arena, made.catalogue);
	struct str xmp = xmp_make(press->arena, press->paper, notice);
	xmp_at = out->len - start;
	buf_printf(out, "%zu 0 obj\n<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n", made.size, xmp.len);
	buf_add(out, xmp);
	buf_add(out, STR("\nendstream\nendobj\n"));
	root_at = out->len - start;
	buf_printf(out, "%zu 0 obj\n<<", made.root);
	buf_add(out, catalogue);
	buf_printf(out, "   /Metadata %zu 0 R\n   /ViewerPreferences << /DisplayDocTitle true >>\n   /Lang (", made.size);
	tag_put(out, press->paper->language);
	buf_add(out, STR(")\n>>\nendobj\n"));
	xref_at = out->len - start;
	buf_printf(out, "xref\n%zu 1\n%010zu 00000 n \n%zu 1\n%010zu 00000 n \n", made.root, root_at, made.size, xmp_at);
	buf_printf(out, "trailer\n<< /Size %zu\n   /Root %zu 0 R\n   /Info %zu 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n",
	           made.size + 1, made.root, made.info, made.xref, xref_at);
	return OK;
}
