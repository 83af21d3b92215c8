#!/usr/bin/env python3
"""A PIN is asked for at the terminal and never shown: pin_test.py YOUJU. shows: C25"""
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

YOUJU = sys.argv[1]
PIN = 'horse-9-staple'
folder = tempfile.mkdtemp(prefix='youju-pin-')
office, card = os.path.join(folder, 'office'), os.path.join(folder, 'card.pem')


def openssl(*args):
    subprocess.run(['openssl', *args], check=True, capture_output=True)


def make_card():
    key, cert = os.path.join(folder, 'key.pem'), os.path.join(folder, 'cert.pem')
    openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-aes-256-cbc', '-pass', 'pass:' + PIN,
            '-out', key)
    openssl('req', '-new', '-x509', '-key', key, '-passin', 'pass:' + PIN, '-subj', '/C=TW/CN=Somebody', '-days', '10',
            '-addext', 'keyUsage=critical,digitalSignature', '-out', cert)
    with open(card, 'wb') as out:
        for part in (key, cert):
            with open(part, 'rb') as bytes_in:
                out.write(bytes_in.read())


def on_terminal(pin):
    """What a person sees who types this PIN, and the exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ['LC_ALL'] = 'C.UTF-8'
        os.execv(YOUJU, ['youju', 'do', office, 'sign_in', '--as', card])
    seen, typed, until = b'', False, time.time() + 30
    while time.time() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        if not typed and b'PIN of' in seen:
            time.sleep(0.2)
            os.write(terminal, pin.encode() + b'\n')
            typed = True
    return seen.decode(errors='replace'), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main():
    subprocess.run([YOUJU, 'init', office, '--demo'], check=True, capture_output=True)
    make_card()
    seen, code = on_terminal(PIN)
    wrong_seen, wrong_code = on_terminal('0000')
    alone = subprocess.run([YOUJU, 'do', office, 'sign_in', '--as', card], capture_output=True, text=True,
                           stdin=subprocess.DEVNULL, start_new_session=True)
    rows = [('the PIN is asked for and opens the card; then the law speaks', code == 3 and 'Refused' in seen, (code, seen)),
            ('the PIN is never shown', PIN not in seen, seen),
            ('a wrong PIN is told, and nothing is asked', wrong_code == 2 and 'PIN' in wrong_seen.split('\n', 1)[1],
             (wrong_code, wrong_seen)),
            ('without a terminal the way out is named', alone.returncode == 2 and '--pin-fd' in alone.stderr,
             alone.stderr)]
    print('1..%d' % len(rows))
    for number, (name, holds, why) in enumerate(rows, 1):
        print('%s %d - %s' % ('ok' if holds else 'not ok', number, name))
        if not holds:
            print('# ' + repr(why))
    shutil.rmtree(folder)
    return 0 if all(row[1] for row in rows) else 1


sys.exit(main())
