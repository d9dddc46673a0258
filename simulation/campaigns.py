"""Campaigns: promotions on the shelf, messages to members, coupons, acquisition.

A message campaign assigns members to treatment and control on its first day. Where an
effect is planted, a share of the treatment cell makes one visit more before the end
(a *planned* visit); nobody else is touched, so the planned sales are the true effect.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.columns import MISSING, YUAN, id_width, ids, labels, yuan
from simulation.days import (
    DAY_COUNT,
    LAST_MOMENT,
    SHOP_HOURS,
    day_of,
    moment,
    seconds_of_day,
)
from simulation.people import PERSON
from simulation.planned import COUPON_VISIT, RESPONSE_VISIT, PlannedVisits
from simulation.products import CATEGORIES
from simulation.randomness import chance, chosen


@dataclass(frozen=True)
class Campaign:
    """One row of `campaigns` and what is planted in it."""

    name: str
    campaign_type: str  # promotion, message, coupon, acquisition
    channel: str
    started_on: date
    ended_on: date
    planned_share: float | None = None  # of treatment
    real_share: float | None = None  # where it is not the planned one
    response_rate: float = 0.0  # share of treatment that makes one visit more
    minimum_spend: int = 0  # CNY before discount, of that visit
    coupon_face: int = 0  # CNY
    audience: str = ""  # active, lapsed
    categories: tuple = ()  # of a promotion
    discount: float = 0.0
    contact_cost: float = 0.0  # CNY each


CAMPAIGNS = (
    Campaign(
        "Singles' Day 2024",
        "promotion",
        "all",
        date(2024, 11, 8),
        date(2024, 11, 11),
        categories=("womenswear", "skincare", "appliances"),
        discount=0.20,
    ),
    Campaign(
        "Spring Festival 2025",
        "promotion",
        "store",
        date(2025, 1, 10),
        date(2025, 1, 27),
        categories=("tea", "snacks"),
        discount=0.12,
    ),
    Campaign(
        "March coupon 2025",
        "coupon",
        "sms",
        date(2025, 3, 10),
        date(2025, 4, 8),
        0.5,
        response_rate=0.35,
        minimum_spend=300,
        coupon_face=40,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        "Summer news 2025",
        "message",
        "email",
        date(2025, 7, 1),
        date(2025, 7, 30),
        0.5,
        audience="active",
        contact_cost=0.01,
    ),
    Campaign(
        "Singles' Day 2025",
        "promotion",
        "all",
        date(2025, 11, 7),
        date(2025, 11, 11),
        categories=("womenswear", "skincare", "appliances", "bedding"),
        discount=0.22,
    ),
    Campaign(
        "We miss you 2025",
        "message",
        "phone",
        date(2025, 12, 1),
        date(2025, 12, 30),
        0.5,
        response_rate=0.30,
        minimum_spend=250,
        audience="lapsed",
        contact_cost=3.5,
    ),
    Campaign(
        "Spring Festival 2026",
        "promotion",
        "store",
        date(2026, 1, 29),
        date(2026, 2, 15),
        categories=("tea", "snacks"),
        discount=0.12,
    ),
    Campaign(
        "March coupon 2026",
        "coupon",
        "sms",
        date(2026, 3, 9),
        date(2026, 4, 7),
        0.8,
        response_rate=0.35,
        minimum_spend=300,
        coupon_face=40,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        "Garden news 2026",
        "message",
        "email",
        date(2026, 5, 4),
        date(2026, 6, 2),
        0.5,
        audience="active",
        contact_cost=0.01,
    ),
    Campaign(
        "Midyear sale 2026",
        "promotion",
        "online",
        date(2026, 6, 15),
        date(2026, 6, 18),
        categories=("make-up", "kitchen"),
        discount=0.15,
    ),
    Campaign(
        "Summer thanks 2026",
        "message",
        "sms",
        date(2026, 7, 6),
        date(2026, 8, 4),
        response_rate=0.20,
        minimum_spend=200,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        "Autumn coupon 2026",
        "coupon",
        "sms",
        date(2026, 9, 7),
        date(2026, 10, 6),
        0.5,
        real_share=0.6,
        response_rate=0.40,
        minimum_spend=300,
        coupon_face=50,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        "Home fair 2026", "acquisition", "event", date(2026, 9, 7), date(2026, 9, 13)
    ),
    Campaign(
        "Social advertising",
        "acquisition",
        "social",
        date(2024, 11, 1),
        date(2026, 12, 31),
    ),
    Campaign(
        "Singles' Day 2026 coupon",
        "coupon",
        "email",
        date(2026, 10, 26),
        date(2026, 11, 11),
        0.5,
        coupon_face=30,
        audience="active",
        contact_cost=0.01,
    ),
)
FAIR = [c.name for c in CAMPAIGNS].index("Home fair 2026")
SOCIAL = [c.name for c in CAMPAIGNS].index("Social advertising")
REACH = 0.30  # of all persons, at most, for one message campaign
BLOCK = 10  # members of like activity are split within blocks of ten
PROMOTION_BUDGET = 20_000  # CNY for the sample; grows with the size
# response, the response it follows on, its share of those, hours until then at most
STEPS = (
    ("delivered", None, 0.96, 0.1),
    ("opened", "delivered", 0.45, 12),
    ("clicked", "opened", 0.30, 1),
    ("visited", "clicked", 0.40, 72),
    ("opted_out", "delivered", 0.01, 24),
)


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


def make_campaigns(size, people, consents, rng, sink):
    """Write the campaign tables; returns the planned visits of those who respond."""
    planned = PlannedVisits()
    contacts, responses, coupons, costs = 0, 0, 0, []
    width = max(5, id_width(size.person_count * 4))
    for number, campaign in enumerate(CAMPAIGNS):
        if not campaign.audience:
            costs.append(PROMOTION_BUDGET * size.person_count / 1_600)
            continue
        persons, is_treated = assign(people, consents, campaign, size, rng)
        count, start = len(persons), day_of(campaign.started_on)
        contacted_at = moment(np.full(count, start), 36_000 + np.arange(count) % 7_200)
        unit = round(campaign.contact_cost * YUAN)
        contact = contacts + 1 + np.arange(count)
        sink.add(
            "campaign_contacts",
            {
                "contact_id": ids("K", contact, width),
                "campaign_id": campaign_ids(np.full(count, number)),
                "member_id": people.member_ids(persons),
                "contacted_at": contacted_at,
                "channel": [campaign.channel] * count,
                "cell": labels(("control", "treatment"), is_treated.astype(int)),
                "cost_amount": np.where(is_treated, unit, 0),
            },
        )
        contacts += count
        costs.append(unit / YUAN * is_treated.sum())
        treated = np.flatnonzero(is_treated)
        buys = chosen(rng, treated, round(campaign.response_rate * len(treated)))
        last = min(day_of(campaign.ended_on), DAY_COUNT - 1)
        day = rng.integers(start + 1, last + 1, len(buys))
        bought_at = moment(day, seconds_of_day(rng, SHOP_HOURS, len(buys)))
        coupon_of = np.full(count, -1)
        if campaign.coupon_face:
            coupon_of[treated] = coupons + np.arange(len(treated))
            write_coupons(
                campaign,
                number,
                persons[treated],
                coupon_of[treated],
                contacted_at[treated],
                width,
                people,
                sink,
            )
            coupons += len(treated)
        planned.add(
            person=persons[buys],
            at=bought_at,
            purpose=COUPON_VISIT if campaign.coupon_face else RESPONSE_VISIT,
            minimum=campaign.minimum_spend * YUAN,
            campaign=number,
            coupon=coupon_of[buys],
            coupon_face=campaign.coupon_face * YUAN,
        )
        responses = write_responses(
            number,
            persons,
            contact,
            treated,
            contacted_at,
            buys,
            bought_at,
            responses,
            width,
            people,
            rng,
            sink,
        )
    write_campaigns(costs, sink)
    return planned


def write_coupons(campaign, number, persons, coupon, issued_at, width, people, sink):
    """Write the `coupons` of one campaign."""
    count = len(persons)
    sink.add(
        "coupons",
        {
            "coupon_id": coupon_ids(coupon, width),
            "campaign_id": campaign_ids(np.full(count, number)),
            "member_id": people.member_ids(persons),
            "issued_at": issued_at,
            "valid_from": np.full(count, day_of(campaign.started_on)),
            "valid_to": np.full(count, day_of(campaign.ended_on)),
            "face_amount": np.full(count, campaign.coupon_face * YUAN),
            "minimum_spend_amount": np.full(count, campaign.minimum_spend * YUAN),
        },
    )


def coupon_ids(positions, width):
    """Coupon ids; -1 gives null."""
    positions = np.asarray(positions)
    return ids("Q", np.where(positions < 0, -1, positions + 1), width)


def write_responses(
    number,
    persons,
    contact,
    treated,
    contacted_at,
    buys,
    bought_at,
    written,
    width,
    people,
    rng,
    sink,
):
    """Write `campaign_responses`; returns how many rows there are by now.

    Whoever buys was reached and has opened the message.
    """
    groups, moments = {None: treated}, {None: contacted_at}
    for name, after, share, hours in STEPS:
        some = groups[after][chance(rng, len(groups[after]), share)]
        groups[name] = (
            np.union1d(some, buys) if name in ("delivered", "opened") else some
        )
        delay = 20 + rng.integers(0, int(hours * 3_600), len(persons))
        moments[name] = moments[after] + delay
    del groups[None]
    words = [*groups, "bought"]
    who = np.concatenate([*groups.values(), buys])
    at = np.concatenate([*(moments[n][g] for n, g in groups.items()), bought_at])
    what = np.repeat(np.arange(len(words)), [*map(len, groups.values()), len(buys)])
    order = np.lexsort((what, who, at))
    order = order[at[order] <= LAST_MOMENT]
    who, at, what = who[order], at[order], what[order]
    sink.add(
        "campaign_responses",
        {
            "response_id": ids("R", written + 1 + np.arange(len(who)), width),
            "campaign_id": campaign_ids(np.full(len(who), number)),
            "member_id": people.member_ids(persons[who]),
            "contact_id": ids("K", contact[who], width),
            "responded_at": at,
            "response_type": labels(words, what),
        },
    )
    return written + len(who)


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
