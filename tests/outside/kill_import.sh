#!/usr/bin/env bash
# kill_import.sh PROGRAM: kills an import at random moments and looks at what is left.
# KILLS (5) kills, at most PER (10) in one workspace, of a file of ROWS (60000) invented rows; SEED for other moments.
# LATER=1 imports with --no-analysis and analyses (nightly) before the last look.
# After each kill: the store is sound, nothing seen before is lost, nothing is kept twice, roll-ups equal a recount.
# After the last: one import completes and the store equals, row by row, that of an import nobody killed.
set -euo pipefail
program=${1:?usage: kill_import.sh PROGRAM}
here=$(cd "$(dirname "$0")" && pwd)
kills=${KILLS:-5} per=${PER:-10} rows=${ROWS:-60000}
RANDOM=${SEED:-17}
command -v python3 >/dev/null || { echo "skipped: python3 is not here"; exit 77; }
python3 -c 'import sqlite3' 2>/dev/null || { echo "skipped: python3 has no sqlite3"; exit 77; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "FAILED after $done_kills kills: $*" >&2; exit 1; }
workspace() {
  mkdir "$1"
  printf '[brand]\nname = "Norvane"\n[[competitor]]\nname = "Ostwick"\n' > "$1/plumbline.toml"
}
later=${LATER:+--no-analysis}
bring() { exec "$program" import "$scratch/rows.csv" $later --workspace "$1" > "$scratch/out" 2> "$scratch/err"; }
analyse() { [ -z "$later" ] || "$program" nightly --workspace "$1" > "$scratch/out" 2> "$scratch/err"; }
look() { python3 "$here/check_store.py" "$1/plumbline.db" "$scratch/rows.csv" "${@:2}"; }
# Rows that another program sees committed; 0 while there is no table yet.
seen() { python3 - "$1/plumbline.db" <<'PY' 2>/dev/null || echo 0
import sqlite3, sys
print(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("SELECT count(*) FROM document").fetchone()[0])
PY
}

done_kills=0
python3 "$here/make_rows.py" "$rows" > "$scratch/rows.csv"
workspace "$scratch/calm"
begun=$(date +%s%3N)
(bring "$scratch/calm") || { cat "$scratch/err"; fail "the import nobody killed"; }
whole=$(($(date +%s%3N) - begun))
analyse "$scratch/calm" || { cat "$scratch/err"; fail "the analysis"; }
look "$scratch/calm" --whole > /dev/null || fail "the import nobody killed"

round=0 early=0 late=0
while [ "$done_kills" -lt "$kills" ]; do
  round=$((round + 1)) here_kills=0 kept=0
  ws=$scratch/round$round
  workspace "$ws"
  while [ "$here_kills" -lt "$per" ] && [ "$done_kills" -lt "$kills" ]; do
    pause=$(((RANDOM * 32768 + RANDOM) % (whole + whole / 10)))
    [ $((RANDOM % 5)) -ne 0 ] || pause=$((pause % 150))  # while the store is made or opened
    bring "$ws" &
    child=$!
    sleep "$(printf '%d.%03d' $((pause / 1000)) $((pause % 1000)))"
    acknowledged=$(seen "$ws")
    kill -9 "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null && status=0 || status=$?
    if [ "$status" -eq 0 ]; then  # it was quicker than the kill
      late=$((late + 1)) whole=$((pause > 400 ? pause : 400))
      analyse "$ws" || fail "the analysis, round $round"
      look "$ws" --whole > /dev/null || fail "an import that was not killed, round $round"
      break
    fi
    [ "$status" -eq 137 ] || { cat "$scratch/err" >&2; fail "the import ended by itself with $status"; }
    done_kills=$((done_kills + 1)) here_kills=$((here_kills + 1))
    [ -e "$ws/plumbline.db" ] || { early=$((early + 1)); continue; }
    [ "$acknowledged" -gt "$kept" ] || acknowledged=$kept
    kept=$(look "$ws" --least "$acknowledged") || fail "round $round, killed after $pause ms"
  done
  (bring "$ws") || { cat "$scratch/err" >&2; fail "the import after the kills"; }
  if [ -n "$later" ] && ! "$program" doctor --store --workspace "$ws" > "$scratch/out" 2>&1; then
    cat "$scratch/out" >&2
    fail "doctor --store before the analysis"
  fi
  analyse "$ws" || { cat "$scratch/err" >&2; fail "the analysis, round $round"; }
  look "$ws" --whole > /dev/null || fail "the import after the kills, round $round"
  python3 "$here/same_store.py" "$scratch/calm/plumbline.db" "$ws/plumbline.db" || fail "round $round differs from the calm import"
  "$program" status --workspace "$ws" > /dev/null || fail "status"
  if ! "$program" doctor --store --workspace "$ws" > "$scratch/out" 2>&1; then cat "$scratch/out" >&2; fail "doctor --store"; fi
  rm -rf "$ws"
done
echo "$done_kills kills in $round workspaces of $rows rows ($early before there was a file, $late imports done sooner): nothing lost, nothing twice"
