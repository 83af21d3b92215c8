#!/usr/bin/env python3
"""Plants a name, identity numbers, records, a reason and a PIN that nobody can mistake, uses the whole
service, and looks for them wherever they must not be.
usage: secrets_test.py OFFICE_TOOL YOUJU
shows: G1, C25"""
import base64
import glob
import hashlib
import os
import re
import sys
import threading
import time
import urllib.parse

import office as offices

NAME, NUMBER = '植栽𡍼芭樂', 'Q299471839'
OTHER_NAME, OTHER_NUMBER = '埋名𪚥隱姓', 'T129746386'
FLIGHT, REASON, PIN = 'ZQ98765', '為查明盆栽去向而說明', 'pin-4711-planted'
TYPED_WRONG = 'Q299471830'
SECRETS = [NAME, NUMBER, OTHER_NAME, OTHER_NUMBER, FLIGHT, REASON, PIN, TYPED_WRONG, '陳專責', '王小美', 'A200000003']


def shapes(secret):
    """The ways in which bytes of a secret may lie about."""
    plain = secret.encode()
    digest = hashlib.sha256(plain).digest()
    return {'plain': plain, 'utf-16': secret.encode('utf-16-le'), 'base64': base64.b64encode(plain).rstrip(b'='),
            'percent': urllib.parse.quote(secret).encode(), 'hex': plain.hex().encode(),
            'escaped': secret.encode('unicode_escape'), 'digest': digest, 'digest in hex': digest.hex().encode(),
            'digest in base64': base64.b64encode(digest).rstrip(b'='),
            'digest in base64url': base64.urlsafe_b64encode(digest).rstrip(b'=')}


NEEDLES = [(secret, shape, text) for secret in SECRETS for shape, text in shapes(secret).items() if len(text) >= 6]


def found_in(place, data):
    return ['%s (%s) in %s' % (secret, shape, place) for secret, shape, text in NEEDLES if text in data]


class Watch(threading.Thread):
    """What other users of the machine can see of processes."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.over = set(), False

    def look(self):
        for path in glob.glob('/proc/[0-9]*/cmdline'):
            try:
                with open(path, 'rb') as file:
                    text = file.read()
            except OSError:
                continue
            if b'youju' in text and b'office_tool' not in text:
                self.seen.add(text)

    def run(self):
        while not self.over:
            self.look()
            time.sleep(0.002)


def counter_case(check, browser):
    day = offices.today()
    reply = browser.form('/do/open_case', case_no='115-0007', legal_basis='B_LOW', intake_no='I-7', received_on=day)
    check('a case is opened at the counter', reply.status == 200 and 'class="outcome yes' in reply.body.decode(), reply)
    reply = browser.form('/do/add_party', case_no='115-0007', id_no=NUMBER, name=NAME, birth_date='1960-01-01',
                         person_kind='registered_national', relation='claimant', intake_no='I-7', received_on=day)
    check('a party is added', reply.status == 200 and 'class="outcome yes' in reply.body.decode(), reply)
    reply = browser.form('/do/add_party', case_no='115-0007', id_no=TYPED_WRONG, name=OTHER_NAME,
                         person_kind='registered_national', relation='household_member', intake_no='I-7',
                         received_on=day)
    check('a wrong number is refused', 'id_no_invalid' in reply.body.decode() or 'F1.id_no' in reply.body.decode(), reply)


def questions(check, office, browser):
    key = {'case_no': '115-0007', 'card': 'mei'}
    reply = office.question(subject=NUMBER, **key)
    check('asked by number', reply.json.get('verdict') == 'granted', reply)
    reply = office.question(subject=OTHER_NUMBER, **key)
    check('somebody else is refused by number', reply.json.get('refusal') == 'subject_not_in_case', reply)
    reply = office.question(subject=TYPED_WRONG, **key)
    check('a wrong number is refused as such', reply.json.get('refusal') == 'id_no_invalid', reply)
    reply = office.question(card='lin', subject=NUMBER, case_no='115-0007')
    check('another office is refused', reply.json.get('refusal') == 'case_of_other_office', reply)
    reply = office.question(subject='1', range='history', reason_code='other', reason=REASON, **key)
    check('a reason in words is taken', reply.status == 200 and reply.json.get('entry'), reply)
    reply = browser.form('/ask', case_no='115-0007', subject=NUMBER, legal_basis='B_LOW', purpose='yearly_recheck',
                         item='item_1', range='residence', anchor_date=offices.today())
    check('asked in the browser', reply.status == 200, reply)


def paste(check, office, browser):
    table = 'direction\tevent_date\tcarrier_no\tname\tdoc_no\nout\t%s\t%s\t%s\t%s\n' % (
        offices.today(-30), FLIGHT, NAME, NUMBER)
    asked = office.question(case_no='115-0007', waits_for='person').json
    check('a question waits for a person', asked.get('verdict') == 'waiting', asked)
    mixed = table.replace(NUMBER, OTHER_NUMBER)
    reply = office.api('mei', 'paste_answer', asked=asked['asked_entry'], result='found', lines=mixed)
    check('rows of somebody else are refused', reply.json.get('refusal') == 'paste_mixed', reply)
    reply = browser.form('/paste?asked=%d' % asked['asked_entry'], result='found', lines=table)
    check('rows are pasted', reply.status == 200, reply)
    code, out, _ = office.run('show', office.dir, 'query', '--as', office.card('mei'), '--json',
                              'asked=%d' % asked['asked_entry'])
    check('the pasted question is answered', code == 0 and '"answered"' in out, out)


def lists(check, office, browser):
    reply = office.sheet('mei', 'case_parties', case_no='115-0007')
    check('who is entitled reads the name', NAME.encode() in reply.body, reply)
    for path in ('/', '/case?case_no=115-0007', '/queries', '/lists/my_cases', '/lists/my_grants', '/do/add_party'):
        reply = browser.get(path)
        check('page %s is shown' % path, reply.status == 200, reply.status)
    office.sheet('supervisor', 'refusals')
    office.sheet('auditor', 'people')
    office.sheet('auditor', 'refusals')


def card_with_pin(check, office):
    reader, writer = os.pipe()
    os.write(writer, PIN.encode() + b'\n')
    os.close(writer)
    done = office.run('show', office.dir, 'my_duties', '--as', office.card('sealed'), '--pin-fd', str(reader),
                      pass_fds=[reader])
    os.close(reader)
    check('a card opens with its PIN', done[0] == 0, done)
    done = office.run('do', office.dir, 'add_party', '--as', office.card('mei'), 'case_no=115-0007', 'id_no=' + 'X')
    check('the command line takes no secret from its arguments', done[0] == 2, done)


def processes(check, office):
    limits = {}
    for pid, name in office.roles().items():
        with open('/proc/%d/limits' % pid) as file:
            limits[name] = re.search(r'Max core file size\s+(\d+)\s+(\d+)', file.read()).groups()
    check('no process leaves a core dump', len(limits) >= 5 and all(limit == ('0', '0') for limit in limits.values()),
          limits)


def stored(office):
    """Every file of the data directory but the agency's, the cards and the keys."""
    places = {}
    for folder, _, names in os.walk(office.dir):
        if os.path.relpath(folder, office.dir).split(os.sep)[0] in ('cards', 'tls', 'keys'):
            continue
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not name.startswith('source.db'):
                places[os.path.relpath(path, office.dir)] = open(path, 'rb').read()
    return places


