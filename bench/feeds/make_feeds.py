#!/usr/bin/env python3
"""Writes the feeds, an nginx.conf, newsboat's list and a workspace into a folder: make_feeds.py FOLDER FEEDS ITEMS"""
import os
import random
import socket
import sys
from email.utils import formatdate

folder, feeds, items = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(1)
WORDS = ("the pump runs quietly and was delivered late but support answered within a day while the price seems high for a small firm with two "
         "machines that need service every year and spare parts nobody keeps in stock").split()


def item(feed, n):
    text = " ".join(chance.choice(WORDS) for _ in range(40))
    return ("<item><title>Acme pump %d of %d</title><link>http://feeds.example/%d/%d</link><guid isPermaLink=\"false\">%d-%d</guid>"
            "<pubDate>%s</pubDate><dc:creator>author %d</dc:creator><description>Acme: %s.</description></item>"
            % (n, feed, feed, n, feed, n, formatdate(1790000000 + 3600 * n + feed, usegmt=True), chance.randrange(5000), text))


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
os.makedirs(folder + "/www")
os.makedirs(folder + "/space")
for feed in range(feeds):
    with open("%s/www/%d.xml" % (folder, feed), "w") as out:
        out.write('<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed %d</title>'
                  "<link>http://feeds.example/%d</link><description>Invented</description>%s</channel></rss>"
                  % (feed, feed, "".join(item(feed, n) for n in range(items, 0, -1))))
with open(folder + "/nginx.conf", "w") as out:
    out.write("worker_processes 1;\npid %s/pid;\nerror_log %s/nginx.err;\nevents { worker_connections 512; }\nhttp {\n"
              "  types { application/rss+xml xml; }\n  access_log %s/access.log;\n  etag on;\n  keepalive_requests 100000;\n"
              "  server { listen 127.0.0.1:%d; root %s/www; }\n}\n" % (folder, folder, folder, port, folder))
with open(folder + "/urls", "w") as out:
    out.writelines("http://127.0.0.1:%d/%d.xml\n" % (port, feed) for feed in range(feeds))
with open(folder + "/config", "w") as out:
    out.write("reload-threads 2\nmax-items 0\n")
with open(folder + "/space/plumbline.toml", "w") as out:
    out.write('[brand]\nname = "Acme"\n')
    out.writelines('[[source]]\nkind = "rss"\nurl = "http://127.0.0.1:%d/%d.xml"\nper_second = 1000\n' % (port, feed) for feed in range(feeds))
with open(folder + "/port", "w") as out:
    out.write(str(port))
