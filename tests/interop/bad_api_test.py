#!/usr/bin/env python3
"""Every command and every list of the API, as openapi.json describes them, given what is none: each is told
which field is wrong and why, nothing fails, nothing is written that the law does not demand.

usage: bad_api_test.py OFFICE_TOOL YOUJU"""
import json
import os
import sys
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bad_input
import office as offices


class Api:
    """One kept connection of one card; what is called here never fails with 5xx, whatever is sent."""

    def __init__(self, office, card):
        self.line = offices.Line(office, card)
        self.calls, self.failures = 0, []

    def send(self, method, path, body=None, key=None, kind='application/json'):
        headers = {'Idempotency-Key': key} if key is not None else {}
        if kind and body is not None:
            headers['Content-Type'] = kind
        reply = self.line.call(method, path, body, headers)
        self.calls += 1
        if reply.status >= 500:
            self.failures.append((path, (body or b'')[:200], reply))
        return reply

    def command(self, name, body, key=None):
        return self.send('POST', '/api/v1/commands/' + name,
                         body if isinstance(body, bytes) else json.dumps(body).encode(), key)


def names(reply, field):
    """Does the reply name this field as wrong, with a reason?"""
    sheet = reply.json.get('sheet') or {}
    if reply.status != 422 or 'field' not in sheet.get('columns', ()):
        return False
    at, why = sheet['columns'].index('field'), sheet['columns'].index('why')
    return any(row[at] == field and row[why] for row in sheet['rows'])


def told(wrong, what, reply, field):
    if not names(reply, field):
        wrong.append((what, field, reply))


def fields_of(command, schema, api, wrong):
    """Each field of one command: missing, empty, and whatever its kind does not take."""
    good = {name: bad_input.plausible(name, field, offices.today()) for name, field in schema['properties'].items()
            if name not in bad_input.HEAD}
    for name in schema.get('required', []):
        told(wrong, command + ' without', api.command(command, {k: v for k, v in good.items() if k != name}), name)
        told(wrong, command + ' with nothing in', api.command(command, {**good, name: ''}), name)
        told(wrong, command + ' with blanks in', api.command(command, {**good, name: ' \t '}), name)
        told(wrong, command + ' with null in', api.command(command, {**good, name: None}), name)
    for name, field in schema['properties'].items():
        if name in bad_input.HEAD:
            continue
        for what, value in bad_input.wrong_values(field):
            told(wrong, '%s with %s in' % (command, what), api.command(command, {**good, name: value}), name)
        for what, text in (('a bell', 'a\x07b'), ('a DEL', 'a\x7f')) if 'maxLength' in field and not field.get('writeOnly') else ():
            told(wrong, '%s with %s in' % (command, what), api.command(command, {**good, name: text}), name)
    return good


