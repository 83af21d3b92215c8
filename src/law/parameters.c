#include "law/parameters.h"

static const struct parameter_spec specs[] = {
#define PARAMETER(id, name, label, kind, initial, min, max, choices, source)                       \
	[PARAMETER_##id] = { STR_INIT(name), label, PARAMETER_##kind, STR_INIT(initial), min, max, \
		             STR_INIT(choices), source },
#include "law/parameters.def"
#undef PARAMETER
};
static_assert(ARRAY_LEN(specs) == PARAMETER_COUNT, "every parameter has a row");

const struct parameter_spec *parameter_spec(enum parameter parameter)
{
	assert(parameter < PARAMETER_COUNT);
	return &specs[parameter];
}

bool parameter_find(struct str name, enum parameter *out)
{
	for (size_t i = 0; i < PARAMETER_COUNT; i++)
		if (str_eq(specs[i].name, name)) {
			*out = (enum parameter)i;
			return true;
		}
	return false;
}

static bool list_has(struct str list, struct str member)
{
	struct str part;

	while (str_cut(&list, ',', &part))
		if (part.len && str_eq(part, member))
			return true;
	return false;
}

bool parameter_accepts(enum parameter parameter, struct str value)
{
	const struct parameter_spec *spec = parameter_spec(parameter);
	struct str part;
	int64_t n;

	switch (spec->kind) {
	case PARAMETER_INTEGER:
		return str_to_i64(value, &n) == OK && n >= spec->min && n <= spec->max;
	case PARAMETER_CHOICE:
		return list_has(spec->choices, value);
	case PARAMETER_SET:
		if (str_is(value, "none"))
			return true;
		while (value.len && str_cut(&value, ',', &part))
			if (!list_has(spec->choices, part))
				return false;
		return true;
	}
	return false;
}

struct parameters parameters_initial(void)
{
	struct parameters parameters = { .version = 0 };

	for (size_t i = 0; i < PARAMETER_COUNT; i++)
		parameters.value[i] = specs[i].initial;
	return parameters;
}

int64_t parameter_int(const struct parameters *parameters, enum parameter parameter)
{
	int64_t n = 0;
	enum fail fail = str_to_i64(parameters->value[parameter], &n);

	assert(fail == OK);
	return n;
}

bool parameter_is(const struct parameters *parameters, enum parameter parameter, const char *value)
{
	return str_is(parameters->value[parameter], value);
}

bool parameter_has(const struct parameters *parameters, enum parameter parameter, struct str member)
{
	return list_has(parameters->value[parameter], member);
}
