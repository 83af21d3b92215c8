#!/usr/bin/env python3
"""Prints the samples and reads them back with other people's programs (poppler, libxml2, LibreOffice).
usage: read_back.py PRINT
shows: F1.agency_address, F1.purpose, F1.item1, F1.item2, F1.item3, F1.item4, F1.item5, F1.item6, F1.item7, F1.unit_seal, F1.head_seal, X6, X9"""
import os, re, subprocess, sys, tempfile, zipfile

printer = sys.argv[1]
one, two = tempfile.mkdtemp(), tempfile.mkdtemp()
results = []


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def check(name, holds, note=""):
    results.append(bool(holds))
    print(f"{'ok' if holds else 'not ok'} {len(results)} - {name}")
    if not holds and note:
        print("# " + note)


def text(name, *options):
    return run("pdftotext", *options, f"{one}/{name}.pdf", "-").stdout


def squeezed(words):
    return re.sub(r"\s+", "", words)


def in_order(words, values):
    at = 0
    for value in values:
        at = words.find(squeezed(value), at)
        if at < 0:
            return value
        at += 1
    return None


said = run(printer, one).stdout
run(printer, two)
names = sorted(f[:-4] for f in os.listdir(one) if f.endswith(".odt"))

# --- bytes ---
same = [f for f in os.listdir(one) if open(f"{one}/{f}", "rb").read() == open(f"{two}/{f}", "rb").read()]
check("two runs give the same bytes", len(same) == len(os.listdir(one)) > 10, str(same))

# --- a missing character refuses the whole print, by name ---
check("a character without glyph is named and nothing is printed",
      "no_glyph missing U+F8FF" in said and not os.path.exists(f"{one}/no_glyph.pdf"), said)

# --- F1 word for word, in the order of the form ---
FORM = ["公務機關應用入出境電子資料申請表(一般)", "使用機關", "中文名稱", "高雄市三民區公所", "機關地址",
        "807 高雄市三民區哈爾濱街215號", "使用者姓名", "王小明", "身分證字號", "A123456789", "自然人憑證序號",
        "TP24010112345678", "5A202D14B39787D0886C37184AC9B76A", "聯絡電話", "07-3228160 分機 123", "傳真", "07-3226700",
        "電子郵件信箱", "wang.hsiaoming@example.gov.tw", "手機", "0912-345-678", "依據法令",
        "社會救助法第44條之3（第4條第6項）", "老人福利法第12條之1", "使用目的",
        "年度總清查：審查低收入戶及中低收入老人生活津貼申請人最近一年居住國內日數。", "申請項目", "子項", "勾選",
        "入出境資訊查詢服務", "一", "中外旅客入出境紀錄查詢", "☑", "二", "提供外僑/外勞入出境資料查詢", "☐",
        "大陸港澳及無戶籍人士申請來臺查詢", "三", "大陸人士申請來臺資料查詢", "☐", "四",
        "無戶籍國民、港澳人民或大陸人士居留資料", "☐", "外籍人士居停留資訊查詢服務", "五", "申請居留資料查詢", "☑", "六",
        "申請定居資料查詢", "☐", "七", "提供外僑/外勞行方不明資料查詢", "☐", "業務單位蓋章", "首長核章", "附表一（F1）",
        "申請案 1234", "115年11月24日 16:35", "q0Vn3yqk2mJYt0bq8m0cXl8m5eB4v1VqQm5yqk2mJYs", "第 1 頁，共 1 頁"]
words = squeezed(text("f1", "-raw"))
check("F1 holds every label and value in the order of the form", in_order(words, FORM) is None, str(in_order(words, FORM)))
check("F1 fits one page, signed or not", all(re.search(r"Pages:\s+1\n", run("pdfinfo", f"{one}/{n}.pdf").stdout)
                                               for n in ("f1", "f1_rare", "f1_blank")))

# --- rare characters ---
words = squeezed(text("f1_rare", "-raw"))
check("rare characters of the extensions and of the private plane are in the text",
      "㐀𠮷𤭢\U000f0000" in words and "陳𡘙美" in words and "U+F0000" in words)
fonts = run("pdffonts", f"{one}/f1_rare.pdf").stdout
check("only the fonts of 全字庫, embedded, as subsets, with their characters",
      all(re.search(r"^[A-Z]{6}\+TW-Kai", line) and re.search(r"\byes yes yes\b", line)
          for line in fonts.splitlines()[2:]) and "Ext-B" in fonts and "Plus" in fonts, fonts)

# --- nothing is cut ---
words = squeezed(text("f1_long", "-raw"))
check("a purpose of many pages loses no word", all(f"第{i}點：審查申請人" in re.sub(r"附表一（F1）.*?共\d+頁", "", words)
                                                   for i in range(1, 161)))
