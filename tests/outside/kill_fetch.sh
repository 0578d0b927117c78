#!/bin/bash
# kill -9 at random moments of `plumbline fetch` from a server with many pages. After each: the file is whole, nothing is twice, nothing
# acknowledged is lost, no cursor is ahead of its documents. At the end one fetch completes the set.
# With TOXIPROXY=PATH, the server of toxiproxy 2, all replies come through it: late, in slices, cut, reset or not at all, another way after each kill.
# Usage: [KILLS=5] [SEED=1] [TOXIPROXY=PATH] kill_fetch.sh PROGRAM
program=$1
kills=${KILLS:-5}
. "$(dirname "$0")/common.sh"
server="" proxy="" poison=""
tidy() {
  for one in $server $proxy; do kill "$one" 2>/dev/null || true; done
  rm -rf "$work"
}
trap tidy EXIT

serve 300
front=$base
if [ -n "${TOXIPROXY:-}" ]; then
  read -r api port <<<"$(python3 -c 'import socket
s = [socket.socket() for _ in range(2)]
for one in s: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in s))')"
  "$TOXIPROXY" -host 127.0.0.1 -port "$api" >"$work/proxy.log" 2>&1 &
  proxy=$!
  poison=http://127.0.0.1:$api
  front=http://127.0.0.1:$port
  for _ in $(seq 100); do curl -sf "$poison/version" >/dev/null && break; sleep 0.1; done
  curl -sf -o /dev/null "$poison/proxies" -d "{\"name\":\"site\",\"listen\":\"127.0.0.1:$port\",\"upstream\":\"${base#http://}\"}"
fi
new_workspace shop <<TOML
[[source]]
kind = "rss"
url = "$front/feed.xml"
[[source]]
kind = "mastodon"
url = "$front"
query = "#acme"
[[source]]
kind = "hackernews"
url = "$front"
query = "acme pump"
TOML

python3 "$here/kill_loop.py" "$program" "$work/shop" "$base" "$folder/log" "$kills" "${SEED:-1}" "$poison" || failed=1
exit $failed
