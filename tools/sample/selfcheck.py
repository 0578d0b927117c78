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
        who = d.get("author", {}).get("handle", "-")
        head = [d["published_at"][:10], d["source"], who, d.get("brand", "-")]
        head += ["re"] * ("parent" in d)
        head += ["%d*" % d["rating"]] if "rating" in d else []
        title = d["title"] + " // " if "title" in d else ""
        print("[%s] %s%s" % (" ".join(head), title, d["text"]))
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
    docs = read(out)
    with open(os.path.join(out, "truth.json"), encoding="utf-8") as f:
        truth = json.load(f)
    authors = collections.Counter(
        (d["source"], d["author"]["handle"]) for d in docs if "author" in d)
    copies = truth["copies"]
    bots = copies["bot_bursts"].values()
    planted = sum(n - 1 for n in bots) + copies["prospect_burst"] - 1
    near = near_copies(docs, planted + copies["syndicated"] + copies["prospect_copies"])
    sessions = turns(out)
    size = sum(os.path.getsize(os.path.join(out, n)) for n in os.listdir(out))
    report(docs, authors, near, size, sessions)
    held = document_rules(docs, truth)
    held["at most 2 % near copies beyond the planted ones"] = near <= 0.02 * len(docs)
    for person in truth["prospects"]:
        mine = sum(authors[tuple(a.split(":"))] for a in person["accounts"])
        held[person["name"] + " has the documents"] = mine == person["documents"] >= 12
    for said in sessions:
        held["60 turns, 7 or 8 people"] = len(said) >= 60 and 7 <= len(set(said)) <= 8
    held["at most 2.5 MB"] = size <= 2_500_000
    held["truth below 150 kB"] = os.path.getsize(os.path.join(out, "truth.json")) < 150_000
    broken = [rule for rule, holds in held.items() if not holds]
    for rule in broken:
        print("DOES NOT HOLD:", rule)
    return 1 if broken else 0


def document_rules(docs, truth):
    keys = {(d["source"], d["id"]) for d in docs}
    first, last = truth["from"], truth["to"]
    return {
        "ids are unique, none is missing": len(keys) == len(docs) == truth["documents"],
        "four sources": {d["source"] for d in docs} == SOURCES,
        "text in all, none too long": all(d["text"].strip() and len(d["text"]) <= 800 for d in docs),
        "links on .example": all(re.match(r"https://[a-z]+\.example/", d["url"]) for d in docs),
        "within the year": all(first <= d["published_at"][:10] <= last for d in docs),
        "replies answer something": all(
            (d["source"], d["parent"]) in keys for d in docs if "parent" in d),
        "ratings 1 to 5": all(1 <= d["rating"] <= 5 for d in docs if "rating" in d),
    }


def report(docs, authors, near, size, sessions):
    def count(of):
        return dict(sorted(collections.Counter(of).items()))

    def weekday(d):
        return datetime.date.fromisoformat(d["published_at"][:10]).strftime("%u%a")

    per = sorted(authors.values())
    print(len(docs), "documents,", len(authors), "authors, median", per[len(per) // 2], "most",
          per[-1], "near copies beyond planted", near, "bytes", size)
    print("by source", count(d["source"] for d in docs))
    print("by brand", count(d.get("brand", "-") for d in docs))
    print("by month", count(d["published_at"][:7] for d in docs))
    print("by weekday", count(weekday(d) for d in docs))
    print("without author", sum("author" not in d for d in docs), "replies",
          sum("parent" in d for d in docs), "turns", [len(s) for s in sessions])
