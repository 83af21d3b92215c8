/* What makes a row of an imported list wrong. Facts tell what stands; the walk tells what the same
 * list said before. Every problem names line, column and rule. */
#include "law/import_walk.h"

#include "law/application.h"
#include "law/details.h"

static const char TWICE[] = "The same row stands further up in this list.";
static const char OFFICE_MISSING[] = "There is no such office.";
static const char BASIS_MISSING[] = "There is no such legal basis in force.";
static const char NUMBER_WRONG[] = "The identity number is not valid.";
static const char REVERSED[] = "The end lies before the beginning.";
static const char FUTURE[] = "The date lies in the future.";
static const char OWN[] = "Nobody gives himself a duty, a card or an item.";

/* Which check failed, so that the row can be compared with the document. */
static const char *number_wrong(const struct fact_row *row)
{
	const char *detail = idno_explain(row->subject.number_fault);

	return *detail ? detail : NUMBER_WRONG;
}

static bool reversed(struct date from, struct date to)
{
	return !date_is_none(to) && to.day < from.day;
}

/* True when this key was met before; from now on it counts as met. */
static bool met(uint64_t *number)
{
	return (*number)++ > 0;
}

static bool office_missing(const struct fact_row *row)
{
	return !row->office.exists || row->office.ended;
}

void check_organisation(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_organisation *new = &row->row.organisation;

	if (is_bureau(new->office) != (new->office_kind == OFFICE_BUREAU))
		row_problem_add(walk, row, STR("office_kind"), "Only the office \"bureau\" is the bureau.");
	if (new->phone.len && !phone_is_plausible(new->phone))
		row_problem_add(walk, row, STR("phone"), "A telephone number has at least seven digits.");
	if (is_bureau(new->office) && new->ended)
		row_problem_add(walk, row, STR("ended"), "The bureau cannot end.");
	if (new->parent.len && !is_bureau(new->parent) && !row->parent_exists &&
	    !*seen_number(walk, "o %.*s", STR_FMT(new->parent)))
		row_problem_add(walk, row, STR("parent"), "There is no such parent office, here or further up.");
	if (met(seen_number(walk, "o %.*s", STR_FMT(new->office))))
		row_problem_add(walk, row, STR("office"), TWICE);
}

static struct fact_duty wanted_duty(const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;

	return (struct fact_duty){ .person = row_person(row), .office = new->office, .duty = new->duty,
		                   .deputy = new->deputy, .valid_from = new->valid_from,
		                   .valid_to = new->valid_to };
}

/* Against the duties that the list itself gave the person further up in that office. */
static bool conflicts_in_list(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;
	struct fact_duty wanted = wanted_duty(row), other = wanted;
	struct fact_duties held = { 1, &other };
	uint64_t *bits = seen_number(walk, "d %.*s %.*s", STR_FMT(row->subject.tag), STR_FMT(new->office));

	for (int duty = 1; duty < duty_end; duty++) {
		other.duty = (enum duty)duty;
		if ((*bits & DUTY_BIT(duty)) && duties_conflict(&held, &wanted, false))
			return true;
	}
	*bits |= DUTY_BIT(new->duty);
	return false;
}

static void check_staff_card(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;

	if (!new->card_serial.len)
		return;
	uint64_t *holder = seen_number(walk, "c %.*s", STR_FMT(new->card_serial));
	if (row->card_holder.n && row->card_holder.n != row_person(row).n)
		row_problem_add(walk, row, STR("card_serial"), "This card is bound to somebody else.");
	if (*holder && *holder != row_person(row).n)
		row_problem_add(walk, row, STR("card_serial"), "Another person has this card further up.");
	if (is_me(walk->facts, row->subject.person) && !row->card_bound_same)
		row_problem_add(walk, row, STR("card_serial"), OWN);
	*holder = row_person(row).n;
}

