#!/usr/bin/env python3
"""How many texts of each kind a cascade sends on, by border: how far the share of the fast tier's likeliest class is ahead.

    bench/cascade_share.py build/release/plumbline DATA_DIR
"""
import bisect
import json
import pathlib
import subprocess
import sys

SETS = ("tweets.val", "reddit_sentiment.val", "movie_sst3.val", "stackoverflow.train", "ss_youtube.train", "irony.val",
        "ss_twitter.train")
MOST = 700


def leads(program, path):
    texts = [line.rstrip("\n").split("\t")[-1] + "\n" for line in open(path, encoding="utf-8")][:MOST]
    out = subprocess.run([program, "analyze"], input="".join(texts), capture_output=True, text=True, check=True).stdout
    moods = [json.loads(line)["sentiment"] for line in out.splitlines()]
    shares = [sorted((mood["negative"], mood["neutral"], mood["positive"])) for mood in moods]
    return sorted(most - next_one for _, next_one, most in shares)


def main():
    program, data = sys.argv[1], pathlib.Path(sys.argv[2])
    sets = {name: leads(program, data / f"{name}.tsv") for name in SETS}
    print(sum(map(len, sets.values())), "texts")
    for percent in (5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90):
        low, high = 0.0, 1.0
        for _ in range(40):
            border = (low + high) / 2
            mean = sum(bisect.bisect_left(each, border) / len(each) for each in sets.values()) / len(sets)
            low, high = (border, high) if mean < percent / 100 else (low, border)
        each = ", ".join(f"{name.split('.')[0]} {bisect.bisect_left(found, low) / len(found):.2f}" for name, found in sets.items())
        print(f"{percent} in 100: border {low:.3f} ({each})")


if __name__ == "__main__":
    main()
