/* What lists of leave and overtime write: ids and times, nothing else. */
#include "law/import_walk.h"

void change_leave(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_leave *new = &row->row.leave;
	struct time_text day = date_iso(new->first_day);

	if (row->stands_same)
		return;
	struct event_absence_recorded *event =
		&row_change_add(walk, row, EVENT_absence_recorded, str_copy(walk->arena, str_from(day.text)))->absence_recorded;
	event->person = row->subject.person;
	event->first_day = new->first_day;
	event->last_day = new->last_day;
	event->leave_kind = new->leave_kind;
	event->cancelled = new->cancelled;
	event->import_entry = walk->import_entry;
}

void change_overtime(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_overtime *new = &row->row.overtime;
	struct time_text day = date_iso(new->day);

	if (row->stands_same)
		return;
	struct event_overtime_recorded *event =
		&row_change_add(walk, row, EVENT_overtime_recorded, str_copy(walk->arena, str_from(day.text)))->overtime_recorded;
	event->person = row->subject.person;
	event->day = new->day;
	event->from_minute = minute_read(new->from_time);
	event->to_minute = minute_read(new->to_time);
	event->cancelled = new->cancelled;
	event->import_entry = walk->import_entry;
}
