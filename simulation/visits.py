"""How often each person comes, month by month, and the exact number of buyers.

Visits of chance are Poisson in a person's own rate and in the business of the days on
which the person is active; planned visits come on top.
"""

from dataclasses import dataclass

import numpy as np

from simulation.days import (
    DAY_COUNT,
    MONTH_COUNT,
    MONTH_STARTS,
    WINDOW_START,
    day_of_moment,
    day_weights,
)
from simulation.randomness import chosen

RETURNED_SHARE = 0.025  # lines that come back, and are lines once more
WINDOW_MONTH = int(np.searchsorted(MONTH_STARTS, WINDOW_START))


@dataclass
class Visits:
    """Visits of chance: `counts[month]` per person; anonymous ones by month."""

    counts: np.ndarray
    anonymous: np.ndarray
    business: np.ndarray  # cumulative day weights, 0 at the start, 1 at the end
    window_visits: np.ndarray  # per person, planned ones included


def active_business(people, business, month):
    """Share of all business that falls on a person's active days of a month."""
    low = np.clip(people.joined + 1, MONTH_STARTS[month], MONTH_STARTS[month + 1])
    high = np.clip(people.left, low, MONTH_STARTS[month + 1])
    paused = (people.pause_start <= month) & (month < people.pause_end)
    silent = paused | people.is_regular
    return np.where(silent, 0.0, business[high] - business[low])


def make_visits(size, people, planned, rng):
    """Draw the visits of chance so that lines and card share come out as told."""
    business = np.concatenate([[0.0], np.cumsum(day_weights())])
    business /= business[-1]
    tickets = size.line_count / size.lines_per_ticket / (1 + RETURNED_SHARE)
    wanted = tickets * size.identified_share - len(planned["person"])
    expected = np.array(
        [
            people.rate * active_business(people, business, month)
            for month in range(MONTH_COUNT)
        ]
    )
    expected *= wanted / expected.sum()
    counts = rng.poisson(expected).astype(np.int32)
    monthly = np.diff(business[MONTH_STARTS])
    anonymous = rng.poisson(tickets * (1 - size.identified_share) * monthly)
    in_window = day_of_moment(planned["at"]) >= WINDOW_START
    planned_visits = np.bincount(planned["person"][in_window], minlength=people.count)
    if size.window_buyer_count is not None:
        fix_window_buyers(size.window_buyer_count, people, counts, planned_visits, rng)
    window_visits = counts[WINDOW_MONTH:].sum(axis=0) + planned_visits
    return Visits(counts, anonymous, business, window_visits)


def fix_window_buyers(wanted, people, counts, planned_visits, rng):
    """Make the number of persons with a visit in the window exactly `wanted`.

    Too many: the lightest buyers of the window without a planned visit stay away.
    Too few: some who were silent in the window come once.
    """
    window = counts[WINDOW_MONTH:]
    visits = window.sum(axis=0) + planned_visits
    buyers = np.flatnonzero(visits > 0)
    surplus = len(buyers) - wanted
    if surplus > 0:
        free = buyers[planned_visits[buyers] == 0]
        order = np.lexsort((rng.random(len(free)), visits[free]))
        window[:, free[order[:surplus]]] = 0
    elif surplus < 0:
        able = (visits == 0) & ~people.is_erased & (people.left > people.joined)
        able &= people.joined < DAY_COUNT - 31
        some = chosen(rng, np.flatnonzero(able), -surplus)
        joined_month = np.searchsorted(MONTH_STARTS, people.joined[some])
        first = np.maximum(joined_month - WINDOW_MONTH, 0)
        window[rng.integers(first, len(window)), some] = 1
    assert ((window.sum(axis=0) + planned_visits) > 0).sum() == wanted


def visit_days(rng, visits, people, persons, month):
    """A day for each visit of chance, among the person's active days of the month."""
    low = np.clip(
        people.joined[persons] + 1, MONTH_STARTS[month], MONTH_STARTS[month + 1]
    )
    high = np.clip(people.left[persons], low, MONTH_STARTS[month + 1])
    never = (persons < 0) | (high <= low)
    low = np.where(never, MONTH_STARTS[month], low)
    high = np.where(never, MONTH_STARTS[month + 1], high)
    start, end = visits.business[low], visits.business[high]
    drawn = start + rng.random(len(persons)) * (end - start)
    day = np.searchsorted(visits.business, drawn, side="right") - 1
    return np.clip(day, low, high - 1)
