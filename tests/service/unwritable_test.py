#!/usr/bin/env python3
"""No evidence, no answer: while the disk is full, read-only or does not flush, asking is refused within a
second, the keeper may start anew as often as it likes, and afterwards the service goes on by itself.
usage: unwritable_test.py OFFICE_TOOL YOUJU BAD_DISK_SO
shows: G3.8"""
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'interop'))
import office as offices

WITHIN = 1.0
SLACK = 0.4  # of a machine that builds beside us: a handshake and a wake-up
TRIES, PATIENCE = 5, 30
DISKS = {'f': 'a full disk', 'r': 'a read-only disk', 's': 'a disk that does not flush'}


class Disk:
    """The byte that every process of the service looks at."""

    def __init__(self, library):
        handle, self.path = tempfile.mkstemp(prefix='youju-disk-')
        os.close(handle)
        self.say('0')
        os.environ.update(BAD_DISK=self.path, LD_PRELOAD=os.path.abspath(library))

    def say(self, word):
        with open(self.path, 'r+b', buffering=0) as file:
            file.write(word.encode())


class Served(offices.Office):
    def serve(self):
        os.environ['BAD_DISK_UNDER'] = self.dir
        super().serve()


def ask(line, office, key):
    asked = {'case_no': '113-0041', 'subject': '1', 'legal_basis': 'B_LOW', 'purpose': 'yearly_recheck',
             'item': 'item_1', 'range': 'residence', 'anchor_date': offices.today()}
    began = time.monotonic()
    reply = line.call('POST', '/api/v1/commands/ask', offices.json.dumps(asked),
                      {'Content-Type': 'application/json', 'Idempotency-Key': key})
    return reply, time.monotonic() - began


def well_again(line, office, key):
    """The outcome of the same request once the service has mended itself."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        reply, _ = ask(line, office, key)
        if reply.status == 200 or reply.json.get('asked_entry'):
            return reply  # a question that the stop cut off has ended: that is its outcome
        time.sleep(0.1)
    return reply


def bad_times(check, office, disk, word):
    line, keys, slowest, said = offices.Line(office, 'mei'), [], 0, []
    before = ask(line, office, offices.request())[0]
    assert before.json.get('verdict') == 'granted', before
    disk.say(word)
    for _ in range(TRIES):
        keys.append(offices.request())
        reply, took = ask(line, office, keys[-1])
        said.append(reply)
        slowest = max(slowest, took)
    disk.say('0')
    check('on %s nobody is answered' % DISKS[word], all(reply.status == 503 for reply in said), said)
    check('and is told so within a second', slowest <= WITHIN + SLACK, '%.3f s' % slowest)
    print('# the slowest took %.3f s' % slowest)
    after = well_again(line, office, offices.request())
    check('the service goes on by itself', after.json.get('verdict') == 'granted', after)
    outcomes = [(reply.json.get('verdict'), reply.json.get('entry'))
                for reply in [well_again(line, office, key) for key in keys * 2]]
    check('each request has one outcome', outcomes[:TRIES] == outcomes[TRIES:], outcomes)


def main():
    check, disk = offices.Checks(), Disk(sys.argv[3])
    office = Served(sys.argv[1], sys.argv[2])
    try:
        office.first_start()
        office.case_import()
        for word in DISKS:
            bad_times(check, office, disk, word)
        done = office.run('log', 'check', office.dir)
        check('the log checks', done[0] == 0, done)
        done = office.run('rebuild', office.dir, '--compare')
        check('the tables are those of the log', done[0] == 0, done)
    finally:
        disk.say('0')
        office.remove()
        os.unlink(disk.path)
    return check.end()


sys.exit(main())
