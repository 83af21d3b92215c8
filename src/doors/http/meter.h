/* What the operator may see from outside: counts only, never a name, a number or a path. */
#ifndef YOUJU_DOORS_HTTP_METER_H
#define YOUJU_DOORS_HTTP_METER_H

#include "base/buf.h"

enum { METER_BUCKETS = 9 };

struct meter {
	uint64_t replies[6]; /* by first digit of the status */
	uint64_t connections, connections_shut, keeper_silences;
	uint64_t buckets[METER_BUCKETS], time_sum_ms;
};

void meter_reply(struct meter *meter, unsigned status, int64_t took_ms);
void meter_write(const struct meter *meter, size_t connections_now, struct buf *out); /* Prometheus */

#endif
