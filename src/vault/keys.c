#include "vault/keys.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

bool period_is_name(struct str text)
{
	if (text.len != VAULT_PERIOD_CHARS || text.at[4] != 'Q' || text.at[5] < '1' || text.at[5] > '4')
		return false;
	for (size_t i = 0; i < 4; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return true;
}

static enum fail key_path(const struct keys *keys, const char *kind, const char *period,
                          char out[320])
{
	int len = snprintf(out, 320, "%s/%s-%s.key", keys->folder, kind, period);

	return len > 0 && len < 320 ? OK : FAIL_TOO_LARGE;
}

static enum fail key_read(const struct keys *keys, const char *kind, const char *period,
                          uint8_t out[AES_KEY_BYTES])
{
	AUTO(file_close) struct file file = FILE_NONE;
	char path[320];
	uint64_t len;

	TRY(key_path(keys, kind, period, path));
	TRY(file_open(path, FILE_READ, &file));
	TRY(file_size(file, &len));
	if (len != AES_KEY_BYTES)
		return FAIL_CORRUPT;
	return file_read_at(file, 0, out, AES_KEY_BYTES);
}

/* A key must be on disk for good before anything is sealed under it. */
static enum fail key_make(const struct keys *keys, const char *kind, const char *period,
                          uint8_t out[AES_KEY_BYTES])
{
	char path[320];

	TRY(key_path(keys, kind, period, path));
	random_bytes(out, AES_KEY_BYTES);
	TRY(file_save(path, str_bytes(out, AES_KEY_BYTES)));
	return file_share(path);
}

static enum fail key_get(const struct keys *keys, const char *kind, const char *period,
                         uint8_t out[AES_KEY_BYTES])
{
	enum fail fail = key_read(keys, kind, period, out);

	return fail == FAIL_NOT_FOUND && keys->may_make ? key_make(keys, kind, period, out) : fail;
}

static struct period_keys *known(struct keys *keys, struct str period)
{
	for (size_t i = 0; i < keys->count; i++)
		if (str_is(period, keys->periods[i].name))
			return &keys->periods[i];
	return NULL;
}

static struct period_keys *insert(struct keys *keys, const struct period_keys *fresh)
{
	size_t at = keys->count;

	while (at > 0 && strcmp(keys->periods[at - 1].name, fresh->name) > 0) {
		keys->periods[at] = keys->periods[at - 1];
		at--;
	}
	keys->periods[at] = *fresh;
	keys->count++;
	return &keys->periods[at];
}

enum fail keys_of(struct keys *keys, struct str period, const struct period_keys **out)
{
	struct period_keys fresh = { 0 };
	struct period_keys *found = known(keys, period);

	assert(period_is_name(period));
	if (!found) {
		if (keys->count == VAULT_PERIODS_MAX)
			return FAIL_FULL;
		memcpy(fresh.name, period.at, VAULT_PERIOD_CHARS);
		TRY(key_get(keys, "period", fresh.name, fresh.wrap));
		TRY(key_get(keys, "tag", fresh.name, fresh.tag));
		found = insert(keys, &fresh);
		wipe(&fresh, sizeof fresh);
	}
	*out = found;
	return OK;
}

/* "period-2026Q4.key" gives "2026Q4"; other names are none of ours. */
static struct str period_of_name(const char *name)
{
	struct str text = str_from(name), lead = STR("period-"), tail = STR(".key");

	if (!str_starts(text, lead) || !str_ends(text, tail) ||
	    text.len != lead.len + VAULT_PERIOD_CHARS + tail.len)
		return STR("");
	text = str_slice(text, lead.len, VAULT_PERIOD_CHARS);
	return period_is_name(text) ? text : STR("");
}

static void folder_close(DIR **folder)
{
	if (*folder)
		closedir(*folder);
}

enum fail keys_load(struct keys *keys, const char *folder, bool may_make)
{
	const struct period_keys *loaded;

	*keys = (struct keys){ .may_make = may_make };
	if (snprintf(keys->folder, sizeof keys->folder, "%s", folder) >= (int)sizeof keys->folder)
		return FAIL_TOO_LARGE;
	if (may_make)
		TRY(dir_make(folder));
	AUTO(folder_close) DIR *listing = opendir(folder);
	if (!listing)
		return FAIL_NOT_FOUND;
	for (struct dirent *entry = readdir(listing); entry; entry = readdir(listing)) {
		struct str period = period_of_name(entry->d_name);
		if (period.len)
			TRY(keys_of(keys, period, &loaded));
	}
	return OK;
}

void keys_wipe(struct keys *keys)
{
	wipe(keys->periods, sizeof keys->periods);
	keys->count = 0;
}
