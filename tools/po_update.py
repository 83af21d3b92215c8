#!/usr/bin/env python3
"""po_update.py TOP: brings po/zh_TW.po in line with the texts of the source. Translations stay; new
texts come in empty; texts that nobody says any more leave. Prints how many are untranslated."""
import os
import sys

import po_extract
import po_file

HEAD = '''# Chinese as used in Taiwan. Legal terms follow the guideline and the statutes.
msgid ""
msgstr ""
"Project-Id-Version: youju\\n"
"Language: zh_TW\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
'''


def main():
    top = sys.argv[1]
    path = os.path.join(top, 'po', 'zh_TW.po')
    known = po_file.read(path) if os.path.exists(path) else {}
    texts = po_extract.texts(top)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(HEAD)
        for msgid, where in texts.items():
            out.write('\n#: %s\nmsgid %s\nmsgstr %s\n'
                      % (where, po_file.quote(msgid), po_file.quote(known.get(msgid, ''))))
    print('%d texts, %d untranslated' % (len(texts), sum(t not in known for t in texts)))


main()
