"""Pairs, ticket sizes and what else is bought by whom, of real data, in pandas.

Written from the definitions, with sets, apart from the SQL.
"""

import itertools
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from scipy.stats import chi2_contingency
from shop import build_models, work, write_csv

needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

NAMES = ["foodmart", "online_retail"]
NO_GOODS = {"postage", "dotcom postage", "carriage", "manual", "bank charges"}
NO_GOODS |= {"amazon fee"}
MOST_ITEMS = 100
# FoodMart's 1,560 products are drawn at random: no two are on five tickets together.
# Online Retail tells no categories.
PAIRED = [("foodmart", "category"), ("online_retail", "product")]


class Shop:
    """Lines of a shop with day, customer and goods, and its window."""

    def __init__(self, name):
        raw = REAL_DATA / name / "raw"
        tickets = recount.read_raw(raw, "transactions")
        tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
        kind = tickets.get("transaction_type", pd.Series("sale", tickets.index))
        tickets["is_return"] = kind == "return"
        cards = recount.read_raw(raw, "cards")
        owner = cards.get("member_id", cards["card_id"])
        tickets["customer_id"] = tickets["card_id"].map(
            dict(zip(cards["card_id"], owner, strict=True))
        )
        self.as_of = tickets["day"].max()
        self.start = self.as_of + pd.Timedelta(days=1) - pd.DateOffset(months=12)
        products = recount.read_raw(raw, "products")
        names = products["product_name"].str.lower()
        products["is_goods"] = ~names.isin(NO_GOODS)
        if "category" not in products:
            products["category"] = None
        self.products = products[["product_id", "category", "is_goods"]]
        self.tickets = tickets
        self.lines = (
            recount.read_raw(raw, "transaction_lines")
            .merge(
                tickets[["transaction_id", "day", "customer_id", "is_return"]],
                on="transaction_id",
            )
            .merge(self.products, on="product_id", how="left")
        )
        # What only lines name is goods; nothing says otherwise.
        self.lines["is_goods"] = self.lines["is_goods"].fillna(True).astype(bool)
        self.lines["net"] = recount.units(self.lines["net_amount"])

    def items(self):
        """Products of each sale ticket in the window of which something was kept."""
        lines = self.lines
        lines = lines[~lines["is_return"] & (lines["day"] >= self.start)]
        lines = lines[lines["is_goods"]]
        kept = lines.groupby(["transaction_id", "product_id"], as_index=False).agg(
            quantity=("quantity", "sum")
        )
        kept = kept[kept["quantity"] > 0]
        return kept.merge(self.products, on="product_id", how="left")


@pytest.fixture(scope="module")
def shops():
    """Each shop is read once."""
    read = {}

    def shop(name):
        if name not in read:
            read[name] = Shop(name)
        return read[name]

    return shop


