/* Codes that one person tells another: ten characters that are not mistaken for each other. */
#ifndef YOUJU_KEEPER_CODES_H
#define YOUJU_KEEPER_CODES_H

#include "base/str.h"

enum { CODE_CHARS = 10 };

/* Fifty random bits as ABCDE-FGHJK. Lives in the arena, which should be wiped. */
struct str code_new(struct arena *arena);
/* As typed, to what is compared: upper case, without blanks and hyphens, O for 0 and I, L for 1 taken as
 * meant. "" when it cannot be a code. */
struct str code_plain(struct arena *arena, struct str typed);

#endif
