"""Rhythms, usage and needs of real customers, counted again from the raw files.

Written from the definitions, in whole numbers and fractions where SQL has decimals.
"""

import itertools
import math
import statistics
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

USAGE_SCHEMES = {
    "bands": {"heavy": 20, "medium": 50, "light": 100},
    "halves": {"heavy": 50, "light": 100},
}


def purchase_days(name):
    """{customer: their purchase days in order}, and the last day of the data."""
    days = recount.read_days(REAL_DATA / name / "raw")
    bought = days[days["is_purchase"]].sort_values(["customer_id", "day"])
    dates = bought.groupby("customer_id")["day"].apply(list).to_dict()
    return dates, days["day"].max()


def gaps_between(days):
    return [(later - day).days for day, later in itertools.pairwise(days)]


def wheat_morrison(gaps):
    """k = (1 - 4v) / (8v); nothing for fewer than four gaps, or for equal ones."""
    parts = [
        Fraction(gap, gap + following) for gap, following in itertools.pairwise(gaps)
    ]
    if len(gaps) < 4 or set(parts) == {Fraction(1, 2)}:
        return None
    v = sum((part - Fraction(1, 2)) ** 2 for part in parts) / len(parts)
    return float((1 - 4 * v) / (8 * v))


def clumpiness(numbers, length):
    """Of days by their numbers among so many observed; none for fewer than two."""
    if len(numbers) < 2:
        return None
    moments = [0, *numbers, length + 1]
    shares = [
        (later - moment) / (length + 1) for moment, later in itertools.pairwise(moments)
    ]
    return 1 + sum(x * math.log(x) for x in shares) / math.log(len(numbers) + 1)


def near(told, counted):
    """Equal, to the sixth decimal."""
    if told is None or counted is None:
        return told is None and counted is None
    return math.isclose(told, counted, rel_tol=1e-6, abs_tol=1e-6)


@pytest.mark.parametrize("name", ["foodmart", "online_retail", "cdnow"])
def test_gaps_and_clumps_are_those_counted_again(real, name):
    customers, as_of = purchase_days(name)
    start = as_of + timedelta(days=1) - pd.DateOffset(months=12)
    start = max(start, min(days[0] for days in customers.values()))
    length = (as_of - start).days + 1
    told = work(
        real(name),
        "select customer_id, gap_count, median_gap_days, mean_gap_days, "
        "variation_coefficient, regularity_coefficient, clumpiness, overdue_ratio, "
        "observed_day_count from segments.seg_regularity",
    )
    assert {customer for customer, *_ in told} == set(customers)
    wrong = []
    for customer, count, median, mean, variation, k, clumped, overdue, observed in told:
        days = customers[customer]
        gaps = gaps_between(days)
        numbers = [(day - start).days + 1 for day in days if day >= start]
        middle = statistics.median(gaps) if gaps else None
        average = statistics.mean(gaps) if gaps else None
        spread = statistics.stdev(gaps) / average if len(gaps) > 1 else None
        since = (as_of - days[-1]).days
        is_right = (
            count == len(gaps)
            and observed == (length if numbers else None)
            and near(median, middle)
            and near(mean, average)
            and near(variation, spread)
            and near(k, wheat_morrison(gaps))
            and near(clumped, clumpiness(numbers, length))
            and near(overdue, since / middle if len(gaps) >= 3 else None)
        )
        if not is_right:
            wrong.append(customer)
    assert wrong == []


@pytest.mark.parametrize("name", ["foodmart", "cdnow"])
def test_next_purchases_are_due_when_counted_again(real, name):
    customers, _ = purchase_days(name)
    favourites = {}
    if name == "foodmart":
        sums = category_sums(name, since=None)
        best = sums.sort_values(
            ["bought", "quantity", "category"], ascending=[False, False, True]
        )
        favourites = best.groupby("customer_id")["category"].first().to_dict()
    middles = {
        customer: statistics.median(gaps_between(days))
        for customer, days in customers.items()
        if len(days) > 3
    }
    by_category = {}
    for customer, middle in middles.items():
        by_category.setdefault(favourites.get(customer), []).append(middle)
    typical = {
        category: statistics.median(values)
        for category, values in by_category.items()
        if category and len(values) >= 3
    }
    overall = statistics.median(middles.values())
    expected = {}
    for customer, days in customers.items():
        category = favourites.get(customer)
        if customer in middles:
            basis, gap = "own", middles[customer]
        elif category in typical:
            basis, gap = "category", typical[category]
        else:
            basis, gap = "everybody", overall
        due = days[-1] + timedelta(days=math.ceil(gap))
        expected[customer] = (category, basis, due.date())
    told = work(
        real(name),
        "select customer_id, main_category, due_basis_code, next_due_on "
        "from segments.seg_regularity",
    )
    assert {customer: tuple(values) for customer, *values in told} == expected


