/* The offices. Districts: the 38 of Kaohsiung; romanisation as the city writes it (Hanyu Pinyin).
 * Maolin, Taoyuan and Namaxia are indigenous self-governing districts. */
#include "demo/city_lib.h"

static const struct place {
	const char *code, *name, *name_en;
	bool indigenous;
} districts[] = {
	{ "yancheng", "鹽埕區公所", "Yancheng District Office", false },
	{ "gushan", "鼓山區公所", "Gushan District Office", false },
	{ "zuoying", "左營區公所", "Zuoying District Office", false },
	{ "nanzi", "楠梓區公所", "Nanzi District Office", false },
	{ "xinxing", "新興區公所", "Xinxing District Office", false },
	{ "sanmin", "三民區公所", "Sanmin District Office", false },
	{ "qianjin", "前金區公所", "Qianjin District Office", false },
	{ "lingya", "苓雅區公所", "Lingya District Office", false },
	{ "qianzhen", "前鎮區公所", "Qianzhen District Office", false },
	{ "qijin", "旗津區公所", "Qijin District Office", false },
	{ "xiaogang", "小港區公所", "Xiaogang District Office", false },
	{ "fengshan", "鳳山區公所", "Fengshan District Office", false },
	{ "linyuan", "林園區公所", "Linyuan District Office", false },
	{ "daliao", "大寮區公所", "Daliao District Office", false },
	{ "dashu", "大樹區公所", "Dashu District Office", false },
	{ "dashe", "大社區公所", "Dashe District Office", false },
	{ "renwu", "仁武區公所", "Renwu District Office", false },
	{ "niaosong", "鳥松區公所", "Niaosong District Office", false },
	{ "gangshan", "岡山區公所", "Gangshan District Office", false },
	{ "qiaotou", "橋頭區公所", "Qiaotou District Office", false },
	{ "yanchao", "燕巢區公所", "Yanchao District Office", false },
	{ "tianliao", "田寮區公所", "Tianliao District Office", false },
	{ "alian", "阿蓮區公所", "Alian District Office", false },
	{ "luzhu", "路竹區公所", "Luzhu District Office", false },
	{ "hunei", "湖內區公所", "Hunei District Office", false },
	{ "qieding", "茄萣區公所", "Qieding District Office", false },
	{ "yongan", "永安區公所", "Yong'an District Office", false },
	{ "mituo", "彌陀區公所", "Mituo District Office", false },
	{ "ziguan", "梓官區公所", "Ziguan District Office", false },
	{ "qishan", "旗山區公所", "Qishan District Office", false },
	{ "meinong", "美濃區公所", "Meinong District Office", false },
	{ "liugui", "六龜區公所", "Liugui District Office", false },
	{ "jiaxian", "甲仙區公所", "Jiaxian District Office", false },
	{ "shanlin", "杉林區公所", "Shanlin District Office", false },
	{ "neimen", "內門區公所", "Neimen District Office", false },
	{ "maolin", "茂林區公所", "Maolin District Office", true },
	{ "taoyuan", "桃源區公所", "Taoyuan District Office", true },
	{ "namaxia", "那瑪夏區公所", "Namaxia District Office", true },
};
static_assert(ARRAY_LEN(districts) == CITY_DISTRICTS, "Kaohsiung has 38 districts");

static const struct place affiliates[] = {
	{ "renai_home", "仁愛之家", "Ren-Ai Home", false },
	{ "senior_center", "長青綜合服務中心", "Senior Citizens' Service Center", false },
	{ "dv_center", "家庭暴力及性侵害防治中心", "Domestic Violence and Sexual Assault Prevention Center", false },
};
static_assert(CITY_DISTRICTS + ARRAY_LEN(affiliates) + 2 == CITY_OFFICES, "and the bureau and the agency");

static struct city_office office_of(const struct place *place, enum office_kind kind)
{
	return (struct city_office){
		.office = str_from(place->code),
		.name = str_from(place->name),
		.name_en = str_from(place->name_en),
		.parent = kind == OFFICE_BUREAU || kind == OFFICE_NIA ? STR("") : STR("bureau"),
		.kind = kind,
		.indigenous = place->indigenous,
	};
}

void city_places(struct city *city)
{
	static const struct place bureau = { "bureau", "高雄市政府社會局",
	                                     "Social Affairs Bureau, Kaohsiung City Government", false };
	static const struct place agency = { "nia", "內政部移民署", "National Immigration Agency", false };
	struct city_office *next = city->offices;

	*next++ = office_of(&bureau, OFFICE_BUREAU);
	for (size_t i = 0; i < ARRAY_LEN(districts); i++)
		*next++ = office_of(&districts[i], OFFICE_DISTRICT);
	for (size_t i = 0; i < ARRAY_LEN(affiliates); i++)
		*next++ = office_of(&affiliates[i], OFFICE_AFFILIATE);
	*next++ = office_of(&agency, OFFICE_NIA);
	assert(next == city->offices + CITY_OFFICES);
}
