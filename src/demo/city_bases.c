/* Legal bases: where the law needs the fact, and where it lets the office ask for it. The days of the
 * labour insurance bureau's pensions are not asked by these offices and not listed. */
#include "demo/city.h"

const struct city_basis city_bases[] = {
	{ "B_LOW", "低收入戶", "社會救助法第4條第6項", "社會救助法第44條之3", "item_1", true, true },
	{ "B_MIDLOW", "中低收入戶", "社會救助法第4條之1第2項", "社會救助法第44條之3", "item_1", true, true },
	{ "B_ELDER", "中低收入老人生活津貼", "中低收入老人生活津貼發給辦法第2條第1項第1款", "老人福利法第12條之1",
	  "item_1", true, true },
	{ "B_DISAB", "身心障礙者生活補助費", "身心障礙者生活補助費發給辦法第2條第1項第2款",
	  "身心障礙者權益保障法第71條之1", "item_1", true, true },
	{ "B_ASSIST", "身心障礙者輔具費用", "身心障礙者輔具費用補助辦法第6條", "身心障礙者權益保障法第71條之1",
	  "item_1", true, false },
	{ "B_REHAB", "醫療復健費用及醫療輔具", "身心障礙者醫療復健費用及醫療輔具補助辦法第2條",
	  "身心障礙者權益保障法第71條之1", "item_1", true, false },
	{ "B_CARE", "日間照顧及住宿式照顧費用", "身心障礙者日間照顧及住宿式照顧費用補助辦法第2條第3款",
	  "身心障礙者權益保障法第71條之1", "item_1", true, true },
	{ "L_SPECIAL", "特殊境遇家庭扶助", "特殊境遇家庭扶助條例第4條", "特殊境遇家庭扶助條例第15條之1",
	  "item_1,item_5", false, false },
	{ "L_CHILD", "兒童及少年福利", "兒童及少年福利與權益保障法第22條",
	  "兒童及少年福利與權益保障法第70條第3項", "item_1,item_3,item_4,item_5,item_6,item_7", false, false },
	{ "L_DV", "家庭暴力防治", "家庭暴力防治法第58條", "家庭暴力防治法第58條第5項", "item_1,item_2,item_5,item_7",
	  false, false },
};
const size_t city_bases_count = ARRAY_LEN(city_bases);
