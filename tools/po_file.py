"""Reads and writes gettext PO files: the small part of the format that this project uses."""
import re

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\'}


def unquote(text):
    return re.sub(r'\\(.)', lambda m: ESCAPES[m.group(1)], text)


def quote(text):
    for plain, escaped in (('\\', '\\\\'), ('"', '\\"'), ('\n', '\\n'), ('\t', '\\t')):
        text = text.replace(plain, escaped)
    return '"' + text + '"'


def read(path):
    """{msgid: msgstr} without the header; obsolete (#~) and fuzzy rows are left out."""
    rows, msgid, target, fuzzy = {}, None, None, False
    texts = {'msgid': '', 'msgstr': ''}

    def finish():
        nonlocal fuzzy
        if texts['msgid'] and texts['msgstr'] and not fuzzy:
            rows[texts['msgid']] = texts['msgstr']
        fuzzy = False

    with open(path, encoding='utf-8') as file:
        for line in file:
            line = line.strip()
            if line.startswith('#, ') and 'fuzzy' in line:
                finish()
                texts = {'msgid': '', 'msgstr': ''}
                fuzzy = True
            if not line or line.startswith('#'):
                continue
            word = line.split(' ', 1)[0]
            if word == 'msgid':
                if target == 'msgstr' and texts['msgid']:
                    finish()
                texts = {'msgid': '', 'msgstr': ''}
            if word in ('msgid', 'msgstr'):
                target = word
            texts[target] += ''.join(unquote(m) for m in QUOTED.findall(line))
    finish()
    return rows
