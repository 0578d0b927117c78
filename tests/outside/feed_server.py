#!/usr/bin/env python3
"""feed_server.py ITEMS: serves one RSS feed of invented items on a free port of this machine, and prints the port. Answers 304 to a
reader that knows the feed."""
import http.server
import sys

from make_rows import rows

ITEMS = "".join(
    f"<item><guid>{row['id']}</guid><title>{row['brand']}</title><link>http://blog.example/{row['id']}</link>"
    f"<pubDate>{row['published_at']}</pubDate><author>{row['author']}</author><description>{row['text'] * 6}</description></item>"
    for row in rows(int(sys.argv[1])))
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Talk</title>{ITEMS}</channel></rss>'.encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers.get("If-None-Match") == '"one"'
        status = 404 if self.path != "/feed.xml" else 304 if known else 200
        body = FEED if status == 200 else b""
        self.send_response(status)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
