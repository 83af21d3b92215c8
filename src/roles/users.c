#include "roles/users.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/diag.h"
#include "roles/sandbox.h"

enum { ID_MIN = 100, ID_MAX = 2000000000, DEPTH_MAX = 4 };

static const char *const user_names[ROLE_COUNT] = {
	[ROLE_KEEPER] = "youju-keeper",       [ROLE_SEALER] = "youju-sealer",       [ROLE_COURIER] = "youju-courier",
	[ROLE_MESSENGER] = "youju-messenger", [ROLE_INSPECTOR] = "youju-inspector", [ROLE_SCRIBE] = "youju-scribe",
	[ROLE_FRONT] = "youju-front",
};

/* --- who --- */

static bool users_by_name(struct role_users *out)
{
	const struct group *stores = getgrnam("youju-stores");

	if (!stores)
		return false;
	out->stores = stores->gr_gid;
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct passwd *user = getpwnam(user_names[role]);
		if (!user || user->pw_uid == 0)
			return false;
		out->user[role] = user->pw_uid;
		out->group[role] = user->pw_gid;
	}
	return true;
}

static void users_by_number(unsigned first, struct role_users *out)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++) {
		out->user[role] = (uid_t)(first + role);
		out->group[role] = (gid_t)(first + role);
	}
	out->stores = (gid_t)(first + ROLE_COUNT);
}

enum fail users_find(const char *dir, struct role_users *out)
{
	AUTO(arena_close) struct arena arena = arena_open(1 << 18);
	const char *path = str_printf(&arena, "%s/youju.conf", dir).at;
	struct role_users users = { .apart = false };
	struct config config = { 0 };
	uint64_t first = 0;
	size_t line;

	*out = users;
	if (geteuid() != 0)
		return OK;
	enum fail fail = config_load(&arena, path, &config, &line);
	if (fail != OK && fail != FAIL_NOT_FOUND)
		return fail;
	if (config_text(&config, "role.first_id", STR("")).len)
		TRY(config_number(&config, "role.first_id", ID_MIN, ID_MAX, 0, &first));
	if (first)
		users_by_number((unsigned)first, &users);
	users.apart = first || users_by_name(&users);
	*out = users;
	return OK;
}

/* --- whose --- */

/* Owners beside the roles: root, and for the group the stores. */
enum owner { OF_ROOT = -1, OF_STORES = -2 };

struct rule {
	const char *pattern; /* below the data directory; the first that fits counts; * does not cross a slash */
	int owner, group;    /* enum role or enum owner */
	mode_t folder, file; /* 0: stays out of the walk */
};

/* A folder in which a role makes files is root's and carries the sticky bit: what is another's there, the
 * sealer's key or its memory, cannot be moved away or replaced. */
static const struct rule rules[] = {
	{ "", OF_ROOT, ROLE_KEEPER, 01771, 0 },
	{ "lock", OF_ROOT, OF_ROOT, 0, 0600 },
	{ "youju.conf", OF_ROOT, ROLE_FRONT, 0, 0640 },
	{ "source.db*", OF_ROOT, ROLE_COURIER, 0, 0640 },
	{ "vault.db*", ROLE_KEEPER, OF_STORES, 0, 0640 },
	{ "youju.db*", ROLE_KEEPER, OF_STORES, 0, 0640 },
	{ "keys", OF_ROOT, ROLE_KEEPER, 01775, 0 },
	{ "keys/log.key", ROLE_SEALER, ROLE_SEALER, 0, 0400 },
	{ "keys/log.vkey", OF_ROOT, OF_ROOT, 0, 0644 },
	{ "keys/*", ROLE_KEEPER, OF_STORES, 0750, 0640 },
	{ "log", OF_ROOT, ROLE_KEEPER, 01775, 0 },
	{ "log/sealed", ROLE_SEALER, ROLE_SEALER, 0700, 0 },
	{ "log/sealed/*", ROLE_SEALER, ROLE_SEALER, 0700, 0600 },
	{ "log/checkpoints", ROLE_KEEPER, OF_STORES, 0, 0644 },
	{ "log/*", ROLE_KEEPER, OF_STORES, 0750, 0640 },
	{ "log/*/*", ROLE_KEEPER, OF_STORES, 0750, 0640 },
	{ "mail", OF_ROOT, ROLE_MESSENGER, 01770, 0 },
	{ "mail/*", ROLE_MESSENGER, ROLE_MESSENGER, 0, 0600 },
	{ "run", OF_ROOT, OF_ROOT, 0711, 0 },
	{ "run/demo-clock", OF_ROOT, ROLE_KEEPER, 0, 0640 },
	{ "tls", OF_ROOT, OF_ROOT, 0711, 0 },
	{ "tls/server.key", OF_ROOT, ROLE_FRONT, 0, 0640 },
	{ "tls/server.pem", OF_ROOT, OF_ROOT, 0, 0644 },
	{ "tls/ca", OF_ROOT, OF_ROOT, 0755, 0 },
	{ "tls/crl", OF_ROOT, OF_ROOT, 0755, 0 },
	{ "tls/ca/*", OF_ROOT, OF_ROOT, 0755, 0644 },
	{ "tls/crl/*", OF_ROOT, OF_ROOT, 0755, 0644 },
};

