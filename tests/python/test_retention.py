"""Cohorts, losses, comebacks, churn and migrations of real data, counted in pandas.

Written from the definitions, with sets and dates, apart from the SQL.
"""

import itertools
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

NAMES = ["foodmart", "online_retail", "cdnow"]
DAY = pd.Timedelta(days=1)


class Shop:
    """The days of a shop's customers, and its as-of day."""

    def __init__(self, name):
        self.raw = REAL_DATA / name / "raw"
        self.days = recount.read_days(self.raw)
        self.as_of = self.tickets_day("max")
        bought = self.days[self.days["is_purchase"]].sort_values("day")
        self.purchases = bought.groupby("customer_id")["day"].apply(list).to_dict()
        self.net = {
            (row.customer_id, row.day): row.net for row in self.days.itertuples()
        }

    def tickets_day(self, which):
        tickets = recount.read_raw(self.raw, "transactions")
        days = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
        return getattr(days, which)()

    def month_ends(self):
        ends = pd.date_range(self.tickets_day("min"), self.as_of, freq="ME")
        return [end for end in ends if end <= self.as_of]

    def losses(self):
        """Every silence of over 180 days: (customer, last day, next day or none)."""
        for customer, days in self.purchases.items():
            for last, back in itertools.pairwise([*days, None]):
                if ((back or self.as_of) - last).days > 180:
                    yield customer, last, back


@pytest.fixture(scope="module")
def shops():
    """Each shop is read once."""
    read = {}

    def shop(name):
        if name not in read:
            read[name] = Shop(name)
        return read[name]

    return shop


def money(units):
    return Decimal(int(units)) / 10_000


@pytest.mark.parametrize("name", NAMES)
def test_cohorts(real, shops, name):
    shop = shops(name)
    days = shop.days.copy()
    first = {customer: bought[0] for customer, bought in shop.purchases.items()}
    days["cohort"] = days["customer_id"].map(first).dt.to_period("M")
    days["month"] = days["day"].dt.to_period("M")
    days = days[days["month"] >= days["cohort"]]
    sizes = Counter(day.to_period("M") for day in first.values())
    buyers = days[days["is_purchase"]].groupby(["cohort", "month"])["customer_id"]
    buyers = buyers.nunique().to_dict()
    net = days.groupby(["cohort", "month"])["net"].sum().to_dict()
    last = shop.as_of.to_period("M")
    counted = {
        (cohort.start_time.date(), (month - cohort).n): (
            size,
            buyers.get((cohort, month), 0),
            recount.sixth(Fraction(buyers.get((cohort, month), 0), size)),
            money(net.get((cohort, month), 0)),
            month.end_time.normalize() <= shop.as_of,
        )
        for cohort, size in sizes.items()
        for month in pd.period_range(cohort, last)
    }
    told = work(
        real(name),
        "select cohort_month, months_since, customer_count, buyer_count, "
        "retention_rate, net_sales_amount, is_complete_month "
        "from retention.agg_cohort_months",
    )
    assert {(cohort, since): tuple(cell) for cohort, since, *cell in told} == counted


@pytest.mark.parametrize("name", NAMES)
def test_comebacks(real, shops, name):
    shop = shops(name)
    counted = {}
    for customer, last, back in shop.losses():
        if back is None:
            continue
        until = back + 90 * DAY
        later = [day for day in shop.purchases[customer] if back < day <= until]
        counted[customer, back.date()] = (
            (last + 181 * DAY).date(),
            (back - last).days,
            money(shop.net[customer, back]),
            bool(later) if until <= shop.as_of else None,
        )
    told = work(
        real(name),
        "select customer_id, came_back_on, lapsed_on, gap_days, "
        "comeback_net_sales_amount, is_active_later from retention.fct_winbacks",
    )
    assert counted
    assert {(customer, on): tuple(row) for customer, on, *row in told} == counted


