"""The campaigns of the two years, and what is planted in each of them.

Where `response_rate` is given, that share of the treatment cell makes one visit more
before the end (a *planned* visit); nobody else is touched, so the planned sales are
the true effect. Without it a campaign has no effect at all.
"""

from dataclasses import dataclass
from datetime import date


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
        name="Singles' Day 2024",
        campaign_type="promotion",
        channel="all",
        started_on=date(2024, 11, 8),
        ended_on=date(2024, 11, 11),
        categories=("womenswear", "skincare", "appliances"),
        discount=0.20,
    ),
    Campaign(
        name="Spring Festival 2025",
        campaign_type="promotion",
        channel="store",
        started_on=date(2025, 1, 10),
        ended_on=date(2025, 1, 27),
        categories=("tea", "snacks"),
        discount=0.12,
    ),
    Campaign(
        name="March coupon 2025",
        campaign_type="coupon",
        channel="sms",
        started_on=date(2025, 3, 10),
        ended_on=date(2025, 4, 8),
        planned_share=0.5,
        response_rate=0.35,
        minimum_spend=300,
        coupon_face=40,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        name="Summer news 2025",
        campaign_type="message",
        channel="email",
        started_on=date(2025, 7, 1),
        ended_on=date(2025, 7, 30),
        planned_share=0.5,
        audience="active",
        contact_cost=0.01,
    ),
    Campaign(
        name="Singles' Day 2025",
        campaign_type="promotion",
        channel="all",
        started_on=date(2025, 11, 7),
        ended_on=date(2025, 11, 11),
        categories=("womenswear", "skincare", "appliances", "bedding"),
        discount=0.22,
    ),
    Campaign(
        name="We miss you 2025",
        campaign_type="message",
        channel="phone",
        started_on=date(2025, 12, 1),
        ended_on=date(2025, 12, 30),
        planned_share=0.5,
        response_rate=0.30,
        minimum_spend=250,
        audience="lapsed",
        contact_cost=3.5,
    ),
    Campaign(
        name="Spring Festival 2026",
        campaign_type="promotion",
        channel="store",
        started_on=date(2026, 1, 29),
        ended_on=date(2026, 2, 15),
        categories=("tea", "snacks"),
        discount=0.12,
    ),
    Campaign(
        name="March coupon 2026",
        campaign_type="coupon",
        channel="sms",
        started_on=date(2026, 3, 9),
        ended_on=date(2026, 4, 7),
        planned_share=0.8,
        response_rate=0.35,
        minimum_spend=300,
        coupon_face=40,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        name="Garden news 2026",
        campaign_type="message",
        channel="email",
        started_on=date(2026, 5, 4),
        ended_on=date(2026, 6, 2),
        planned_share=0.5,
        audience="active",
        contact_cost=0.01,
    ),
    Campaign(
        name="Midyear sale 2026",
        campaign_type="promotion",
        channel="online",
        started_on=date(2026, 6, 15),
        ended_on=date(2026, 6, 18),
        categories=("make-up", "kitchen"),
        discount=0.15,
    ),
    Campaign(
        name="Summer thanks 2026",
        campaign_type="message",
        channel="sms",
        started_on=date(2026, 7, 6),
        ended_on=date(2026, 8, 4),
        response_rate=0.20,
        minimum_spend=200,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        name="Autumn coupon 2026",
        campaign_type="coupon",
        channel="sms",
        started_on=date(2026, 9, 7),
        ended_on=date(2026, 10, 6),
        planned_share=0.5,
        real_share=0.6,
        response_rate=0.40,
        minimum_spend=300,
        coupon_face=50,
        audience="active",
        contact_cost=0.08,
    ),
    Campaign(
        name="Home fair 2026",
        campaign_type="acquisition",
        channel="event",
        started_on=date(2026, 9, 7),
        ended_on=date(2026, 9, 13),
    ),
    Campaign(
        name="Social advertising",
        campaign_type="acquisition",
        channel="social",
        started_on=date(2024, 11, 1),
        ended_on=date(2026, 12, 31),
    ),
    Campaign(
        name="Singles' Day 2026 coupon",
        campaign_type="coupon",
        channel="email",
        started_on=date(2026, 10, 26),
        ended_on=date(2026, 11, 11),
        planned_share=0.5,
        coupon_face=30,
        audience="active",
        contact_cost=0.01,
    ),
)
FAIR = [c.name for c in CAMPAIGNS].index("Home fair 2026")
SOCIAL = [c.name for c in CAMPAIGNS].index("Social advertising")
