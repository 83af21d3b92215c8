/* Reminder mails on their way: one at a time, through the messenger. Decision 0072. */
#ifndef YOUJU_KEEPER_REMINDERS_H
#define YOUJU_KEEPER_REMINDERS_H

#include "base/time.h"
#include "law/record.h"

enum { REMINDER_WHY_BYTES = 24 };

struct reminders {
	struct date day;   /* the day that is gone through; persons whom the tables show as reminded are passed over */
	int64_t after;     /* the person looked at last */
	bool done, again;  /* nobody is left; some of them have to be tried once more */
	int64_t not_before_ms;            /* monotonic */
	uint64_t waiting, last_id;        /* the mail that the messenger has; 0: none */
	int64_t since_ms;                 /* monotonic: when it was given to him */
	struct person_id person;          /* whom it reminds, of how much */
	int64_t tasks, overdue;
	uint64_t sent, failed;            /* since the start, for the status page */
	char why[REMINDER_WHY_BYTES];     /* the last one failed */
};

#endif
