/* Runs a fuzz target over its stored corpus and simple mutations of it, as an ordinary test: what
 * was once found stays found. usage: NAME_replay CORPUS_FOLDER */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { INPUT_MAX = 1 << 20, MUTATIONS = 200 };

static uint32_t dice = 1;

static uint32_t roll(uint32_t below)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 8) % below;
}

static void try_mutations(uint8_t *bytes, size_t len)
{
	for (int i = 0; i < MUTATIONS && len; i++) {
		/* An exact copy on the heap lets the address sanitizer see one byte too far. */
		size_t cut = roll(4) ? len : roll((uint32_t)len);
		uint8_t *copy = malloc(cut ? cut : 1);
		if (!copy)
			abort();
		memcpy(copy, bytes, cut);
		for (uint32_t k = roll(4); k-- > 0 && cut;)
			copy[roll((uint32_t)cut)] = (uint8_t)roll(256);
		LLVMFuzzerTestOneInput(copy, cut);
		free(copy);
	}
}

static int try_file(const char *path)
{
	static uint8_t bytes[INPUT_MAX];
	FILE *file = fopen(path, "rb");

	if (!file)
		return 0;
	size_t len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	LLVMFuzzerTestOneInput(bytes, len);
	try_mutations(bytes, len);
	return 1;
}

int main(int argc, char **argv)
{
	DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
	struct dirent *entry;
	int count = 0;

	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	while (folder && (entry = readdir(folder))) {
		char path[1024];
		snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
		if (entry->d_name[0] != '.')
			count += try_file(path);
	}
	if (folder)
		closedir(folder);
	printf("1..1\n%s 1 - %d inputs and their mutations\n", count ? "ok" : "not ok", count);
	return count ? 0 : 1;
}
