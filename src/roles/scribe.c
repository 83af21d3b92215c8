/* The scribe: papers to PDF and ODT. It has fonts and layout libraries, and neither network nor
 * stores nor keys. Each print is made by a child that ends with it: idle, the scribe holds no font,
 * and a paper that crashes or hangs the libraries costs itself only. */
#include <stdio.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "paper/odt.h"
#include "roles/peer.h"
#include "roles/sandbox.h"
#include "roles/scribe_child.h"
#include "roles/scribe_pdf.h"
#include "roles/supervise.h"

static enum fail press_pdf(struct arena *arena, struct str bytes, struct buf *out, uint32_t *missing_out)
{
	struct paper paper;

	TRY(paper_unpack(arena, bytes, &paper));
	return scribe_pdf(arena, &paper, out, missing_out);
}

static enum fail press_odt(struct arena *arena, struct str bytes, struct buf *out, uint32_t *missing_out)
{
	struct paper paper;

	(void)missing_out;
	TRY(paper_unpack(arena, bytes, &paper));
	return paper_odt(&paper, out);
}

static bool answer(void *context, struct arena *arena, const struct message *asked,
                   struct message *reply, int64_t *wait_ms_out)
{
	bool odt = str_is(message_get(asked, "format"), "odt");
	const struct child_work work = { odt ? press_odt : press_pdf, PRINT_MS };

	(void)context;
	(void)wait_ms_out;
	struct printed printed = child_print(arena, &work, message_get(asked, "paper"));
	reply->kind = MESSAGE_PRINTED;
	if (printed.fail == OK) {
		message_put(reply, "file", printed.bytes);
		return true;
	}
	diag_error("a paper could not be printed: %s", fail_name(printed.fail));
	message_put(reply, "fail", str_from(fail_name(printed.fail)));
	if (printed.missing)
		message_put(reply, "missing", str_printf(arena, "U+%04X", printed.missing));
	return true;
}

int main(int argc, char **argv)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 16);

	diag_open("scribe");
	if (argc != 2) {
		diag_error("usage: youju-scribe DIR");
		return EXIT_SETTINGS;
	}
	sandbox_start();
	crypto_open();
	enum fail fail = fonts_shut_in(str_c(&arena, str_printf(&arena, "%s/run", argv[1])), KEEP_LOCAL);
	if (fail != OK) {
		diag_error("the scribe cannot be shut in: %s", fail_name(fail));
		return 1;
	}
	const struct peer_work work = { .dir = argv[1], .socket_name = keeper_socket_name(SOCKET_SCRIBE), .takes = { MESSAGE_PRINT },
		                        .answer = answer };
	return peer_run(&work);
}
