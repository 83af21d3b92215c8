#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/time.h"

static const char *role_name = "youju";

void diag_open(const char *role)
{
	role_name = role;
}

PRINTF_LIKE(2, 0)
static void write_line(const char *level, const char *format, va_list args)
{
	char text[1024];
	struct time_text now = time_utc(clock_wall_ms());

	vsnprintf(text, sizeof text, format, args);
	fprintf(stderr, "%s %s %s: %s\n", now.text, role_name, level, text);
}

void diag_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line("info", format, args);
	va_end(args);
}

void diag_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line("error", format, args);
	va_end(args);
}
