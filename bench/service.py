#!/usr/bin/env python3
"""Drives wrk in turns against youju and nginx and prints medians and spread. Called by bench/service."""
import base64, datetime, hashlib, hmac, http.client, os, re, ssl, statistics, subprocess, sys, threading, time

work, rounds, seconds, root = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
youju_url, nginx_url = (f"https://localhost:{port}" for port in sys.argv[5:7])
nginx_root = int(sys.argv[7])
CONNECTIONS = 64
STEADY_RATE, STEADY_WORKERS = 50, 10  # questions a second, and the connections that take turns
TICKS = os.sysconf("SC_CLK_TCK")

# A request is put together once an officer; only its number changes. That the answers are answers is looked
# at while warming up, and told by the log in every round: two entries a question, one a refusal.
LUA = """
local officers = {}
for line in io.lines("%(work)s/requests.tsv") do
  local cookie, body = line:match("([^\\t]*)\\t([^\\t]*)")
  officers[#officers + 1] = { cookie, body }
end
local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local turn, made, seed, requests = 0, 0, "", {}
function init(args)
  math.randomseed(tonumber(os.getenv("YOUJU_SEED")))
  turn = math.random(1, #officers)
  for i = 1, 12 do local k = math.random(1, 64); seed = seed .. digits:sub(k, k) end
  for i, officer in ipairs(officers) do
    local whole = wrk.format("POST", "/ask", { ["Cookie"] = officer[1],
      ["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = "%(youju_url)s" },
      officer[2] .. "&request=" .. string.rep("A", 22))
    requests[i] = whole:sub(1, #whole - 22) .. seed
  end
end
function request()
  turn = turn %% #requests + 1
  made = made + 1
  return requests[turn] .. string.format("%%09dA", made)
end
"""
LOOK = """
local bad = 0
function response(status, headers, body)
  if status ~= 200 or not body:find("%(mark)s", 1, true) then bad = bad + 1; if bad == 1 then io.stderr:write("HTTP ", status, "\\n", body:sub(1, 3000), "\\n") end end
end
"""


def requests_write():
    today = (datetime.datetime.utcnow() + datetime.timedelta(hours=8)).strftime("%Y-%m-%d")
    with open(f"{work}/requests.tsv", "w") as out:
        for line in open(f"{work}/office/office.tsv"):
            token, case_no = line.strip().split("\t")
            csrf = base64.urlsafe_b64encode(hmac.new(token.encode(), b"youju form 1", hashlib.sha256).digest()[:18]).decode()
            out.write(f"__Host-session={token}\tcsrf={csrf}&case_no={case_no}&subject=1&legal_basis=B_LOW&purpose=yearly_recheck"
                      f"&item=item_1&range=residence&anchor_date={today}&reason_code=&reason=&waits_for=\n")
    with open(f"{work}/ask.lua", "w") as out:
        out.write(LUA % {"work": work, "youju_url": youju_url})
    with open(f"{work}/look.lua", "w") as out:
        out.write((LUA + LOOK) % {"work": work, "youju_url": youju_url, "mark": "entry"})


def wrk(url, script=None, connections=CONNECTIONS, threads=1, duration=None):
    command = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{duration or seconds}s", "--latency"]
    command += ["-s", script] if script else []
    env = dict(os.environ, YOUJU_SEED=str(int.from_bytes(os.urandom(3), "big")))  # no request number twice
    text = subprocess.run(command + [url], capture_output=True, text=True, env=env).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if errors:
        print(f"  {errors.group(1)} bad responses from {url}")
    def ms(percent):
        value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", text).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), ms(50), ms(99)


def log_size():
    text = subprocess.run(["curl", "-sk", f"{youju_url}/metrics"], capture_output=True, text=True).stdout
    found = re.search(r"^youju_\w*(?:size|entries)\w* (\d+)", text, re.M)
    return int(found.group(1)) if found else 0


def children(pid):
    found = [pid]
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if int(open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(name))
            except OSError:
                pass
    return found


def pss_kib():
    total = 0
    for pid in children(root):
        for line in open(f"/proc/{pid}/smaps_rollup"):
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total


def cpu_s(of=root):
    """Seconds of processor by role, of a process and its children."""
    found = {}
    for pid in children(of):
        words = open(f"/proc/{pid}/stat").read().rsplit(")", 1)
        role = words[0].split("(", 1)[1].removeprefix("youju-")
        found[role] = found.get(role, 0) + sum(int(n) for n in words[1].split()[11:13]) / TICKS
    return found