@pytest.mark.parametrize("name", NAMES)
def test_returns_before_a_loss(real, shops, name):
    shop = shops(name)
    returns = defaultdict(list)
    for row in shop.days[shop.days["returns"] > 0].itertuples():
        returns[row.customer_id].append((row.day, row.returns))
    counted = {}
    for customer, last, _ in shop.losses():
        lost = last + 181 * DAY
        seen = [n for day, n in returns[customer] if last - 89 * DAY <= day < lost]
        counted[customer, lost.date()] = sum(seen)
    told = work(
        real(name),
        "select customer_id, lapsed_on, "
        "coalesce(sum(signal_count) filter (where signal_code = 'return'), 0) "
        "from retention.fct_churn_reasons group by customer_id, lapsed_on",
    )
    assert {(customer, lost): count for customer, lost, count in told} == counted


@pytest.mark.parametrize(
    ("name", "signal"),
    [("foodmart", "category_exit"), ("online_retail", "price_rise")],
)
def test_categories_left_and_prices_risen_before_a_loss(real, shops, name, signal):
    """Foodmart never raised a price on anyone, the online shop has no categories."""
    shop = shops(name)
    products = recount.read_raw(shop.raw, "products").set_index("product_id")
    categories = products.get("category", pd.Series(dtype=str)).dropna().to_dict()
    baskets = read_baskets(shop)
    counted = {}
    for customer, last, _ in shop.losses():
        start, habit = last - 89 * DAY, last - 179 * DAY
        basket = [item for item in baskets[customer] if habit <= item[1] <= last]
        lost = (last + 181 * DAY).date()
        for code, count in (
            ("category_exit", count_left(basket, start, categories)),
            ("price_rise", count_risen(basket, start)),
        ):
            if count:
                counted[customer, lost, code] = count
    told = work(
        real(name),
        "select customer_id, lapsed_on, signal_code, signal_count "
        "from retention.fct_churn_reasons "
        "where signal_code in ('category_exit', 'price_rise')",
    )
    assert {code for *_, code in counted} == {signal}
    assert {tuple(key): count for *key, count in told} == counted


def read_baskets(shop):
    """{customer: [(product, day, price of a unit)]}, by product and day."""
    lines = recount.read_raw(shop.raw, "transaction_lines")
    tickets = recount.read_raw(shop.raw, "transactions")
    cards = recount.read_raw(shop.raw, "cards")
    owners = cards.get("member_id", cards["card_id"])
    owner = dict(zip(cards["card_id"], owners, strict=True))
    if "transaction_type" in tickets:
        tickets = tickets[tickets["transaction_type"] != "return"]
    lines = lines[(lines["quantity"] > 0) & (lines["net_amount"] > 0)]
    lines = lines.merge(tickets[["transaction_id", "card_id", "occurred_at"]])
    lines["customer_id"] = lines["card_id"].map(owner)
    lines["day"] = pd.to_datetime(lines["occurred_at"]).dt.normalize()
    lines["net"] = recount.units(lines["net_amount"])
    lines["number"] = recount.units(lines["quantity"])
    keys = ["customer_id", "product_id", "day"]
    days = lines.groupby(keys, as_index=False)[["net", "number"]].sum()
    baskets = defaultdict(list)
    for row in days.itertuples():
        price = recount.sixth(Fraction(row.net, row.number))
        baskets[row.customer_id].append((row.product_id, row.day, price))
    return baskets


def count_left(basket, start, categories):
    """Categories bought on two days before `start` and not since."""
    before, lately = defaultdict(set), set()
    for product, day, _ in basket:
        if product in categories and day >= start:
            lately.add(categories[product])
        elif product in categories:
            before[categories[product]].add(day)
    return sum(len(days) > 1 and c not in lately for c, days in before.items())


def count_risen(basket, start):
    """Purchases from `start` on of products that cost a tenth less the time before."""
    return sum(
        product == same and day >= start and price * 10 >= earlier * 11
        for (same, _, earlier), (product, day, price) in itertools.pairwise(basket)
    )


def lost_by_days(bought, day):
    return (day - bought[-1]).days > 180


