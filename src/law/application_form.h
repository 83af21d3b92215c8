/* Form F1 (附表一 公務機關應用入出境電子資料申請表(一般)): its fields, its printed words, and its
 * sealed document.
 *
 * One round of an application has one such document. The digest that the entry states of it is the
 * content digest: it stands at the foot of the print, and every step names the one it saw, so that
 * paper and system agree. Texts of a form that was read are views into the arena. */
#ifndef YOUJU_LAW_APPLICATION_FORM_H
#define YOUJU_LAW_APPLICATION_FORM_H

#include "law/record.h"

enum form_from { FORM_REGISTRY, FORM_TYPED };

#define F1(id, printed, from)
#define FIELD(kind, ctype, member, name, need, max, words, label) ctype member;
#include "law/fields.inc"
struct application_form {
#include "law/application_form.def"
};
#undef F1
#undef FIELD

/* What the paper says beside a field: row n belongs to application_form_spec()->fields[n]. */
struct form_label {
	const char *id;      /* "F1.phone"; "" when the paper has no such field */
	const char *printed; /* word for word; two fields of one id share one box */
	enum form_from from;
};

/* A row of the table of items: 申請項目 · 子項 · 勾選. */
struct form_item {
	const char *id;     /* "F1.item1" */
	const char *group;  /* 申請項目; a group's rows follow one another (printed unchanged, X9) */
	const char *number; /* 子項 */
	const char *label;  /* word for word */
	enum item item;
};

enum { FORM_ITEM_COUNT = 7 };

#define FORM_TITLE "公務機關應用入出境電子資料申請表(一般)"
#define FORM_UNIT_SEAL "業務單位蓋章" /* F1.unit_seal */
#define FORM_HEAD_SEAL "首長核章"     /* F1.head_seal */

const struct record_spec *application_form_spec(void);
const struct form_label *application_form_label(size_t field); /* as many as the record has fields */
extern const struct form_item form_items[FORM_ITEM_COUNT];

struct application_form application_form_blank(void);

/* Canonical JSON, members in the order of application_form.def, absent ones left out, "v":1 first. */
struct str application_form_write(struct arena *arena, const struct application_form *form);
/* Strict: FAIL_SYNTAX for anything that application_form_write would not write the same way again. */
MUST_CHECK enum fail application_form_read(struct arena *arena, struct str text, struct application_form *out);

/* Codes to bits (1u << item); false when a code is no item, stands twice, or there is none. */
bool form_items_read(struct texts codes, uint32_t *out);
/* Is everything that was not typed the same? Round and day of filling in do not count. */
bool application_form_registry_same(const struct application_form *a, const struct application_form *b);

#endif