static uid_t uid_of(const struct role_users *users, int owner)
{
	return owner < 0 ? 0 : users->user[owner];
}

static gid_t gid_of(const struct role_users *users, int group)
{
	return group == OF_STORES ? users->stores : group < 0 ? 0 : users->group[group];
}

static const struct rule *rule_of(const char *below)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (fnmatch(rules[i].pattern, below, FNM_PATHNAME) == 0)
			return &rules[i];
	return NULL;
}

/* Through a descriptor, never following a link: what is changed is what was looked at. */
static enum fail own_one(int fd, const struct rule *rule, const struct role_users *users)
{
	struct stat now;

	if (fstat(fd, &now) != 0)
		return FAIL_IO;
	mode_t mode = S_ISDIR(now.st_mode) ? rule->folder : rule->file;
	uid_t uid = uid_of(users, rule->owner);
	gid_t gid = gid_of(users, rule->group);
	if (!mode || (!S_ISDIR(now.st_mode) && !S_ISREG(now.st_mode)) || (S_ISREG(now.st_mode) && now.st_nlink != 1))
		return OK;
	if ((now.st_uid != uid || now.st_gid != gid) && fchown(fd, uid, gid) != 0)
		return FAIL_IO;
	return (now.st_mode & 07777) == mode || fchmod(fd, mode) == 0 ? OK : FAIL_IO;
}

static enum fail own_below(int folder, const char *below, unsigned depth, const struct role_users *users);

static enum fail own_entry(int folder, const char *below, const char *name, unsigned depth,
                           const struct role_users *users)
{
	char path[PATH_MAX];
	const struct rule *rule;

	if (snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", name) >= (int)sizeof path)
		return FAIL_TOO_LARGE;
	rule = rule_of(path);
	if (!rule)
		return OK;
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP || errno == ENXIO ? OK : FAIL_IO;
	enum fail fail = own_one(fd, rule, users);
	if (fail == OK && rule->folder && depth < DEPTH_MAX)
		fail = own_below(fd, path, depth + 1, users);
	close(fd);
	return fail;
}

/* The folder's descriptor stays the caller's. A descriptor that is no folder is nothing to walk. */
static enum fail own_below(int folder, const char *below, unsigned depth, const struct role_users *users)
{
	int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	enum fail fail = OK;

	if (!entries)
		return errno == ENOTDIR ? OK : FAIL_IO;
	while (fail == OK && (entry = readdir(entries)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			fail = own_entry(folder, below, entry->d_name, depth, users);
	closedir(entries);
	return fail;
}

/* Every folder above must let others through, or no role finds its files. */
static enum fail ways_check(const char *dir)
{
	char path[PATH_MAX];
	struct stat now;

	snprintf(path, sizeof path, "%s", dir);
	for (char *slash = strrchr(path, '/'); slash && slash > path; slash = strrchr(path, '/')) {
		*slash = 0;
		if (stat(path, &now) == 0 && now.st_mode & S_IXOTH)
			continue;
		diag_error("%s lets no other users through (chmod o+x): the roles run as users of their own", path);
		return FAIL_CONFLICT;
	}
	return OK;
}

enum fail users_own(const char *dir, const struct role_users *users)
{
	if (!users->apart)
		return OK;
	TRY(ways_check(dir));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return FAIL_IO;
	enum fail fail = own_one(fd, &rules[0], users);
	if (fail == OK)
		fail = own_below(fd, "", 0, users);
	close(fd);
	return fail;
}

enum fail users_become(const struct role_users *users, enum role role)
{
	gid_t groups[2], own = users->group[role];
	size_t count = 0;

	if (!users->apart)
		return OK;
	/* The keeper's files are born in the group of the stores; its own group lets it make them. */
	if (role == ROLE_KEEPER)
		groups[count++] = own;
	if (role == ROLE_INSPECTOR)
		groups[count++] = users->stores;
	if (role == ROLE_KEEPER && setenv(SHARES_STORES, "1", 1) != 0)
		return FAIL_IO;
	gid_t primary = role == ROLE_KEEPER ? users->stores : own;
	if (setgroups(count, groups) != 0 || setresgid(primary, primary, primary) != 0 ||
	    setresuid(users->user[role], users->user[role], users->user[role]) != 0)
		return FAIL_IO;
	return setuid(0) == 0 ? FAIL_IO : OK; /* nobody comes back */
}
