/* What giving, ending and handing over duties writes. */
#include "law/decide.h"

static struct str ground_code(enum appointment_ground ground)
{
	return word_code(&appointment_ground_words, (int)ground);
}

/* staff_change.notify_days: the agency hears of another custodian or supervisor. cause is the place of
 * the entry among those of this command. */
static void notice_add(const struct facts *facts, const struct fact_duty *duty, struct date day, uint64_t cause,
                       struct events *out)
{
	int64_t days = parameter_int(&facts->parameters, PARAMETER_STAFF_CHANGE_NOTIFY_DAYS);

	if (duty->deputy || (duty->duty != DUTY_CUSTODIAN && duty->duty != DUTY_SUPERVISOR))
		return;
	struct event_staff_change_due *event = &events_add(out, EVENT_staff_change_due)->staff_change_due;
	event->cause_entry.n = facts->next_entry + cause;
	event->office = duty->office;
	event->duty = duty->duty;
	event->due = date_add(day, (int32_t)days);
}

void account_appoint_duty(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_appoint_duty *ask = &command->appoint_duty;
	struct event_duty_appointed *event = &events_add(out, EVENT_duty_appointed)->duty_appointed;
	struct fact_duty given = { .office = ask->office, .duty = ask->duty, .deputy = ask->deputy };

	event->person = ask->person;
	event->office = ask->office;
	event->duty = ask->duty;
	event->deputy = ask->deputy;
	event->valid_from = ask->valid_from;
	event->valid_to = ask->valid_to;
	event->ground = ground_code(ask->ground);
	event->letter_no = ask->letter_no;
	event->consent_letter_no = ask->consent_letter_no;
	notice_add(facts, &given, ask->valid_from, 0, out);
}

static void duty_ended(const struct facts *facts, enum duty_end why, struct date day, bool left_vacant,
                       struct events *out)
{
	struct event_duty_ended *event = &events_add(out, EVENT_duty_ended)->duty_ended;

	event->duty_entry = facts->duty.entry;
	event->person = facts->duty.person;
	event->duty_end = why;
	event->ended_on = day;
	event->left_vacant = left_vacant;
}

void account_end_duty(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_end_duty *ask = &command->end_duty;

	duty_ended(facts, ask->duty_end, ask->ended_on, ask->left_vacant, out);
	notice_add(facts, &facts->duty, ask->ended_on, 0, out);
}

void account_hand_over_duty(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_hand_over_duty *ask = &command->hand_over_duty;
	const struct fact_duty *duty = &facts->duty;

	duty_ended(facts, DUTY_END_HANDED_OVER, ask->handed_on, false, out);
	struct event_duty_appointed *given = &events_add(out, EVENT_duty_appointed)->duty_appointed;
	given->person = ask->person;
	given->office = duty->office;
	given->duty = duty->duty;
	given->deputy = duty->deputy;
	given->valid_from = ask->handed_on;
	given->ground = ground_code(ask->ground);
	given->letter_no = ask->letter_no;
	struct event_duty_handed_over *event = &events_add(out, EVENT_duty_handed_over)->duty_handed_over;
	event->duty_entry = duty->entry;
	event->successor_entry.n = facts->next_entry + 1;
	event->from_person = duty->person;
	event->person = ask->person;
	event->office = duty->office;
	event->duty = duty->duty;
	event->handed_on = ask->handed_on;
	notice_add(facts, duty, ask->handed_on, 1, out);
}

void account_report_staff_change(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_report_staff_change *ask = &command->report_staff_change;
	struct event_staff_change_reported *event =
		&events_add(out, EVENT_staff_change_reported)->staff_change_reported;

	event->notice = facts->notice.entry;
	event->person = facts->me;
	event->letter_no = ask->letter_no;
	event->sent_on = ask->sent_on;
}
