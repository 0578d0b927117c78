"""Checks the finished files: shapes, counts, near copies; and prints some to read aloud."""
import collections
import datetime
import json
import os
import random
import re

from sample.phrases import shingles

SOURCES = {"social", "reviews", "forum", "newscomments"}


def read(out):
    with open(os.path.join(out, "mentions.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def show(out, count, seed):
    for d in random.Random(seed).sample(read(out), count):
        head = "%s %s %s %s" % (d["published_at"][:10], d["source"], d.get("author", {}).get("handle", "-"), d.get("brand", "-"))
        print("[%s%s%s] %s%s" % (head, " re" if "parent" in d else "", " %d*" % d["rating"] if "rating" in d else "",
                                 d["title"] + " // " if "title" in d else "", d["text"]))
    return 0


def near_copies(docs, planted):
    """How many texts outside the planted ones share half their shingles with an earlier text."""
    by_shingle, sets, near = {}, [], 0
    for d in docs:
        grams = shingles(d["text"])
        both = collections.Counter(at for g in grams for at in by_shingle.get(g, ()))
        hit = any(n / (len(grams) + len(sets[at]) - n) >= 0.5 for at, n in both.items())
        near += hit
        for g in grams:
            by_shingle.setdefault(g, []).append(len(sets))
        sets.append(grams)
    return near - planted


def turns(out):
    with open(os.path.join(out, "focus-group-1.txt"), encoding="utf-8") as f:
        plain = [m.group(1) for m in re.finditer(r"^([A-Z]\w+): ", f.read(), re.M)]
    with open(os.path.join(out, "focus-group-2.vtt"), encoding="utf-8") as f:
        cues = [m.group(1) for m in re.finditer(r"<v ([^>]+)>", f.read())]
    heads = {"Title", "Date", "Moderator", "Participants"}
    return ([s for s in plain if s not in heads], [s for s in cues if "Moderator" not in s])


def check(out):
    docs, problems = read(out), []
    with open(os.path.join(out, "truth.json"), encoding="utf-8") as f:
        truth = json.load(f)

    def must(held, what):
        if not held:
            problems.append(what)

    keys = {(d["source"], d["id"]) for d in docs}
    must(len(keys) == len(docs) == truth["documents"], "ids are not unique or a document is missing")
    must({d["source"] for d in docs} == SOURCES, "sources")
    must(all(d["text"].strip() and len(d["text"]) <= 800 for d in docs), "an empty or too long text")
    must(all(re.match(r"https://[a-z]+\.example/", d["url"]) for d in docs), "a link outside .example")
    must(all("2025-12-01" <= d["published_at"][:10] <= "2026-11-20" for d in docs), "a time outside the year")
    must(all((d["source"], d["parent"]) in keys for d in docs if "parent" in d), "a reply to nothing")
    must(all(1 <= d["rating"] <= 5 for d in docs if "rating" in d), "a rating outside 1..5")
    copies = truth["copies"]
    planted = sum(copies["bot_bursts"].values()) - 3 + copies["prospect_burst"] - 1 + copies["syndicated"] + copies["prospect_copies"]
    near = near_copies(docs, planted)
    must(near <= 0.02 * len(docs), "%d near copies beyond the planted ones" % near)
    authors = collections.Counter((d["source"], d["author"]["handle"]) for d in docs if "author" in d)
    for person in truth["prospects"]:
        mine = sum(authors[tuple(a.split(":"))] for a in person["accounts"])
        must(mine == person["documents"] >= 12, person["name"] + " has %d documents" % mine)
    plain, cues = turns(out)
    must(len(plain) >= 60 and 7 <= len(set(plain)) <= 8, "focus group 1: %d turns" % len(plain))
    must(len(cues) >= 60 and 7 <= len(set(cues)) <= 8, "focus group 2: %d turns" % len(cues))
    size = sum(os.path.getsize(os.path.join(out, n)) for n in os.listdir(out))
    must(size <= 2_500_000, "%d bytes in all" % size)
    must(os.path.getsize(os.path.join(out, "truth.json")) < 150_000, "truth.json is too large")
    report(docs, authors, near, size, plain, cues)
    for p in problems:
        print("WRONG:", p)
    return 1 if problems else 0


def report(docs, authors, near, size, plain, cues):
    def count(of):
        return dict(sorted(collections.Counter(of).items()))
    per = sorted(authors.values())
    print("documents", len(docs), "authors", len(authors), "per author median", per[len(per) // 2], "most", per[-1],
          "near copies beyond planted", near, "bytes", size)
    print("by source", count(d["source"] for d in docs))
    print("by brand", count(d.get("brand", "-") for d in docs))
    print("by month", count(d["published_at"][:7] for d in docs))
    print("by weekday", count(datetime.date.fromisoformat(d["published_at"][:10]).strftime("%u%a") for d in docs))
    print("without author", sum("author" not in d for d in docs), "replies", sum("parent" in d for d in docs),
          "mean length", sum(len(d["text"]) for d in docs) // len(docs))
    print("focus groups", len(plain), "and", len(cues), "turns of participants")