/* G4.1.1: what a list appoints states its ground like an appointment made here. */
static void check_staff_ground(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;

	if (new->duty != DUTY_AUDITOR || !staff_row_appoints(row))
		return;
	if (!new->ground)
		row_problem_add(walk, row, STR("ground"),
		                "An auditor's row states the ground: section chief or above, or named by the head (G4.1.1).");
	if (new->ground == GROUND_NAMED_BY_HEAD && !new->letter_no.len)
		row_problem_add(walk, row, STR("letter_no"), "Who is named by the head needs the number of that letter (G4.1.1).");
}

void check_staff(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_staff *new = &row->row.staff;
	struct fact_duty wanted = wanted_duty(row);

	if (!row->subject.number_valid) {
		row_problem_add(walk, row, STR("id_no"), number_wrong(row));
		return;
	}
	if (office_missing(row))
		row_problem_add(walk, row, STR("office"), OFFICE_MISSING);
	if (new->email.len && !str_is(new->email, "-") && !email_is_plausible(new->email))
		row_problem_add(walk, row, STR("email"), "This is not one plain e-mail address.");
	if (reversed(new->valid_from, new->valid_to))
		row_problem_add(walk, row, STR("valid_to"), REVERSED);
	if (row->office.exists && !duty_fits_office(new->duty, row->office.kind))
		row_problem_add(walk, row, STR("duty"), "This duty does not exist in an office of that kind.");
	if (met(seen_number(walk, "s %.*s %.*s %d %d", STR_FMT(row->subject.tag), STR_FMT(new->office),
	                    new->duty, new->deputy)))
		row_problem_add(walk, row, STR("duty"), TWICE);
	if (duties_conflict(&row->their_duties, &wanted, false))
		row_problem_add(walk, row, STR("duty"), "The person holds a duty that excludes this one (X18).");
	if (conflicts_in_list(walk, row))
		row_problem_add(walk, row, STR("duty"), "This list gives the person two duties that exclude each other (X18).");
	if (is_me(walk->facts, row->subject.person) && !row->duty.entry.n)
		row_problem_add(walk, row, STR("duty"), OWN);
	check_staff_card(walk, row);
	check_staff_ground(walk, row);
}

void check_calendar(struct import_walk *walk, const struct fact_row *row)
{
	if (met(seen_number(walk, "y %d", row->row.calendar.day.day)))
		row_problem_add(walk, row, STR("day"), TWICE);
}

/* What the first row of the same case in this list said. */
static void check_case_first(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	uint64_t *number = seen_number(walk, "k %.*s", STR_FMT(new->case_no));

	if (!*number) {
		*number = (uint64_t)(row - walk->facts->rows) + 1;
		return;
	}
	const struct import_cases *first = &walk->facts->rows[*number - 1].row.cases;
	if (!str_eq(first->office, new->office) || !str_eq(first->legal_basis, new->legal_basis) ||
	    first->opened_on.day != new->opened_on.day || first->closed_on.day != new->closed_on.day)
		row_problem_add(walk, row, STR("case_no"), "The rows of this case differ in office, legal basis or dates.");
}

/* What stands already under that case number. */
static void check_case_standing(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	const struct fact_case *old = &row->case_;

	if (!old->id.n)
		return;
	if (!str_eq(old->office, new->office))
		row_problem_add(walk, row, STR("office"), "The case belongs to another office.");
	if (!str_eq(old->basis, new->legal_basis))
		row_problem_add(walk, row, STR("legal_basis"), "The case stands under another legal basis.");
	if (!date_is_none(old->closed_on) && date_is_none(new->closed_on))
		row_problem_add(walk, row, STR("closed_on"), "The case is closed and cannot be opened again.");
	if (!date_is_none(old->closed_on) && !row->known_party_no)
		row_problem_add(walk, row, STR("party_no"), "The case is closed: nobody can be added.");
}

static bool same_person(const struct import_cases *a, const struct import_cases *b)
{
	return str_eq(a->name, b->name) && str_eq(a->birth_date, b->birth_date) &&
	       a->person_kind == b->person_kind;
}

