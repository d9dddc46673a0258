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
MOST_ITEMS = 500
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
        if len(basket & frequent) <= MOST_ITEMS:
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
    """Sets of products or categories, of each ticket."""
    baskets = {ticket: set() for ticket in items["transaction_id"]}
    named = items.dropna(subset=[column])
    for ticket, thing in zip(named["transaction_id"], named[column]):
        baskets[ticket].add(thing)
    return baskets.values()


@needs_real_data
@pytest.mark.parametrize(
    "name", ["foodmart", pytest.param("online_retail", marks=pytest.mark.nightly)]
)
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


def purchases(lines):
    """Lines of sale tickets with units above 0, of known customers."""
    return lines[
        lines["customer_id"].notna() & ~lines["is_return"] & (lines["quantity"] > 0)
    ]


@needs_real_data
@pytest.mark.parametrize("name", NAMES)
def test_what_became_of_the_sales_of_each_product(real, shops, name):
    shop = shops(name)
    before = shop.start - pd.DateOffset(months=12)
    lines = shop.lines[shop.lines["customer_id"].notna()]
    lines = lines[lines["day"] >= before]
    bought = purchases(lines)
    group = {
        product: category if isinstance(category, str) else ("", product)
        for product, category in zip(lines["product_id"], lines["category"])
    }
    spent, buyers = Counter(), set()
    for customer, product, day, net in zip(
        *(lines[key] for key in ("customer_id", "product_id", "day", "net"))
    ):
        spent[customer, product, day >= shop.start] += net
        spent[customer, product, not day >= shop.start] += 0
    for customer, product, day in zip(
        *(bought[key] for key in ("customer_id", "product_id", "day"))
    ):
        buyers.add((customer, group[product], day >= shop.start))
    change, whole = Counter(), Counter()
    for (customer, product, is_now), net in spent.items():
        change[customer, product] += net if is_now else -net
        whole[customer, group[product]] += net if is_now else -net
    legs = {product: Counter() for product in group}
    for (customer, product), own in change.items():
        rest = whole[customer, group[product]] - own
        was, is_there = ((customer, group[product], now) in buyers for now in (0, 1))
        moved = 0
        if was == is_there and own * rest < 0:
            moved = min(abs(own), abs(rest)) * (1 if own > 0 else -1)
        leg = "new" if is_there and not was else "lost" if was and not is_there else ""
        leg = leg or ("increased" if own > 0 else "decreased")
        legs[product][leg] += own - moved
        legs[product]["switched_in" if moved > 0 else "switched_out"] += moved
    names = ("new", "lost", "increased", "decreased", "switched_in", "switched_out")
    told = work(
        real(name),
        f"select product_id, {', '.join(f'{leg}_amount' for leg in names)} "
        "from baskets.agg_product_switching",
    )
    assert len(told) > 1000
    for product, *amounts in told:
        assert amounts == [recount.money(legs[product][leg]) for leg in names], product


@needs_real_data
def test_customers_of_several_categories(real, shops):
    shop = shops("foodmart")
    bought = purchases(shop.lines[shop.lines["day"] >= shop.start])
    customers = {}
    for customer, category in zip(bought["customer_id"], bought["category"]):
        customers.setdefault(category, set()).add(customer)
    largest = sorted(customers, key=lambda name: (-len(customers[name]), name))[:5]
    everybody = set().union(*(customers[name] for name in largest))
    counted = {}
    for size in range(1, 6):
        for chosen in itertools.combinations(largest, size):
            shared = set.intersection(*(customers[name] for name in chosen))
            others = set(largest) - set(chosen)
            alone = shared - set().union(*(customers[name] for name in others))
            counted[" + ".join(chosen)] = (len(shared), len(alone), len(everybody))
    told = work(
        real("foodmart"),
        "select combination_name, customer_count, only_customer_count, "
        "population_count from baskets.agg_cross_shopping "
        "where dimension_code = 'category'",
    )
    assert {name: tuple(counts) for name, *counts in told} == counted


