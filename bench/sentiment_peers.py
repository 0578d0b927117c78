"""VADER, TF-IDF with a linear SVM and fastText beside the three tiers, on the same texts in one run.

    python3 -m venv VENV && VENV/bin/pip install vaderSentiment==3.3.2 scikit-learn   # apt-get install fasttext
    VENV/bin/python bench/sentiment_peers.py build/release/plumbline DATA_DIR

DATA_DIR holds the sets of docs/train.md. The two that learn learn from the same texts as the model (three-class sets, held-out ones
left out). A peer that is not installed is left out. Macro-recall; where people could not say neutral, neutral is switched off.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

LABELS = ["negative", "neutral", "positive"]
LEARN = ["tweets.train", "movie_sst3.train"]
HELD_FIFTH = ["stackoverflow.train", "ss_twitter.train", "ss_youtube.train"]
MEASURE = ["tweets.val", "reddit_sentiment.val", "movie_sst3.val", "airline_tweets.train", "brand_tweets.train"]


def read(folder, name):
    path = os.path.join(folder, name + ".tsv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t", 1) for line in lines]
    return [row for row in rows if len(row) == 2 and row[0] in LABELS]


def recall(truth, scores):
    """scores: one (negative, neutral, positive) per text."""
    two = "neutral" not in truth
    hits = {}
    for label, score in zip(truth, scores):
        said = max((0, 2) if two else (0, 1, 2), key=lambda c: score[c])
        right, n = hits.get(label, (0, 0))
        hits[label] = (right + (LABELS[said] == label), n + 1)
    return sum(right / n for right, n in hits.values()) / len(hits)


def plumbline(program, texts, tier="fast", escalated=None):
    out = subprocess.run([program, "analyze", "--tier", tier], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True).stdout
    said = [json.loads(line) for line in out.split("\n")[:-1]]
    if escalated is not None:
        escalated.append(sum(one["tier"] == "full" for one in said) / len(said))
    return [[one["sentiment"][label] for label in LABELS] for one in said]


def vader(texts):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    judge = SentimentIntensityAnalyzer()
    out = []
    for text in texts:
        c = judge.polarity_scores(text)["compound"]
        out.append([-c, 0.05, c])  # its own cuts: neutral between -0.05 and 0.05
    return out


def svm(train):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = LinearSVC(class_weight="balanced", C=0.1)
    model.fit(words.fit_transform([text for _, text in train]), [LABELS.index(label) for label, _ in train])
    return lambda texts: model.decision_function(words.transform(texts)).tolist()


def fasttext(train, folder):
    path = os.path.join(folder, "train.txt")
    with open(path, "w", encoding="utf-8") as out:
        for label, text in train:
            out.write(f"__label__{label} {text.lower()}\n")
    model = os.path.join(folder, "model")
    subprocess.run(["fasttext", "supervised", "-input", path, "-output", model, "-wordNgrams", "2", "-minn", "3", "-maxn", "5",
                    "-dim", "50", "-bucket", "200000", "-thread", "1", "-seed", "7"], check=True, capture_output=True)

    def judge(texts):
        said = subprocess.run(["fasttext", "predict-prob", model + ".bin", "-", "3"], input="\n".join(t.lower() for t in texts) + "\n",
                              capture_output=True, text=True, check=True).stdout
        out = []
        for line in said.splitlines():
            words = line.split()
            p = {label[9:]: float(value) for label, value in zip(words[::2], words[1::2])}
            out.append([p.get(label, 0.0) for label in LABELS])
        return out

    return judge


def pearson(xs, ys):
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    return top / (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5


def intensity(program, data, judges):
    """Pearson with people's mean ratings; texts that read like one learned from are left out."""
    letters = lambda text: "".join(c for c in text.lower() if c.isalnum())
    seen = {letters(text) for name in ("movie_sst3.train", "tweets.train") for _, text in read(data, name)}
    print("\nratings,texts," + ",".join(judges))
    for name in ("vader_tweets", "vader_amazon", "vader_movie", "vader_nyt"):
        path = os.path.join(data, name + ".tsv")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t", 1) for line in lines]
        rows = [row for row in rows if len(row) == 2 and letters(row[1]) not in seen]
        texts, truth = [row[1] for row in rows], [float(row[0]) for row in rows]
        figures = [f"{pearson([p - n for n, _, p in judge(texts)], truth):.3f}" for judge in judges.values()]
        print(f"{name},{len(rows)}," + ",".join(figures), flush=True)


def main():
    program, data = sys.argv[1:3]
    train = [row for name in LEARN for row in read(data, name)]
    sets = {name: read(data, name) for name in MEASURE}
    for name in HELD_FIFTH:
        rows = read(data, name)
        sets[name + " (fifth)"] = rows[::5]
        train += [row for i, row in enumerate(rows) if i % 5]
    held = {text for rows in sets.values() for _, text in rows}
    train = [row for row in train if row[1] not in held]
    random.Random(7).shuffle(train)
    with tempfile.TemporaryDirectory() as folder:
        escalated = []
        judges = {"fast": lambda texts: plumbline(program, texts),
                  "cascade": lambda texts: plumbline(program, texts, "cascade", escalated),
                  "full": lambda texts: plumbline(program, texts, "full")}
        for name, make in (("VADER", lambda: vader), ("SVM", lambda: svm(train)), ("fastText", lambda: fasttext(train, folder))):
            try:
                judges[name] = make()
                judges[name](["fine"])
            except (ImportError, FileNotFoundError) as missing:
                judges.pop(name, None)
                print(f"{name} left out: {missing}", file=sys.stderr)
        print("set,texts," + ",".join(judges) + ",escalated by the cascade")
        for name, rows in sets.items():
            if not rows:
                continue
            texts = [text for _, text in rows]
            truth = [label for label, _ in rows]
            figures = [f"{recall(truth, judge(texts)):.3f}" for judge in judges.values()]
            print(f"{name},{len(rows)}," + ",".join(figures) + f",{escalated[-1]:.2f}", flush=True)
        judges = {name: judge for name, judge in judges.items() if name in ("fast", "full", "VADER")}
        intensity(program, data, judges)


if __name__ == "__main__":
    main()
