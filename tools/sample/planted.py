"""What is planted in the crowd on purpose: six prospects, bots, copies in two sources, and the record of it all."""
import datetime
import os
import re

from sample import crowd as C
from sample.phrases import HERE, PHRASE_ESCAPES as ESCAPES

BOTS = {"dealbot_garden", "h2o.offers", "freewater2026"}
CARRIERS = ("gardenwire", "bestofgreen", "thehosepost", "waterdigest")
BURST = ("social", "greenlinedeals")
PROSPECTS = {
    "Nora Velasquez-Lind": ("hot", ["asked for a price and a demo 17 to 20 November 2026", "wants updates that can be refused",
                                    "fears the handover to seasonal managers", "two accounts joined by hand"]),
    "Tobias Rennke": ("warm", ["writes German", "fears an outage in July with nobody coming", "says discounts do not interest him",
                               "two accounts joined by hand"]),
    "Priya Osterhaus": ("warm", ["contradiction: support was great (16 February, 21 August) and never answers (7 July)",
                                 "contradiction: price does not matter (11 March) and it has to be cheap (23 April)",
                                 "warranty, swap time and training are open", "two accounts joined by hand"]),
    "Callum Ferrowby": ("cold", ["last wrote on 2026-01-19, ten months before the end", "only one account"]),
    "Dagny Holmquist-Reyes": ("warm", ["hostile markup, terminal escapes, a very long word, a right-to-left override",
                                       "three posts copied word for word to a second source", "two accounts joined by hand"]),
    "Marcus Adeyemi-Thorne": ("warm", ["one of his accounts is a feed: 40 near-identical posts in 20 minutes on 2026-05-29",
                                       "two accounts joined by hand"]),
}


def people():
    """The prospects of prospects.txt with their documents."""
    found = []
    with open(os.path.join(HERE, "prospects.txt"), encoding="utf-8") as f:
        for line in f.read().splitlines():
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
    doc = {"source": source, "_at": at, "_day": at.date(), "author": {"handle": handle, "name": name}}
    for key in ("rating", "title"):
        field = re.match(key + r"=([^;]*); ", text)
        if field:
            doc[key] = int(field.group(1)) if key == "rating" else field.group(1)
            text = text[field.end():]
    for word, characters in ESCAPES.items():
        text = text.replace("{" + word + "}", characters)
    doc["text"] = text
    if brand != "-":
        doc["brand"] = brand
    return doc


def burst(dice, source, handle, start, minutes, count, text, brand):
    """count near-identical posts within some minutes: only the tail changes."""
    docs = []
    for i in range(count):
        at = start + datetime.timedelta(seconds=int(i * minutes * 60 / count) + dice.below(10))
        tail = dice.pick((" #%d", " (%d left)", " ref %d", " >> %d")) % dice.between(100, 999)
        docs.append({"source": source, "_at": at, "_day": at.date(), "author": {"handle": handle},
                     "text": text + tail, "brand": brand})
    return docs


def syndicate(dice, docs, count):
    """The same words again on another source, minutes to hours later, by an account that carries others' posts."""
    copies, others = [], {"social": "newscomments", "forum": "social", "newscomments": "social", "reviews": "forum"}
    pool = [d for d in docs if "author" in d and len(d["text"]) > 60 and d["_brand"] and d["_at"].date() < C.LAST]
    while len(copies) < count:
        doc = pool[dice.below(len(pool))]
        if doc.get("_copied"):
            continue
        doc["_copied"] = True
        at = doc["_at"] + datetime.timedelta(minutes=dice.between(4, 300))
        copy = {"source": others[doc["source"]], "_at": at, "_day": at.date(), "text": doc["text"],
                "author": {"handle": doc["author"]["handle"] if dice.chance(0.4) else dice.pick(CARRIERS)}}
        if "brand" in doc:
            copy["brand"] = doc["brand"]
        copies.append(copy)
    return copies


