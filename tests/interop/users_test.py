#!/usr/bin/env python3
"""Started as root, each role is a user of its own: it does its work, and finds the files of the others shut.

usage: users_test.py OFFICE_TOOL YOUJU"""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office as offices
import reminders_test as reminders

FIRST = 61000
ROLES = ('keeper', 'sealer', 'courier', 'messenger', 'inspector', 'scribe', 'front')
STORES = FIRST + len(ROLES)

# What a role may not read, below the data directory.
SHUT = {
    'keeper': ('mail', 'mail/*.eml', 'keys/log.key', 'log/sealed/head', 'tls/server.key', 'tls/testca', 'cards', 'source.db', 'lock'),
    'sealer': ('mail', 'mail/*.eml', 'vault.db', 'youju.db', 'keys/period-*', 'keys/tag-*', 'log/segments/*', 'tls/server.key', 'source.db', 'youju.conf'),
    'courier': ('mail', 'mail/*.eml', 'vault.db', 'youju.db', 'keys/log.key', 'keys/tag-*', 'log/sealed/head', 'log/segments/*', 'tls/server.key', 'youju.conf'),
    'messenger': ('vault.db', 'youju.db', 'keys/log.key', 'keys/tag-*', 'log/sealed/head', 'log/segments/*', 'source.db', 'tls/server.key',
                  'youju.conf'),
    'inspector': ('mail', 'mail/*.eml', 'keys/log.key', 'log/sealed/head', 'tls/server.key', 'source.db', 'tls/testca'),
    'scribe': ('mail', 'mail/*.eml', 'vault.db', 'youju.db', 'keys/log.key', 'log/segments/*', 'tls/server.key', 'source.db', 'youju.conf'),
    'front': ('mail', 'mail/*.eml', 'vault.db', 'youju.db', 'keys/log.key', 'keys/tag-*', 'log/sealed/head', 'log/segments/*', 'source.db', 'tls/testca'),
}


OWN = {'keeper': 'vault.db', 'sealer': 'keys/log.key', 'courier': 'source.db', 'messenger': 'mail', 'inspector': 'youju.db', 'scribe': 'tls/server.pem',
       'front': 'tls/server.key'}


def ids_of(pid):
    """User, group and further groups of a process, each the effective ones."""
    with open('/proc/%d/status' % pid) as status:
        lines = dict(line.rstrip('\n').split(':', 1) for line in status if ':' in line)
    users, groups = set(lines['Uid'].split()), set(lines['Gid'].split())
    return users, groups, set(lines['Groups'].split()), lines['CapEff'].strip()


def as_user(user, group, more, work):
    """What work returns (a list of names) when such a user does it, in a process of its own."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups(more)
            os.setresgid(group, group, group)
            os.setresuid(user, user, user)
            os.write(write, '\n'.join(work()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as said:
        names = said.read().split()
    os.waitpid(child, 0)
    return names


def opened(paths):
    """Those of the paths that can be opened, to read or to write."""
    found = []
    for path in paths:
        for mode in (os.O_RDONLY, os.O_WRONLY):
            try:
                os.close(os.open(path, mode))
                found.append(path)
            except OSError:
                pass
    return found


def moved(office):
    """Which of the sealer's key and memory can be moved away."""
    found = []
    for path in ('keys/log.key', 'log/sealed'):
        try:
            os.rename(os.path.join(office.dir, path), os.path.join(office.dir, path + '.gone'))
            found.append(path)
        except OSError:
            pass
    return found


def shut(check, office, role):
    number = FIRST + ROLES.index(role)
    group, more = (STORES, [number]) if role == 'keeper' else (number, [STORES] if role == 'inspector' else [])
    check('as the %s one reads what is its own' % role, as_user(number, group, more, lambda: opened(
        [os.path.join(office.dir, OWN[role])])) != [])
    paths = [path for pattern in SHUT[role] for path in glob.glob(os.path.join(office.dir, pattern))]
    open_to_it = as_user(number, group, more, lambda: opened(paths))
    check('the %s finds %d files of others shut' % (role, len(paths)), paths and not open_to_it, (paths, open_to_it))


