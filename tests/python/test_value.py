"""The value matrix and the customers who are no regular ones, counted again in pandas
from the raw files of real data, by the definitions.
"""

import statistics
from fractions import Fraction

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

# Data set, day told; None for its last day. Costs and campaigns: foodmart alone.
TOLD = [("foodmart", None), ("foodmart", "1997-12-31"), ("online_retail", None)]


def window_lines(raw, buyers, as_of):
    """Lines of the buyers in the year up to the day, with customer and day."""
    lines, tickets = (
        recount.read_raw(raw, name) for name in ("transaction_lines", "transactions")
    )
    cards = recount.read_raw(raw, "cards")
    owner = dict(
        zip(cards["card_id"], cards.get("member_id", cards["card_id"]), strict=True)
    )
    tickets["customer_id"] = tickets["card_id"].map(owner)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    if "transaction_type" not in tickets:
        tickets["transaction_type"] = "sale"
    kept = tickets[
        (tickets["day"] <= as_of)
        & (tickets["day"] > as_of - pd.DateOffset(months=12))
        & tickets["customer_id"].isin(set(buyers["customer_id"]))
    ]
    lines["net"] = recount.units(lines["net_amount"])
    columns = ["transaction_id", "customer_id", "day", "transaction_type"]
    return lines.merge(kept[columns], on="transaction_id")


def counted(name, day):
    """The buyers of the year up to the day, by customer, and their lines."""
    raw = REAL_DATA / name / "raw"
    days = recount.read_days(raw)
    as_of = pd.Timestamp(day) if day else days["day"].max()
    buyers = recount.window_buyers(days, as_of)
    return buyers, window_lines(raw, buyers, as_of)


def promoted(lines):
    """{customer: (bought, on promotion)} in whole units; no promotions known: None."""
    bought = lines[
        (lines["quantity"] > 0)
        & (lines["net"] > 0)
        & (lines["transaction_type"] != "return")
    ]
    bought = bought.assign(drawn=0)
    if "campaign_id" in bought:
        bought["drawn"] = bought["net"].where(bought["campaign_id"].notna(), 0)
    sums = bought.groupby("customer_id")[["net", "drawn"]].sum()
    return {
        customer: (int(net), int(drawn) if "campaign_id" in bought else None)
        for customer, net, drawn in sums.itertuples()
    }


@needs_real_data
@pytest.mark.parametrize(("name", "day"), TOLD)
def test_every_customer_stands_in_the_quadrant_counted_again(real, name, day):
    buyers, lines = counted(name, day)
    sales = buyers.set_index("customer_id")["net"].map(int).to_dict()
    middle = statistics.median(Fraction(net) for net in sales.values())
    known, margin = {}, {}
    if "cost_amount" in lines:
        lines["margin"] = lines["net"] - recount.units(lines["cost_amount"])
        sums = lines.groupby("customer_id")[["net", "margin"]].sum()
        known = {customer: int(net) for customer, net in sums["net"].items()}
        margin = {customer: int(part) for customer, part in sums["margin"].items()}
    rate = Fraction(sum(margin.values()), sum(known.values())) if known else None

    def quadrant(customer):
        net, part = sales[customer], known.get(customer, 0)
        if not known or min(net, part) <= 0 or 2 * part < net:
            return "margin_unknown"
        own = Fraction(margin[customer], part)
        return ("H" if net >= middle else "L") + ("H" if own >= rate else "L")

    bargains = promoted(lines)
    told = work(
        real(name, day),
        "select customer_id, sales_level, quadrant_code, bought_amount, promo_amount, "
        "promo_share, price_sensitivity_index, sales_threshold_amount, "
        "company_margin_rate, company_promo_share from segments.seg_value_matrix",
    )
    assert {row[0] for row in told} == sales.keys()
    company = company_share = None
    if all(drawn is not None for _, drawn in bargains.values()):
        bought, drawn = map(sum, zip(*bargains.values(), strict=True))
        company = Fraction(drawn, bought)
        company_share = recount.sixth(company)
    for customer, level, code, own, promo, share, index, *whole in told:
        assert level == ("H" if sales[customer] >= middle else "L"), customer
        assert code == quadrant(customer), customer
        bought, drawn = bargains.get(customer, (None, None))
        assert own == (bought and recount.money(bought)), customer
        if drawn is not None:
            assert promo == recount.money(drawn), customer
            assert share == recount.sixth(Fraction(drawn, bought)), customer
            assert index == recount.sixth(Fraction(drawn, bought) / company)
        else:
            assert (promo, share, index) == (None, None, None), customer
        assert abs(Fraction(whole[0]) * 10_000 - middle) <= Fraction(1, 2)
        assert whole[1:] == [rate and recount.sixth(rate), company_share]


@needs_real_data
@pytest.mark.parametrize(("name", "day"), TOLD)
def test_no_regular_customers_are_those_counted_again(real, name, day):
    buyers, lines = counted(name, day)
    bargains = promoted(lines)
    units = lines.groupby(["customer_id", "product_id", "day"])["quantity"].sum()
    units = units[units > 0].astype(int)
    limit = sorted(units)[recount.top_count(len(units), 99) - 1]
    most = units.groupby("customer_id").max()
    days = sorted(buyers["frequency"])
    most_days = days[-(-999 * len(days) // 1000) - 1]
    sales = lines[lines["transaction_type"] != "return"]
    tickets = sales.groupby("customer_id")["transaction_id"].nunique()
    told = work(
        real(name, day),
        "select customer_id, is_cherry_picker, is_bulk_buyer, bulk_limit_unit_count, "
        "house_limit_purchase_day_count, ticket_count from segments.seg_bargains",
    )
    assert {row[0] for row in told} == set(buyers["customer_id"])
    for customer, picks, bulk, bulk_limit, day_limit, ticket_count in told:
        bought, drawn = bargains.get(customer, (None, None))
        assert (bulk_limit, day_limit) == (limit, most_days)
        assert ticket_count == tickets[customer], customer
        assert picks == (
            None if drawn is None else 10 * drawn >= 8 * bought and ticket_count >= 3
        ), customer
        assert bulk == (most[customer] > limit if customer in most else None), customer
    flagged = [row for row in told if row[2]]
    assert flagged, "nobody buys in bulk"


def test_the_house_card_of_the_sample_is_flagged_and_would_be_found_without(sample):
    """C00441 is swiped at the till for strangers; its sales stay in every sum."""
    assert sample.query(
        "select customer_id, is_house_customer, is_house_suspect "
        "from segments.seg_bargains where is_house_customer or is_house_suspect"
    ) == [("C00441", True, True)]
    assert sample.value(
        "select count(*) from segments.seg_pyramid where customer_id = 'C00441'"
    )
    assert (
        sample.value("select sum(house_ticket_count) from quality.card_resolutions")
        == sample.value("select ticket_count from core.dim_cards where is_house_card")
        > 100
    )
