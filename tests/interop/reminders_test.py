#!/usr/bin/env python3
"""A mail system of this machine takes the reminders, refuses some, is away: what reaches it is read by Python's email
package.
usage: reminders_test.py OFFICE_TOOL YOUJU"""
import email
import email.policy
import glob
import os
import queue
import socket
import socketserver
import subprocess
import sys
import threading
import time

import office as offices

CUSTODIAN, SUPERVISOR, MEI = 'custodian@kcg.example.tw', 'supervisor@kcg.example.tw', 'mei@kcg.example.tw'
LINK = 'https://youju.kcg.example.tw/tasks'
PERSONAL = ['陳專責', '林主管', '王小美', 'A123456789', 'A100000001', 'A200000003', 'custodian', 'supervisor']


class Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one mail needs."""

    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        mta, to = self.server, []
        mta.callers.add(self.client_address[0])
        if mta.silent:
            mta.held.put(self.connection)
            mta.go_on.wait(30)
        self.say('220 mail.example.tw ESMTP')
        for line in iter(self.rfile.readline, b''):
            verb = line.strip().decode('ascii').upper()
            if verb.startswith(('EHLO', 'HELO')):
                self.say('250 mail.example.tw')
            elif verb.startswith('MAIL FROM:'):
                mta.senders.add(line.strip().decode()[10:].strip())
                self.say('451 come back later' if mta.busy else '250 ok')
            elif verb.startswith('RCPT TO:'):
                name = line.strip().decode()[8:].strip().strip('<>')
                if name in mta.refused:
                    self.say('550 no such user')
                else:
                    to.append(name)
                    self.say('250 ok')
            elif verb == 'DATA':
                self.say('354 go on')
                lines = []
                for line in iter(self.rfile.readline, b'.\r\n'):
                    lines.append(line[1:] if line.startswith(b'.') else line)
                mta.mails.append((to, b''.join(lines)))
                self.say('250 taken')
            elif verb == 'QUIT':
                self.say('221 bye')
                return
            else:
                self.say('502 what')


class Mta(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, port):
        super().__init__(('127.0.0.1', port), Talk)
        self.mails, self.callers, self.senders, self.refused, self.busy, self.silent = [], set(), set(), set(), False, False
        self.held, self.go_on = queue.Queue(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


def metric(office, name):
    text = office.http('GET', '/metrics', port=office.web_port).body.decode()
    return int(next(line for line in text.splitlines() if line.startswith(name + ' ')).split()[1])


def again(office):
    office.stop()
    office.serve()


def told(office, why):
    _, out, _ = office.run('show', office.dir, 'status', '--as', office.card('custodian'), '--json')
    return 'did not leave' in out and why in out


def entries(office):
    return sum(open(path, 'rb').read().count(b'"reminder_sent"') for path in glob.glob(office.dir + '/log/segments/*'))


def staff(office, check):
    head = 'id_no,name,office,email,duty,valid_from\n'
    code, out, _ = office.do('custodian', 'import_list', 'import_kind=staff', 'file=@-', stdin=head +
                             'A200000003,王小美,sanmin,"mei@kcg.example.tw,lin@kcg.example.tw",officer,%s\n' % offices.today())
    check('two addresses in one are told', code != 0 and 'email' in out, out)
    office.imports('staff', head + ''.join('%s,%s,%s,%s,%s,%s\n' % (*row, offices.today()) for row in (
        ('A123456789', '陳專責', 'bureau', CUSTODIAN, 'custodian'), ('A100000001', '林主管', 'bureau', SUPERVISOR, 'supervisor'),
        ('A200000003', '王小美', 'sanmin', MEI, 'officer'))))
    office.imports('calendar', 'day,day_kind\n%s,workday\n' % offices.today())
    for name, value in (('reminder.daily', 'on'), ('reminder.hour', '0')):
        office.granted(office.do('custodian', 'propose_parameter', 'name=' + name, 'value=' + value, 'effective=' + offices.today()))
    office.approve_all()


def away_and_busy(office, check, port):
    check('nobody listens: it is counted', offices.within(20, lambda: metric(office, 'youju_reminders_failed') == 1))
    check('and told', told(office, 'io'))
    mta = Mta(port)
    mta.busy = True
    again(office)
    check('a busy mail system: it is counted', offices.within(20, lambda: metric(office, 'youju_reminders_failed') == 1))
    check('and told with its number', told(office, 'SMTP 451'))
    check('no mail left, and no entry says so', not mta.mails and entries(office) == 0, (mta.mails, entries(office)))
    mta.busy = False
    return mta


def hung_up(connection):
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b''
    except BlockingIOError:
        return False


def slow(check):
    port = offices.free_ports()[0]
    mta = Mta(port)
    mta.silent = True
    office = office_of(port)
    try:
        office.first_start()
        office.case_import()
        staff(office, check)
        connection = mta.held.get(timeout=30)
        reply = office.question()
        check('a mail system that says nothing keeps no question waiting', reply.json.get('verdict') == 'granted' and
              not hung_up(connection), reply)
    finally:
        mta.go_on.set()
        office.remove()


def reached(office, check, mta):
    mta.refused = {SUPERVISOR}
    again(office)
    check('one is reached, one refused', offices.within(20, lambda: len(mta.mails) == 1 and
                                                        metric(office, 'youju_reminders_failed') == 1))
    check('the refusal is told with its number', told(office, 'SMTP 550'))
    mta.refused = set()
    again(office)
    check('the other is reached when he is taken', offices.within(20, lambda: len(mta.mails) == 2))
    check('two entries', offices.within(20, lambda: entries(office) == 2), entries(office))
    check('each went to one person', sorted(to for to, _ in mta.mails) == [[CUSTODIAN], [SUPERVISOR]], mta.mails)
    again(office)
    time.sleep(2.5)  # two ticks
    check('nobody is reminded twice a day', len(mta.mails) == 2, mta.mails)
    check('the mail system was asked from this machine', mta.callers == {'127.0.0.1'}, mta.callers)
    check('in the name of the office', mta.senders == {'<youju@kcg.example.tw>'}, mta.senders)


def read(check, to, data):
    mail = email.message_from_bytes(data, policy=email.policy.default)
    check('a mail without defects', not mail.defects and not any(value.defects for value in mail.values()),
          (mail.defects, [(name, value.defects) for name, value in mail.items()]))
    check('to one address', [one.addr_spec for one in mail['To'].addresses] == to, mail['To'])
    check('from the system', [(one.display_name, one.addr_spec) for one in mail['From'].addresses] ==
          [('有據', 'youju@kcg.example.tw')], mail['From'])
    check('with a subject that says how many', mail['Subject'] == '有據：待辦事項 2 件', mail['Subject'])
    check('of this hour', abs(mail['Date'].datetime.timestamp() - time.time()) < 600 and
          mail['Date'].datetime.utcoffset().total_seconds() == 8 * 3600, mail['Date'])
    check('made by a program', mail['Auto-Submitted'] == 'auto-generated' and mail['Message-ID'].endswith('@kcg.example.tw>'), mail.items())
    body = mail.get_content()
    check('a count and the link', '2 件待辦事項' in body and LINK in body.split() and ': 2, overdue: 0' in body, body)
    check('nothing of persons', not [one for one in PERSONAL if one in body], body)
    return mail['Message-ID']


def in_no_file(office, check):
    office.stop()
    paths = [path for part in ('log', 'keys', 'run', 'mail') for path in glob.glob(os.path.join(office.dir, part, '**'), recursive=True)]
    paths += glob.glob(os.path.join(office.dir, '*.db*')) + [office.errors]
    found = [path for path in paths if os.path.isfile(path) and b'@kcg.example.tw' in open(path, 'rb').read()]
    check('no address stands in %d files' % len(paths), len(paths) > 10 and not found, found)


def wrong_settings(office, check):
    conf = os.path.join(office.dir, 'youju.conf')
    right = open(conf).read()
    for wrong, name in ((right.replace('smtp\n', 'pigeon\n'), 'mail.delivery'), (right.replace('youju@', 'youju'), 'mail.from'),
                        (right.replace('https:', 'ftp:'), 'mail.link'), (right.replace('smtp_port = ', 'smtp_port = 9'), 'mail.smtp_port')):
        with open(conf, 'w') as file:
            file.write(wrong)
        done = subprocess.run([office.youju, 'serve', office.dir], capture_output=True, text=True, timeout=60)
        check('a wrong %s ends the service and is named' % name, done.returncode != 0 and name in done.stderr, done)


def office_of(port):
    return offices.Office(sys.argv[1], sys.argv[2], settings='mail.delivery = smtp\nmail.smtp_port = %d\n'
                          'mail.from = youju@kcg.example.tw\nmail.link = %s\n' % (port, LINK))


def main():
    check = offices.Checks()
    port = offices.free_ports()[0]
    office = office_of(port)
    try:
        slow(check)
        office.first_start()
        staff(office, check)
        mta = away_and_busy(office, check, port)
        reached(office, check, mta)
        numbers = {read(check, to, data) for to, data in mta.mails}
        check('each mail has a number of its own', len(numbers) == 2, numbers)
        office.holds(check)
        in_no_file(office, check)
        wrong_settings(office, check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
