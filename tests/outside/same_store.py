#!/usr/bin/env python3
"""same_store.py A B: two stores hold the same rows, whatever happened on the way. Coverage tells what happened, so it is left out."""
import sqlite3
import sys

TABLES = {
    "mention": "SELECT m.row, published_at, a.native, s.text, b.text, l.text, v.text, mark, copy_of, topic, score, price, value, rating "
               "FROM mention m LEFT JOIN author a ON a.id = m.author LEFT JOIN name s ON s.id = m.source LEFT JOIN name b ON b.id = m.brand "
               "LEFT JOIN name l ON l.id = m.lang LEFT JOIN name v ON v.id = m.version ORDER BY m.row",
    "document": "SELECT d.row, n.text, native, url, title, d.text, lang, parent, place, likes, shares, findings "
                "FROM document d LEFT JOIN name n ON n.id = d.source ORDER BY d.row",
    "fingerprint": "SELECT * FROM fingerprint ORDER BY row",
    "statement": "SELECT * FROM statement ORDER BY row, place",
    "cell": "SELECT unit, coalesce(b.text, ''), coalesce(s.text, ''), start, c.n, firsts, positive, neutral, negative, price, value, authors, "
            "votes, vote_sum, vote_squares FROM cell c LEFT JOIN name b ON b.id = brand LEFT JOIN name s ON s.id = source ORDER BY 1, 2, 3, 4",
    "name": "SELECT kind, text, n FROM name WHERE n > 0 ORDER BY kind, text",
}

left, right = (sqlite3.connect(f"file:{path}?mode=rw", uri=True) for path in sys.argv[1:3])
bad = 0
for table, query in TABLES.items():
    for number, (a, b) in enumerate(zip(left.execute(query), right.execute(query))):
        if a != b:
            print(f"{table}, row {number}:\n  {a}\n  {b}", file=sys.stderr)
            bad = 1
            break
    counts = [db.execute(f"SELECT count(*) FROM ({query})").fetchone()[0] for db in (left, right)]
    if counts[0] != counts[1]:
        print(f"{table}: {counts[0]} rows and {counts[1]}", file=sys.stderr)
        bad = 1
sys.exit(bad)
