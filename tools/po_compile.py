#!/usr/bin/env python3
"""po_compile.py PO OUT.c: makes the C table that doors/language.c looks texts up in."""
import sys

import po_file


def hash_of(text):
    """As hash_quick of src/base/str.c has it."""
    text = text.encode()
    value = len(text)
    for at in range(0, len(text), 8):
        word = int.from_bytes(text[at:at + 8], 'little')
        value = ((value ^ word) * 0x9e3779b97f4a7c15) & 0xffffffffffffffff
        value ^= value >> 32
    return value


def literal(text):
    out = []
    for byte in text.encode():
        char = chr(byte)
        plain = 32 <= byte < 127 and char not in '"\\?'
        out.append(char if plain else '\\%03o' % byte)
    return '"' + ''.join(out) + '"'


def table(rows):
    size = 64
    while size < 2 * len(rows) + 1:
        size *= 2
    slots = [None] * size
    for msgid in rows:
        at = hash_of(msgid)
        while slots[at % size]:
            at += 1
        slots[at % size] = msgid
    return slots


def main():
    rows = po_file.read(sys.argv[1])
    slots = table(rows)
    with open(sys.argv[2], 'w', encoding='ascii') as out:
        out.write('#include "doors/language.h"\n\n')
        out.write('const size_t translations_mask = %d;\n' % (len(slots) - 1))
        out.write('const struct translation translations[] = {\n')
        for msgid in slots:
            out.write('\t{ %s, %s },\n' % (literal(msgid), literal(rows[msgid]))
                      if msgid else '\t{ 0, 0 },\n')
        out.write('};\n')


main()
