#include "journal/verify.h"

/* As a path, and as tile and bundle of a log of three entries: nothing but findings may come of it. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = arena_open(64u << 20);
	struct buf again = buf_on(&arena);
	struct str all = str_bytes(bytes, len), tile_bytes = str_slice(all, 0, 96),
	           bundle = str_slice(all, 96, len);
	struct audit audit = audit_open(3);
	struct hash root = merkle_empty();
	struct tile tile;

	if (tile_parse(all, &tile) == OK) {
		tile_path_add(&again, tile);
		assert(str_eq(buf_str(&again), all));
	}
	audit_tile(&audit, &tile_bytes, &bundle);
	audit_end(&audit, &root);
	assert(findings_worst(&audit.findings) != DEFECT_NONE);
	audit_close(&audit);
	arena_close(&arena);
	return 0;
}
