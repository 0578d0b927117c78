"""The twelve months of the sample: how much is said on a day, about whom, and how pleased."""
import datetime
import math

FIRST, LAST = datetime.date(2025, 12, 1), datetime.date(2026, 11, 20)
INCIDENT, FIX = datetime.date(2026, 8, 11), datetime.date(2026, 8, 19)
# Posts on the dead controllers on top of the ordinary ones, from INCIDENT on.
INCIDENT_POSTS = (34, 78, 66, 46, 34, 30, 22, 14, 10, 7, 5, 4)

# How likely talk on a theme is pleased; delivery of Mistrell follows delivery_pleased() instead.
PLEASED = {
    "Mistrell": {"setup": 0.62, "app": 0.55, "support": 0.1, "warranty": 0.58, "training": 0.5,
                 "running": 0.8, "price": 0.38, "value": 0.85, "sub": 0.92, "quality": 0.68,
                 "eco": 0.7, "multi": 0.55, "leaving": 0.6},
    "Verdanik": {"setup": 0.6, "app": 0.5, "delivery": 0.8, "support": 0.4, "warranty": 0.35,
                 "training": 0.35, "running": 0.45, "price": 0.7, "value": 0.45, "sub": 0.2,
                 "quality": 0.4, "eco": 0.35, "multi": 0.4, "leaving": 0.45, "compare": 1.0},
    "Pluvanto": {"setup": 0.35, "app": 0.25, "delivery": 0.35, "support": 0.7, "warranty": 0.75,
                 "training": 0.65, "running": 0.4, "price": 0.1, "value": 0.55, "sub": 0.3,
                 "quality": 0.85, "eco": 0.45, "multi": 0.5, "leaving": 0.4, "compare": 0.6},
}
# How likely it is neither, mostly a question.
NEUTRAL = {"setup": 0.25, "app": 0.2, "delivery": 0.15, "support": 0.12, "warranty": 0.25,
           "training": 0.2, "running": 0.14, "price": 0.25, "eco": 0.14, "multi": 0.2,
           "leaving": 0.15, "compare": 0.35}


def passed(day):
    """0 on the first day, 1 on the last."""
    return (day - FIRST).days / (LAST - FIRST).days


def days():
    return [FIRST + datetime.timedelta(days=i) for i in range((LAST - FIRST).days + 1)]


def day_weight(day):
    """Season (high from May to August, sales in November) and weekday."""
    yearday = day.timetuple().tm_yday
    season = 1.0 + 0.42 * math.cos(2.0 * math.pi * (yearday - 182) / 365.0)
    if day.month == 11 and day.day >= 10:
        season *= 1.35
    return season * (1.05, 0.95, 0.92, 0.95, 0.9, 1.15, 1.3)[day.weekday()]


def share_of(day):
    """Verdanik gains over the twelve months, mostly from Pluvanto."""
    t = passed(day)
    return {"Mistrell": 55 - 5 * t, "Verdanik": 16 + 20 * t, "Pluvanto": 24 - 13 * t, "": 5}


def delivery_pleased(day):
    return 0.15 + 0.75 * passed(day)


def pleased(brand, theme, day):
    if theme == "incidentfix":
        return 0.6
    if theme == "delivery" and brand == "Mistrell":
        likely = delivery_pleased(day)
    else:
        likely = PLEASED.get(brand, {}).get(theme, 0.5)
    sore = brand == "Mistrell" and 0 <= (day - INCIDENT).days < 21
    return likely - 0.12 if sore else likely


def incident_days():
    return [(INCIDENT + datetime.timedelta(days=i), n) for i, n in enumerate(INCIDENT_POSTS)]
