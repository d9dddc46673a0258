"""Customers: when they come and go, how often they buy, their cards and member rows.

A person is a customer in the sense of the warehouse: whoever stands behind one or more
cards after merges. Persons are numbered by the day they joined.
"""

from dataclasses import dataclass

import numpy as np

from simulation.columns import MISSING, id_width, ids
from simulation.days import (
    DAY_COUNT,
    MONTH_COUNT,
    MONTH_STARTS,
    WINDOW_START,
    day_weights,
)
from simulation.products import CATEGORIES
from simulation.randomness import chance, chosen, pick

OLD_SHARE = 0.42  # joined before the data starts
OLD_DAYS = 1_000  # … within so many days
LIFETIME_DAYS = 700  # mean of the exponential time until a customer falls silent
IDLE_SHARE = 0.08  # cards that are never used
RATE_SHAPE = 0.70  # of the gamma of buying rates: smaller is more unequal
PAUSE_SHARE = 0.10  # silent for 7 to 10 months, then back
SECOND_CARD_SHARE = 0.12
THIRD_CARD_SHARE = 0.03
CHAIN_SHARE = 0.04  # of early members: cards merged one into the next
THREE_IN_CHAIN_SHARE = 0.3  # of the chains: three cards long, the others two
NO_MEMBER_SHARE = 0.008  # cards without member_id
CARD_MARGIN = 130  # days at both ends of a membership without a further card
STORED_VALUE_SHARE = 0.22
BUSINESS_SHARE = 0.05
PUBLIC_SHARE = 0.02
RHYTHM_SHARE = 0.03  # buy every so many days, give or take one
ERASED_COUNT = 2
PERSON, BUSINESS, PUBLIC = range(3)
NEVER = 10 * DAY_COUNT


@dataclass
class People:
    """One entry per person; days as in days.py, NEVER for a day that does not come."""

    count: int
    kind: np.ndarray  # PERSON, BUSINESS, PUBLIC
    joined: np.ndarray
    left: np.ndarray  # first day of silence; equal to joined for an idle card
    pause_start: np.ndarray  # months, NEVER without a pause
    pause_end: np.ndarray
    rate: np.ndarray  # relative number of visits a day
    is_house: np.ndarray  # the card at the till, swiped for strangers
    is_regular: np.ndarray
    is_woman: np.ndarray
    loves_promotions: np.ndarray
    home_store: np.ndarray
    online_share: np.ndarray
    favourite: np.ndarray  # category
    satisfaction: np.ndarray  # 0 to 1
    has_stored_value: np.ndarray
    is_erased: np.ndarray
    first_card: np.ndarray
    card_count: np.ndarray
    is_chain: np.ndarray
    second_issued: np.ndarray  # day, NEVER without one
    third_issued: np.ndarray
    has_member: np.ndarray
    member_number: np.ndarray  # 1 …, -1 for a card without member
    member_width: int
    card_width: int
    duplicate_of: np.ndarray  # persons whose first card had a member id of its own

    def member_ids(self, persons):
        """Member ids of persons; -1 or a person without member gives null."""
        persons = np.asarray(persons)
        number = np.where(persons < 0, -1, self.member_number[persons])
        return ids("M", number, self.member_width)

    def card_ids(self, cards):
        """Card ids of card positions; -1 gives null."""
        cards = np.asarray(cards)
        return ids("C", np.where(cards < 0, -1, cards + 1), self.card_width)

    def cards_issued(self, persons, days):
        """How many cards each person holds or has held on a day."""
        second = days >= self.second_issued[persons]
        return 1 + second + (days >= self.third_issued[persons])

    def any_card(self, rng, persons, days):
        """A card that each person may show on a day: of a chain only the last."""
        issued = self.cards_issued(persons, days)
        which = (rng.random(len(persons)) * issued).astype(np.int64)
        which = np.where(self.is_chain[persons], issued - 1, which)
        return self.first_card[persons] + which

    def successors(self, cards, persons, days):
        """The cards that stand for these cards on a later day, after merges."""
        last = self.first_card[persons] + self.cards_issued(persons, days) - 1
        return np.where((persons >= 0) & self.is_chain[persons], last, cards)


def join_days(rng, count):
    """Days of joining, ascending: before the data starts, then as business goes."""
    old = round(OLD_SHARE * count)
    before = -1 - rng.integers(0, OLD_DAYS, old)
    return np.sort(np.concatenate([before, pick(rng, day_weights(), count - old)]))


def count_cards(rng, joined, has_member):
    """How many cards each person comes to hold, and whether they form a chain."""
    count = len(joined)
    draw = rng.random(count)
    more = (draw < SECOND_CARD_SHARE + THIRD_CARD_SHARE) + 1 * (draw < THIRD_CARD_SHARE)
    roomy = (joined < DAY_COUNT - 200) & has_member
    is_chain = roomy & (joined < 200) & chance(rng, count, CHAIN_SHARE)
    in_chain = 2 + chance(rng, count, THREE_IN_CHAIN_SHARE)
    return np.where(is_chain, in_chain, np.where(roomy, 1 + more, 1)), is_chain


def issue_days(rng, joined, card_count, is_chain):
    """Days of the second and third card; a chain's on the first of a month."""
    begin = np.maximum(joined, 0)
    room = DAY_COUNT - begin - CARD_MARGIN
    shares = np.sort(rng.random((2, len(joined))), axis=0)
    days = begin + 31 + (shares * room).astype(np.int64)
    days = np.where(is_chain, next_month(days), days)
    days[1] = np.where(is_chain & (days[1] <= days[0]), next_month(days[0]), days[1])
    second = np.where(card_count >= 2, days[0], NEVER)
    third = np.where(card_count >= 3, np.maximum(days[1], days[0] + 1), NEVER)
    return second, third


