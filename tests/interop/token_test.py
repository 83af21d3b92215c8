#!/usr/bin/env python3
"""A card that does not give its key away: SoftHSM stands in for it, openssl signs through PKCS#11, and the served
office lets its holder in, takes a signed step and hands text and signature out again.
usage: token_test.py OFFICE_TOOL YOUJU
shows: G3.4a, C25"""
import base64
import os
import re
import subprocess
import sys
import urllib.parse

import office as offices

check = offices.Checks()
PIN, MODULE = '4711', '/usr/lib/softhsm/libsofthsm2.so'
office = offices.Office(*sys.argv[1:3])
environment = dict(os.environ, SOFTHSM2_CONF=os.path.join(office.work, 'softhsm2.conf'))


def run(*command, **more):
    return subprocess.run(command, capture_output=True, timeout=60, env=environment, cwd=office.work, **more)


def token_make(card):
    """Puts the card's key into a token; from then on only the token signs."""
    os.mkdir(os.path.join(office.work, 'tokens'))
    with open(environment['SOFTHSM2_CONF'], 'w') as out:
        out.write('directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' % office.work)
    made = run('softhsm2-util', '--init-token', '--free', '--label', 'card', '--pin', PIN, '--so-pin', '0000')
    run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', office.card(card), '-out', 'key.pem')
    put = run('softhsm2-util', '--import', 'key.pem', '--token', 'card', '--label', 'card', '--id', 'a1', '--pin', PIN)
    os.remove(os.path.join(office.work, 'key.pem'))
    run('openssl', 'x509', '-in', office.card(card), '-out', 'card.pem')
    return made.returncode == 0 and put.returncode == 0


def signed(text, pin=PIN):
    """CMS in base64 as a signing service gives it, or '' when the token did not sign."""
    with open(os.path.join(office.work, 'tbs'), 'wb') as out:
        out.write(text)
    done = run('openssl', 'cms', '-sign', '-engine', 'pkcs11', '-keyform', 'engine', '-inkey',
               'pkcs11:token=card;object=card;type=private;pin-value=' + pin, '-signer', 'card.pem', '-in', 'tbs', '-binary',
               '-md', 'sha256', '-nosmimecap', '-outform', 'DER', '-out', 'signature.der')
    path = os.path.join(office.work, 'signature.der')
    if done.returncode != 0 or not os.path.exists(path):
        return ''
    der = open(path, 'rb').read()
    os.remove(path)
    return base64.encodebytes(der).decode()  # with line breaks, as services do


def page(method, path, fields=None, cookie=''):
    headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': cookie} if fields is not None else {'Cookie': cookie}
    body = urllib.parse.urlencode(fields) if fields is not None else None
    return office.http(method, path, body, port=office.web_port, headers=headers)


def challenge():
    return re.search(r'name="nonce" value="([^"]+)"', page('GET', '/sign-in').body.decode()).group(1)


def hidden(reply, name):
    found = re.search(r'name="%s" value="([^"]*)"' % name, reply.body.decode())
    text = found.group(1) if found else ''
    for entity, plain in (('&quot;', '"'), ('&#34;', '"'), ('&#39;', "'"), ('&lt;', '<'), ('&gt;', '>'), ('&amp;', '&')):
        text = text.replace(entity, plain)
    return text


try:
    office.first_start()
    check('the card\'s key lies in a token', token_make('custodian'))
    check('a wrong PIN signs nothing', signed(b'x', pin='0000') == '')
    nonce = challenge()
    cms = signed(nonce.encode())
    reply = page('POST', '/sign-in', {'cms': cms, 'nonce': nonce})
    cookies = [value for name, value in reply.headers if name.lower() == 'set-cookie']
    check('its signature over the challenge signs its holder in', reply.status == 303 and cookies, reply)
    session = cookies[0].split(';')[0] if cookies else ''
    again = page('POST', '/sign-in', {'cms': cms, 'nonce': nonce})
    check('the same signature does not do so twice', again.status == 200 and 'card_signature' in str(again) or 'G3.4a' in str(again), again)
    nonce = challenge()
    reply = page('POST', '/sign-in', {'cms': signed(b'something else'), 'nonce': nonce})
    check('nor does one over something else', 'G3.4a' in str(reply), reply)

    form = page('GET', '/do/file_edition', cookie=session)
    fields = {'csrf': hidden(form, 'csrf'), 'request': hidden(form, 'request'), 'edition_kind': 'guideline', 'title': '作業要點',
              'dated': '1070724', 'text': '一、目的\r\n二、用詞'}
    offered = page('POST', '/do/file_edition', fields, session)
    text = hidden(offered, 'step_text')
    check('an important step is first shown with its text', '"command":"file_edition"' in text, offered)
    done = page('POST', '/do/file_edition', dict(fields, unsigned='1'), session)
    check('without a signature it is not taken', 'step.signature' in str(done), done)
    form = page('GET', '/do/file_edition', cookie=session)
    fields['request'] = hidden(form, 'request')
    text = hidden(page('POST', '/do/file_edition', fields, session), 'step_text')
    done = page('POST', '/do/file_edition', dict(fields, step_text=text.replace('\n', '\r\n'), step_signature=signed(text.encode())),
                session)
    entry = re.search(r'class="mono">(\d+)<', done.body.decode())
    check('with the token\'s signature it is', done.status == 200 and entry, done)
    entry = entry.group(1) if entry else '0'
    got = office.run('signature', office.dir, entry, '--as', office.card('custodian'), '--out', os.path.join(office.work, 'kept'))
    check('text and signature can be fetched', got[0] == 0 and open(os.path.join(office.work, 'kept.txt')).read() == text, got)
    ca = os.path.join(office.dir, 'tls/ca')
    with open(os.path.join(office.work, 'cas.pem'), 'w') as out:
        out.write('\n'.join(open(os.path.join(ca, name)).read() for name in os.listdir(ca)))
    verify = ('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', 'kept.p7s', '-content', 'kept.txt', '-CAfile', 'cas.pem',
              '-purpose', 'any', '-out', '/dev/null')
    answer = run(*verify)
    check('openssl verifies them against the authorities alone', answer.returncode == 0, answer.stderr)
    with open(os.path.join(office.work, 'kept.txt'), 'a') as out:
        out.write(' ')
    check('and not when a byte is added', run(*verify).returncode != 0)
    office.holds(check)
finally:
    office.remove()
sys.exit(check.end())
