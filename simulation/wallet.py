"""What cards hold: stored value and points, their movements and month-end balances.

Amounts are ten-thousandths of CNY; points are whole points in here. Balances roll
forward exactly: last month end + this month's movements = this month end. Cards issued
before the data starts may hold an opening balance on the day before it.
"""

from dataclasses import dataclass

import numpy as np

from simulation.columns import YUAN, ids, labels
from simulation.days import DAY_COUNT, DAY_SECONDS, MONTH_STARTS, date_of, moment
from simulation.randomness import chance

LOAD, REFUND, SPEND, EXPIRE, ADJUST = range(5)
MOVEMENTS = ("load", "refund", "spend", "expire", "adjust")
TOP_UPS = (200, 500, 1_000, 2_000)  # CNY: what the holder of a card pays in at a time
SPEND_SHARE = 0.75  # tickets of a stored-value card that are paid with it
POINTS_CARD_SHARE = 0.26  # cards that collect points
POINTS_PER_YUAN = 1
POINTS_OF_A_YUAN = 100  # price of one yuan, paid with points
LEAST_POINTS = 500
POINTS_SHARE = 0.12  # first tickets of the month partly paid with points
GOODWILL_POINTS = 50
GOODWILL_SHARE = 0.002  # cards in use that get some, each month
IDLE_EXPIRY_DAYS = 180  # without a ticket until 31 December: all points expire


@dataclass
class Wallet:
    """State per card, at the end of the last month told."""

    stored: np.ndarray
    points: np.ndarray
    top_up: np.ndarray
    holds_stored_value: np.ndarray
    earns_points: np.ndarray
    is_open: np.ndarray  # has had a movement or an opening balance
    last_used: np.ndarray  # day
    id_width: int
    movement_count: int = 0


