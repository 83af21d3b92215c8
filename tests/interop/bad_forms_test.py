#!/usr/bin/env python3
"""Every form of the pages, given what it must not swallow: the page comes back with each wrong field marked and
what was typed still in it; forms of strangers are refused; nothing fails.

usage: bad_forms_test.py OFFICE_TOOL YOUJU"""
import os
import re
import sys
from urllib.parse import quote, urlencode

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bad_input
import office as offices


def hidden(page):
    """csrf and request of the command's own form."""
    inner = page[page.rindex('<form method="post" action="/'):]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inner))


def marked(reply, field):
    """Is the field marked, with a reason beside it?"""
    text = reply.body.decode()
    if reply.status == 422 and 'id="%s"' % field not in text and 'name="%s:' % field not in text:
        return True  # the form carries it, nobody types it
    rows = text.split('class="row')
    return reply.status == 422 and any(row.startswith(' wrong"') and 'class="why"' in row and any(
        '%s="%s%s' % (attribute, field, end) in row for attribute in ('for', 'name', 'id') for end in '":') for row in rows)


def fields_of(browser, command, schema, wrong):
    shown = browser.get('/do/' + command)
    if shown.status != 200:
        wrong.append((command, shown))
        return
    base = hidden(shown.body.decode())
    good = {name: str(bad_input.plausible(name, field, offices.today())).lower() if field.get('type') == 'boolean' else
            str(bad_input.plausible(name, field, offices.today())) for name, field in schema['properties'].items() if name not in bad_input.HEAD}
    for name in schema.get('required', []):
        for what, fields in (('nothing', {k: v for k, v in good.items() if k != name}), ('empty', {**good, name: ''}),
                             ('blanks', {**good, name: '  '})):
            reply = browser.post('/do/' + command, {**base, **fields})
            if not marked(reply, name):
                wrong.append((command, name, what, reply))
    for name, field in schema['properties'].items():
        if name in bad_input.HEAD or field.get('type') == 'boolean' or 'array' in field['type']:
            continue
        for what, value in bad_input.wrong_values(field):
            if isinstance(value, (dict, list)):
                continue
            reply = browser.post('/do/' + command, {**base, **good, name: str(value)})
            if not marked(reply, name):
                wrong.append((command, name, what, reply))
    shapes_of(browser, command, {**base, **good}, wrong)


def shapes_of(browser, command, good, wrong):
    path, text, form = '/do/' + command, urlencode(good), 'application/x-www-form-urlencoded'
    parts = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
    for what, status, body, kind in (
            ('a field twice', 400, text + '&zz=1&zz=2', form), ('a thousand fields', 400, text + ''.join('&f%d=1' % i for i in range(1000)), form),
            ('a NUL', 400, text + '&zz=%00', form), ('invalid UTF-8', 400, text + '&zz=%ff', form), ('a surrogate', 400, text + '&zz=%ed%a0%80', form),
            ('half an escape', 400, text + '&zz=%4', form), ('no escape', 400, text + '&zz=%zz', form), ('no equals', 400, text + '&zz', form),
            ('a field without name', 400, text + '&=1', form), ('a control in a name', 400, text + '&z%0a=1', form),
            ('text', 415, text, 'text/plain'), ('JSON', 415, '{}', 'application/json'), ('parts', 415, parts, 'multipart/form-data; boundary=x'),
            ('no type', 415, text, ''), ('two megabytes', 413, text + '&zz=' + 'x' * 2000000, form),
            ('without a token', 403, urlencode({k: v for k, v in good.items() if k != 'csrf'}), form),
            ('with a wrong token', 403, urlencode({**good, 'csrf': 'A' * 24}), form), ('nothing', 403, '', form)):
        reply = browser.call('POST', path, body.encode(), kind)
        if reply.status not in (status, 0) or (reply.status == 0 and status != 413):
            wrong.append((command, what, reply))
    for origin in ('https://evil.example', 'null', 'http://localhost:%d' % browser.office.card_port, 'https://localhost:1'):
        reply = browser.call('POST', path, text.encode(), form, {'Origin': origin})
        if reply.status != 403:
            wrong.append((command, origin, reply))
    for cookie in ('', '__Host-session=abc', '__Host-session=' + 'A' * 43, browser.cookie + '; ' + browser.cookie):
        reply = browser.call('POST', path, text.encode(), form, {'Cookie': cookie})
        if reply.status not in (401, 403):
            wrong.append((command, 'cookie ' + cookie, reply))
    for request in ('abc', '', 'A' * 21 + 'B'):
        reply = browser.post(path, {**good, 'request': request})
        if reply.status != 422 or '>request<' not in reply.body.decode():
            wrong.append((command, 'request ' + request, reply))


