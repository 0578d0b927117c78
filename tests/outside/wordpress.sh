#!/bin/bash
# The built program against a real WordPress on loopback, by its REST interface: comments and posts, all pages, again and again, with new,
# edited and deleted ones in between.
# Usage: wordpress.sh PROGRAM
program=$1
. "$(dirname "$0")/common.sh"
running=""
tidy() {
  [ -z "$running" ] || bash "$shared/servers/wordpress/boot.sh" "$work/wp" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT
[ -f "$shared/servers/wordpress/boot.sh" ] || skip "../shared/servers/wordpress is not there"
for needed in php mariadbd; do command -v $needed >/dev/null || skip "$needed is not installed"; done
[ -d /usr/share/wordpress ] || skip "the package wordpress is not installed"
[ "$(id -u)" = 0 ] || skip "the WordPress server wants root"
WP_PORT=$(free_port)
DB_PORT=$(free_port)
export WP_PORT DB_PORT WP_URL="http://127.0.0.1:$WP_PORT"
running=1
bash "$shared/servers/wordpress/boot.sh" "$work/wp" >"$work/boot.log" 2>&1 ||
  { tail -3 "$work/boot.log"; skip "WordPress does not start here"; }
boss=boss:$(cat "$work/wp/app-password")
api=$WP_URL/wp-json/wp/v2

# call METHOD PATH [JSON]: the reply on stdout
call() { curl -sSf -u "$boss" -X "$1" "$api$2" -H 'content-type: application/json' -d "${3:-{\}}"; }
# write TITLE: the number of a new post; say POST PARENT NUMBER: that of a new comment
write() { call POST /posts "{\"title\":\"$1\",\"content\":\"<p>$1 &amp; more</p>\",\"status\":\"publish\"}" | field id; }
say() {
  call POST /comments "{\"post\":$1,\"parent\":$2,\"author_name\":\"Reader $3\",\"author_email\":\"r$3@example.test\",
    \"content\":\"Comment $3 & <b>more</b>\",\"date_gmt\":\"2026-05-$(printf %02d $(($3 % 28 + 1)))T08:00:00\",\"status\":\"approved\"}" | field id
}

post=$(write "The Acme pump was late")
for number in $(seq 1 104); do write "Pump story $number" >/dev/null; done
spoken=$(say "$post" 0 1)
answer=$(say "$post" "$spoken" 2)
for number in $(seq 3 230); do say "$post" 0 "$number" >/dev/null; done

new_workspace wordpress <<TOML
[[source]]
kind = "wordpress"
label = "comments"
url = "$WP_URL"
what = "comments"
per_second = 50
[[source]]
kind = "wordpress"
label = "posts"
url = "$WP_URL"
what = "posts"
per_second = 50
TOML

# "Hello world!" and its comment come with every WordPress.
fetch wordpress
check "first fetch: exit code" 0 "$code"
check "first fetch: all comments, 100 on a page, and a look at the newest numbers" "231 4" "$(of comments added) $(of comments pages)"
check "first fetch: all posts" "106 3" "$(of posts added) $(of posts pages)"
check "kept, and different" "337 337" "$(kept wordpress)"
check "a comment without mark-up" "Comment 1 & more" "$(kept_row "$spoken" text)"
check "an answer knows what it answers" "$spoken" "$(kept_row "$answer" parent)"
check "a comment knows its post" "$WP_URL/?p=$post" "$(kept_row "$spoken" parent)"

fetch wordpress
check "second fetch: nothing new" "0 0 0" "$code $(out 'sum(s["added"] + s["updated"] for s in d)') $(out 'sum(s["deleted"] for s in d)')"

late=$(write "Another pump story")
for number in $(seq 231 340); do say "$late" 0 "$number" >/dev/null; done
call POST "/comments/$spoken" '{"content":"On second thoughts it is fine"}' >/dev/null
call DELETE "/comments/$answer" >/dev/null
call POST "/posts/$post" '{"title":"The Acme pump came in time"}' >/dev/null
gone=$(call GET '/posts?search=Pump+story+7&per_page=1' | field 0.id)
call DELETE "/posts/$gone" >/dev/null
fetch wordpress
check "new comments, though with dates in May; an edited one" "0 110 1" "$code $(of comments added) $(of comments updated)"
check "new and edited posts" "1 1" "$(of posts added) $(of posts updated)"
check "one deleted of each" 2 "$(out 'sum(s["deleted"] for s in d)')"
check "kept, and different" "446 446" "$(kept wordpress)"
check "the edited comment is what is kept" "On second thoughts it is fine" "$(kept_row "$spoken" text)"
check "the deleted comment is gone" "" "$(kept_row "$answer" text)"
check "the edited post is what is kept" "The Acme pump came in time" "$(kept_row "$WP_URL/?p=$post" title)"
check "the deleted post is gone" "" "$(kept_row "$WP_URL/?p=$gone" title)"

fetch wordpress
check "and nothing again" "0 0 0" "$code $(out 'sum(s["added"] + s["updated"] for s in d)') $(out 'sum(s["deleted"] for s in d)')"

new_workspace words <<TOML
[[source]]
kind = "wordpress"
url = "$WP_URL"
what = "posts"
query = "Another pump"
per_second = 50
TOML
fetch words
check "only posts that hold the words" 1 "$(out 'd[0]["seen"]')"
exit $failed
