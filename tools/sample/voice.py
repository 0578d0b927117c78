"""How an author puts sentences together: joints, capitals, slips of the finger, emoji."""
import re

from sample.authors import BRANDS
from sample.phrases import load

PHRASES = {"en": load("en_themes.txt", "en_people.txt"), "de": load("de.txt"),
           "es": load("es.txt"), "ja": load("ja.txt")}
EMOJI = ("🌱", "💧", "😅", "🙄", "😂", "🤷", "🔧", "🍅", "😤", "👍", "🌿", "☀️", "🥲", "🙏", "🤞",
         "🪴")
# Words that lead from a pleased (+), displeased (-) or plain (0) sentence to the next.
JOINTS = {
    "en": {"+-": ("But", "That said,", "Downside:", "Then again,", "One gripe:", "Except that"),
           "-+": ("To be fair,", "Still,", "On the plus side,", "In their defence,", "But hey,"),
           "--": ("And", "Also,", "On top of that", "Oh, and", "Next:"),
           "++": ("Also,", "And", "Plus,", "Bonus:", "Oh and"),
           "+0": ("One question though:", "By the way:"), "-0": ("So:", "Meanwhile:")},
    "de": {"+-": ("Aber", "Nur:", "Leider:"), "-+": ("Immerhin:", "Aber"), "--": ("Und", "Dazu:"),
           "++": ("Und", "Außerdem:")},
    "es": {"+-": ("Pero", "Eso sí,"), "-+": ("Al menos", "Pero"), "--": ("Y encima", "Además,"),
           "++": ("Además,", "Y")},
    "ja": {"+-": ("ただ、", "でも、"), "-+": ("でも、", "一方で、"), "--": ("しかも、",),
           "++": ("しかも、", "あと、")},
}
SOFT_DE = ("Der Die Das Ein Eine Unser Unsere Wir Ich Hab In Nach Seit Kein Nicht Am Bei Im Wie Nun "
           "Alle Kann Lässt").split()
STAYS = BRANDS + ("Verdanik's", "Pluvanto's", "YouTube", "Black")


def softened(line, lang):
    """The line as it goes on after a comma or a lead-in: small first letter where it may be."""
    first = line.split(" ")[0].strip(",.?!")
    if lang == "de":
        keep = first not in SOFT_DE
    else:
        keep = first in STAYS or first.endswith("day") or not first[1:].islower() and first != "A"
    return line if keep else line[0].lower() + line[1:]


def joined(dice, author, turn, line):
    """A further sentence, sometimes led in by a word for the turn it takes, such as "+-"."""
    words = JOINTS[author.lang].get(turn)
    if not words or not dice.chance(0.3 if turn[0] == turn[1] else 0.6):
        return line
    lead = dice.pick(words)
    return lead + (line if lead.endswith("、") else " " + softened(line, author.lang))


def ended(dice, author, part, before):
    """One sentence with its capital and its full stop, as this author sets them."""
    if author.lang == "ja":
        return part if part[-1] in "。！？!?、：👏☔️笑🌱" else part + "。"
    leads_on = before and (before[-1] in ",:" or before.split(" ")[-1] in ("but", "so", "Pues"))
    part = softened(part, author.lang) if leads_on else part[0].upper() + part[1:]
    if part[-1] not in ".!?:,)":
        if dice.chance(author.bang):
            return part + "!"
        return part if dice.chance(0.04) else part + ("..." if author.dots else ".")
    if part[-1] == "." and dice.chance(author.bang * 0.6):
        return part[:-1] + dice.pick(("!", "!!"))
    return part


def styled(dice, author, parts):
    out = []
    for part in parts:
        out.append(ended(dice, author, part, out[-1] if out else ""))
    lines = author.source == "forum" and len(out) > 3 and dice.chance(0.2)
    space = "" if author.lang == "ja" else " "
    text = ("\n" if lines else space).join(out)
    if author.typos:
        text = mistyped(dice, text, author.typos)
    text = re.sub(r"([!?])\.(?!\.)", r"\1", text)
    if author.lower:
        text = text.lower()
    one_stop = text.endswith(".") and not text.endswith("..")
    if author.source == "social" and one_stop and dice.chance(0.45):
        text = text[:-1]
    if dice.chance(author.emoji):
        text += space + dice.pick(EMOJI) * dice.pick((1, 1, 1, 2))
    if dice.chance(author.tags):
        tags = {dice.pick(PHRASES["en"]["tag"]): 1 for _ in range(dice.between(1, 3))}
        text += " " + " ".join(tags)
    return text


def mistyped(dice, text, rate):
    """Now and then two letters change places, one is missing or one stands twice."""
    words = text.split(" ")
    for i, w in enumerate(words):
        if len(w) < 4 or not w.isalpha() or w[0].isupper() or not dice.chance(rate * 2):
            continue
        at = dice.between(1, len(w) - 2)
        swapped = w[:at] + w[at + 1] + w[at] + w[at + 2:]
        words[i] = dice.pick((swapped, w[:at] + w[at + 1:], w[:at] + w[at] + w[at:]))
    return " ".join(words)
