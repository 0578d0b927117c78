#!/usr/bin/env python3
"""Macro-recall and macro-F1 of Plumbline's labels, and of VADER's beside them where it is installed.

usage: measure_sentiment.py LABEL_TEXTS SHARED_DATA_DIR

LABEL_TEXTS is the built tools/label_texts. SHARED_DATA_DIR holds real/airline-tweets.csv and
sentiment/*.tsv. VADER: pip install vaderSentiment==3.3.2 into the Python that runs this.
"""
import csv
import os
import subprocess
import sys

LABELS = ["negative", "neutral", "positive"]


def airline(folder):
    with open(os.path.join(folder, "real/airline-tweets.csv"), newline="", encoding="utf-8") as file:
        return [(row["label_sentiment"], row["text"]) for row in csv.DictReader(file)
                if row["label_sentiment"]]


def table(folder, name):
    with open(os.path.join(folder, "sentiment", name + ".tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[0], row[-1]) for row in rows if row[0] in LABELS]


def scores(pairs):
    count = {gold: dict.fromkeys(LABELS, 0) for gold in LABELS}
    for gold, said in pairs:
        count[gold][said if said in LABELS else "neutral"] += 1
    recalls, measures = [], []
    for label in LABELS:
        hits = count[label][label]
        gold = sum(count[label].values())
        said = sum(count[other][label] for other in LABELS)
        recall, precision = hits / gold, hits / said if said else 0
        recalls.append(recall)
        measures.append(2 * precision * recall / (precision + recall) if hits else 0)
    return sum(recalls) / 3, sum(measures) / 3, recalls


def plumbline(program, texts):
    lines = "\n".join(" ".join(text.split()) for text in texts) + "\n"
    out = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [line.split("\t")[1] for line in out.stdout.splitlines()]


def vader(texts):
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    judge = SentimentIntensityAnalyzer()
    out = []
    for text in texts:
        compound = judge.polarity_scores(text)["compound"]
        out.append("positive" if compound >= .05 else "negative" if compound <= -.05 else "neutral")
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, folder = sys.argv[1:]
    sets = {"airline tweets": airline(folder), "tweets.val": table(folder, "tweets.val"),
            "brand_tweets": table(folder, "brand_tweets.train"),
            "reddit_sentiment.val": table(folder, "reddit_sentiment.val"),
            "movie_sst3.val": table(folder, "movie_sst3.val")}
    print("set,rows,system,macro_recall,macro_f1,recall_negative,recall_neutral,recall_positive")
    for name, rows in sets.items():
        gold = [row[0] for row in rows]
        texts = [row[1] for row in rows]
        for system, said in (("plumbline", plumbline(program, texts)), ("vader-3.3.2", vader(texts))):
            if said is None:
                continue
            recall, measure, recalls = scores(list(zip(gold, said)))
            print(f"{name},{len(rows)},{system},{recall:.4f},{measure:.4f},"
                  + ",".join(f"{value:.3f}" for value in recalls))


main()
