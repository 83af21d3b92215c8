#!/usr/bin/env python3
"""A room may include only what the map in ARCHITECTURE.md grants it."""
import os, re, sys

top = sys.argv[1] if len(sys.argv) > 1 else "."
text = open(os.path.join(top, "ARCHITECTURE.md"), encoding="utf-8").read()
allowed = {}
for line in re.search(r"```layers\n(.*?)```", text, re.S).group(1).splitlines():
    room, rooms = line.split(":")
    allowed[room.strip()] = set(rooms.split()) | {room.strip()}

rooms = sorted(e for e in os.listdir(os.path.join(top, "src")) if os.path.isdir(os.path.join(top, "src", e)))
bad = [f"src/{room} stands on no line of the map" for room in rooms if room not in allowed]
count = 0
for room in rooms:
    for folder, _, names in os.walk(os.path.join(top, "src", room)):
        for name in names:
            if not name.endswith((".c", ".h", ".def", ".inc")):
                continue
            path = os.path.join(folder, name)
            for number, line in enumerate(open(path, encoding="utf-8"), 1):
                found = re.match(r'\s*#\s*include\s+"([^"/]+)/', line)
                if not found:
                    continue
                count += 1
                if found.group(1) in rooms and found.group(1) not in allowed.get(room, set()):
                    bad.append(f"{os.path.relpath(path, top)}:{number}: {room} may not include {found.group(1)}")
print(f"1..1\n{'not ok' if bad else 'ok'} 1 - every include follows the map ({count} looked at)")
for line in bad:
    print("# " + line)
sys.exit(1 if bad or not count else 0)
