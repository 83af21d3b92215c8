#!/usr/bin/env python3
"""Bytes on the wire that are no request, or two at once, on both listeners: a 4xx or a closed connection, within the
time a client may take; the next request is answered.

usage: bad_wire_test.py OFFICE_TOOL YOUJU"""
import os
import random
import re
import socket
import ssl
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office as offices

LONG = b'x' * 1000000
GET = b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n'
POST = b'POST /api/v1/commands/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

INNER = b'GET /api/v1/sheets/my_tasks HTTP/1.1\r\nHost: localhost\r\n\r\n'

# what, bytes, statuses that are right (0: closed without an answer)
WIRE = (
    ('nothing but an end', b'\r\n\r\n', (0, 400)), ('no HTTP', b'\x16\x03\x01\x02\x00\x01\x00' + b'\xff' * 300, (0, 400)),
    ('half a line', b'GET /hea', (0,)), ('no version', b'GET /healthz\r\n\r\n', (0, 400)), ('version 9', b'GET / HTTP/9.9\r\nHost: x\r\n\r\n', (0, 400, 505)),
    ('an unknown method', b'BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', (405,)), ('no host', b'GET /healthz HTTP/1.1\r\n\r\n', (400,)),
    ('a host twice', GET + b'Host: other\r\n\r\n', (400,)), ('a megabyte of address', b'GET /' + LONG + b' HTTP/1.1\r\nHost: x\r\n\r\n', (0, 400, 414, 431)),
    ('3,000 bytes of address', b'GET /' + b'x' * 3000 + b' HTTP/1.1\r\nHost: x\r\n\r\n', (414,)),
    ('a megabyte of header', GET + b'X-Long: ' + LONG + b'\r\n\r\n', (0, 400, 413, 431)), ('a megabyte of cookie', GET + b'Cookie: a=' + LONG + b'\r\n\r\n', (0, 400, 413, 431)),
    ('a hundred headers', GET + b''.join(b'X-%d: 1\r\n' % i for i in range(100)) + b'\r\n', (431,)),
    ('a header without colon', GET + b'nothing here\r\n\r\n', (0, 400)), ('a blank before the colon', GET + b'X-Y : 1\r\n\r\n', (0, 400)),
    ('a folded header', GET + b'X-Y: 1\r\n  2\r\n\r\n', (0, 200, 400)), ('a NUL in a header', GET + b'X-Y: a\0b\r\n\r\n', (0, 200, 400)),
    ('a NUL in the address', b'GET /heal\0thz HTTP/1.1\r\nHost: x\r\n\r\n', (0, 400, 404)), ('an address of somebody else', b'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n', (400, 404)),
    ('two lengths', POST + b'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}', (400,)), ('two equal lengths', POST + b'Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}', (400,)),
    ('length and chunks', POST + b'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', (400,)),
    ('chunks and length', POST + b'Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n', (400,)),
    ('a negative length', POST + b'Content-Length: -1\r\n\r\n{}', (0, 400, 413)), ('a length with sign', POST + b'Content-Length: +2\r\n\r\n{}', (0, 400)),
    ('a length in hexadecimal', POST + b'Content-Length: 0x2\r\n\r\n{}', (0, 400)), ('an endless length', POST + b'Content-Length: 99999999999999999999999\r\n\r\n{}', (0, 400, 413)),
    ('ten gigabytes announced', POST + b'Content-Length: 10000000000\r\n\r\n{}', (0, 403, 413)), ('a chunk of no size', POST + b'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n', (0, 400, 403)),
    ('a chunk without end', POST + b'Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}', (0, 400, 403, 413)),
    ('an unknown transfer coding', POST + b'Transfer-Encoding: gzip\r\n\r\n{}', (0, 400, 403, 501)), ('a body with GET', GET + b'Content-Length: 2\r\n\r\n{}', (400,)),
    ('a request inside a body', POST + b'Content-Length: %d\r\n\r\n' % len(INNER) + INNER, (400, 403)),
)


def status_of(office, card, data):
    """What the listener answers to these bytes; 0: it closed, at the latest when nothing more comes; -1: it did not."""
    context = ssl.create_default_context(cafile=os.path.join(office.dir, 'tls/ca/test-root.pem'))
    if card:
        context.load_cert_chain(office.card(card))
    raw = socket.create_connection(('localhost', office.card_port if card else office.web_port), timeout=2)
    with context.wrap_socket(raw, server_hostname='localhost') as line:
        try:
            line.sendall(data)
            try:
                said = line.recv(65536)
            except TimeoutError:  # it waits for more, as it may
                line.settimeout(20)
                socket.socket.shutdown(line, socket.SHUT_WR)
                said = line.recv(65536)
        except TimeoutError:
            return -1
        except OSError:
            return 0
    return int(said.split()[1]) if said.startswith(b'HTTP/1.') else 0


def slow(office, found):
    """A body that never comes, one byte at a time."""
    context = ssl.create_default_context(cafile=os.path.join(office.dir, 'tls/ca/test-root.pem'))
    context.load_cert_chain(office.card('mei'))
    raw = socket.create_connection(('localhost', office.card_port), timeout=60)
    began = time.monotonic()
    with context.wrap_socket(raw, server_hostname='localhost') as line:
        try:
            line.sendall(POST + b'Content-Length: 100000\r\n\r\n')
            while time.monotonic() < began + 50:
                line.sendall(b' ')
                time.sleep(0.2)
        except OSError:
            pass
    found.append(time.monotonic() - began)


