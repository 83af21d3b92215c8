/* Whether this is an hour at which people are reminded by mail of what waits for them. Decision 0072. */
#ifndef YOUJU_LAW_REMINDER_H
#define YOUJU_LAW_REMINDER_H

#include "law/parameters.h"

/* From reminder.hour (local time) on, on working days, when reminder.daily is on. */
bool reminder_is_due(const struct parameters *parameters, int64_t now_ms, bool workday);

#endif
