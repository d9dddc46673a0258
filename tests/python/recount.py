"""Customers, pyramid and RFM from the raw files again, in pandas, by the definitions.

Written apart from the SQL, for tests that compare both. Money is in whole units of
0.0001, so that it adds up exactly.
"""

import itertools
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pyarrow.parquet as pq

TIERS = {"A": 1, "B": 5, "C": 20, "D": 100}  # percent, cumulative


def read_raw(raw, name):
    """A raw table as text and numbers; empty where it was not handed over."""
    if (raw / f"{name}.csv").exists():
        return pd.read_csv(raw / f"{name}.csv", dtype=str, keep_default_na=False)
    if (raw / f"{name}.parquet").exists():
        return pq.read_table(raw / f"{name}.parquet").to_pandas()
    return pd.DataFrame()


def units(values):
    """Money in units of 0.0001."""
    return [int(Decimal(str(value)) * 10_000) for value in values]


def money(amount):
    """Units of 0.0001 as money."""
    return Decimal(int(amount)) / 10_000


def read_days(raw):
    """One row per customer and day: net sales, margin, and whether it is a purchase."""
    cards, tickets = read_raw(raw, "cards"), read_raw(raw, "transactions")
    lines = read_raw(raw, "transaction_lines")
    owner = cards.get("member_id", cards["card_id"])
    customers = dict(zip(cards["card_id"], owner, strict=True))
    tickets["customer_id"] = tickets["card_id"].map(customers)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    tickets["net"] = units(tickets["net_amount"])
    kind = tickets.get("transaction_type", pd.Series("sale", tickets.index))
    tickets["returns"] = (kind == "return").astype(int)
    tickets["sales"] = 1 - tickets["returns"]
    tickets["margin"] = float("nan")
    if "cost_amount" in lines:
        lines["margin"] = units(lines["net_amount"] - lines["cost_amount"])
        tickets["margin"] = tickets["transaction_id"].map(
            lines.groupby("transaction_id")["margin"].sum()
        )
    days = (
        tickets.dropna(subset=["customer_id"])
        .groupby(["customer_id", "day"], as_index=False)
        .agg({"net": "sum", "margin": "sum", "returns": "sum", "sales": "sum"})
    )
    nothing_back = (days["net"] == 0) & (days["returns"] == 0)
    days["is_purchase"] = (days["sales"] > 0) & ((days["net"] > 0) | nothing_back)
    return days


def window_buyers(days, as_of, months=12):
    """Who bought in the window that ends on `as_of`: recency, frequency, money."""
    as_of = pd.Timestamp(as_of)
    start = as_of + pd.Timedelta(days=1) - pd.DateOffset(months=months)
    told = days[days["day"] <= as_of]
    inside = told[told["day"] >= start]
    buyers = inside.groupby("customer_id").agg(
        net=("net", "sum"), margin=("margin", "sum"), frequency=("is_purchase", "sum")
    )
    bought = told[told["is_purchase"]]
    buyers["last_day"] = bought.groupby("customer_id")["day"].max()
    buyers = buyers[buyers["frequency"] > 0].reset_index()
    buyers["recency"] = (as_of - buyers["last_day"]).dt.days
    return buyers


def pyramid(buyers):
    """{customer: (rank, tier, net sales)}."""
    ranked = buyers.sort_values(
        ["net", "margin", "frequency", "last_day", "customer_id"],
        ascending=[False, False, False, False, True],
    )
    count = len(ranked)
    tiers = {}
    for rank, customer, net in zip(
        range(1, count + 1), ranked["customer_id"], ranked["net"], strict=True
    ):
        tier = next(code for code, p in TIERS.items() if rank <= top_count(count, p))
        tiers[customer] = (rank, tier, money(net))
    return tiers


def rfm(buyers):
    """{customer: (recency, frequency, money, r, f, m)}."""
    count = len(buyers)

    def score(values):
        return 1 + (5 * (values.rank(method="min").astype(int) - 1)) // count

    scores = zip(
        buyers["customer_id"],
        buyers["recency"],
        buyers["frequency"],
        [money(net) for net in buyers["net"]],
        score(-buyers["recency"]),
        score(buyers["frequency"]),
        score(buyers["net"]),
        strict=True,
    )
    return {customer: tuple(values) for customer, *values in scores}


def top_count(count, percent):
    """So many per cent of them, rounded up."""
    return -(-count * percent // 100)


def concentration(values):
    """Points of the concentration curve of whole numbers, and their Gini coefficient.

    The Gini is one less twice the area under the Lorenz curve, added up by trapezoids.
    """
    best = sorted(values, reverse=True)
    whale = list(itertools.accumulate(best))
    lorenz = list(itertools.accumulate(best[::-1], initial=0))
    count, total = len(best), sum(best)
    top, kept = top_count(count, 20), top_count(count, 70)
    area = sum(low + high for low, high in itertools.pairwise(lorenz))
    return (
        next(i for i, amount in enumerate(whale, 1) if 5 * amount >= 4 * total),
        sixth(Fraction(whale[top - 1], total)),
        sixth(1 - Fraction(total, whale[kept - 1])),
        sixth(1 - Fraction(area, count * total)),
    )


def pareto(values):
    """{percentile: (customers, amount of the best, amount of the worst)}."""
    best = sorted(values, reverse=True)
    counts = {percent: top_count(len(best), percent) for percent in range(1, 101)}
    return {
        percent: (
            count,
            money(sum(best[:count])),
            money(sum(best[-count:])),
        )
        for percent, count in counts.items()
    }


def sixth(share):
    """A share at six decimals, half away from zero."""
    digits = abs(share) * 1_000_000 + Fraction(1, 2)
    return Decimal(digits.__floor__() * (1 if share >= 0 else -1)) / 1_000_000
