/* What an imported list writes: the import itself, then one event for each thing that changes. */
#include "law/import_walk.h"

#include "law/details.h"

void account_import_list(const struct facts *facts, const struct command *command, struct events *out)
{
	const struct command_import_list *ask = &command->import_list;

	if (ask->preview)
		return;
	events_add(out, EVENT_import_recorded);
	struct import_walk walk = import_walk_begin(out->arena, facts, ask->import_kind, out);
	import_change(&walk);
	struct event_import_recorded *event = &out->at[0].import_recorded;
	event->import_kind = ask->import_kind;
	event->row_count = (int64_t)facts->row_count;
	event->changed_count = (int64_t)out->count - 1;
	event->file = document_of(ask->file);
}

/* The number that the next event of this import will get. */
static uint64_t next_entry(const struct import_walk *walk)
{
	return walk->facts->next_entry + (walk->out ? walk->out->count : 1 + walk->change_count);
}

void change_organisation(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_organisation *new = &row->row.organisation;
	const struct fact_office *old = &row->office;

	if (old->exists && str_eq(old->name, new->name) && str_eq(old->name_en, new->name_en) &&
	    old->kind == new->office_kind && str_eq(old->parent, new->parent) &&
	    old->indigenous == new->indigenous && str_eq(old->address, new->address) && str_eq(old->phone, new->phone) &&
	    old->ended == new->ended)
		return;
	struct event_office_changed *event =
		&row_change_add(walk, row, EVENT_office_changed, new->office)->office_changed;
	event->office = new->office;
	event->name = new->name;
	event->name_en = new->name_en;
	event->office_kind = new->office_kind;
	event->parent = new->parent;
	event->indigenous = new->indigenous;
	event->address = new->address;
	event->phone = new->phone;
	event->ended = new->ended;
	event->import_entry = walk->import_entry;
}

/* What a list of staff tells of the kind of person: a holder of a national number is a national. */
static enum person_kind kind_of_number(enum number_kind number)
{
	return number == NUMBER_NATIONAL ? PERSON_REGISTERED : PERSON_UNKNOWN;
}

/* A list that says nothing of the unit or the birthday does not take it away; who is new has nothing yet. */
static struct details details_merge(const struct details *old, const struct details *new)
{
	struct details merged = *new;

	if (date_is_none(merged.birth_date) && old->name.len) /* zero: nothing is stored */
		merged.birth_date = old->birth_date;
	merged.unit = detail_after(old->unit, new->unit);
	merged.title = detail_after(old->title, new->title);
	merged.email = detail_after(old->email, new->email);
	return merged;
}

/* kind 0: the list does not tell. */
static void person_register(struct import_walk *walk, const struct fact_row *row, enum person_kind kind,
                            const struct details *details, struct str about)
{
	const struct fact_subject *subject = &row->subject;
	struct details merged = details_merge(&(struct details){ .birth_date = DATE_NONE }, details);
	struct event_person_registered *person =
		&row_change_add(walk, row, EVENT_person_registered, about)->person_registered;

	person->person = subject->fresh;
	person->person_kind = kind ? kind : kind_of_number(subject->number_kind);
	person->details = document_of(details_write(walk->arena, &merged));
	person->import_entry = walk->import_entry;

	struct event_person_number_added *number =
		&row_change_add(walk, row, EVENT_person_number_added, about)->person_number_added;
	number->person = subject->fresh;
	number->number_kind = subject->number_kind;
	number->tag = subject->tag;
	number->number = document_of(subject->normalised);
	number->import_entry = walk->import_entry;
}

/* Registers or corrects the person of the row, once in a list: the same tag is the same person. */
static void change_person(struct import_walk *walk, const struct fact_row *row, enum person_kind kind,
                          const struct details *details, struct str about)
{
	uint64_t *done = seen_number(walk, "p %.*s", STR_FMT(row->subject.tag));

	if ((*done)++)
		return;
	if (!row->subject.person.n) {
		person_register(walk, row, kind, details, about);
		return;
	}
	if (row->subject.details_same)
		return;
	struct event_person_details_changed *event =
		&row_change_add(walk, row, EVENT_person_details_changed, about)->person_details_changed;
	struct details merged = details_merge(&row->subject.details, details);
	event->person = row->subject.person;
	event->person_kind = kind;
	event->details = document_of(details_write(walk->arena, &merged));
	event->import_entry = walk->import_entry;
}