def whole(line, method, path):
    """The status and body of one answer, of exactly the length it says."""
    line.sendall(b'%s %s HTTP/1.1\r\nHost: localhost\r\n\r\n' % (method, path))
    return answer(line, b'', method == b'HEAD')[:2]


def answer(line, rest, is_head=False, pace=None):
    """One answer from what was read already and what comes; what came after it is handed back."""
    while b'\r\n\r\n' not in rest:
        rest += line.recv(4096) or b'\r\n\r\n'
    head, _, rest = rest.partition(b'\r\n\r\n')
    found = re.search(rb'(?i)content-length: (\d+)', head)
    length = 0 if is_head or not found else int(found.group(1))
    while len(rest) < length:
        if pace:
            time.sleep(pace)
        more = line.recv(4096)
        if not more:
            break
        rest += more
    return int(head.split()[1]), rest[:length], rest[length:]


def open_line(office, room=None):
    context = ssl.create_default_context(cafile=os.path.join(office.dir, 'tls/ca/test-root.pem'))
    context.load_cert_chain(office.card('mei'))
    for family, kind, protocol, _, address in socket.getaddrinfo('localhost', office.card_port, type=socket.SOCK_STREAM):
        raw = socket.socket(family, kind, protocol)
        if room:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        raw.settimeout(20)
        if raw.connect_ex(address) == 0:
            return context.wrap_socket(raw, server_hostname='localhost')
        raw.close()
    raise ConnectionRefusedError('nobody listens on localhost')


def leaves_together(office, check):
    """Head and body of an answer leave in one segment: with and without a body, one after the other, to a client
    that hardly reads, and beside one that left."""
    with open_line(office) as line:
        page, head, again = whole(line, b'GET', b'/api/v1/openapi.json'), whole(line, b'HEAD', b'/api/v1/openapi.json'), whole(line, b'GET', b'/api/v1/openapi.json')
        check('a page, its head alone and the page again on one connection', page == again and page[0] == 200 and len(page[1]) > 10000 and head == (200, b''), (page[0], len(page[1]), head))
        check('and a small one after them', whole(line, b'GET', b'/healthz')[0] == 200)
    with open_line(office) as line:
        line.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n' * 20)
        found, rest = [], b''
        for _ in range(20):
            status, body, rest = answer(line, rest)
            found.append((status, bool(body)))
        check('twenty requests in one write', found == [(200, True)] * 20, found)
    with open_line(office, 2048) as line:
        line.sendall(b'GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n' * 8)
        bodies, rest = [], b''
        for _ in range(8):
            status, body, rest = answer(line, rest, pace=0.001)
            bodies.append(body)
        check('eight pages to a client that hardly reads', bodies == [page[1]] * 8, [len(body) for body in bodies])
    for _ in range(20):
        line = open_line(office)
        line.sendall(b'GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n' * 4)
        line.close()
    with open_line(office) as line:
        check('and after twenty that left', whole(line, b'GET', b'/api/v1/openapi.json') == page)


def arrives_at_any_time(office, check):
    """Requests that reach a connection before, while and after the one before is with the keeper, whole or in two
    records: none is overlooked, however they fall."""
    request = b'GET /api/v1/sheets/my_tasks HTTP/1.1\r\nHost: localhost\r\nX-Fill: %s\r\n\r\n'
    chance, found, asked, longest = random.Random(7), [], 0, 0
    with open_line(office) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.settimeout(5)
        rest = b''
        try:
            for _ in range(150):
                together = chance.choice((1, 1, 2, 3))
                for _ in range(together):
                    text = request % (b'x' * chance.choice((0, 200, 1700, 2030, 6000)))
                    cut = chance.choice((0, 0, chance.randrange(1, len(text))))
                    line.sendall(text[:cut] or text)
                    time.sleep(chance.random() * 0.004)
                    if cut:
                        line.sendall(text[cut:])
                        time.sleep(chance.random() * 0.004)
                asked += together
                for _ in range(together):
                    since = time.monotonic()
                    status, body, rest = answer(line, rest)
                    longest = max(longest, time.monotonic() - since)
                    found.append((status, bool(body)))
        except TimeoutError:
            pass
    check('requests at any time, one after the other', found == [(200, True)] * asked and not rest, (len(found), asked, set(found)))
    check('and none of them waits', longest < 2, longest)


def main():
    check = offices.Checks()
    office = offices.Office(*(os.path.abspath(path) for path in sys.argv[1:3]))
    try:
        office.first_start()
        office.case_import()
        took = []
        drips = [threading.Thread(target=slow, args=(office, took)) for _ in range(5)]
        for drip in drips:
            drip.start()
        before = office.log_size()
        for name, card in (('web', None), ('card', 'mei')):
            for what, data, right in WIRE:
                status = status_of(office, card, data)
                check('%s on the %s listener: %s' % (what, name, '/'.join(map(str, right))), status in right, status)
        check('not one of them wrote anything', office.log_size() <= before + 1, (before, office.log_size()))
        leaves_together(office, check)
        arrives_at_any_time(office, check)
        many = [offices.Line(office, 'mei') for _ in range(40)]
        kept = [line.call('GET', '/healthz', None, {}).status for line in many]
        check('forty connections are kept beside them', set(kept) == {200}, kept)
        for drip in drips:
            drip.join()
        check('whoever drips a body is shut out after half a minute', len(took) == 5 and all(20 < one < 45 for one in took), took)
        check('and questions are answered as before', office.question().json.get('verdict') == 'granted')
        office.holds(check)
    finally:
        office.remove()
    return check.end()


if __name__ == '__main__':
    sys.exit(main())
