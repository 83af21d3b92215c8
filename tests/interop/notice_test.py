#!/usr/bin/env python3
"""The notice to the agency as the custodian of an office prints it: pdftotext finds how the office is reached.
usage: notice_test.py OFFICE_TOOL YOUJU
shows: G3.7, X17"""
import json
import os
import subprocess
import sys

import office as offices

PHONE, ADDRESS, MAIL = '07-3228160#215', '807 高雄市三民區哈爾濱街215號', 'hu@kcg.example.tw'


def people(office):
    _, out, _ = office.run('show', office.dir, 'people', '--as', office.card('auditor'), '--json')
    return {name: row['person'].split()[0] for row in json.loads(out)['rows'] for name in row['person'].split()[1:]}


def printed(office, about, out):
    code, said, errors = office.run('do', office.dir, 'print_paper', '--as', office.card('custodian'), 'printed_paper=nia_notice',
                                    'about=%s' % about, '--out', out)
    assert code == 0, (said, errors)
    return subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, text=True, timeout=60).stdout


def main():
    check = offices.Checks()
    office = offices.Office(sys.argv[1], sys.argv[2])
    out = os.path.join(office.work, 'notice.pdf')
    try:
        office.first_start()
        lost = office.granted(office.do('custodian', 'report_card_lost', 'person=' + people(office)['王小美'],
                                        'lost_on=' + offices.today(), 'told=@-', stdin='本人來電'))
        text = printed(office, lost['entry'], out)
        check('an office without a telephone prints the notice without one', '內政部移民署' in text and '電話' not in text, text)
        code, said, _ = office.do('custodian', 'import_list', 'import_kind=organisation', 'file=@-', stdin=(
            'office,name,office_kind,parent,phone\nsanmin,三民區公所,district_office,bureau,分機二\n'))
        check('what is no number is told', code != 0 and 'phone' in said, said)
        office.imports('organisation', '機關代碼,名稱,機關類別,上級機關代碼,地址,電話\nsanmin,三民區公所,district_office,bureau,%s,%s\n' % (ADDRESS, PHONE))
        office.imports('staff', 'id_no,name,office,email,duty,valid_from\nA123456789,陳專責,bureau,%s,custodian,%s\n' % (MAIL, offices.today()))
        text = printed(office, lost['entry'], out)
        for label, wanted in (('地址', ADDRESS), ('承辦人', '陳專責'), ('電話', PHONE), ('電子信箱', MAIL)):
            check('the notice names %s' % label, any(label in line and wanted in line for line in text.splitlines()), text)
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
