#!/usr/bin/env python3
"""The openssl program reads what our test authority and cards write, and we read what it writes."""
import os, shutil, socket, subprocess, sys, tempfile, time

tool = os.path.abspath(sys.argv[1])
work = tempfile.mkdtemp(prefix="youju-cards-")
results = []


def run(*command, **more):
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=60, cwd=work, **more)


def check(name, good, detail=""):
    results.append((name, good))
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}")
    if not good:
        print("# " + detail.replace("\n", "\n# "))


def verify(card):
    return run("openssl", "verify", "-CAfile", "ca.pem", "-crl_check_all", "-CRLfile", "crl.pem", card)


def sign(out, card, *extra):
    run("openssl", "cms", "-sign", "-in", "content", "-binary", "-signer", f"demo/cards/{card}.pem", "-outform", "der",
        "-out", out, *extra)


def judged(name, file, expected):
    answer = run(tool, "check", "demo", file, "content")
    check(name, answer.stdout == expected, answer.stdout + answer.stderr)


def tls_answer(port, *client):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        answer = run("curl", "-sS", "--cacert", "demo/tls/ca/test-root.pem", *client, f"https://localhost:{port}/")
        if answer.returncode != 7:  # could not connect: the server is still starting
            break
        time.sleep(0.05)
    return answer


def mutual_tls():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-www", "-cert", "demo/tls/server.pem", "-key",
         "demo/tls/server.key", "-Verify", "3", "-verify_return_error", "-CAfile", "ca.pem"],
        cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        good = tls_answer(port, "--cert", "demo/cards/person.pem")
        check("a card opens a TLS connection and the server's certificate names localhost",
              good.returncode == 0 and "s_server" in good.stdout, good.stderr)
        check("without a card there is no connection", tls_answer(port).returncode != 0)
    finally:
        server.kill()
        server.wait()


def made_elsewhere(name, key, extensions, expected, *extra):
    """A certificate that openssl makes with G3's key, as a careless authority might."""
    with open(os.path.join(work, "ext"), "w") as out:
        out.write("authorityKeyIdentifier=keyid\nbasicConstraints=CA:FALSE\n" + extensions)
    run("openssl", "req", "-new", "-newkey", key, "-nodes", "-keyout", "new.key", "-subj", "/C=TW/CN=x", "-out", "csr")
    run("openssl", "x509", "-req", "-in", "csr", "-CA", "demo/tls/testca/moica-g3.pem", "-CAkey",
        "demo/tls/testca/moica-g3.key", "-set_serial", "77", "-extfile", "ext", "-days", "30", "-outform", "der",
        "-out", "new.der", *extra)
    answer = run(tool, "judge", "demo", "new.der")
    check(f"{name}: {expected}", answer.stdout == f"certificate {expected}\n", answer.stdout + answer.stderr)


def responder(name, subject, extensions, days="30"):
    """A certificate of G3 for a responder, or what somebody might try in its place."""
    with open(os.path.join(work, "ext"), "w") as out:
        out.write("basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n" + extensions)
    run("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-subj", subject, "-out", "csr")
    run("openssl", "x509", "-req", "-in", "csr", "-CA", "demo/tls/testca/moica-g3.pem", "-CAkey",
        "demo/tls/testca/moica-g3.key", "-set_serial", "78", "-extfile", "ext", "-days", days, "-out", f"{name}.pem")


def answered(name, expected, signer, key, *more, card="person", ca="moica-g3", status="V", ahead="0", serial=None, asked=None):
    """openssl as responder, without a network: our question in, its answer out, our judgement."""
    found = run("openssl", "x509", "-in", f"demo/cards/{asked or card}.pem", "-noout", "-serial").stdout.strip().split("=")[1]
    revoked = "251101000000Z" if status == "R" else ""
    with open(os.path.join(work, "index.txt"), "w") as out:
        out.write(f"{status}\t400101000000Z\t{revoked}\t{serial or found}\tunknown\t/CN=x\n")
    run(tool, "ocsp-query", "demo", f"demo/cards/{asked or card}.pem", "query.der")
    made = run("openssl", "ocsp", "-index", "index.txt", "-CA", f"demo/tls/testca/{ca}.pem", "-rsigner", signer, "-rkey", key,
               "-reqin", "query.der", "-respout", "answer.der", "-ndays", "1", *more)
    said = run(tool, "ocsp-read", "demo", f"demo/cards/{card}.pem", "answer.der", ahead)
    check(f"OCSP, {name}: {expected}", said.stdout == f"answer {expected}\n", said.stdout + said.stderr + made.stderr)


