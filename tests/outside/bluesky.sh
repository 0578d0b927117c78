#!/bin/bash
# The built program against a real AT Protocol network on loopback (PLC, PDS and AppView of @atproto/dev-env): the search, all pages, again
# and again, with new, rewritten and deleted posts in between; by the AppView, and by the PDS with a log-in. The first time installs for some
# minutes.
# Usage: PLUMBLINE_SERVERS=FOLDER bluesky.sh PROGRAM
program=$1
. "$(dirname "$0")/common.sh"
running=""
tidy() {
  [ -z "$running" ] || bash "$shared/servers/atproto/boot.sh" "$running" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT
[ -f "$shared/servers/atproto/boot.sh" ] || skip "../shared/servers/atproto is not there"
for needed in npm psql redis-server; do command -v $needed >/dev/null || skip "$needed is not installed"; done
[ -x /usr/lib/postgresql/15/bin/initdb ] || skip "the package postgresql-15 is not installed"
[ "$(id -u)" = 0 ] || skip "the AT Protocol network wants root"
for name in PG_PORT REDIS_PORT PDS_PORT PLC_PORT BSKY_PORT; do export "$name=$(free_port)"; done
use_servers
running=$PLUMBLINE_SERVERS/atproto
bash "$shared/servers/atproto/boot.sh" "$running" >"$work/boot.log" 2>&1 ||
  { tail -3 "$work/boot.log"; skip "the AT Protocol network does not start here"; }
pds=http://127.0.0.1:$PDS_PORT
appview=http://127.0.0.1:$BSKY_PORT

# call TOKEN METHOD JSON: a call of the PDS, without a token where it is empty; the reply on stdout
call() { curl -sSf -X POST "$pds/xrpc/$2" ${1:+-H "authorization: Bearer $1"} -H 'content-type: application/json' -d "$3"; }
# join HANDLE: a new account; sets $did and $token
join() {
  call "" com.atproto.server.createAccount \
    "{\"handle\":\"$1.test\",\"email\":\"$1@mail.test\",\"password\":\"pw-$1\"}" >"$work/account"
  did=$(field did <"$work/account")
  token=$(field accessJwt <"$work/account")
}
# write FROM TO: posts with these numbers, all at once; the replies' addresses go to $work/written
write() {
  python3 -c '
import datetime, json, sys
did, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(milliseconds=last - first + 1)
def record(number):
    when = (now + datetime.timedelta(milliseconds=number - first)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return {"$type": "app.bsky.feed.post", "text": f"Report {number} on the acme pump", "langs": ["en"], "createdAt": when}
print(json.dumps({"repo": did, "writes": [
    {"$type": "com.atproto.repo.applyWrites#create", "collection": "app.bsky.feed.post", "value": record(n)}
    for n in range(first, last + 1)]}))' "$did" "$1" "$2" >"$work/writes"
  call "$token" com.atproto.repo.applyWrites "@$work/writes" >"$work/written"
}
# indexed URI: waits until the AppView knows the post; unindexed URI: until it does not
count_of() { curl -s "$appview/xrpc/app.bsky.feed.getPosts?uris=$1" | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["posts"]))'; }
until_count() { for _ in $(seq 100); do [ "$(count_of "$1")" = "$2" ] && return; sleep 0.2; done; echo "the AppView does not follow"; }

join ana
write 1 150
first=$(field results.0.uri <"$work/written")
cid=$(field results.0.cid <"$work/written")
second=$(field results.1.uri <"$work/written")
ana=$did ana_token=$token
join ben
write 151 210
link="{\"uri\":\"$first\",\"cid\":\"$cid\"}"
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
answer=$(call "$token" com.atproto.repo.createRecord "{\"repo\":\"$did\",\"collection\":\"app.bsky.feed.post\",\"record\":
  {\"\$type\":\"app.bsky.feed.post\",\"text\":\"Mine of the acme pump too\",\"createdAt\":\"$now\",\"reply\":{\"root\":$link,\"parent\":$link}}}" | field uri)
until_count "$answer" 1

new_workspace sky <<TOML
[[source]]
kind = "bluesky"
label = "sky"
url = "$appview"
query = "acme pump"
per_second = 50
TOML
fetch sky
check "first fetch: exit code" 0 "$code"
check "first fetch: all posts, 100 on a page" "211 3" "$(of sky added) $(of sky pages)"
check "kept, and different" "211 211" "$(kept sky)"
check "an answer knows what it answers" "$first" "$(kept_row "$answer" parent)"
check "the author by handle" ben.test "$(kept_row "$answer" author)"

fetch sky
check "second fetch: nothing new" "0 0 0 0" "$code $(of sky added) $(of sky updated) $(of sky deleted)"

write 211 340
last=$(field results.129.uri <"$work/written")
call "$ana_token" com.atproto.repo.putRecord "{\"repo\":\"$ana\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"${first##*/}\",\"record\":
  {\"\$type\":\"app.bsky.feed.post\",\"text\":\"The acme pump came in time\",\"createdAt\":\"$now\"}}" >/dev/null
call "$ana_token" com.atproto.repo.deleteRecord "{\"repo\":\"$ana\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"${second##*/}\"}" >/dev/null
until_count "$last" 1
until_count "$second" 0
fetch sky
check "new and deleted" "0 130 1" "$code $(of sky added) $(of sky deleted)"
check "kept, and different" "340 340" "$(kept sky)"
check "the deleted one is gone" "" "$(kept_row "$second" id)"
text=$(curl -s "$appview/xrpc/app.bsky.feed.getPosts?uris=$first" | field posts.0.record.text)
check "a rewritten record as the network shows it" "$text" "$(kept_row "$first" text)"
fetch sky
check "and nothing again" "0 0 0 0" "$code $(of sky added) $(of sky updated) $(of sky deleted)"

new_workspace home <<TOML
[[source]]
kind = "bluesky"
label = "home"
url = "$pds"
query = "acme pump"
token = { env = "PLUMBLINE_TEST_TOKEN" }
per_second = 50
TOML
export PLUMBLINE_TEST_TOKEN=ben.test:pw-ben
fetch home
check "by the PDS with a log-in" "0 340" "$code $(of home added)"
PLUMBLINE_TEST_TOKEN=ben.test:wrong fetch home
check "a wrong password: exit code" 4 "$code"
exit $failed
