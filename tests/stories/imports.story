# Lists taken over from other systems (G2.1.1, G2.1.2, G3.2, G3.3).

story: G2.1.2 a district office is entered from the organisation list
  when  chen imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | maolin | 高雄市茂林區公所 | Maolin District Office | district_office | bureau | true | | false |
  then  granted, log has office_changed
  and   the log gains import_recorded
  when  chen reads the list offices
  then  the list shows 高雄市茂林區公所

story: X14 an indigenous district is flagged and otherwise follows the same flow
  when  chen reads the list offices
  then  granted
  and   the list shows maolin

story: G2.1.1 an affiliate belongs to the bureau
  when  chen imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | wujia | 高雄市無障礙之家 | | affiliate | bureau | false | | false |
  then  granted, log has office_changed

story: G2.1 a preview changes nothing
  when  chen previews organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | gushan | 高雄市鼓山區公所 | | district_office | bureau | false | | false |
  then  granted, log +0
  when  chen reads the list offices
  then  the list does not show gushan

story: G2.1 one wrong row refuses the whole list and is named
  when  chen imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | gushan | 高雄市鼓山區公所 | | district_office | bureau | false | | false |
    | qijin | 高雄市旗津區公所 | | castle | bureau | false | | false |
  then  refused import_wrong, naming office_kind
  when  chen reads the list offices
  then  the list does not show gushan

story: G2.1 a list without rows is refused
  when  chen imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
  then  refused import_empty

story: G2.1 a heading that is no field is refused
  when  chen imports calendar
    | day | colour |
    | 2026-12-25 | red |
  then  refused import_wrong

story: G2.1 the same list again changes nothing
  when  chen imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | maolin | 高雄市茂林區公所 | Maolin District Office | district_office | bureau | true | | false |
  then  granted

story: G2.1 lists are the bureau's to import
  when  hu imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | gushan | 高雄市鼓山區公所 | | district_office | bureau | false | | false |
  then  refused other_office
  when  mei imports organisation
    | office | name | name_en | office_kind | parent | indigenous | address | ended |
    | gushan | 高雄市鼓山區公所 | | district_office | bureau | false | | false |
  then  refused duty_not_entitled

story: F1.id_no a staff list with a wrong identity number is refused
  when  chen imports staff
    | id_no | name | office | unit | title | duty | deputy | valid_from | valid_to | card_serial | card_number |
    | A123456780 | 甲乙 | sanmin | 社會課 | 課員 | officer | false | 2026-11-24 | | | |
  then  refused import_wrong, naming id_no

story: G3.2 staff come with office and duty
  when  chen imports staff
    | id_no | name | office | unit | title | duty | deputy | valid_from | valid_to | card_serial | card_number |
    | A800000014 | 丙丁 | sanmin | 社會課 | 課員 | officer | false | 2026-11-24 | | | |
  then  granted, log has duty_appointed
  and   the log nowhere holds 丙丁
  and   the log nowhere holds A800000014

story: C18 holidays come from the calendar
  when  chen imports calendar
    | day | day_kind |
    | 2027-01-01 | holiday |
  then  granted, log has calendar_changed
  when  mei reads the list calendar
  then  the list shows 2027-01-01

story: G3.4b cases and their parties come as a list
  when  chen imports cases
    | case_no | office | legal_basis | opened_on | closed_on | party_no | id_no | name | birth_date | person_kind | relation |
    | 113-0060 | sanmin | B_LOW | 2026-11-01 | | 1 | B898765430 | 戊己 | 1960-01-01 | foreign_resident | claimant |
  then  granted, log has case_opened
  and   the log gains party_added
  when  mei reads the list my_cases
  then  the list shows 113-0060

story: G2.2 a case under an unknown legal basis is refused
  when  chen imports cases
    | case_no | office | legal_basis | opened_on | closed_on | party_no | id_no | name | birth_date | person_kind | relation |
    | 113-0061 | sanmin | B_NONE | 2026-11-01 | | 1 | B898765430 | 戊己 | 1960-01-01 | foreign_resident | claimant |
  then  refused import_wrong, naming legal_basis

story: G3.1 items are granted one by one, bound to a basis
  when  chen imports grants
    | id_no | office | item | legal_basis | valid_from | valid_to | letter_no |
    | E100000005 | sanmin | item_1 | B_LOW | 2026-11-24 | 2027-11-23 | 第2號 |
  then  granted, log has grant_issued
  when  fang reads the list my_grants
  then  the list has 1 rows

story: G3.1 an item that the basis does not allow cannot be granted
  when  chen imports grants
    | id_no | office | item | legal_basis | valid_from | valid_to | letter_no |
    | E100000005 | sanmin | item_7 | B_LOW | 2026-11-24 | 2027-11-23 | 第2號 |
  then  refused import_wrong, naming item

story: G4.1.1 an auditor's row of a staff list states the ground
  when  chen imports staff
    | id_no | name | office | duty | valid_from | ground | letter_no |
    | A800000014 | 丙丁 | zuoying | auditor | 2026-11-24 | | |
  then  refused import_wrong, naming ground
  when  chen imports staff
    | id_no | name | office | duty | valid_from | ground | letter_no |
    | A800000014 | 丙丁 | zuoying | auditor | 2026-11-24 | named_by_head | |
  then  refused import_wrong, naming letter_no
  when  chen previews staff
    | id_no | name | office | duty | valid_from | 指派依據 | 公文文號 |
    | A800000014 | 丙丁 | zuoying | auditor | 2026-11-24 | 機關長官指定 | 高市左區人字第3號 |
  then  granted, log +0
  when  chen imports staff
    | id_no | name | office | duty | valid_from | 指派依據 | 公文文號 |
    | A800000014 | 丙丁 | zuoying | auditor | 2026-11-24 | 機關長官指定 | 高市左區人字第3號 |
  then  granted, log has duty_appointed