def pairs_of(baskets, least_count, least_share):
    """{pair: what the mart tells of it}, of sets of things on tickets."""
    baskets = list(baskets)
    total = len(baskets)
    singles = Counter(itertools.chain.from_iterable(baskets))
    minimum = max(
        least_count, -(-total * least_share.numerator // least_share.denominator)
    )
    frequent = {thing for thing, count in singles.items() if count >= minimum}
    pairs = Counter()
    for basket in baskets:
        pairs.update(itertools.combinations(sorted(basket & frequent), 2))
    told = {}
    for (one, other), both in pairs.items():
        if both < minimum:
            continue
        first, second = singles[one], singles[other]
        told[one, other] = (
            *(first, second, both, total),
            *map(
                recount.sixth,
                (
                    Fraction(both, total),
                    Fraction(both, first),
                    Fraction(both, second),
                    Fraction(both * total, first * second),
                    Fraction(both * total - first * second, total * total),
                ),
            ),
        )
    return told


def baskets_of(items, column):
    """Sets of products or categories, of tickets that are not too large."""
    sizes = items.groupby("transaction_id")["product_id"].transform("size")
    small = items[sizes <= MOST_ITEMS]
    baskets = {ticket: set() for ticket in small["transaction_id"]}
    named = small.dropna(subset=[column])
    for ticket, thing in zip(named["transaction_id"], named[column]):
        baskets[ticket].add(thing)
    return baskets.values()


@needs_real_data
@pytest.mark.parametrize("name", NAMES)
def test_pairs_are_those_counted_with_sets(real, shops, name):
    items = shops(name).items()
    for level, key in (("product", "product_id"), ("category", "category")):
        first, second = f"first_{key}", f"second_{key}"
        told = work(
            real(name),
            f"select {first}, {second}, first_ticket_count, second_ticket_count, "
            "both_ticket_count, population_count, support_share, "
            "first_second_confidence_rate, second_first_confidence_rate, lift_rate, "
            f"leverage_rate from baskets.agg_{level}_pairs",
        )
        counted = pairs_of(baskets_of(items, key), 5, Fraction(1, 10_000))
        assert {(one, other): tuple(row) for one, other, *row in told} == counted
        assert bool(counted) == ((name, level) in PAIRED)


@needs_real_data
@pytest.mark.parametrize(("name", "level"), PAIRED)
def test_chi_squared_is_that_of_scipy(real, name, level):
    told = work(
        real(name),
        "select both_ticket_count, first_ticket_count, second_ticket_count, "
        "population_count, chi_squared, is_bought_together, lift_rate "
        f"from baskets.agg_{level}_pairs order by 1, 2, 3 limit 3000",
    )
    assert told
    for both, first, second, total, chi_squared, together, lift in told:
        table = [[both, first - both], [second - both, total - first - second + both]]
        theirs = chi2_contingency(table, correction=False).statistic
        assert float(chi_squared) == pytest.approx(theirs, rel=1e-9, abs=1e-6)
        assert together == (lift > 1 and theirs >= 10.827566)


@needs_real_data
@pytest.mark.parametrize("name", NAMES)
def test_sizes_of_tickets(real, shops, name):
    shop = shops(name)
    tickets = shop.tickets
    tickets = tickets[~tickets["is_return"] & (tickets["day"] >= shop.start)]
    tickets = tickets[tickets["transaction_id"].isin(shop.lines["transaction_id"])]
    held = shop.items().groupby("transaction_id").size()
    bounds = {0: "no_goods", 1: "single", 2: "small", 4: "medium", 8: "large"}
    bounds[16] = "huge"
    counts, net = Counter(), Counter()
    for ticket, amount in zip(
        tickets["transaction_id"], recount.units(tickets["net_amount"])
    ):
        size = bounds[max(bound for bound in bounds if bound <= held.get(ticket, 0))]
        counts[size] += 1
        net[size] += amount
    told = work(
        real(name),
        "select size_code, ticket_count, net_sales_amount "
        "from baskets.agg_basket_sizes where breakdown_code = 'all'",
    )
    assert {size: count for size, count, _ in told} == counts
    assert {size: int(amount * 10_000) for size, _, amount in told} == net


def test_a_ticket_of_five_hundred_products_is_counted_and_not_paired(dbt, tmp_path):
    tickets = [f"T{number},2025-05-01 10:00:00,2,C1" for number in range(6)]
    lines = [
        f"T{number},{line},{product},1,1"
        for number in range(6)
        for line, product in enumerate(("P1", "P2"), 1)
    ]
    tickets.append("large,2025-05-02 10:00:00,500,C1")
    lines += [f"large,{number},P{number},1,1" for number in range(1, 501)]
    raw = write_csv(
        tmp_path / "raw",
        {
            "cards.csv": "card_id\nC1",
            "transactions.csv": "\n".join(
                ["transaction_id,occurred_at,net_amount,card_id", *tickets]
            ),
            "transaction_lines.csv": "\n".join(
                ["transaction_id,line_number,product_id,quantity,net_amount", *lines]
            ),
        },
    )
    built = build_models(
        dbt, raw, tmp_path / "warehouse", "--select", "+agg_product_pairs"
    )
    assert work(
        built,
        "select first_product_id, second_product_id, both_ticket_count, "
        "population_count, oversized_ticket_count, lift_rate "
        "from baskets.agg_product_pairs",
    ) == [("P1", "P2", 6, 6, 1, Decimal("1.000000"))]
