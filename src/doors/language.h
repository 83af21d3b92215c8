/* What people read, in their language. English is the language of the source; po/zh_TW.po holds the
 * other one and is compiled into the program, because hosts lack locales. */
#ifndef YOUJU_DOORS_LANGUAGE_H
#define YOUJU_DOORS_LANGUAGE_H

#include <stddef.h>
#include <stdint.h>

enum language { LANGUAGE_ZH_TW, LANGUAGE_EN, LANGUAGE_COUNT };

/* The text in that language; the English text itself where none is known. Never NULL; "" for "".
 * The result is static or msgid itself. */
const char *tr(enum language language, const char *msgid);

/* Marks text for translation where a table holds it and tr is called later. */
#define N_(text) text

const char *language_tag(enum language language); /* "zh-Hant-TW", "en" */

/* The compiled table (made by tools/po_compile.py): open addressing, a power of two. */
struct translation { const char *msgid, *text; };
extern const struct translation translations[];
extern const size_t translations_mask;

#endif
