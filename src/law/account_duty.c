/* What giving and ending duties writes. */
#include "law/decide.h"

void account_appoint_duty(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_appoint_duty *ask = &command->appoint_duty;
	struct event_duty_appointed *event = &events_add(out, EVENT_duty_appointed)->duty_appointed;

	(void)facts;
	event->person = ask->person;
	event->office = ask->office;
	event->duty = ask->duty;
	event->deputy = ask->deputy;
	event->valid_from = ask->valid_from;
	event->valid_to = ask->valid_to;
	event->ground = ask->ground;
	event->letter_no = ask->letter_no;
}

void account_end_duty(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_end_duty *ask = &command->end_duty;
	struct event_duty_ended *event = &events_add(out, EVENT_duty_ended)->duty_ended;

	event->duty_entry = ask->duty_entry;
	event->person = facts->duty.person;
	event->duty_end = ask->duty_end;
	event->ended_on = ask->ended_on;
}
