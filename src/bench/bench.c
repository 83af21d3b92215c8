#include "bench/bench.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/time.h"

void bench_note(struct bench_series *series, double value)
{
	assert(series->count < BENCH_ROUNDS_MAX);
	series->at[series->count++] = value;
}

static int double_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double bench_quantile(double *values, size_t count, double share)
{
	assert(count > 0 && share >= 0 && share <= 1);
	qsort(values, count, sizeof *values, double_compare);
	return values[(size_t)(share * (double)(count - 1) + 0.5)];
}

struct bench_figure bench_figure_of(const struct bench_series *series)
{
	struct bench_series sorted = *series;
	double median = bench_quantile(sorted.at, sorted.count, 0.5);

	return (struct bench_figure){ median, sorted.at[0], sorted.at[sorted.count - 1] };
}

double bench_now_us(void)
{
	struct timespec now;
	int failed = clock_gettime(CLOCK_MONOTONIC, &now);

	assert(!failed);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

void bench_line(struct buf *out, const char *what, struct bench_figure figure, const char *unit)
{
	buf_printf(out, "  %-46s %12.1f %s (%.1f to %.1f)\n", what, figure.median, unit, figure.least,
	           figure.most);
}

void bench_member(struct buf *out, const char *key, struct bench_figure figure)
{
	buf_printf(out, "\"%s\":[%.1f,%.1f,%.1f]", key, figure.least, figure.median, figure.most);
}

struct str bench_entry(uint64_t i, char room[1024])
{
	int len = snprintf(room, 1024,
	                   "{\"v\":1,\"at\":\"%s\",\"kind\":\"query_asked\",\"salt\":\"%022llu\",\"request\":"
	                   "\"%032llx\",\"pad\":\"",
	                   time_utc(INT64_C(1795422600000) + (int64_t)i).text, (unsigned long long)i * 77,
	                   (unsigned long long)i);
	size_t pad = 60 + i * 7919 % 401;

	assert(len > 0);
	for (size_t k = 0; k < pad; k++)
		room[(size_t)len + k] = (char)('a' + (i + k) % 26);
	memcpy(room + len + pad, "\"}", 2);
	return str_bytes(room, (size_t)len + pad + 2);
}

struct bench_crowd bench_crowd_make(size_t count)
{
	struct bench_crowd crowd = { .count = count,
		                     .entries = process_bytes(count * sizeof *crowd.entries) };
	char room[1024];

	for (size_t i = 0; i < count; i++)
		buf_add(&crowd.bytes, bench_entry(i, room));
	const char *at = crowd.bytes.at;
	for (size_t i = 0; i < count; i++) {
		crowd.entries[i] = str_bytes(at, bench_entry(i, room).len);
		at += crowd.entries[i].len;
	}
	return crowd;
}

void bench_crowd_close(struct bench_crowd *crowd)
{
	buf_close(&crowd->bytes);
	process_free(crowd->entries);
}

enum fail bench_folder_make(const char *folder)
{
	if (mkdir(folder, 0700) == 0)
		return OK;
	return errno == EEXIST ? FAIL_CONFLICT : errno == ENOENT ? FAIL_NOT_FOUND : FAIL_IO;
}

static int path_remove(const char *path, const struct stat *stat, int kind, struct FTW *ftw)
{
	(void)stat;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void bench_folder_remove(const char *folder)
{
	nftw(folder, path_remove, 16, FTW_DEPTH | FTW_PHYS);
}
