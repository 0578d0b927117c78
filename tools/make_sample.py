#!/usr/bin/env python3
"""Makes the invented sample of `plumbline demo` in data/demo; every run gives the same bytes.

  tools/make_sample.py           writes mentions.jsonl, focus-group-2.vtt, truth.json
  tools/make_sample.py --check   checks the files there: counts, shapes, near copies
  tools/make_sample.py --show N  prints N random mentions to read aloud
"""
import argparse
import json
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from sample import crowd, planted, selfcheck  # noqa: E402

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "demo")
SEED = 4
KEYS = ("source", "id", "url", "author", "published_at", "lang", "title", "text", "parent",
        "rating", "likes", "shares", "place", "brand")
URL = {"social": "https://social.example/@%s/%s", "reviews": "https://reviews.example/r/%s%s",
       "forum": "https://forum.example/p/%s%s", "newscomments": "https://news.example/c/%s%s"}


def number(docs):
    """Ids by time within each source, then links and the keys in the contract's order."""
    docs.sort(key=lambda d: (d["_at"], d["source"], d["text"]))
    counts = {"social": 40210, "reviews": 7300, "forum": 15820, "newscomments": 2900}
    for doc in docs:
        counts[doc["source"]] += 1
        doc["id"] = doc["source"][0] + str(counts[doc["source"]])
        handle = doc.get("author", {}).get("handle", "anyone")
        doc["url"] = URL[doc["source"]] % (handle if doc["source"] == "social" else "", doc["id"])
        doc["published_at"] = doc["_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
        if "author" in doc:
            doc["author"] = {"id": doc["source"][0] + ":" + handle, **doc["author"]}
    for doc in docs:
        if "_parent" in doc:
            doc["parent"] = doc["_parent"]["id"]
    return [{k: d[k] for k in KEYS if k in d} for d in docs]


def write(name, text):
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def make():
    rng = random.Random(SEED)
    people = planted.people()
    taken = {h for p in people for h in p["handles"]} | planted.BOTS | set(planted.CARRIERS)
    taken.add(planted.BURST[1])
    made, lost = crowd.gather(rng, 372, 4340, taken)
    docs, copies = planted.add(made, people)
    truth = planted.truth(made, people, copies, docs)
    lines = [json.dumps(d, ensure_ascii=False, separators=(",", ":")) for d in number(docs)]
    write("mentions.jsonl", "\n".join(lines) + "\n")
    write("focus-group-2.vtt", planted.session())
    write("truth.json", json.dumps(truth, ensure_ascii=False, indent=1) + "\n")
    print("%d documents, %d given up" % (len(docs), lost))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="which mentions --show picks")
    args = parser.parse_args()
    if args.check:
        return selfcheck.check(OUT)
    if args.show:
        return selfcheck.show(OUT, args.show, args.seed)
    make()
    return 0


if __name__ == "__main__":
    sys.exit(main())