def show(name, values, unit):
    print(f"{name:40} {statistics.median(values):10.4g} {unit}  ({min(values):.4g}-{max(values):.4g})")


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def steady(run_s):
    """Questions at a fixed rate, whether the last is answered or not, each followed by a page that asks
    nothing: milliseconds of both."""
    lines = [line.rstrip("\n").split("\t") for line in open(f"{work}/requests.tsv")]
    host = youju_url.removeprefix("https://")
    seed = base64.urlsafe_b64encode(os.urandom(9)).decode()
    asks, pages, begin, lock = [], [], time.monotonic() + 0.2, threading.Lock()

    def worker(which):
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(host, context=context)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        for n in range(which, int(run_s * STEADY_RATE), STEADY_WORKERS):
            due = begin + n / STEADY_RATE
            time.sleep(max(0, due - time.monotonic()))
            cookie, body = lines[n % len(lines)]
            connection.request("POST", "/ask", f"{body}&request={seed}{n:09d}A", {
                "Cookie": cookie, "Origin": youju_url, "Content-Type": "application/x-www-form-urlencoded"})
            reply = connection.getresponse()
            reply.read()
            asked = time.monotonic()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            with lock:
                asks.append((asked - due) * 1000 if reply.status == 200 else float("inf"))
                pages.append((time.monotonic() - asked) * 1000)

    workers = [threading.Thread(target=worker, args=(i,)) for i in range(STEADY_WORKERS)]
    [one.start() for one in workers]
    [one.join() for one in workers]
    return asks, pages


requests_write()
print(f"idle memory, sum of PSS of all processes: {pss_kib() / 1024:.1f} MiB")
ours, theirs, ratios, p99s, same, added, costs = [], [], [], [], [], [], {}
wrk(f"{youju_url}/ask", f"{work}/look.lua", duration=2)
for _ in range(rounds):
    asks, pages = steady(seconds)
    added.append(quantile(asks, 0.99) - quantile(pages, 0.5))
    before, cpu = log_size(), cpu_s()
    rate, p50, p99 = wrk(f"{youju_url}/ask", f"{work}/ask.lua")
    entries, asked = log_size() - before, rate * seconds
    if entries < 1.9 * asked:
        sys.exit(f"{entries / asked:.2f} entries a question: the officers' quotas are used up and refusals were counted; "
                 "take fewer or shorter rounds")
    for role, used in cpu_s().items():
        costs.setdefault(role, []).append((used - cpu.get(role, 0)) * 1e6 / asked)
    cpu = cpu_s(nginx_root)["nginx"]
    nginx = wrk(nginx_url + "/")[0]
    costs.setdefault("nginx", []).append((cpu_s(nginx_root)["nginx"] - cpu) * 1e6 / (nginx * seconds))
    same.append(wrk(nginx_url + "/", f"{work}/ask.lua")[0])
    ours.append(rate); theirs.append(nginx); ratios.append(rate / nginx); p99s.append(p99)
    print(f"  youju {rate:.0f}/s (p50 {p50:.1f} ms, p99 {p99:.1f} ms, {entries / asked:.2f} entries a question), "
          f"nginx {nginx:.0f}/s, ratio {rate / nginx:.3f}; at {STEADY_RATE}/s p50 {quantile(asks, 0.5):.1f} ms, "
          f"p99 {quantile(asks, 0.99):.1f} ms, an idle page {quantile(pages, 0.5):.1f} ms")
show("youju, questions over TLS keep-alive", ours, "/s")
show("nginx, a constant", theirs, "/s")
show("ratio", ratios, "")
show("nginx, a constant for the same requests", same, "/s")
show("p99 at full load", p99s, "ms")
show(f"added at {STEADY_RATE} questions/s, p99", added, "ms")
for role, values in costs.items():
    show(f"processor a request, {role}", values, "us")
each = [sum(values) for values in zip(*(costs[role] for role in costs if role != "nginx"))]
show("processor a question, all roles", each, "us")
show("ratio of processor, nginx to youju", [one / all_of for one, all_of in zip(costs["nginx"], each)], "")
print(f"memory after load, sum of PSS: {pss_kib() / 1024:.1f} MiB")
