#!/bin/bash
# 2,000 feeds of 50 items on a server of this machine, polled by Plumbline and by newsboat in turn: first with everything new, then with
# conditional requests that all answer 304. Prints seconds and CPU seconds of each. Needs nginx, newsboat and GNU time (Debian packages).
# Usage: compare.sh PROGRAM [FEEDS [ITEMS]]
set -eu
program=$(realpath "$1")
feeds=${2:-2000}
items=${3:-50}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-feeds.XXXXXX")
chmod 755 "$work"
nginx=""
trap '[ -z "$nginx" ] || kill "$nginx"; rm -rf "$work"' EXIT
for tool in nginx newsboat /usr/bin/time python3; do command -v "$tool" >/dev/null || { echo "needs $tool"; exit 77; }; done

python3 "$here/make_feeds.py" "$work" "$feeds" "$items"
port=$(cat "$work/port")
/usr/sbin/nginx -p "$work" -c "$work/nginx.conf" -g 'daemon off;' 2>"$work/nginx.err" &
nginx=$!
for _ in $(seq 50); do curl -sf -o /dev/null "http://127.0.0.1:$port/0.xml" && break; sleep 0.1; done

# poll NAME COMMAND...: one run, its wall time, CPU time and memory
poll() {
  name=$1
  shift
  sync
  : >"$work/access.log"
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>&1 || { echo "$name failed"; tail -3 "$work/out"; exit 1; }
  read -r wall user system memory <"$work/time"
  awk -v name="$name" -v wall="$wall" -v user="$user" -v kernel="$system" -v memory="$memory" -v feeds="$feeds" \
    -v full="$(grep -c ' 200 ' "$work/access.log" || true)" -v same="$(grep -c ' 304 ' "$work/access.log" || true)" 'BEGIN {
      cpu = user + kernel
      printf "%-28s %8.2f s %8.2f s CPU %8.3f ms CPU a feed %7.0f feeds/s %6.0f MiB  %d replies of 200, %d of 304\n",
        name, wall, cpu, 1000 * cpu / feeds, feeds / wall, memory / 1024, full, same }'
}
reload=(newsboat -q -u "$work/urls" -c "$work/cache.db" -C "$work/config" -x reload)
fetch=("$program" fetch --workspace "$work/space")
poll "plumbline, all new" "${fetch[@]}"
poll "newsboat, all new" "${reload[@]}"
for round in 1 2 3; do
  poll "plumbline, unchanged ($round)" "${fetch[@]}"
  poll "newsboat, unchanged ($round)" "${reload[@]}"
done
# What both must hold in the end.
"$program" export --workspace "$work/space" --format jsonl --out "$work/kept" 2>/dev/null >/dev/null
echo "items kept: plumbline $(wc -l <"$work/kept"), newsboat $(python3 -c 'import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute("select count(*) from rss_item").fetchone()[0])' "$work/cache.db")"
