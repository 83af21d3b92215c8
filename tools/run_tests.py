#!/usr/bin/env python3
"""Runs every test of build/ and the unit and fuzz suites of build-asan/, prints what failed and, as
the last line, "N passed, N failed". A program that speaks TAP counts once for each of its tests."""
import json, os, re, subprocess, sys

ASAN_SUITES = ["unit", "fuzz"]


def run(folder, suites):
    command = ["meson", "test", "-C", folder, "--no-rebuild", "--print-errorlogs", "--num-processes", "2",
               "--timeout-multiplier", "4"]  # shared machines are slow at times
    for suite in suites:
        command += ["--suite", suite]
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:abort_on_error=1",
               UBSAN_OPTIONS="halt_on_error=1:abort_on_error=1:print_stacktrace=1")
    log = os.path.join(folder, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    done = subprocess.run(command, env=env)
    if not os.path.exists(log):
        print(f"{folder}: no test ran (exit {done.returncode})")
        return 0, 1
    passed = failed = 0
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            test = json.loads(line)
            good = len(re.findall(r"^ok\b", test.get("stdout", ""), re.M))
            bad = len(re.findall(r"^not ok\b", test.get("stdout", ""), re.M))
            if test["result"] == "OK":
                passed += max(1, good)
            else:  # a skipped test is a test that did not run: it does not count as passed
                failed += max(1, bad)
                print(f"FAILED ({test['result']}): {folder} {test['name']}")
    return passed, failed


def main():
    suites = sys.argv[1:]
    passed, failed = run("build", suites)
    if not suites or set(suites) & set(ASAN_SUITES):
        more = run("build-asan", [s for s in ASAN_SUITES if not suites or s in suites])
        passed, failed = passed + more[0], failed + more[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
