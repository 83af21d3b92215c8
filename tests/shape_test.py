#!/usr/bin/env python3
"""Files stay within 500 lines and functions within 70; malloc stays in base/arena.c; nothing is left open."""
import os, re, sys

top = sys.argv[1] if len(sys.argv) > 1 else "."
bad = []
for folder, _, names in os.walk(os.path.join(top, "src")):
    for name in names:
        if not name.endswith((".c", ".h")):
            continue
        path = os.path.join(folder, name)
        shown = os.path.relpath(path, top)
        lines = open(path, encoding="utf-8").read().split("\n")
        if len(lines) > 501:
            bad.append(f"{shown}: {len(lines)} lines")
        start = None
        for number, line in enumerate(lines, 1):
            if line.startswith("{"):
                start = number
            elif line.startswith("}") and start:
                if number - start - 1 > 70:
                    bad.append(f"{shown}:{start}: a function of {number - start - 1} lines")
                start = None
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                bad.append(f"{shown}:{number}: left open")
            if re.search(r"\b(malloc|calloc|realloc)\s*\(", line) and not shown.endswith("base/arena.c"):
                bad.append(f"{shown}:{number}: memory outside base/arena.c")
print(f"1..1\n{'not ok' if bad else 'ok'} 1 - files, functions and memory keep their shape")
for line in bad:
    print("# " + line)
sys.exit(1 if bad else 0)
