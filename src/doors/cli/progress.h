/* A bar on standard error while long work goes on: only on a terminal, at most ten times a second,
 * and gone when the work ends. */
#ifndef YOUJU_DOORS_CLI_PROGRESS_H
#define YOUJU_DOORS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress_bar {
	const char *label;
	uint64_t total; /* 0: not known; then only the count is shown */
	int64_t started_ms, drawn_ms;
	bool terminal, drawn;
};

struct progress_bar progress_begin(const char *label, uint64_t total);
void progress_at(struct progress_bar *progress, uint64_t done);
void progress_end(struct progress_bar *progress);

#endif
