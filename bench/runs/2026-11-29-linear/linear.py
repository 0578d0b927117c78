"""Seconds that `plumbline analyze` takes, its start included, for one endless sentence of 60 KB and of 240 KB, per repeated piece.

    python3 bench/runs/2026-11-29-linear/linear.py PROGRAM...
"""
import subprocess
import sys
import time

PIECES = ["great pump ", "I need help ", "not good ", "@a ", "#NeverAgain ", "5 € ", "John Smith said ", "20% off ", "so happy :) ", "😡 ",
          "Apple ", "http://a.b/c ", "sh*t ", "pump, ", "because if ", "don't ", "2020-01-01 ", "ich brauche hilfe ", "a.b@c.de ", "soooo ",
          "love it but hate it "]


def took(program, piece, size):
    text = piece * (size // len(piece.encode())) + "\n"
    begin = time.time()
    subprocess.run([program, "analyze", "--threads", "1", "--brand", "Apple"], input=text, text=True, stdout=subprocess.DEVNULL, check=True)
    return time.time() - begin


for piece in PIECES:
    times = [f"{took(program, piece, size):.2f}" for program in sys.argv[1:] for size in (60000, 240000)]
    print(f"{piece!r:24}", *times)
