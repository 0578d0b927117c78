#!/usr/bin/env python3
"""How many plain sentences have the statement that they make: score.py PROGRAM plain1.tsv|plain2.tsv [--tier fast|full]

Each line: language, kind ("none" where nothing is stated, or it is denied), sentence.
"""
import collections
import json
import subprocess
import sys

program, path = sys.argv[1:3]
tier = sys.argv[4] if len(sys.argv) > 4 else "full"
with open(path, encoding="utf-8") as file:
    rows = [line.rstrip("\n").split("\t") for line in file]
lines = "".join(json.dumps({"id": str(i), "text": row[2], "lang": row[0]}) + "\n" for i, row in enumerate(rows))
run = subprocess.run([program, "analyze", "--jsonl", "--tier", tier], input=lines, capture_output=True, text=True, check=True)
right, all_of = collections.Counter(), collections.Counter()
for (lang, kind, _), line in zip(rows, run.stdout.splitlines()):
    found = {one["kind"] for one in json.loads(line)["statements"]}
    good = not found if kind == "none" else kind in found
    for key in (kind,) if kind == "none" else (kind, lang, "all"):
        all_of[key] += 1
        right[key] += good
for key in all_of:
    print(f"{key:<11} {right[key]:3} of {all_of[key]}")
