#!/usr/bin/env python3
"""How many labels one typo changes, and that other handles and links change none.

    cut -f2 tweets.val.tsv | tools/measure_typos.py build/release/plumbline [--tier fast|full]

Each text gets one typo in a word of four letters or more, drawn with a fixed seed: two letters
swapped, one dropped, or one replaced. Texts without such a word are left as they are and not counted.
"""
import json
import random
import re
import subprocess
import sys

WORD = re.compile(r"(?<![@#\w/.])[A-Za-z]{4,}(?![\w/@])")


def mistyped(text, dice):
    words = [word for word in WORD.finditer(text) if word.group() not in ("http", "user")]
    if not words:
        return None
    word = dice.choice(words)
    letters, at = list(word.group()), dice.randrange(1, len(word.group()) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    elif kind == 1:
        del letters[at]
    else:
        letters[at] = dice.choice("abcdefghijklmnopqrstuvwxyz")
    return text[:word.start()] + "".join(letters) + text[word.end():]


def labels(program, tier, texts):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([program, "analyze", "--jsonl", "--tier", tier], input=lines.encode(),
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line)["sentiment"]["label"] for line in done.stdout.splitlines()]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    tier = sys.argv[sys.argv.index("--tier") + 1] if "--tier" in sys.argv else "fast"
    dice = random.Random(11)
    texts = [line.rstrip("\n") for line in sys.stdin]
    pairs = [(text, other) for text in texts if (other := mistyped(text, dice))]
    if not pairs:
        sys.exit("no texts with a word to mistype came in: see the head of this file")
    before = labels(sys.argv[1], tier, [text for text, _ in pairs])
    after = labels(sys.argv[1], tier, [other for _, other in pairs])
    changed = sum(a != b for a, b in zip(before, after))
    print(f"one typo: {changed} of {len(pairs)} labels change, {changed / len(pairs):.4f}")
    masked = [re.sub(r"(?<![\w.])@\w+", "@someone_else7", re.sub(r"https?://\S+|\bhttp\b", "https://example.org/x", text))
              for text, _ in pairs]
    hidden = [re.sub(r"(?<![\w.])@\w+", "@user", re.sub(r"https?://\S+|\bhttp\b", "http", text)) for text, _ in pairs]
    changed = sum(a != b for a, b in zip(labels(sys.argv[1], tier, masked), labels(sys.argv[1], tier, hidden)))
    print(f"other handles and links: {changed} of {len(pairs)} labels change")


main()
