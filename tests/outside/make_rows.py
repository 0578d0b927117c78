#!/usr/bin/env python3
"""Invented mentions as CSV on standard output: make_rows.py ROWS [FIRST].

The same arguments give the same bytes. One row in twenty repeats an earlier text under an id of its own.
"""
import csv
import random
import sys

NAMES = "Arvid Belle Corin Dalia Edda Falko Greta Hanno Iduna Jorin Kaja Levin Mirja Nils Oda Per Runa Sverre Tilda Ulf".split()
THINGS = "pump valve hose gauge manual warranty delivery invoice support app motor filter".split()
SAID = ["is worth every coin", "broke after a week", "came two weeks late", "is too expensive for what it does",
        "saved us a day of work", "needs a better manual", "is quiet and never leaks", "was replaced without a question",
        "makes me worry about winter", "could have a longer warranty", "is fine", "is cheaper elsewhere"]

SOUNDS = "ba do fe gi lo ma ne pu ra si to vu".split()


def rows(count, first=0):
    for number in range(count):
        spin = random.Random(first + number)
        if number % 20 == 19:  # a copy of the row nineteen before it
            spin = random.Random(first + number - 19)
        name = spin.choice(NAMES)
        text = " ".join(f"The {spin.choice(THINGS)} {spin.choice(SAID)}." for _ in range(spin.randint(1, 2)))
        about = ("".join(spin.choice(SOUNDS) for _ in range(4)) for _ in range(spin.randint(14, 24)))
        text += " I told " + " ".join(about) + "."
        day = spin.randrange(360)
        yield {"id": f"row{first + number}", "author": f"{name.lower()}{spin.randrange(900)}{number % 2}", "text": text,
               "published_at": f"2025-{day // 30 + 1:02}-{day % 30 % 28 + 1:02}T{spin.randrange(24):02}:{spin.randrange(60):02}:00Z",
               "brand": spin.choice(["Norvane", "Norvane", "Ostwick"])}


if __name__ == "__main__":
    out = csv.DictWriter(sys.stdout, ["id", "author", "text", "published_at", "brand"])
    out.writeheader()
    out.writerows(rows(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