def open_wallet(people, rng, sink):
    """Wallets with the opening balances of cards issued before the first day."""
    total = int(people.card_count.sum())
    person = np.repeat(np.arange(people.count), people.card_count)
    is_first = np.arange(total) == people.first_card[person]
    old = is_first & (people.joined[person] < 0) & ~people.is_house[person]
    holds = people.has_stored_value[person]
    opening = old & holds & chance(rng, total, 0.8)
    stored = np.where(opening, rng.integers(10, 400, total) * YUAN // 2, 0)
    earns_points = chance(rng, total, POINTS_CARD_SHARE)
    points = np.where(old & earns_points, rng.integers(20, 3_000, total), 0)
    wallet = Wallet(
        stored=stored,
        points=points,
        top_up=np.array(TOP_UPS)[rng.integers(0, len(TOP_UPS), total)] * YUAN,
        holds_stored_value=holds,
        earns_points=earns_points,
        is_open=(stored > 0) | (points > 0),
        last_used=np.where(old, -rng.integers(1, 400, total), -DAY_COUNT),
        id_width=max(6, len(str(total * 40))),
    )
    write_balances(wallet, -1, people, sink)
    return wallet


class Movements:
    """Movements of one month, collected kind by kind."""

    def __init__(self):
        self.parts = []

    def add(self, card, at, kind, stored=0, points=0):
        """Add movements; kind, amount and points are one for all or one each."""
        wide = [np.broadcast_to(v, len(card)) for v in (card, at, kind, stored, points)]
        self.parts.append(wide)

    def columns(self):
        """Card, moment, kind, stored value and points, in the order of time."""
        columns = [np.concatenate(c).astype(np.int64) for c in zip(*self.parts)]
        order = np.lexsort((columns[2], columns[0], columns[1]))
        return [c[order] for c in columns]


def points_payments(wallet, card, total, rng):
    """CNY that tickets pay with points: a card's first ticket of the month only."""
    pays = np.zeros(len(card), dtype=np.int64)
    known, first = np.unique(card, return_index=True)
    real = (known >= 0) & (known < len(wallet.points))
    known, first = known[real], first[real]
    able = (wallet.points[known] >= LEAST_POINTS) & (total[first] > 20 * YUAN)
    able &= chance(rng, len(known), POINTS_SHARE)
    known, first = known[able], first[able]
    half = total[first] // (2 * YUAN)
    pays[first] = np.minimum(wallet.points[known] // POINTS_OF_A_YUAN, half) * YUAN
    return pays


def transfer_merged(wallet, people, month, movements):
    """Move what merged cards hold to their successors, on the first of the month."""
    first = MONTH_STARTS[month]
    chains = np.flatnonzero(people.is_chain)
    for place, issued in ((0, people.second_issued), (1, people.third_issued)):
        old = people.first_card[chains[issued[chains] == first]] + place
        old = old[(wallet.stored[old] > 0) | (wallet.points[old] > 0)]
        at = moment(np.full(len(old), first), 300)
        movements.add(old, at, ADJUST, -wallet.stored[old], -wallet.points[old])
        movements.add(old + 1, at + 1, ADJUST, wallet.stored[old], wallet.points[old])
        for held in (wallet.stored, wallet.points):
            held[old + 1] += held[old]
            held[old] = 0


def stored_value_movements(wallet, card, at, paid, movements):
    """Loads, spends and refunds: whoever lacks money tops up five minutes before.

    `paid` is positive for a purchase, negative for a refund.
    """
    order = np.lexsort((at, card))
    card, at, paid = card[order], at[order], paid[order]
    if not len(card):
        return
    holder, start = np.unique(card, return_index=True)
    group = np.cumsum(np.isin(np.arange(len(card)), start)) - 1
    running = np.cumsum(paid)
    running -= (running[start] - paid[start])[group]
    unit = wallet.top_up[card]
    lacking = np.maximum(running - wallet.stored[card], 0)
    needed = -(-lacking // unit) * unit
    ladder = np.maximum.accumulate(needed + group * 10**12) - group * 10**12
    before = np.concatenate([[0], ladder[:-1]])
    before[start] = 0
    load = ladder - before
    tops = load > 0
    movements.add(card[tops], at[tops] - 300, LOAD, load[tops])
    spends = paid > 0
    movements.add(card[spends], at[spends], SPEND, -paid[spends])
    refunds = paid < 0
    movements.add(card[refunds], at[refunds], REFUND, -paid[refunds])
    end = np.append(start[1:], len(card)) - 1
    wallet.stored[holder] += ladder[end] - running[end]


def points_movements(wallet, card, at, net, paid_with_points, month, rng, movements):
    """Points spent at the till, earned at the month's end, given, expired."""
    spends = paid_with_points > 0
    cost = paid_with_points[spends] // YUAN * POINTS_OF_A_YUAN
    movements.add(card[spends], at[spends], SPEND, 0, -cost)
    wallet.points[card[spends]] -= cost
    total = len(wallet.points)
    bought = np.bincount(card, net, total).astype(np.int64) // YUAN
    earned = np.where(wallet.earns_points, bought * POINTS_PER_YUAN, 0)
    earns = np.flatnonzero(earned > 0)
    last_day = MONTH_STARTS[month + 1] - 1
    closing = moment(last_day, DAY_SECONDS - 900)
    movements.add(earns, np.full(len(earns), closing), LOAD, 0, earned[earns])
    wallet.points[earns] += earned[earns]
    wallet.last_used[card] = np.maximum(wallet.last_used[card], MONTH_STARTS[month])
    used = np.unique(card)
    used = used[wallet.earns_points[used]]
    given = used[chance(rng, len(used), GOODWILL_SHARE)]
    movements.add(given, np.full(len(given), closing + 60), ADJUST, 0, GOODWILL_POINTS)
    wallet.points[given] += GOODWILL_POINTS
    if date_of(last_day).month == 12:
        idle = (wallet.points > 0) & (wallet.last_used < last_day - IDLE_EXPIRY_DAYS)
        idle = np.flatnonzero(idle)
        lost = wallet.points[idle]
        movements.add(idle, np.full(len(idle), closing + 120), EXPIRE, 0, -lost)
        wallet.points[idle] = 0


def close_month(wallet, month, movements, people, sink):
    """Write the month's `card_movements` and `card_balances`."""
    card, at, kind, stored, points = movements.columns()
    number = wallet.movement_count + 1 + np.arange(len(card))
    wallet.movement_count += len(card)
    wallet.is_open[card] = True
    sink.add(
        "card_movements",
        {
            "movement_id": ids("V", number, wallet.id_width),
            "card_id": people.card_ids(card),
            "occurred_at": at,
            "movement_type": labels(MOVEMENTS, kind),
            "stored_value_amount": stored,
            "points": points * YUAN,
        },
        month,
    )
    assert (wallet.stored >= 0).all() and (wallet.points >= 0).all()
    write_balances(wallet, month, people, sink)


def write_balances(wallet, month, people, sink):
    """Write `card_balances` of a month end (-1: the day before the first)."""
    card = np.flatnonzero(wallet.is_open)
    sink.add(
        "card_balances",
        {
            "card_id": people.card_ids(card),
            "balanced_on": np.full(len(card), MONTH_STARTS[month + 1] - 1),
            "stored_value_amount": wallet.stored[card],
            "points": wallet.points[card] * YUAN,
        },
        month,
    )
