#!/usr/bin/env python3
"""Every command and list of the command line, as youju help tells them, given what is none: an exit code of its own, the
field named on standard error, and no PIN or card asked for what cannot be asked.

usage: bad_cli_test.py OFFICE_TOOL YOUJU"""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bad_input
import office as offices

USAGE, REFUSED = 2, 3


def commands(check, office):
    _, out, _ = office.run('help', 'do')
    names = re.findall(r'^  ([a-z_]+) +\S', out[out.index('Commands'):out.index('Exit codes')], re.M)
    check('youju help names the commands', len(names) > 20, out)
    wrong = []
    for name in names:
        code, out, err = office.run('help', 'do', name)
        required = re.findall(r'^  ([a-z_]+) .*, required\)$', out, re.M)
        code, out, err = office.do('mei', name)
        if required and (code != USAGE or any(field + ':' not in err for field in required)):
            wrong.append((name, required, code, err))
        for args in (('colour=red',), ('colour',), ('=x',), ('case_no=1', 'case_no=2', 'colour=red'), ('x=@/nowhere',), ('x=@/',), ('x=@-', 'y=@-')):
            code, out, err = office.do('mei', name, *args)
            if code not in (USAGE, 4) or not err or 'Traceback' in err:
                wrong.append((name, args, code, err))
    check('each of %d commands names what is missing or unknown' % len(names), not wrong, wrong[:4])


QUESTION = ('case_no=113-0041', 'legal_basis=B_LOW', 'purpose=yearly_recheck', 'item=item_1', 'range=residence')


def ask(office, *more, stdin='1', args=()):
    return office.run('do', office.dir, 'ask', '--as', office.card('mei'), '--json', *args, *QUESTION, 'subject=@-', *more, stdin=stdin)


def values(check, office):
    for number, said in bad_input.WRONG_NUMBERS:
        code, out, err = ask(office, 'anchor_date=' + offices.today(), stdin=number)
        check('the number %s: %s' % (number, said), code == REFUSED and said in out and '"rule":"F1.id_no"' in out, (code, out, err))
    for date in bad_input.WRONG_DATES:
        code, out, err = ask(office, 'anchor_date=' + date)
        check('the date %s is told' % date, code == USAGE and 'anchor_date' in out + err, (code, out, err))
    for request in bad_input.WRONG_REQUESTS[:6]:
        code, out, err = ask(office, 'anchor_date=' + offices.today(), args=('--request', request))
        check('the request %s is told' % request, code == USAGE and 'request' in out and '128 bits' in out, (code, out, err))
    for what, secret in (('A123456789', 'subject=A123456789'), ('a passport', 'subject=護照300123456'), ('words', 'reason=because')):
        code, out, err = office.do('mei', 'ask', *QUESTION, 'anchor_date=' + offices.today(), secret)
        check('%s in the arguments is refused and not repeated' % what, code == USAGE and secret.split('=')[1] not in err, (code, err))


def lines_and_cards(check, office):
    code, out, _ = ask(office, 'anchor_date=' + offices.today(), 'waits_for=person')
    asked = re.search(r'"asked_entry":(\d+)', out).group(1)
    code, out, err = office.do('mei', 'paste_answer', 'asked=' + asked, 'result=found', 'lines=@-', stdin='1 出境 20260230\nwords\n2 入境 20260320\n')
    check('pasted lines that were not read are told with number and reason', code == 0 and '"line":"2"' in out.replace(' ', '') and
          'does not say' in out, (code, out, err))
    nothing = os.path.join(office.work, 'nothing.pem')
    with open(nothing, 'wb') as file:
        file.write(os.urandom(3000))
    for what, card in (('no file', '/nowhere.pem'), ('a folder', office.dir), ('noise', nothing), ('a certificate without key', os.path.join(
            office.dir, 'tls/ca/test-root.pem')), ('the server', os.path.join(office.dir, 'tls/server.pem'))):
        code, out, err = office.run('show', office.dir, 'my_tasks', '--as', card)
        check('%s as a card' % what, code in (USAGE, 4) and err, (code, out, err))
    for card, refusal in (('expired', 'card_expired'), ('revoked', 'card_revoked'), ('foreign', 'card_foreign'), ('stranger', 'card_unknown')):
        code, out, err = office.do(card, 'sign_in')
        check('the card %s: %s' % (card, refusal), code == REFUSED and refusal in out, (code, out, err))
    for args in (('show',), ('show', office.dir), ('show', office.dir, 'nothing', '--as', office.card('mei')), ('do', office.dir), ('do', '/nowhere', 'sign_in'),
                 ('do', office.dir, 'ask', '--as'), ('do', office.dir, 'ask', '--nothing'), ('nothing',), ('log',), ('log', 'prove', office.dir, 'abc'),
                 ('log', 'prove', office.dir, '99999999999'), ('rebuild',), ('restore', '/nowhere', '/nowhere2'), ('residence', '/nowhere'), ('help', 'nothing'),
                 ('serve', office.dir), ('init', office.dir), ('show', office.dir, 'my_tasks', '--as', office.card('mei'), 'colour=red'),
                 ('show', office.dir, 'my_tasks', '--as', office.card('mei'), '--limit', 'abc'), ('show', office.dir, 'my_tasks', '--as', office.card('mei'), '--after', '-1')):
        code, out, err = office.run(*args)
        check('youju %s' % ' '.join(args).replace(office.dir, 'DIR'), 0 < code < 5 and (err or '"invalid"' in out or 'wrong' in out), (code, out, err))


def main():
    check = offices.Checks()
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]))
    try:
        office.first_start()
        office.case_import()
        commands(check, office)
        values(check, office)
        lines_and_cards(check, office)
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
