"""How a mean of the shares of the fast and the full tier does, by how much the fast one counts (w) and what the mean is divided by (h).

    git checkout 78f89a1 && ./run build      # the full tier of this commit speaks alone
    python3 bench/runs/2026-11-29-taught-anew/blend.py build/release/plumbline DATA_DIR     # needs python3-numpy

Up to 2,000 texts a set, drawn with a fixed seed. Per set: macro-recall, calibration error over 15 bins (what it would be by chance).
"""
import json
import random
import subprocess
import sys

import numpy as np

MOODS = ["negative", "neutral", "positive"]
FEELINGS = ["anger", "joy", "optimism", "sadness"]
SETS = {"tweets": "tweets.val", "reddit": "reddit_sentiment.val", "film": "movie_sst3.val", "airline": "airline_tweets.train",
        "brand": "brand_tweets.train", "programming": "stackoverflow.train", "short tweets": "ss_twitter.train",
        "youtube": "ss_youtube.train"}
FIFTHS = ("programming", "short tweets", "youtube")


def read(name, labels):
    with open(f"{sys.argv[2]}/{name}.tsv", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t", 1) for line in lines]
    return [row for row in rows if len(row) == 2 and row[0] in labels]


def said(rows, tier, share):
    given = "".join(json.dumps({"text": row[1], "lang": "en"}) + "\n" for row in rows)
    done = subprocess.run([sys.argv[1], "analyze", "--jsonl", "--tier", tier], input=given, capture_output=True, text=True, check=True)
    return np.array([share(json.loads(line)) for line in done.stdout.splitlines()]) + 1e-6


def both(rows, labels, share):
    return said(rows, "fast", share), said(rows, "full", share), np.array([labels.index(row[0]) for row in rows])


def calibration(shares, truth, bins=15):
    sure, right = shares.max(1), shares.argmax(1) == truth
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    error = chance = 0
    for one in set(bin_of):
        here = bin_of == one
        error += abs(right[here].sum() - sure[here].sum())
        chance += np.sqrt(2 / np.pi * (sure[here] * (1 - sure[here])).sum())
    return error / len(truth), chance / len(truth)


def mean(fast, full, w, h, two=False):
    scores = ((1 - w) * np.log(full) + w * np.log(fast)) / h
    if two:
        scores[:, 1] = -99  # people could not say neutral
    shares = np.exp(scores)
    return shares / shares.sum(1, keepdims=True)


def feelings(one):
    return [one["emotion"]["scores"][name] if one["emotion"] else 0.25 for name in FEELINGS]


def main():
    judged = {}
    for name, file in SETS.items():
        rows = read(file, MOODS)
        rows = rows[::5] if name in FIFTHS else rows
        random.Random(3).shuffle(rows)
        judged[name] = both(rows[:2000], MOODS, lambda one: [one["sentiment"][mood] for mood in MOODS])
    felt = both(read("emotion4.val", FEELINGS), FEELINGS, feelings)
    for w, h in ((0, 1), (0, 1.15), (0.2, 0.9), (0.3, 0.85), (0.33, 0.87), (0.35, 0.85), (0.4, 0.85), (1, 1)):
        cells, recalls = [], []
        for name, (fast, full, truth) in judged.items():
            shares = mean(fast, full, w, h, 1 not in truth)
            recalls.append(np.mean([(shares.argmax(1)[truth == c] == c).mean() for c in set(truth)]))
            cells.append("%s %.3f %.3f (%.3f)" % (name, recalls[-1], *calibration(shares, truth)))
        shares, truth = mean(*felt[:2], w, h), felt[2]
        label = shares.argmax(1)
        f1 = np.mean([2 * ((label == c) & (truth == c)).sum() / ((label == c).sum() + (truth == c).sum()) for c in range(4)])
        cells.append("emotion F1 %.3f %.3f (%.3f)" % (f1, *calibration(shares, truth)))
        print("w %.2f h %.2f mean recall %.4f" % (w, h, np.mean(recalls)), *cells, sep="; ")


main()
