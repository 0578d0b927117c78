#!/usr/bin/env python3
"""A loopback server with invented posts, in the shapes of the sites that Plumbline reads.

    scripted_server.py FOLDER    writes FOLDER/port when it listens, FOLDER/log as it answers

/feed.xml, /feed.atom   a feed of ten items a page, with rel="next", ETag and 304
/wordpress/feed/        the same posts as WordPress gives them: no next link, but ?paged=N
/api/v1/search_by_date  Hacker News (Algolia): numericFilters, hitsPerPage, at most 1000 hits
/api/v1/timelines/tag/  Mastodon: max_id, since_id, Link
/api/v2/search          Mastodon's search, which wants the token "sesame"
/status/N, /page.html, /cut.xml, /slow.xml   trouble
POST /add?n=N           so many more posts everywhere
POST /set?robots=N|text, /set?down=1         robots.txt; 503 with Retry-After for everything else
"""
import http.server
import json
import re
import sys
import threading
import time
import urllib.parse
from email.utils import formatdate

START = 1767225600  # 2026-01-01
PEOPLE = ["ada", "bram", "chidi", "dana", "emre", "freya", "goro", "hana"]
SAID = ["was delivered a week late", "runs quietly and I like it", "costs too much for what it does",
        "broke after two months", "has a warranty that nobody answers", "paid for itself in a year"]


class Site:
    def __init__(self, posts):
        self.lock = threading.Lock()
        self.posts = posts
        self.robots = ""
        self.down = False

    def when(self, n):  # two posts a second now and then, as on busy sites
        return START + 3600 * n - (3600 if n % 10 == 9 else 0)

    def text(self, n):
        return "Post %d: my acme pump %s, says %s." % (n, SAID[n % 6], PEOPLE[n % 8])

    def newest_first(self):
        return sorted(range(1, self.posts + 1), key=lambda n: (self.when(n), n), reverse=True)


def rss(site, numbers, next_url, generator):
    items = "".join(
        "<item><title>Pump %d</title><link>http://127.0.0.1/posts/%d</link><guid isPermaLink=\"false\">post-%d</guid>"
        "<dc:creator>%s</dc:creator><pubDate>%s</pubDate><description>%s</description></item>"
        % (n, n, n, PEOPLE[n % 8], formatdate(site.when(n), usegmt=True), site.text(n)) for n in numbers)
    more = '<atom:link rel="next" href="%s"/>' % next_url if next_url else ""
    return ('<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Pumps</title>'
            "<link>http://127.0.0.1/</link><description>Invented</description>%s%s%s</channel></rss>"
            % ("<generator>%s</generator>" % generator if generator else "", more, items))


def atom(site, numbers, next_url):
    items = "".join(
        "<entry><title>Pump %d</title><id>tag:127.0.0.1,2026:%d</id><link href=\"http://127.0.0.1/a/%d\"/>"
        "<author><name>%s</name></author><updated>%s</updated><content>%s</content></entry>"
        % (n, n, n, PEOPLE[n % 8], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(site.when(n))), site.text(n))
        for n in numbers)
    more = '<link rel="next" href="%s"/>' % next_url if next_url else ""
    return ('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Pumps</title><id>tag:127.0.0.1,2026:feed</id>'
            "<updated>2026-01-01T00:00:00Z</updated>%s%s</feed>" % (more, items))


