#!/usr/bin/env python3
"""The mood of given terms by peers, on the sentences that `train aspects` and `train full` hold out, every fifth.

  VENV/bin/pip install vaderSentiment==3.3.2 scikit-learn
  VENV/bin/python bench/aspect_peers.py DATA_DIR

DATA_DIR holds absa14_restaurants.train.tsv and absa14_laptops.train.tsv (docs/train.md). Peers: the commonest mood; VADER on
the whole sentence; logistic regression over words and pairs of the sentence and of the term's clause, words around the term,
and VADER's numbers of all three, its strength chosen by cross-validation inside the sentences learned from.
"""
import os
import re
import sys

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

BORDERS = re.compile(r"[,;.!?]| but | although | though | however | while ")
WINDOW = 5  # words to each side
STRENGTHS = (0.5, 1, 2, 4)
FOLDS = 5


def read(path):
    """Rows of mood, term, text with $T$ at the term, and the number of the sentence."""
    rows, sentences = [], {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3:
                continue
            mood, term, text = fields
            letters = text.replace("$T$", term, 1).replace(" ", "")
            rows.append((mood, term, text, sentences.setdefault(letters, len(sentences))))
    return rows


def parts(text):
    before, after = text.split("$T$", 1)
    clause = BORDERS.split(before)[-1] + " TERM " + BORDERS.split(after)[0]
    near = before.split()[-WINDOW:], after.split()[:WINDOW]
    return before + " TERM " + after, clause, near


class Linear:
    def __init__(self, rows, vader):
        self.texts = [[], [], []]
        numbers = []
        for _, _, text, _ in rows:
            sentence, clause, (left, right) = parts(text)
            around = " ".join(["L_" + word for word in left] + ["R_" + word for word in right])
            for texts, part in zip(self.texts, (sentence, clause, around)):
                texts.append(part)
            scores = [vader.polarity_scores(part) for part in (sentence, clause, " ".join(left + right))]
            numbers.append([2 * score[key] for score in scores for key in ("compound", "pos", "neg", "neu")])
        self.numbers = np.array(numbers)
        self.moods = np.array([row[0] for row in rows])

    def accuracy(self, learn, held, strength):
        known, asked = [csr_matrix(self.numbers[learn])], [csr_matrix(self.numbers[held])]
        for texts, most in zip(self.texts, (2, 2, 1)):
            words = TfidfVectorizer(ngram_range=(1, most), sublinear_tf=True, token_pattern=r"\S+")
            known.append(words.fit_transform([texts[i] for i in learn]))
            asked.append(words.transform([texts[i] for i in held]))
        model = LogisticRegression(C=strength, max_iter=3000).fit(hstack(known).tocsr(), self.moods[learn])
        return (model.predict(hstack(asked).tocsr()) == self.moods[held]).mean()


def vader_accuracy(rows, held, vader):
    def said(row):
        score = vader.polarity_scores(row[2].replace("$T$", row[1]))["compound"]
        return "positive" if score >= 0.05 else "negative" if score <= -0.05 else "neutral"

    return np.mean([said(rows[i]) == rows[i][0] for i in held])


def main():
    vader = SentimentIntensityAnalyzer()
    print("set,terms held out,commonest,VADER,linear,linear in cross-validation")
    for name in ("restaurants", "laptops"):
        rows = read(os.path.join(sys.argv[1], f"absa14_{name}.train.tsv"))
        sentence = np.array([row[3] for row in rows])
        held, learn = np.where(sentence % 5 == 0)[0], np.where(sentence % 5 != 0)[0]
        linear = Linear(rows, vader)

        def folded(strength):
            fold = sentence[learn] // 5 % FOLDS
            return np.mean([linear.accuracy(learn[fold != k], learn[fold == k], strength) for k in range(FOLDS)])

        inside = {strength: folded(strength) for strength in STRENGTHS}
        best = max(inside, key=inside.get)
        moods = [rows[i][0] for i in held]
        commonest = max(moods.count(mood) for mood in set(moods)) / len(moods)
        print(f"{name},{len(held)},{commonest:.3f},{vader_accuracy(rows, held, vader):.3f},"
              f"{linear.accuracy(learn, held, best):.3f},{inside[best]:.3f}")


if __name__ == "__main__":
    main()
