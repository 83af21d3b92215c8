"""A small served office for tests that look at the whole service from outside: Office starts it,
Checks counts. People are those of office_tool.c; 113-0041 is a case of sanmin with one party."""
import base64
import datetime
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse
from http.client import HTTPException, HTTPSConnection


class Checks:
    def __init__(self):
        self.results = []

    def __call__(self, name, holds, why=''):
        self.results.append(bool(holds))
        print('%s %d - %s' % ('ok' if holds else 'not ok', len(self.results), name), flush=True)
        if not holds:
            print('# ' + str(why)[:3000].replace('\n', '\n# '))

    def end(self):
        print('1..%d' % len(self.results))
        return 0 if self.results and all(self.results) else 1


def within(seconds, holds):
    """Waits until it holds; False when it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def request():
    return base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip('=')


def today(days=0):
    local = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, days=days)
    return local.strftime('%Y-%m-%d')


def free_ports():
    sockets = [socket.socket() for _ in range(2)]
    for one in sockets:
        one.bind(('127.0.0.1', 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        try:
            self.json = json.loads(body)
        except ValueError:
            self.json = {}

    def __repr__(self):
        return '%d %s' % (self.status, self.body.decode('utf-8', 'replace'))


class Office:
    """Made, served and started: custodian and supervisor of the bureau, mei and lin in two offices."""

    def __init__(self, tool, youju, known='X100000009', name='張測試', settings=''):
        self.youju = youju
        self.work = tempfile.mkdtemp(prefix='youju-interop-')
        self.dir = os.path.join(self.work, 'office')
        self.web_port, self.card_port = free_ports()
        self.known, self.known_name = known, name
        made = subprocess.run([tool, self.dir, str(self.web_port), str(self.card_port), known, name],
                              capture_output=True, text=True, timeout=60)
        assert made.returncode == 0, made.stderr
        self.serials = dict(line.split() for line in made.stdout.splitlines())
        if settings:  # of users of their own, whom the folder must let through
            os.chmod(self.work, 0o711)
            with open(os.path.join(self.dir, 'youju.conf'), 'a') as conf:
                conf.write(settings)
        self.errors = os.path.join(self.work, 'stderr')
        self.server = None
        self.serve()

    # --- the service ---

    def serve(self):
        with open(self.errors, 'ab') as errors:
            self.server = subprocess.Popen([self.youju, 'serve', self.dir], stdin=subprocess.DEVNULL, stdout=errors,
                                           stderr=errors)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.server.poll() is None:
            try:
                if self.http('GET', '/healthz', port=self.web_port).status == 200:
                    self.started = os.path.getsize(self.errors)
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError('the service did not start: ' + open(self.errors).read())

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)
        return self.server.returncode

    def remove(self):
        self.stop()
        shutil.rmtree(self.work)

    def log_size(self):
        """Entries in the log, as the keeper tells them to the operator."""
        text = self.http('GET', '/metrics', port=self.web_port).body.decode()
        return int(next(line for line in text.splitlines() if line.startswith('youju_log_entries ')).split()[1])

    def holds(self, check):
        """After whatever was done to it: it answers, the log checks, the tables are those of the log."""
        check('it still answers', self.http('GET', '/healthz', port=self.web_port).status == 200)
        said = open(self.errors, 'rb').read()[self.started:].decode()
        check('no role ended', 'starting it again' not in said, said)
        done = self.run('log', 'check', self.dir)
        check('the log checks', done[0] == 0, done)
        done = self.run('rebuild', self.dir, '--compare')
        check('the tables are those of the log', done[0] == 0, done)

    def restarted(self, role):
        """Kills one role and waits until another has taken its place and the keeper answers."""
        before = {name: pid for pid, name in self.roles().items()}['youju-' + role]
        os.kill(before, signal.SIGKILL)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            now = {name: pid for pid, name in self.roles().items()}.get('youju-' + role)
            if now and now != before and self.http('GET', '/healthz', port=self.web_port).status == 200:
                self.started = os.path.getsize(self.errors)
                return
            time.sleep(0.05)
        raise AssertionError(role + ' was not started again')

    def roles(self):
        """pid and name of the supervisor and each role."""
        pid = self.server.pid
        with open('/proc/%d/task/%d/children' % (pid, pid)) as children:
            pids = [pid] + [int(child) for child in children.read().split()]
        return {one: open('/proc/%d/comm' % one).read().strip() for one in pids}

    # --- talking ---

    def card(self, name):
        return os.path.join(self.dir, 'cards', name + '.pem')

    def connection(self, card=None, port=None):
        context = ssl.create_default_context(cafile=os.path.join(self.dir, 'tls/ca/test-root.pem'))
        if card:
            context.load_cert_chain(self.card(card))
        return HTTPSConnection('localhost', port or self.card_port, context=context, timeout=20)

    def http(self, method, path, body=None, card=None, port=None, headers=None):
        connection = self.connection(card, port)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            reply = connection.getresponse()
            return Reply(reply.status, reply.getheaders(), reply.read())
        finally:
            connection.close()

    def api(self, card, command, key=None, **fields):
        headers = {'Content-Type': 'application/json'}
        if key:
            headers['Idempotency-Key'] = key
        return self.http('POST', '/api/v1/commands/' + command, json.dumps(fields).encode(), card, headers=headers)

    def sheet(self, card, name, **filters):
        return self.http('POST', '/api/v1/sheets/' + name, json.dumps(filters).encode(), card,
                         headers={'Content-Type': 'application/json'})

    def question(self, card='mei', key=None, **changes):
        asked = {'case_no': '113-0041', 'subject': '1', 'legal_basis': 'B_LOW', 'purpose': 'yearly_recheck',
                 'item': 'item_1', 'range': 'residence', 'anchor_date': today(), **changes}
        return self.api(card, 'ask', key, **{name: value for name, value in asked.items() if value is not None})

    def run(self, *args, stdin=None, **more):
        """The command line; returns code, output, errors."""
        done = subprocess.run([self.youju, *args], input=stdin, capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, LC_ALL='C.UTF-8'), **more)
        return done.returncode, done.stdout, done.stderr

    def do(self, card, command, *fields, stdin=None):
        return self.run('do', self.dir, command, '--as', self.card(card), '--json', *fields, stdin=stdin)

    # --- the usual beginning ---

    def granted(self, done):
        assert done[0] == 0, done
        return json.loads(done[1])

    def imports(self, kind, rows):
        return self.granted(self.do('custodian', 'import_list', 'import_kind=' + kind, 'file=@-', stdin=rows))

    def approve_all(self):
        _, out, _ = self.run('show', self.dir, 'proposals', '--as', self.card('supervisor'), '--json')
        for row in json.loads(out)['rows']:
            self.granted(self.do('supervisor', 'approve_proposal', 'proposal=' + str(row['key'])))

    def first_start(self):
        self.granted(self.run('do', self.dir, 'first_start', '--as', self.card('custodian'), '--with',
                              self.card('supervisor'), '--json', 'office_name=高雄市政府社會局', 'custodian_id_no=@-',
                              'supervisor_id_no=@-', stdin='A123456789\nA100000001\n'))
        self.imports('organisation', 'office,name,office_kind,parent\nsanmin,三民區公所,district_office,bureau\n'
                     'zuoying,左營區公所,district_office,bureau\n')
        self.imports('staff', 'id_no,name,office,duty,valid_from,card_serial,ground\n' + ''.join(
            '%s,%s,%s,%s,%s,%s,%s\n' % (number, name, office, duty, today(), self.serials[card],
                                        'section_chief_or_above' if duty == 'auditor' else '')
            for number, name, office, duty, card in (
                ('A200000003', '王小美', 'sanmin', 'officer', 'mei'),
                ('E123456783', '林左營', 'zuoying', 'officer', 'lin'),
                ('F131104093', '周稽核', 'bureau', 'auditor', 'auditor'),
                ('C120863159', '方保密', 'sanmin', 'officer', 'sealed'))))
        self.granted(self.do('custodian', 'propose_basis', 'basis=B_LOW', 'name=低收入戶', 'day_test=true',
                             'data_request=社會救助法第44條之3', 'items=item_1,item_3', 'valid_from=' + today()))
        for name in ('query.quota_hour', 'query.quota_day'):
            self.granted(self.do('custodian', 'propose_parameter', 'name=' + name, 'value=1000', 'effective=' + today()))
        self.approve_all()
        self.imports('grants', 'id_no,office,item,legal_basis,valid_from,valid_to\n' + ''.join(
            '%s,%s,%s,B_LOW,%s,%s\n' % (number, office, item, today(), today(300))
            for number, office in (('A200000003', 'sanmin'), ('E123456783', 'zuoying'))
            for item in ('item_1', 'item_3')))

    def case_import(self):
        self.imports('cases', 'case_no,office,legal_basis,opened_on,party_no,id_no,name,birth_date,person_kind,relation\n'
                     '113-0041,sanmin,B_LOW,%s,1,%s,%s,1960-01-01,registered_national,claimant\n'
                     % (today(), self.known, self.known_name))


class Line:
    """One kept connection. Status 0: the service closed, as it may while a body comes that it does not want."""

    def __init__(self, office, card):
        self.office, self.card, self.connection = office, card, None

    def call(self, method, path, body, headers):
        for _ in range(2):  # a kept connection may have ended meanwhile
            self.connection = self.connection or self.office.connection(self.card)
            try:
                self.connection.request(method, path, body=body, headers=headers)
                got = self.connection.getresponse()
                return Reply(got.status, got.getheaders(), got.read())
            except (OSError, HTTPException) as failed:
                why = failed
                self.connection.close()
                self.connection = None
        return Reply(0, [], str(why).encode())


class Browser:
    """A person's browser on the card listener: cookie, forms, and every header that came."""

    def __init__(self, office, card):
        self.office, self.line, self.cookie, self.language = office, Line(office, card), '', ''
        self.origin = 'https://localhost:%d' % office.card_port
        self.headers, self.pages = [], []
        self.post('/sign-in', {})

    def call(self, method, path, body=None, kind='application/x-www-form-urlencoded', more=None):
        headers = {'Origin': self.origin, 'Cookie': '; '.join(filter(None, (self.cookie, self.language)))}
        if body is not None and kind:
            headers['Content-Type'] = kind
        headers.update(more or {})
        reply = self.line.call(method, path, body, headers)
        for name, value in reply.headers:
            if name.lower() == 'set-cookie' and value.startswith('__Host-session'):
                self.cookie = value.split(';')[0]
            elif name.lower() == 'set-cookie':
                self.language = value.split(';')[0]
        self.headers += reply.headers
        self.pages.append((path, reply))
        return reply

    def get(self, path):
        return self.call('GET', path)

    def post(self, path, fields):
        return self.call('POST', path, urllib.parse.urlencode(fields))

    def form(self, path, **fields):
        """Fills in the form of a page: its hidden fields and ours."""
        page = self.get(path).body.decode()
        target = re.search(r'<form method="post" action="(/(?!sign-out)[^"]*)"', page).group(1)
        inner = page[page.index('action="%s"' % target):]
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inner[:inner.index('</form>')])
        return self.post(target, {**dict(hidden), **fields})
