#include "doors/web/print.h"

#include "doors/web/fields.h"
#include "doors/web/table.h"

void print_write(struct out *page, struct str about, enum printed_paper paper)
{
	struct fields_view view = { 0 };
	struct str code = word_code(&printed_paper_words, (int)paper);

	for (int format = 1; format < print_format_end; format++) {
		struct str kind = word_code(&print_format_words, format);
		form_begin(page, "/do/print_paper", NULL);
		request_write(page, &view);
		html(page, "<input type=\"hidden\" name=\"printed_paper\" value=\"%.*s\">\n"
		     "<input type=\"hidden\" name=\"about\" value=\"%.*s\">\n"
		     "<input type=\"hidden\" name=\"print_format\" value=\"%.*s\">\n"
		     "<button class=\"plain\">%s（%s）</button>\n</form>\n", STR_FMT(code), STR_FMT(about), STR_FMT(kind),
		     word_text(page, &printed_paper_words, code), word_text(page, &print_format_words, kind));
	}
}
