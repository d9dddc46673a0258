"""Months, drivers and contributions of real data, counted in pandas and NumPy.

Written from the definitions, apart from the SQL.
"""

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

NAMES = ["foodmart", "cdnow"]
CHAIN = ["buyers", "tickets", "units", "net"]


def read_tickets(name):
    """Tickets with customer, day, month and money; units where there are lines."""
    raw = REAL_DATA / name / "raw"
    cards = recount.read_raw(raw, "cards")
    tickets = recount.read_raw(raw, "transactions")
    lines = recount.read_raw(raw, "transaction_lines")
    owner = cards.get("member_id", cards["card_id"])
    customers = dict(zip(cards["card_id"], owner, strict=True))
    tickets["customer"] = tickets["card_id"].map(customers)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    tickets["month"] = tickets["day"].dt.to_period("M")
    tickets["net"] = recount.units(tickets["net_amount"])
    tickets["units"] = float("nan")
    if len(lines):
        sums = lines.groupby("transaction_id")["quantity"].sum().astype(float)
        tickets["units"] = tickets["transaction_id"].map(sums)
    return tickets


def count_months(name):
    """{month: (buyers, tickets, units, net)} of a shop that takes nothing back."""
    tickets = read_tickets(name)
    days = tickets.groupby(["customer", "day"], as_index=False)["net"].sum()
    days = days[days["net"] >= 0]
    buyers = days.groupby(days["day"].dt.to_period("M"))["customer"].nunique()
    months = tickets.groupby("month").agg(
        tickets=("net", "size"), units=("units", "sum"), net=("net", "sum")
    )
    months["buyers"] = buyers
    every = pd.period_range(months.index.min(), months.index.max())
    return months.reindex(every).fillna(0)


@pytest.mark.parametrize("name", NAMES)
def test_months(real, name):
    counted = {
        month.start_time.date(): (row.buyers, row.tickets, recount.money(row.net))
        for month, row in count_months(name).iterrows()
    }
    told = work(
        real(name),
        "select metric_month, buyer_count, ticket_count, net_sales_amount "
        "from metrics.agg_monthly_metrics where scope_code = 'company'",
    )
    assert {month: tuple(row) for month, *row in told} == counted


def test_drivers(real):
    """LMDI in NumPy: effects to a hundredth, their sum to the last digit."""
    months = count_months("foodmart")
    told = work(
        real("foodmart"),
        "select metric_month, base_month, change_amount, buyers_effect_amount, "
        "tickets_per_buyer_effect_amount, units_per_ticket_effect_amount, "
        "price_effect_amount, anonymous_effect_amount, undecomposed_amount "
        "from metrics.agg_sales_drivers "
        "where scope_code = 'company' and tree_code = 'customers'",
    )
    assert told
    for month, base, change, *legs in told:
        now = months.loc[pd.Period(month, "M"), CHAIN].to_numpy(dtype=float)
        then = months.loc[pd.Period(base, "M"), CHAIN].to_numpy(dtype=float)
        if not (now > 0).all() or not (then > 0).all():
            assert legs == [None] * 5 + [change]
            continue
        amounts = now[3] / 10_000, then[3] / 10_000
        weight = (amounts[0] - amounts[1]) / math.log(amounts[0] / amounts[1])
        growth = np.log(now / then)
        effects = weight * np.diff(growth, prepend=0.0)
        assert np.allclose([float(leg) for leg in legs[:4]], effects, atol=0.01)
        assert legs[4:] == [Decimal(0), Decimal(0)]
        assert sum(legs) == change


def test_margin_bridge(real):
    """Rate and mix of products, by shares of sales, are the change of the average."""
    cells = pd.DataFrame(
        work(
            real("foodmart"),
            "select margin_amount, margin_known_sales_amount, before_margin_amount, "
            "before_margin_known_sales_amount, rate_effect_amount, mix_effect_amount "
            "from metrics.agg_contributions where level_code = 'product'",
        ),
        columns=["m1", "s1", "m0", "s0", "rate", "mix"],
    )
    cells = cells.astype(float).fillna(0.0)
    average = cells["m0"].sum() / cells["s0"].sum()
    weight, before = cells["s1"] / cells["s1"].sum(), cells["s0"] / cells["s0"].sum()
    both = (cells["s1"] > 0) & (cells["s0"] > 0)
    rates = cells["m1"] / cells["s1"].where(both), cells["m0"] / cells["s0"].where(both)
    rate = (weight * (rates[0] - rates[1])).where(both, 0).sum()
    change = cells["m1"].sum() / cells["s1"].sum() - average
    assert math.isclose(before.sum(), 1)
    assert math.isclose(cells["rate"].sum() / cells["s1"].sum(), rate, abs_tol=1e-6)
    assert math.isclose(
        (cells["rate"].sum() + cells["mix"].sum()) / cells["s1"].sum(),
        change,
        abs_tol=1e-6,
    )
