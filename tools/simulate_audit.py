#!/usr/bin/env python3
"""What a user's own labels gain: draws texts of a labelled set as the audit does, learns from them, judges the rest.

usage: simulate_audit.py PROGRAM SET.tsv... [--labels N] [--seeds FROM-TO] [--most-test N] [--tier fast|full]

Each SET holds lines "label TAB text". For every seed N texts are drawn at random and given to `PROGRAM train own --labels`; the other texts
are judged with and without what came of it. Texts that are near-identical to a labelled one (`PROGRAM duplicates`) are left out of the test.
"""
import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile

LABELS = ["negative", "neutral", "positive"]


def read_set(path):
    rows = []
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            text = " ".join(cells[-1].split())
            if cells[0] in LABELS and text:
                rows.append((cells[0], text))
    return rows


def run(words, text):
    out = subprocess.run(words, input=text, capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit(f"{' '.join(words)}: exit {out.returncode}\n{out.stderr}")
    return out.stdout


def groups_of(program, rows):
    lines = run([program, "duplicates"], "".join(text + "\n" for _, text in rows)).splitlines()
    return [json.loads(line)["group"] for line in lines]


@contextlib.contextmanager
def new_workspace():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "plumbline.toml"), "w", encoding="utf-8") as file:
            file.write('[brand]\nname = "Held Back"\n')
        yield folder


def labels_of(program, workspace, rows, tier):
    words = [program, "analyze", "--tier", tier, "--workspace", workspace]
    lines = run(words, "".join(text + "\n" for _, text in rows)).splitlines()
    found = [json.loads(line) for line in lines]
    return [one["sentiment"]["label"] for one in found], {one.get("model", "") for one in found}


def macro_recall(gold, said):
    recalls = []
    for label in LABELS:
        hits = [a == b for a, b in zip(gold, said) if a == label]
        if hits:
            recalls.append(sum(hits) / len(hits))
    return sum(recalls) / len(recalls)


def accuracy(gold, said):
    return sum(a == b for a, b in zip(gold, said)) / len(gold)


def one_draw(program, rows, groups, plain, wish):
    order = list(range(len(rows)))
    random.Random(wish["seed"]).shuffle(order)
    drawn, rest = order[:wish["labels"]], order[wish["labels"]:]
    known = {groups[at] for at in drawn}
    test = [at for at in rest if groups[at] not in known][:wish["most_test"]]
    with new_workspace() as folder:
        labelled = os.path.join(folder, "labelled.tsv")
        with open(labelled, "w", encoding="utf-8") as file:
            file.writelines(f"{rows[at][0]}\t{rows[at][1]}\n" for at in drawn)
        own = os.path.join(folder, "models", "own.bin")
        told = json.loads(run([program, "train", "own", "--labels", labelled, "--out", own, "--json"], ""))
        gold, before = [rows[at][0] for at in test], [plain[at] for at in test]
        after, models = before, set()
        if told["used"]:
            after, models = labels_of(program, folder, [rows[at] for at in test], wish["tier"])
            if wish["tier"] == "fast" and not any(model.startswith("own-") for model in models):
                sys.exit("the own model did not speak")
    told["true_accuracy"], told["true_own_accuracy"] = accuracy(gold, before), accuracy(gold, after)
    return len(test), macro_recall(gold, before), macro_recall(gold, after), told


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--labels", type=int, default=200)
    parser.add_argument("--seeds", default="1-10")
    parser.add_argument("--most-test", type=int, default=1 << 30)
    parser.add_argument("--tier", default="fast", help="what judges: fast or full")
    wish = parser.parse_args()
    first, last = (int(word) for word in wish.seeds.split("-"))
    print("set,seed,labels,test,macro_recall,own_macro_recall,gain,used,measured,expected,at_least,accuracy,own_accuracy")
    for path in wish.sets:
        name = os.path.basename(path).removesuffix(".tsv")
        rows = read_set(path)
        groups = groups_of(wish.program, rows)
        with new_workspace() as empty:
            plain, _ = labels_of(wish.program, empty, rows, wish.tier)
        gains = []
        for seed in range(first, last + 1):
            test, before, after, told = one_draw(
                wish.program, rows, groups, plain,
                {"seed": seed, "labels": wish.labels, "most_test": wish.most_test, "tier": wish.tier})
            gains.append(after - before)
            print(f"{name},{seed},{told['labels']},{test},{before:.4f},{after:.4f},{after - before:+.4f},"
                  f"{'yes' if told['used'] else 'no'},{told['gain']['value']:+.4f},{told['expected']:+.4f},"
                  f"{told['at_least']:+.4f},{told['true_accuracy']:.4f},{told['true_own_accuracy']:.4f}", flush=True)
        print(f"{name}: mean gain {sum(gains) / len(gains):+.4f}, lowest {min(gains):+.4f}, highest {max(gains):+.4f}",
              flush=True)


main()
