"""The people of the crowd: what kind they are, where they write and how they write."""
import datetime
import math

from sample.year import INCIDENT

BRANDS = ("Mistrell", "Verdanik", "Pluvanto")

# What each kind of person writes about, by weight.
CLUSTERS = {
    "diy": {"setup": 10, "app": 6, "quality": 3, "want": 2, "pain": 1, "delivery": 2, "support": 2,
            "running": 1, "compare": 1, "sub": 1.5, "leaving": 0.5},
    "smallbiz": {"running": 9, "support": 7, "value": 3, "want": 2, "fear": 1.5, "delivery": 3,
                 "leaving": 1, "pain": 2, "sub": 1, "warranty": 1},
    "bargain": {"price": 11, "sub": 4, "value": 2, "delivery": 2.5, "compare": 2, "leaving": 1,
                "support": 1},
    "eco": {"eco": 11, "quality": 3, "running": 2, "want": 1.5, "fear": 1, "pain": 1, "app": 1,
            "support": 0.7, "sub": 1, "delivery": 0.7},
    "facility": {"warranty": 7, "training": 7, "multi": 5, "support": 3, "fear": 2, "want": 2,
                 "running": 1, "delivery": 1, "leaving": 0.7},
}
CLUSTER_SHARE = {"diy": 26, "smallbiz": 19, "bargain": 22, "eco": 18, "facility": 15}
SOURCE_OF = {
    "diy": {"forum": 5, "social": 3, "reviews": 2.5, "newscomments": 0.5},
    "smallbiz": {"social": 3, "reviews": 3, "forum": 3, "newscomments": 1.2},
    "bargain": {"social": 5, "reviews": 3, "forum": 1.5, "newscomments": 1.5},
    "eco": {"social": 4.5, "newscomments": 3, "forum": 2, "reviews": 1.5},
    "facility": {"forum": 4, "reviews": 3, "social": 1.5, "newscomments": 1},
}
LANGUAGES = (("de", 0.08), ("es", 0.145), ("ja", 0.225), ("en", 1.0))  # by shares added up
GIVEN = (
    "ada bea cleo dora edda finn gus hal ines jory kaz lena milo nell otto petra quin rosa sven "
    "tess ulla vik wanda xeni yara zoe amit bruno carla dev elsa fred gita hugo iris jonas kim "
    "lars maya nils omar pia rafa sana tom uma vera will yuki zeno alma bo cem dina emil fay gwen "
    "hans ivo june").split()
ROOTS = (
    "plot hedge drip soil tap root beet moss pump barrel spade bloom terrace valve mulch clay leaf "
    "shed orchard meadow trowel compost hose gravel fern bucket seed vine lawn rake willow puddle "
    "bramble thistle").split()
SURNAMES = (
    "Abelholt Brannik Corvane Dellamor Eskwith Farrowin Gostrey Hallenby Ibsenrod Jarvold Kestrop "
    "Lindqvale Marrowby Nordwick Ostervane Pellgrave Quistly Rosendun Stavemoor Tilbrook Umberlin "
    "Vastergaard Wexholm Yarrowdale Zellinek").split()
PLACES = {
    "en": ("Leeds", "Cork", "Bristol", "Utrecht", "Malmö", "Portland", "Perth", "Norwich", "Galway",
           "Ghent"),
    "de": ("Kassel", "Graz", "Rostock", "Ulm", "Erfurt"),
    "es": ("Murcia", "Huesca", "Cádiz", "Toledo"),
    "ja": ("長野", "静岡", "福岡", "仙台"),
}


class Author:
    def __init__(self, dice, index, taken):
        self.cluster = dice.weighted(CLUSTER_SHARE)
        spread = index * 0.6180339887 % 1.0  # even shares however few the people are
        self.lang = next(lang for lang, up_to in LANGUAGES if spread < up_to)
        self.source = dice.weighted(SOURCE_OF[self.cluster])
        given, surname = dice.pick(GIVEN), dice.pick(SURNAMES)
        self.handle = free_handle(dice, given, surname, taken)
        known_by = given.capitalize() + (" " + surname if dice.chance(0.6) else "")
        self.name = known_by if dice.chance(0.7) else ""
        self.place = dice.pick(PLACES[self.lang]) if dice.chance(0.22) else ""
        # A median of six posts and a long tail, but nobody above two in a hundred.
        self.activity = min(10.0 if self.lang == "en" else 3.0, math.exp(1.3 * dice.normal()))
        self.mood = 0.14 * dice.normal()
        self.primary = dice.weighted({"Mistrell": 55, "Verdanik": 22, "Pluvanto": 23})
        days = datetime.timedelta(days=dice.between(-40, 200))
        self.switches = INCIDENT - days if dice.chance(0.22) else None
        self.said = {}
        self.set_style(dice)

    def set_style(self, dice):
        lively = self.source == "social"
        self.lower = dice.chance(0.3 if lively else 0.1) and self.lang != "ja"
        self.typos = dice.pick((0, 0, 0, 0.01, 0.02, 0.05)) if self.lang == "en" else 0
        self.emoji = dice.pick((0, 0, 0.1, 0.35, 0.7)) * (1 if lively else 0.35)
        self.tags = dice.pick((0, 0, 0.2, 0.6)) if lively and self.lang == "en" else 0
        self.bang = dice.pick((0, 0, 0, 0.15, 0.4))
        self.dots = dice.chance(0.12)
        self.wordy = dice.pick((0, 0, 1, 1, 2))
        at_work = self.cluster == "facility"
        self.hour = dice.pick((8, 9, 11, 14, 16) if at_work else (7, 9, 12, 13, 18, 20, 21, 22))

    def fresh(self, dice, lines):
        """One of the lines, rather one that this author has not used yet."""
        tried = [dice.pick(lines) for _ in range(4)]
        line = min(tried, key=lambda t: self.said.get(t, 0))
        self.said[line] = self.said.get(line, 0) + 1
        return line


def free_handle(dice, given, surname, taken):
    endings = ("lady", "guy", "nerd", "fan", "doc")
    handle = dice.pick((
        given + "_" + dice.pick(ROOTS),
        dice.pick(ROOTS) + "." + given,
        given + surname.lower()[:5],
        dice.pick(ROOTS) + dice.pick(ROOTS) + str(dice.between(2, 99)),
        given + str(dice.between(60, 99)),
        "the" + dice.pick(ROOTS) + dice.pick(endings),
    ))
    while handle in taken:
        handle += str(dice.between(2, 9))
    taken.add(handle)
    return handle
