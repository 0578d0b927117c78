#!/bin/bash
# The built program against a real Isso (of PyPI) on loopback, by the source `isso` and by `json` described in the configuration alone: all
# comments, again and again, with new, edited and deleted ones in between.
# Usage: PLUMBLINE_SERVERS=FOLDER isso.sh PROGRAM
program=$1
. "$(dirname "$0")/common.sh"
server=""
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap tidy EXIT
use_servers
venv=$PLUMBLINE_SERVERS/isso
[ -x "$venv/bin/isso" ] || { python3 -m venv "$venv" && "$venv/bin/pip" -q install isso==0.14.0; } >"$work/boot.log" 2>&1 ||
  { tail -3 "$work/boot.log"; skip "Isso cannot be installed here"; }
port=$(free_port)
base=http://127.0.0.1:$port
cat >"$work/isso.conf" <<CONF
[general]
dbpath = $work/comments.db
host = $base/
latest-enabled = true
[server]
listen = $base
[guard]
enabled = false
CONF
"$venv/bin/isso" -c "$work/isso.conf" run >"$work/isso.log" 2>&1 &
server=$!
for _ in $(seq 100); do curl -sf "$base/latest?limit=1" >/dev/null && break; sleep 0.1; done

# say PAGE TEXT [PARENT]: the number of a new comment; its cookie, which lets it be edited, goes to $work/cookies
say() {
  curl -sSf -c "$work/jar" -X POST "$base/new?uri=$1" -H 'content-type: application/json' \
    -d "{\"author\":\"Ana Lind\",\"title\":\"Pumps\",\"text\":\"$2\",\"parent\":${3:-null}}" >"$work/said"
  number=$(field id <"$work/said")
  cp "$work/jar" "$work/jar.$number"
  echo "$number"
}
edit() { curl -sSf -b "$work/jar.$1" -c "$work/jar.$1" -X PUT "$base/id/$1" -H 'content-type: application/json' -d "{\"text\":\"$2\"}" >/dev/null; }
remove() { curl -sSf -b "$work/jar.$1" -X DELETE "$base/id/$1" -H 'content-type: application/json' >/dev/null; }

first=$(say /pumps/ "The Acme pump & **more**")
answer=$(say /pumps/ "So does mine" "$first")
lone=$(say /pumps/ "Nobody answers this one")
for number in $(seq 4 60); do say /pumps/ "Comment $number on the pump" >/dev/null; done
other=$(say /other/ "Elsewhere the pump is quiet")

new_workspace isso <<TOML
[[source]]
kind = "isso"
label = "page"
url = "$base"
query = "/pumps/"
site = "https://blog.example"
per_second = 50
[[source]]
kind = "isso"
label = "all"
url = "$base"
per_second = 50
TOML
fetch isso page
check "one page: exit code" 0 "$code"
check "one page: all its comments" 60 "$(of page added)"
fetch isso all
check "the newest of all pages: what the page did not have" "0 1" "$code $(of all added)"
check "kept, and different" "61 61" "$(kept isso)"
check "an answer knows what it answers" "$first" "$(kept_row "$answer" parent)"
check "text without mark-up" "The Acme pump & more" "$(kept_row "$first" text)"
fetch isso
check "second fetch: nothing new" "0 0 0" "$code $(out 'sum(s["added"] + s["updated"] for s in d)') $(out 'sum(s["deleted"] for s in d)')"
for number in $(seq 61 80); do say /pumps/ "Comment $number on the pump" >/dev/null; done
edit "$answer" "Mine came in time"
remove "$first"
remove "$lone"
fetch isso page
check "new, edited, deleted; the other page's comment stays" "0 20 1 2" "$code $(of page added) $(of page updated) $(of page deleted)"
check "kept, and different" "79 79" "$(kept isso)"
check "the edit is what is kept" "Mine came in time" "$(kept_row "$answer" text)"
check "the deleted one is gone" "" "$(kept_row "$first" text)"
check "so is one that left no trace in its thread" "" "$(kept_row "$lone" text)"
check "the one of the other page is kept" "Elsewhere the pump is quiet" "$(kept_row "$other" text)"
fetch isso
check "and nothing again" "0 0 0" "$code $(out 'sum(s["added"] + s["updated"] for s in d)') $(out 'sum(s["deleted"] for s in d)')"

new_workspace described <<TOML
[[source]]
kind = "json"
label = "described"
url = "$base/latest?limit=500"
html = true
order = "any"
per_second = 50
[source.fields]
id = "/id"
text = "/text"
author = "/author"
author_id = "/hash"
published_at = "/created"
parent = "/parent"
likes = "/likes"
TOML
fetch described
check "described in the configuration: all comments" "0 79" "$code $(of described added)"
kept described >/dev/null
check "described: text without mark-up" "Mine came in time" "$(kept_row "$answer" text)"
say /pumps/ "One more word on the pump" >/dev/null
edit "$answer" "It came late after all"
fetch described
check "described: new and edited" "0 1 1" "$code $(of described added) $(of described updated)"
fetch described
check "described: and nothing again" "0 0 0" "$code $(of described added) $(of described updated)"
exit $failed
