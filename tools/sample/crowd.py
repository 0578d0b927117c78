"""The crowd: some 390 invented people, what they are like, when they write and what about."""
import datetime
import math
import os
import re

from sample.phrases import HERE, Dice, Kept, Speaker, in_season, load, shingles

FIRST, LAST = datetime.date(2025, 12, 1), datetime.date(2026, 11, 20)
INCIDENT, FIX = datetime.date(2026, 8, 11), datetime.date(2026, 8, 19)
SOURCES = ("social", "reviews", "forum", "newscomments")
BRANDS = ("Mistrell", "Verdanik", "Pluvanto")

# What each kind of person writes about, by weight.
CLUSTERS = {
    "diy": {"setup": 10, "app": 6, "quality": 3, "want": 2, "pain": 1, "delivery": 2, "support": 2, "running": 1,
            "compare": 1, "sub": 1.5, "leaving": 0.5},
    "smallbiz": {"running": 9, "support": 7, "value": 3, "want": 2, "fear": 1.5, "delivery": 3, "leaving": 1,
                 "pain": 2, "sub": 1, "warranty": 1},
    "bargain": {"price": 11, "sub": 4, "value": 2, "delivery": 2.5, "compare": 2, "leaving": 1, "support": 1},
    "eco": {"eco": 11, "quality": 3, "running": 2, "want": 1.5, "fear": 1, "pain": 1, "app": 1, "support": 0.7,
            "sub": 1, "delivery": 0.7},
    "facility": {"warranty": 7, "training": 7, "multi": 5, "support": 3, "fear": 2, "want": 2, "running": 1,
                 "delivery": 1, "leaving": 0.7},
}
CLUSTER_SHARE = {"diy": 26, "smallbiz": 19, "bargain": 22, "eco": 18, "facility": 15}
SOURCE_OF = {
    "diy": {"forum": 5, "social": 3, "reviews": 2.5, "newscomments": 0.5},
    "smallbiz": {"social": 3, "reviews": 3, "forum": 3, "newscomments": 1.2},
    "bargain": {"social": 5, "reviews": 3, "forum": 1.5, "newscomments": 1.5},
    "eco": {"social": 4.5, "newscomments": 3, "forum": 2, "reviews": 1.5},
    "facility": {"forum": 4, "reviews": 3, "social": 1.5, "newscomments": 1},
}
# How likely talk on a theme is pleased, by brand; delivery of Mistrell follows the calendar instead.
PLEASED = {
    "Mistrell": {"setup": 0.62, "app": 0.55, "support": 0.1, "warranty": 0.58, "training": 0.5, "running": 0.8,
                 "price": 0.38, "value": 0.85, "sub": 0.92, "quality": 0.68, "eco": 0.7, "multi": 0.55,
                 "leaving": 0.6},
    "Verdanik": {"setup": 0.6, "app": 0.5, "delivery": 0.8, "support": 0.4, "warranty": 0.35, "training": 0.35,
                 "running": 0.45, "price": 0.7, "value": 0.45, "sub": 0.2, "quality": 0.4, "eco": 0.35,
                 "multi": 0.4, "leaving": 0.45, "compare": 1.0},
    "Pluvanto": {"setup": 0.35, "app": 0.25, "delivery": 0.35, "support": 0.7, "warranty": 0.75, "training": 0.65,
                 "running": 0.4, "price": 0.1, "value": 0.55, "sub": 0.3, "quality": 0.85, "eco": 0.45,
                 "multi": 0.5, "leaving": 0.4, "compare": 0.6},
}
NEUTRAL = {"setup": 0.25, "app": 0.2, "delivery": 0.15, "support": 0.12, "warranty": 0.25, "training": 0.2,
           "running": 0.14, "price": 0.25, "eco": 0.14, "multi": 0.2, "leaving": 0.15, "compare": 0.35}
GIVEN = ("ada bea cleo dora edda finn gus hal ines jory kaz lena milo nell otto petra quin rosa sven tess ulla vik "
         "wanda xeni yara zoe amit bruno carla dev elsa fred gita hugo iris jonas kim lars maya nils omar pia rafa "
         "sana tom uma vera will yuki zeno alma bo cem dina emil fay gwen hans ivo june").split()
