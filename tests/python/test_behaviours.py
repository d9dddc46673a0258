"""Behaviour groups and their crosses of real data, counted again from the raw files."""

from fractions import Fraction

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)


def read_window_lines(raw):
    """Lines of known customers in the last twelve months, with day and product."""
    cards = recount.read_raw(raw, "cards")
    owner = cards.get("member_id", cards["card_id"])
    customers = dict(zip(cards["card_id"], owner, strict=True))
    tickets = recount.read_raw(raw, "transactions")
    tickets["customer_id"] = tickets["card_id"].map(customers)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    as_of = tickets["day"].max()
    start = as_of + pd.Timedelta(days=1) - pd.DateOffset(months=12)
    tickets = tickets[tickets["customer_id"].notna() & (tickets["day"] >= start)]
    lines = recount.read_raw(raw, "transaction_lines").merge(
        tickets[["transaction_id", "customer_id", "day"]], on="transaction_id"
    )
    lines["net"] = recount.units(lines["net_amount"])
    products = recount.read_raw(raw, "products")
    lines = lines.merge(products, on="product_id", how="left")
    kind = tickets.get("transaction_type", pd.Series("sale", tickets.index))
    returned = set(tickets.loc[kind == "return", "transaction_id"])
    lines["bought"] = (lines["quantity"] > 0) & ~lines["transaction_id"].isin(returned)
    return lines


def price_levels(products):
    """{product: low, middle or high}, by list price within the category."""
    levels = {}
    for _, shelf in products.groupby("category"):
        prices = list(recount.units(shelf["list_price"]))
        if len(set(prices)) < 3:
            continue
        for product, price in zip(shelf["product_id"], prices, strict=True):
            cheaper = sum(other < price for other in prices)
            levels[product] = ("low", "middle", "high")[3 * cheaper // len(prices)]
    return levels


def group(lines, values, minimum, share=Fraction(0)):
    """{(customer, value): (lines, first, last, net)} of who did it often enough."""
    lines = lines.assign(value=values)
    bought = lines[lines["bought"]]
    whole = bought.groupby("customer_id").size()
    net = lines.groupby(["customer_id", "value"])["net"].sum()
    told = {}
    for (customer, value), part in bought.dropna(subset=["value"]).groupby(
        ["customer_id", "value"]
    ):
        if len(part) >= minimum and Fraction(len(part), whole[customer]) >= share:
            first, last = part["day"].min().date(), part["day"].max().date()
            told[customer, value] = (len(part), first, last, net[customer, value])
    return told


def read_groups(built, behaviour):
    rows = work(
        built,
        "select customer_id, behaviour_value, evidence_count, first_on, last_on, "
        "cast(net_sales_amount * 10000 as bigint) from segments.seg_behaviours "
        f"where behaviour_code = '{behaviour}'",
    )
    return {(customer, value): tuple(rest) for customer, value, *rest in rows}


def test_groups_of_goods_and_promotions_are_those_counted_in_pandas(real):
    built, raw = real("foodmart"), REAL_DATA / "foodmart" / "raw"
    lines = read_window_lines(raw)
    half, most = Fraction(1, 2), Fraction(4, 5)
    for column, minimum in (("department", 2), ("category", 2), ("brand", 3)):
        expected = group(lines, lines[column], minimum)
        assert len(expected) > 50
        assert read_groups(built, f"buys_{column}") == expected
    promoted = lines["campaign_id"].notna()
    assert read_groups(built, "buys_on_promotion") == group(
        lines, promoted.map({True: "any"}), 3, half
    )
    assert read_groups(built, "buys_at_full_price") == group(
        lines, promoted.map({False: "none"}), 3, most
    )
    levels = lines["product_id"].map(price_levels(recount.read_raw(raw, "products")))
    for level in ("low", "high"):
        expected = group(lines, levels.where(levels == level), 3, half)
        assert len(expected) > 50
        assert read_groups(built, f"prefers_{level}_price") == expected


def test_crosses_are_those_counted_from_sets(real):
    built, raw = real("foodmart"), REAL_DATA / "foodmart" / "raw"
    lines = read_window_lines(raw)
    days = recount.read_days(raw)
    buyers = recount.window_buyers(days, days["day"].max())
    spent = dict(zip(buyers["customer_id"], buyers["net"], strict=True))
    members = {}
    for customer, value in group(lines, lines["department"], 2):
        if customer in spent:
            members.setdefault(f"buys_department:{value}", set()).add(customer)
    members = {name: who for name, who in members.items() if len(who) >= 10}
    expected = {}
    for first, ones in members.items():
        for second, others in members.items():
            if first < second:
                both, either = ones & others, ones | others
                chance = Fraction(len(ones) * len(others), len(spent))
                expected[first, second] = (
                    len(both),
                    len(either),
                    recount.sixth(Fraction(len(both), len(either))),
                    recount.sixth(len(both) / chance),
                    sum(spent[customer] for customer in both),
                    sum(spent[customer] for customer in either),
                )
    told = work(
        built,
        "select first_behaviour_id, second_behaviour_id, both_customer_count, "
        "either_customer_count, jaccard_share, lift_rate, "
        "cast(both_net_sales_amount * 10000 as bigint), "
        "cast(either_net_sales_amount * 10000 as bigint) "
        "from segments.agg_behaviour_crosses "
        "where first_behaviour_id like 'buys_department:%' "
        "and second_behaviour_id like 'buys_department:%'",
    )
    assert len(expected) > 100
    assert {(first, second): tuple(rest) for first, second, *rest in told} == expected


def test_without_lines_there_are_the_channels_or_nothing(real):
    kinds = "select distinct kind_code from segments.seg_behaviours"
    assert work(real("cdnow"), kinds) == []
    assert work(real("cdnow"), "from segments.agg_behaviour_crosses") == []
