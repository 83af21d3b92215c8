/* What the files of the simulated agency's generator share. */
#ifndef YOUJU_SOURCE_LOCAL_PARTS_H
#define YOUJU_SOURCE_LOCAL_PARTS_H

#include "source/local.h"

enum { TRAVELS_MAX = 400 };

struct die { uint64_t state; };

struct die die_of(uint64_t seed, uint64_t n); /* independent for each n */
uint64_t die_roll(struct die *die, uint64_t below);
int32_t die_between(struct die *die, int32_t least, int32_t most);

/* One crossing in the making. */
struct travel {
	struct date date;
	enum direction direction;
	int place;          /* under which of the person's numbers; 1 for a foreign passport */
	bool is_foreign_document, is_deleted, is_broken;
};

struct travels {
	struct travel at[TRAVELS_MAX];
	size_t count;
};

struct habit {
	const char *name;
	void (*travel)(struct die *die, struct date anchor, struct travels *out);
	enum local_fault fault;
	int32_t lag_days;
	bool has_black_square, second_document, is_unknown;
};

extern const struct habit habits[HABIT_COUNT];
enum local_habit habit_drawn(struct die *die);

/* The rows of one person: cells in the order of columns.def, separated by U+001F. */
struct str crossing_cells(struct arena *arena, struct die *die, const struct local_person *person,
                          const struct travel *travel, size_t seq, struct str name);
/* A row of items 3 to 7 for who is not a national; "" when the item has none for this kind. *day_out:
 * the day it is filed under. */
struct str record_cells(struct arena *arena, struct die *die, const struct local_person *person,
                        enum item item, struct date anchor, struct date *day_out);

#endif
