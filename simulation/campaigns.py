"""Campaigns: promotions on the shelf, messages to members, coupons, acquisition.

A mailing assigns members to treatment and control on its first day. What is planted in
it is told in campaign_list.py.
"""

from dataclasses import dataclass

import numpy as np

from simulation.campaign_list import CAMPAIGNS, Campaign
from simulation.columns import MISSING, YUAN, id_width, ids, labels, yuan
from simulation.days import (
    DAY_COUNT,
    LAST_MOMENT,
    SHOP_HOURS,
    day_of,
    moment,
    seconds_of_day,
)
from simulation.people import PERSON, People
from simulation.planned import COUPON_VISIT, RESPONSE_VISIT, PlannedVisits
from simulation.products import CATEGORIES
from simulation.randomness import chance, chosen

REACH = 0.30  # of all persons, at most, for one message campaign
BLOCK = 10  # members of like activity are split within blocks of ten
PROMOTION_COST = 12.5  # CNY for each person with a card
CONTACTS_FROM = 36_000  # second of the day of the first contact, one a second
# response, the response it follows on, its share of those, hours until then at most
STEPS = (
    ("delivered", None, 0.96, 0.1),
    ("opened", "delivered", 0.45, 12),
    ("clicked", "opened", 0.30, 1),
    ("visited", "clicked", 0.40, 72),
    ("opted_out", "delivered", 0.01, 24),
)


@dataclass
class Mailing:
    """A campaign with its contacts: one entry per person, positions among them."""

    number: int
    campaign: Campaign
    first: int  # contacts written before
    persons: np.ndarray
    is_treated: np.ndarray
    buyers: np.ndarray  # positions of those who make the planned visit
    bought_at: np.ndarray  # their moments

    @property
    def treated(self):
        """Positions of the treatment cell."""
        return np.flatnonzero(self.is_treated)

    @property
    def contacts(self):
        """Contact numbers, which coupons share."""
        return self.first + 1 + np.arange(len(self.persons))

    @property
    def contacted_at(self):
        """Moments of contact, or of assignment."""
        second = CONTACTS_FROM + np.arange(len(self.persons)) % 7_200
        return moment(day_of(self.campaign.started_on), second)


@dataclass
class Desk:
    """What every table of the campaigns is written with."""

    people: People
    width: int  # digits of the ids
    rng: np.random.Generator
    sink: object


@dataclass
class Promotions:
    """Which promotion runs, by day and category; -1 and 0 where none does."""

    campaign: np.ndarray
    discount: np.ndarray


def campaign_ids(positions):
    """Campaign ids; -1 gives null."""
    positions = np.asarray(positions)
    return ids("CMP", np.where(positions < 0, -1, positions + 1), 2)


def make_promotions():
    """The calendar of shelf promotions."""
    shape = (DAY_COUNT, len(CATEGORIES))
    promotions = Promotions(np.full(shape, -1), np.zeros(shape))
    names = [c.name for c in CATEGORIES]
    for number, campaign in enumerate(CAMPAIGNS):
        days = slice(day_of(campaign.started_on), day_of(campaign.ended_on) + 1)
        for name in campaign.categories:
            promotions.campaign[days, names.index(name)] = number
            promotions.discount[days, names.index(name)] = campaign.discount
    return promotions


def assign(people, consents, campaign, size, rng):
    """The persons of a campaign, those in treatment marked, stratified by activity."""
    start = day_of(campaign.started_on)
    able = people.has_member & ~people.is_erased & (people.joined < start - 7)
    able &= consents[campaign.channel] & (people.kind == PERSON)
    if campaign.audience == "active":
        able &= people.left > start - 120
    else:
        able &= (people.left < start - 60) & (people.left > people.joined)
    persons = np.flatnonzero(able)
    reach = min(len(persons), int(REACH * size.person_count)) // BLOCK * BLOCK
    persons = chosen(rng, persons, reach)
    order = persons[np.lexsort((persons, people.rate[persons]))]
    block = np.arange(reach) // BLOCK
    shuffled = order[np.lexsort((rng.random(reach), block))]
    share = campaign.real_share or campaign.planned_share or 1.0
    is_treated = np.arange(reach) % BLOCK < round(share * BLOCK)
    back = np.argsort(shuffled)
    return shuffled[back], is_treated[back]


def send(number, campaign, first, size, consents, desk):
    """Choose who is contacted, who is treated, and who of these buys, and when."""
    persons, is_treated = assign(desk.people, consents, campaign, size, desk.rng)
    treated = np.flatnonzero(is_treated)
    buyer_count = round(campaign.response_rate * len(treated))
    buyers = chosen(desk.rng, treated, buyer_count)
    last = min(day_of(campaign.ended_on), DAY_COUNT - 1)
    day = desk.rng.integers(day_of(campaign.started_on) + 1, last + 1, buyer_count)
    bought_at = moment(day, seconds_of_day(desk.rng, SHOP_HOURS, buyer_count))
    return Mailing(number, campaign, first, persons, is_treated, buyers, bought_at)


