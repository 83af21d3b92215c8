/* The operating-system users of the roles, when the service is started as root: who breaks into one role
 * does not own the files of another. Not started as root, all roles share the user that started them.
 *
 * Seven users: youju-keeper, youju-sealer, youju-courier, youju-messenger, youju-inspector, youju-scribe, youju-front, and the
 * group youju-stores (keeper and inspector). Instead of names youju.conf may give role.first_id: the
 * keeper's number, the others follow in this order, the group comes last. docs/operations.md says which
 * file belongs to whom. */
#ifndef YOUJU_ROLES_USERS_H
#define YOUJU_ROLES_USERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/fail.h"
#include "roles/supervise.h"

struct role_users {
	bool apart; /* false: everybody stays who he is */
	uid_t user[ROLE_COUNT];
	gid_t group[ROLE_COUNT], stores;
};

/* Finds them. FAIL_SYNTAX: youju.conf is wrong. Started as root without any: apart is false, and said. */
MUST_CHECK enum fail users_find(const char *dir, struct role_users *out);

/* Gives every file of the data directory its owner and rights; repeated at each start, because operators
 * restore, rebuild and copy as root. Nothing happens when users are not apart. */
MUST_CHECK enum fail users_own(const char *dir, const struct role_users *users);

/* In the new process, before its program: gives up root for good. */
MUST_CHECK enum fail users_become(const struct role_users *users, enum role role);

#endif
