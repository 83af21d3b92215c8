#!/usr/bin/env python3
"""What the machine's operator does on the command line: operator_test.py YOUJU VERIFY.
shows: C13, C20, C22"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

YOUJU, VERIFY = sys.argv[1:3]
folder = tempfile.mkdtemp(prefix='youju-operator-')
office = os.path.join(folder, 'office')
results = []


def run(*args, program=YOUJU, **more):
    done = subprocess.run([program, *args], capture_output=True, text=True, timeout=60,
                          env=dict(os.environ, LC_ALL='C.UTF-8'), **more)
    return done.returncode, done.stdout, done.stderr


def check(name, holds, why=''):
    results.append(holds)
    print('%s %d - %s' % ('ok' if holds else 'not ok', len(results), name))
    if not holds:
        print('# ' + str(why).replace('\n', '\n# '))


def below(*names):
    return os.path.join(folder, *names)


done = run('init', office, '--demo')
check('init makes a data directory', done[0] == 0 and 'demo.' in done[1], done)
done = run('init', office, '--demo')
check('init never touches a log that exists', done[0] == 2 and 'already' in done[2], done)
done = run('init', below('real'), '--at', '2020-01-01T00:00:00.000Z')
check('only a demonstration begins at another time', done[0] == 2, done)
done = run('init', below('real'), '--origin', 'a b')
check('a name that cannot be a log\'s is refused', done[0] == 2, done)

done = run('log', 'key', office)
key = done[1].strip()
check('log key prints the key for outsiders', done[0] == 0 and key.count('+') >= 2, done)
done = run('log', 'export', office, below('export'))
check('C13 an export is recorded and written', done[0] == 0 and os.path.exists(below('export', 'checkpoint')), done)
done = run(below('export'), '--key', key, program=VERIFY)
check('youju-verify accepts the export', done[0] == 0, done)
done = run('log', 'export', office, below('export'))
check('an export never overwrites another', done[0] == 2, done)
bundles = below('export', 'tile', 'entries')
first = os.path.join(bundles, os.listdir(bundles)[0])
with open(os.path.join(first, os.listdir(first)[0]), 'r+b') as bundle:
    bundle.seek(40)
    bundle.write(b'#')
done = run(below('export'), '--key', key, program=VERIFY)
check('C20 youju-verify finds a changed byte', done[0] != 0, done)
done = run('log', 'checkpoint', office)
check('log checkpoint prints a signed note', done[0] == 0 and '\n— demo.' in done[1], done)
done = run('log', 'prove', office, '0')
check('log prove prints a receipt', done[0] == 0 and done[1].startswith('c2sp.org/tlog-proof@v1\n'), done)
done = run('log', 'prove', office, '999')
check('an entry that does not exist has no receipt', done[0] == 2 and 'no such entry' in done[2], done)
done = run('log', 'check', office, '--json')
check('log check hashes everything again', done[0] == 0 and json.loads(done[1])['defect'] == '', done)

done = run('rebuild', office, '--compare')
check('tables are a function of the log', done[0] == 0, done)
with sqlite3.connect(os.path.join(office, 'youju.db')) as tables:
    tables.execute('create table if not exists planted (x)')
tables.close()
done = run('rebuild', office, '--compare')
check('C20 what somebody put into the tables is found by comparison', done[0] == 1, done)

done = run('backup', office, below('backup'))
check('C22 a backup leaves keys and tables out', done[0] == 0 and os.path.exists(below('backup', 'vault.db'))
      and not os.path.exists(below('backup', 'keys')) and not os.path.exists(below('backup', 'youju.db')), done)
done = run('backup', office, below('backup'))
check('a backup never overwrites another', done[0] == 2, done)
done = run('restore', below('backup'), below('again'))
check('C22 a backup without keys says what it needs', done[0] == 2 and '--keys' in done[2], done)
done = run('restore', below('backup'), below('again'), '--keys', os.path.join(office, 'keys'), '--latest')
check('C22 a backup can be restored', done[0] == 0, done)
old = below('older')
run('restore', below('backup'), old, '--keys', os.path.join(office, 'keys'))
before = run('log', 'checkpoint', old)[1]
run('log', 'export', old, below('unused'))
done = run('log', 'checkpoint', old)
check('C22 an older copy can be read but is never sealed again', done[0] == 0 and done[1] == before
      and run('log', 'prove', old, '0')[0] == 0, (done, before))
done = run('log', 'check', below('again'))
check('C22 the restored log holds', done[0] == 0, done)
done = run('rebuild', below('again'), '--compare')
check('C22 the restored office works and its tables follow from the log', done[0] == 0, done)
segment = os.path.join(below('again'), 'log', 'segments', '00000001')
with open(segment, 'r+b') as log:
    data = log.read(65536)
    at = data.find(b'"kind":"operator_acted"')
    log.seek(at + 9)
    log.write(b'O')
done = run('log', 'check', below('again'))
check('C20 log check finds a changed byte', at > 0 and done[0] in (1, 4), done)

done = run('help')
verbs = [line.split()[0] for line in done[1].split('Verbs:')[1].split('\n\n')[0].strip().split('\n')]
wrong = [verb for verb in verbs if run(verb, '--help')[0] != 0 or run('help', verb)[0] != 0]
check('every verb explains itself', len(verbs) >= 9 and not wrong, wrong)
wrong = []
for verb in verbs + ['']:
    page = run('help', *([verb] if verb else []), '--man')[1]
    seen = subprocess.run(['groff', '-man', '-Tutf8', '-ww', '-Kutf8'], input=page, capture_output=True, text=True) \
        if shutil.which('groff') else None
    if not page.startswith('.TH YOUJU') or (seen and (seen.returncode or seen.stderr)):
        wrong.append((verb, seen and seen.stderr))
check('every manual page is clean troff', not wrong, wrong)
done = run('nothing')
check('an unknown verb is wrong use', done[0] == 2, done)
done = run('log', 'check', below('nowhere'))
check('a folder that is no data directory is told so', done[0] == 4, done)

told = {'log key': ['key'], 'log checkpoint': ['checkpoint'], 'log prove': ['entry', 'proof'], 'log export': ['folder'],
        'log check': ['entries', 'defect'], 'rebuild': ['dir'], 'rebuild --compare': ['entries', 'differences'],
        'backup': ['folder'], 'restore': ['dir'], 'init': ['dir', 'origin']}
places = {'log prove': [office, '0'], 'log export': [office, below('export-json')], 'backup': [office, below('backup-json')],
          'restore': [below('backup-json'), below('restored-json'), '--keys', os.path.join(office, 'keys')], 'init': [below('fresh')]}
wrong = []
for words, members in told.items():
    done = run(*words.split(), *places.get(words, [office]), '--json')
    try:
        found = json.loads(done[1])
    except ValueError:
        found = {}
    if done[0] != 0 or any(member not in found for member in members):
        wrong.append((words, done))
check('--json tells every outcome as one object', not wrong, wrong)

shutil.rmtree(folder)
print('1..%d' % len(results))
sys.exit(0 if all(results) else 1)