def hits(site, query):
    size = int(query.get("hitsPerPage", 20))
    page = int(query.get("page", 0))
    numbers = site.newest_first()
    for rule in filter(None, query.get("numericFilters", "").split(",")):
        name, sign, value = re.fullmatch(r"(\w+)([<>])(\d+)", rule).groups()
        assert name == "created_at_i"
        numbers = [n for n in numbers if (site.when(n) < int(value) if sign == "<" else site.when(n) > int(value))]
    reachable = numbers[:1000]
    shown = reachable[page * size:(page + 1) * size]
    found = [{"objectID": str(40000000 + n), "created_at_i": site.when(n),
              "created_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(site.when(n))),
              "author": PEOPLE[n % 8], "comment_text": "<p>" + site.text(n) + "</p>", "story_id": 39999999,
              "parent_id": 39999999, "story_title": "Pumps &amp; more", "points": None,
              "_tags": ["comment", "author_" + PEOPLE[n % 8]]} for n in shown]
    return {"hits": found, "nbHits": len(numbers), "page": page, "nbPages": -(-len(reachable) // size),
            "hitsPerPage": size, "exhaustiveNbHits": True, "query": query.get("query", "")}


def status(site, n):
    return {"id": str((site.when(n) * 1000 << 16) + n), "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(site.when(n))),
            "in_reply_to_id": None, "sensitive": False, "spoiler_text": "", "visibility": "public", "language": "en",
            "uri": "http://127.0.0.1/s/%d" % n, "url": "http://127.0.0.1/s/%d" % n, "replies_count": 0, "reblogs_count": 1,
            "favourites_count": 2, "content": "<p>" + site.text(n) + ' <a href="#">#<span>acme</span></a></p>', "reblog": None,
            "account": {"id": str(n % 8), "username": PEOPLE[n % 8], "acct": PEOPLE[n % 8], "display_name": PEOPLE[n % 8].title(),
                        "noindex": False, "url": "http://127.0.0.1/@" + PEOPLE[n % 8]}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, code, body="", kind="text/plain", headers=()):
        body = body.encode()
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        if code != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if code != 304:
            self.wfile.write(body)
        with self.server.site.lock:
            print(code, self.command, self.path, "conditional" if self.headers.get("If-None-Match") else "plain",
                  file=self.server.log, flush=True)

    def conditional(self, body, kind):
        tag = '"%x"' % (hash(body) & 0xffffffffffff)
        if self.headers.get("If-None-Match") == tag:
            return self.reply(304, headers=[("ETag", tag)])
        self.reply(200, body, kind, [("ETag", tag)])

    def feed(self, query, path, site):
        page = int(query.get("page", 1))
        numbers = site.newest_first()[(page - 1) * 10:page * 10]
        next_url = path + "?page=%d" % (page + 1) if page * 10 < site.posts else ""
        if path.endswith(".atom"):
            return self.conditional(atom(site, numbers, next_url), "application/atom+xml")
        self.conditional(rss(site, numbers, next_url, ""), "application/rss+xml")

    def wordpress(self, query, site):
        page = int(query.get("paged", 1))
        numbers = site.newest_first()[(page - 1) * 10:page * 10]
        if not numbers:
            return self.reply(404, "<rss/>", "application/rss+xml")
        self.conditional(rss(site, numbers, "", "https://wordpress.org/?v=6.1.9"), "application/rss+xml")

    def timeline(self, query, site):
        numbers = [n for n in site.newest_first()
                   if int(status(site, n)["id"]) < int(query.get("max_id", 1 << 63))
                   and int(status(site, n)["id"]) > int(query.get("since_id", 0))]
        shown = [status(site, n) for n in numbers[:int(query.get("limit", 20))]]
        links = []
        if len(numbers) > len(shown):
            links = [("Link", '<http://%s%s?max_id=%s>; rel="next", <http://%s%s?min_id=%s>; rel="prev"' % (
                self.headers["Host"], self.path.split("?")[0], shown[-1]["id"],
                self.headers["Host"], self.path.split("?")[0], shown[0]["id"]))]
        self.reply(200, json.dumps(shown), "application/json", links)

    def search(self, query, site):
        if self.headers.get("Authorization") != "Bearer sesame":
            return self.reply(401, '{"error":"This method requires an authenticated user"}', "application/json")
        at, size = int(query.get("offset", 0)), int(query.get("limit", 20))
        shown = [status(site, n) for n in site.newest_first()[at:at + size]]
        self.reply(200, json.dumps({"accounts": [], "statuses": shown, "hashtags": []}), "application/json")

    def do_GET(self):
        site = self.server.site
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        path = address.path
        if path == "/robots.txt":
            code = int(site.robots) if site.robots.isdigit() else 200 if site.robots else 404
            return self.reply(code, site.robots)
        if site.down:
            return self.reply(503, "later", headers=[("Retry-After", "1")])
        if path in ("/feed.xml", "/feed.atom"):
            return self.feed(query, path, site)
        if path == "/wordpress/feed/":
            return self.wordpress(query, site)
        if path == "/api/v1/search_by_date":
            return self.reply(200, json.dumps(hits(site, query)), "application/json")
        if path.startswith("/api/v1/timelines/tag/"):
            return self.timeline(query, site)
        if path == "/api/v2/search":
            return self.search(query, site)
        if path.startswith("/status/"):
            return self.reply(int(path[8:11]), "no")
        if path == "/page.html":
            return self.reply(200, "<!doctype html><html><body><p>Not a feed.</p></body></html>", "text/html")
        if path == "/cut.xml":
            return self.reply(200, rss(site, [1, 2], "", "")[:-60], "application/rss+xml")
        self.reply(404, "nothing here")

    def do_POST(self):
        site = self.server.site
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        with site.lock:
            if address.path == "/add":
                site.posts += int(query["n"])
            if "robots" in query:
                site.robots = query["robots"]
            if "down" in query:
                site.down = query["down"] == "1"
        self.reply(200, str(site.posts))

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # a client that was killed


def main():
    folder, posts = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 35
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Site(posts)
    server.log = open(folder + "/log", "a", encoding="utf-8")
    with open(folder + "/port", "w", encoding="utf-8") as out:
        out.write(str(server.server_address[1]))
    server.serve_forever()


main()
