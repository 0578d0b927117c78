#!/usr/bin/env python3
"""Scores the statements that `plumbline analyze` finds against the hand-labelled ones.

Usage: score_statements.py PROGRAM SOURCE_DIR [--half open|kept | --wide N... | --other] [--lang CODE] [--errors] [--json]
                           [--part 0|1] [--tier fast|full] [--workspace DIR] [--least-precision P] [--least-recall R] [--most-unreal SHARE]

A found statement is right if it has the kind of a real labelled one and shares at least half of the
shorter of the two stretches with it; each is paired once at most. Negated and hypothetical labels are
no statements: "unreal" is the share of them on which one of their kind was found all the same.
--errors lists what was missed and what was found wrongly, of the open half alone: nobody may read the
kept one. --part takes every second sentence, so that rules made from one part can be tried on the other.
--wide scores the numbered batches wideN.jsonl in place of a half, --other the eight languages whose statements
cues find (other/CODE.jsonl, for numbers alone like the kept half). With a floor the exit code is 1 when a total falls below it.
"""
import argparse
import json
import pathlib
import subprocess
import sys

LANGS = ("en", "de", "fr", "es")
OTHERS = ("it", "pt", "nl", "pl", "ar", "hi", "ja", "zh")
KINDS = ("want", "need", "pain", "fear", "risk", "cost", "experience", "promise", "praise", "switching", "buying",
         "question")


def read_gold(folder, lang, half, part, wide):
    names = [f"wide{number}.jsonl" for number in wide] if wide else [f"{lang}.{half}.jsonl"]
    if lang in OTHERS:
        names = [f"other/{lang}.jsonl"]
    lines = [line for name in names for line in (folder / name).read_text("utf-8").splitlines() if line]
    rows = [row for row in map(json.loads, lines) if row["id"].startswith(lang + "-")]
    return [row for i, row in enumerate(rows) if part is None or i % 2 == part]


def span_of(row, label):
    text = row["text"].encode("utf-8")
    span = label["span"].encode("utf-8")
    begin = label.get("begin", text.find(span))
    return begin, begin + len(span)


def analyze(program, more, rows, lang):
    lines = "".join(json.dumps({"id": row["id"], "text": row["text"], "lang": lang}) + "\n" for row in rows)
    done = subprocess.run([program, "analyze", "--jsonl", *more], input=lines, capture_output=True, text=True, check=True)
    return {answer["id"]: answer["statements"] for answer in map(json.loads, done.stdout.splitlines())}


def meets(one, other):
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


class Tally:
    def __init__(self):
        self.right = self.found = self.gold = self.unreal = self.counted = 0
        self.holder = self.tense = self.topic = 0

    def figures(self):
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.right else 0.0
        share = self.counted / self.unreal if self.unreal else 0.0
        return precision, recall, f1, share


def score_row(row, found, tallies, complain):
    """`tallies` maps a kind to the tallies that count it."""
    spans = [(s["begin"], s["end"]) for s in found]
    used = set()
    for label in row["statements"]:
        span = span_of(row, label)
        fits = [i for i, s in enumerate(found) if s["kind"] == label["kind"] and meets(spans[i], span)]
        if label["state"] != "real":
            for tally in tallies(label["kind"]):
                tally.unreal += 1
                tally.counted += bool(fits)
            if fits:
                complain("UNREAL", label["kind"], row, label["span"])
            continue
        free = [i for i in fits if i not in used]
        for tally in tallies(label["kind"]):
            tally.gold += 1
            tally.right += bool(free)
        if not free:
            complain("MISSED", label["kind"], row, label["span"])
            continue
        best = max(free, key=lambda i: min(spans[i][1], span[1]) - max(spans[i][0], span[0]))
        used.add(best)
        for tally in tallies(label["kind"]):
            tally.holder += found[best].get("holder", "author") == label["holder"]
            tally.tense += found[best].get("tense", "present") == label["tense"]
            tally.topic += found[best]["topic"] == label["topic"]
        for field, fallback in (("holder", "author"), ("tense", "present")):
            if found[best].get(field, fallback) != label[field]:
                complain(field.upper(), label["kind"], row, f"{label[field]} is right")
    for i, statement in enumerate(found):
        for tally in tallies(statement["kind"]):
            tally.found += 1
        if i not in used:
            text = row["text"].encode("utf-8")[spans[i][0]:spans[i][1]].decode("utf-8")
            complain("WRONG", statement["kind"], row, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--half", choices=("open", "kept"), default="open")
    parser.add_argument("--wide", type=int, nargs="+", metavar="N")
    parser.add_argument("--other", action="store_true")
    parser.add_argument("--lang", choices=LANGS + OTHERS)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true", help="one line of JSON with the totals")
    parser.add_argument("--part", type=int, choices=(0, 1))
    parser.add_argument("--tier", choices=("fast", "full"), default="fast")
    parser.add_argument("--workspace", metavar="DIR", help="with its models in place of the built-in ones")
    parser.add_argument("--least-precision", type=float, default=0)
    parser.add_argument("--least-recall", type=float, default=0)
    parser.add_argument("--most-unreal", type=float, default=1)
    options = parser.parse_args()
    other = options.other or options.lang in OTHERS
    if options.errors and (other or options.half == "kept" and not options.wide):
        parser.error("these are for numbers alone: no --errors")

    more = ["--tier", options.tier] + (["--workspace", options.workspace] if options.workspace else [])
    folder = options.source / "tests" / "data" / "statements"
    langs = (options.lang,) if options.lang else OTHERS if other else LANGS
    tallies = {name: Tally() for name in KINDS + langs + ("total",)}

    def complain(what, kind, row, text):
        if options.errors:
            print(f"{what:7}{kind:11}{row['id']}  {text}" + ("" if text == row["text"] else f"   <<  {row['text']}"))

    for lang in langs:
        rows = read_gold(folder, lang, options.half, options.part, options.wide)
        found = analyze(options.program, more, rows, lang)
        for row in rows:
            score_row(row, found[row["id"]], lambda kind: [tallies[n] for n in (kind, lang, "total")], complain)

    name = "wide " + " ".join(map(str, options.wide)) if options.wide else "other" if other else options.half
    total = tallies["total"]
    precision, recall, f1, share = total.figures()
    if options.json:
        print(json.dumps({"half": name, "precision": round(precision, 4), "recall": round(recall, 4),
                          "f1": round(f1, 4), "unreal": round(share, 4), "gold": total.gold, "found": total.found}))
    else:
        print(f"half: {name}\n{'':12}precision recall    f1   gold  found  unreal counted")
        for label, tally in tallies.items():
            p, r, f, _ = tally.figures()
            print(f"{label:12}{p:9.3f}{r:7.3f}{f:6.3f}{tally.gold:7}{tally.found:7}{tally.unreal:8}{tally.counted:8}")
        right = max(total.right, 1)
        print(f"of {total.right} right ones: holder {total.holder / right:.3f}, tense {total.tense / right:.3f}, "
              f"topic word for word {total.topic / right:.3f}; negated or hypothetical counted {share:.3f}")
    if precision < options.least_precision or recall < options.least_recall or share > options.most_unreal:
        print(f"below the floor: precision {precision:.3f} (at least {options.least_precision}), recall {recall:.3f} "
              f"(at least {options.least_recall}), unreal {share:.3f} (at most {options.most_unreal})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
