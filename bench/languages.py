#!/usr/bin/env python3
"""Sentiment in eight languages, by tier: macro-F1 on every fifth text of the set of all languages,
which no shipped model learned from (docs/train.md), and how fast each tier read them.

    bench/languages.py build/release/plumbline DATA_DIR [WORKSPACE]

WORKSPACE: a folder whose models/ are used in place of the built-in ones. One line per language and
tier: the language, how many texts, then for each tier macro-F1 and the share of texts it read.
"""
import json
import os
import subprocess
import sys
import time

LABELS = ("negative", "neutral", "positive")


def held_out(folder):
    path = os.path.join(folder, "umsab_multilingual.train.tsv")
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [row for row in rows if len(row) == 3 and row[0] in LABELS][::5]


def read(program, workspace, tier, rows):
    lines = "".join(json.dumps({"text": text, "lang": lang}) + "\n" for _, lang, text in rows)
    command = [program, "analyze", "--jsonl", "--threads", "1", "--tier", tier]
    start = time.monotonic()
    said = subprocess.run(command + (["--workspace", workspace] if workspace else []), input=lines.encode(),
                          stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    return [json.loads(line) for line in said], len(rows) / (time.monotonic() - start)


def macro_f1(pairs):
    total = 0
    for label in LABELS:
        both = sum(a == b == label for a, b in pairs)
        total += 2 * both / max(1, sum((a == label) + (b == label) for a, b in pairs))
    return total / len(LABELS)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program, folder, workspace = sys.argv[1], sys.argv[2], "".join(sys.argv[3:])
    rows = held_out(folder)
    languages = sorted({row[1] for row in rows})
    tiers = {tier: read(program, workspace, tier, rows) for tier in ("fast", "cascade", "full")}
    print("language,texts," + ",".join(f"{tier},read by it" for tier in tiers))
    sums = dict.fromkeys(tiers, 0.0)
    for language in languages:
        mine = [i for i, row in enumerate(rows) if row[1] == language]
        cells = []
        for tier, (said, _) in tiers.items():
            score = macro_f1([(rows[i][0], said[i]["sentiment"]["label"]) for i in mine])
            by = sum(said[i]["tier"] == ("fast" if tier == "fast" else "full") for i in mine) / len(mine)
            sums[tier] += score
            cells.append(f"{score:.3f},{by:.2f}")
        print(f"{language},{len(mine)}," + ",".join(cells))
    print(f"mean,{len(rows)}," + ",".join(f"{sums[tier] / len(languages):.4f}," for tier in tiers))
    print("texts/s on one core," + ",".join(f"{tier} {speed:.0f}" for tier, (_, speed) in tiers.items()))


main()
