#!/usr/bin/env python3
"""Kills a fetch again and again and looks at what it left. Called by kill_fetch.sh."""
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from check_store import integrity_of

program, workspace, base, log, kills, seed, poison = sys.argv[1:8]
chance = random.Random(int(seed))
# By name, so that one that failed often in the loop is asked nevertheless.
fetch = [program, "fetch", "rss", "mastodon", "hackernews", "--json", "--workspace", workspace]
PER_PAGE = 10
TOXICS = [("latency", {"latency": 300, "jitter": 200}), ("bandwidth", {"rate": 4}), ("slow_close", {"delay": 400}),
          ("slicer", {"average_size": 200, "size_variation": 100, "delay": 3000}), ("limit_data", {"bytes": 1500}),
          ("reset_peer", {"timeout": 100}), ("timeout", {"timeout": 700})]


def open_store():
    return sqlite3.connect("file:%s/plumbline.db?mode=ro" % workspace, uri=True)


def stored():
    """Keys of the documents, as the program exports them: what a reader would see after the kill."""
    out = workspace + "/kept.jsonl"
    subprocess.run([program, "export", "--workspace", workspace, "--format", "jsonl", "--out", out],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(out, encoding="utf-8") as lines:
        return [(d["source"], d["id"]) for d in map(json.loads, lines)]


def notes():
    with open_store() as store:
        return dict(store.execute("SELECT key, value FROM note WHERE key LIKE 'cursor %'"))


def whole():
    with open_store() as store:
        return integrity_of(store) == ["ok"]


def ahead(cursors, keys):
    """The cursors that have passed documents which are not kept."""
    feed = {int(i.split("-")[1]) for s, i in keys if s == "rss"}
    toots = {int(i) for s, i in keys if s == "mastodon"}
    hits = {int(i) for s, i in keys if s == "hackernews"}
    bad = []
    for key, value in cursors.items():
        at = dict((k, urllib.parse.unquote(v)) for k, v in (p.split("=") for p in value.split(";")))
        kind, newest = key.split()[1], int(at.get("newest", at.get("since", 0)))
        if kind == "rss":
            page = re.search(r"page=(\d+)", at.get("page", ""))
            pages = all_posts[:(int(page.group(1)) - 1) * PER_PAGE] if page else all_posts
            missing = {n for n, when in pages if when <= newest} - feed
        elif kind == "mastodon":
            missing = {i for i in all_toots if int(at.get("max", 0)) <= i <= newest} - toots
        else:
            missing = {i for i, when in all_hits if int(at.get("before", 0)) < when <= newest} - hits
        if missing:
            bad.append((kind, value, len(missing)))
    return bad


def ask(path):
    with urllib.request.urlopen(base + path) as reply:
        return json.load(reply)


def read_server():
    """The server's whole set, asked for in large pages."""
    global all_posts, all_toots, all_hits
    all_hits, before = {}, 1 << 40
    while True:  # no query shows more than 1,000
        hits = ask("/api/v1/search_by_date?hitsPerPage=1000&query=x&numericFilters=created_at_i%%3C%d" % before)["hits"]
        fresh = {int(h["objectID"]): h["created_at_i"] for h in hits if int(h["objectID"]) not in all_hits}
        all_hits.update(fresh)
        if not fresh:
            break
        before = min(fresh.values()) + 1
    all_hits = list(all_hits.items())
    all_posts = [(i - 40000000, when) for i, when in all_hits]  # newest first
    all_toots = [int(t["id"]) for t in ask("/api/v1/timelines/tag/acme?limit=100000")]


def tell_proxy(method, path, wish=None):
    body = json.dumps(wish).encode() if wish else None
    urllib.request.urlopen(urllib.request.Request(poison + path, data=body, method=method)).read()


def clean():
    for name in json.load(urllib.request.urlopen(poison + "/proxies/site"))["toxics"]:
        tell_proxy("DELETE", "/proxies/site/toxics/" + name["name"])


def spoil():
    """Another fault on the way, for all connections or for some."""
    clean()
    kind, how = chance.choice(TOXICS)
    tell_proxy("POST", "/proxies/site/toxics", {"name": kind, "type": kind, "toxicity": chance.choice([0.3, 1]), "attributes": how})


def answers():
    with open(log, encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def kill_at_random(run):
    """False: it had ended before. Half of the kills fall shortly after an answer, while it is being kept."""
    if chance.random() < 0.5:
        wanted = answers() + chance.randint(1, 4)
        while answers() < wanted and run.poll() is None:
            time.sleep(0.002)
        moment = chance.uniform(0, 0.06)
    else:
        moment = chance.uniform(0, 4)
    try:
        run.wait(moment)
        return False
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
        return True


def main():
    failures, seen, killed, within = 0, set(), 0, 0
    read_server()
    for n in range(1, int(kills) + 1):
        if n % 10 == 0:  # time goes on: there is always something new to read
            urllib.request.urlopen(urllib.request.Request(base + "/add?n=25", method="POST")).read()
            read_server()
        if poison:
            spoil()
        run = subprocess.Popen(fetch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if kill_at_random(run):
            killed += 1
        else:
            within += 1
        # Before the documents: what the killed one still had under way when it died may arrive between the two.
        cursors = notes() if seen else {}
        try:
            keys = stored()
        except subprocess.CalledProcessError:
            if not seen:
                continue  # killed before there was a file
            raise
        faults = []
        if len(keys) != len(set(keys)):
            faults.append("something is twice")
        if not seen <= set(keys):
            faults.append("%d are lost" % len(seen - set(keys)))
        if not whole():
            faults.append("the file is damaged")
        faults += ["cursor ahead: %s %s passed %d" % at for at in ahead(cursors, keys)]
        seen = set(keys)
        if faults:
            failures += 1
            print("FAIL  after kill %d: %s" % (n, "; ".join(faults)))
    if poison:
        clean()
    for _ in range(2):
        done = subprocess.run(fetch, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    keys = stored()
    wanted = ({("rss", "post-%d" % n) for n, _ in all_posts} | {("mastodon", str(i)) for i in all_toots} |
              {("hackernews", str(i)) for i, _ in all_hits})
    if done.returncode != 0 or len(keys) != len(set(keys)) or set(keys) != wanted:
        failures += 1
        print("FAIL  at the end: exit code %d, %d kept, %d different, %d missing, %d of no one" % (
            done.returncode, len(keys), len(set(keys)), len(wanted - set(keys)), len(set(keys) - wanted)))
    if any(s["added"] for s in json.loads(done.stdout)):
        failures += 1
        print("FAIL  the fetch after the last one still brought something")
    doctor = subprocess.run([program, "doctor", "--workspace", workspace], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, check=False)
    if doctor.returncode != 0:
        failures += 1
        print("FAIL  doctor: exit code %d" % doctor.returncode)
    print("%d killed, %d had ended before; %d mentions kept, %d faults" % (killed, within, len(keys), failures))
    sys.exit(1 if failures else 0)


main()
