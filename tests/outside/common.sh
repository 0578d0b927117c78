# What the checks from outside share. Sourced; expects $program. 77 tells ctest that a check was skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
shared=$here/../../../shared
work=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-outside.XXXXXX")
chmod 755 "$work"
failed=0

skip() { echo "skipped: $*"; exit 77; }
command -v python3 >/dev/null || skip "python3 is not installed"
command -v curl >/dev/null || skip "curl is not installed"

# check WHAT WANTED FOUND
check() {
  if [ "$2" = "$3" ]; then echo "ok    $1"; else echo "FAIL  $1: wanted $2, found $3"; failed=1; fi
}

# json FILE EXPRESSION: EXPRESSION over `d`, the file's JSON
json() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }

# serve POSTS: starts the scripted server; sets $server (its process), $folder (port and log) and $base
serve() {
  folder=$work/server
  mkdir -p "$folder"
  python3 "$here/scripted_server.py" "$folder" "$1" &
  server=$!
  for _ in $(seq 300); do [ -s "$folder/port" ] && break; sleep 0.1; done
  base=http://127.0.0.1:$(cat "$folder/port")
}
tell() { curl -s -o /dev/null -X POST "$base/$1"; }

# new_workspace NAME: makes it with `init`, then adds what stands on stdin to its configuration
new_workspace() {
  "$program" init --workspace "$work/$1" --brand "Acme Pumps" --yes >/dev/null 2>&1
  python3 -c '
import re, sys
path = sys.argv[1]
kept = re.split(r"(?m)^\[\[source\]\]", open(path).read())[0]
open(path, "w").write(kept + "\n" + sys.stdin.read())' "$work/$1/plumbline.toml"
}

# fetch NAME [ARGUMENT...]: $code, and $work/out.json, $work/err
fetch() {
  name=$1
  shift
  code=0
  "$program" fetch --json --workspace "$work/$name" "$@" >"$work/out.json" 2>"$work/err" || code=$?
}
out() { json "$work/out.json" "$1"; }
# of LABEL KEY: one figure of the last fetch
of() { out "[s.get('$2') for s in d if s['source'] == '$1'][0]"; }

# kept NAME: how many mentions, and how many different ones
kept() {
  "$program" export --workspace "$work/$1" --format jsonl --out "$work/kept.jsonl" >/dev/null 2>&1
  python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
print(len(rows), len({(r["source"], r["id"]) for r in rows}))' "$work/kept.jsonl"
}

# use_servers: servers that a registry installs are kept below a folder that the caller names; without one nothing is downloaded
use_servers() {
  [ -n "${PLUMBLINE_SERVERS:-}" ] || skip "PLUMBLINE_SERVERS names no folder for servers to be installed in (./run servers)"
  mkdir -p "$PLUMBLINE_SERVERS"
}

# free_port: one that nothing listens on now
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# field PATH: a value of the JSON on stdin, such as post.id; nothing where it is not there
field() {
  python3 -c '
import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = value[int(key)] if isinstance(value, list) else (value or {}).get(key)
print("" if value is None else value)' "$1"
}

# kept_row ID PATH: a value of the mention with this id in the last `kept`; nothing where there is no such mention
kept_row() {
  python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    if row["id"] == sys.argv[2] or row["id"].endswith("/" + sys.argv[2]):
        for key in sys.argv[3].split("."):
            row = (row or {}).get(key)
        print("" if row is None else row)' "$work/kept.jsonl" "$1" "$2"
}
