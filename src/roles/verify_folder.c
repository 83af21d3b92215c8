#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "roles/verify.h"

enum { VERIFY_PATH_BYTES = 1024, FOLDER_DEPTH_MAX = 12,
       BUNDLE_BYTES_MAX = TILE_HASHES * (2 + ENTRY_BYTES_MAX) };

/* One file of the log, read into a buffer that is used again. */
struct piece { struct buf bytes; struct str view; };

/* NULL when it is missing (the audit says so). A bundle may be longer than its tile allows; then one
 * byte more than any bundle is read, which does not divide into entries. */
static const struct str *piece_read(struct verify *verify, struct tile tile, struct piece *piece)
{
	AUTO(buf_close) struct buf path = buf_open();
	AUTO(file_close) struct file file = FILE_NONE;
	uint64_t size;

	buf_add(&path, str_from(verify->folder));
	buf_byte(&path, '/');
	tile_path_add(&path, tile);
	buf_byte(&path, 0);
	enum fail fail = file_open(path.at, FILE_READ, &file);
	if (fail == FAIL_NOT_FOUND)
		return NULL;
	if (fail == OK)
		fail = file_size(file, &size);
	buf_empty(&piece->bytes);
	if (fail == OK) {
		size_t len = size > BUNDLE_BYTES_MAX ? BUNDLE_BYTES_MAX + 1 : (size_t)size;
		fail = file_read_at(file, 0, buf_room(&piece->bytes, len), len);
	}
	if (fail != OK) {
		finding_add(&verify->findings, DEFECT_UNREADABLE, tile.n);
		return NULL;
	}
	piece->view = buf_str(&piece->bytes);
	return &piece->view;
}

static struct tile tile_of(uint64_t size, bool entries, unsigned level, uint64_t n)
{
	return (struct tile){ .entries = entries, .level = level, .n = n,
		              .width = tile_width(size, level, n) };
}

static void uppers_check(struct verify *verify, struct audit *audit, struct piece *piece)
{
	for (unsigned level = 1; level < TILE_LEVELS; level++)
		for (uint64_t n = 0; n < tile_count(audit->size, level); n++)
			audit_upper(audit, level, n,
			            piece_read(verify, tile_of(audit->size, false, level, n), piece));
}

static void stray_look(struct verify *verify, struct audit *audit, struct piece *piece)
{
	for (uint64_t n = 0; n < tile_count(audit->size, 0) && audit_wants_stray(audit); n++) {
		const struct str *tile = piece_read(verify, tile_of(audit->size, false, 0, n), piece);
		if (tile)
			audit_stray(audit, n, *tile);
	}
}

static void entries_check(struct verify *verify, struct audit *audit)
{
	struct piece tile = { .bytes = buf_open() }, bundle = { .bytes = buf_open() };

	for (uint64_t n = 0; n < tile_count(audit->size, 0); n++)
		audit_tile(audit, piece_read(verify, tile_of(audit->size, false, 0, n), &tile),
		           piece_read(verify, tile_of(audit->size, true, 0, n), &bundle));
	uppers_check(verify, audit, &tile);
	stray_look(verify, audit, &tile);
	audit_end(audit, &verify->head.root);
	buf_close(&tile.bytes);
	buf_close(&bundle.bytes);
}

/* --- files that nobody promised --- */

static bool is_implied(uint64_t size, const char *path)
{
	struct tile tile;

	if (strcmp(path, "checkpoint") == 0)
		return true;
	return tile_parse(str_from(path), &tile) == OK &&
	       tile.width == tile_width(size, tile.level, tile.n);
}

static void files_check(struct verify *verify, const char *under, unsigned depth);

static void file_look(struct verify *verify, const char *path, unsigned depth)
{
	char full[2 * VERIFY_PATH_BYTES];
	struct stat stat;

	snprintf(full, sizeof full, "%s/%s", verify->folder, path);
	if (lstat(full, &stat) != 0) {
		finding_add(&verify->findings, DEFECT_UNREADABLE, 0);
		return;
	}
	if (S_ISDIR(stat.st_mode) && depth < FOLDER_DEPTH_MAX) {
		files_check(verify, path, depth + 1);
		return;
	}
	if (!S_ISREG(stat.st_mode) || !is_implied(verify->head.size, path)) {
		if (verify->findings.count[DEFECT_EXTRA_FILE] == 0 && !verify->quiet)
			fprintf(stderr, "youju-verify: not implied by the checkpoint: %s\n", path);
		finding_add(&verify->findings, DEFECT_EXTRA_FILE, 0);
	}
}

static void files_check(struct verify *verify, const char *under, unsigned depth)
{
	char path[VERIFY_PATH_BYTES];
	struct dirent *entry;

	snprintf(path, sizeof path, "%s/%s", verify->folder, under);
	DIR *folder = opendir(path);
	if (!folder) {
		finding_add(&verify->findings, DEFECT_UNREADABLE, 0);
		return;
	}
	while ((entry = readdir(folder))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		int len = snprintf(path, sizeof path, "%s%s%s", under, *under ? "/" : "", entry->d_name);
		if (len < 0 || (size_t)len >= sizeof path)
			finding_add(&verify->findings, DEFECT_EXTRA_FILE, 0);
		else
			file_look(verify, path, depth);
	}
	closedir(folder);
}

/* --- the whole folder --- */

static void findings_join(struct findings *into, const struct findings *from)
{
	for (unsigned i = 0; i < DEFECT_COUNT; i++) {
		if (into->count[i] == 0)
			into->first[i] = from->first[i];
		into->count[i] += from->count[i];
	}
}

/* An older checkpoint of the same log: it must have been signed by the same keys. What its note
 * lacks is a defect of the older checkpoint, whatever it is. */
static bool against_load(struct verify *verify, struct checkpoint *out)
{
	struct findings kept = verify->findings;
	struct policy *policy = verify->policy;
	struct str bytes;

	verify->policy = NULL;
	bool ok = small_load(verify, verify->against_path, DEFECT_AGAINST, &bytes) &&
	          note_check(verify, bytes, out) && str_eq(out->origin, verify->head.origin);
	verify->policy = policy;
	verify->findings = kept;
	if (!ok)
		finding_add(&verify->findings, DEFECT_AGAINST, 0);
	return ok;
}

void folder_check(struct verify *verify)
{
	AUTO(buf_close) struct buf path = buf_open();
	struct checkpoint against;
	struct str bytes;

	buf_printf(&path, "%s/checkpoint", verify->folder);
	buf_byte(&path, 0);
	if (!small_load(verify, path.at, DEFECT_NO_CHECKPOINT, &bytes) ||
	    !note_check(verify, bytes, &verify->head))
		return;
	if (verify->head.size == 0)
		finding_add(&verify->findings, DEFECT_EMPTY_LOG, 0);
	struct note_coverage logs = verify->logs;
	struct audit audit = audit_open(verify->head.size);
	if (verify->against_path && against_load(verify, &against)) {
		if (against.size > verify->head.size)
			finding_add(&verify->findings, DEFECT_ROLLED_BACK, against.size);
		else if (against.size)
			audit_against(&audit, against.size, &against.root);
	}
	verify->logs = logs;
	entries_check(verify, &audit);
	findings_join(&verify->findings, &audit.findings);
	files_check(verify, "", 0);
	audit_close(&audit);
}