ROOTS = ("plot hedge drip soil tap root beet moss pump barrel spade bloom terrace valve mulch clay leaf shed orchard "
         "meadow trowel compost hose gravel fern bucket seed vine lawn rake willow puddle bramble thistle").split()
SURNAMES = ("Abelholt Brannik Corvane Dellamor Eskwith Farrowin Gostrey Hallenby Ibsenrod Jarvold Kestrop Lindqvale "
            "Marrowby Nordwick Ostervane Pellgrave Quistly Rosendun Stavemoor Tilbrook Umberlin Vastergaard Wexholm "
            "Yarrowdale Zellinek").split()
PLACES = {"en": ("Leeds", "Cork", "Bristol", "Utrecht", "Malmö", "Portland", "Perth", "Norwich", "Galway", "Ghent"),
          "de": ("Kassel", "Graz", "Rostock", "Ulm", "Erfurt"), "es": ("Murcia", "Huesca", "Cádiz", "Toledo"),
          "ja": ("長野", "静岡", "福岡", "仙台")}
EMOJI = ("🌱", "💧", "😅", "🙄", "😂", "🤷", "🔧", "🍅", "😤", "👍", "🌿", "☀️", "🥲", "🙏", "🤞", "🪴")
PHRASES = {"en": load("en_themes.txt", "en_people.txt"), "de": load("de.txt"), "es": load("es.txt"), "ja": load("ja.txt")}


JOINTS = {
    "en": {"+-": ("But", "That said,", "Downside:", "Then again,", "One gripe:", "Except that"),
           "-+": ("To be fair,", "Still,", "On the plus side,", "In their defence,", "But hey,"),
           "--": ("And", "Also,", "On top of that", "Oh, and", "Next:"), "++": ("Also,", "And", "Plus,", "Bonus:", "Oh and"),
           "+0": ("One question though:", "By the way:"), "-0": ("So:", "Meanwhile:")},
    "de": {"+-": ("Aber", "Nur:", "Leider:"), "-+": ("Immerhin:", "Aber"), "--": ("Und", "Dazu:"), "++": ("Und", "Außerdem:")},
    "es": {"+-": ("Pero", "Eso sí,"), "-+": ("Al menos", "Pero"), "--": ("Y encima", "Además,"), "++": ("Además,", "Y")},
    "ja": {"+-": ("ただ、", "でも、"), "-+": ("でも、", "一方で、"), "--": ("しかも、",), "++": ("しかも、", "あと、")},
}
SOFT_DE = "Der Die Das Ein Eine Unser Unsere Wir Ich Hab In Nach Seit Kein Nicht Am Bei Im Wie Nun Alle Kann Lässt".split()


def softened(line, lang):
    """The line as it goes on after a comma or a lead-in: small first letter where the word allows it."""
    first = line.split(" ")[0].strip(",.?!")
    keep = first in BRANDS or first.endswith("day") or not first[1:].islower() or first in ("Paul", "Verdanik's", "Pluvanto's", "YouTube", "Black")
    if lang == "de" and first not in SOFT_DE or keep and first != "A":
        return line
    return line[0].lower() + line[1:]


