#!/usr/bin/env python3
"""The fast tier's speed beside VADER in Python and fastText's own program, in turn, on one core.

  python3 -m venv VENV && VENV/bin/pip install vaderSentiment==3.3.2      # apt-get install fasttext
  VENV/bin/python bench/speed_peers.py build/bench/plumbline_fast_speed DATA_DIR [ROUNDS]

Processor time over the same 2,000 tweets (DATA_DIR is described in docs/train.md), start of each program taken off;
medians over the rounds. fastText: words and pairs, three to five letters, dimension 50, taught on tweets.train.tsv.
"""
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def used():
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime


def cost_of(command, text):
    before = used()
    subprocess.run(command, input=text, capture_output=True, check=True)
    return used() - before


def main():
    program, data = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with open(os.path.join(data, "tweets.val.tsv"), encoding="utf-8") as file:
        texts = [line.rstrip("\n").split("\t")[-1] for line in file]
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(data, "tweets.train.tsv"), encoding="utf-8") as file:
        path = os.path.join(folder, "train.txt")
        with open(path, "w", encoding="utf-8") as out:
            for line in file:
                label, text = line.rstrip("\n").split("\t")[:2]
                out.write(f"__label__{label} {text.lower()}\n")
        subprocess.run(["fasttext", "supervised", "-input", path, "-output", folder + "/m", "-wordNgrams", "2", "-minn", "3",
                        "-maxn", "5", "-dim", "50", "-epoch", "5", "-thread", "1"], check=True, capture_output=True)
        vader = SentimentIntensityAnalyzer()
        predict = ["fasttext", "predict", folder + "/m.bin", "-", "1"]
        many = "\n".join(text.lower() for text in texts * 10) + "\n"
        speeds = {name: [] for name in ("sentiment", "whole analysis", "fastText", "VADER")}
        for _ in range(rounds):
            said = subprocess.run([program], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True).stdout
            rows = re.findall(r"sentiment (\d+) texts/s, whole analysis (\d+)", said)
            speeds["sentiment"].append(max(float(row[0]) for row in rows))
            speeds["whole analysis"].append(max(float(row[1]) for row in rows))
            spent = cost_of(predict, many.encode()) - cost_of(predict, b"x\n")
            speeds["fastText"].append(10 * len(texts) / spent)
            begin = time.process_time()
            for text in texts:
                vader.polarity_scores(text)
            speeds["VADER"].append(len(texts) / (time.process_time() - begin))
    middle = {name: statistics.median(values) for name, values in speeds.items()}
    for name, value in middle.items():
        print(f"{name:15} {value:9.0f} texts/s   of {min(speeds[name]):.0f} to {max(speeds[name]):.0f}")
    print(f"sentiment is {middle['sentiment'] / middle['fastText']:.1f} times fastText, {middle['sentiment'] / middle['VADER']:.1f} times VADER")


if __name__ == "__main__":
    main()