def roles(check, office):
    pids = {name.replace('youju-', ''): pid for pid, name in office.roles().items()}
    for role in ROLES:
        users, groups, more, caps = ids_of(pids[role])
        number = str(FIRST + ROLES.index(role))
        group = str(STORES) if role == 'keeper' else number
        wanted = {number} if role == 'keeper' else {str(STORES)} if role == 'inspector' else set()
        check('the %s has a user of its own and no rights of root' % role, users == {number} and groups == {group} and
              more == wanted and int(caps, 16) == 0, (users, groups, more, caps))


def main():
    check = offices.Checks()
    if os.geteuid() != 0:
        print('1..0 # SKIP only root can give up being root')
        return 0
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]), settings=(
        'role.first_id = %d\ndemo.renew_seconds = 1\nmail.delivery = file\nmail.from = youju@kcg.example.tw\n' % FIRST))
    try:
        office.first_start()
        office.case_import()
        reply = office.question()
        check('a question is answered', reply.json.get('verdict') == 'granted', reply)
        reply = office.sheet('auditor', 'people')
        check('a long list is read by the inspector', reply.status == 200, reply)
        roles(check, office)
        reminders.staff(office, check)
        mails = os.path.join(office.dir, 'mail/*.eml')
        check('the messenger lays reminders down', offices.within(20, lambda: len(glob.glob(mails)) == 3), glob.glob(mails))
        check('for itself and root only', {(os.stat(path).st_uid, os.stat(path).st_mode & 0o777) for path in glob.glob(mails)} ==
              {(FIRST + ROLES.index('messenger'), 0o600)})
        for role in ROLES:
            shut(check, office, role)
        number = FIRST + ROLES.index('keeper')
        check("the keeper cannot put its own in the place of the sealer's key and memory", 
              as_user(number, STORES, [number], lambda: moved(office)) == [])
        reply = office.sheet('custodian', 'status')
        check('the status page says so', any('users of their own' in row for row in reply.json['sheet']['rows']), reply)
        check('and how old the revocation lists are', sum('Revocation list, age in hours' in row for row in reply.json['sheet']['rows']) > 2,
              reply)
        lists = [os.path.join(office.dir, 'tls/crl', name) for name in os.listdir(os.path.join(office.dir, 'tls/crl'))]
        before = [os.stat(path).st_mtime_ns for path in lists]
        check('a demonstration issues its revocation lists again while it is served', offices.within(
            30, lambda: all(os.stat(path).st_mtime_ns > old for path, old in zip(lists, before))))
        office.restarted('keeper')
        check('a keeper started again answers', office.question(anchor_date=offices.today(-1)).json.get('verdict') == 'granted')
        office.holds(check)
        check('it stops when told to', office.stop() == 0, open(office.errors).read())
        check('without a server the command line starts the same roles', office.do(
            'mei', 'ask', 'case_no=113-0041', 'subject=1', 'legal_basis=B_LOW', 'purpose=yearly_recheck', 'item=item_1',
            'range=residence', 'anchor_date=' + offices.today(-2))[0] == 0)
        code, out, err = office.run('rebuild', office.dir)
        check('root rebuilds the tables', code == 0, (out, err))
        office.serve()
        check('and the roles find them again', office.question(anchor_date=offices.today(-3)).json.get('verdict') == 'granted')
        office.stop()
        os.chmod(office.work, 0o700)
        done = subprocess.run([sys.argv[2], 'serve', office.dir], capture_output=True, text=True, timeout=60)
        check('a folder that lets nobody through is named', done.returncode != 0 and office.work in done.stderr and 'chmod' in done.stderr,
              done.stderr)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
