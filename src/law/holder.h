/* What a card says of its holder, as it is sealed: name and last four characters of the number. */
#ifndef YOUJU_LAW_HOLDER_H
#define YOUJU_LAW_HOLDER_H

#include "base/arena.h"
#include "base/str.h"

struct holder {
	struct str name, last_four;
};

struct str holder_write(struct arena *arena, const struct holder *holder);
MUST_CHECK enum fail holder_read(struct arena *arena, struct str text, struct holder *out); /* FAIL_SYNTAX */

#endif
