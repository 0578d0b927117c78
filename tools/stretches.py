#!/usr/bin/env python3
"""Stretches of texts drawn at random, for a teacher to judge: a model of single words learns from a
part of a sentence which of its words was meant.

  stretches.py [--seed N] [--most WORDS] [--part SHARE] [--not FILE] FILE:COUNT... > stretches.txt

Of every line of FILE (label TAB text) with five words or more COUNT stretches are drawn, of two
words up to SHARE of the text (2/3) and at most WORDS; those drawn before, also those in the FILE of --not, are left
out. The same options give the same stretches. docs/train.md
"""
import argparse
import fractions
import random


def main():
    say = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    say.add_argument("--seed", type=int, default=7)
    say.add_argument("--most", type=int, default=10**6, metavar="WORDS")
    say.add_argument("--part", type=fractions.Fraction, default=fractions.Fraction(2, 3), metavar="SHARE")
    say.add_argument("--not", dest="known", metavar="FILE")
    say.add_argument("files", nargs="+", metavar="FILE:COUNT")
    asked = say.parse_args()
    draw = random.Random(asked.seed)
    seen = set()
    if asked.known:
        with open(asked.known, encoding="utf-8") as lines:
            seen = {line.rstrip("\n").lower() for line in lines}
    for entry in asked.files:
        name, _, count = entry.rpartition(":")
        with open(name, encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        for words in (row[1].split() for row in rows if len(row) > 1):
            if len(words) < 5:
                continue
            longest = max(3, min(asked.most, int(len(words) * asked.part)))
            for _ in range(int(count)):
                length = draw.randint(2, longest)
                if length >= len(words):
                    continue
                first = draw.randint(0, len(words) - length)
                stretch = " ".join(words[first:first + length])
                if stretch.lower() not in seen:
                    seen.add(stretch.lower())
                    print(stretch)


if __name__ == "__main__":
    main()
