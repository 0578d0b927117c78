#!/usr/bin/env python3
"""How often the polarity found for an aspect agrees with the reviewer's own rating of it.

    tools/measure_aspects.py build/release/plumbline airline-reviews.csv [--tier fast|full]

Reviews of an airline carry the reviewer's ratings, 1 to 5, of the staff, the ground service, the
seat, the food and the value for money. An aspect belongs to the first of these whose words it
holds; what is found positive counts against what is found negative, neutral ones and draws are left
out. Ratings of 1 and 2 are a blame, 4 and 5 a praise, 3 is left out.
"""
import csv
import json
import re
import subprocess
import sys

WORDS = {
    "ground": r"ground|check.?in|boarding|gate|lounge|luggage|baggage|bag|bags|queue|transfer",
    "staff": r"staff|crew|attendants?|steward(?:s|ess|esses)?|pilots?|captain|hostess(?:es)?|employees?|people",
    "seat_comfort": r"seats?|seating|leg.?room|recline|cushions?",
    "food": r"food|meals?|breakfast|lunch|dinner|snacks?|catering|drinks?|sandwich(?:es)?|wine|coffee|tea|menu|water",
    "value_for_money": r"value|prices?|priced|money|fares?|costs?|expensive|cheap",
}
RATED = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in WORDS.items()}


def found_in(text, analysis):
    sums = {}
    for aspect in analysis["aspects"]:
        span = text[aspect["begin"]:aspect["end"]].decode("utf-8", "replace")
        for name, pattern in RATED.items():
            if pattern.search(span) or pattern.search(aspect["aspect"]):
                step = {"positive": 1, "negative": -1}.get(aspect["label"], 0)
                sums[name] = sums.get(name, 0) + step
                break
    return sums


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tier = sys.argv[sys.argv.index("--tier") + 1] if "--tier" in sys.argv else "full"
    limit = int(sys.argv[sys.argv.index("--limit") + 1]) if "--limit" in sys.argv else None
    rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))[:limit]
    lines = "".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in rows)
    done = subprocess.run([sys.argv[1], "analyze", "--jsonl", "--tier", tier], input=lines.encode(),
                          stdout=subprocess.PIPE, check=True)
    counts = {name: [0, 0] for name in WORDS}
    for row, line in zip(rows, done.stdout.splitlines()):
        text = row["text"].encode()
        for name, side in found_in(text, json.loads(line)).items():
            rating = row[name]
            if rating in ("1", "2", "4", "5") and side != 0:
                agrees = (side > 0) == (rating > "3")
                counts[name][1] += 1
                counts[name][0] += agrees
    print(f"{'aspect':16} reviews  agreement")
    for name, (right, all_) in counts.items():
        print(f"{name:16} {all_:7}  {right / max(all_, 1):.3f}")
    right, all_ = (sum(each[i] for each in counts.values()) for i in (0, 1))
    print(f"{'all':16} {all_:7}  {right / max(all_, 1):.3f}")


main()
