#!/usr/bin/env bash
# usage: run.sh BUILD: the browser tests, as TAP
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --silent >&2
exec node pages.mjs "$1"
