#!/usr/bin/env python3
"""Drives wrk in turns against youju and nginx and prints medians and spread. Called by bench/service."""
import base64, datetime, hashlib, hmac, os, re, statistics, subprocess, sys, time

work, rounds, seconds, root = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
youju_url, nginx_url = (f"https://localhost:{port}" for port in sys.argv[5:7])
CONNECTIONS = 64

LUA = """
local officers = {}
for line in io.lines("%(work)s/requests.tsv") do
  local cookie, body = line:match("([^\\t]*)\\t([^\\t]*)")
  officers[#officers + 1] = { cookie, body }
end
local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local turn, made = 0, 0
local seed = ""
function init(args)
  math.randomseed(tonumber(os.getenv("YOUJU_SEED")))
  turn = math.random(1, #officers)
  for i = 1, 12 do local k = math.random(1, 64); seed = seed .. digits:sub(k, k) end
end
function request()
  turn = turn %% #officers + 1
  made = made + 1
  local n, text = made, ""
  for i = 1, 9 do text = text .. digits:sub(n %% 64 + 1, n %% 64 + 1); n = math.floor(n / 64) end
  local officer = officers[turn]
  return wrk.format("POST", "/ask", { ["Cookie"] = officer[1], ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Origin"] = "%(youju_url)s" }, officer[2] .. "&request=" .. seed .. text .. "A")
end
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
        out.write(LUA % {"work": work, "youju_url": youju_url, "mark": "entry"})


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


def show(name, values, unit):
    print(f"{name:40} {statistics.median(values):10.4g} {unit}  ({min(values):.4g}-{max(values):.4g})")


requests_write()
print(f"idle memory, sum of PSS of all processes: {pss_kib() / 1024:.1f} MiB")
ours, theirs, ratios, p99s = [], [], [], []
wrk(f"{youju_url}/ask", f"{work}/ask.lua", duration=2)
for _ in range(rounds):
    before = log_size()
    rate, p50, p99 = wrk(f"{youju_url}/ask", f"{work}/ask.lua")
    added = log_size() - before
    nginx = wrk(nginx_url + "/")[0]
    ours.append(rate); theirs.append(nginx); ratios.append(rate / nginx); p99s.append(p99)
    print(f"  youju {rate:.0f}/s (p50 {p50:.1f} ms, p99 {p99:.1f} ms, log +{added}), nginx {nginx:.0f}/s, ratio {rate / nginx:.3f}")
show("youju, questions over TLS keep-alive", ours, "/s")
show("nginx, a constant", theirs, "/s")
show("ratio", ratios, "")
show("p99 at full load", p99s, "ms")
print(f"memory after load, sum of PSS: {pss_kib() / 1024:.1f} MiB")
