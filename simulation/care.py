"""Service tickets and surveys."""

import numpy as np

from simulation.columns import MISSING, YUAN, id_width, ids, labels, yuan
from simulation.days import DAY_COUNT, DAY_SECONDS, LAST_MOMENT, office_moment
from simulation.randomness import chance, pick

TICKETS_PER_PERSON = 0.35
COMPLAINT_BEFORE_LEAVING = 0.10  # of those who fall silent: a complaint shortly before
CHANNELS = ("phone", "chat", "store", "email")
CHANNEL_WEIGHTS = (0.35, 0.40, 0.15, 0.10)
UNIT_COSTS = np.array([18.0, 6.5, 12.0, 8.0])  # CNY a ticket, by channel
TYPES = ("question", "delivery", "quality", "refund", "repair")
TYPE_WEIGHTS = (0.34, 0.22, 0.20, 0.16, 0.08)
COMPLAINT_SHARES = np.array([0.03, 0.35, 0.60, 0.40, 0.15])  # by type
SURVEYS_PER_PERSON = 0.7
# question: survey, weight, lowest and highest score
QUESTIONS = (
    ("nps", "relationship", 0.5, 0, 10),
    ("csat", "after the visit", 0.3, 1, 5),
    ("ces", "after the service", 0.2, 1, 7),
)
ANONYMOUS_SHARE = 0.12


def active_days(rng, people, persons):
    """A day in the two years on which each person was about."""
    low = np.clip(people.joined[persons], 0, DAY_COUNT - 1)
    high = np.clip(people.left[persons], low + 1, DAY_COUNT)
    return low + (rng.random(len(persons)) * (high - low)).astype(np.int64)


def make_service_tickets(size, people, rng, sink):
    """Write `service_tickets`."""
    able = np.flatnonzero(people.has_member & (people.left > people.joined))
    usual = able[
        rng.integers(0, len(able), round(TICKETS_PER_PERSON * size.person_count))
    ]
    leaving = able[(people.left[able] < DAY_COUNT - 60) & (people.left[able] > 40)]
    leaving = leaving[chance(rng, len(leaving), COMPLAINT_BEFORE_LEAVING)]
    before = people.left[leaving] - rng.integers(3, 30, len(leaving))
    leaving_day = np.maximum(before, np.maximum(people.joined[leaving], 0))
    day = np.concatenate([active_days(rng, people, usual), leaving_day])
    person = np.concatenate([usual, leaving])
    opened = office_moment(rng, day)
    order = np.lexsort((person, opened))
    person, opened, count = person[order], opened[order], len(order)
    kind = pick(rng, TYPE_WEIGHTS, count)
    complains = chance(rng, count, COMPLAINT_SHARES[kind]) | (order >= len(usual))
    channel = pick(rng, CHANNEL_WEIGHTS, count)
    replied = opened + 60 + rng.exponential(5 * 3_600, count).astype(np.int64)
    closed = replied + 300 + rng.exponential(2 * DAY_SECONDS, count).astype(np.int64)
    replied = np.where(replied > LAST_MOMENT, MISSING, replied)
    closed = np.where(
        (closed > LAST_MOMENT) | chance(rng, count, 0.02), MISSING, closed
    )
    nobody = chance(rng, count, 0.05)
    sink.add(
        "service_tickets",
        {
            "ticket_id": ids("W", np.arange(count) + 1, max(4, id_width(count))),
            "member_id": people.member_ids(np.where(nobody, -1, person)),
            "opened_at": opened,
            "first_replied_at": replied,
            "closed_at": closed,
            "channel": labels(CHANNELS, channel),
            "ticket_type": labels(TYPES, kind),
            "is_complaint": complains,
            "cost_amount": yuan(UNIT_COSTS[channel] * rng.uniform(0.5, 1.5, count)),
        },
    )


def make_surveys(size, people, stores, rng, sink):
    """Write `surveys`: scores follow a person's satisfaction, with noise."""
    able = np.flatnonzero(people.has_member & (people.left > people.joined))
    count = round(SURVEYS_PER_PERSON * size.person_count)
    person = able[rng.integers(0, len(able), count)]
    answered = office_moment(rng, active_days(rng, people, person))
    order = np.lexsort((person, answered))
    person, answered = person[order], answered[order]
    question = pick(rng, [q[2] for q in QUESTIONS], count)
    low = np.array([q[3] for q in QUESTIONS])[question]
    high = np.array([q[4] for q in QUESTIONS])[question]
    feeling = people.satisfaction[person] + rng.normal(0, 0.12, count)
    feeling = np.where(chance(rng, count, 0.06), rng.random(count) * 0.4, feeling)
    score = np.clip(np.rint(low + feeling * 1.12 * (high - low)), low, high)
    nobody = chance(rng, count, ANONYMOUS_SHARE)
    sink.add(
        "surveys",
        {
            "response_id": ids("Y", np.arange(count) + 1, max(4, id_width(count))),
            "member_id": people.member_ids(np.where(nobody, -1, person)),
            "store_id": stores.ids(people.home_store[person]),
            "responded_at": answered,
            "survey_name": labels([q[1] for q in QUESTIONS], question),
            "question": labels([q[0] for q in QUESTIONS], question),
            "score": score.astype(np.int64) * YUAN,
            "scale_max": high * YUAN,
        },
    )
