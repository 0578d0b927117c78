#!/usr/bin/env python3
"""Looks at a store from outside, without the program: check_store.py STORE [CSV] [--whole] [--least N].

Sound file; every id at most once, with the file's text and author; what is kept is the beginning of the file (--whole: all of it);
at least N rows; roll-up cells equal a recount. Prints the number of rows kept; says what is wrong on standard error and ends with 1.
"""
import argparse
import collections
import csv
import datetime
import sqlite3
import sys

SCORED, SESSION = 4, 8
MIDNIGHT = datetime.date(1970, 1, 1)
faults = []


def wrong(text):
    faults.append(text)


def period_start(day, unit):
    date = MIDNIGHT + datetime.timedelta(days=day)
    if unit == 1:
        date -= datetime.timedelta(days=date.weekday())
    if unit == 2:
        date = date.replace(day=1)
    return (date - MIDNIGHT).days


def integrity_of(db):
    """What SQLite says; from 3.44 on it also reads the full-text index, whose tokenizer is the program's own,
    so there each ordinary table is asked for itself."""
    try:
        return [line for (line,) in db.execute("PRAGMA integrity_check")]
    except sqlite3.OperationalError as error:
        if "tokenizer" not in str(error):
            raise
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    said = [line for (name,) in tables.fetchall() for (line,) in db.execute(f'PRAGMA integrity_check("{name}")')]
    return [line for line in said if line != "ok"] or ["ok"]


def check_sound(db):
    said = integrity_of(db)
    # Newer SQLite also asks the full-text index, whose word splitter lives in the program; `plumbline doctor --store` asks it.
    said = [line for line in said if "words" not in line and line != "ok"]
    for line in said[:5]:
        wrong("integrity_check: " + line)


def check_rows(db, path, whole):
    kept = {}
    for native, text, handle in db.execute(
            "SELECT d.native, d.text, a.handle FROM document d JOIN mention m ON m.row = d.row LEFT JOIN author a ON a.id = m.author"):
        if native in kept:
            wrong(f"{native} is kept twice")
        kept[native] = (text, handle)
    for table in ("mention", "fingerprint"):
        count = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if count != len(kept):
            wrong(f"{table} has {count} rows, document {len(kept)}")
    if not path:
        return
    ended = None
    with open(path, newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            have = kept.pop(row["id"], None)
            if have is None:
                ended = number if ended is None else ended
                if whole:
                    wrong(f"{row['id']} is missing")
            elif ended is not None:
                wrong(f"{row['id']} is kept but row {ended} before it is not")
            elif have != (row["text"], row["author"]):
                wrong(f"{row['id']} is kept as {have}")
    for native in list(kept)[:5]:
        wrong(f"{native} is kept but not in the file")


def check_cells(db):
    counted = collections.Counter()
    authors = collections.defaultdict(set)
    for row, at, author, source, brand, mark, copy_of in db.execute(
            "SELECT row, published_at, author, source, brand, mark, copy_of FROM mention WHERE published_at IS NOT NULL"):
        if mark & SESSION:
            continue
        for unit in range(3):
            for of in (0, source):
                key = (unit, brand, of, period_start(at // 86400, unit))
                authors[key].add(author or -row)
                counted[key, "n"] += 1
                counted[key, "firsts"] += copy_of == 0
                if mark & SCORED:
                    counted[key, ("negative", "neutral", "positive")[mark & 3]] += 1
    dirty = {tuple(row) for row in db.execute("SELECT unit, start FROM dirty")}
    cells = db.execute("SELECT unit, brand, source, start, n, firsts, negative, neutral, positive, authors FROM cell").fetchall()
    for unit, brand, source, start, *numbers in cells:
        key = (unit, brand, source, start)
        names = ["n", "firsts", "negative", "neutral", "positive"]
        want = [counted[key, name] for name in names]
        if numbers[:5] != want:
            wrong(f"cell {key} says {numbers[:5]}, a recount {want}")
        if (unit, start) not in dirty and numbers[5] != len(authors[key]):
            wrong(f"cell {key} says {numbers[5]} authors, a recount {len(authors[key])}")
    if len(cells) != len(authors):
        wrong(f"{len(cells)} cells, a recount finds {len(authors)}")
    return len(dirty)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    parser.add_argument("csv", nargs="?")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--least", type=int, default=0)
    wish = parser.parse_args()
    db = sqlite3.connect(f"file:{wish.store}?mode=rw", uri=True)
    count = 0
    if db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'mention'").fetchone()[0]:
        check_sound(db)
        check_rows(db, wish.csv, wish.whole)
        dirty = check_cells(db)
        count = db.execute("SELECT count(*) FROM document").fetchone()[0]
        if wish.whole and dirty:
            wrong(f"{dirty} periods were not rolled up")
    elif wish.whole:
        wrong("the store has no tables")
    if count < wish.least:
        wrong(f"{wish.least} rows were seen before, {count} are left")
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(count)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
