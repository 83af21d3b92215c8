#!/usr/bin/env python3
"""po_extract.py TOP: every text that people may read, as English msgids, one JSON string a line.

Read where they are declared: N_("…") in the doors, labels in law/*.def, and the explanations that
law, source and base give for wrong input (constants and assignments to why_out)."""
import glob
import json
import os
import re
import sys

LITERAL = r'"((?:[^"\\]|\\.)*)"'
LITERALS = r'((?:' + LITERAL + r'\s*)+)'
ESCAPE = {'n': '\n', 't': '\t', '"': '"', '\\': '\\'}


def joined(text):
    parts = re.findall(LITERAL, text)
    return re.sub(r'\\(.)', lambda m: ESCAPE[m.group(1)], ''.join(parts))


def without_comments(text):
    return re.sub(r'/\*.*?\*/', '', text, flags=re.S)


def in_source(text):
    for pattern in (r'\bN_\(\s*' + LITERALS + r'\)', r'\bwhy_out\s*=\s*' + LITERALS,
                    r'row_problem_add\(walk, row, STR\("[a-z_]+"\),\s*' + LITERALS + r'\)',
                    r'static const char [A-Z_0-9]+\[\]\s*=\s*' + LITERALS + ';'):
        for found in re.finditer(pattern, text):
            yield joined(found.group(1))


def table_rows(text):
    """(macro, [string literals]) for each line of a .def file that calls a macro."""
    for line in re.sub(r'\\\n', ' ', text).split('\n'):
        found = re.match(r'\s*([A-Z_]+)\((.*)\)\s*$', line)
        if found and not line.lstrip().startswith('#'):
            yield found.group(1), [joined('"%s"' % s) for s in re.findall(LITERAL, found.group(2))]


# Bricks and readers that tell people what is wrong with what they gave.
EXPLAIN = {'time.c', 'csv.c', 'ods_read.c', 'import_read.c', 'reading.c', 'commands.c', 'status.c'}
FIRST = {'COMMAND', 'LIST', 'SHEET', 'IMPORT', 'EVENT'}
FIELDS = {'TEXT', 'SECRET', 'INT', 'BOOL', 'DATE', 'TIME', 'PICK', 'TEXTS', 'ENTRY', 'PERSON',
          'DOCUMENT', 'COLUMN', 'FILTER'}


def in_table(name, text):
    if name in ('columns.def', 'messages.def'):
        return
    for macro, strings in table_rows(text):
        if name == 'events.def' and macro != 'EVENT':
            continue
        if macro == 'PARAMETER':
            yield strings[1]
        elif macro == 'REFUSAL':
            yield from strings[2:4]
        elif macro in FIRST and strings:
            yield strings[0]
        elif macro in FIELDS and strings:
            yield strings[-1]


def in_statements(text):
    """Labels that the status list carries as values."""
    found = re.search(r'-- sheet_status\n(.*?)(?=\n-- |\Z)', text, re.S)
    return re.findall(r"SELECT \d+(?: AS key)?, '([^']+)'", found.group(1)) if found else []


def texts(top):
    found = {}
    for path in glob.glob(os.path.join(top, 'src', 'store', 'sql', 'tables', 'sheets.sql')):
        with open(path, encoding='utf-8') as file:
            for msgid in in_statements(file.read()):
                found.setdefault(msgid, os.path.relpath(path, top))
    for path in sorted(glob.glob(os.path.join(top, 'src', '**', '*.*'), recursive=True)):
        room = os.path.relpath(path, os.path.join(top, 'src')).split(os.sep)[0]
        name = os.path.basename(path)
        if not name.endswith(('.c', '.h', '.def')):
            continue
        with open(path, encoding='utf-8') as file:
            text = without_comments(file.read())
        if name.endswith('.def') and room == 'law':
            rows = in_table(name, text)
        elif room in ('doors', 'roles'):
            rows = (joined(m.group(1)) for m in re.finditer(r'\bN_\(\s*' + LITERALS + r'\)', text))
        elif room == 'store':
            rows = (joined(m.group(1)) for m in re.finditer(r'\bdefect = ' + LITERALS + ';', text))
        elif room in ('law', 'source') or name in EXPLAIN:
            rows = in_source(text)
        else:
            continue
        for msgid in rows:
            if re.search('[A-Za-z]', msgid):
                found.setdefault(msgid, os.path.relpath(path, top))
    return found


if __name__ == '__main__':
    for text, where in texts(sys.argv[1]).items():
        print(json.dumps(text, ensure_ascii=False), '#', where)
