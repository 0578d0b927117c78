#!/bin/bash
# The built program against someone else's Mastodon server (mastodon-mock of PyPI) on loopback: a tag, all pages, again and again, with
# new, edited and deleted posts in between.
# Usage: PLUMBLINE_SERVERS=FOLDER mastodon.sh PROGRAM
program=$1
. "$(dirname "$0")/common.sh"
running=""
tidy() {
  [ -z "$running" ] || bash "$shared/servers/mastodon_mock/boot.sh" "$running" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT
[ -f "$shared/servers/mastodon_mock/boot.sh" ] || skip "../shared/servers/mastodon_mock is not there"
port=$(free_port)
use_servers
running=$PLUMBLINE_SERVERS/mastodon
bash "$shared/servers/mastodon_mock/boot.sh" "$running" "$port" >"$work/boot.log" 2>&1 ||
  { tail -3 "$work/boot.log"; skip "the Mastodon stand-in does not start here"; }
base=http://127.0.0.1:$port

# call TOKEN METHOD PATH [FORM...]: the reply on stdout
call() {
  who=$1 method=$2 path=$3
  shift 3
  curl -sSf -X "$method" -H "Authorization: Bearer ${who}_token" "$base$path" "$@"
}
# post TOKEN TEXT [FORM...]: the id of the new post
post() {
  who=$1 text=$2
  shift 2
  call "$who" POST /api/v1/statuses --data-urlencode "status=$text #acmepump" "$@" | field id
}

first=$(post ada "The Acme pump <came> late & \"loud\"")
answer=$(post grace "So did mine" -d "in_reply_to_id=$first")
for number in $(seq 3 95); do
  case $((number % 3)) in 0) who=ada ;; 1) who=grace ;; *) who=alan ;; esac
  post $who "Report $number on the Acme pump" >/dev/null
done
post ada "Between us: the pump" -d visibility=private >/dev/null

new_workspace tag <<TOML
[[source]]
kind = "mastodon"
url = "$base"
label = "tag"
query = "#AcmePump"
per_second = 50
[[source]]
kind = "mastodon"
label = "search"
url = "$base"
query = "Acme pump"
token = { env = "PLUMBLINE_TEST_TOKEN" }
per_second = 50
TOML
export PLUMBLINE_TEST_TOKEN=ada_token

fetch tag tag
check "first fetch: exit code" 0 "$code"
check "first fetch: all pages of the tag, nothing private" "95 3" "$(of tag added) $(of tag pages)"
check "kept, and different" "95 95" "$(kept tag)"
check "text without mark-up" 1 "$(kept_row "$first" text | grep -c 'The Acme pump <came> late & "loud"')"
check "an answer knows what it answers" "$first" "$(kept_row "$answer" parent)"
check "the author with the instance" 1 "$(kept_row "$first" author | grep -c "^ada@127.0.0.1")"

fetch tag tag
check "second fetch: nothing new" "0 0 0 0" "$code $(of tag added) $(of tag updated) $(of tag deleted)"

for number in $(seq 96 140); do post grace "Report $number on the Acme pump" >/dev/null; done
call ada PUT "/api/v1/statuses/$first" --data-urlencode "status=It came in time after all #acmepump" >/dev/null
call grace DELETE "/api/v1/statuses/$answer" >/dev/null
fetch tag tag
check "new, edited, deleted" "0 45 1 1" "$code $(of tag added) $(of tag updated) $(of tag deleted)"
check "kept, and different" "139 139" "$(kept tag)"
check "the edit is what is kept" 1 "$(kept_row "$first" text | grep -c 'in time after all')"
check "the deleted one is gone" "" "$(kept_row "$answer" id)"
fetch tag tag
check "and nothing again" "0 0 0 0" "$code $(of tag added) $(of tag updated) $(of tag deleted)"

fetch tag search
check "the search: exit code" 0 "$code"
check "the search finds known posts, and none twice" "0 0" "$(of search added) $(of search deleted)"
check "kept, and different" "139 139" "$(kept tag)"
exit $failed
