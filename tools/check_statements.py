#!/usr/bin/env python3
"""Checks the hand-labelled sentences in tests/data/statements and tests/data/entities.

usage: check_statements.py SOURCE_DIR [--against DIR]

Form, spans, counts per kind and half, and that no text stands there twice. With --against, also
that no text stands in a .tsv, .csv or .txt file below DIR: the sentences are invented, and a text
that is also in a set to learn from would measure nothing.
"""
import collections
import csv
import json
import os
import sys

KINDS = ("want", "need", "pain", "fear", "risk", "cost", "experience", "promise", "praise",
         "switching", "buying", "question")
THEMES = ("price", "delivery", "warranty", "support", "training", "setup", "running", "leaving",
          "quality", "reliability", "ease", "people")
HOLDERS = ("author", "other")
TENSES = ("past", "present", "future")
STATES = ("real", "negated", "hypothetical")
SIZES = {"en": 480, "de": 240, "fr": 240, "es": 240}
HALVES = ("open", "kept")
REAL_OF_KIND = 60               # real statements of each kind over all languages
REAL_OF_KIND_IN_LANGUAGE = 12
REAL_OF_KIND_IN_HALF = 4        # of one language
WORDS = 20                      # brand words, each with as many true as false sentences
SENTENCES_OF_WORD = 6
SPELLINGS = {"yes": 80, "no": 40}


def read_lines(path, faults):
    """The records of a JSON-lines file; what cannot be read becomes a fault."""
    records = []
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    records.append((f"{path}:{number}", json.loads(line)))
                except json.JSONDecodeError as error:
                    faults.append(f"{path}:{number}: no JSON: {error}")
    except OSError as error:
        faults.append(f"{path}: {error.strerror}")
    return records


def check_span(where, text, statement, faults):
    span = statement["span"]
    if not span or span != span.strip():
        faults.append(f"{where}: span '{span}' is empty or has blanks at its ends")
    times = text.count(span) if span else 0
    begin = statement.get("begin")
    if times == 0:
        faults.append(f"{where}: span '{span}' is not in the text")
    elif times > 1 and begin is None:
        faults.append(f"{where}: span '{span}' is there {times} times and has no begin")
    if begin is not None and not text.encode()[begin:].startswith(span.encode()):
        faults.append(f"{where}: span '{span}' does not begin at byte {begin}")


def check_topic(where, text, topic, faults):
    if topic in THEMES:
        return
    words = topic.split()
    if not 1 <= len(words) <= 3:
        faults.append(f"{where}: topic '{topic}' is no theme and not one to three words")
    for word in words:
        if word not in text.lower():
            faults.append(f"{where}: topic word '{word}' is not in the text")


def is_sentence(record):
    return (isinstance(record, dict) and set(record) == {"id", "text", "statements"}
            and isinstance(record["id"], str) and isinstance(record["text"], str)
            and isinstance(record["statements"], list))


def check_statement(where, text, statement, faults, with_topic=True):
    """False when it is so malformed that nothing more can be said about it."""
    keys = {"kind", "span", "holder", "tense", "state"} | ({"topic"} if with_topic else set())
    if not isinstance(statement, dict) or not keys <= set(statement) <= keys | {"begin"}:
        faults.append(f"{where}: not a statement: {statement}")
        return False
    if not all(isinstance(statement[key], str) for key in keys):
        faults.append(f"{where}: a value is no text: {statement}")
        return False
    for key, allowed in (("kind", KINDS), ("holder", HOLDERS), ("tense", TENSES), ("state", STATES)):
        if statement[key] not in allowed:
            faults.append(f"{where}: {key} '{statement[key]}' is none of {', '.join(allowed)}")
    check_span(where, text, statement, faults)
    if with_topic:
        check_topic(where, text, statement["topic"], faults)
    return True


def check_texts(records, faults):
    """Every id and every text only once, whatever the case."""
    for key in ("id", "text"):
        seen = {}
        for where, record in records:
            if not isinstance(record, dict):
                continue
            value = str(record.get(key, "")).lower()
            if value in seen:
                faults.append(f"{where}: {key} as in {seen[value]}")
            seen[value] = where


def check_counts(real, faults):
    """`real` counts statements by (language, half, kind)."""
    for kind in KINDS:
        total = 0
        for language in SIZES:
            halves = [real[language, half, kind] for half in HALVES]
            total += sum(halves)
            if min(halves) < REAL_OF_KIND_IN_HALF:
                faults.append(f"{language}: {kind} has {halves} real statements in open and kept")
            if sum(halves) < REAL_OF_KIND_IN_LANGUAGE:
                faults.append(f"{language}: {kind} has only {sum(halves)} real statements")
        if total < REAL_OF_KIND:
            faults.append(f"{kind} has only {total} real statements")


