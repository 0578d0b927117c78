#!/usr/bin/env python3
"""Texts that a better model judged, in the form that `plumbline train fast --teacher` reads.

  teacher.py PROGRAM [TIER] < texts > teacher.tsv      one text a line; docs/train.md
"""
import json
import subprocess
import sys
import threading

EMOTIONS = ("anger", "joy", "optimism", "sadness", "fear", "surprise", "disgust", "none")


def main():
    program, tier = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "full"
    texts = [line for line in (" ".join(line.split()) for line in sys.stdin) if line]
    run = subprocess.Popen([program, "analyze", "--jsonl", "--tier", tier], text=True,
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        for text in texts:
            run.stdin.write(json.dumps({"text": text, "lang": "en"}) + "\n")
        run.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    for text, line in zip(texts, run.stdout):
        said = json.loads(line)
        if said.get("tier") != tier or not said["emotion"]:
            continue  # not judged, or judged by another tier: nothing to learn
        mood = said["sentiment"]
        shares = [mood[name] for name in ("negative", "neutral", "positive")]
        shares += [said["emotion"]["scores"][name] for name in EMOTIONS]
        print("\t".join([f"{share:.4f}" for share in shares] + [text]))
    feeder.join()
    return run.wait()


if __name__ == "__main__":
    sys.exit(main())
