#!/bin/bash
# kill -9 at random moments of `plumbline fetch` from a server with many pages. After each: the file is whole, nothing is twice, nothing
# acknowledged is lost, no cursor is ahead of its documents. At the end one fetch completes the set.
# Usage: [KILLS=5] [SEED=1] kill_fetch.sh PROGRAM
program=$1
kills=${KILLS:-5}
. "$(dirname "$0")/common.sh"
server=""
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap tidy EXIT

serve 300
new_workspace shop <<TOML
[[source]]
kind = "rss"
url = "$base/feed.xml"
[[source]]
kind = "mastodon"
url = "$base"
query = "#acme"
[[source]]
kind = "hackernews"
url = "$base"
query = "acme pump"
TOML

python3 "$here/kill_loop.py" "$program" "$work/shop" "$base" "$folder/log" "$kills" "${SEED:-1}" || failed=1
exit $failed