def category_sums(name, since):
    """One row per customer and category: units, money, and what was bought."""
    raw = REAL_DATA / name / "raw"
    cards, tickets = (
        recount.read_raw(raw, "cards"),
        recount.read_raw(raw, "transactions"),
    )
    lines = recount.read_raw(raw, "transaction_lines")
    owner = dict(zip(cards["card_id"], cards["member_id"], strict=True))
    categories = recount.read_raw(raw, "products").set_index("product_id")["category"]
    lines["category"] = lines["product_id"].map(categories)
    tickets["customer_id"] = tickets["card_id"].map(owner)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    lines = lines.merge(tickets[["transaction_id", "customer_id", "day"]])
    lines = lines.dropna(subset=["customer_id", "category"])
    if since is not None:
        lines = lines[lines["day"] >= since]
    lines["net"] = recount.units(lines["net_amount"])
    sells = (lines["net"] > 0) & (lines["quantity"] > 0)
    lines["bought"] = lines["net"].where(sells, 0)
    costs = lines["cost_amount"] if "cost_amount" in lines else lines["net_amount"]
    lines["margin"] = lines["net"] - recount.units(costs)
    return lines.groupby(["customer_id", "category"], as_index=False).agg(
        quantity=("quantity", "sum"),
        net=("net", "sum"),
        bought=("bought", "sum"),
        margin=("margin", "sum"),
        days=("day", "nunique"),
        last_day=("day", "max"),
    )


def window_sums(name):
    """The same, in the window, of those who bought in it."""
    customers, as_of = purchase_days(name)
    start = as_of + timedelta(days=1) - pd.DateOffset(months=12)
    buyers = [customer for customer, days in customers.items() if days[-1] >= start]
    sums = category_sums(name, start)
    return sums[sums["customer_id"].isin(buyers)]


def test_usage_is_that_counted_again(real):
    """FoodMart takes nothing back, so that every sum is of a purchase day."""
    sums = window_sums("foodmart")
    users = sums[sums["quantity"] > 0].sort_values(
        ["category", "quantity", "net", "margin", "days", "last_day", "customer_id"],
        ascending=[True, False, False, False, False, False, True],
    )
    expected, totals = {}, {}
    for category, rows in users.groupby("category"):
        ranked = list(zip(rows["customer_id"], rows["quantity"], strict=True))
        for scheme, classes in USAGE_SCHEMES.items():
            for rank, (customer, quantity) in enumerate(ranked, 1):
                usage = next(
                    code
                    for code, percent in classes.items()
                    if rank <= recount.top_count(len(ranked), percent)
                )
                expected[scheme, category, customer] = (rank, usage, int(quantity))
                key = (scheme, category, usage)
                count, units = totals.get(key, (0, 0))
                totals[key] = (count + 1, units + int(quantity))
    built = real("foodmart")
    told = work(
        built,
        "select scheme_code, category, customer_id, usage_rank, usage_code, unit_count "
        "from segments.seg_usage",
    )
    assert {tuple(row[:3]): tuple(row[3:]) for row in told} == expected
    told = work(
        built,
        "select scheme_code, category, usage_code, customer_count, unit_count, "
        "unit_share, light_index from segments.agg_usage where customer_count > 0",
    )
    assert len(told) == len(totals) > 200
    for scheme, category, usage, count, units, share, index in told:
        assert (count, units) == totals[scheme, category, usage]
        whole = sum(
            totals.get((scheme, category, code), (0, 0))[1]
            for code in USAGE_SCHEMES[scheme]
        )
        light = totals[scheme, category, "light"][1]
        assert share == recount.sixth(Fraction(int(units), whole))
        assert index == recount.sixth(Fraction(int(units), light))


def test_needs_are_those_counted_again(real):
    sums = window_sums("foodmart")
    bought = sums[sums["bought"] > 0]
    company = {
        category: int(amount)
        for category, amount in bought.groupby("category")["bought"].sum().items()
    }
    whole = sum(company.values())
    expected = {}
    for customer, rows in bought.groupby("customer_id"):
        amounts = {
            category: int(amount)
            for category, amount in zip(rows["category"], rows["bought"], strict=True)
        }
        own = sum(amounts.values())
        needs = []
        for category, amount in amounts.items():
            share = recount.sixth(Fraction(amount, own))
            index = recount.sixth(Fraction(amount * whole, own * company[category]))
            if share >= Decimal("0.2") and index >= Decimal("1.2"):
                needs.append((-index, -share, category))
        needs.sort()
        if needs:
            index, share, category = needs[0]
            second = needs[1][2] if len(needs) > 1 else None
            expected[customer] = (category, -index, -share, second)
    told = work(
        real("foodmart"),
        "select customer_id, need_category, need_index, own_share, runner_up_category "
        "from segments.seg_needs",
    )
    assert {customer: tuple(values) for customer, *values in told} == expected
    assert len(expected) > 1000
