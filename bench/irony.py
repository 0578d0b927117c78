#!/usr/bin/env python3
"""How often a text that reads as praise is marked as doubtful: of ironic ones, and of sincere ones.

    bench/irony.py build/release/plumbline DATA_DIR REVIEWS.csv

DATA_DIR: irony.val.tsv (label TAB text), reddit_sentiment.val.tsv, ss_youtube.train.tsv; REVIEWS.csv: product reviews
with the columns rating and text. Sincere are: five stars, and what people called positive.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys

MOST = 600


def read(program, tier, texts):
    lines = "".join(re.sub(r"\s+", " ", text).strip() + "\n" for text in texts if text.strip())
    out = subprocess.run([program, "analyze", "--tier", tier], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def labelled(path, label):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return [row[-1] for row in rows if row[0] == label][:MOST]


def main():
    program, data, reviews = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    csv.field_size_limit(10**9)
    five = [row["text"] for row in csv.DictReader(open(reviews, encoding="utf-8")) if row["rating"] in ("5", "5.0")]
    sets = {
        "ironic tweets": labelled(data / "irony.val.tsv", "irony"),
        "other tweets of that set": labelled(data / "irony.val.tsv", "none"),
        "product reviews of five stars": five[:MOST],
        "YouTube, positive": labelled(data / "ss_youtube.train.tsv", "positive"),
        "Reddit, positive": labelled(data / "reddit_sentiment.val.tsv", "positive"),
    }
    for tier in ("fast", "full"):
        for name, texts in sets.items():
            praise = [said for said in read(program, tier, texts) if said["sentiment"]["label"] == "positive"]
            doubtful = sum("doubt" in said for said in praise)
            print(f"{tier}  {name}: {doubtful} of {len(praise)} that read as praise, {doubtful / max(1, len(praise)):.3f}")


if __name__ == "__main__":
    main()