class Author:
    def __init__(self, dice, taken):
        self.cluster = dice.weighted(CLUSTER_SHARE)
        self.lang = dice.weighted({"en": 81.5, "de": 8.5, "es": 6.5, "ja": 3.5})
        self.source = dice.weighted(SOURCE_OF[self.cluster])
        given, surname = dice.pick(GIVEN), dice.pick(SURNAMES)
        style = dice.below(6)
        handle = [given + "_" + dice.pick(ROOTS), dice.pick(ROOTS) + "." + given, given + surname.lower()[:5],
                  dice.pick(ROOTS) + dice.pick(ROOTS) + str(dice.between(2, 99)), given + str(dice.between(60, 99)),
                  "the" + dice.pick(ROOTS) + dice.pick(("lady", "guy", "nerd", "fan", "doc"))][style]
        while handle in taken:
            handle += str(dice.between(2, 9))
        taken.add(handle)
        self.handle = handle
        self.name = given.capitalize() + (" " + surname if dice.chance(0.6) else "") if dice.chance(0.7) else ""
        self.activity = min(9.0, math.exp(1.2 * dice.normal()))
        self.said = {}
        self.primary = dice.weighted({"Mistrell": 55, "Verdanik": 22, "Pluvanto": 23})
        self.switches = INCIDENT - datetime.timedelta(days=dice.between(-40, 200)) if dice.chance(0.22) else None
        self.mood = 0.14 * dice.normal()
        lively = self.source == "social"
        self.lower = dice.chance(0.3 if lively else 0.1)
        self.typos = dice.pick((0, 0, 0, 0.01, 0.02, 0.05)) if self.lang == "en" else 0
        self.emoji = dice.pick((0, 0, 0.1, 0.35, 0.7)) * (1 if lively else 0.35)
        self.tags = dice.pick((0, 0, 0.2, 0.6)) if lively else 0
        self.bang = dice.pick((0, 0, 0, 0.15, 0.4))
        self.dots = dice.chance(0.12)
        self.wordy = dice.pick((0, 0, 1, 1, 2))
        self.place = dice.pick(PLACES[self.lang]) if dice.chance(0.22) else ""
        self.hour = dice.pick((7, 9, 12, 13, 18, 20, 21, 22)) if self.cluster != "facility" else dice.pick((8, 9, 11, 14, 16))


def day_weight(day):
    """Season (high in May to August, a bump in late November) and weekday."""
    yearday = day.timetuple().tm_yday
    season = 1.0 + 0.42 * math.cos(2.0 * math.pi * (yearday - 182) / 365.0)
    if day.month == 11 and day.day >= 10:
        season *= 1.35
    return season * (1.05, 0.95, 0.92, 0.95, 0.9, 1.15, 1.3)[day.weekday()]


def share_of(day):
    """Verdanik gains over the twelve months, mostly from Pluvanto."""
    t = (day - FIRST).days / (LAST - FIRST).days
    return {"Mistrell": 55 - 5 * t, "Verdanik": 16 + 20 * t, "Pluvanto": 24 - 13 * t, "": 5}


def delivery_pleased(day):
    t = (day - FIRST).days / (LAST - FIRST).days
    return 0.15 + 0.75 * t


