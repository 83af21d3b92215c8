#!/usr/bin/env bash
# usage: gotlog_test.sh MAKE_LOG GOTLOG_SOURCE
# Go's own tree and note (Debian: golang-golang-x-mod-dev) accept logs of several sizes.
set -euo pipefail
make_log=$1 source=$2
top=$(mktemp -d); trap 'rm -rf "$top"' EXIT
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=${XDG_CACHE_HOME:-$HOME/.cache}/youju-go GOFLAGS=
go build -o "$top/gotlog" "$source"
for count in 4 256 700 70000; do
	"$make_log" "$top/$count" "$count"
	"$top/gotlog" "$top/$count/export" "$(cat "$top/$count/vkey")" "$top/$count/old" | sed "s/^/# $count: /"
done
echo "1..1"
echo "ok 1 - Go reads logs of 4, 256, 700 and 70000 entries"
