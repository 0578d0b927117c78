"""What is planted in the crowd on purpose: prospects, bots, copies; and the record of it all."""
import datetime
import os
import re

from sample import year
from sample.authors import BRANDS
from sample.phrases import HERE, PHRASE_ESCAPES

BOTS = {"dealbot_garden", "h2o.offers", "freewater2026"}
CARRIERS = ("gardenwire", "bestofgreen", "thehosepost", "waterdigest")
BURST = ("social", "greenlinedeals")
CARRIED_TO = {"social": "newscomments", "forum": "social", "newscomments": "social",
              "reviews": "forum"}
JOINED = "two accounts joined by hand"
PROSPECTS = {
    "Nora Velasquez-Lind": ("hot", [
        "asked for a price and a demo from 17 to 20 November 2026",
        "wants updates that can be refused", "fears the handover to seasonal managers", JOINED]),
    "Tobias Rennke": ("warm", [
        "writes German", "fears an outage in July with nobody coming",
        "says discounts do not interest him", JOINED]),
    "Priya Osterhaus": ("warm", [
        "contradiction: support was great (16 February, 21 August), support never answers (7 July)",
        "contradiction: price does not matter (11 March), it has to be cheap (23 April)",
        "warranty, swap time and training are open", JOINED]),
    "Callum Ferrowby": ("cold", [
        "last wrote on 2026-01-19, ten months before the end", "one account"]),
    "Dagny Holmquist-Reyes": ("warm", [
        "hostile markup, terminal escapes, a very long word, a right-to-left override",
        "three posts copied word for word to a second source", JOINED]),
    "Marcus Adeyemi-Thorne": ("warm", [
        "one of his accounts is a feed: 40 near-identical posts in 20 minutes on 2026-05-29",
        JOINED]),
}


def people():
    """The prospects of prospects.txt with their documents."""
    found = []
    with open(os.path.join(HERE, "prospects.txt"), encoding="utf-8") as f:
        lines = f.read().splitlines()
    for line in lines:
        if line.startswith("@ "):
            found.append({"name": line[2:], "docs": [], "accounts": [], "handles": []})
        elif line and not line.startswith("#"):
            when, account, brand, text = line.split(" | ", 3)
            person = found[-1]
            if account not in person["accounts"]:
                person["accounts"].append(account)
                person["handles"].append(account.split(":")[1])
            person["docs"].append(document(person["name"], when, account, brand, text))
    return found


def document(name, when, account, brand, text):
    source, handle = account.split(":")
    at = datetime.datetime.strptime(when, "%Y-%m-%d %H:%M")
    doc = post(source, handle, at, "", "" if brand == "-" else brand)
    doc["author"]["name"] = name
    for key in ("rating", "title"):
        field = re.match(key + r"=([^;]*); ", text)
        if field:
            doc[key] = int(field.group(1)) if key == "rating" else field.group(1)
            text = text[field.end():]
    for word, characters in PHRASE_ESCAPES.items():
        text = text.replace("{" + word + "}", characters)
    doc["text"] = text
    return doc


def post(source, handle, at, text, brand):
    doc = {"source": source, "_at": at, "_day": at.date(), "author": {"handle": handle},
           "text": text}
    if brand:
        doc["brand"] = brand
    return doc


def burst(dice, account, start, seconds, text, brand):
    """Near-identical posts from start on, one every so many seconds each: only the tail changes."""
    docs = []
    for i, apart in enumerate(seconds):
        at = start + datetime.timedelta(seconds=i * apart + dice.below(10))
        tail = dice.pick((" #%d", " (%d left)", " ref %d", " >> %d")) % dice.between(100, 999)
        docs.append(post(account[0], account[1], at, text + tail, brand))
    return docs


def crowd_bots(dice):
    at = datetime.datetime
    return (
        burst(dice, ("social", "dealbot_garden"), at(2026, 4, 3, 3, 10), [75] * 24,
              "HOT DEAL smart watering Verdanik v3 bundle 40% OFF click bio link limited time",
              "Verdanik")
        + burst(dice, ("social", "h2o.offers"), at(2026, 8, 13, 14, 0), [135] * 20,
                "Mistrell bricked? Switch now and save! Best irrigation offers on our page, "
                "free shipping today", "Mistrell")
        + burst(dice, ("newscomments", "freewater2026"), at(2026, 6, 21, 1, 30), [200] * 18,
                "They do not want you to know about free water. Read the truth on my page before "
                "it is deleted", ""))


def feed(dice):
    """The second account of a prospect: 40 posts in 20 minutes."""
    return burst(dice, BURST, datetime.datetime(2026, 5, 29, 6, 0), [30] * 40,
                 "GREENLINE WEEKEND DEAL Mistrell One now 229 in all three stores, while stocks "
                 "last, come early", "Mistrell")