static void check_case_party(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	uint64_t *first = seen_number(walk, "p %.*s", STR_FMT(row->subject.tag));

	if (new->party_no < 1 || new->party_no > PARTIES_MAX)
		row_problem_add(walk, row, STR("party_no"), "The party number lies between 1 and 99.");
	if (row->party_person.n && row->party_person.n != row_person(row).n)
		row_problem_add(walk, row, STR("party_no"), "Another person is this party of the case.");
	if (row->known_party_no && row->known_party_no != new->party_no)
		row_problem_add(walk, row, STR("party_no"), "The person is a party to the case under another number.");
	if (met(seen_number(walk, "n %.*s %lld", STR_FMT(new->case_no), (long long)new->party_no)))
		row_problem_add(walk, row, STR("party_no"), TWICE);
	if (met(seen_number(walk, "m %.*s %.*s", STR_FMT(new->case_no), STR_FMT(row->subject.tag))))
		row_problem_add(walk, row, STR("id_no"), "The person is a party to this case further up.");
	if (*first && !same_person(&walk->facts->rows[*first - 1].row.cases, new))
		row_problem_add(walk, row, STR("name"), "Further up the same number has another name, birthday or kind.");
	*first = (uint64_t)(row - walk->facts->rows) + 1;
}

void check_cases(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_cases *new = &row->row.cases;
	struct date today = walk->facts->today, born;

	if (!row->subject.number_valid) {
		row_problem_add(walk, row, STR("id_no"), number_wrong(row));
		return;
	}
	if (office_missing(row))
		row_problem_add(walk, row, STR("office"), OFFICE_MISSING);
	if (!row->basis.exists)
		row_problem_add(walk, row, STR("legal_basis"), BASIS_MISSING);
	if (reversed(new->opened_on, new->closed_on))
		row_problem_add(walk, row, STR("closed_on"), REVERSED);
	if (new->opened_on.day > today.day)
		row_problem_add(walk, row, STR("opened_on"), FUTURE);
	if (!date_is_none(new->closed_on) && new->closed_on.day > today.day)
		row_problem_add(walk, row, STR("closed_on"), FUTURE);
	if (birthday_read(new->birth_date, today, &born) != OK)
		row_problem_add(walk, row, STR("birth_date"), "The birthday is not a date.");
	check_case_first(walk, row);
	check_case_standing(walk, row);
	check_case_party(walk, row);
}

void check_grants(struct import_walk *walk, const struct fact_row *row)
{
	const struct import_grants *new = &row->row.grants;

	if (!row->subject.number_valid) {
		row_problem_add(walk, row, STR("id_no"), number_wrong(row));
		return;
	}
	if (!row->subject.person.n)
		row_problem_add(walk, row, STR("id_no"), "Nobody is registered under this number.");
	if (office_missing(row))
		row_problem_add(walk, row, STR("office"), OFFICE_MISSING);
	if (!row->basis.exists)
		row_problem_add(walk, row, STR("legal_basis"), BASIS_MISSING);
	if (row->basis.exists && !(row->basis.items & (1u << new->item)))
		row_problem_add(walk, row, STR("item"), "The legal basis does not allow this item.");
	if (reversed(new->valid_from, new->valid_to))
		row_problem_add(walk, row, STR("valid_to"), REVERSED);
	if (!date_is_none(new->granted_on) && new->granted_on.day > walk->facts->today.day)
		row_problem_add(walk, row, STR("granted_on"), FUTURE);
	if (is_me(walk->facts, row->subject.person) && !row->grant_entry.n)
		row_problem_add(walk, row, STR("id_no"), OWN);
	if (met(seen_number(walk, "g %.*s %.*s %d %.*s", STR_FMT(row->subject.tag), STR_FMT(new->office),
	                    new->item, STR_FMT(new->legal_basis))))
		row_problem_add(walk, row, STR("item"), TWICE);
}