check("a long name and a long address wrap", "迪魯瑪帝普瑪芙伊斯瑪哈山阿卜杜拉巴哈魯丁阿布巴卡爾賽義德穆罕默德" in words
      and "a-very-long-address-without-a-blank-in-it.of-the-social-affairs-section@district.kaohsiung.example.gov.tw" in words)
pages = text("list").split("\f")[:-1]
check("the heading of a list stands on every page", len(pages) > 5 and all("序號" in page and "備註" in page for page in pages))
rows = [int(n) for n in re.findall(r"^(\d+)\n王小明", text("list", "-raw").replace(" ", "\n"), re.M)]
check("a list of 300 rows has them all, in order", rows == list(range(1, 301)), str(rows[-5:]))

# --- letters and lists ---
LETTERS = {
    "letter": ["高雄市三民區公所　函", "地址：807", "受文者：高雄市政府社會局", "發文日期：中華民國115年11月24日",
               "發文字號：高市三區社字第11530012300號", "主旨：", "檢送本所社會課王小明", "說明：", "一、", "依貴局應用移民資訊管理作業要點第三點第三款",
               "二、", "正本：", "高雄市政府社會局", "區長　林大同"],
    "lost_card": ["受文者：內政部移民署", "自然人憑證遺失", "第三點第七款", "A123456789", "TP24010112345678", "115年11月24日 16:30", "☐ 已終止帳號使用權限"],
    "cover": ["傳送清冊", "高市社救助字第11530099900號", "申請案共 2 件", "1234", "高雄市三民區公所", "王小明", "q0Vn3yqk2mJYt0bq8m0cXl8m5eB4v1VqQm5yqk2mJYs", "㐀𠮷𤭢"],
    "reply": ["回復單", "回復文號", "1234", "☐ 同意", "☐ 退回補正", "☐ 不同意", "複核人員"],
    "appointment": ["職務指派書", "陳𡘙美", "稽核人員之職務代理人", "自 115年12月1日 起至 116年11月30日 止", "股(課)長以上主管"],
    "handover": ["移交清冊", "移交人：王小明", "40", "移交人", "接交人", "監交人"],
}
for name, values in LETTERS.items():
    lost = in_order(squeezed(text(name, "-raw")), values)
    check(f"{name} holds its words in order", lost is None, str(lost))

# --- tags, language, title ---
tags = run("pdfinfo", "-struct-text", f"{one}/f1.pdf").stdout
kinds = [line.strip().split(" ")[0] for line in tags.splitlines() if not line.strip().startswith('"')]
check("headings, tables, rows, header cells and cells are tagged",
      kinds[0] == "Document" and all(k in kinds for k in ("H1", "Table", "TR", "TH", "TD")), " ".join(kinds[:20]))
info = run("pdfinfo", f"{one}/f1.pdf").stdout
check("the file names its title, language, fonts and day", all(part in info for part in (
    "公務機關應用入出境電子資料申請表(一般)", "全字庫正楷體", "Tagged:          yes", "CreationDate:    Tue Nov 24")), info)
raw = open(f"{one}/f1.pdf", "rb").read()
check("the catalogue says language and that the title is shown", b"/Lang (zh-TW)" in raw and b"/DisplayDocTitle true" in raw)
check("a stricter reader finds no fault", all(run("qpdf", "--check", f"{one}/{n}.pdf").returncode == 0
                                              for n in names if n != "no_glyph"), run("qpdf", "--check", f"{one}/f1.pdf").stderr)

# --- ODT ---
bad = []
for name in names:
    with zipfile.ZipFile(f"{one}/{name}.odt") as archive:
        first = archive.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != 0 or archive.testzip():
            bad.append(name)
        for part in archive.namelist():
            if part.endswith(".xml"):
                open(f"{two}/part.xml", "wb").write(archive.read(part))
                if run("xmllint", "--noout", f"{two}/part.xml").returncode:
                    bad.append(f"{name}/{part}")
check("every ODT is a sound archive of sound XML, its type first", not bad, str(bad))
run("soffice", f"-env:UserInstallation=file://{two}/office", "--headless", "--convert-to", "pdf", "--outdir", two,
    f"{one}/f1.odt", f"{one}/f1_rare.odt", f"{one}/f1_blank.odt")
words = squeezed(run("pdftotext", "-raw", f"{two}/f1.pdf", "-").stdout)
check("an office program opens the ODT and shows the same fields", in_order(words, FORM[:56]) is None, str(in_order(words, FORM[:56])))
words = squeezed(run("pdftotext", "-raw", f"{two}/f1_rare.pdf", "-").stdout)
check("and the rare characters", "㐀𠮷𤭢\U000f0000" in words)
check("and keeps the form on one page", all("Pages:           1\n" in run("pdfinfo", f"{two}/{n}.pdf").stdout
                                            for n in ("f1", "f1_rare", "f1_blank")))

print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
