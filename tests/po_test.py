#!/usr/bin/env python3
"""Every text that people may read has a Chinese translation, and none is kept that nobody says."""
import os
import subprocess
import sys

top = sys.argv[1] if len(sys.argv) > 1 else '.'
sys.path.insert(0, os.path.join(top, 'tools'))
import po_extract  # noqa: E402
import po_file  # noqa: E402

texts = po_extract.texts(top)
known = po_file.read(os.path.join(top, 'po', 'zh_TW.po'))
untranslated = [t for t in texts if t not in known]
unused = [t for t in known if t not in texts]
checked = subprocess.run(['msgfmt', '-c', '-o', '/dev/null', os.path.join(top, 'po', 'zh_TW.po')],
                         capture_output=True, text=True)
rows = [(not untranslated and len(texts) > 100,
         'untranslated = %d of %d (run tools/po_update.py, then translate)' % (len(untranslated), len(texts)),
         untranslated),
        (not unused, 'no translation is left over', unused),
        (checked.returncode == 0, 'msgfmt accepts the file', checked.stderr.splitlines())]
print('1..%d' % len(rows))
for number, (good, name, details) in enumerate(rows, 1):
    print('%s %d - %s' % ('ok' if good else 'not ok', number, name))
    if not good:
        for line in details:
            print('# ' + line.replace('\n', ' '))
sys.exit(0 if all(row[0] for row in rows) else 1)
