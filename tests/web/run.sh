#!/usr/bin/env bash
# usage: run.sh BUILD [PROGRAM]: browser tests, as TAP
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent >&2
exec node "${2:-pages.mjs}" "$1"
