"""Who stands at the till this month: one entry per sale ticket, before its lines."""

import numpy as np

from simulation.days import (
    MONTH_STARTS,
    ONLINE_HOURS,
    SHOP_HOURS,
    day_of_moment,
    moment,
    seconds_of_day,
)
from simulation.planned import COLUMNS, NOTHING, ORDER_VISIT
from simulation.randomness import chance, pick
from simulation.visits import visit_days

IN_STORE, ONLINE, DIRECT = range(3)
CHANNELS = ("store", "online", "direct")
ANONYMOUS_ONLINE_SHARE = 0.08
AWAY_SHARE = 0.15  # of shop visits: in another shop than one's own
ORPHAN_SHARE = 0.0008  # tickets with a card that `cards` does not know
GIFT_SHARE = 0.0015  # tickets of net 0: one article, given away
ANONYMOUS, ORPHAN = -1, -2  # persons that are nobody


def visits_of_month(month, shop, rng):
    """Persons and moments of the visits of chance, anonymous ones last."""
    people, visits = shop.people, shop.visits
    persons = np.repeat(np.arange(people.count), visits.counts[month])
    nobody = np.full(visits.anonymous[month], ANONYMOUS)
    nobody[chance(rng, len(nobody), ORPHAN_SHARE * 2)] = ORPHAN
    persons = np.concatenate([persons, nobody])
    return persons, visit_days(rng, visits, people, persons, month)


def planned_of_month(month, planned):
    """The planned visits whose moment lies in the month."""
    first, last = moment(MONTH_STARTS[month]), moment(MONTH_STARTS[month + 1])
    low, high = np.searchsorted(planned["at"], (first, last))
    return {name: values[low:high] for name, values in planned.items()}


def make_tickets(month, shop, rng):
    """The sale tickets of a month in order of time, as a dict of arrays."""
    persons, days = visits_of_month(month, shop, rng)
    count = len(persons)
    known = persons >= 0
    online_share = np.where(
        known, shop.people.online_share[persons], ANONYMOUS_ONLINE_SHARE
    )
    channel = np.where(chance(rng, count, online_share), ONLINE, IN_STORE)
    seconds = np.where(
        channel == ONLINE,
        seconds_of_day(rng, ONLINE_HOURS, count),
        seconds_of_day(rng, SHOP_HOURS, count),
    )
    planned = planned_of_month(month, shop.planned)
    tickets = {
        name: np.concatenate([np.full(count, NOTHING.get(name, -1)), planned[name]])
        for name in COLUMNS
    }
    tickets["person"][:count] = persons
    tickets["at"][:count] = moment(days, seconds)
    is_order = planned["purpose"] == ORDER_VISIT
    tickets["channel"] = np.concatenate([channel, np.where(is_order, DIRECT, IN_STORE)])
    order = np.argsort(tickets["at"], kind="stable")
    tickets = {name: values[order] for name, values in tickets.items()}
    tickets["day"] = day_of_moment(tickets["at"])
    tickets["store"] = stores_of(tickets, shop, rng)
    tickets["card"] = cards_of(tickets, shop, rng)
    by_chance = tickets["purpose"] < 0
    tickets["is_gift"] = by_chance & chance(rng, len(order), GIFT_SHARE)
    tickets["is_gift"] &= tickets["person"] >= 0
    return tickets


def stores_of(tickets, shop, rng):
    """The shop of each ticket: home, another, the online shop, or none (direct)."""
    person, count = tickets["person"], len(tickets["person"])
    away = (person < 0) | chance(rng, count, AWAY_SHARE)
    other = pick(rng, shop.stores.weight, count)
    place = np.where(away, other, shop.people.home_store[person])
    return np.choose(tickets["channel"], (place, shop.stores.online, -1))


def cards_of(tickets, shop, rng):
    """The card shown; an orphan's is a number beyond all cards, nobody's is -1."""
    person = tickets["person"]
    card = shop.people.any_card(rng, person, tickets["day"])
    unknown = shop.people.card_count.sum() + 900 + tickets["at"] % 90
    return np.select([person >= 0, person == ORPHAN], [card, unknown], -1)
