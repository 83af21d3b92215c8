/* Rows of the lists that are taken over from other systems (imports.def). */
#ifndef YOUJU_LAW_IMPORTS_H
#define YOUJU_LAW_IMPORTS_H

#include "law/record.h"

enum { IMPORT_ROWS_MAX = 20000 };

#define IMPORT(name, label) struct import_##name {
#define IMPORT_END(name) };
#define FIELD(kind, ctype, member, name, need, max, words, label) ctype member;
#include "law/fields.inc"
#include "law/imports.def"
#undef IMPORT
#undef IMPORT_END
#undef FIELD

struct import_row {
	size_t line; /* of the file, 1 is the heading */
	union {
#define IMPORT(name, label) struct import_##name name;
#define IMPORT_END(name)
#define FIELD(kind, ctype, member, name, need, max, words, label)
#include "law/imports.def"
#undef IMPORT
#undef IMPORT_END
#undef FIELD
	};
};

const struct record_spec *import_spec(enum import_kind kind);

#endif
