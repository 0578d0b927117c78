#!/bin/bash
# The built program against servers on loopback: everything comes once, a second fetch brings nothing, trouble is told.
# Usage: live_fetch.sh PROGRAM scripted|wordpress
program=$1
part=$2
. "$(dirname "$0")/common.sh"
server=""
stop_wordpress=""
tidy() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$stop_wordpress" ] || bash "$shared/servers/wordpress/boot.sh" "$work/wp" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT

everything_once() {
  serve 35
  new_workspace all <<TOML
[[source]]
kind = "rss"
url = "$base/feed.xml"
[[source]]
kind = "rss"
label = "atom"
url = "$base/feed.atom"
[[source]]
kind = "hackernews"
url = "$base"
query = "acme pump"
[[source]]
kind = "mastodon"
url = "$base"
query = "#acme"
[[source]]
kind = "mastodon"
label = "search"
url = "$base"
query = "acme pump"
token = { env = "PLUMBLINE_TEST_TOKEN" }
TOML
  export PLUMBLINE_TEST_TOKEN=sesame
  fetch all --dry-run
  check "dry run: exit code" 0 "$code"
  check "dry run: nothing kept" "0 0" "$(kept all)"
  check "first page only" 10 "$(out 'd[0]["seen"]')"

  fetch all
  check "first fetch: exit code" 0 "$code"
  check "first fetch: all pages of the feed" 4 "$(out 'd[0]["pages"]')"
  check "first fetch: added" "[35, 35, 35, 35, 0]" "$(out '[s["added"] for s in d]')"
  check "kept, and different" "140 140" "$(kept all)"
  check "one line for each source on stderr" 5 "$(grep -c ' read, ' "$work/err")"

  : >"$folder/log"
  fetch all
  check "second fetch: exit code" 0 "$code"
  check "second fetch: added" 0 "$(out 'sum(s["added"] + s["updated"] for s in d)')"
  check "second fetch: feeds unchanged" "[True, True, False, False, False]" "$(out '[s["unchanged"] for s in d]')"
  check "second fetch: conditional requests answered by 304" 2 "$(grep -c '^304 .* conditional' "$folder/log")"
  check "second fetch: search for newer ones only" 1 "$(grep -c 'created_at_i%3E' "$folder/log")"
  check "second fetch: tag since the last one only" 1 "$(grep -c 'since_id=' "$folder/log")"

  tell "add?n=13"
  fetch all
  check "after 13 more: added" "[13, 13, 13, 13, 0]" "$(out '[s["added"] for s in d]')"
  check "kept, and different" "192 192" "$(kept all)"
  "$program" search 'delivered week' --workspace "$work/all" --limit 500 >"$work/out" 2>/dev/null
  check "search finds the new ones" yes "$(grep -q 'Post 48' "$work/out" && echo yes)"
  fetch all
  check "and nothing again" 0 "$(out 'sum(s["added"] + s["updated"] for s in d)')"
}

limits() {
  new_workspace few <<TOML
[[source]]
kind = "rss"
url = "$base/wordpress/feed/"
TOML
  fetch few --limit 13
  check "--limit 13: kept" "13 13" "$(kept few)"
  fetch few
  check "the rest, page by page up to the 404 behind the last" "0 35" "$code $(out 'd[0]["added"]')"
  check "kept, and different" "48 48" "$(kept few)"
  new_workspace late <<TOML
[[source]]
kind = "hackernews"
url = "$base"
query = "acme"
TOML
  fetch late --since 2026-01-02
  check "--since: only what is not older" True "$(out '0 < d[0]["added"] < 48')"
  fetch late
  check "without it, the older ones too" "48 48" "$(kept late)"
}