def nothing_lies_about(check, office, browser, watch):
    # A checkpoint is signed at most once a second: the newest entries are exported a little later.
    for attempt in range(20):
        export = os.path.join(office.work, f'export-{attempt}')
        done = office.run('log', 'export', office.dir, export)[0] == 0
        exported = b''.join(open(path, 'rb').read() for path in glob.glob(export + '/**', recursive=True)
                            if os.path.isfile(path))
        if not done or exported.count(b'"kind":"query_asked"') >= 4:
            break
        time.sleep(0.5)
    check('the log is exported', done)
    check('the export holds the questions', exported.count(b'"kind":"query_asked"') >= 4)
    check('nothing in the exported entries', not found_in('export', exported), found_in('export', exported))
    files = stored(office)
    check('vault, tables and log are looked at', {'vault.db', 'youju.db', 'youju.conf'} <= set(files)
          and any(name.startswith('log/segments') for name in files), list(files))
    found = [one for name, data in files.items() for one in found_in(name, data)]
    check('nothing in the %d files of the data directory' % len(files), not found, found)
    with open(office.errors, 'rb') as errors:
        check('nothing in what the processes said', not (found := found_in('stderr', errors.read())), found)
    check('arguments were looked at', len(watch.seen) >= 5, watch.seen)
    check('nothing in arguments', not (found := found_in('argv', b'\n'.join(watch.seen))), found)
    heads = '\n'.join('%s: %s' % header for header in browser.headers).encode('utf-8', 'replace')
    check('nothing in response headers and redirects', not (found := found_in('headers', heads)), found)


def pages(check, browser):
    kept = [(path, reply.headers) for path, reply in browser.pages
            if dict(reply.headers).get('Cache-Control') != 'no-store']
    check('no page may be kept by the browser', len(browser.pages) > 10 and not kept, kept)
    links = b'\n'.join(b'\n'.join(re.findall(rb'(?:href|src|action)="([^"]*)"', reply.body))
                       for _, reply in browser.pages)
    check('nothing in links', links and not (found := found_in('links', links)), links)


def main():
    check = offices.Checks()
    office = offices.Office(sys.argv[1], sys.argv[2], NUMBER, NAME)
    watch = Watch()
    try:
        watch.start()
        office.first_start()
        browser = offices.Browser(office, 'mei')
        counter_case(check, browser)
        questions(check, office, browser)
        paste(check, office, browser)
        lists(check, office, browser)
        card_with_pin(check, office)
        processes(check, office)
        pages(check, browser)
        nothing_lies_about(check, office, browser, watch)
        watch.over = True
        check('the service stops when told to', office.stop() == 0)
        found = [one for name, data in stored(office).items() for one in found_in(name, data)]
        check('nothing after the service has stopped', not found, found)
    finally:
        watch.over = True
        office.remove()
    return check.end()


sys.exit(main())
