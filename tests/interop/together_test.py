#!/usr/bin/env python3
"""One signature for a list, on the command line and over the API: every step is named in the text, done and told by
itself, and what was decided meanwhile spoils nothing else.
usage: together_test.py OFFICE_TOOL YOUJU
shows: C25"""
import base64
import json
import os
import subprocess
import sys

import office as offices

check = offices.Checks()
office = offices.Office(*sys.argv[1:3])
NAMES = ('query.quota_hour', 'query.quota_day', 'residence.margin', 'review.reinstate_days')


def propose(value):
    """Numbers of four proposals that wait for the supervisor."""
    return [str(office.granted(office.do('custodian', 'propose_parameter', 'name=' + name, 'value=%d' % value,
                                         'effective=' + offices.today(3)))['entry']) for name in NAMES]


def decide(*proposals, card='supervisor', more=()):
    done = office.do(card, 'approve_proposal', 'proposal=' + ','.join(proposals), '--list', 'proposal', *more)
    return done[0], json.loads(done[1])['steps'] if done[1].startswith('{"steps"') else [], done


def kept(entry):
    prefix = os.path.join(office.work, 'kept')
    got = office.run('signature', office.dir, str(entry), '--as', office.card('supervisor'), '--out', prefix)
    assert got[0] == 0, got
    return open(prefix + '.txt').read(), open(prefix + '.p7s', 'rb').read()


def openssl_verifies():
    ca = os.path.join(office.dir, 'tls/ca')
    with open(os.path.join(office.work, 'cas.pem'), 'w') as out:
        out.write('\n'.join(open(os.path.join(ca, name)).read() for name in os.listdir(ca)))
    return subprocess.run(['openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', 'kept.p7s', '-content', 'kept.txt', '-CAfile',
                           'cas.pem', '-purpose', 'any', '-out', '/dev/null'], cwd=office.work, capture_output=True).returncode == 0


def signed(text, card='supervisor'):
    """As a program would: openssl signs the text with the card file."""
    done = subprocess.run(['openssl', 'cms', '-sign', '-binary', '-signer', office.card(card), '-md', 'sha256', '-nosmimecap',
                           '-outform', 'DER'], input=text.encode(), capture_output=True, timeout=60)
    assert done.returncode == 0, done
    return base64.b64encode(done.stdout).decode()


def text_of(command, **fields):
    return office.http('POST', '/api/v1/step-text/' + command, json.dumps(fields).encode(), 'supervisor',
                       headers={'Content-Type': 'application/json'})


def steps_of(shown):
    sheet = shown.json['sheet']
    return [dict(zip(sheet['columns'], row)) for row in sheet['rows']]


def command_line():
    first = propose(5)
    office.granted(office.do('supervisor', 'approve_proposal', 'proposal=' + first[1]))
    code, steps, why = decide(*first)
    check('a list is decided row by row; what was decided before is refused alone',
          code == 3 and [step['verdict'] for step in steps] == ['granted', 'refused', 'granted', 'granted'], why)
    check('the refusal names what to do', steps[1]['refusal'] == 'proposal_unknown' and steps[1]['next_step'], steps)
    texts = {kept(step['entry']) for step in steps if step['verdict'] == 'granted'}
    check('the same text and signature stand beside every step', len(texts) == 1, len(texts))
    text = next(iter(texts))[0]
    check('the text names every row', all('"fields":{"proposal":"%s"}' % one in text for one in first), text)
    check('openssl verifies it', openssl_verifies())
    code, steps, why = decide(*propose(6), card='custodian')
    check('nobody decides what he proposed, in a list either', code == 3 and {step['refusal'] for step in steps} == {'own_act'}, why)
    code, steps, why = decide('none', '1')
    check('a number that is none is told before anything is signed', code == 2 and not steps, why)
    done = office.do('supervisor', 'approve_proposal', 'proposal=1', '--list', 'reason')
    check('the field of the list must be one of the command', done[0] == 2, done)
    done = office.do('supervisor', 'reject_proposal', 'proposal=1', 'reason=x', '--list', 'proposal')
    check('a command that is not signed has no list', done[0] == 2, done)
    done = office.run('do', office.dir, 'approve_proposal', 'proposal=' + propose(7)[0], '--list', 'proposal', '--as',
                      office.card('supervisor'), '--lang', 'zh-TW')
    check('people read a table', done[0] == 0 and '核准' in done[1] or '准' in done[1], done)


def programs():
    proposals = propose(8)
    shown = text_of('approve_proposal', list='proposal', proposal=','.join(proposals[:2]))
    steps = steps_of(shown)
    check('a program gets one text and a request number for each step', len(steps) == 2 and shown.json['seconds'] == 120, shown)
    cms = signed(shown.json['step_text'])

    def give(value, request, text=shown.json['step_text'], signature=cms):
        return office.api('supervisor', 'approve_proposal', request, proposal=value, step_text=text, step_signature=signature)

    check('a step that the text does not name is not covered', give(proposals[2], offices.request()).json['refusal'] == 'signature_invalid')
    check('nor is one under another number', give(steps[0]['value'], offices.request()).json['refusal'] == 'signature_invalid')
    answers = [give(step['value'], step['request']) for step in steps]
    check('each step is granted under the one signature', all(one.json['verdict'] == 'granted' for one in answers), answers)
    again = give(steps[0]['value'], steps[0]['request'])
    check('sent twice it is done once', again.json['verdict'] == 'granted' and again.json['entry'] == answers[0].json['entry'], again)
    other = text_of('approve_proposal', list='proposal', proposal=','.join(proposals[2:]))
    steps = steps_of(other)
    answer = give(steps[0]['value'], steps[0]['request'], other.json['step_text'], signed(other.json['step_text'], 'custodian'))
    check('another card signs no list of mine', answer.json['refusal'] == 'signature_other_card', answer)
    answer = text_of('approve_proposal', list='proposal', proposal='1,x')
    check('a wrong value in the list is named', answer.status == 422, answer)


try:
    office.first_start()
    command_line()
    programs()
    office.holds(check)
finally:
    office.remove()
sys.exit(check.end())
