#!/usr/bin/env python3
"""Which test shows which clause. Writes docs/traceability.md; with --check says whether it is true.

A story stands for the clause its name begins with, and so does a decided case of the law; a unit test for the clause its name begins with
(C25_no_identity_number…, G3_4b_…); any other test for those it names in a comment "shows: G3.8"."""
import os, re, sys

UNIT = re.compile(r'cmocka_unit_test\w*\(((?:G\d|F\d|X\d|C\d)\w*)')
SHOWS = re.compile(r'shows: ((?:[GFXC]\d[\w.]*(?:, )?)+)')
PREFIX = re.compile(r'(G\d(?:_\d)*[ab]?|F\d_\w+?|X\d+|C\d\d)_')
CASE = re.compile(r'^(?:CASE|GRANT|PROBLEM|LIST_GRANT)\(\w+, "((?:G|F|X|C)\d[\w.]*) ')
HEAD = """# From clause to test

Made by `tools/traceability.py` from the names of stories and unit tests; a test fails when it is not
current. The clauses are those of 高雄市政府社會局應用移民資訊管理作業要點 (G), its forms (F), our decisions on its
traps (X) and the controls of the protection standard (C).

| clause | says | shown by |
| --- | --- | --- |
"""


def clauses(top):
    rows = []
    for line in open(os.path.join(top, "tests/clauses.tsv"), encoding="utf-8"):
        if not line.startswith("#"):
            rows.append(line.rstrip("\n").split("\t"))
    return rows


def clause_of_function(name, known):
    found = PREFIX.match(name)
    if not found:
        return None
    clause = found.group(1).replace("_", ".")
    for known_id in sorted(known, key=len, reverse=True):
        if name.startswith(known_id.replace(".", "_") + "_"):
            clause = known_id
            break
    return clause


def cases(path, where):
    """Tables of decided cases: how many of a file show a clause."""
    counts = {}
    for line in open(path, encoding="utf-8"):
        found = CASE.match(line)
        if found:
            counts[found.group(1)] = counts.get(found.group(1), 0) + 1
    for clause, count in counts.items():
        yield clause, f"{count} decided case{'s' if count > 1 else ''} (`{where}`)"


def tests(top, known):
    for folder, folders, names in os.walk(os.path.join(top, "tests")):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith("_cases.inc"):
                yield from cases(path, os.path.relpath(path, top))
            if not name.endswith((".story", ".c", ".py", ".js", ".mjs", ".sh")):
                continue
            where = os.path.relpath(path, top)
            for line in open(path, encoding="utf-8"):
                if name.endswith(".story") and line.startswith("story:"):
                    clause, _, what = line[6:].strip().partition(" ")
                    yield clause, f"{what} (`{where}`)"
                for test in UNIT.findall(line):
                    clause = clause_of_function(test, known)
                    if clause:
                        yield clause, f"{test} (`{where}`)"
                for shown in SHOWS.findall(line):
                    for clause in shown.split(", "):
                        yield clause.rstrip("."), f"`{where}`"


def main():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    rows, wrong = clauses(top), []
    known = {row[0] for row in rows}
    shown = {}
    for clause, what in tests(top, known):
        targets = [clause] if clause in known else [k for k in known if k.startswith(clause + ".")]
        if not targets:
            wrong.append(f"no clause is called {clause}: {what}")
        for target in targets if clause in known else []:
            shown.setdefault(target, []).append(what)
        if clause not in known and targets:
            shown.setdefault(clause, []).append(what)
    text = HEAD
    for clause, says, when in rows:
        by = "<br>".join(shown.get(clause, []) + [w for k, ws in shown.items() if k not in known and clause.startswith(k + ".") for w in ws])
        if not by and when == "now":
            wrong.append(f"{clause} has no test")
        text += f"| {clause} | {says} | {by or 'later issue'} |\n"
    path = os.path.join(top, "docs/traceability.md")
    if "--check" not in sys.argv:
        open(path, "w", encoding="utf-8").write(text)
    elif open(path, encoding="utf-8").read() != text:
        wrong.append("docs/traceability.md is not current: run tools/traceability.py")
    print(f"1..1\n{'not ok' if wrong else 'ok'} 1 - every clause of this issue has its test, and the table says which")
    for line in wrong:
        print("# " + line)
    return 1 if wrong else 0


sys.exit(main())
