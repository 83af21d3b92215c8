#!/usr/bin/env python3
"""curl talks to a served demonstration city over both listeners: mutual TLS, questions, refusals, nonsense.

usage: served_test.py CITY_TOOL YOUJU YOUJU_VERIFY"""
import base64, datetime, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, time

city_tool, youju, youju_verify = (os.path.abspath(path) for path in sys.argv[1:4])
work = tempfile.mkdtemp(prefix="youju-served-")
city = os.path.join(work, "city")
results = []


def check(name, good, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}")
    if not good:
        print("# " + str(detail)[:2000].replace("\n", "\n# "))


def free_ports():
    sockets = [socket.socket() for _ in range(2)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def curl(url, card=None, data=None, *more):
    """Returns (status, body); status 0: no answer over TLS."""
    command = ["curl", "-sS", "--max-time", "30", "--cacert", os.path.join(city, "tls/ca/test-root.pem"), "-w",
               "\n%{http_code}", *more]
    if card:
        command += ["--cert", os.path.join(city, f"cards/{card}.pem")]
    if data is not None:
        command += ["-H", "Content-Type: application/json", "--data-binary", "@-"]
    done = subprocess.run(command + [url], input=data, capture_output=True, encoding="utf-8", timeout=60)
    body, _, status = done.stdout.rpartition("\n")
    return (int(status) if status.isdigit() else 0), body


def request():
    return base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")


def question(**changes):
    asked = {"request": request(), "case_no": "113-0041", "subject": "1", "legal_basis": "B_LOW",
             "purpose": "yearly_recheck", "item": "item_1", "range": "residence",
             "anchor_date": (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).strftime("%Y-%m-%d")}
    asked.update(changes)
    return json.dumps({name: value for name, value in asked.items() if value is not None})


def ask(card="sanmin-officer", **changes):
    status, body = curl(f"{card_url}/api/v1/commands/ask", card, question(**changes))
    try:
        return status, json.loads(body)
    except ValueError:
        return status, {"body": body}


def answered(party, verdict):
    status, reply = ask(subject=str(party))
    check(f"party {party} of 113-0041: {verdict}", status == 200 and reply.get("verdict") == "granted" and
          reply["answer"]["verdict"] == verdict and reply["entry"] > reply["asked_entry"] > 0, (status, reply))
    return reply


def refused(name, refusal, card="sanmin-officer", **changes):
    status, reply = ask(card, **changes)
    check(f"{name}: {refusal}", status == 200 and reply.get("verdict") == "refused" and reply.get("refusal") == refusal and
          reply.get("rule") and reply.get("next_step") and reply.get("entry"), (status, reply))


def nonsense(name, expected, url, card="sanmin-officer", data=None, *more):
    status, body = curl(url, card, data, *more)
    check(f"{name}: {expected}", status == expected, (status, body))


def questions():
    answered(1, "eligible")
    answered(2, "not_eligible")
    reply = answered(3, "needs_review")
    days = reply.get("answer", {}).get("days", {})
    check("party 3 has four counts around 183", sorted(days.values()) == [182, 183, 184, 185], days)
    answered(4, "needs_review")
    again = request()
    first, second = ask(request=again)[1], ask(request=again)[1]
    check("the same request twice is one question", first.get("entry") and first.get("entry") == second.get("entry"),
          (first, second))
    refused("the same request with other content", "request_reused", request=again, subject="2")


def refusals():
    for card, refusal in (("zuoying-officer", "case_of_other_office"), ("test-expired", "card_expired"),
                          ("test-not-yet-valid", "card_expired"), ("test-revoked", "card_revoked"),
                          ("test-foreign", "card_foreign"), ("test-old-generation", "card_foreign"),
                          ("test-wrong-generation", "card_foreign"), ("test-no-last-four", "card_unfit"),
                          ("agency-sanmin", "card_unfit"), ("test-stranger", "card_unknown"),
                          ("test-renewed", "card_unknown")):
        refused(f"with {card}", refusal, card)
    refused("somebody who is no party", "subject_not_in_case", subject="99")
    refused("a number that is no party's", "subject_not_in_case", subject="A123456789")
    refused("a number with a wrong check digit", "id_no_invalid", subject="A123456780")
    refused("a case that does not exist", "case_unknown", case_no="999-0001")
    refused("a closed case", "case_closed", case_no="113-0064")


def bad_input():
    for name, changes in (("an impossible date", {"anchor_date": "2026-02-30"}), ("a date of six digits", {"anchor_date": "261124"}),
                          ("an unknown purpose", {"purpose": "curiosity"}), ("a missing field", {"case_no": None}),
                          ("an unknown field", {"colour": "red"})):
        status, reply = ask(**changes)
        check(f"{name} is told", status in (400, 422) and reply.get("verdict") in ("invalid", "failed"), (status, reply))
    api = f"{card_url}/api/v1"
    nonsense("half an object", 400, f"{api}/commands/ask", data="{")
    nonsense("no object at all", 400, f"{api}/commands/ask", data="[1]")
    nonsense("an unknown command", 404, f"{api}/commands/nothing", data="{}")
    nonsense("an unknown list", 404, f"{api}/sheets/nothing")
    nonsense("a command by GET", 405, f"{api}/commands/ask")
    status, body = curl(f"{api}/commands/ask", "sanmin-officer", "a" * 20_000_000)
    check("twenty megabytes are refused", status in (0, 400, 413), (status, body))
    status, body = curl(f"{api}/commands/ask", "sanmin-officer", "a" * 500_000)
    check("half a megabyte is too much for a question", status in (0, 413), (status, body))
    status, body = curl(f"{api}/commands/attach_scan", "sanmin-officer", "a" * 7_000_000)
    check("and not for a scan", status == 400, (status, body))
    check("without a card there is no connection to the card listener", curl(f"{card_url}/healthz")[0] == 0)
    check("the encryption certificate opens no session", ask("test-wrong-usage")[0] in (0, 200) and
          ask("test-wrong-usage")[1].get("verdict") != "granted")
    nonsense("a command without session on the web listener", 403, f"{web_url}/api/v1/commands/ask", None, question())


def command_line():
    done = subprocess.run([youju, "do", city, "ask", "--as", os.path.join(city, "cards/sanmin-officer.pem"), "--json",
                           "case_no=113-0041", "subject=1", "legal_basis=B_LOW", "purpose=yearly_recheck", "item=item_1",
                           "range=residence", "anchor_date=2026-11-24"],
                          capture_output=True, encoding="utf-8", timeout=60)
    check("the command line asks the same keeper", done.returncode == 0 and '"eligible"' in done.stdout,
          done.stdout + done.stderr)


def nothing_personal_is_stored(personal):
    """Log, tables, vault and program messages; card files, source and the lists are the demo's own."""
    searched = [os.path.join(work, "serve.log")]
    for folder, _, names in os.walk(city):
        if os.path.relpath(folder, city).split(os.sep)[0] not in ("cards", "tls"):
            searched += [os.path.join(folder, name) for name in names if not name.startswith("source.db")]
    stored = {path: re.sub(rb"\0{16,}", b"\0", open(path, "rb").read()) for path in searched if os.path.isfile(path)}
    check("log, tables and vault are there", any(b'"kind":"query_asked"' in text for text in stored.values()) and
          any(b"113-0041" in text for text in stored.values()) and
          sum("vault.db" in path or "youju.db" in path for path in stored) >= 2, list(stored))
    found = {(os.path.relpath(path, work), text) for text in personal if len(text) > 2
             for path, stored_text in stored.items() if text.encode() in stored_text}
    check(f"none of {len(personal)} names and numbers stands in {len(stored)} files", personal and not found,
          sorted(found)[:10])


web_port, card_port = free_ports()
web_url, card_url = f"https://localhost:{web_port}", f"https://localhost:{card_port}"
server = None
try:
    made = subprocess.run([city_tool, city, str(web_port), str(card_port)], capture_output=True, encoding="utf-8", timeout=120)
    check("the city is made", made.returncode == 0, made.stdout + made.stderr)
    log = open(os.path.join(work, "serve.log"), "w")
    server = subprocess.Popen([youju, "serve", city], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    until = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < until and curl(f"{web_url}/healthz")[0] != 200:
        time.sleep(0.05)
    check("the service answers", curl(f"{web_url}/healthz")[0] == 200, open(os.path.join(work, "serve.log")).read())
    questions()
    refusals()
    bad_input()
    command_line()
    check("it still answers", curl(f"{web_url}/healthz")[0] == 200)
    server.send_signal(signal.SIGTERM)
    check("it stops when told to", server.wait(timeout=30) == 0, open(os.path.join(work, "serve.log")).read())
    nothing_personal_is_stored(set(made.stdout.split("\n")) | {"A123456789", "A123456780"})
finally:
    if server and server.poll() is None:
        server.kill()
        server.wait()
    shutil.rmtree(work)
print(f"1..{len(results)}")
sys.exit(0 if results and all(results) else 1)
