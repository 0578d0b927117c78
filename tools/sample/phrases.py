"""Phrase files and how a sentence is made of them. Everything random comes from one Dice."""
import math
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))


class Dice:
    """A fixed stream of numbers; only random() is used, so every Python 3 gives the same."""

    def __init__(self, rng):
        self.rng = rng

    def below(self, n):
        return int(self.rng.random() * n)

    def between(self, lo, hi):
        return lo + self.below(hi - lo + 1)

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, weights):
        """weights: {item: weight}, in insertion order."""
        at = self.rng.random() * sum(weights.values())
        for item, weight in weights.items():
            at -= weight
            if at < 0:
                return item
        return item

    def by_weight(self, items, weights):
        at = self.rng.random() * sum(weights)
        for item, weight in zip(items, weights):
            at -= weight
            if at < 0:
                return item
        return items[-1]

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def normal(self):
        u, v = 1.0 - self.rng.random(), self.rng.random()
        return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


def load(*names):
    """{section: [sentence, ...]} of phrase files: '= section' heads, one sentence a line."""
    sections, lines = {}, None
    for name in names:
        with open(os.path.join(HERE, name), encoding="utf-8") as f:
            for line in f.read().splitlines():
                if line.startswith("= "):
                    lines = sections.setdefault(line[2:].strip(), [])
                elif line.strip() and not line.startswith("# "):
                    lines.append(line.strip())
    return sections


SEASON = re.compile(r"^<([\d ]+)> ")


def in_season(line, month):
    """A line may open with the months it is said in: "<6 7 8> Heat again"."""
    season = SEASON.match(line)
    return not season or str(month) in season.group(1).split()


CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")

AN = re.compile(r"\b([Aa])n? ((?!one\b|once\b|eu)[aeio8]|11\b|18\b)")
# A slot that opens a sentence.
ARTICLE = re.compile(r"([.!?] )((?:the|my|our|das|der|die|unsere|el|la|mi|nuestra) )")

SLOTS = {
    "en": {
        "plant": "tomatoes|hydrangeas|roses|box hedges|lavender|courgettes|dahlias|raspberries|beans|"
                 "olive trees|ferns|peppers|strawberries|apple trees|chillies|salad|pumpkins|basil|"
                 "blueberries|hostas",
        "who": "my wife|my husband|my dad|my mum|my neighbour|our apprentice|my son|my sister|"
               "grandma|my flatmate",
        "room": "shed|garage|cellar|greenhouse|pump house|utility room|boiler room",
        "day": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "mon": "January|March|April|May|June|July|September|October",
        "unit": "the controller|the box|this thing|our controller|the unit",
    },
    "de": {
        "plant": "Tomaten|Rosen|Hortensien|Gurken|Himbeeren|Bohnen|Salate|Stauden",
        "who": "meine Frau|mein Mann|mein Vater|die Nachbarin|unser Azubi|die Oma",
        "room": "Schuppen|Keller", "day": "Montag|Mittwoch|Freitag|Samstag|Sonntag",
        "mon": "März|April|Mai|Juni|Oktober", "unit": "das Gerät|der Kasten|die Steuerung",
    },
    "es": {
        "plant": "tomates|rosales|hortensias|pimientos|fresas|limoneros|lechugas|olivos",
        "who": "mi mujer|mi marido|mi padre|la vecina|mi suegra", "room": "garaje|cobertizo",
        "day": "lunes|martes|jueves|sábado|domingo", "mon": "marzo|abril|mayo|junio|octubre",
        "unit": "el aparato|el programador|el cacharro",
    },
    "ja": {
        "plant": "トマト|あじさい|イチゴ|バラ|ナス|バジル|キュウリ", "who": "妻|夫|父|母",
        "room": "物置", "day": "月曜|水曜|土曜", "mon": "3月|5月|6月",
        "unit": "本体|コントローラー|これ",
    },
}
PRODUCTS = {
    "Mistrell": {
        "en": "my Mistrell|the Mistrell One|Mistrell One|our Mistrell Pro|the Mistrell|"
              "the Mistrell Pro",
        "de": "Mistrell One|die Mistrell|unsere Mistrell Pro", "es": "la Mistrell|mi Mistrell One",
        "ja": "Mistrell|Mistrell One"},
    "Verdanik": {
        "en": "my Verdanik|the Verdanik v3|Verdanik|the Verdanik", "de": "die Verdanik|Verdanik v3",
        "es": "la Verdanik|mi Verdanik", "ja": "Verdanik"},
    "Pluvanto": {
        "en": "our Pluvanto|the Pluvanto 12|Pluvanto|the old Pluvanto",
        "de": "die Pluvanto|unsere Pluvanto", "es": "la Pluvanto|nuestra Pluvanto",
        "ja": "Pluvanto"},
}
NOUNS = {"Mistrell": ("Mistrell", "Mistrell One", "Mistrell Pro", "controller"),
         "Verdanik": ("Verdanik", "Verdanik v3", "controller"),
         "Pluvanto": ("Pluvanto", "controller")}
PRICES = {"Mistrell": (199, 219, 229, 249, 269), "Verdanik": (89, 99, 109, 119, 129),
          "Pluvanto": (590, 640, 690, 780)}
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")


