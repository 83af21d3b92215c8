/* Made-up people and the cells of their rows. Names are common ones put together by lot. */
#include "source/local_parts.h"

#include "law/idno.h"

#include <string.h>

/* --- people ------------------------------------------------------------------------------------------- */

static const char *const surnames[] = { "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許",
	                                    "鄭", "謝", "郭", "洪", "曾", "邱", "廖", "賴", "周", "歐陽" };
static const char *const given[] = { "志明", "淑芬", "美玲", "俊傑", "雅婷", "家豪", "怡君", "建宏", "秀英",
	                                 "文雄", "惠美", "宗翰", "佩珊", "冠廷", "麗華", "國榮", "玉蘭", "子晴",
	                                 "品妤", "承恩", "𠅘瑄", "堃榮" };

/* A letter, 1 or 2, seven digits of n in an order that the seed shuffles, the check digit. */
static struct str number_made(struct arena *arena, uint64_t n, uint64_t *sex_out)
{
	static const uint64_t count = 10000000, stride = 7368787; /* prime to the count: no two share */
	char text[11] = "";
	uint64_t digits = n * stride % count;

	*sex_out = 1 + n % 2;
	text[0] = (char)('A' + n % 26);
	text[1] = (char)('0' + *sex_out);
	for (int i = 8; i > 1; i--, digits /= 10)
		text[i] = (char)('0' + digits % 10);
	text[9] = idno_check_digit(text);
	return str_copy(arena, str_from(text));
}

struct local_person local_person_made(struct arena *arena, uint64_t seed, uint64_t n)
{
	struct die die = die_of(seed, n);
	struct local_person person = { .number_count = 1, .kind = PERSON_REGISTERED };
	uint64_t sex;

	person.numbers[0] = (struct source_number){ NUMBER_NATIONAL, number_made(arena, n, &sex) };
	person.name = str_printf(arena, "%s%s", surnames[die_roll(&die, ARRAY_LEN(surnames))],
	                         given[die_roll(&die, ARRAY_LEN(given))]);
	person.born = (struct date){ die_between(&die, -12000, 16000) }; /* 1937 to 2013 */
	return person;
}

/* --- cells ---------------------------------------------------------------------------------------------- */

/* Cells by column name, packed in the order of the table; a name that the item lacks is passed over. */
struct cell { const char *column; struct str text; };

static struct str cells_pack(struct arena *arena, const struct item_columns *item,
                             const struct cell *cells, size_t count)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < item->count; i++) {
		if (i)
			buf_byte(&out, 0x1f);
		for (size_t k = 0; k < count; k++)
			if (str_is(item->columns[i].name, cells[k].column))
				buf_add(&out, cells[k].text);
	}
	return buf_str(&out);
}

static struct str iso(struct arena *arena, struct date date)
{
	return str_printf(arena, "%s", date_iso(date).text);
}

static struct str nationality_of(enum person_kind kind, bool is_foreign_document)
{
	static const struct str names[person_kind_end] = {
		[PERSON_REGISTERED] = STR_INIT("中華民國"), [PERSON_UNREGISTERED] = STR_INIT("中華民國"),
		[PERSON_FOREIGN] = STR_INIT("越南"), [PERSON_MAINLAND] = STR_INIT("中國大陸"),
		[PERSON_HK_MACAU] = STR_INIT("香港"),
	};

	return is_foreign_document ? STR("美國") : names[kind].at ? names[kind] : STR("");
}

static struct str number_of_kind(const struct local_person *person, enum number_kind first,
                                 enum number_kind other)
{
	for (size_t i = 0; i < person->number_count; i++)
		if (person->numbers[i].kind == first || person->numbers[i].kind == other)
			return person->numbers[i].number;
	return STR("");
}

