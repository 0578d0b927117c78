#!/usr/bin/env bash
# disk_full.sh PROGRAM: what a full or read-only disk does to the program, on a small tmpfs. Needs root for mount.
# Each command ends with 6 and names a path on that disk, whatever it was doing when the space ran out; with more space the
# same command goes on: nothing lost, nothing twice, nothing left over.
set -euo pipefail
program=${1:?usage: disk_full.sh PROGRAM}
here=$(cd "$(dirname "$0")" && pwd)
rows=${ROWS:-8000}
command -v python3 >/dev/null || { echo "skipped: python3 is not here"; exit 77; }
python3 -c 'import sqlite3' 2>/dev/null || { echo "skipped: python3 has no sqlite3"; exit 77; }
scratch=$(mktemp -d)
disk=$scratch/disk
mkdir "$disk"
if ! mount -t tmpfs -o size=8m tmpfs "$disk" 2>/dev/null; then
  rm -rf "$scratch"
  echo "skipped: mounting a small disk needs root"
  exit 77
fi
server=""
leave() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  umount -l "$disk"
  rm -rf "$scratch"
}
trap leave EXIT

fail() { echo "FAILED: $*" >&2; [ ! -s "$scratch/err" ] || sed 's/^/  /' "$scratch/err" >&2; exit 1; }
resize() { mount -o "remount,rw,size=$1k" "$disk"; }
fill() { dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true; }
workspace() {
  mkdir -p "$1"
  # Nothing is read closer: it writes as all else does, and takes minutes on a slow machine.
  printf '[run]\ncloser = 0\n[brand]\nname = "Norvane"\n[[competitor]]\nname = "Ostwick"\n' > "$1/plumbline.toml"
}
run() { status=0; "$program" "$@" > "$scratch/out" 2> "$scratch/err" || status=$?; }
# says_full PATH: the last command ended with 6 and its message names the path, or something below it.
says_full() {
  [ "$status" -eq 6 ] || fail "exit code $status instead of 6"
  grep -q "^plumbline: .*$1" "$scratch/err" || fail "the message does not name $1"
}
# grow_until_done FROM STEP CHECK COMMAND...: starts with FROM KiB and adds STEP after each failure, which must be a full disk.
grow_until_done() {
  local size=$1 step=$2 check=$3
  shift 3
  full=0
  while true; do
    resize "$size"
    run "$@"
    [ "$status" -ne 0 ] || break
    says_full "$disk"
    full=$((full + 1))
    $check
    [ "$full" -lt 200 ] || fail "$* never ended"
    size=$((size + step))
  done
  [ "$full" -gt 0 ] || fail "$*: the disk was never full"
}
nothing() { :; }
no_parts() { [ -z "$(find "$disk" -name '*.part')" ] || fail "left over: $(find "$disk" -name '*.part')"; }
empty_disk() { find "$disk" -mindepth 1 -delete; }

python3 "$here/make_rows.py" "$rows" > "$scratch/rows.csv"
workspace "$scratch/calm"
run import "$scratch/rows.csv" --workspace "$scratch/calm"
[ "$status" -eq 0 ] || fail "an import with room enough"

echo "import"
least=0
look() {
  [ ! -s "$disk/ws/plumbline.db" ] && return
  least=$(python3 "$here/check_store.py" "$disk/ws/plumbline.db" "$scratch/rows.csv" --least "$least") || fail "the store after a full disk"
}
workspace "$disk/ws"
grow_until_done 64 2900 look import "$scratch/rows.csv" --workspace "$disk/ws"
echo "  full $full times"
python3 "$here/check_store.py" "$disk/ws/plumbline.db" "$scratch/rows.csv" --whole > /dev/null || fail "the store after the import"
python3 "$here/same_store.py" "$scratch/calm/plumbline.db" "$disk/ws/plumbline.db" || fail "the store differs from the calm one"
run doctor --store --workspace "$disk/ws"
grep -q "whole store .*agree" "$scratch/out" || fail "doctor --store"