static void staff_appoint(struct import_walk *walk, const struct fact_row *row, struct date from)
{
	const struct import_staff *new = &row->row.staff;
	struct event_duty_appointed *event =
		&row_change_add(walk, row, EVENT_duty_appointed, new->office)->duty_appointed;

	event->person = row_person(row);
	event->office = new->office;
	event->duty = new->duty;
	event->deputy = new->deputy;
	event->valid_from = from;
	event->valid_to = new->valid_to;
	event->ground = new->ground ? word_code(&appointment_ground_words, (int)new->ground) : STR("import");
	event->letter_no = new->letter_no;
	event->import_entry = walk->import_entry;
}

/* The last day of a term belongs to it; the day on which a duty ended does not. */
static void staff_end(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;
	struct event_duty_ended *event = &row_change_add(walk, row, EVENT_duty_ended, new->office)->duty_ended;

	event->duty_entry = row->duty.entry;
	event->person = row->duty.person;
	event->duty_end = DUTY_END_EXPIRED;
	event->ended_on = date_add(new->valid_to, 1);
	event->import_entry = walk->import_entry;
}

static bool prolongs(const struct fact_row *row)
{
	struct date end = row->row.staff.valid_to, old_end = row->duty.valid_to;

	return row->duty.entry.n && !date_is_none(old_end) && (date_is_none(end) || end.day > old_end.day);
}

bool staff_row_appoints(const struct fact_row *row)
{
	return !row->duty.entry.n || prolongs(row);
}

static void change_staff_duty(struct import_walk *walk, const struct fact_row *row)
{
	struct date end = row->row.staff.valid_to, old_end = row->duty.valid_to;

	if (!row->duty.entry.n)
		staff_appoint(walk, row, row->row.staff.valid_from);
	else if (!date_is_none(end) && (date_is_none(old_end) || end.day < old_end.day))
		staff_end(walk, row);
	else if (prolongs(row))
		staff_appoint(walk, row, date_add(old_end, 1));
}

/* Sessions that another card of this person opened end with it, once in a list. */
static void staff_sign_out(struct import_walk *walk, const struct fact_row *row)
{
	if ((*seen_number(walk, "e %.*s", STR_FMT(row->subject.tag)))++)
		return;
	for (size_t i = 0; i < row->sessions.count; i++) {
		struct event_signed_out *event =
			&row_change_add(walk, row, EVENT_signed_out, row->row.staff.office)->signed_out;
		event->ended_session = row->sessions.at[i];
		event->cause = OUT_BLOCKED;
	}
}

void change_staff(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;
	struct details details = { new->name, DATE_NONE, new->unit, new->title, new->email };

	change_person(walk, row, person_kind_none, &details, new->office);
	change_staff_duty(walk, row);
	if (!new->card_serial.len || row->card_bound_same)
		return;
	if ((*seen_number(walk, "c %.*s", STR_FMT(new->card_serial)))++)
		return;
	struct event_card_bound *event = &row_change_add(walk, row, EVENT_card_bound, new->office)->card_bound;
	event->person = row_person(row);
	event->card_serial = new->card_serial;
	event->card_number = new->card_number;
	event->import_entry = walk->import_entry;
	staff_sign_out(walk, row);
}

void change_calendar(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_calendar *new = &row->row.calendar;
	struct time_text day = date_iso(new->day);

	if (row->day_kind == new->day_kind)
		return;
	struct event_calendar_changed *event =
		&row_change_add(walk, row, EVENT_calendar_changed,
	                        str_copy(walk->arena, str_from(day.text)))->calendar_changed;
	event->day = new->day;
	event->day_kind = new->day_kind;
	event->import_entry = walk->import_entry;
}

