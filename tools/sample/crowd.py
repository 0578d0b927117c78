"""The crowd at work: who writes when, about whom and what, and the document that comes of it."""
import datetime
import math
import os

from sample import year
from sample.authors import CLUSTERS, Author
from sample.phrases import HERE, Dice, Kept, Speaker, in_season, shingles
from sample.voice import PHRASES, joined, styled

SOURCES = ("social", "reviews", "forum", "newscomments")
REPLIES = {"forum": 0.55, "social": 0.28, "newscomments": 0.35, "reviews": 0}
OWN_PLACE = {"social": 0.4, "reviews": 0.6, "forum": 0.7, "newscomments": 0.35}
LENGTH = {"social": 0.45, "reviews": 1.6, "forum": 1.0, "newscomments": 0.5}
TOO_NEAR = 0.42  # of its shingles shared with an earlier text
LETTERS = {"M": "Mistrell", "V": "Verdanik", "P": "Pluvanto", "-": ""}


def sections(author, theme, brand, day):
    """What the author's language has to say of the theme in that month, by tone."""
    book, found = PHRASES[author.lang], {}
    for stem in (theme, theme + brand.lower()):
        for tone in "+-0":
            lines = [s for s in book.get(stem + " " + tone, ()) if in_season(s, day.month)]
            if lines:
                found.setdefault(tone, []).extend(lines)
    return found


class Post:
    """One mention in the making."""

    def __init__(self, author, day, theme, brand, reply):
        self.author, self.day, self.theme, self.brand = author, day, theme, brand
        self.reply, self.tones, self.text, self.speak = reply, [], "", None

    def balance(self):
        return self.tones.count("+") - self.tones.count("-")