@needs_real_data
@pytest.mark.parametrize("name", NAMES)
def test_price_breaks(real, shops, name):
    counts, units = Counter(), Counter()
    items = shops(name).items()
    for category, quantity in zip(items["category"], items["quantity"]):
        reached = sum(quantity >= least for least in (0, 2, 5, 10, 50))
        key = (category if isinstance(category, str) else "unknown", reached)
        counts[key] += 1
        units[key] += quantity
    told = work(
        real(name),
        "select category, break_order, item_count, unit_count "
        "from baskets.agg_quantity_discounts",
    )
    assert {(category, order): count for category, order, count, _ in told} == counts
    assert {(category, order): unit for category, order, _, unit in told} == units


@needs_real_data
def test_tiers_of_the_buyers_of_categories(real, shops):
    shop = shops("foodmart")
    days = recount.read_days(REAL_DATA / "foodmart" / "raw")
    tiers = recount.pyramid(recount.window_buyers(days, shop.as_of))
    sizes = Counter(tier for _, tier, _ in tiers.values())
    bought = purchases(shop.lines[shop.lines["day"] >= shop.start])
    pairs = {
        (customer, category)
        for customer, category in zip(bought["customer_id"], bought["category"])
        if customer in tiers
    }
    whole = Counter(category for _, category in pairs)
    cells = Counter((category, tiers[customer][1]) for customer, category in pairs)
    counted = {
        (category, tier): (
            count,
            recount.sixth(Fraction(count * len(tiers), sizes[tier] * whole[category])),
        )
        for (category, tier), count in cells.items()
        if count >= 10
    }
    told = work(
        real("foodmart"),
        "select item_code, segment_code, customer_count, customer_index "
        "from baskets.agg_product_segments "
        "where level_code = 'category' and scheme_code = 'tier'",
    )
    assert counted
    assert {(item, tier): tuple(row) for item, tier, *row in told} == counted


@needs_real_data
def test_categories_of_the_same_customers(real, shops):
    shop = shops("foodmart")
    bought = purchases(shop.lines)
    bought = bought[bought["day"] >= shop.start - pd.DateOffset(months=12)]
    held = {}
    for customer, category, day in zip(
        *(bought[key] for key in ("customer_id", "category", "day"))
    ):
        held.setdefault((customer, day >= shop.start), set()).add(category)
    both = [
        (len(held[customer, False]), len(held[customer, True]))
        for customer in {customer for customer, _ in held}
        if (customer, False) in held and (customer, True) in held
    ]
    told = work(
        real("foodmart"),
        "select entity_count, risen_count, unchanged_count, fallen_count, "
        "before_average_rate, window_average_rate "
        "from baskets.agg_cross_selling where measure_code = 'breadth'",
    )
    assert told == [
        (
            len(both),
            sum(now > before for before, now in both),
            sum(now == before for before, now in both),
            sum(now < before for before, now in both),
            *(recount.sixth(Fraction(sum(side), len(both))) for side in zip(*both)),
        )
    ]


@needs_real_data
def test_who_buys_like_the_best(real, shops):
    shop = shops("foodmart")
    days = recount.read_days(REAL_DATA / "foodmart" / "raw")
    tiers = recount.pyramid(recount.window_buyers(days, shop.as_of))
    bought = purchases(shop.lines[shop.lines["day"] >= shop.start])
    mixes, best = {}, Counter()
    for customer, category, net in zip(
        *(bought[key] for key in ("customer_id", "category", "net"))
    ):
        if customer in tiers:
            mixes.setdefault(customer, Counter())[category] += net
            if tiers[customer][1] in "AB":
                best[category] += net
    length = sum(net * net for net in best.values()) ** 0.5
    counted = {
        customer: sum(net * best[category] for category, net in mix.items())
        / (length * sum(net * net for net in mix.values()) ** 0.5)
        for customer, mix in mixes.items()
    }
    told = work(
        real("foodmart"),
        "select customer_id, similarity_rate, is_lookalike, is_target "
        "from baskets.seg_lookalikes",
    )
    assert len(told) == len(counted)
    for customer, similarity, is_lookalike, is_target in told:
        assert float(similarity) == pytest.approx(counted[customer], abs=1e-5)
        assert is_target == (tiers[customer][1] in "AB")
        assert is_lookalike == (similarity >= Decimal("0.8") and not is_target)


def test_a_ticket_of_five_hundred_products_has_the_pairs_that_are_frequent(
    dbt, tmp_path
):
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
    ) == [("P1", "P2", 7, 7, 0, Decimal("1.000000"))]