class Speaker:
    """Fills the sentences of one mention: in a language, about a brand or about none."""

    def __init__(self, dice, lang, brand, near_handle=""):
        self.dice, self.lang, self.brand, self.near = dice, lang, brand, near_handle
        rivals = [b for b in PRODUCTS if b != brand]
        self.rival = rivals[dice.below(len(rivals))]
        self.named = False

    def slot(self, match):
        key, dice = match.group(1), self.dice
        words = SLOTS[self.lang].get(key)
        if words:
            return dice.pick(words.split("|"))
        return getattr(self, "slot_" + key)()

    def slot_B(self):
        self.named = True
        return self.brand or "it"

    def slot_X(self):
        if self.named and self.dice.chance(0.6):
            return self.dice.pick(SLOTS[self.lang]["unit"].split("|"))
        self.named = True
        return self.dice.pick(PRODUCTS[self.brand or "Mistrell"][self.lang].split("|"))

    def slot_N(self):
        """The device without an article."""
        self.named = True
        return self.dice.pick(NOUNS[self.brand or "Mistrell"])

    def slot_C(self):
        return self.rival

    def slot_h(self):
        return self.near

    def slot_n(self):
        n = self.dice.between(2, 9)
        return NUMBERS[n - 2] if self.lang == "en" and self.dice.chance(0.5) else str(n)

    def slot_zones(self):
        return str(self.dice.between(3, 14))

    def slot_dd(self):
        return str(self.dice.between(10, 48))

    def slot_w(self):
        return str(self.dice.between(2, 8))

    def slot_pct(self):
        return str(self.dice.pick((12, 15, 18, 20, 22, 25, 27, 30, 31, 35, 38, 40)))

    def slot_eur(self):
        n = str(self.dice.pick(PRICES[self.brand or "Mistrell"]))
        spelt = n + {"de": " Euro", "es": " euros"}.get(self.lang, " euro")
        return self.dice.pick((spelt, n + "€", "€" + n if self.lang == "en" else n + "€"))

    def slot_eur2(self):
        n = str(self.dice.between(9, 90) * 10)
        if self.lang == "en" and self.dice.chance(0.4):
            return "€" + n
        return n + {"de": " Euro", "es": " euros"}.get(self.lang, " euro")

    def slot_eur3(self):
        return str(self.dice.between(7, 19)) + ",000 euro"

    def slot_yen(self):
        return str(self.dice.pick((9800, 14800, 29800, 34800, 39800)))

    def slot_yr(self):
        return str(self.dice.between(1962, 2011))

    def slot_yr2(self):
        return self.dice.pick(("2026", "2027", "spring"))

    def slot_CODE(self):
        return self.dice.pick(("GREEN", "HOSE", "SPRING", "ROOT", "RAIN")) + str(self.dice.pick((5, 10, 15, 20)))

    def slot_p1(self):
        return self.dice.pick(("3.99", "5", "7.50", "31"))

    slot_p2 = slot_p1

    def slot_p3(self):
        return self.dice.pick(("14", "18", "22", "49", "55"))

    slot_p4 = slot_p3

    def choice(self, match):
        return self.dice.pick(match.group(1).split("|"))

    def say(self, sentence):
        sentence = SEASON.sub("", sentence)
        while CHOICE.search(sentence):
            sentence = CHOICE.sub(self.choice, sentence, count=1)
        sentence = SLOT.sub(self.slot, sentence)
        sentence = re.sub(r"\s+([,.?!])", r"\1", re.sub(r" {2,}", " ", sentence)).strip()
        sentence = re.sub(r",\.", ".", sentence.replace(" ,", ","))
        if self.lang == "en":
            sentence = AN.sub(r"\1n \2", sentence)
        return ARTICLE.sub(lambda m: m.group(1) + m.group(2).capitalize(), sentence)


def shingles(text):
    """What texts are compared by: word triples, or runs of five characters in Japanese."""
    text = text.lower()
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text):
        flat = re.sub(r"\W", "", text)
        return {flat[i:i + 5] for i in range(max(1, len(flat) - 4))}
    words = re.findall(r"\w+", text)
    return {tuple(words[i:i + 3]) for i in range(max(1, len(words) - 2))}


class Kept:
    """The texts so far, so that no new one comes close to an old one."""

    def __init__(self):
        self.sets, self.by_shingle = [], {}

    def nearest(self, grams):
        counts = {}
        for g in grams:
            for at in self.by_shingle.get(g, ()):
                counts[at] = counts.get(at, 0) + 1
        best = 0.0
        for at, both in counts.items():
            best = max(best, both / (len(grams) + len(self.sets[at]) - both))
        return best

    def add(self, grams):
        for g in grams:
            self.by_shingle.setdefault(g, []).append(len(self.sets))
        self.sets.append(grams)


# Characters that prospects.txt names instead of holding them.
PHRASE_ESCAPES = {"esc": "\x1b", "bel": "\x07", "rlo": "\u202e", "pdf": "\u202c", "zwj": "\u200d",
                  "zalgo": "f\u0350i\u0315\u035cc\u0321\u0334u\u0321\u0362s\u035d",
                  "long": "Dach" + "begrünungs" * 45 + "verordnung"}
