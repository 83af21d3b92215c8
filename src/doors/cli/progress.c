#include "doors/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/time.h"

enum { BAR_CELLS = 30, DRAW_EVERY_MS = 100, DRAW_AFTER_MS = 300 };

struct progress_bar progress_begin(const char *label, uint64_t total)
{
	return (struct progress_bar){ .label = label, .total = total, .started_ms = clock_monotonic_ms(),
		                  .terminal = isatty(STDERR_FILENO) };
}

static void bar_draw(const struct progress_bar *progress, uint64_t done, int64_t now_ms)
{
	char bar[BAR_CELLS + 1];
	int full = (int)(BAR_CELLS * done / progress->total);
	int64_t spent_ms = now_ms - progress->started_ms;
	int64_t left_s = done ? (int64_t)((double)spent_ms * (double)(progress->total - done) / (double)done / 1000.0) : 0;

	for (int i = 0; i < BAR_CELLS; i++)
		bar[i] = i < full ? '#' : '.';
	bar[BAR_CELLS] = 0;
	fprintf(stderr, "\r\033[K%s [%s] %3d %%  %llu/%llu  %lld s", progress->label, bar,
	        (int)(100 * done / progress->total), (unsigned long long)done,
	        (unsigned long long)progress->total, (long long)left_s);
}

void progress_at(struct progress_bar *progress, uint64_t done)
{
	int64_t now_ms = progress->terminal ? clock_monotonic_ms() : 0;

	if (!progress->terminal || now_ms - progress->started_ms < DRAW_AFTER_MS ||
	    now_ms - progress->drawn_ms < DRAW_EVERY_MS)
		return;
	if (progress->total && done <= progress->total)
		bar_draw(progress, done, now_ms);
	else
		fprintf(stderr, "\r\033[K%s %llu", progress->label, (unsigned long long)done);
	fflush(stderr);
	progress->drawn_ms = now_ms;
	progress->drawn = true;
}

void progress_end(struct progress_bar *progress)
{
	if (progress->drawn)
		fputs("\r\033[K", stderr);
	progress->drawn = false;
}
