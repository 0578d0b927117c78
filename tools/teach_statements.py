#!/usr/bin/env python3
"""Statements that the full tier found in texts, as `plumbline train statements --teacher` reads them.

  teach_statements.py PROGRAM LANG < texts > taught.jsonl      one text a line; docs/train.md
"""
import json
import subprocess
import sys
import threading


def main():
    program, lang = sys.argv[1:3]
    texts = [line for line in (" ".join(line.split()) for line in sys.stdin) if line]
    run = subprocess.Popen([program, "analyze", "--jsonl", "--tier", "full"], text=True,
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        for text in texts:
            run.stdin.write(json.dumps({"text": text, "lang": lang}) + "\n")
        run.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    for number, (text, line) in enumerate(zip(texts, run.stdout)):
        said = json.loads(line)
        if said.get("tier") != "full":
            continue  # judged by another tier: nothing to learn
        keys = ("kind", "begin", "end", "holder", "tense")
        found = [{key: one[key] for key in keys if key in one} for one in said["statements"]]
        print(json.dumps({"id": f"{lang}-{number}", "text": text, "statements": found}, ensure_ascii=False))
    feeder.join()
    return run.wait()


if __name__ == "__main__":
    sys.exit(main())
