"""Visits that have a reason: a campaign, a won opportunity, a first day, a rhythm."""

from dataclasses import dataclass, field

import numpy as np

from simulation.days import (
    DAY_COUNT,
    SHOP_HOURS,
    moment,
    seconds_of_day,
)
from simulation.randomness import chance

FIRST_VISIT, RHYTHM_VISIT, RESPONSE_VISIT, COUPON_VISIT, ORDER_VISIT = range(5)
FIRST_DAY_SHARE = 0.7  # cards are mostly issued at the till
RHYTHMS = (7, 14, 21, 30)  # days between two visits of a regular customer
NOTHING = {"minimum": 0, "coupon_face": 0}  # columns whose "none" is not -1
COLUMNS = (
    "person",
    "at",
    "purpose",
    "minimum",
    "campaign",
    "coupon",
    "coupon_face",
    "opportunity",
)


@dataclass
class PlannedVisits:
    """Columns of equal length, one entry per visit; -1 for none, 0 for no minimum.

    `at` is the moment, `minimum` the least gross amount, in ten-thousandths of CNY.
    """

    parts: list = field(default_factory=list)

    def add(self, person, at, purpose, **others):
        """Add visits; every other column is a number for all or one for each."""
        count = len(person)
        given = {"person": person, "at": at, "purpose": purpose, **others}
        wide = {
            name: np.broadcast_to(given.get(name, NOTHING.get(name, -1)), count)
            for name in COLUMNS
        }
        self.parts.append(wide)

    def join(self, other):
        """Take over the visits of another plan."""
        self.parts.extend(other.parts)

    def columns(self):
        """All visits in time order, as a dict of arrays."""
        whole = {
            name: np.concatenate([part[name] for part in self.parts])
            for name in COLUMNS
        }
        order = np.lexsort((whole["purpose"], whole["person"], whole["at"]))
        return {name: values[order] for name, values in whole.items()}


def plan_first_days(people, rng):
    """The purchase at which a card was issued."""
    able = (people.joined >= 0) & (people.left > people.joined)
    person = np.flatnonzero(able & chance(rng, people.count, FIRST_DAY_SHARE))
    planned = PlannedVisits()
    seconds = seconds_of_day(rng, SHOP_HOURS, len(person))
    planned.add(person, moment(people.joined[person], seconds), FIRST_VISIT)
    return planned


def plan_rhythms(people, rng):
    """Visits of regular customers, every so many days, give or take one."""
    regular = np.flatnonzero(people.is_regular)
    begin = np.maximum(people.joined[regular], 0) + 1
    end = np.minimum(people.left[regular], DAY_COUNT)
    rhythm = np.array(RHYTHMS)[rng.integers(0, len(RHYTHMS), len(regular))]
    phase = (rng.random(len(regular)) * rhythm).astype(np.int64)
    visits = np.maximum(0, -(-(end - begin - phase) // rhythm))
    which = np.repeat(np.arange(len(regular)), visits)
    step = np.arange(len(which)) - np.repeat(np.cumsum(visits) - visits, visits)
    day = begin[which] + phase[which] + step * rhythm[which]
    day = np.clip(day + rng.integers(-1, 2, len(day)), begin[which], end[which] - 1)
    planned = PlannedVisits()
    seconds = seconds_of_day(rng, SHOP_HOURS, len(day))
    planned.add(regular[which], moment(day, seconds), RHYTHM_VISIT)
    return planned
