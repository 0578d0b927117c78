#!/usr/bin/env python3
"""Calibration error of both tiers by domain: as they are, and with a temperature of the domain's own, fitted on its even
texts and measured on its odd ones.

  VENV/bin/python bench/calibration.py build/release/plumbline DATA_DIR      (needs numpy)

Ten bins of the likeliest class's share; DATA_DIR is described in docs/train.md. Of stackoverflow every fifth text, which no
model learned from.
"""
import json
import os
import subprocess
import sys

import numpy as np

CLASSES = ("negative", "neutral", "positive")
SETS = (("brand_tweets.train.tsv", 1), ("stackoverflow.train.tsv", 5), ("airline_tweets.train.tsv", 1),
        ("reddit_sentiment.val.tsv", 1), ("movie_sst3.val.tsv", 1), ("tweets.val.tsv", 1))
BINS = 10
TEMPERATURES = np.arange(0.5, 2.5, 0.05)


def texts_of(path, step):
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[0], row[-1]) for row in rows if row[0] in CLASSES][::step]


def shares_of(program, tier, texts):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    said = subprocess.run([program, "analyze", "--jsonl", "--tier", tier], input=lines.encode(), capture_output=True,
                          check=True).stdout.decode().splitlines()
    return np.array([[json.loads(line)["sentiment"][name] for name in CLASSES] for line in said])


def error_of(shares, gold):
    sure, right = shares.max(1), shares.argmax(1) == gold
    error = 0
    for i in range(BINS):
        mine = (sure > i / BINS) & (sure <= (i + 1) / BINS)
        if mine.any():
            error += mine.mean() * abs(right[mine].mean() - sure[mine].mean())
    return error


def heated(shares, temperature):
    scores = np.log(np.maximum(shares, 1e-6)) / temperature
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def loss_of(shares, gold):
    return -np.log(shares[np.arange(len(gold)), gold] + 1e-9).mean()


def main():
    program, folder = sys.argv[1:3]
    print("set,texts,tier,as it is,odd half as it is,temperature of the even half,odd half with it")
    for name, step in SETS:
        rows = texts_of(os.path.join(folder, name), step)
        gold = np.array([CLASSES.index(label) for label, _ in rows])
        even = np.arange(len(gold)) % 2 == 0
        for tier in ("fast", "full"):
            shares = shares_of(program, tier, [text for _, text in rows])
            best = min(TEMPERATURES, key=lambda t: loss_of(heated(shares[even], t), gold[even]))
            odd = shares[~even]
            print(f"{name},{len(gold)},{tier},{error_of(shares, gold):.3f},{error_of(odd, gold[~even]):.3f},{best:.2f},"
                  f"{error_of(heated(odd, best), gold[~even]):.3f}")


if __name__ == "__main__":
    main()
