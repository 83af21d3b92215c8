/* Loading the trust store and revocation lists from folders, declared in base/cert_trust.h. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cert_lib.h"
#include "base/cert_trust.h"
#include "base/file.h"

enum { CA_FILE_BYTES = 1 << 20 };

static const char *const ca_endings[] = { ".pem", ".crt", ".cer", NULL };
static const char *const crl_endings[] = { ".crl", ".pem", NULL };

struct names { struct str at[TRUST_FILES_MAX]; size_t count; };

static int name_compare(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool ends_in(struct str name, const char *const *endings)
{
	for (; *endings; endings++)
		if (str_ends(name, str_from(*endings)))
			return true;
	return false;
}

/* Names of a folder in byte order, so that the same folder always gives the same store. */
static enum fail names_read(struct arena *arena, const char *dir, const char *const *endings,
                            struct names *out)
{
	DIR *handle = opendir(dir);
	enum fail fail = OK;

	out->count = 0;
	if (!handle)
		return FAIL_NOT_FOUND;
	for (struct dirent *entry; fail == OK && (entry = readdir(handle));) {
		struct str name = str_from(entry->d_name);
		if (name.at[0] == '.' || !ends_in(name, endings))
			continue;
		if (out->count == TRUST_FILES_MAX)
			fail = FAIL_TOO_LARGE;
		else
			out->at[out->count++] = str_copy(arena, name);
	}
	closedir(handle);
	qsort(out->at, out->count, sizeof out->at[0], name_compare);
	return fail;
}

static enum fail ca_file_add(struct cert_trust *trust, struct arena *arena, const char *path)
{
	struct str bytes, label, der;
	enum fail fail = OK;

	TRY(file_load(arena, path, CA_FILE_BYTES, &bytes));
	if (der_next_is(bytes, DER_SEQUENCE))
		return trust_add_ca(trust, bytes);
	for (size_t blocks = 0; fail == OK; blocks++) {
		fail = pem_take(arena, &bytes, &label, &der);
		if (fail == FAIL_NOT_FOUND && blocks > 0)
			return OK;
		if (fail == OK)
			fail = str_is(label, "CERTIFICATE") ? trust_add_ca(trust, der) : FAIL_SYNTAX;
	}
	return fail == FAIL_NOT_FOUND ? FAIL_SYNTAX : fail;
}

enum fail trust_open(struct arena *arena, const char *ca_dir, struct cert_trust **out,
                     struct str *bad_file)
{
	struct names *names = arena_new(arena, struct names);
	struct cert_trust *trust;
	enum fail fail = OK;

	*bad_file = STR("");
	TRY(names_read(arena, ca_dir, ca_endings, names));
	trust = trust_new();
	for (size_t i = 0; fail == OK && i < names->count; i++) {
		struct str path = str_printf(arena, "%s/%.*s", ca_dir, STR_FMT(names->at[i]));
		fail = ca_file_add(trust, arena, str_c(arena, path));
		if (fail)
			*bad_file = names->at[i];
	}
	if (fail) {
		trust_close(&trust);
		return fail;
	}
	*out = trust;
	return OK;
}

static enum fail crl_file_add(struct cert_trust *trust, const char *path)
{
	struct arena arena = arena_open((size_t)CRL_MAX_BYTES * 2);
	struct str bytes;
	enum fail fail = file_load(&arena, path, CRL_MAX_BYTES, &bytes);

	if (fail == OK)
		fail = trust_add_crl(trust, bytes);
	arena_close(&arena);
	return fail;
}

/* Changes whenever the file is replaced or written to. */
static struct hash file_mark(const char *path, struct str name)
{
	struct stat stat_now;
	uint64_t parts[4] = { 0 };

	if (stat(path, &stat_now) == 0) {
		parts[0] = (uint64_t)stat_now.st_ino;
		parts[1] = (uint64_t)stat_now.st_size;
		parts[2] = (uint64_t)stat_now.st_mtim.tv_sec;
		parts[3] = (uint64_t)stat_now.st_mtim.tv_nsec;
	}
	return hash_two(0, parts, sizeof parts, name.at, name.len);
}

static bool is_loaded(const struct trust_files *files, const struct hash *mark)
{
	for (size_t i = 0; i < files->crl_count; i++)
		if (hash_eq(&files->crls[i], mark))
			return true;
	return false;
}

enum fail trust_load_crls(struct cert_trust *trust, struct arena *arena, const char *dir,
                          struct str *bad_files)
{
	struct names *names = arena_new(arena, struct names);
	struct trust_files *old = trust_files(trust);
	struct trust_files *now = arena_new(arena, struct trust_files);
	struct buf bad = buf_on(arena);

	TRY(names_read(arena, dir, crl_endings, names));
	for (size_t i = 0; i < names->count; i++) {
		const char *path = str_c(arena, str_printf(arena, "%s/%.*s", dir, STR_FMT(names->at[i])));
		struct hash mark = file_mark(path, names->at[i]);
		now->crls[now->crl_count++] = mark;
		if (is_loaded(old, &mark))
			continue;
		enum fail fail = crl_file_add(trust, path);
		if (fail)
			buf_printf(&bad, "%.*s: %s\n", STR_FMT(names->at[i]), fail_name(fail));
	}
	now->cas = old->cas;
	*old = *now;
	*bad_files = buf_str(&bad);
	return OK;
}

/* One digest over all CA files. */
static struct hash cas_mark(struct arena *arena, const char *dir)
{
	struct names *names = arena_new(arena, struct names);
	struct buf marks = buf_on(arena);

	if (names_read(arena, dir, ca_endings, names) != OK)
		names->count = 0;
	for (size_t i = 0; i < names->count; i++) {
		struct str path = str_printf(arena, "%s/%.*s", dir, STR_FMT(names->at[i]));
		struct hash mark = file_mark(str_c(arena, path), names->at[i]);
		buf_bytes(&marks, mark.at, sizeof mark.at);
	}
	return hash_bytes(buf_str(&marks));
}

bool trust_follow(struct cert_trust **trust, struct arena *arena, const char *tls_dir, struct str *bad_files)
{
	const char *ca_dir = str_c(arena, str_printf(arena, "%s/ca", tls_dir));
	const char *crl_dir = str_c(arena, str_printf(arena, "%s/crl", tls_dir));
	struct hash mark = cas_mark(arena, ca_dir);
	bool fresh = !*trust || !hash_eq(&trust_files(*trust)->cas, &mark);
	struct buf bad = buf_on(arena);
	struct str name;

	if (fresh) {
		trust_close(trust);
		enum fail fail = trust_open(arena, ca_dir, trust, &name);
		if (fail) {
			buf_printf(&bad, "ca/%.*s: %s\n", STR_FMT(name), fail_name(fail));
			*trust = trust_new();
		}
		trust_files(*trust)->cas = mark;
	}
	struct trust_files before = *trust_files(*trust);
	if (trust_load_crls(*trust, arena, crl_dir, &name) == OK)
		buf_add(&bad, name);
	*bad_files = buf_str(&bad);
	return fresh || memcmp(&before, trust_files(*trust), sizeof before) != 0;
}