def make_campaigns(size, people, consents, rng, sink):
    """Write the campaign tables; returns the planned visits of those who respond."""
    desk = Desk(people, contact_width(size), rng, sink)
    planned = PlannedVisits()
    contacts, responses, costs = 0, 0, []
    for number, campaign in enumerate(CAMPAIGNS):
        if not campaign.audience:
            costs.append(PROMOTION_COST * size.person_count)
            continue
        mailing = send(number, campaign, contacts, size, consents, desk)
        contacts += len(mailing.persons)
        costs.append(campaign.contact_cost * mailing.is_treated.sum())
        write_contacts(mailing, desk)
        if campaign.coupon_face:
            write_coupons(mailing, desk)
        responses += write_responses(mailing, responses, desk)
        plan_responses(mailing, planned)
    write_campaigns(costs, sink)
    return planned


def contact_width(size):
    """Digits of the ids of contacts, coupons, responses and redemptions."""
    return max(5, id_width(size.person_count * 4))


def plan_responses(mailing, planned):
    """Add the visits that the campaign brings about."""
    campaign = mailing.campaign
    planned.add(
        person=mailing.persons[mailing.buyers],
        at=mailing.bought_at,
        purpose=COUPON_VISIT if campaign.coupon_face else RESPONSE_VISIT,
        minimum=campaign.minimum_spend * YUAN,
        campaign=mailing.number,
        coupon=mailing.contacts[mailing.buyers] if campaign.coupon_face else -1,
        coupon_face=campaign.coupon_face * YUAN,
    )


def write_contacts(mailing, desk):
    """Write the `campaign_contacts` of one campaign."""
    count, campaign = len(mailing.persons), mailing.campaign
    desk.sink.add(
        "campaign_contacts",
        {
            "contact_id": ids("K", mailing.contacts, desk.width),
            "campaign_id": campaign_ids(np.full(count, mailing.number)),
            "member_id": desk.people.member_ids(mailing.persons),
            "contacted_at": mailing.contacted_at,
            "channel": [campaign.channel] * count,
            "cell": labels(("control", "treatment"), mailing.is_treated.astype(int)),
            "cost_amount": yuan(campaign.contact_cost * mailing.is_treated),
        },
    )


def write_coupons(mailing, desk):
    """Write the `coupons` of one campaign: one for each member in treatment."""
    treated, campaign = mailing.treated, mailing.campaign
    count = len(treated)
    desk.sink.add(
        "coupons",
        {
            "coupon_id": coupon_ids(mailing.contacts[treated], desk.width),
            "campaign_id": campaign_ids(np.full(count, mailing.number)),
            "member_id": desk.people.member_ids(mailing.persons[treated]),
            "issued_at": mailing.contacted_at[treated],
            "valid_from": np.full(count, day_of(campaign.started_on)),
            "valid_to": np.full(count, day_of(campaign.ended_on)),
            "face_amount": np.full(count, campaign.coupon_face * YUAN),
            "minimum_spend_amount": np.full(count, campaign.minimum_spend * YUAN),
        },
    )


def coupon_ids(numbers, width):
    """Coupon ids; -1 gives null."""
    return ids("Q", numbers, width)


def respond(mailing, rng):
    """Who responds how and when, in the order of time.

    Whoever buys was reached and has opened the message.
    """
    groups, moments = {None: mailing.treated}, {None: mailing.contacted_at}
    for name, after, share, hours in STEPS:
        some = groups[after][chance(rng, len(groups[after]), share)]
        is_needed = name in ("delivered", "opened")
        groups[name] = np.union1d(some, mailing.buyers) if is_needed else some
        delay = 20 + rng.integers(0, int(hours * 3_600), len(mailing.persons))
        moments[name] = moments[after] + delay
    parts = [(groups[name], moments[name][groups[name]]) for name, *_ in STEPS]
    parts.append((mailing.buyers, mailing.bought_at))
    who, at = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    what = np.repeat(np.arange(len(parts)), [len(group) for group, _ in parts])
    order = np.lexsort((what, who, at))
    order = order[at[order] <= LAST_MOMENT]
    return who[order], at[order], what[order]


def write_responses(mailing, written, desk):
    """Write the `campaign_responses` of one campaign; returns how many."""
    who, at, what = respond(mailing, desk.rng)
    count = len(who)
    desk.sink.add(
        "campaign_responses",
        {
            "response_id": ids("R", written + 1 + np.arange(count), desk.width),
            "campaign_id": campaign_ids(np.full(count, mailing.number)),
            "member_id": desk.people.member_ids(mailing.persons[who]),
            "contact_id": ids("K", mailing.contacts[who], desk.width),
            "responded_at": at,
            "response_type": labels([*(name for name, *_ in STEPS), "bought"], what),
        },
    )
    return count


def write_campaigns(costs, sink):
    """Write `campaigns`; the budget is a tenth above the cost, rounded up."""
    shares = [c.planned_share for c in CAMPAIGNS]
    cost = yuan(costs)
    sink.add(
        "campaigns",
        {
            "campaign_id": campaign_ids(np.arange(len(CAMPAIGNS))),
            "campaign_name": [c.name for c in CAMPAIGNS],
            "campaign_type": [c.campaign_type for c in CAMPAIGNS],
            "channel": [c.channel for c in CAMPAIGNS],
            "started_on": np.array([day_of(c.started_on) for c in CAMPAIGNS]),
            "ended_on": np.array([day_of(c.ended_on) for c in CAMPAIGNS]),
            "budget_amount": -(-(cost * 11 // 10) // (100 * YUAN)) * 100 * YUAN,
            "cost_amount": cost,
            "planned_treatment_share": np.array(
                [MISSING if s is None else round(s * YUAN) for s in shares]
            ),
        },
    )
