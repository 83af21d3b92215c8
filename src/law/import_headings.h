/* Headings of imported lists: what stands in the first row of templates and files. */
#ifndef YOUJU_LAW_IMPORT_HEADINGS_H
#define YOUJU_LAW_IMPORT_HEADINGS_H

#include "law/imports.h"

/* The Chinese heading of a column, as templates print it. */
const char *import_heading(const struct field_spec *field);

/* The column that a heading means: its field name, English label or Chinese heading. NULL: none. */
const struct field_spec *import_heading_find(const struct record_spec *spec, struct str heading);

#endif