def shapes_of(command, good, api, wrong):
    """The object as a whole."""
    told(wrong, command, api.command(command, {**good, 'colour': 'red'}), 'colour')
    told(wrong, command, api.command(command, {**good, '': 'x'}), '')
    told(wrong, command, api.command(command, {**good, 'x' * 5000: 'x'}), 'x' * 5000)
    many = api.command(command, {**good, **{'f%d' % i: 'x' for i in range(1000)}})
    if many.status != 422:
        wrong.append((command, 'a thousand fields', many))
    text = json.dumps({**good, 'zz': 'x'})
    for what, body in (
            ('nothing closed', text[:-1]), ('a list', '[%s]' % text), ('a text', '"x"'), ('a number', '1'), ('null', 'null'),
            ('two objects', text + text), ('a comment', text + '//'), ('a member twice', text[:-1] + ',"zz":"y"}'),
            ('a NUL', text.replace('"x"', '"\\u0000"')), ('a lone surrogate', text.replace('"x"', '"\\ud800"')),
            ('halves swapped', text.replace('"x"', '"\\udc00\\ud800"')), ('a NUL in a name', text.replace('"zz"', '"z\\u0000"')),
            ('a fraction', text.replace('"x"', '1.5')), ('a huge number', text.replace('"x"', '1' * 400)), ('an endless number', text.replace('"x"', '1e999')),
            ('not a number', text.replace('"x"', 'NaN')), ('single quotes', text.replace('"', "'")),
            ('deep lists', text.replace('"x"', '[' * 100000)), ('deep objects', text.replace('"x"', '{"a":' * 3000 + '1' + '}' * 3000)),
            ('a byte order mark', '\ufeff' + text)):
        reply = api.command(command, body.encode())
        if reply.status not in (400, 422) or not (reply.json.get('error') or reply.json.get('sheet')):
            wrong.append((command, what, reply))
    for what, raw in (('invalid UTF-8', b'\xff\xfe'), ('overlong', b'\xc0\xaf'), ('a surrogate in UTF-8', b'\xed\xa0\x80'),
                      ('cut off', b'\xe4\xb8'), ('NUL bytes', b'\0\0')):
        reply = api.command(command, text.encode().replace(b'"x"', b'"' + raw + b'"'))
        if reply.status != 400 or 'byte' not in reply.json.get('error', ''):
            wrong.append((command, what, reply))
    for kind in ('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', ''):
        reply = api.send('POST', '/api/v1/commands/' + command, json.dumps(good).encode(), kind=kind)
        if reply.status != 415:
            wrong.append((command, 'type ' + kind, reply))
    for method in ('GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'BREW'):
        reply = api.send(method, '/api/v1/commands/' + command)
        if reply.status != 405:
            wrong.append((command, method, reply))


def requests(check, api, question):
    wrong = []
    for text in bad_input.WRONG_REQUESTS:
        told(wrong, 'header', api.command('ask', question, key=text), 'request')
        told(wrong, 'member', api.command('ask', {**question, 'request': text}), 'request')
    for value in (1, {}, [], True, ''):
        told(wrong, 'member', api.command('ask', {**question, 'request': value}), 'request')
    check('%d request numbers that are none are told' % (2 * len(bad_input.WRONG_REQUESTS) + 5), not wrong, wrong[:5])
    drawn = uuid.uuid4()
    first = api.command('ask', question, key=str(drawn))
    same = [api.command('ask', question, key=spelled) for spelled in
            (str(drawn), drawn.hex, drawn.hex.upper(), offices.base64.urlsafe_b64encode(drawn.bytes).decode().rstrip('='))]
    same.append(api.command('ask', {**question, 'request': str(drawn)}))
    check('one number in four spellings is one question', first.json.get('verdict') == 'granted' and
          {reply.json.get('entry') for reply in same} == {first.json['entry']}, [first] + same)
    other = api.command('ask', {**question, 'anchor_date': offices.today(-1)}, key=drawn.hex)
    check('other content under the same number is refused', other.json.get('refusal') == 'request_reused', other)


def sheets(check, api, described):
    wrong = []
    for path in (path for path in described['paths'] if '/sheets/' in path):
        for query in ('limit=0', 'limit=-1', 'limit=abc', 'limit=99999999999', 'after=abc', 'after=-1', 'colour=red', 'limit=1&limit=2',
                      'limit', '=', '%zz', 'after=%00', 'case_no=' + 'x' * 1500, 'after=' + '9' * 30, 'x=%ff'):
            reply = api.send('GET', path + '?' + query)
            if reply.status not in (200, 400, 422):
                wrong.append((path, query, reply))
        for body in ({'colour': 'red'}, {'limit': {}}, {'after': [1]}, {'x%d' % i: 1 for i in range(1000)}, [], 'x'):
            reply = api.send('POST', path, json.dumps(body).encode())
            if reply.status not in (400, 422):
                wrong.append((path, str(body)[:60], reply))
        if api.send('GET', path + '?colour=red').status != 422:
            wrong.append((path, 'an unknown filter by GET'))
    check('every list tells what it does not understand', not wrong, wrong[:5])
    for path, status in (('/api/v1/commands/nothing', 404), ('/api/v1/commands/ask/x', 404),
                         ('/api/v1/commands/deliver', 404), ('/api/v1/commands/first_start', 404), ('/api/v1/sheets/' + 'x' * 1500, 404),
                         ('/api/v1/commands/../sheets/my_tasks', 400), ('/api/v2/commands/ask', 404), ('//api/v1/commands/ask', 400)):
        reply = api.send('POST', path, b'{}')
        check('%s: %d' % (path[:50], status), reply.status == status, reply)


def law(check, office, question):
    """What the law refuses, with rule and next step; each refusal stands in the log."""
    for what, refusal, changes in (
            ('an unknown case', 'case_unknown', {'case_no': '999-0001'}), ('a strange case', 'case_unknown', {'case_no': "1' OR 1=1 --"}),
            ('somebody who is no party', 'subject_not_in_case', {'subject': '99'}), ('party 0', 'id_no_invalid', {'subject': '0'}),
            ('a number of nobody', 'subject_not_in_case', {'subject': 'A123456789'}),
            ('a basis that is none', 'basis_unknown', {'legal_basis': 'B_NONE'}), ('an item not granted', 'item_not_of_basis', {'item': 'item_7'}),
            ('a wide range without reason', 'reason_needed', {'range': 'history'}),
            ('an anchor too early', 'anchor_out_of_range', {'anchor_date': '1985-01-01'}),
            ('an anchor too late', 'anchor_out_of_range', {'anchor_date': offices.today(100)})):
        before = office.log_size()
        reply = office.question(**changes)
        check('%s: %s' % (what, refusal), reply.status == 200 and reply.json.get('refusal') == refusal and reply.json.get('rule') and
              reply.json.get('next_step') and reply.json.get('entry') and office.log_size() == before + 1, reply)
    for number, said in bad_input.WRONG_NUMBERS:
        reply = office.question(subject=number)
        check('the number %s: F1.id_no, %s' % (number, said), reply.json.get('refusal') == 'id_no_invalid' and
              reply.json.get('rule') == 'F1.id_no' and said in reply.json.get('detail', ''), reply)
    reply = office.question(subject='護照 300-123-456')
    check('a passport of nobody: subject_not_in_case', reply.json.get('refusal') == 'subject_not_in_case', reply)
    for card, refusal in (('lin', 'case_of_other_office'), ('expired', 'card_expired'), ('revoked', 'card_revoked'), ('foreign', 'card_foreign'),
                          ('stranger', 'card_unknown'), ('auditor', 'duty_not_entitled')):
        reply = office.question(card)
        check('with the card %s: %s' % (card, refusal), reply.status == 200 and reply.json.get('refusal') == refusal and
              reply.json.get('rule') and reply.json.get('next_step'), reply)
    check('without a card there is no answer', refused_handshake(office))


def refused_handshake(office):
    try:
        office.http('GET', '/healthz')
        return False
    except OSError:
        return True


def main():
    check = offices.Checks()
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]))
    try:
        office.first_start()
        office.case_import()
        api = Api(office, 'mei')
        described = api.send('GET', '/api/v1/openapi.json').json
        check('the card opens a session', api.send('GET', '/api/v1/sheets/my_tasks').status == 200)
        question = {'case_no': '113-0041', 'subject': '1', 'legal_basis': 'B_LOW', 'purpose': 'yearly_recheck', 'item': 'item_1',
                    'range': 'residence', 'anchor_date': offices.today()}
        for path in (path for path in described['paths'] if '/commands/' in path):
            command, wrong, before = path.split('/')[-1], [], (api.calls, office.log_size())
            schema = described['paths'][path]['post']['requestBody']['content']['application/json']['schema']
            good = fields_of(command, schema, api, wrong)
            shapes_of(command, good, api, wrong)
            check('%s: each of %d wrong requests is told which field and why' % (command, api.calls - before[0]), not wrong, wrong[:4])
            check('%s: what was not understood wrote nothing' % command, office.log_size() == before[1],
                  (before[1], office.log_size()))
        requests(check, api, question)
        sheets(check, api, described)
        law(check, office, question)
        check('nothing of %d calls failed' % api.calls, not api.failures, api.failures[:5])
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