def pages(check, browser):
    """Addresses that lead nowhere, or carry what no page asks for."""
    wrong = []
    for path in ('/nothing', '/do/nothing', '/do/deliver', '/lists/nothing', '/assets/../youju.conf', '/assets/nothing', '/import/nothing', '/do/',
                 '/ask?case_no=%zz', '/ask?case_no=%00', '/ask?a=1&a=2', '/paste?asked=abc', '/paste?asked=-1', '/paste?asked=99999999999999999999',
                 '/query?asked=x', '/receipt?entry=abc', '/receipt?entry=99999999999', '/receipt', '/query', '/case?case_no=' + quote("x' --"),
                 '/case', '/log?first=abc', '/lists/parameters?after=abc', '/lists/my_tasks?after=-5', '/language/xx', '/..', '/%2e%2e/keys', '/a//b'):
        reply = browser.get(path)
        if reply.status >= 500 or reply.status == 0 or not (reply.body or reply.status in (303, 404)):
            wrong.append((path, reply))
    check('addresses that lead nowhere have their page', not wrong, wrong[:3])


def prefilled(check, browser):
    """What the case says need not be typed, and so cannot be mistyped."""
    text = browser.get('/ask?case_no=113-0041').body.decode()
    check('the form of a question takes basis and purpose from the case', all('value="%s" selected' % word in text for word in (
        'B_LOW', 'application', 'residence')), text)
    text = browser.get('/ask?case_no=999-0001').body.decode()
    check('an unknown case suggests no basis', 'value="B_LOW" selected' not in text and 'yearly_recheck" selected' in text, text)


def numbers(check, browser):
    """The failing check of a number is said where it was typed (F1.id_no)."""
    wrong = []
    for number, said in bad_input.WRONG_NUMBERS:
        reply = browser.form('/ask', case_no='113-0041', subject=number, legal_basis='B_LOW', purpose='yearly_recheck',
                             item='item_1', range='residence', anchor_date=offices.today())
        if reply.status != 200 or said not in reply.body.decode() or 'F1.id_no' not in reply.body.decode():
            wrong.append((number, said, reply))
    check('each wrong number is told by the check that failed', not wrong, wrong[:2])


def pasted(check, browser, office):
    """Lines that could not be read come back with number and reason."""
    asked = browser.form('/ask', case_no='113-0041', subject='1', legal_basis='B_LOW', purpose='yearly_recheck', item='item_1',
                         range='residence', anchor_date=offices.today(), waits_for='person')
    entry = re.search(r'/paste\?asked=(\d+)', asked.body.decode()).group(1)
    for lines, status in (('only words\nand 出境 nothing', 'paste_unreadable'), ('1 出境 20260230\n2 入境 20260320\nwords', 'answered')):
        reply = browser.form('/paste?asked=' + entry, result='found', lines=lines)
        text = reply.body.decode()
        check('pasted lines that were not read are shown with number and reason: %s' % status, reply.status == 200 and
              'Lines that could not be taken' in text and re.search(r'<td>1</td>', text) and 'does not say' in text, reply)


def main():
    check = offices.Checks()
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]))
    try:
        office.first_start()
        office.case_import()
        browser = offices.Browser(office, 'mei')
        described = office.http('GET', '/api/v1/openapi.json', card='mei').json
        for path in (path for path in described['paths'] if '/commands/' in path and not path.endswith('sign_out')):
            command, wrong, before, calls = path.split('/')[-1], [], office.log_size(), len(browser.pages)
            fields_of(browser, command, described['paths'][path]['post']['requestBody']['content']['application/json']['schema'], wrong)
            check('%s: each of %d wrong forms comes back marked' % (command, len(browser.pages) - calls), not wrong, wrong[:3])
            check('%s: nothing was written' % command, office.log_size() == before, (before, office.log_size()))
        pages(check, browser)
        browser.get('/language/en')
        prefilled(check, browser)
        numbers(check, browser)
        pasted(check, browser, office)
        failed = [(path, reply) for path, reply in browser.pages if reply.status >= 500]
        check('nothing of %d pages failed' % len(browser.pages), not failed, failed[:3])
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