def add(rng, crowd, persons):
    """All documents, and how many were planted as copies of what."""
    dice, at = crowd.dice, datetime.datetime
    docs = list(crowd.docs)
    for person in persons:
        docs += person["docs"]
    marcus = burst(dice, *BURST, at(2026, 5, 29, 6, 0), 20, 40,
                   "GREENLINE WEEKEND DEAL Mistrell One now 229 in all three stores, while stocks last, come early", "Mistrell")
    crowd_bots = (
        burst(dice, "social", "dealbot_garden", at(2026, 4, 3, 3, 10), 30, 24,
              "HOT DEAL smart watering Verdanik v3 bundle 40% OFF click bio link limited time", "Verdanik")
        + burst(dice, "social", "h2o.offers", at(2026, 8, 13, 14, 0), 45, 20,
                "Mistrell bricked? Switch now and save! Best irrigation offers on our page, free shipping today", "Mistrell")
        + burst(dice, "newscomments", "freewater2026", at(2026, 6, 21, 1, 30), 60, 18,
                "They do not want you to know about free water. Read the truth on my page before it is deleted", ""))
    for doc in crowd_bots:
        if not doc["brand"]:
            del doc["brand"]
    syndicated = syndicate(dice, crowd.docs, 40)
    persons[-1]["accounts"].insert(0, ":".join(BURST))
    persons[-1]["docs"] += marcus
    docs += marcus + crowd_bots + syndicated
    copies = {"bot_bursts": {h: sum(d["author"]["handle"] == h for d in crowd_bots) for h in sorted(BOTS)},
              "prospect_burst": len(marcus), "syndicated": len(syndicated), "prospect_copies": 3}
    return docs, copies


def truth(crowd, persons, copies, docs):
    handles = {}
    for a in crowd.authors:
        kind = a.cluster if a.lang == "en" else "lang:" + a.lang
        handles.setdefault(kind, []).append(a.source + ":" + a.handle)
    return {
        "note": "Invented. What was planted in the sample, so that the program can be checked against it.",
        "brand": "Mistrell", "competitors": ["Verdanik", "Pluvanto"], "from": str(C.FIRST), "to": str(C.LAST),
        "documents": len(docs),
        "incident": {"what": "firmware 4.2 bricked controllers", "first_day": str(C.INCIDENT), "worst_days": ["2026-08-12", "2026-08-13"],
                     "last_day": "2026-08-17", "fix_day": str(C.FIX), "extra_posts": sum(n for _, n in C.incident_days())},
        "claims": {"Pays for itself in a year": "carried", "Delivered in three days": "weak at first, carried at the end",
                   "Support answers within an hour": "contradicted", "No subscription, ever": "carried strongly"},
        "trends": {"delivery_pleased_share": {"first_month": 0.18, "last_month": 0.88},
                   "share_of_voice": {b: [round(C.share_of(C.FIRST)[b]), round(C.share_of(C.LAST)[b])] for b in C.BRANDS},
                   "gaining": "Verdanik", "weekday": "Saturday and Sunday above the rest", "season": "high May to August"},
        "copies": copies,
        "prospects": [{"name": p["name"], "accounts": p["accounts"], "documents": len(p["docs"]),
                       "last": str(max(d["_at"] for d in p["docs"])), "temperature": PROSPECTS[p["name"]][0],
                       "planted": PROSPECTS[p["name"]][1]} for p in persons],
        "clusters": {k: sorted(v) for k, v in sorted(handles.items())},
    }


def clock(seconds):
    return "%02d:%02d:%06.3f" % (seconds // 3600, seconds // 60 % 60, seconds % 60)


def session():
    """The second focus group as WebVTT: cues long enough to be spoken, short pauses between them."""
    at = 4.0
    cues = ["WEBVTT", "", "NOTE Title: Watering for an organisation, second group", "", "NOTE Date: 2026-10-07", "", "NOTE Moderator: Aurelio", ""]
    with open(os.path.join(HERE, "focus_group_2.txt"), encoding="utf-8") as f:
        turns = [line.split(": ", 1) for line in f.read().splitlines() if line and not line.startswith("#")]
    for i, (name, words) in enumerate(turns):
        length = 1.2 + 0.065 * len(words)
        cues += [str(i + 1), clock(at) + " --> " + clock(at + length), "<v %s>%s</v>" % (name, words), ""]
        at += length + 0.35 + 0.1 * (i % 4)
    return "\n".join(cues)
