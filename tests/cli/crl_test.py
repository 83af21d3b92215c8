#!/usr/bin/env python3
"""Taking revocation lists over: crl_test.py YOUJU CARD_TOOL. shows: G3.7"""
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

YOUJU, TOOL = map(os.path.abspath, sys.argv[1:3])
work = tempfile.mkdtemp(prefix='youju-crl-')
office, authority = os.path.join(work, 'office'), os.path.join(work, 'authority')
results = []


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):  # a client that takes no error page
        pass


def run(*args):
    done = subprocess.run(args, capture_output=True, text=True, timeout=120, env=dict(os.environ, LC_ALL='C.UTF-8'))
    return done.returncode, done.stdout, done.stderr


def check(name, holds, why=''):
    results.append(holds)
    print('%s %d - %s' % ('ok' if holds else 'not ok', len(results), name))
    if not holds:
        print('# ' + str(why).replace('\n', '\n# '))


def take(*files):
    return run(YOUJU, 'crl', office, *files)


def lists():
    folder = os.path.join(office, 'tls/crl')
    return {name: open(os.path.join(folder, name), 'rb').read() for name in sorted(os.listdir(folder))}


try:
    check('an authority and an office', run(TOOL, 'make', authority)[0] == 0 and run(YOUJU, 'init', office, '--demo')[0] == 0)
    for name in os.listdir(os.path.join(authority, 'tls/ca')):
        shutil.copy(os.path.join(authority, 'tls/ca', name), os.path.join(office, 'tls/ca', name))
    source = os.path.join(authority, 'tls/crl')
    g2 = os.path.join(source, 'moica-g2.crl')
    first = shutil.copy(g2, os.path.join(work, 'first.crl'))
    done = take(first)
    check('a list is verified and taken over under the key identifier of its authority',
          done[0] == 0 and 'taken over' in done[1] and len(lists()) == 1 and list(lists().values())[0] == open(first, 'rb').read(), done)
    done = take(first)
    check('the same list again changes nothing', done[0] == 0 and 'already' in done[1], done)
    time.sleep(1.1)  # lists tell their time in seconds
    run(TOOL, 'renew', authority, '1000')
    done = take(g2, os.path.join(source, 'gca.crl'))
    check('a newer one takes its place, several at once', done[0] == 0 and done[1].count('taken over') == 2 and len(lists()) == 2, done)
    before = lists()
    done = take(first)
    check('an older one does not', done[0] != 0 and lists() == before, done)
    spoiled = bytearray(open(os.path.join(source, 'moica-g3.crl'), 'rb').read())
    spoiled[-9] ^= 1
    open(os.path.join(work, 'forged.crl'), 'wb').write(spoiled)
    done = take(os.path.join(work, 'forged.crl'))
    check('a forged one does not', done[0] != 0 and 'does not verify' in done[2] and lists() == before, done)
    open(os.path.join(work, 'page.crl'), 'w').write('<html>502</html>')
    done = take(os.path.join(work, 'page.crl'), os.path.join(source, 'moica-g3.crl'))
    check('an error page in place of a list stops no other list', done[0] != 0 and 'taken over' in done[1] and len(lists()) == 3, done)
    os.remove(os.path.join(office, 'tls/ca/xca.pem'))
    done = take(os.path.join(source, 'xca.crl'))
    check('a list of an authority that is not trusted is refused', done[0] != 0 and len(lists()) == 3, done)

    server = Server(('127.0.0.1', 0), functools.partial(Handler, directory=source))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    conf = os.path.join(office, 'youju.conf')
    plain = open(conf).read()
    open(conf, 'w').write(plain + 'crl.urls = http://127.0.0.1:%d/moica-g2.crl  http://127.0.0.1:%d/moica-g1.crl\n' % (port, port))
    time.sleep(1.1)
    run(TOOL, 'renew', authority, '0')
    done = take()
    check('lists are fetched from the addresses of the settings', done[0] == 0 and done[1].count('taken over') == 2, done)
    open(conf, 'w').write(plain + 'crl.urls = http://127.0.0.1:%d/none.crl https://127.0.0.1/x.crl\n' % port)
    before = lists()
    done = take()
    check('what cannot be fetched changes nothing and is said', done[0] == 4 and 'none.crl' in done[2] and lists() == before, done)
    open(conf, 'w').write(plain)
    done = take()
    check('without addresses and files there is nothing to do', done[0] == 2 and 'crl.urls' in done[2], done)
    check('taking over stands in the log', run(YOUJU, 'log', 'check', office)[0] == 0)
    server.shutdown()
finally:
    shutil.rmtree(work)
print('1..%d' % len(results))
sys.exit(0 if results and all(results) else 1)
