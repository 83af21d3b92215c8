#include "keeper/parts.h"

int64_t keeper_wall_ms(const struct keeper *keeper)
{
	const struct keeper_options *options = &keeper->options;
	int64_t wall_ms = options->now_ms ? options->now_ms(options->context) : clock_wall_ms();

	return wall_ms + keeper->clock.shift_ms;
}

int64_t keeper_mono_ms(const struct keeper *keeper)
{
	if (keeper->options.now_ms)
		return keeper_wall_ms(keeper);
	return clock_monotonic_ms() + (keeper->clock.shift_ms > 0 ? keeper->clock.shift_ms : 0);
}

/* Guards against a clock that is put back to make a look-up seem older (M18). */
int64_t clock_read(struct keeper *keeper, bool *step_found_out)
{
	struct clock *clock = &keeper->clock;
	int64_t read_ms = keeper_wall_ms(keeper);
	bool behind = read_ms < clock->last_read_ms - CLOCK_STEP_MS;

	*step_found_out = behind && !clock->stepped;
	clock->stepped = clock->stepped ? read_ms < clock->last_read_ms : behind;
	if (read_ms > clock->last_read_ms)
		clock->last_read_ms = read_ms;
	return read_ms > clock->last_at_ms ? read_ms : clock->last_at_ms;
}