def lost_by_rhythm(bought, day):
    """None before the third gap."""
    gaps = [(late - early).days for early, late in itertools.pairwise(bought)]
    if len(gaps) < 3:
        return None
    return (day - bought[-1]).days > 3 * median(gaps)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("definition", "is_lost"), [("activity", lost_by_days), ("rhythm", lost_by_rhythm)]
)
def test_churn(real, shops, name, definition, is_lost):
    shop = shops(name)
    kept_before, lost_before, counted = set(), set(), {}
    for end in shop.month_ends():
        kept, lost = set(), set()
        for customer, days in shop.purchases.items():
            bought = [day for day in days if day <= end]
            state = is_lost(bought, end) if bought else None
            if state is not None:
                (lost if state else kept).add(customer)
        counted[end.date()] = (
            len(kept_before),
            len(kept - kept_before - lost_before),
            len(kept & lost_before),
            len(lost & kept_before),
            len(kept),
            recount.sixth(Fraction(len(lost & kept_before), len(kept_before)))
            if kept_before
            else None,
        )
        kept_before, lost_before = kept, lost
    told = work(
        real(name),
        "select month_end_on, opening_count, new_count, reactivated_count, lost_count, "
        "closing_count, churn_rate from retention.agg_churn_months "
        f"where definition_code = '{definition}'",
    )
    assert {end: tuple(row) for end, *row in told} == counted


@pytest.mark.parametrize("name", NAMES)
def test_migrations_of_tiers_and_stages(real, shops, name):
    shop = shops(name)
    before, counted = {}, defaultdict(lambda: [0, 0])
    for end in shop.month_ends():
        tiers = recount.pyramid(recount.window_buyers(shop.days, end))
        start = end + DAY - pd.DateOffset(months=12)
        window = shop.days[shop.days["day"].between(start, end)]
        net = window.groupby("customer_id")["net"].sum().to_dict()
        now = {}
        for customer, days in shop.purchases.items():
            if days[0] <= end:
                tier = tiers[customer][1] if customer in tiers else "N"
                stage = "repeat" if len(days) > 1 and days[1] <= end else "first"
                now[customer] = (tier, stage, net.get(customer, 0))
        for customer, (tier, stage, amount) in now.items():
            was = before.get(customer, ("newcomer", "newcomer", 0))
            for scheme, old, new in (("tier", was[0], tier), ("stage", was[1], stage)):
                cell = counted[scheme, end.date(), old, new]
                cell[0] += 1
                cell[1] += amount - was[2]
        before = now
    told = work(
        real(name),
        "select scheme_code, month_end_on, from_code, to_code, customer_count, "
        "net_sales_change_amount from retention.agg_segment_migrations "
        "where scheme_code in ('tier', 'stage')",
    )
    assert {tuple(key): (n, change) for *key, n, change in told} == {
        key: (n, money(change)) for key, (n, change) in counted.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_scenarios(real, shops, name):
    shop = shops(name)
    start = shop.as_of + DAY - pd.DateOffset(months=12)
    now = recount.window_buyers(shop.days, shop.as_of)
    then = set(recount.window_buyers(shop.days, start - DAY)["customer_id"])
    stayed = now[now["customer_id"].isin(then)]
    again = now[now["frequency"] > 1]
    counted = {}
    if then:
        counted["retention"] = (len(then), len(stayed), stayed["net"].sum())
    counted["repeat_share"] = (len(now), len(again), again["net"].sum())
    told = work(
        real(name),
        "select lever_code, customer_count, held_count, held_average_net_sales_amount, "
        "gained_customer_count from retention.agg_retention_scenarios "
        "where point_share = 0.05",
    )
    assert {lever: tuple(row) for lever, *row in told} == {
        lever: (
            base,
            held,
            round(recount.sixth(Fraction(int(net), 10_000 * held)), 4),
            min(Decimal(base) / 20, Decimal(base - held)),
        )
        for lever, (base, held, net) in counted.items()
    }