def carried(dice, docs, count):
    """The same words again on another source, minutes to hours later, some by other accounts."""
    pool = [d for d in docs if "author" in d and len(d["text"]) > 60 and d["_brand"]
            and d["_day"] < year.LAST]
    dice.shuffle(pool)
    copies = []
    for doc in pool[:count]:
        at = doc["_at"] + datetime.timedelta(minutes=dice.between(4, 300))
        handle = doc["author"]["handle"] if dice.chance(0.4) else dice.pick(CARRIERS)
        source = CARRIED_TO[doc["source"]]
        copies.append(post(source, handle, at, doc["text"], doc.get("brand", "")))
    return copies


def add(crowd, persons):
    """All documents, and how many were planted as copies of what."""
    dice = crowd.dice
    bots, burst_of_feed = crowd_bots(dice), feed(dice)
    syndicated = carried(dice, crowd.docs, 40)
    persons[-1]["accounts"].insert(0, ":".join(BURST))
    persons[-1]["docs"] += burst_of_feed
    docs = crowd.docs + bots + syndicated
    for person in persons:
        docs += person["docs"]
    by_bot = {h: sum(d["author"]["handle"] == h for d in bots) for h in sorted(BOTS)}
    return docs, {"bot_bursts": by_bot, "prospect_burst": len(burst_of_feed),
                  "syndicated": len(syndicated), "prospect_copies": 3}


def shares(docs):
    about = [d["_brand"] for d in docs if d["_brand"]]
    return {b: round(about.count(b) / len(about), 3) for b in BRANDS}


def truth(crowd, persons, copies, docs):
    kinds = {}
    for a in crowd.authors:
        kind = a.cluster if a.lang == "en" else "lang:" + a.lang
        kinds.setdefault(kind, []).append(a.source + ":" + a.handle)
    first = shares([d for d in crowd.docs if d["_day"].isoformat() < "2026-03"])
    last = shares([d for d in crowd.docs if d["_day"].isoformat() >= "2026-09"])
    return {
        "note": "Invented. What was planted in the sample, so that the program can be checked.",
        "brand": BRANDS[0], "competitors": BRANDS[1:],
        "from": str(year.FIRST), "to": str(year.LAST), "documents": len(docs),
        "incident": {
            "what": "firmware 4.2 bricked controllers", "first_day": str(year.INCIDENT),
            "worst_days": ["2026-08-12", "2026-08-13"], "last_day": "2026-08-17",
            "fix_day": str(year.FIX), "extra_posts": sum(year.INCIDENT_POSTS)},
        "claims": {
            "Pays for itself in a year.": "carried",
            "Delivered in three days.": "weak at first, carried at the end",
            "Support answers within an hour.": "contradicted",
            "No subscription, ever.": "carried strongly"},
        "trends": {
            "delivery_pleased_share": {"first_day": round(year.delivery_pleased(year.FIRST), 2),
                                       "last_day": round(year.delivery_pleased(year.LAST), 2)},
            "share_of_voice": {"2025-12 to 2026-02": first, "2026-09 to 2026-11": last},
            "gaining": "Verdanik", "weekday": "Saturday and Sunday above the rest",
            "season": "high from May to August"},
        "copies": copies,
        "prospects": [{
            "name": p["name"], "accounts": p["accounts"], "documents": len(p["docs"]),
            "last": str(max(d["_at"] for d in p["docs"])),
            "temperature": PROSPECTS[p["name"]][0], "planted": PROSPECTS[p["name"]][1]}
            for p in persons],
        "clusters": {k: sorted(v) for k, v in sorted(kinds.items())},
    }


def clock(seconds):
    return "%02d:%02d:%06.3f" % (seconds // 3600, seconds // 60 % 60, seconds % 60)


def session():
    """The second focus group as WebVTT: cues as long as the words take, short pauses between."""
    cues = ["WEBVTT", "", "NOTE Title: Watering for an organisation, second group", "",
            "NOTE Date: 2026-10-07", "", "NOTE Moderator: Aurelio", ""]
    with open(os.path.join(HERE, "focus_group_2.txt"), encoding="utf-8") as f:
        lines = [s for s in f.read().splitlines() if s and not s.startswith("#")]
    at = 4.0
    for i, line in enumerate(lines):
        name, words = line.split(": ", 1)
        end = at + 1.2 + 0.065 * len(words)
        times = clock(at) + " --> " + clock(end)
        cues += [str(i + 1), times, "<v %s>%s</v>" % (name, words), ""]
        at = end + 0.35 + 0.1 * (i % 4)
    return "\n".join(cues)
