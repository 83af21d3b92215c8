#!/usr/bin/env python3
"""Each role is linked with the libraries of its own work and no others (ARCHITECTURE.md, processes).
usage: libraries_test.py LIBEXEC"""
import os, re, subprocess, sys

folder = sys.argv[1]
OWNERS = {
    r"pango|cairo|fontconfig|freetype|harfbuzz|qrencode|glib": {"youju-scribe"},
    r"libzip|libxml2": {"youju-scribe", "youju-front"},
    r"microhttpd|gnutls": {"youju-front"},
    r"sqlite3": {"youju-keeper", "youju-inspector", "youju-courier"},
    r"libcurl": {"youju-messenger"},
    r"libldap|libpq": set(),
}
bad, roles = [], sorted(n for n in os.listdir(folder) if n.startswith("youju-") and os.access(f"{folder}/{n}", os.X_OK)
                        and os.path.isfile(f"{folder}/{n}"))
for role in roles:
    text = subprocess.run(["readelf", "-d", f"{folder}/{role}"], capture_output=True, text=True).stdout
    for library in re.findall(r"\(NEEDED\).*\[(.*?)\]", text):
        bad += [f"{role} is linked with {library}" for pattern, owners in OWNERS.items()
                if re.search(pattern, library) and role not in owners]
print(f"1..1\n{'not ok' if bad or len(roles) < 7 else 'ok'} 1 - each of {len(roles)} roles links its own libraries")
for line in bad:
    print("# " + line)
sys.exit(1 if bad or len(roles) < 7 else 0)
