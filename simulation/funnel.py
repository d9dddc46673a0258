"""Leads, opportunities, their stage histories, and the orders of the deals won.

A history is drawn to its end and then cut at the last day, so that open leads and open
deals are those that had not come further by then.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from simulation.campaign_list import FAIR, SOCIAL
from simulation.campaigns import campaign_ids
from simulation.columns import FEN, MISSING, id_width, ids, labels
from simulation.days import (
    DAY_COUNT,
    DAY_SECONDS,
    LAST_MOMENT,
    day_of,
    day_of_moment,
    day_weights,
    moment,
    office_moment,
)
from simulation.members import STAFF_COUNT, staff_ids
from simulation.people import PERSON
from simulation.planned import ORDER_VISIT, PlannedVisits
from simulation.randomness import chance, pick

LEAD_STAGES = ("new", "contacted", "qualified", "converted", "disqualified")
NEW, CONTACTED, QUALIFIED, CONVERTED, DISQUALIFIED = range(5)
DEAL_STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation", "Won", "Lost")
PROSPECTING, QUALIFICATION, PROPOSAL, NEGOTIATION, WON, LOST = range(6)
SOURCES = ("website", "store visit", "referral", "social", "event")
SOURCE_WEIGHTS = (0.36, 0.24, 0.16, 0.24)
SOURCE_CHANNELS = ("online", "store", "phone", "online", "event")
EVENT = SOURCES.index("event")
LOST_REASONS = ("price", "competitor", "no budget", "no answer", "assortment")
LOST_REASON_WEIGHTS = (4, 3, 2, 3, 1)

CONVERTED_SHARE = 0.36  # of members who joined in the two years: came as a lead
LEADS_PER_PERSON = 1.15
CONTACT_RATE, QUALIFY_RATE, DISQUALIFY_RATE = 0.92, 0.60, 0.65
FAIR_WEEK = day_of(date(2026, 9, 7))  # Monday: the planted crisis
FAIR_LEADS_PER_PERSON = 0.035
FAIR_QUALIFIED_SHARE = 0.04  # of all leads of that week not converted, usually 0.60
DEALS_PER_COMPANY = 3.0
DEAL_STEP_RATES = (0.85, 0.80, 0.78, 0.62)  # from each open stage to the next
DEAL_STEP_DAYS = (7, 11, 12, 10)  # mean of the exponential
LOST_SHARE = 0.85  # of the deals that stop; the others stay open
NEVER_ENGAGED_SHARE = 0.03
SECOND_ORDER_SHARE = 0.1  # won deals delivered as two tickets


@dataclass
class Histories:
    """Moments at which each entity entered each stage; MISSING where it never did."""

    entered: np.ndarray  # entity × stage

    def cut(self):
        """Forget what had not happened by the end of the last day."""
        self.entered[self.entered > LAST_MOMENT] = MISSING
        return self

    def stage(self):
        """The stage entered last (the later one of two at the same moment)."""
        stages = self.entered.shape[1]
        return stages - 1 - np.argmax(self.entered[:, ::-1], axis=1)

    def write(self, entity_type, entity_ids, stages, sink):
        """Write `funnel_events`, entity by entity in the order of time."""
        entity, stage = np.nonzero(self.entered != MISSING)
        at = self.entered[entity, stage]
        order = np.lexsort((stage, at, entity))
        sink.add(
            "funnel_events",
            {
                "entity_type": [entity_type] * len(order),
                "entity_id": entity_ids.take(entity[order]),
                "stage": labels(stages, stage[order]),
                "entered_at": at[order],
            },
        )


def lag(rng, mean_days, count):
    """Seconds until the next step: whole days, at least one, and some minutes."""
    days = 1 + rng.exponential(mean_days, count).astype(np.int64)
    return days * DAY_SECONDS + rng.integers(0, 1_200, count)


def make_leads(size, people, rng, sink):
    """Write `leads`; returns their ids, members and moments of qualification."""
    joiners = np.flatnonzero(people.has_member & (people.joined >= 40))
    member = joiners[chance(rng, len(joiners), CONVERTED_SHARE)]
    fair = round(FAIR_LEADS_PER_PERSON * size.person_count)
    others = round(LEADS_PER_PERSON * size.person_count) - len(member) - fair

    before = rng.integers(8, 40, len(member))
    created_day = np.concatenate(
        [
            people.joined[member] - before,
            pick(rng, day_weights(), others),
            FAIR_WEEK + rng.integers(0, 5, fair),
        ]
    )
    count = len(created_day)
    created = office_moment(rng, created_day)
    is_fair = np.arange(count) >= count - fair
    order = np.lexsort((np.arange(count), created))
    person = np.concatenate([member, np.full(others + fair, -1)])[order]
    created, is_fair = created[order], is_fair[order]
    entered = lead_histories(rng, people, person, created, is_fair)
    histories = Histories(entered).cut()
    stage = histories.stage()

    source = np.where(is_fair, EVENT, pick(rng, SOURCE_WEIGHTS, count))
    campaign = np.where(is_fair, FAIR, np.where(source == 3, SOCIAL, -1))
    staff = rng.integers(1, STAFF_COUNT + 1, count)
    lead_ids = ids("L", np.arange(count) + 1, max(5, id_width(count)))
    person = np.where(stage == CONVERTED, person, -1)
    sink.add(
        "leads",
        {
            "lead_id": lead_ids,
            "created_at": created,
            "source": labels(SOURCES, source),
            "channel": labels(SOURCE_CHANNELS, source),
            "campaign_id": campaign_ids(campaign),
            "owner_staff_id": staff_ids(np.where(chance(rng, count, 0.95), staff, -1)),
            "status": labels(LEAD_STAGES, stage),
            "member_id": people.member_ids(person),
            "converted_at": entered[:, CONVERTED],
        },
    )
    histories.write("lead", lead_ids, LEAD_STAGES, sink)
    return lead_ids, person, entered


def lead_histories(rng, people, person, created, is_fair):
    """Moments of the stages of every lead, the future included."""
    count = len(created)
    entered = np.full((count, len(LEAD_STAGES)), MISSING)
    entered[:, NEW] = created
    converts = person >= 0
    contacted = converts | is_fair | chance(rng, count, CONTACT_RATE)
    week = (day_of_moment(created) - FAIR_WEEK) // 7
    rate = np.where(week == 0, FAIR_QUALIFIED_SHARE, QUALIFY_RATE)
    qualified = converts | (contacted & chance(rng, count, rate))
    fails = ~converts & chance(rng, count, DISQUALIFY_RATE)
    contacted_at = created + lag(rng, 1.0, count)
    qualified_at = contacted_at + lag(rng, 3.0, count)
    failed_at = np.where(qualified, qualified_at, contacted_at) + lag(rng, 14.0, count)
    second = 36_000 + rng.integers(0, 30_000, count)
    converted_at = moment(people.joined[person], second)
    early = created + (converted_at - created) // 4
    late = created + (converted_at - created) * 3 // 4
    contacted_at = np.where(converts, np.minimum(contacted_at, early), contacted_at)
    qualified_at = np.where(converts, np.minimum(qualified_at, late), qualified_at)
    entered[contacted, CONTACTED] = contacted_at[contacted]
    entered[qualified, QUALIFIED] = qualified_at[qualified]
    entered[converts, CONVERTED] = converted_at[converts]
    entered[fails, DISQUALIFIED] = failed_at[fails]
    return entered


def make_opportunities(people, leads, products, rng, sink):
    """Write `opportunities`; returns the planned orders and the opportunity ids.

    Companies and public bodies deal several times; qualified leads who are not
    members yet deal too, but win nothing before they have a card.
    """
    person, lead, created = deal_starts(people, leads, rng)
    count = len(person)
    engaged = ~chance(rng, count, NEVER_ENGAGED_SHARE)
    entered = deal_histories(rng, created, person, engaged)
    histories = Histories(entered).cut()
    stage = np.where(engaged, histories.stage(), PROSPECTING)
    is_won, is_lost = stage == WON, stage == LOST
    product = first_products(rng, products, count)
    amount = products.price[product] * rng.integers(4, 30, count) // FEN * FEN
    closed_at = np.maximum(entered[:, WON], entered[:, LOST])
    opportunity_ids = ids("O", np.arange(count) + 1, max(4, id_width(count)))
    reason = np.where(is_lost, pick(rng, LOST_REASON_WEIGHTS, count), -1)
    outcome = np.where(is_won, 1, np.where(is_lost, 0, -1))
    sink.add(
        "opportunities",
        {
            "opportunity_id": opportunity_ids,
            "created_at": np.where(engaged, created, MISSING),
            "lead_id": leads[0].take(pa.array(lead, mask=lead < 0)),
            "member_id": people.member_ids(person),
            "owner_staff_id": staff_ids(rng.integers(1, STAFF_COUNT + 1, count)),
            "product_id": products.ids(product),
            "stage": labels(DEAL_STAGES, stage),
            "amount": np.where(engaged, amount, MISSING),
            "closed_at": closed_at,
            "is_won": labels((False, True), outcome),
            "lost_reason": labels(LOST_REASONS, reason),
        },
    )
    histories.write("opportunity", opportunity_ids, DEAL_STAGES, sink)
    won = np.flatnonzero(is_won)
    orders = plan_orders(rng, person[won], closed_at[won], amount[won], won)
    return orders, opportunity_ids


def deal_starts(people, leads, rng):
    """Person (-1: not a member yet), lead (-1: none) and start of every deal."""
    _, lead_person, lead_entered = leads
    companies = np.flatnonzero((people.kind != PERSON) & (people.left > people.joined))
    deals = rng.poisson(DEALS_PER_COMPANY, len(companies))
    company = np.repeat(companies, deals)
    begin = np.clip(people.joined[company] + 3, 0, DAY_COUNT - 1)
    company_day = begin + (rng.random(len(company)) * (DAY_COUNT - begin)).astype(int)
    open_leads = (lead_person < 0) & (lead_entered[:, QUALIFIED] != MISSING)
    open_leads &= lead_entered[:, DISQUALIFIED] == MISSING
    lead = np.flatnonzero(open_leads & chance(rng, len(open_leads), 0.5))
    lead_day = day_of_moment(lead_entered[lead, QUALIFIED])
    created_day = np.concatenate([company_day, np.minimum(lead_day + 1, DAY_COUNT - 1)])
    created = office_moment(rng, created_day)
    order = np.lexsort((np.arange(len(created)), created))
    person = np.concatenate([company, np.full(len(lead), -1)])[order]
    lead_of_person = np.full(people.count, -1)
    known = lead_person >= 0
    lead_of_person[lead_person[known]] = np.flatnonzero(known)
    lead = np.concatenate([lead_of_person[company], lead])[order]
    return person, lead, created[order]


def first_products(rng, products, count):
    """The product each deal is about, as popular as in the shop, no services."""
    weights = np.where(products.return_rate > 0, products.popularity, 0)
    return pick(rng, weights, count)


def deal_histories(rng, created, person, engaged):
    """Moments of the stages of every deal, the future included."""
    count = len(created)
    entered = np.full((count, len(DEAL_STAGES)), MISSING)
    entered[engaged, PROSPECTING] = created[engaged]
    at, goes_on = created.copy(), engaged.copy()
    for step, (rate, days) in enumerate(zip(DEAL_STEP_RATES, DEAL_STEP_DAYS)):
        stays = goes_on.copy()
        goes_on = goes_on & chance(rng, count, rate)
        if step == len(DEAL_STEP_RATES) - 1:
            goes_on &= person >= 0
        stops = stays & ~goes_on & chance(rng, count, LOST_SHARE)
        lost_at = at + lag(rng, 15, count)
        entered[stops, LOST] = lost_at[stops]
        at = at + lag(rng, days, count)
        entered[goes_on, step + 1] = at[goes_on]
    return entered


def plan_orders(rng, person, closed_at, amount, opportunity):
    """The tickets of deals won: one each, a tenth in two on the same day."""
    twice = 1 + chance(rng, len(person), SECOND_ORDER_SHARE)
    part = np.repeat(np.arange(len(person)), twice)
    planned = PlannedVisits()
    planned.add(
        person=person[part],
        at=np.minimum(
            closed_at[part] + 60 * (1 + np.arange(len(part)) % 20), LAST_MOMENT
        ),
        purpose=ORDER_VISIT,
        minimum=amount[part] // twice[part],
        opportunity=opportunity[part],
    )
    return planned