struct str crossing_cells(struct arena *arena, struct die *die, const struct local_person *person,
                          const struct travel *travel, size_t seq, struct str name)
{
	static const struct { const char *code, *name, *carrier; } ports[] = {
		{ "TPE", "臺灣桃園國際機場", "CI" }, { "KHH", "高雄國際航空站", "BR" },
		{ "TSA", "臺北松山機場", "IT" },     { "RMQ", "臺中國際機場", "AE" },
		{ "KNH", "金門水頭港", "FERRY" },
	};
	size_t port = die_roll(die, 10) < 6 ? 1 : (size_t)die_roll(die, ARRAY_LEN(ports));
	bool is_national = person->kind == PERSON_REGISTERED;
	enum border_document document = travel->is_foreign_document || person->kind == PERSON_FOREIGN
	                                        ? BORDER_FOREIGN_PASSPORT
	                                : is_national ? BORDER_ROC_PASSPORT
	                                              : BORDER_PERMIT;
	unsigned hour = (unsigned)die_roll(die, 17) + 6, minute = (unsigned)die_roll(die, 60);
	unsigned flight = (unsigned)die_roll(die, 900) + 100, passport = (unsigned)die_roll(die, 900000000);
	const struct cell cells[] = {
		{ "seq", str_u64(arena, seq) },
		{ "direction", travel->is_broken ? STR("?") : word_code(&direction_words, (int)travel->direction) },
		{ "event_date", iso(arena, travel->date) },
		{ "event_time", str_printf(arena, "%02u:%02u", hour, minute) },
		{ "port_code", str_from(ports[port].code) },
		{ "port_name", str_from(ports[port].name) },
		{ "carrier_no", str_printf(arena, "%s%u", ports[port].carrier, flight) },
		{ "doc_kind", word_code(&border_document_words, (int)document) },
		{ "doc_no", str_printf(arena, "%09u", passport) },
		{ "name", name },
		{ "birth_date", date_is_none(person->born) ? STR("") : iso(arena, person->born) },
		{ "nationality", nationality_of(person->kind, travel->is_foreign_document) },
		{ "resident_id", number_of_kind(person, NUMBER_RESIDENT_NEW, NUMBER_RESIDENT_OLD) },
		{ "passport_no", number_of_kind(person, NUMBER_PASSPORT, NUMBER_PASSPORT) },
		{ "visa_kind", STR("居留簽證") },
		{ "entry_purpose", person->kind == PERSON_FOREIGN ? STR("應聘") : STR("依親") },
		{ "stay_until", iso(arena, date_add(travel->date, 365)) },
	};

	return cells_pack(arena, columns_of(is_national ? ITEM_1 : ITEM_2), cells, ARRAY_LEN(cells));
}

/* Who has rows of an item besides crossings. */
static bool has_item(enum person_kind kind, enum item item)
{
	static const uint32_t items[person_kind_end] = {
		[PERSON_UNREGISTERED] = 1u << ITEM_4 | 1u << ITEM_6,
		[PERSON_FOREIGN] = 1u << ITEM_5 | 1u << ITEM_7,
		[PERSON_MAINLAND] = 1u << ITEM_3 | 1u << ITEM_4 | 1u << ITEM_6 | 1u << ITEM_7,
		[PERSON_HK_MACAU] = 1u << ITEM_4 | 1u << ITEM_6,
	};

	return items[kind] & 1u << item;
}

struct str record_cells(struct arena *arena, struct die *die, const struct local_person *person,
                        enum item item, struct date anchor, struct date *day_out)
{
	struct date day = date_add(anchor, -die_between(die, 30, 900)), end = date_add(day, 1095);
	uint64_t number = die_roll(die, 100000000);
	enum residency_category category = person->kind == PERSON_HK_MACAU  ? RESIDENCY_HK_MACAU
	                                   : person->kind == PERSON_MAINLAND ? RESIDENCY_MAINLAND
	                                                                     : RESIDENCY_UNREGISTERED;
	const struct cell cells[] = {
		{ "application_no", str_printf(arena, "%03d%08llu", date_to_ymd(day).year - 1911,
		                               (unsigned long long)number) },
		{ "resident_id", number_of_kind(person, NUMBER_RESIDENT_NEW, NUMBER_RESIDENT_OLD) },
		{ "nationality", nationality_of(person->kind, false) },
		{ "category", word_code(&residency_category_words, (int)category) },
		{ "permit_kind", word_code(&permit_kind_words, PERMIT_TAIWAN_RESIDENCE) },
		{ "permit_no", str_printf(arena, "%012llu", (unsigned long long)number) },
		{ "purpose_code", STR("團聚") },
		{ "sponsor_relation", STR("配偶") },
		{ "reason_code", person->kind == PERSON_FOREIGN ? STR("應聘") : STR("依親") },
		{ "basis_code", STR("依親居留期滿") },
		{ "received_on", iso(arena, day) },
		{ "reported_on", iso(arena, day) },
		{ "decided_on", iso(arena, date_add(day, 20)) },
		{ "approved_on", iso(arena, date_add(day, 60)) },
		{ "permit_from", iso(arena, day) },
		{ "permit_to", iso(arena, end) },
		{ "valid_from", iso(arena, day) },
		{ "valid_to", iso(arena, end) },
		{ "permit_valid_to", iso(arena, end) },
		{ "reporter_kind", STR("雇主") },
		{ "closed_on", iso(arena, date_add(day, 25)) },
		{ "registration_place", STR("高雄市三民區") },
		{ "address", str_printf(arena, "高雄市三民區九如一路%llu號", (unsigned long long)number % 900 + 1) },
		{ "status", item == ITEM_7 ? word_code(&whereabouts_status_words, WHEREABOUTS_FOUND) : STR("核准") },
	};

	*day_out = day;
	return has_item(person->kind, item) ? cells_pack(arena, columns_of(item), cells, ARRAY_LEN(cells))
	                                    : STR("");
}