class Crowd:
    def __init__(self, rng, people, taken):
        self.dice, self.kept, self.docs, self.next_id = Dice(rng), Kept(), [], {s: 0 for s in SOURCES}
        self.authors = [Author(self.dice, taken) for _ in range(people)]
        self.recent = {s: [] for s in SOURCES}

    # --- who, when, about whom
    def days(self, mentions):
        days = [FIRST + datetime.timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
        return [self.dice.weighted_list(days, [day_weight(d) for d in days]) for _ in range(mentions)]

    def brand_for(self, author, day):
        brand = self.dice.weighted(share_of(day))
        if brand and self.dice.chance(0.45):
            brand = "Verdanik" if author.switches and day >= author.switches else author.primary
        return brand

    def theme_for(self, author, brand, day):
        if not brand:
            return "unbranded"
        since_fix = (day - FIX).days
        if brand == "Mistrell" and 0 <= since_fix < 45 and self.dice.chance(0.3 * (1 - since_fix / 45)):
            return "incidentfix"
        weights = {t: w for t, w in CLUSTERS[author.cluster].items() if self.sections(author, t, brand, day.month)}
        if not weights:
            return "unbranded"
        if day.month == 11 and "price" in weights:
            weights["price"] *= 1.6
        return self.dice.weighted(weights)

    def sections(self, author, theme, brand, month):
        """What the author's language has to say of the theme in that month, by tone."""
        book, found = PHRASES[author.lang], {}
        for stem in (theme, theme + brand.lower()):
            for tone in "+-0":
                lines = [line for line in book.get(stem + " " + tone, ()) if in_season(line, month)]
                if lines:
                    found.setdefault(tone, []).extend(lines)
        return found

    def tone_for(self, author, theme, brand, day, found):
        if theme in ("incident", "unbranded"):
            return next(iter(found))
        pleased = 0.6 if theme == "incidentfix" else PLEASED.get(brand, {}).get(theme, 0.5)
        if theme == "delivery" and brand == "Mistrell":
            pleased = delivery_pleased(day)
        if "0" in found and (len(found) == 1 or self.dice.chance(NEUTRAL.get(theme, 0.2))):
            return "0"
        aftermath = -0.12 if brand == "Mistrell" and 0 <= (day - INCIDENT).days < 21 else 0
        tone = "+" if self.dice.chance(pleased + author.mood + aftermath) else "-"
        return tone if tone in found else next(iter(found))

    # --- a mention
    def compose(self, author, day, theme, brand, reply_to):
        dice, book = self.dice, PHRASES[author.lang]
        speak = Speaker(dice, author.lang, brand or None, reply_to["author"]["handle"] if reply_to else "")
        found = self.sections(author, theme, brand, day.month)
        tone = self.tone_for(author, theme, brand, day, found)
        parts, used, tones = [], set(), [tone]
        core = self.fresh(author, found[tone])
        used.add(core)
        cores = [speak.say(core)]
        base = {"social": 0.45, "reviews": 1.6, "forum": 1.0, "newscomments": 0.5}[author.source]
        more = int(base + 0.5 * author.wordy + dice.rng.random())
        for _ in range(more):
            other = theme if dice.chance(0.5) or not brand else self.theme_for(author, brand, day)
            pool = self.sections(author, other, brand, day.month)
            t = self.tone_for(author, other, brand, day, pool)
            same_view = theme == "incident" or other == theme or author.source == "reviews" and dice.chance(0.5)
            if same_view and tone in pool and (t != "0" or theme == "incident") and not dice.chance(0.1):
                t = tone
            line = self.fresh(author, pool[t])
            if line not in used:
                used.add(line)
                cores.append(self.joined(author, tones[-1] + t, speak.say(line)))
                tones.append(t)
        ctx = book.get("ctx " + author.cluster) or book["ctx any"]
        if dice.chance({"social": 0.4, "reviews": 0.6, "forum": 0.7, "newscomments": 0.35}[author.source]):
            cores.insert(dice.below(len(cores) + 1), speak.say(self.fresh(author, ctx)))
        if author.source == "newscomments" and "news" in book and brand and dice.chance(0.45):
            cores.insert(0, speak.say(dice.pick(book["news"])))
        if reply_to and dice.chance(0.7):
            parts.append(speak.say(dice.pick(book["reply"])))
        elif dice.chance(0.28):
            parts.append(speak.say(dice.pick(book["opener"])))
        parts += cores
        if dice.chance(0.22):
            parts.append(speak.say(dice.pick(book["ending"])))
        if reply_to and dice.chance(0.12):
            parts = [parts[0], speak.say(dice.pick(book["ending"]))] if dice.chance(0.4) else parts[:2]
        return self.styled(author, parts), tones, speak

    def joined(self, author, turn, line):
        """A second sentence, sometimes led in by a word for the turn it takes."""
        words = JOINTS[author.lang].get(turn)
        if not words or not self.dice.chance(0.3 if turn[0] == turn[1] else 0.6):
            return line
        lead = self.dice.pick(words)
        return lead + (line if lead.endswith(("。", "、")) else " " + softened(line, author.lang))

    def fresh(self, author, lines):
        """One of the lines, rather one that this author has not used yet."""
        tried = [self.dice.pick(lines) for _ in range(4)]
        line = min(tried, key=lambda t: author.said.get(t, 0))
        author.said[line] = author.said.get(line, 0) + 1
        return line

    def styled(self, author, parts):
        dice, japanese = self.dice, author.lang == "ja"
        out = []
        for part in parts:
            if not japanese:
                joined = out and out[-1][-1] in ",:" or out and out[-1].split(" ")[-1] in ("but", "so", "Also", "Pues")
                part = softened(part, author.lang) if joined else part[0].upper() + part[1:]
                if part[-1] not in ".!?:,)":
                    part += "!" if dice.chance(author.bang) else "" if dice.chance(0.04) else "..." if author.dots else "."
                elif part[-1] == "." and dice.chance(author.bang * 0.6):
                    part = part[:-1] + dice.pick(("!", "!!"))
            elif part[-1] not in "。！？!?、：👏☔️笑🌱":
                part += "。"
            out.append(part)
        glue = "" if japanese else "\n" if author.source == "forum" and len(out) > 3 and dice.chance(0.2) else " "
        text = glue.join(out)
        if author.typos:
            text = self.mistyped(text, author.typos)
        text = re.sub(r"([!?])\.(?!\.)", r"\1", text)
        if author.lower and not japanese:
            text = text.lower()
        if author.source == "social" and text.endswith(".") and not text.endswith("..") and dice.chance(0.45):
            text = text[:-1]
        if dice.chance(author.emoji):
            text += " " * (not japanese) + dice.pick(EMOJI) * dice.pick((1, 1, 1, 2))
        if dice.chance(author.tags):
            tags = {dice.pick(PHRASES["en"]["tag"]): 1 for _ in range(dice.between(1, 3))}
            text += " " + " ".join(tags)
        return text

    def mistyped(self, text, rate):
        dice, words = self.dice, text.split(" ")
        for i, w in enumerate(words):
            if len(w) < 4 or not w.isalpha() or w[0].isupper() or not dice.chance(rate * 2):
                continue
            at = dice.between(1, len(w) - 2)
            words[i] = (w[:at] + w[at + 1] + w[at] + w[at + 2:], w[:at] + w[at + 1:], w[:at] + w[at] + w[at:])[dice.below(3)]
        return " ".join(words)

    def mention(self, day, author, theme=None):
        dice = self.dice
        brand = "Mistrell" if theme == "incident" else self.brand_for(author, day)
        if theme == "incident" and not self.sections(author, theme, brand, day.month):
            theme = None
        if not brand and author.source == "reviews":
            brand = author.primary
        theme = theme or self.theme_for(author, brand, day)
        brand = "" if theme == "unbranded" else brand
        reply = None
        if author.source != "reviews" and dice.chance({"forum": 0.55, "social": 0.28, "newscomments": 0.35}[author.source]):
            near = [d for d in self.recent[author.source][-25:] if d["_lang"] == author.lang and d.get("author")
                    and d["_brand"] == brand and d["author"]["handle"] != author.handle
                    and (day - d["_day"]).days <= 4]
            reply = dice.pick(near) if near else None
        explicit = bool(brand) and dice.chance(0.86)
        for _ in range(60):
            text, tones, speak = self.compose(author, day, theme, brand, reply)
            grams = shingles(text)
            unnamed = brand and brand.lower() not in text.lower()
            if (unnamed and (not explicit or dice.chance(0.3))) or self.kept.nearest(grams) > 0.42:
                continue
            if len(text) > 620:
                continue
            self.kept.add(grams)
            self.docs.append(self.document(day, author, brand if explicit else "", text, tones, speak, reply, brand, theme))
            return True
        return False

    def document(self, day, author, explicit, text, tones, speak, reply, brand, theme):
        dice, source = self.dice, author.source
        hour = min(23, max(0, author.hour + int(2.2 * dice.normal())))
        at = datetime.datetime(day.year, day.month, day.day, hour, dice.below(60), dice.below(60))
        if reply and at <= reply["_at"]:
            at = reply["_at"] + datetime.timedelta(minutes=dice.between(3, 400))
            if at.date() > LAST:
                reply = None
                at = datetime.datetime(day.year, day.month, day.day, 23, dice.below(60), dice.below(60))
        doc = {"source": source, "_at": at, "_day": at.date(), "_lang": author.lang, "_brand": brand, "_theme": theme}
        if not (source in ("newscomments", "reviews") and dice.chance(0.06)):
            doc["author"] = {"handle": author.handle}
            if author.name:
                doc["author"]["name"] = author.name
        if dice.chance(0.25):
            doc["lang"] = author.lang
        balance = tones.count("+") - tones.count("-")
        book = PHRASES[author.lang]
        if source == "reviews":
            kind = "titlegood" if balance > 0 else "titlebad" if balance < 0 else "titlemid"
            if dice.chance(0.8):
                title = speak.say(dice.pick(book[kind]))
                doc["title"] = title[0].upper() + title[1:]
            pole = 1 if balance > 0 else -1 if balance < 0 else 0
            doc["rating"] = max(1, min(5, 3 + pole * dice.pick((1, 2, 2)) + (dice.between(-1, 1) if pole == 0 else 0)))
        elif source == "forum" and not reply and brand and dice.chance(0.7):
            title = speak.say(dice.pick(book["thread"]))
            doc["title"] = title[0].upper() + title[1:]
        doc["text"] = text
        if reply:
            doc["_parent"] = reply
        likes = int(math.exp(0.6 + 1.3 * dice.normal() + (1.2 if theme == "incident" else 0)))
        if likes and source != "newscomments" or likes > 3:
            doc["likes"] = likes
            if source == "social" and likes > 4 and dice.chance(0.6):
                doc["shares"] = max(1, likes // dice.between(3, 8))
        if author.place:
            doc["place"] = author.place
        if explicit:
            doc["brand"] = explicit
        self.recent[source].append(doc)
        return doc


LETTERS = {"M": "Mistrell", "V": "Verdanik", "P": "Pluvanto", "-": ""}


def singles(crowd):
    """Lines said once only, by somebody of that kind; those on the update fall into its week or after."""
    dice = crowd.dice
    with open(os.path.join(HERE, "singles.txt"), encoding="utf-8") as f:
        lines = [line.split(" ", 2) for line in f.read().splitlines() if line and not line.startswith("#")]
    for letter, cluster, text in lines:
        pool = [a for a in crowd.authors if a.cluster == cluster and a.lang == "en" and a.source in ("social", "forum")]
        author, days = dice.pick(pool), crowd.days(1)
        if any(word in text for word in ("August", "bricked", "4.2 ", "dead ones")):
            days = [INCIDENT + datetime.timedelta(days=dice.between(1, 6))]
        elif "September" in text:
            days = [datetime.date(2026, 9, dice.between(6, 28))]
        brand = LETTERS[letter]
        crowd.kept.add(shingles(text))
        crowd.docs.append(crowd.document(days[0], author, brand, text, ["0"], Speaker(dice, "en", brand or None), None, brand, "single"))
        crowd.docs[-1].pop("title", None)


def weighted_list(self, items, weights):
    at = self.rng.random() * sum(weights)
    for item, weight in zip(items, weights):
        at -= weight
        if at < 0:
            return item
    return items[-1]


Dice.weighted_list = weighted_list


def incident_days():
    """How many extra posts the dead controllers cause on each day of the week."""
    extra = (34, 78, 66, 46, 34, 30, 22, 14, 10, 7, 5, 4)
    return [(INCIDENT + datetime.timedelta(days=i), n) for i, n in enumerate(extra)]


def gather(rng, people, mentions, taken):
    crowd = Crowd(rng, people, taken)
    dice = crowd.dice
    plan = [(d, None) for d in crowd.days(mentions)]
    for day, extra in incident_days():
        plan += [(day, "incident")] * extra
    plan.sort(key=lambda p: p[0])
    weights = [a.activity for a in crowd.authors]
    writers = list(crowd.authors) + [dice.weighted_list(crowd.authors, weights) for _ in range(len(plan) - people)]
    for i in range(len(writers) - 1, 0, -1):
        j = dice.below(i + 1)
        writers[i], writers[j] = writers[j], writers[i]
    lost = 0
    for (day, theme), author in zip(plan, writers):
        lost += not crowd.mention(day, author, theme)
    singles(crowd)
    return crowd, lost