/* Opens or confirms the case at its first row; gives its number for the rows that follow. */
static struct case_id change_case(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	uint64_t *number = seen_number(walk, "k %.*s", STR_FMT(new->case_no));

	if (*number)
		return (struct case_id){ *number };
	*number = row->case_.id.n ? row->case_.id.n : next_entry(walk);
	struct case_id id = { *number };
	if (!row->case_.id.n) {
		struct event_case_opened *event =
			&row_change_add(walk, row, EVENT_case_opened, new->case_no)->case_opened;
		event->case_no = new->case_no;
		event->office = new->office;
		event->basis = new->legal_basis;
		event->opened_on = new->opened_on;
		event->import_entry = walk->import_entry;
	} else if (row->case_.unconfirmed) {
		struct event_case_confirmed *event =
			&row_change_add(walk, row, EVENT_case_confirmed, new->case_no)->case_confirmed;
		event->case_id = id;
		event->import_entry = walk->import_entry;
	}
	return id;
}

static void change_party(struct import_walk *walk, const struct fact_row *row, struct case_id case_id)
{
	const struct import_cases *new = &row->row.cases;

	if (!row->known_party_no) {
		struct event_party_added *event =
			&row_change_add(walk, row, EVENT_party_added, new->case_no)->party_added;
		event->case_id = case_id;
		event->party_no = new->party_no;
		event->person = row_person(row);
		event->relation = new->relation;
		event->import_entry = walk->import_entry;
	} else if (row->party_unconfirmed) {
		struct event_party_confirmed *event =
			&row_change_add(walk, row, EVENT_party_confirmed, new->case_no)->party_confirmed;
		event->case_id = case_id;
		event->party_no = new->party_no;
		event->import_entry = walk->import_entry;
	}
}

void change_cases(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	struct details details = { .name = new->name };
	enum fail fail = birthday_read(new->birth_date, walk->facts->today, &details.birth_date);

	assert(fail == OK);
	struct case_id case_id = change_case(walk, row);
	change_person(walk, row, new->person_kind, &details, new->case_no);
	change_party(walk, row, case_id);
}

/* After all rows, so that everybody is a party before the case closes. */
void change_cases_closing(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;

	if (date_is_none(new->closed_on) || !date_is_none(row->case_.closed_on))
		return;
	if ((*seen_number(walk, "x %.*s", STR_FMT(new->case_no)))++)
		return;
	struct event_case_closed *event =
		&row_change_add(walk, row, EVENT_case_closed, new->case_no)->case_closed;
	event->case_id.n = *seen_number(walk, "k %.*s", STR_FMT(new->case_no));
	event->closed_on = new->closed_on;
	event->import_entry = walk->import_entry;
}

void change_grants(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_grants *new = &row->row.grants;
	uint64_t *opened = seen_number(walk, "a %.*s", STR_FMT(row->subject.tag));

	if (!row->account_exists && !(*opened)++) {
		struct event_account_opened *event =
			&row_change_add(walk, row, EVENT_account_opened, new->office)->account_opened;
		event->person = row->subject.person;
		event->office = new->office;
		event->ground = word_code(&grant_ground_words, GROUND_MIGRATED);
		event->letter_no = new->letter_no;
		event->opened_on = date_is_none(new->granted_on) ? walk->facts->today : new->granted_on;
		event->import_entry = walk->import_entry;
	}
	if (row->grant_entry.n)
		return;
	struct event_grant_issued *event =
		&row_change_add(walk, row, EVENT_grant_issued, new->office)->grant_issued;
	event->person = row->subject.person;
	event->office = new->office;
	event->item = new->item;
	event->basis = new->legal_basis;
	event->valid_from = new->valid_from;
	event->valid_to = new->valid_to;
	event->letter_no = new->letter_no;
	event->grant_ground = GROUND_MIGRATED;
	event->granted_on = new->granted_on;
	event->import_entry = walk->import_entry;
}
