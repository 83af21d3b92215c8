#include "doors/http/meter.h"

static const int64_t upper_ms[METER_BUCKETS] = { 1, 2, 5, 10, 25, 100, 500, 1000, INT64_MAX };

void meter_reply(struct meter *meter, unsigned status, int64_t took_ms)
{
	size_t bucket = 0;

	while (took_ms > upper_ms[bucket])
		bucket++;
	meter->buckets[bucket]++;
	meter->time_sum_ms += (uint64_t)took_ms;
	meter->replies[status / 100 < 6 ? status / 100 : 5]++;
}

static void write_times(const struct meter *meter, struct buf *out)
{
	uint64_t sum = 0;

	buf_add(out, STR("# TYPE youju_front_reply_seconds histogram\n"));
	for (size_t i = 0; i < METER_BUCKETS; i++) {
		sum += meter->buckets[i];
		if (i + 1 < METER_BUCKETS)
			buf_printf(out, "youju_front_reply_seconds_bucket{le=\"%.3f\"} %llu\n",
			           (double)upper_ms[i] / 1000, (unsigned long long)sum);
	}
	buf_printf(out, "youju_front_reply_seconds_bucket{le=\"+Inf\"} %llu\n"
	           "youju_front_reply_seconds_count %llu\nyouju_front_reply_seconds_sum %.3f\n",
	           (unsigned long long)sum, (unsigned long long)sum,
	           (double)meter->time_sum_ms / 1000);
}

void meter_write(const struct meter *meter, size_t connections_now, struct buf *out)
{
	buf_add(out, STR("# TYPE youju_front_replies_total counter\n"));
	for (int i = 2; i < 6; i++)
		buf_printf(out, "youju_front_replies_total{status=\"%dxx\"} %llu\n", i,
		           (unsigned long long)meter->replies[i]);
	buf_printf(out, "# TYPE youju_front_connections gauge\nyouju_front_connections %zu\n"
	           "# TYPE youju_front_connections_total counter\n"
	           "youju_front_connections_total %llu\n"
	           "# TYPE youju_front_connections_shut_total counter\n"
	           "youju_front_connections_shut_total %llu\n"
	           "# TYPE youju_front_keeper_silences_total counter\n"
	           "youju_front_keeper_silences_total %llu\n",
	           connections_now, (unsigned long long)meter->connections,
	           (unsigned long long)meter->connections_shut,
	           (unsigned long long)meter->keeper_silences);
	write_times(meter, out);
}