def check_batch(path, faults, with_topic):
    """A batch of sentences in several languages: form alone, no counts."""
    records = read_lines(path, faults)
    for where, record in records:
        if not is_sentence(record):
            faults.append(f"{where}: not id, text and a list of statements")
            continue
        for statement in record["statements"]:
            check_statement(where, record["text"], statement, faults, with_topic)
    return records


def check_statements(folder, faults):
    everything = []
    real = collections.Counter()
    for language, size in SIZES.items():
        for half in HALVES:
            records = read_lines(os.path.join(folder, f"{language}.{half}.jsonl"), faults)
            if len(records) != size // 2:
                faults.append(f"{language}.{half}: {len(records)} sentences, not {size // 2}")
            for where, record in records:
                if not is_sentence(record):
                    faults.append(f"{where}: not id, text and a list of statements")
                    continue
                if not record["id"].startswith(language + "-"):
                    faults.append(f"{where}: id {record['id']} is of another language")
                for statement in record["statements"]:
                    if (check_statement(where, record["text"], statement, faults)
                            and statement["state"] == "real"):
                        real[language, half, statement["kind"]] += 1
                everything.append((where, record))
    for apart in (folder, os.path.join(folder, "more"), os.path.join(folder, "plain")):
        for name in sorted(os.listdir(apart)):
            if name.startswith(("wide", "made")) and name.endswith(".jsonl"):
                everything += check_batch(os.path.join(apart, name), faults, name.startswith("wide"))
    for name in sorted(os.listdir(os.path.join(folder, "other"))):
        everything += check_batch(os.path.join(folder, "other", name), faults, True)
    check_texts(everything, faults)
    check_counts(real, faults)
    return everything


def check_entities(folder, faults):
    records = read_lines(os.path.join(folder, "en.jsonl"), faults)
    counts = collections.Counter()
    for where, record in records:
        if (not isinstance(record, dict) or set(record) != {"id", "text", "word", "brand"}
                or not isinstance(record["brand"], bool)):
            faults.append(f"{where}: not id, text, word and a true or false brand")
            continue
        if record["word"] not in record["text"].lower():
            faults.append(f"{where}: '{record['word']}' is not in the text")
        counts[record["word"], record["brand"]] += 1
    if len({word for word, _ in counts}) != WORDS or set(counts.values()) != {SENTENCES_OF_WORD // 2}:
        faults.append(f"entities: not {WORDS} words with {SENTENCES_OF_WORD // 2} true and false each")
    check_texts(records, faults)
    return records


def check_spellings(path, faults):
    counts = collections.Counter()
    seen = set()
    if not os.path.isfile(path):
        faults.append(f"{path}: not there")
        return
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3 or fields[2] not in SPELLINGS or not all(fields):
                faults.append(f"{path}:{number}: not brand, spelling, yes or no")
                continue
            if (fields[0], fields[1]) in seen:
                faults.append(f"{path}:{number}: there twice")
            seen.add((fields[0], fields[1]))
            counts[fields[2]] += 1
    if dict(counts) != SPELLINGS:
        faults.append(f"{path}: {dict(counts)} rows, not {SPELLINGS}")


def folded(text):
    return " ".join(text.lower().split())


def texts_below(folder):
    """Every line and every cell of the text files below a folder."""
    csv.field_size_limit(1 << 30)
    for path, _, names in os.walk(folder):
        for name in names:
            if not name.endswith((".tsv", ".csv", ".txt")):
                continue
            with open(os.path.join(path, name), encoding="utf-8", errors="replace", newline="") as file:
                if name.endswith(".csv"):
                    for row in csv.reader(line.replace("\0", "") for line in file):
                        yield from row
                else:
                    for line in file:
                        yield from line.rstrip("\n").split("\t")


def check_against(folder, records, faults):
    ours = {folded(record["text"]): where for where, record in records
            if isinstance(record, dict) and "text" in record}
    looked_at = 0
    for text in texts_below(folder):
        looked_at += 1
        where = ours.get(folded(text))
        if where:
            faults.append(f"{where}: the text is also below {folder}")
    if looked_at == 0:
        faults.append(f"{folder}: no texts to compare with")
    return looked_at


def main(arguments):
    if len(arguments) not in (1, 3) or (len(arguments) == 3 and arguments[1] != "--against"):
        print(__doc__, file=sys.stderr)
        return 2
    data = os.path.join(arguments[0], "tests", "data")
    faults = []
    records = check_statements(os.path.join(data, "statements"), faults)
    sentences = len(records)
    records += check_entities(os.path.join(data, "entities"), faults)
    check_spellings(os.path.join(data, "entities", "misspellings.tsv"), faults)
    compared = ""
    if len(arguments) == 3:
        compared = f", compared with {check_against(arguments[2], records, faults)} texts"
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{sentences} sentences, {len(records) - sentences} with brand words{compared}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
