#include "law/imports.h"

#define IMPORT(name, label)                                                                        \
	static const struct field_spec *fields_of_##name(size_t *count_out)                        \
	{                                                                                          \
		typedef struct import_##name this_record;                                          \
		static const struct field_spec fields[] = {
#define IMPORT_END(name)                                                                           \
		};                                                                                 \
		*count_out = ARRAY_LEN(fields);                                                    \
		return fields;                                                                     \
	}
#define FIELD(kind, ctype, member, name, need, max, words, label)                                  \
	{ STR_INIT(name), kind, offsetof(this_record, member), need, max, words, label },
#include "law/fields.inc"
#include "law/imports.def"
#undef IMPORT
#undef IMPORT_END
#undef FIELD

static struct record_spec specs[import_kind_end];

const struct record_spec *import_spec(enum import_kind kind)
{
	assert(kind > 0 && kind < import_kind_end);
	if (!specs[1].fields) {
		struct record_spec *spec = specs + 1;
#define IMPORT(list, text)                                                                         \
	*spec = (struct record_spec){ .name = STR(#list), .label = text,                           \
		                      .size = sizeof(struct import_##list) };                      \
	spec->fields = fields_of_##list(&spec->count);                                             \
	spec++;
#define IMPORT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/imports.def"
#undef IMPORT
#undef IMPORT_END
#undef FIELD
		assert(spec == specs + import_kind_end);
	}
	return &specs[kind];
}
