#!/usr/bin/env python3
"""Many mentions from a few real ones, by new ids, dates and authors: input for measuring imports.

make_million.py DATA_DIR/real N > FILE.csv        texts as they are, so that many are copies
make_million.py DATA_DIR/real N --unique > ...    a few words of each text changed, so that few are
"""
import csv
import datetime
import os
import random
import sys

NAMES = "ada bo cleo dev eli fay gus hal ivy jo kit lou mia ned ola pia quin ray sol tea uma vic wes xia yan zoe".split()


def rows(folder):
    def read(name):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    for row in read("airline-tweets.csv"):
        yield row["author"], row["brand"], row["text"], ""
    for number, row in enumerate(read("smart-speaker-reviews.csv")):
        yield f"speaker_{number % 2500}", "Echo", row["text"], row["rating"]
    for row in read("airline-reviews.csv"):
        yield row["author"], "British Airways", row["text"], row["rating_of_10"]


def reworded(text, words):
    parts = text.split(" ")
    for _ in range(max(2, len(parts) // 3)):
        parts[random.randrange(len(parts))] = random.choice(words)
    return " ".join(parts)


def main():
    folder, count, unique = sys.argv[1], int(sys.argv[2]), "--unique" in sys.argv
    random.seed(7)
    kept = [row for row in rows(folder) if row[2].strip()]
    words = [word for row in kept[:4000] for word in row[2].split(" ")]
    out = csv.writer(sys.stdout)
    out.writerow(["id", "published_at", "brand", "author", "text", "rating"])
    start, made = datetime.datetime(2024, 1, 1), 0
    while made < count:
        random.shuffle(kept)
        for author, brand, text, rating in kept[: count - made]:
            when = start + datetime.timedelta(seconds=made * 31)
            text = reworded(text, words) if unique else text
            out.writerow([f"m{made}", when.isoformat() + "Z", brand, f"{author}_{NAMES[made // len(kept) % 26]}", text, rating])
            made += 1


main()