def carried(own):
    """The same over http, as the messenger carries it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["openssl", "ocsp", "-port", str(port), "-index", "index.txt", "-CA", own[0], "-rsigner", own[0], "-rkey",
                               own[1], "-ndays", "1"], cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            run(tool, "ocsp-query", "demo", "demo/cards/person.pem", "query.der")
            sent = run(tool, "ocsp-carry", f"http://localhost:{port}/", "query.der", "carried.der")
            if sent.returncode == 0:
                break
            time.sleep(0.05)
        said = run(tool, "ocsp-read", "demo", "demo/cards/person.pem", "carried.der", "0")
        check("OCSP, carried over http: good", said.stdout == "answer good\n", said.stdout + said.stderr + sent.stderr)
    finally:
        server.kill()
        server.wait()
    refused = run(tool, "ocsp-carry", f"http://localhost:{port}/", "query.der", "none.der")
    check("OCSP, nobody listens: io", refused.returncode == 1 and "io" in refused.stderr, refused.stderr)


def revocation_answers():
    own = ("demo/tls/testca/moica-g3.pem", "demo/tls/testca/moica-g3.key")
    answered("signed by the issuer", "good", *own)
    answered("signed by the issuer", "revoked", *own, status="R")
    answered("a certificate that the responder does not know", "untrusted", *own, serial="77")
    answered("of yesterday", "conflict", *own, ahead="3")
    answered("about another card", "untrusted", "demo/tls/testca/moica-g2.pem", "demo/tls/testca/moica-g2.key", ca="moica-g2",
             asked="revoked")
    answered("signed by another generation", "untrusted", "demo/tls/testca/moica-g2.pem", "demo/tls/testca/moica-g2.key")
    answered("with SHA-1", "untrusted", *own, "-rmd", "sha1")
    responder("delegate", "/CN=responder", "extendedKeyUsage=OCSPSigning\n")
    answered("signed by a responder of the issuer", "good", "delegate.pem", "delegate.key")
    responder("other", "/CN=other", "extendedKeyUsage=clientAuth\n")
    answered("signed by a certificate of the issuer that is no responder's", "untrusted", "other.pem", "other.key")
    responder("none", "/CN=none", "")
    answered("signed by a card", "untrusted", "none.pem", "none.key")
    answered("signed by a responder whose time is over", "untrusted", "delegate.pem", "delegate.key", "-ndays", "90", ahead="60")
    carried(own)
    with open(os.path.join(work, "answer.der"), "r+b") as file:
        file.seek(-20, os.SEEK_END)
        file.write(b"\x00")
    said = run(tool, "ocsp-read", "demo", "demo/cards/person.pem", "answer.der", "0")
    check("OCSP, a byte changed: untrusted", said.stdout == "answer untrusted\n", said.stdout + said.stderr)
    open(os.path.join(work, "answer.der"), "wb").write(bytes.fromhex("30030a0103"))
    said = run(tool, "ocsp-read", "demo", "demo/cards/person.pem", "answer.der", "0")
    check("OCSP, ask again later: busy", said.stdout == "answer busy\n", said.stdout + said.stderr)
    open(os.path.join(work, "answer.der"), "wb").write(b"<html>no</html>")
    said = run(tool, "ocsp-read", "demo", "demo/cards/person.pem", "answer.der", "0")
    check("OCSP, no answer at all: syntax", said.stdout == "answer syntax\n", said.stdout + said.stderr)


def bundle(folder, target):
    with open(os.path.join(work, target), "w") as out:
        for name in sorted(os.listdir(os.path.join(work, folder))):
            path = os.path.join(folder, name)
            out.write(open(os.path.join(work, path)).read() if name.endswith(".pem") else
                      run("openssl", "crl", "-inform", "der", "-in", path).stdout)


try:
    made = run(tool, "make", "demo")
    check("the test authority is made", made.returncode == 0, made.stderr)
    bundle("demo/tls/ca", "ca.pem")
    bundle("demo/tls/crl", "crl.pem")
    for card, text in (("person", "OK"), ("agency", "OK"), ("revoked", "certificate revoked")):
        answer = verify(f"demo/cards/{card}.pem")
        check(f"openssl verify says of {card}: {text}", text in answer.stdout + answer.stderr,
              answer.stdout + answer.stderr)
    answer = run("openssl", "crl", "-inform", "der", "-in", "demo/tls/crl/moica-g2.crl", "-noout", "-text")
    check("openssl crl lists the revoked serial", answer.stdout.count("Serial Number:") == 1, answer.stdout)
    answer = run("openssl", "pkcs12", "-in", "demo/cards/person.p12", "-passin", "pass:demo", "-nokeys", "-info")
    check("openssl pkcs12 opens the browser file", "BEGIN CERTIFICATE" in answer.stdout, answer.stderr)

    open(os.path.join(work, "content"), "w").write("sign in to youju: 12345")
    run(tool, "sign", "demo/cards/person.pem", "content", "ours.p7s")
    answer = run("openssl", "cms", "-verify", "-inform", "der", "-in", "ours.p7s", "-content", "content", "-binary",
                 "-CAfile", "ca.pem", "-purpose", "any", "-out", "out")
    check("openssl cms verifies our signature", answer.returncode == 0, answer.stderr)
    judged("we verify our own", "ours.p7s", "signature good\ncertificate good\n")
    for name, card, extra, expected in (
            ("a detached signature of openssl", "person", (), "signature good\ncertificate good\n"),
            ("an enveloping signature of openssl", "person", ("-nodetach",), "signature good\ncertificate good\n"),
            ("a SHA-1 signature", "person", ("-md", "sha1"), "signature weak_algorithm\n"),
            ("a signature without attributes", "person", ("-noattr",), "signature no_attributes\n"),
            ("two signers", "person", ("-signer", "demo/cards/agency.pem"), "signature not_one_signer\n"),
            ("a signature without certificate", "person", ("-nocerts",), "signature no_certificate\n"),
            ("an agency's signature where a person is asked for", "agency", (),
             "signature good\ncertificate wrong_kind\n"),
            ("a revoked card's signature", "revoked", (), "signature good\ncertificate revoked\n")):
        sign("theirs.p7s", card, *extra)
        judged(name, "theirs.p7s", expected)
    signs = "keyUsage=critical,digitalSignature\n"
    made_elsewhere("a key of 1024 bits", "rsa:1024", signs, "weak_algorithm")
    made_elsewhere("a SHA-1 certificate", "rsa:2048", signs, "weak_algorithm", "-sha1")
    made_elsewhere("an unknown critical extension", "rsa:2048", signs + "1.2.3.4=critical,DER:0500\n",
                   "unknown_critical")
    made_elsewhere("no key usage at all", "rsa:2048", "", "wrong_usage")
    made_elsewhere("a PSS signature passes as far as the kind", "rsa:2048", signs, "wrong_kind", "-sigopt",
                   "rsa_padding_mode:pss")
    made_elsewhere("a kind as certificate policy", "rsa:2048", signs + "certificatePolicies=2.16.886.1.100.3.1.1\n",
                   "last_four_missing")
    made_elsewhere("the last four in the other extension", "rsa:2048",
                   signs + "certificatePolicies=2.16.886.1.100.3.1.1\n2.16.886.1.100.1.1=DER:0C0436373839\n", "good")
    made_elsewhere("two kinds at once", "rsa:2048",
                   signs + "certificatePolicies=2.16.886.1.100.3.1.1,2.16.886.1.100.3.3.1\n", "malformed")
    revocation_answers()
    mutual_tls()
finally:
    shutil.rmtree(work)
print(f"1..{len(results)}")
sys.exit(0 if results and all(good for _, good in results) else 1)