class Crowd:
    def __init__(self, rng, people, taken):
        self.dice, self.kept, self.docs = Dice(rng), Kept(), []
        self.authors = [Author(self.dice, i, taken) for i in range(people)]
        self.recent = {s: [] for s in SOURCES}

    def days(self, count):
        days = year.days()
        weights = [year.day_weight(d) for d in days]
        return [self.dice.by_weight(days, weights) for _ in range(count)]

    def brand_for(self, author, day):
        brand = self.dice.weighted(year.share_of(day))
        if brand and self.dice.chance(0.45):
            switched = author.switches and day >= author.switches
            brand = "Verdanik" if switched else author.primary
        return brand or (author.primary if author.source == "reviews" else "")

    def theme_for(self, author, brand, day):
        since_fix = (day - year.FIX).days
        if brand == "Mistrell" and 0 <= since_fix < 45:
            if self.dice.chance(0.3 * (1 - since_fix / 45)):
                return "incidentfix"
        weights = {t: w for t, w in CLUSTERS[author.cluster].items()
                   if brand and sections(author, t, brand, day)}
        if not weights:
            return "unbranded"
        if day.month == 11 and "price" in weights:
            weights["price"] *= 1.6
        return self.dice.weighted(weights)

    def tone_for(self, author, theme, brand, day):
        found = sections(author, theme, brand, day)
        if theme in ("incident", "unbranded"):
            return next(iter(found))
        if "0" in found and (len(found) == 1 or self.dice.chance(year.NEUTRAL.get(theme, 0.2))):
            return "0"
        likely = year.pleased(brand, theme, day) + author.mood
        tone = "+" if self.dice.chance(likely) else "-"
        return tone if tone in found else next(iter(found))

    def say_cores(self, post):
        """The sentences that carry the post; sets post.tones."""
        author, brand, day, dice = post.author, post.brand, post.day, self.dice
        post.tones = [self.tone_for(author, post.theme, brand, day)]
        pool = sections(author, post.theme, brand, day)
        used = [author.fresh(dice, pool[post.tones[0]])]
        cores = [post.speak.say(used[0])]
        more = LENGTH[author.source] + 0.5 * author.wordy + dice.rng.random()
        for _ in range(int(more)):
            theme = post.theme
            if brand and dice.chance(0.5):
                theme = self.theme_for(author, brand, day)
            pool = sections(author, theme, brand, day)
            tone = self.tone_for(author, theme, brand, day)
            angry = post.theme == "incident"
            agrees = author.source == "reviews" and dice.chance(0.5)
            one_view = angry or theme == post.theme or agrees
            if one_view and post.tones[0] in pool and (tone != "0" or angry):
                tone = tone if dice.chance(0.1) else post.tones[0]
            line = author.fresh(dice, pool[tone])
            if line not in used:
                used.append(line)
                cores.append(joined(dice, author, post.tones[-1] + tone, post.speak.say(line)))
                post.tones.append(tone)
        return cores

    def compose(self, post):
        author, dice, book = post.author, self.dice, PHRASES[post.author.lang]
        near = post.reply["author"]["handle"] if post.reply else ""
        speak = post.speak = Speaker(dice, author.lang, post.brand or None, near)
        cores = self.say_cores(post)
        if dice.chance(OWN_PLACE[author.source]):
            own = author.fresh(dice, book.get("ctx " + author.cluster) or book["ctx any"])
            cores.insert(dice.below(len(cores) + 1), speak.say(own))
        if author.source == "newscomments" and "news" in book and post.brand and dice.chance(0.45):
            cores.insert(0, speak.say(dice.pick(book["news"])))
        parts = []
        if post.reply and dice.chance(0.7):
            parts.append(speak.say(dice.pick(book["reply"])))
        elif dice.chance(0.28):
            parts.append(speak.say(dice.pick(book["opener"])))
        parts += cores
        ending = speak.say(dice.pick(book["ending"]))
        if dice.chance(0.22):
            parts.append(ending)
        if post.reply and dice.chance(0.12):
            parts = [parts[0], ending] if dice.chance(0.4) else parts[:2]
        post.text = styled(dice, author, parts)

    def answered(self, author, brand, day):
        """A post of the last days that this one may answer, or None."""
        if not self.dice.chance(REPLIES[author.source]):
            return None
        near = [d for d in self.recent[author.source][-25:]
                if d["_lang"] == author.lang and d["_brand"] == brand and "author" in d
                and d["author"]["handle"] != author.handle and (day - d["_day"]).days <= 4]
        return self.dice.pick(near) if near else None

    def mention(self, day, author, theme=None):
        """Adds a post to the crowd's; False when nothing new could be said."""
        dice = self.dice
        brand = self.brand_for(author, day)
        if theme and sections(author, theme, "Mistrell", day):
            brand = "Mistrell"
        else:
            theme = self.theme_for(author, brand, day)
        brand = "" if theme == "unbranded" else brand
        post = Post(author, day, theme, brand, self.answered(author, brand, day))
        explicit = bool(brand) and dice.chance(0.86)
        for _ in range(60):
            self.compose(post)
            unnamed = brand and brand.lower() not in post.text.lower()
            if unnamed and (not explicit or dice.chance(0.3)) or len(post.text) > 620:
                continue
            grams = shingles(post.text)
            if self.kept.nearest(grams) > TOO_NEAR:
                continue
            self.kept.add(grams)
            self.add(post, explicit)
            return True
        return False

    def time_for(self, post):
        dice, day = self.dice, post.day
        hour = min(23, max(0, post.author.hour + int(2.2 * dice.normal())))
        at = datetime.datetime(day.year, day.month, day.day, hour, dice.below(60), dice.below(60))
        if post.reply and at <= post.reply["_at"]:
            at = post.reply["_at"] + datetime.timedelta(minutes=dice.between(3, 400))
            if at.date() > year.LAST:
                post.reply = None
                at = datetime.datetime(day.year, day.month, day.day, 23, 58, dice.below(60))
        return at

    def add(self, post, explicit):
        dice, author, source = self.dice, post.author, post.author.source
        at = self.time_for(post)
        doc = {"source": source, "text": post.text, "_at": at, "_day": at.date(),
               "_lang": author.lang, "_brand": post.brand}
        if not (source in ("newscomments", "reviews") and dice.chance(0.06)):
            doc["author"] = {"handle": author.handle}
            if author.name:
                doc["author"]["name"] = author.name
        if dice.chance(0.25):
            doc["lang"] = author.lang
        if post.reply:
            doc["_parent"] = post.reply
        if author.place:
            doc["place"] = author.place
        if explicit:
            doc["brand"] = post.brand
        self.add_reactions(post, doc)
        self.recent[source].append(doc)
        self.docs.append(doc)

    def add_reactions(self, post, doc):
        """Title, stars, likes and shares."""
        dice, source, book = self.dice, doc["source"], PHRASES[post.author.lang]
        pole = (post.balance() > 0) - (post.balance() < 0)
        titles = None
        if source == "reviews":
            titles = ("titlebad", "titlemid", "titlegood")[pole + 1] if dice.chance(0.8) else None
            stars = 3 + (pole * dice.pick((1, 2, 2)) if pole else dice.between(-1, 1))
            doc["rating"] = max(1, min(5, stars))
        elif source == "forum" and not post.reply and post.brand and dice.chance(0.7):
            titles = "thread"
        if titles and post.theme != "single":
            title = post.speak.say(dice.pick(book[titles]))
            doc["title"] = title[0].upper() + title[1:]
        likes = int(math.exp(0.6 + 1.3 * dice.normal() + 1.2 * (post.theme == "incident")))
        if likes > (3 if source == "newscomments" else 0):
            doc["likes"] = likes
            if source == "social" and likes > 4 and dice.chance(0.6):
                doc["shares"] = max(1, likes // dice.between(3, 8))


def add_singles(crowd):
    """Lines said once only, by somebody of that kind; those on the update in its week or after."""
    dice = crowd.dice
    with open(os.path.join(HERE, "singles.txt"), encoding="utf-8") as f:
        lines = [s.split(" ", 2) for s in f.read().splitlines() if s and not s.startswith("#")]
    for letter, cluster, text in lines:
        day = crowd.days(1)[0]
        if any(word in text for word in ("August", "bricked", "4.2 ", "dead ones")):
            day = year.INCIDENT + datetime.timedelta(days=dice.between(1, 6))
        elif "September" in text:
            day = datetime.date(2026, 9, dice.between(6, 28))
        pool = [a for a in crowd.authors
                if a.cluster == cluster and a.lang == "en" and a.source in ("social", "forum")]
        post = Post(dice.pick(pool), day, "single", LETTERS[letter], None)
        post.text = text
        crowd.kept.add(shingles(text))
        crowd.add(post, bool(post.brand))


def gather(rng, people, mentions, taken):
    """The crowd with all it said, and how many posts were given up for want of something new."""
    crowd = Crowd(rng, people, taken)
    dice = crowd.dice
    plan = [(day, None) for day in crowd.days(mentions)]
    for day, extra in year.incident_days():
        plan += [(day, "incident")] * extra
    plan.sort(key=lambda p: p[0])
    weights = [a.activity for a in crowd.authors]
    writers = list(crowd.authors)
    writers += [dice.by_weight(crowd.authors, weights) for _ in range(len(plan) - people)]
    dice.shuffle(writers)
    lost = sum(not crowd.mention(day, author, theme)
               for (day, theme), author in zip(plan, writers))
    add_singles(crowd)
    return crowd, lost
