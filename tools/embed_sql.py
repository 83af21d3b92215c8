#!/usr/bin/env python3
"""Turns the statements and migrations of one database into C.

usage: embed_sql.py NAME OUT.h OUT.c FILE.sql...

Files under schema/ are migrations, applied in the order of their names. All others hold named
statements: a line `-- some_name` starts one, and it runs to the next such line; `-- some_name, remembered`
says that its rows are kept in memory (store/remembered.h). `:field` becomes
`$n`, which both SQLite and PostgreSQL accept. Every table also gets a statement `dump_<table>`:
all columns, the primary key first and in its order, for comparing two databases row by row.

The schema is loaded and every statement prepared while building, so that a statement that does not
fit its tables stops the build.
"""
import os
import re
import sqlite3
import sys

LITERAL_BYTES = 4000  # longer string literals are beyond what C promises
NAME_LINE = re.compile(r"^-- ([a-z][a-z0-9_]*)(, remembered)?$")
TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|(?<![:\w]):([a-z_][a-z0-9_]*)", re.S)


def stop(message):
    sys.exit("embed_sql: " + message)


def numbered(text):
    """The text with $1.. for :field, and the fields in order of their first appearance."""
    fields = []

    def number(match):
        field = match.group(1)
        if field is None:
            return "" if match.group(0).startswith("--") else match.group(0)
        if field not in fields:
            fields.append(field)
        return "$%d" % (fields.index(field) + 1)

    return re.sub(r"\s+", " ", TOKEN.sub(number, text)).strip().rstrip(";").strip(), fields


def statements(path):
    name, kept, lines, found = None, False, [], []
    for line in open(path, encoding="utf-8"):
        match = NAME_LINE.match(line.rstrip("\n"))
        if match:
            if name:
                found.append((name, kept, "".join(lines)))
            name, kept, lines = match.group(1), bool(match.group(2)), []
        elif name:
            lines.append(line)
        elif line.strip() and not line.startswith("--"):
            stop("%s: text before the first statement name" % path)
    if name:
        found.append((name, kept, "".join(lines)))
    return found


def tables(database):
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for (table,) in database.execute(query).fetchall():
        columns = database.execute("PRAGMA table_info(%s)" % table).fetchall()
        names = [column[1] for column in columns]
        key = [column[1] for column in sorted(columns, key=lambda c: c[5]) if column[5]] or names
        names = key + [name for name in names if name not in key]
        text = "SELECT %s FROM %s ORDER BY %s" % (", ".join(names), table, ", ".join(key))
        yield table, len(key), text


def parts(text):
    """The statements of a migration, without comments."""
    text = re.sub(r"--[^\n]*", "", text)
    found, start = [], 0
    for at, char in enumerate(text):
        if char == ";" and sqlite3.complete_statement(text[start:at + 1]):
            found.append(re.sub(r"\s+", " ", text[start:at + 1]).strip())
            start = at + 1
    return found


def c_text(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def prepared(database, name, text, fields):
    if name.startswith("pragma_"):
        return
    try:
        plain = re.sub(r"\$(\d+)", r"?\1", text)
        database.execute("EXPLAIN " + plain, [None] * len(fields))
    except sqlite3.Error as error:
        stop("%s: %s" % (name, error))


def load(paths):
    database = sqlite3.connect(":memory:")
    migrations, found = [], []
    for path in sorted(p for p in paths if "/schema/" in p):
        text = open(path, encoding="utf-8").read()
        try:
            database.executescript(text)
        except sqlite3.Error as error:
            stop("%s: %s" % (path, error))
        migrations.append((os.path.basename(path)[:-4], text))
    for path in sorted(p for p in paths if "/schema/" not in p):
        found += [(name, kept, *numbered(text)) for name, kept, text in statements(path)]
    dumps = list(tables(database))
    found += [("dump_" + table, False, text, []) for table, _, text in dumps]
    for name, _, text, fields in found:
        prepared(database, name, text, fields)
    names = [name for name, _, _, _ in found]
    for name in names:
        if names.count(name) > 1:
            stop("two statements are named " + name)
    return migrations, found, [(table, keys) for table, keys, _ in dumps]


def header(name, found, table_names):
    upper = name.upper()
    lines = ["/* Made from store/sql/%s and store/schema/%s by tools/embed_sql.py. */" % (name, name),
             "#ifndef YOUJU_SQL_%s_H" % upper, "#define YOUJU_SQL_%s_H" % upper, "",
             '#include "store/store.h"', "", "enum sql_%s {" % name]
    lines += ["\t%s_%s," % (upper, statement) for statement, _, _, _ in found]
    lines += ["\t%s_STATEMENT_COUNT" % upper, "};", "",
              "enum { %s_TABLE_COUNT = %d };" % (upper, len(table_names)), "",
              "extern const struct store_catalog sql_%s;" % name, "", "#endif"]
    return "\n".join(lines) + "\n"


def source(name, migrations, found, table_names):
    upper = name.upper()
    # Statements may be longer than the 4,095 characters that C promises; the compilers we use have no such limit.
    lines = ['#include "store/sql_%s.h"' % name, "", '#pragma GCC diagnostic ignored "-Woverlength-strings"', ""]
    for statement, _, _, fields in found:
        if fields:
            lines.append("static const struct str fields_%s[] = { %s };" % (
                statement, ", ".join("STR_INIT(%s)" % c_text(field) for field in fields)))
    for statement, _, text, _ in found:
        if len(text.encode()) > LITERAL_BYTES:
            lines.append("static const char text_%s[] = { %s, 0 };" % (
                statement, ", ".join(str(byte if byte < 128 else byte - 256) for byte in text.encode())))
    lines += ["", "static const struct store_statement statements[] = {"]
    for statement, kept, text, fields in found:
        lines.append("\t[%s_%s] = { STR_INIT(%s), %s, %s, %d, %s }," % (
            upper, statement, c_text(statement),
            c_text(text) if len(text.encode()) <= LITERAL_BYTES else "text_" + statement,
            "fields_" + statement if fields else "NULL", len(fields), "true" if kept else "false"))
    lines.append("};")
    for key, text in migrations:
        lines += ["", "static const char *const migration_%s[] = {" % key]
        lines += ["\t%s," % c_text(part) for part in parts(text)] + ["\tNULL,", "};"]
    lines += ["", "static const struct store_migration migrations[] = {"]
    lines += ["\t{ %s, migration_%s }," % (c_text(key), key) for key, _ in migrations]
    lines += ["};", "", "static const struct store_table tables[] = {"]
    lines += ["\t{ STR_INIT(%s), %s_dump_%s, %d }," % (c_text(t), upper, t, keys)
              for t, keys in table_names]
    lines += ["};", "", "const struct store_catalog sql_%s = {" % name,
              "\t%s, statements, ARRAY_LEN(statements)," % c_text(name),
              "\tmigrations, ARRAY_LEN(migrations), tables, ARRAY_LEN(tables),", "};"]
    return "\n".join(lines) + "\n"


def main():
    name, out_h, out_c, paths = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    migrations, found, table_names = load(paths)
    if not migrations or not found:
        stop("no schema or no statement for " + name)
    open(out_h, "w", encoding="utf-8").write(header(name, found, table_names))
    open(out_c, "w", encoding="utf-8").write(source(name, migrations, found, table_names))


main()