echo "report, export: an older file stays whole"
resize 60000
run report --workspace "$disk/ws" --out "$scratch/report.html"
[ "$status" -eq 0 ] || fail "report"
for command in report export; do
  echo old > "$disk/out.csv"
  fill
  run "$command" --workspace "$scratch/calm" --out "$disk/out.csv"
  says_full "$disk/out.csv"
  [ "$(cat "$disk/out.csv")" = old ] || fail "$command broke the older file"
  no_parts
  run status --workspace "$disk/ws"  # a reader needs a few blocks beside the store, or says that they are missing
  [ "$status" -eq 0 ] || says_full "$disk"
  rm "$disk/filler"
  run "$command" --workspace "$scratch/calm" --out "$disk/out.csv"
  [ "$status" -eq 0 ] || fail "$command after there was room"
done

echo "standard output"
status=0
"$program" export --help > /dev/full 2> "$scratch/err" || status=$?
says_full "standard output"

echo "full from the start"
fill
run import "$scratch/rows.csv" --workspace "$disk/ws" --source another
says_full "$disk"
empty_disk
workspace "$disk/ws"
fill
run import "$scratch/rows.csv" --workspace "$disk/ws"
says_full "$disk"
run demo --dir "$disk/demo"
says_full "$disk"
empty_disk
run import "$scratch/rows.csv" --workspace "$disk/ws"
[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || fail "there is no workspace now, and yet $status"

echo "read-only"
resize 60000
workspace "$disk/ws"
run import "$scratch/rows.csv" --workspace "$disk/ws"
[ "$status" -eq 0 ] || fail "an import with room again"
mount -o remount,ro "$disk"
for command in "import $scratch/rows.csv" nightly "report --out $disk/report.html" "export --out $disk/all.csv"; do
  # shellcheck disable=SC2086
  run $command --workspace "$disk/ws"
  [ "$status" -eq 1 ] || fail "$command: exit code $status instead of 1"
  grep -q "^plumbline: .*$disk" "$scratch/err" || fail "$command: the message names no path"
done
for command in status "search pump" "export --out $scratch/all.csv" "report --out $scratch/report.html"; do
  # shellcheck disable=SC2086
  run $command --workspace "$disk/ws"
  [ "$status" -eq 0 ] || fail "$command on a read-only disk"
done
resize 60000
empty_disk
resize 8192

echo "demo"
grow_until_done 1024 2500 nothing demo --dir "$disk/demo"
echo "  full $full times"
no_parts
[ "$(find "$disk/demo/briefs" -name '*.html' | wc -l)" -eq 6 ] || fail "six briefs"
"$program" export --workspace "$disk/demo" --out "$scratch/grown.csv" > /dev/null 2>&1
run demo --dir "$scratch/demo"
"$program" export --workspace "$scratch/demo" --out "$scratch/at-once.csv" > /dev/null 2>&1
cmp "$scratch/grown.csv" "$scratch/at-once.csv" || fail "the demo after a full disk differs from one at once"
resize 60000
empty_disk

for command in fetch nightly; do
  echo "$command"
  rm -f "$scratch/port"
  python3 "$here/feed_server.py" 600 > "$scratch/port" &
  server=$!
  for _ in $(seq 100); do [ -s "$scratch/port" ] && break; sleep 0.1; done
  resize 60000
  workspace "$disk/ws"
  printf '[[source]]\nkind = "rss"\nurl = "http://127.0.0.1:%s/feed.xml"\nbrand = "Norvane"\n' "$(cat "$scratch/port")" >> "$disk/ws/plumbline.toml"
  sound() { python3 "$here/check_store.py" "$disk/ws/plumbline.db" > /dev/null || fail "the store after a full disk"; }
  grow_until_done 400 600 sound "$command" --workspace "$disk/ws"
  echo "  full $full times"
  no_parts
  sound
  run status --json --workspace "$disk/ws"
  kept=$(python3 "$here/check_store.py" "$disk/ws/plumbline.db")
  [ "$kept" -eq 600 ] || fail "$kept of 600 kept"
  kill "$server"
  server=""
  resize 60000
  empty_disk
done
echo "a full disk was said each time, and nothing was lost or kept twice"
