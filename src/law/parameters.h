/* Dated parameters (parameters.def): declared with default, range and source; changed by two people. */
#ifndef YOUJU_LAW_PARAMETERS_H
#define YOUJU_LAW_PARAMETERS_H

#include "base/str.h"

enum parameter_kind { PARAMETER_INTEGER, PARAMETER_CHOICE, PARAMETER_SET };

enum parameter {
#define PARAMETER(id, name, label, kind, initial, min, max, choices, source) PARAMETER_##id,
#include "law/parameters.def"
#undef PARAMETER
	PARAMETER_COUNT
};

struct parameter_spec {
	struct str name;
	const char *label; /* msgid */
	enum parameter_kind kind;
	struct str initial;
	int64_t min, max;   /* INTEGER */
	struct str choices; /* CHOICE and SET, commas between */
	const char *source; /* clause or statute; "": our own choice */
};

/* The values in force at one moment. version is the entry number of the newest parameter_set that
 * counts, 0 for the defaults: answers print it. */
struct parameters {
	struct str value[PARAMETER_COUNT];
	uint64_t version;
};

const struct parameter_spec *parameter_spec(enum parameter parameter);
bool parameter_find(struct str name, enum parameter *out);
bool parameter_accepts(enum parameter parameter, struct str value);
struct parameters parameters_initial(void);
int64_t parameter_int(const struct parameters *parameters, enum parameter parameter);
bool parameter_is(const struct parameters *parameters, enum parameter parameter, const char *value);
bool parameter_has(const struct parameters *parameters, enum parameter parameter, struct str member); /* of a SET */

#endif