def next_month(days):
    """The first of the month after each day."""
    place = np.searchsorted(MONTH_STARTS, days, side="right")
    return MONTH_STARTS[np.minimum(place, MONTH_COUNT - 1)]


def make_people(size, stores, rng):
    """Make the persons and their cards; nothing is written yet."""
    count = size.person_count
    joined = join_days(rng, count)
    begin = np.maximum(joined, 0)
    left = begin + 1 + rng.exponential(LIFETIME_DAYS, count).astype(np.int64)
    left = np.where(chance(rng, count, IDLE_SHARE), joined, left)
    pauses = chance(rng, count, PAUSE_SHARE)
    pause_start = np.where(pauses, rng.integers(1, 14, count), NEVER)
    pause_end = np.where(pauses, pause_start + rng.integers(7, 11, count), NEVER)
    kind = pick(
        rng, (1 - BUSINESS_SHARE - PUBLIC_SHARE, BUSINESS_SHARE, PUBLIC_SHARE), count
    )

    early = np.flatnonzero((joined < 60) & (left > 400) & (kind == PERSON))
    is_house = np.zeros(count, dtype=bool)
    is_house[early[len(early) // 2]] = True
    has_member = ~chance(rng, count, NO_MEMBER_SHARE) & ~is_house | (kind != PERSON)

    card_count, is_chain = count_cards(rng, joined, has_member)
    second, third = issue_days(rng, joined, card_count, is_chain)

    forgettable = (joined < 0) & (left > 200) & (kind == PERSON) & has_member
    forgettable = np.flatnonzero(forgettable & ~is_chain & ~pauses)
    is_erased = np.zeros(count, dtype=bool)
    is_erased[chosen(rng, forgettable, ERASED_COUNT)] = True
    left[is_erased] = np.minimum(left[is_erased], WINDOW_START - 30)

    is_woman = chance(rng, count, 0.62)
    rate = rng.gamma(RATE_SHAPE, 1.0, count) + 0.04
    rate[is_house] = 12.0
    left[is_house] = NEVER
    chains = np.flatnonzero(is_chain)
    duplicates = chosen(rng, chains, max(1, len(chains) // 3))
    members = int(has_member.sum()) + len(duplicates)
    return People(
        count=count,
        kind=kind,
        joined=joined,
        left=left,
        pause_start=pause_start,
        pause_end=pause_end,
        rate=rate,
        is_house=is_house,
        is_regular=chance(rng, count, RHYTHM_SHARE) & (left > begin + 90) & ~is_house,
        is_woman=is_woman,
        loves_promotions=chance(rng, count, 0.2),
        home_store=pick(rng, stores.weight, count),
        online_share=rng.beta(1.2, 6.0, count),
        favourite=favourite_categories(rng, is_woman),
        satisfaction=rng.beta(4.0, 1.6, count),
        has_stored_value=chance(rng, count, STORED_VALUE_SHARE) & ~is_house,
        is_erased=is_erased,
        first_card=np.cumsum(card_count) - card_count,
        card_count=card_count,
        is_chain=is_chain,
        second_issued=second,
        third_issued=third,
        has_member=has_member,
        member_number=np.where(has_member, np.cumsum(has_member), -1),
        member_width=max(5, id_width(members)),
        card_width=max(5, id_width(card_count.sum())),
        duplicate_of=duplicates,
    )


def favourite_categories(rng, is_woman):
    """The category that a person buys most, by gender and size of the category."""
    share = np.array([0 if c.is_service else c.line_share for c in CATEGORIES])
    names = [c.name for c in CATEGORIES]
    men = share.copy()
    men[[names.index(n) for n in ("womenswear", "make-up")]] *= 0.1
    women = share.copy()
    women[names.index("menswear")] *= 0.3
    return np.where(
        is_woman, pick(rng, women, len(is_woman)), pick(rng, men, len(is_woman))
    )


def write_cards(people, stores, rng, sink):
    """Write `cards`: chains point to their next card, only survivors stay active."""
    total = int(people.card_count.sum())
    person = np.repeat(np.arange(people.count), people.card_count)
    place = np.arange(total) - people.first_card[person]
    issued = np.choose(
        place,
        (
            people.joined[person],
            people.second_issued[person],
            people.third_issued[person],
        ),
    )
    is_last = place == people.card_count[person] - 1
    is_merged = people.is_chain[person] & ~is_last
    merged_into = np.where(is_merged, np.arange(total) + 1, -1)
    next_issued = np.append(issued[1:], 0)
    silent = people.left[person] < DAY_COUNT - 200
    is_closed = ~is_merged & silent & chance(rng, total, 0.15)
    closed_on = np.where(is_merged, next_issued, MISSING)
    closed_on = np.where(
        is_closed, np.minimum(people.left[person] + 190, DAY_COUNT - 1), closed_on
    )
    number = people.member_number[person]
    extra = people.has_member.sum() + 1 + np.arange(len(people.duplicate_of))
    number[people.first_card[people.duplicate_of]] = extra
    card_type = np.select(
        [
            people.is_house[person],
            people.has_stored_value[person],
            people.rate[person] > 1.6,
        ],
        ["house", "stored_value", "gold"],
        "standard",
    )
    sink.add(
        "cards",
        {
            "card_id": people.card_ids(np.arange(total)),
            "member_id": ids("M", number, people.member_width),
            "card_type": card_type.astype(object),
            "status": np.select(
                [is_merged, is_closed], ["merged", "closed"], "active"
            ).astype(object),
            "issued_on": issued,
            "closed_on": closed_on,
            "issued_store_id": stores.ids(people.home_store[person]),
            "merged_into_card_id": people.card_ids(merged_into),
        },
    )