trouble() {
  new_workspace bad <<TOML
[[source]]
kind = "rss"
label = "gone"
url = "$base/status/404"
[[source]]
kind = "rss"
label = "page"
url = "$base/page.html"
[[source]]
kind = "rss"
label = "cut"
url = "$base/cut.xml"
[[source]]
kind = "hackernews"
label = "dead"
url = "http://127.0.0.1:9"
query = "acme"
[[source]]
kind = "rss"
label = "good"
url = "$base/feed.atom"
TOML
  fetch bad
  check "some sources fail: exit code" 3 "$code"
  check "the good one is read" 48 "$(of good added)"
  for label in gone page cut dead; do
    check "$label: an error with words" True "$(out "len([s for s in d if s['source'] == '$label'][0]['error']) > 20")"
  done
  "$program" report --workspace "$work/bad" --out "$work/report.json" >/dev/null 2>&1
  check "coverage of the report" "['cut missing', 'dead missing', 'gone missing', 'good complete', 'page missing']" \
    "$(json "$work/report.json" "sorted({c['source'] + ' ' + c['state'] for c in d['coverage']})")"
  code=0
  "$program" source probe good --workspace "$work/bad" >"$work/out" 2>&1 || code=$?
  check "probe of the good one" "0 1" "$code $(grep -c '10 documents on the first page' "$work/out")"
  code=0
  "$program" source probe gone --workspace "$work/bad" >"$work/out" 2>&1 || code=$?
  check "probe of the bad one" "1 1" "$code $(grep -c 404 "$work/out")"

  new_workspace token <<TOML
[[source]]
kind = "mastodon"
url = "$base"
query = "acme"
token = { env = "PLUMBLINE_TEST_TOKEN" }
TOML
  PLUMBLINE_TEST_TOKEN=wrong fetch token
  check "token refused: exit code" 4 "$code"
  PLUMBLINE_TEST_TOKEN="" fetch token
  check "token missing: exit code" 4 "$code"
  check "token missing: named" 1 "$(grep -c 'PLUMBLINE_TEST_TOKEN' "$work/out.json")"

  new_workspace polite <<TOML
[[source]]
kind = "rss"
url = "$base/feed.xml"
TOML
  tell 'set?robots=User-agent:%20*%0ADisallow:%20/'
  : >"$folder/log"
  fetch polite
  check "robots.txt forbids: nothing but it is asked" "1 0" \
    "$(grep -c robots.txt "$folder/log") $(grep -c feed.xml "$folder/log" || true)"
  tell 'set?robots=404&down=1'
  (sleep 1.5; tell 'set?down=0') &
  fetch polite
  wait $!
  check "a pause asked for by Retry-After is kept, then all is read" "0 48" "$code $(out 'd[0]["added"]')"
}

wordpress() {
  [ -f "$shared/servers/wordpress/boot.sh" ] || skip "../shared/servers/wordpress is not there"
  for needed in php mariadbd curl; do command -v $needed >/dev/null || skip "$needed is not installed"; done
  [ -d /usr/share/wordpress ] || skip "the package wordpress is not installed"
  [ "$(id -u)" = 0 ] || skip "the WordPress server wants root"
  WP_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  DB_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  export WP_PORT DB_PORT WP_URL="http://127.0.0.1:$WP_PORT"
  stop_wordpress=1
  bash "$shared/servers/wordpress/boot.sh" "$work/wp" >"$work/boot.log" 2>&1 ||
    { tail -3 "$work/boot.log"; skip "WordPress does not start here"; }
  seed() { bash "$shared/servers/wordpress/seed.sh" "$work/wp" "$@" >/dev/null; }
  for part in $(seq 12); do seed 0 "The Acme pump was late, part $part"; done
  seed 7 "Delivery of the pump was late"
  new_workspace wordpress <<TOML
[[source]]
kind = "rss"
label = "posts"
url = "$WP_URL/feed/"
[[source]]
kind = "rss"
label = "comments"
url = "$WP_URL/comments/feed/"
TOML
  fetch wordpress
  check "WordPress: exit code" 0 "$code"
  check "WordPress: every post, though a page of its feed holds ten" 14 "$(of posts added)"
  check "WordPress: comments" 8 "$(of comments added)"
  sleep 1
  fetch wordpress
  check "WordPress: a second fetch is answered by 304" "True True" "$(of posts unchanged) $(of comments unchanged)"
  seed 1 "The pump runs well now"
  fetch wordpress
  check "WordPress: one more post, one more comment" "1 1" "$(of posts added) $(of comments added)"
  fetch wordpress
  check "WordPress: and nothing again" "0 0" "$(of posts added) $(of comments added)"
  check "WordPress: kept, and different" "24 24" "$(kept wordpress)"
}

case $part in
  scripted) everything_once; limits; trouble ;;
  wordpress) wordpress ;;
  *) echo "scripted or wordpress?" >&2; exit 2 ;;
esac
exit $failed
