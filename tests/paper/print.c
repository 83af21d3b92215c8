/* Writes every sample as FOLDER/name.pdf and name.odt, and the packed form (name.paper) that they are made from, as the roles do.
 * usage: print FOLDER; says "name missing U+F8FF" where a character has no glyph. */
#include <stdio.h>

#include "paper/odt.h"
#include "roles/scribe_pdf.h"
#include "samples.h"

static void save(struct arena *arena, const char *folder, const char *name, const char *end, struct str bytes)
{
	FILE *file = fopen(str_c(arena, str_printf(arena, "%s/%s.%s", folder, name, end)), "wb");

	assert(file);
	assert(fwrite(bytes.at, 1, bytes.len, file) == bytes.len);
	fclose(file);
}

static void print(const char *folder, const struct sample *sample)
{
	AUTO(arena_close) struct arena arena = arena_open(512u << 20);
	struct buf packed = buf_on(&arena), pdf = buf_on(&arena), odt = buf_on(&arena);
	struct paper made = sample->make(&arena), paper;
	uint32_t missing;

	assert(paper_pack(&packed, &made) == OK);
	assert(paper_unpack(&arena, buf_str(&packed), &paper) == OK);
	save(&arena, folder, sample->name, "paper", buf_str(&packed));
	enum fail fail = scribe_pdf(&arena, &paper, &pdf, &missing);
	if (fail == OK)
		save(&arena, folder, sample->name, "pdf", buf_str(&pdf));
	else
		printf("%s missing U+%04X (%s)\n", sample->name, missing, fail_name(fail));
	assert(paper_odt(&paper, &odt) == OK);
	save(&arena, folder, sample->name, "odt", buf_str(&odt));
}

int main(int argc, char **argv)
{
	assert(argc == 2);
	for (size_t i = 0; i < samples_count; i++)
		print(argv[1], &samples[i]);
	return 0;
}
