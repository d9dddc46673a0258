"""The two years of business: days, months, seasons, opening hours.

A day is a whole number, 0 = FIRST_DAY; a moment is seconds since 1970 in the shop's
local time (Asia/Shanghai, no offset written).
"""

from datetime import date, timedelta

import numpy as np

FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2026, 10, 31)
DAY_COUNT = (LAST_DAY - FIRST_DAY).days + 1
DAY_SECONDS = 86_400
EPOCH_DAY = (FIRST_DAY - date(1970, 1, 1)).days  # day 0 in days since 1970
ANNUAL_GROWTH = 0.12

WEEKDAY_WEIGHTS = (0.88, 0.85, 0.88, 0.92, 1.10, 1.42, 1.30)  # Monday first
MONTH_WEIGHTS = (1.05, 0.95, 0.90, 0.92, 1.00, 1.02, 1.08, 1.06, 0.98, 1.02, 1.12, 1.15)
SINGLE_DAYS = {(11, 10): 1.5, (11, 11): 3.5, (12, 12): 1.8, (6, 18): 2.0}
SPRING_FESTIVALS = (date(2025, 1, 29), date(2026, 2, 17))

# Share of tickets by hour of the day, 0 to 23.
SHOP_HOURS = (0,) * 10 + (3, 6, 9, 7, 6, 6, 7, 9, 12, 13, 10, 6) + (0, 0)
ONLINE_HOURS = (0,) * 7 + (2, 3, 4, 5, 5, 7, 6, 5, 5, 5, 5, 6, 8, 11, 13, 12, 7)


def day_of(on):
    """The day number of a date."""
    return (on - FIRST_DAY).days


def date_of(day):
    """The date of a day number."""
    return FIRST_DAY + timedelta(days=int(day))


def month_starts():
    """Day numbers of the first of each month, and the day after the last."""
    days = [d for d in range(DAY_COUNT) if date_of(d).day == 1]
    return np.array([*days, DAY_COUNT])


MONTH_STARTS = month_starts()
MONTH_COUNT = len(MONTH_STARTS) - 1
WINDOW_START = day_of(date(2025, 11, 1))  # first day of the last 12 months


def month_name(month):
    """Month number 0 … as `2024-11`."""
    return f"{date_of(MONTH_STARTS[month]):%Y-%m}"


def moment(day, second=0):
    """Seconds since 1970 of a day number and a second of that day."""
    return (np.asarray(day, dtype=np.int64) + EPOCH_DAY) * DAY_SECONDS + second


def day_of_moment(at):
    """The day number of a moment."""
    return np.asarray(at) // DAY_SECONDS - EPOCH_DAY


LAST_MOMENT = int(moment(DAY_COUNT)) - 1


def festival_weight(on):
    """The rush before Spring Festival, the quiet of its first days, National Day."""
    for feast in SPRING_FESTIVALS:
        distance = (on - feast).days
        if -12 <= distance < -1:
            return 1.75
        if -1 <= distance <= 3:
            return 0.35
    return 1.4 if on.month == 10 and on.day <= 7 else 1.0


def day_weights():
    """Relative business of each day: growth, season, weekday, feasts."""
    weights = []
    for day in range(DAY_COUNT):
        on = date_of(day)
        weights.append(
            (1 + ANNUAL_GROWTH * day / 365)
            * WEEKDAY_WEIGHTS[on.weekday()]
            * MONTH_WEIGHTS[on.month - 1]
            * SINGLE_DAYS.get((on.month, on.day), 1.0)
            * festival_weight(on)
        )
    return np.array(weights)


def seconds_of_day(rng, hours, count):
    """Seconds of the day drawn by a profile of hours."""
    edges = np.cumsum(np.array(hours) / sum(hours))[:-1]
    hour = np.searchsorted(edges, rng.random(count), side="right")
    return hour * 3_600 + rng.integers(0, 3_600, count)


def office_moment(rng, day):
    """A moment of these days in office hours, 09:00 to 16:30."""
    return moment(day, rng.integers(9 * 3_600, 59_400, len(day)))
