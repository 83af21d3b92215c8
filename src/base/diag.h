/* Program messages for the operator, on standard error: never personal, never secret. */
#ifndef YOUJU_BASE_DIAG_H
#define YOUJU_BASE_DIAG_H

#include "base/fail.h"

void diag_open(const char *role); /* stands in front of every line */
void diag_info(const char *format, ...) PRINTF_LIKE(1, 2);
void diag_error(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
