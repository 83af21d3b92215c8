#!/usr/bin/env python3
"""Damages copies of an exported log in every way we can think of; youju-verify must name each one.
usage: mutate_test.py MAKE_LOG YOUJU_VERIFY"""
import os, random, shutil, struct, subprocess, sys, tempfile

make_log, verifier = sys.argv[1:3]
COUNT = 1000
CODE = {}
results = []


def ok(name, good, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}" + (f" # {detail}" if not good else ""))


def verify(*args):
    run = subprocess.run([verifier, *args], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def codes():
    for line in subprocess.run([verifier, "--help"], capture_output=True, text=True).stdout.splitlines():
        word = line.split()
        if len(word) > 2 and word[0].isdigit():
            CODE[word[1]] = int(word[0])


def path(folder, name):
    return os.path.join(folder, name)


def read(folder, name):
    with open(path(folder, name), "rb") as file:
        return file.read()


def write(folder, name, data):
    with open(path(folder, name), "wb") as file:
        file.write(data)


def bundle_split(data):
    out = []
    while data:
        size = struct.unpack(">H", data[:2])[0]
        out.append(data[2:2 + size])
        data = data[2 + size:]
    return out


def bundle_join(entries):
    return b"".join(struct.pack(">H", len(e)) + e for e in entries)


with tempfile.TemporaryDirectory() as top:
    codes()
    home = path(top, "made")
    subprocess.run([make_log, home, str(COUNT)], check=True)
    vkey = read(home, "vkey").decode()
    good = path(home, "export")
    key = ["--key", vkey]
    names = sorted(os.path.relpath(path(d, f), good) for d, _, fs in os.walk(good) for f in fs)
    last = f"tile/entries/003.p/{COUNT % 256}"

    def expect(name, wanted, change, *more):
        """change(folder) damages a fresh copy; wanted: the name of the defect, or None for any."""
        copy = path(top, "copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(good, copy)
        change(copy)
        code, said = verify(copy, *key, *more)
        right = code == CODE[wanted] if wanted else code in CODE.values()
        ok(name, right, f"exit {code}: {said!r}")

    def edit(name, function):
        return lambda folder: write(folder, name, function(read(folder, name)))

    def entries(name, function):
        return edit(name, lambda data: bundle_join(function(bundle_split(data))))

    code, said = verify(good, *key)
    ok("an untouched log is sound", code == 0 and "sound" in said, said)
    code, said = verify(good, *key, "--policy", path(home, "policy-any"), "--against", path(home, "old"))
    ok("with its policy and an older checkpoint", code == 0 and "cosigned by witness.example/w1" in said, said)
    ok("lines of keys not given are reported", "not covered" in verify(good, *key)[1])

    # Single bytes, sampled over every file.
    dice = random.Random(20261124)
    missed = []
    for name in names:
        data = read(good, name)
        spots = {0, len(data) - 1} | {dice.randrange(len(data)) for _ in range(12)}
        if name == "checkpoint":
            spots = set(range(len(data)))
        for spot in sorted(spots):
            changed = bytearray(data)
            changed[spot] ^= 1 << dice.randrange(8)
            write(good, name, changed)
            code, said = verify(good, *key, "--policy", path(home, "policy-all"))
            plain, _ = verify(good, *key, "--policy", path(home, "policy-any"))
            if plain not in CODE.values():
                missed.append((name, spot, plain))
        write(good, name, data)
    ok(f"every changed byte of {len(names)} files is found", not missed, str(missed[:5]))
    ok("and the log is sound again", verify(good, *key)[0] == 0)

    expect("an entry changed", "entry_changed", entries("tile/entries/001", lambda e: e[:9] + [e[9].replace(b"crossings", b"crossingz")] + e[10:]))
    expect("two entries swapped", "entry_swapped", entries("tile/entries/001", lambda e: [e[1], e[0]] + e[2:]))
    def far(folder):
        a, b = bundle_split(read(folder, "tile/entries/000")), bundle_split(read(folder, "tile/entries/002"))
        a[7], b[9] = b[9], a[7]
        write(folder, "tile/entries/000", bundle_join(a)); write(folder, "tile/entries/002", bundle_join(b))
    expect("two entries of different bundles swapped", "entry_swapped", far)
    expect("an entry cut out", "entry_cut", entries("tile/entries/001", lambda e: e[:5] + e[6:]))
    expect("ten entries cut out of the last bundle", "entry_cut", entries(last, lambda e: e[:5] + e[15:]))
    expect("an entry inserted", "entry_inserted", entries("tile/entries/001", lambda e: e[:5] + [e[4]] + e[5:]))
    expect("an entry inserted, the last pushed out", "entry_inserted", entries("tile/entries/001", lambda e: e[:5] + [e[4]] + e[5:-1]))
    expect("the last entries cut", "bundle_short", entries(last, lambda e: e[:-3]))
    expect("a foreign tail within the last bundle", "foreign_tail", entries(last, lambda e: e + [e[-1]]))
    expect("a foreign tail in a bundle of its own", "extra_file", lambda f: write(f, "tile/entries/004.p", b"x") or None)
    def tail(folder):
        os.makedirs(path(folder, "tile/entries/004.p")); write(folder, "tile/entries/004.p/1", bundle_join([b"{}"]))
    expect("a foreign tail as the next bundle", "extra_file", tail)
    expect("a bundle cut in the middle of an entry", "bundle_bytes", edit("tile/entries/002", lambda d: d[:-5]))
    expect("a bundle missing", "bundle_missing", lambda f: os.remove(path(f, "tile/entries/002")))
    expect("a bundle emptied", "bundle_short", edit("tile/entries/002", lambda d: b""))
    expect("a tile changed", "tile_changed", edit("tile/0/001", lambda d: d[:40] + bytes([d[40] ^ 1]) + d[41:]))
    expect("a tile of a higher level changed", "tile_changed", edit("tile/1/000.p/3", lambda d: bytes([d[0] ^ 1]) + d[1:]))
    expect("a tile cut short", "tile_length", edit("tile/0/001", lambda d: d[:-32]))
    expect("a tile missing", "tile_missing", lambda f: os.remove(path(f, "tile/0/001")))
    def both(folder):
        import hashlib
        e = bundle_split(read(folder, "tile/entries/001")); e[3] = e[3].replace(b"crossings", b"crossingz")
        write(folder, "tile/entries/001", bundle_join(e))
        t = bytearray(read(folder, "tile/0/001")); t[96:128] = hashlib.sha256(b"\0" + e[3]).digest()
        write(folder, "tile/0/001", t)
    expect("entry and tile changed together", "root", both)
    expect("a file nobody promised", "extra_file", lambda f: write(f, "notes.txt", b"hello"))
    expect("the checkpoint missing", "no_checkpoint", lambda f: os.remove(path(f, "checkpoint")))
    expect("the checkpoint empty", "bad_note", edit("checkpoint", lambda d: b""))
    expect("all signatures dropped", "no_signature", edit("checkpoint", lambda d: d.split(b"\n\n")[0] + b"\n"))
    expect("all signatures dropped, the empty line kept", "no_signature", edit("checkpoint", lambda d: d.split(b"\n\n")[0] + b"\n\n"))
    lines = read(good, "checkpoint").split(b"\n")
    expect("the log's signature dropped", "no_signature", edit("checkpoint", lambda d: b"\n".join(lines[:4] + lines[5:])))
    expect("the log's signature altered", "bad_signature", edit("checkpoint", lambda d: d.replace(lines[4], lines[4][:-8] + b"AAA" + lines[4][-5:])))
    expect("the size altered", "bad_signature", edit("checkpoint", lambda d: d.replace(b"\n1000\n", b"\n999\n")))
    expect("an older checkpoint in its place", "tile_missing", lambda f: write(f, "checkpoint", read(home, "old")))
    expect("too few witnesses", "quorum", lambda f: None, "--policy", path(home, "policy-all"))
    expect("a policy that cannot be read", "policy", lambda f: None, "--policy", path(home, "vkey"))
    expect("a fork against an older checkpoint", "fork", lambda f: None, "--against", path(home, "forked"))
    expect("an older checkpoint that is none", "against", lambda f: None, "--against", path(home, "vkey"))

    small = path(top, "small")
    subprocess.run([make_log, small, "500"], check=True)
    code, said = verify(path(small, "export"), *key)
    ok("the log of another key of that name", code == CODE["wrong_key"], said)
    code, said = verify(good, "--key", "demo.journal.example/other" + vkey[vkey.index("+"):])
    ok("a verifier key whose id is not its own is refused", code == 2, said)
    code, said = verify(path(home, "export"), *key, "--against", path(good, "checkpoint"))
    ok("against its own checkpoint", code == 0, said)
    copy = path(top, "copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(good, copy)
    write(copy, "checkpoint", read(home, "old"))
    code, said = verify(copy, *key, "--against", path(good, "checkpoint"))
    ok("rolled back against a newer checkpoint", code == CODE["rolled_back"], said)

    receipt = ["--proof", path(home, "receipt"), "--entry", path(home, "entry")]
    ok("a receipt holds", verify(*receipt, *key)[0] == 0)
    ok("a receipt needs its quorum", verify(*receipt, *key, "--policy", path(home, "policy-all"))[0] == CODE["quorum"])
    ok("a receipt of another entry", verify("--proof", path(home, "receipt"), "--entry", path(home, "vkey"), *key)[0] == CODE["receipt_proof"])
    ok("a receipt that is none", verify("--proof", path(home, "vkey"), "--entry", path(home, "entry"), *key)[0] == CODE["receipt"])
    text = read(home, "receipt")
    missed = []
    signatures = text.index(b"\n\xe2\x80\x94 witness")
    for spot in range(signatures):
        changed = bytearray(text)
        changed[spot] ^= 1
        write(home, "changed", changed)
        if verify("--proof", path(home, "changed"), "--entry", path(home, "entry"), *key)[0] not in CODE.values():
            missed.append(spot)
    ok("every changed byte of a receipt is found", not missed, str(missed[:5]))
    for arguments in ([], [good], key, [good, good, *key], [good, "--key", "x"], [*receipt, good, *key], [good, *key, "--what", "x"]):
        if verify(*arguments)[0] != 2:
            ok(f"wrong usage {arguments}", False)
    ok("wrong usage is told", True)
    ok("every defect has a code of its own", len(set(CODE.values())) == len(CODE))

print(f"1..{len(results)}")
sys.exit(not all(results))
