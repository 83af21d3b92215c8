/* Lots, names and numbers. Common surnames and given names put together by lot. */
#include "demo/city_lib.h"
#include "law/idno.h"

static uint64_t mixed(uint64_t n) /* splitmix64 */
{
	n += 0x9e3779b97f4a7c15u;
	n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9u;
	n = (n ^ n >> 27) * 0x94d049bb133111ebu;
	return n ^ n >> 31;
}

struct lot lot_of(uint64_t seed, uint64_t use, uint64_t n)
{
	return (struct lot){ mixed(mixed(seed) ^ mixed(use << 32 | n)) };
}

size_t lot_draw(struct lot *lot, size_t below)
{
	lot->state = mixed(lot->state);
	return (size_t)((lot->state >> 11) % below);
}

int32_t lot_between(struct lot *lot, int32_t least, int32_t most)
{
	return least + (int32_t)lot_draw(lot, (size_t)(most - least + 1));
}

static const char *const surnames[] = {
	"陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "郭", "洪", "曾",
	"邱", "廖", "賴", "周", "徐", "蘇", "葉", "莊", "呂", "江", "何", "蕭", "羅", "高", "潘", "簡",
	"朱", "鍾", "游", "彭", "詹", "胡", "施", "沈", "余", "盧", "梁", "趙", "顏", "柯", "歐陽",
};
static const char *const given[2][24] = {
	{ "志明", "俊傑", "家豪", "建宏", "文雄", "宗翰", "冠廷", "國榮", "承恩", "明哲", "柏翰", "信宏",
	  "進財", "金水", "志偉", "彥廷", "宇翔", "振豐", "世昌", "嘉文", "育誠", "政憲", "品睿", "堃榮" },
	{ "淑芬", "美玲", "雅婷", "怡君", "秀英", "惠美", "佩珊", "麗華", "玉蘭", "子晴", "品妤", "雅雯",
	  "淑惠", "秀琴", "美惠", "欣怡", "詩涵", "月嬌", "素貞", "婉婷", "靜宜", "宜蓁", "芷瑄", "喆安" },
};
/* Registers write foreign names surname first, without punctuation (DOMAIN 5). */
static const char *const foreign[2][6] = {
	{ "NGUYEN VAN HUNG", "SANTOS MARK ANTHONY", "WIJAYA BUDI", "TRAN QUOC BAO", "SOMCHAI PRASERT", "REYES JOSE" },
	{ "NGUYEN THI HOA", "TRAN THI LAN", "SITI AMINAH", "DELA CRUZ MARIA", "PHAM THI MAI", "SRIWAN KANOKPORN" },
};

struct str made_surname(struct lot *lot)
{
	return str_from(surnames[lot_draw(lot, ARRAY_LEN(surnames))]);
}

struct str made_name(struct arena *arena, struct lot *lot, enum person_kind kind, size_t woman, struct str surname)
{
	if (kind == PERSON_FOREIGN)
		return str_from(foreign[woman][lot_draw(lot, ARRAY_LEN(foreign[0]))]);
	return str_printf(arena, "%.*s%s", STR_FMT(surname), given[woman][lot_draw(lot, ARRAY_LEN(given[0]))]);
}

/* Kaohsiung registers under E (city) and S (former county). The seven digits are those of n in an
 * order that hides it; the third character stays 0 to 2: born here. */
struct str made_number(struct arena *arena, struct lot *lot, enum person_kind kind, size_t woman, uint64_t n)
{
	static const char letters[] = "EEEESSSSABDFHJKNPQRTUV";
	static const uint64_t numbers = 3000000, stride = 7368787; /* no common divisor */
	bool national = kind == PERSON_REGISTERED;
	uint64_t digits = n % numbers * stride % numbers;
	char text[11] = "";

	assert(n < numbers);
	text[0] = letters[lot_draw(lot, sizeof letters - 1)];
	text[1] = (char)((national ? '1' : '8') + (int)woman);
	for (int i = 8; i > 1; i--, digits /= 10)
		text[i] = (char)('0' + digits % 10);
	text[9] = idno_check_digit(text);
	return str_copy(arena, str_from(text));
}
