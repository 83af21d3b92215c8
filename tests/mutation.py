#!/usr/bin/env python3
"""Removes one rule of the law at a time and expects that a test notices.

What counts as a rule: each "return refused(...)" of decide_*.c, each problem of an imported row, each
row of the policy table, of the conflicts of duties and of the offices of a duty. All of them are
built into one program in which the environment variable MUTANT switches one off, so that no
mutant needs a compiler of its own.

usage: mutation.py SOURCE_ROOT [--only WORD]   (TAP; WORD is part of a mutant's name)
"""
import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

TESTS = ["decide_application", "decide_session", "decide_case", "decide_query", "decide_authorization", "decide_duty", "decide_paper", "decide_ending",
         "decide_rule", "decide_import", "decide_signature", "answer"]
PREAMBLE = "extern int mutant;\n"
SWITCH = """#include <stdlib.h>
extern int mutant;
int mutant;
__attribute__((constructor)) static void mutant_read(void) { const char *n = getenv("MUTANT"); mutant = n ? atoi(n) : 0; }
"""


class Mutants:
    def __init__(self):
        self.names = []

    def add(self, path, line, text):
        self.names.append(f"{path.name}:{line} {text.strip()}")
        return len(self.names)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def statements_mutate(mutants, path, text, pattern):
    """Guards every statement that matches: it runs unless its mutant is on."""
    def guarded(match):
        number = mutants.add(path, line_of(text, match.start()), " ".join(match.group(0).split()))
        return f"{{ if (mutant != {number}) {match.group(0)} }}"
    return re.sub(pattern, guarded, text)


def rows_mutate(mutants, path, text, row, test, switched):
    """Rows are numbered one after another; the loop's test gets a switch in front."""
    first = None
    for match in re.finditer(row, text, re.M):
        number = mutants.add(path, line_of(text, match.start()), match.group(0))
        first = first or number
    assert first and text.count(test) == 1, (path, test)
    return text.replace(test, switched.format(first=first))


def sources_mutate(root, mutants):
    law = root / "src/law"
    out = {}
    for path in sorted(law.glob("decide_*.c")):
        text = path.read_text()
        text = statements_mutate(mutants, path, text, r"return (?:refused|wrong_rows)\([^;]*\);")
        text = statements_mutate(mutants, path, text, r"(?<=\t)row_problem_add\([^;]*\);")
        out[path] = PREAMBLE + text
    path = law / "application.c"
    out[path] = PREAMBLE + statements_mutate(mutants, path, path.read_text(), r"return REFUSED_(?!NOT;)\w+;")
    path = law / "policy.c"
    out[path] = PREAMBLE + rows_mutate(
        mutants, path, path.read_text(), r"^\t\{ ITEM_\d, .*$", "if (rows[i].item != item ||",
        "if ((int)i + {first} == mutant || rows[i].item != item ||")
    path = law / "separation.c"
    text = rows_mutate(
        mutants, path, path.read_text(), r"^\t\{ DUTY_.*$", "if ((row->one == one",
        "if ((int)i + {first} != mutant && ((row->one == one")
    text = text.replace("(row->one == other && row->other == one))", "(row->one == other && row->other == one)))")
    text = rows_mutate(
        mutants, path, text, r"^\t\[DUTY_.*$", "return offices_of_duty[duty] &",
        "return (int)duty - 1 + {first} != mutant && offices_of_duty[duty] &")
    out[path] = PREAMBLE + text
    return out


def flags(package):
    found = subprocess.run(["pkg-config", "--cflags", "--libs", package], capture_output=True, text=True)
    return shlex.split(found.stdout)


def compile_one(job):
    source, target, include = job
    cc = shlex.split(os.environ.get("CC", "cc"))
    done = subprocess.run([*cc, "-std=gnu17", "-D_GNU_SOURCE", "-O0", "-w", "-c", *include,
                           str(source), "-o", str(target)], capture_output=True, text=True)
    if done.returncode and source.parent.name == "base":
        return None  # a brick with needs of its own; if the law needed it, linking would say so
    if done.returncode:
        raise SystemExit(f"Bail out! {source} does not compile:\n{done.stderr}")
    return target


def build(root, work, mutated):
    include = ["-I", str(root / "src"), "-I", str(root / "tests/unit/law")]
    jobs = []
    for room in ("base", "law"):
        for path in sorted((root / "src" / room).glob("*.c")):
            source = path
            if path in mutated:
                source = work / path.name
                source.write_text(mutated[path])
            jobs.append((source, work / f"{room}_{path.stem}.o", include))
    switch = work / "mutant_switch.c"
    switch.write_text(SWITCH)
    jobs.append((switch, work / "mutant_switch.o", include))
    test_jobs = [(root / f"tests/unit/law/{name}.c", work / f"test_{name}.o", include)
                 for name in ["decide_kit", *(f"{test}_test" for test in TESTS)]]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = [str(done) for done in pool.map(compile_one, jobs) if done]
        list(pool.map(compile_one, test_jobs))
    libraries = [flag for package in ("cmocka", "libcrypto", "jansson") for flag in flags(package)]
    archive = work / "all.a"
    subprocess.run(["ar", "rcs", str(archive), *objects], check=True)
    programs = []
    for test in TESTS:
        program = work / f"program_{test}"
        subprocess.run(["cc", str(work / f"test_{test}_test.o"), str(work / "test_decide_kit.o"),
                        str(work / "mutant_switch.o"), str(archive), *libraries, "-lpthread", "-o", str(program)],
                       check=True)
        programs.append((program, root / f"tests/golden/law/{test}.txt"))
    return programs


def passes(program, mutant):
    binary, golden = program
    done = subprocess.run([str(binary), str(golden)], env={**os.environ, "MUTANT": str(mutant)},
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return done.returncode == 0


def refusals_without_test(root):
    """Refusals that no case expects; the keeper alone gives request_reused."""
    cases = "".join(path.read_text() for path in (root / "tests/unit/law").glob("*_cases.inc"))
    declared = re.findall(r"^REFUSAL\((\w+),", (root / "src/law/refusals.def").read_text(), re.M)
    return [name for name in declared if name != "REQUEST_REUSED" and not re.search(rf"\b{name}\b", cases)]


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    only = sys.argv[3] if len(sys.argv) == 4 and sys.argv[2] == "--only" else ""
    mutants = Mutants()
    mutated = sources_mutate(root, mutants)
    wanted = [n for n, name in enumerate(mutants.names, 1) if only in name]
    with tempfile.TemporaryDirectory() as folder:
        programs = build(root, pathlib.Path(folder), mutated)
        print(f"1..{len(wanted) + 2}")
        sound = all(passes(program, 0) for program in programs)
        print(f"{'ok' if sound else 'not ok'} 1 - every test passes while no rule is removed")
        untested = refusals_without_test(root)
        print(f"{'not ok' if untested else 'ok'} 2 - every refusal is expected somewhere {' '.join(untested)}")
        failed = not sound or bool(untested)
        for at, number in enumerate(wanted, 3):
            noticed = not all(passes(program, number) for program in programs)
            failed |= not noticed
            print(f"{'ok' if noticed else 'not ok'} {at} - {mutants.names[number - 1]}".replace("#", ""), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
