"""What happens to tickets afterwards: returns, as tickets or as rows, and voids.

A return never falls on a day with a sale to the same person, so that it cannot undo a
purchase day; only persons with many visits make the deliberate exceptions (bought and
brought back on one day, exchanges).
"""

from dataclasses import dataclass, field

import numpy as np

from simulation.days import (
    DAY_COUNT,
    DAY_SECONDS,
    SHOP_HOURS,
    day_of_moment,
    moment,
    seconds_of_day,
)
from simulation.planned import ORDER_VISIT
from simulation.randomness import chance
from simulation.tickets import IN_STORE, ONLINE

OFTEN = 8  # visits in the window that make a person safe for exceptions
RETURN_DAYS = 30  # a return comes within so many days
SAME_DAY_SHARE = 0.02  # of returns, for persons who come often
UNLINKED_SHARE = 0.15  # return tickets that do not name their sale
WITHOUT_CARD_SHARE = 0.15  # return tickets on which the card was not shown
ROW_SHARE = 0.5  # online returns that are rows of `returns`, not tickets
VOID_SHARE = 0.0025  # of sale tickets
VOID_SECONDS = 240
FIELDS = (
    "person",
    "card",
    "store",
    "channel",
    "at",
    "product",
    "number",
    "quantity",
    "net",
    "discount",
    "cost",
    "original",
    "tender",
)
FLAGS = ("is_linked", "shows_card", "is_row", "is_new")


def no_returns():
    """No returns yet, every field typed."""
    numbers = {name: np.zeros(0, dtype=np.int64) for name in FIELDS}
    return numbers | {name: np.zeros(0, dtype=bool) for name in FLAGS}


@dataclass
class Aftermath:
    """Returns that are still to come, carried from month to month."""

    pending: dict = field(default_factory=no_returns)

    def take(self):
        """Take out all that is pending."""
        taken, self.pending = self.pending, no_returns()
        return taken

    def keep(self, returns):
        """Keep these returns for a later month."""
        self.pending = join(self.pending, returns)


def join(first, second):
    """Two dicts of arrays, one after the other."""
    return {name: np.concatenate([first[name], second[name]]) for name in first}


def only(rows, where):
    """The rows of a dict of arrays at which a condition holds."""
    return {name: values[where] for name, values in rows.items()}


def name_originals(returns, sold):
    """Give new returns the number of their sale in place of its position."""
    new = returns["is_new"]
    returns["original"][new] = sold[returns["original"][new]]
    returns["is_new"] = np.zeros(len(new), dtype=bool)


def choose_voids(tickets, tenders, shop, rng):
    """Tickets that are voided minutes later: nobody's, or of persons who come often."""
    person = tickets["person"]
    safe = (person < 0) | (shop.visits.window_visits[person] >= OFTEN)
    safe &= tickets["purpose"] < 0
    safe &= ~tickets["is_gift"] & tenders["is_plain"]
    safe &= (tickets["channel"] == IN_STORE) & (tickets["at"] % DAY_SECONDS < 79_000)
    return np.flatnonzero(safe & chance(rng, len(person), VOID_SHARE))


def choose_returns(tickets, lines, tenders, voided, shop, rng):
    """Lines of this month's sales that come back, now or later."""
    rate = shop.products.return_rate[lines["product"]]
    comes = chance(rng, len(rate), rate) & (lines["net"] > 0)
    refused = np.zeros(len(tickets["at"]), dtype=bool)
    refused[voided] = True
    refused |= tickets["purpose"] == ORDER_VISIT
    refused |= tickets["coupon"] >= 0
    comes &= ~refused[lines["ticket"]]
    line = np.flatnonzero(comes)
    ticket = lines["ticket"][line]
    ticket, once = np.unique(ticket, return_index=True)
    line = line[once]
    count = len(line)
    person = tickets["person"][ticket]
    often = (person >= 0) & (shop.visits.window_visits[person] >= OFTEN)
    often &= tickets["channel"][ticket] == IN_STORE
    same_day = often & chance(rng, count, SAME_DAY_SHARE)
    same_day &= tickets["at"][ticket] % DAY_SECONDS < 60_000
    delay = 1 + (rng.random(count) ** 1.7 * RETURN_DAYS).astype(np.int64)
    later = moment(
        tickets["day"][ticket] + delay, seconds_of_day(rng, SHOP_HOURS, count)
    )
    at = np.where(same_day, tickets["at"][ticket] + 5_400, later)
    is_online = tickets["channel"][ticket] == ONLINE
    shows_card = ~chance(rng, count, WITHOUT_CARD_SHARE)
    return {
        "person": person,
        "card": shop.people.successors(
            tickets["card"][ticket], person, day_of_moment(at)
        ),
        "store": tickets["store"][ticket],
        "channel": tickets["channel"][ticket],
        "at": at,
        "product": lines["product"][line],
        "number": lines["number"][line],
        "quantity": lines["quantity"][line],
        "net": lines["net"][line],
        "discount": lines["discount"][line],
        "cost": lines["cost"][line],
        "original": ticket,
        "tender": tenders["main"][ticket],
        "is_linked": ~chance(rng, count, UNLINKED_SHARE) | ~shows_card | is_online,
        "shows_card": shows_card,
        "is_row": is_online & chance(rng, count, ROW_SHARE),
        "is_new": np.ones(count, dtype=bool),
    }


def drop_collisions(returns, tickets, shop):
    """Forget returns on a day with a sale to a person who seldom comes."""
    day = day_of_moment(returns["at"])
    sold = np.unique(tickets["person"] * DAY_COUNT + tickets["day"])
    collides = np.isin(returns["person"] * DAY_COUNT + day, sold)
    person = returns["person"]
    fragile = (person >= 0) & (shop.visits.window_visits[person] < OFTEN)
    keep = ~(collides & fragile)
    keep &= day < DAY_COUNT
    return only(returns, keep)
