#!/usr/bin/env python3
"""Lists in the codings that offices have, by page, API and command line; and lists that are none: each is told by row,
column and byte, or by row and field, and nothing of it is taken over.

usage: bad_lists_test.py OFFICE_TOOL YOUJU"""
import base64
import io
import json
import os
import re
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bad_input
import office as offices

STAFF = 'id_no,name,office,duty,valid_from,card_serial\r\n%s,%s,sanmin,officer,%s,%s\r\n'
CODINGS = (('UTF-8', lambda text: text.encode()), ('UTF-8 with a mark', lambda text: b'\xef\xbb\xbf' + text.encode()),
           ('UTF-16 little', lambda text: b'\xff\xfe' + text.encode('utf-16-le')), ('UTF-16 big', lambda text: b'\xfe\xff' + text.encode('utf-16-be')),
           ('Big5', lambda text: text.encode('cp950')))
# what, bytes, row, column, byte
BROKEN = (('no coding at all', b'id_no,name\n\xff\xff,x\n', 2, 1, 11), ('half a Big5 character', b'id_no,name\nA,\xa4\xa4\xa4', 2, 2, 15),
          ('half a unit of UTF-16', b'\xff\xfei\0d\0x', 1, 1, 6), ('a lone surrogate', b'\xff\xfe\0\xd8a\0', 1, 1, 2), ('a NUL', b'id_no,na\0me\n', 1, 2, 8))
# what, text, line, field
WRONG = (('an unknown column', 'id_no,colour\nA123456789,red\n', '1', 'column 2'),
         ('a column twice', 'id_no,name,name\n', '1', 'name'), ('a needed column missing', 'id_no,name\n', '1', 'office'),
         ('an open quotation mark', 'id_no,"name\n', '1', 'column 2'), ('too many cells', 'id_no,name\n1,2,3\n', '2', 'column 3'),
         ('a wrong date', 'id_no,name,office,duty,valid_from\nA123456789,甲,sanmin,officer,1130229\nA123456789,甲,sanmin,officer,1130230\n', '3', 'valid_from'),
         ('six digits', 'id_no,name,office,duty,valid_from\nA123456789,甲,sanmin,officer,240101\n', '2', 'valid_from'),
         ('an unknown office', 'id_no,name,office,duty,valid_from\nA123456789,甲,nowhere,officer,1150101\n', '2', 'office'),
         ('an unknown duty', 'id_no,name,office,duty,valid_from\nA123456789,甲,sanmin,king,1150101\n', '2', 'duty'),
         ('an empty cell', 'id_no,name,office,duty,valid_from\nA123456789,,sanmin,officer,1150101\n', '2', 'name'))


def fresh_numbers():
    """Valid identity numbers, one for each import."""
    for n in range(2000000, 2000100):
        digits = [1, 0, 1] + [int(c) for c in '%07d' % n]
        weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
        total = sum(d * w for d, w in zip(digits, weights))
        yield 'A1%s%d' % (''.join(map(str, digits[3:])), -total % 10)


class Doors:
    """The same list by three doors: (was it taken, what was said)."""

    def __init__(self, office):
        self.office, self.line = office, offices.Line(office, 'custodian')
        self.browser = offices.Browser(office, 'custodian')
        self.browser.get('/language/en')
        self.page = self.browser.get('/import').body.decode()

    def web(self, data, kind='staff'):
        hidden = dict(re.findall(r'name="(csrf|request)" value="([^"]*)"', self.page[self.page.index('action="/import"'):]))
        hidden['request'] = offices.request()
        body = b''
        for name, value in (*hidden.items(), ('import_kind', kind)):
            body += ('--xYx\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name, value)).encode()
        body += b'--xYx\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n' + data + b'\r\n--xYx--\r\n'
        reply = self.browser.call('POST', '/import', body, 'multipart/form-data; boundary=xYx')
        text = reply.body.decode()
        return reply.status == 200 and 'class="outcome yes' in text, text

    def api(self, data, kind='staff'):
        url = 'data:text/csv;base64,' + base64.b64encode(data).decode()
        reply = self.line.call('POST', '/api/v1/commands/import_list', json.dumps({'import_kind': kind, 'file': url}).encode(),
                               {'Content-Type': 'application/json'})
        return reply.json.get('verdict') == 'granted', reply.body.decode()

    def cli(self, data, kind='staff'):
        path = os.path.join(self.office.work, 'list')
        with open(path, 'wb') as out:
            out.write(data)
        code, out, err = self.office.do('custodian', 'import_list', 'import_kind=' + kind, 'file=@' + path)
        return code == 0, out + err


def says(text, row, column, byte):
    numbers = [str(row), str(column), str(byte)]
    return any(found == numbers for found in (re.findall(r'\d+', part) for part in re.findall(
        r'(?i)row \d+\D+column \d+\D+byte \d+', text)))


def main():
    check = offices.Checks()
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]))
    try:
        office.first_start()
        doors, numbers = Doors(office), fresh_numbers()
        ways = (('web', doors.web), ('API', doors.api), ('command line', doors.cli))
        for coding, encode in CODINGS:
            for way, send in ways:
                number = next(numbers)
                before = office.log_size()
                taken, said = send(encode(STAFF % (number, '許功蓋', offices.today(), number.lower())))
                check('%s by %s is taken over' % (coding, way), taken and office.log_size() > before, said)
        for what, data, row, column, byte in BROKEN:
            for way, send in ways:
                before = office.log_size()
                taken, said = send(data)
                check('%s by %s: row %d, column %d, byte %d' % (what, way, row, column, byte), not taken and says(said, row, column, byte) and
                      office.log_size() == before, said)
        for what, text, line, field in WRONG:
            for way, send in ways:
                taken, said = send(text.encode())
                plain = re.sub(r'<[^>]+>', ' ', said.split('<main')[-1])
                check('%s by %s: line %s, %s' % (what, way, line, field), not taken and ('import_wrong' in said or 'class="outcome' in said) and
                      (re.search(r'\b%s\b' % line, plain) and (way == 'web' or field in plain)), said)
        for number, why in bad_input.WRONG_NUMBERS[:-1]:
            for way, send in ways:
                taken, said = send((STAFF % (number, '甲', offices.today(), '')).encode())
                check('the number %s by %s: %s' % (number, way, why), not taken and why in said, said)
        sheet = io.BytesIO()
        with zipfile.ZipFile(sheet, 'w') as archive:
            archive.writestr('content.xml', '<x>' * 100000)
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr('content.xml', b' ' * 300000000)
        for what, data in (('half a spreadsheet', b'PK\x03\x04' + os.urandom(500)), ('a spreadsheet that is none', sheet.getvalue()),
                           ('a bomb', bomb.getvalue()), ('nine megabytes', b'id_no\n' + b'x' * 9000000),
                           ('a million short rows', b'id_no,name\n' + b'1,2\n' * 1000000), ('one endless cell', b'id_no\n' + b'x' * 5000000)):
            for way, send in ways[:2]:
                before = office.log_size()
                taken, said = send(data)
                check('%s by %s is refused' % (what, way), not taken and office.log_size() <= before + 1, said[:300])
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
