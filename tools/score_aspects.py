#!/usr/bin/env python3
"""What is praised or blamed, as the program finds it, against the marks of tests/data/aspects.

tools/score_aspects.py PROGRAM DIR [--tier fast|full] [--lines odd|even|all] [--errors]

An aspect is found where one overlaps its marked stretch; its polarity is right where the labels are the same. "found" is the
share of the marked ones, "true" the share of those found that were marked, "polarity" the share of the found ones with the right
label, "floor" what the commonest label alone would score. --errors prints what was missed; not for the lines that are reported.
"""
import argparse
import collections
import json
import pathlib
import subprocess


def spans(text, aspects):
    raw = text.encode()
    for aspect in aspects:
        piece = aspect["span"].encode()
        begin = aspect.get("begin", raw.find(piece))
        yield begin, begin + len(piece), aspect["label"], aspect["span"]


def analyze(program, lines, tier):
    asked = "".join(json.dumps({"id": each["id"], "text": each["text"]}) + "\n" for each in lines)
    run = subprocess.run([program, "analyze", "--jsonl", "--tier", tier], input=asked, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def score(program, path, args):
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    wanted = {"odd": lines[0::2], "even": lines[1::2], "all": lines}[args.lines]
    marked = found = true = said = right = 0
    labels = collections.Counter()
    for line, answer in zip(wanted, analyze(program, wanted, args.tier)):
        marks = list(spans(line["text"], line["aspects"]))
        missed, extra = [], []
        for begin, end, label, name in marks:
            marked += 1
            hits = [a for a in answer["aspects"] if a["begin"] < end and begin < a["end"]]
            if not hits:
                missed.append(name)
                continue
            found += 1
            labels[label] += 1
            right += hits[0]["label"] == label
            if hits[0]["label"] != label:
                extra.append(f"{name}: {hits[0]['label']} for {label}")
        for aspect in answer["aspects"]:
            said += 1
            hit = any(aspect["begin"] < end and begin < aspect["end"] for begin, end, _, _ in marks)
            true += hit
            if not hit:
                extra.append("+" + aspect["aspect"])
        if args.errors and (missed or extra):
            print(line["text"], "| missed", missed, "|", extra)
    floor = max(labels.values(), default=0)
    return marked, found, said, true, right, floor


def share(part, whole):
    return part / whole if whole else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tier", default="fast")
    parser.add_argument("--lines", default="all", choices=["odd", "even", "all"])
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    total = collections.Counter()
    print("       marked found  true  polarity floor")
    for path in sorted(args.folder.glob("*.jsonl")):
        row = score(args.program, path, args)
        total.update(dict(enumerate(row)))
        print_row(path.stem, row)
    print_row("all", [total[i] for i in range(6)])


def print_row(name, row):
    marked, found, said, true, right, floor = row
    print(f"{name:6} {marked:6} {share(found, marked):.3f} {share(true, said):.3f} {share(right, found):8.3f} {share(floor, found):.3f}")


if __name__ == "__main__":
    main()
