/* Buttons that print a paper about an entry, as PDF and as ODT. */
#ifndef YOUJU_DOORS_WEB_PRINT_H
#define YOUJU_DOORS_WEB_PRINT_H

#include "doors/web/layout.h"
#include "law/words.h"

void print_write(struct out *page, struct str about, enum printed_paper paper);

#endif
