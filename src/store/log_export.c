#include "store/log_export.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

enum { EXPORT_PATH_BYTES = 512, PROGRESS_TILES = 64 };

struct export {
	struct ledger *ledger;
	const char *folder;
	uint64_t size, done, total; /* tiles */
	char made[EXPORT_PATH_BYTES]; /* the last folder made */
	struct buf path, bytes;
	struct progress progress;
};

/* Makes every folder above a file. */
static enum fail parents_make(struct export *export, const char *path)
{
	char folder[EXPORT_PATH_BYTES];
	size_t start = strlen(export->folder);

	if (strlen(path) >= sizeof folder)
		return FAIL_TOO_LARGE;
	strcpy(folder, path);
	*strrchr(folder, '/') = 0;
	if (strcmp(folder, export->made) == 0)
		return OK;
	for (char *slash = strchr(folder + start + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		TRY(dir_make(folder));
		*slash = '/';
	}
	TRY(dir_make(folder));
	strcpy(export->made, folder);
	return OK;
}

static enum fail whole_write(struct export *export, struct str bytes)
{
	AUTO(file_close) struct file file = FILE_NONE;

	buf_byte(&export->path, 0);
	TRY(parents_make(export, export->path.at));
	TRY(file_open(export->path.at, FILE_CREATE, &file));
	return file_write_at(file, 0, bytes.at, bytes.len);
}

static void path_begin(struct export *export)
{
	buf_empty(&export->path);
	buf_add(&export->path, str_from(export->folder));
	buf_byte(&export->path, '/');
}

static enum fail tile_write(struct export *export, struct tile tile)
{
	tile.width = tile_width(export->size, tile.level, tile.n);
	path_begin(export);
	tile_path_add(&export->path, tile);
	buf_empty(&export->bytes);
	TRY(ledger_tile(export->ledger, tile, &export->bytes));
	TRY(whole_write(export, buf_str(&export->bytes)));
	if (++export->done % PROGRESS_TILES == 0 && export->progress.say)
		export->progress.say(export->progress.context, export->done, export->total);
	return OK;
}

static enum fail tiles_write(struct export *export)
{
	for (unsigned level = 0; level < TILE_LEVELS; level++)
		for (uint64_t n = 0; n < tile_count(export->size, level); n++)
			TRY(tile_write(export, (struct tile){ .level = level, .n = n }));
	for (uint64_t n = 0; n < tile_count(export->size, 0); n++)
		TRY(tile_write(export, (struct tile){ .entries = true, .n = n }));
	return OK;
}

static enum fail export_all(struct export *export)
{
	AUTO(arena_close) struct arena arena = arena_open(4 * NOTE_BYTES_MAX);
	struct str note;

	TRY(ledger_checkpoint(export->ledger, &arena, &note));
	TRY(dir_make(export->folder));
	path_begin(export);
	buf_bytes(&export->path, "checkpoint", sizeof "checkpoint");
	if (file_exists(export->path.at))
		return FAIL_CONFLICT;
	for (unsigned level = 0; level < TILE_LEVELS; level++)
		export->total += tile_count(export->size, level) * (level ? 1 : 2);
	TRY(tiles_write(export));
	path_begin(export);
	buf_add(&export->path, STR("checkpoint"));
	TRY(whole_write(export, note));
	if (export->progress.say)
		export->progress.say(export->progress.context, export->total, export->total);
	return OK;
}

enum fail log_export(struct ledger *ledger, const char *folder, struct progress progress)
{
	struct export export = { .ledger = ledger, .folder = folder, .progress = progress,
		                 .size = ledger_published(ledger) };
	enum fail fail = strlen(folder) < EXPORT_PATH_BYTES / 2 ? export_all(&export)
	                                                        : FAIL_TOO_LARGE;

	buf_close(&export.path);
	buf_close(&export.bytes);
	return fail;
}
