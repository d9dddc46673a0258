"""Answers, requests, cards and returns, counted again in pandas from the facts, and of
a real shop from its raw files; standard errors by SciPy.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from statistics import median

import numpy as np
import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from scipy import stats
from shop import work

DAY = pd.Timedelta(days=1)


def frame(built, table, columns):
    """Columns of a public mart; days and moments as timestamps."""
    names = columns.split()
    rows = built.query(f"select {', '.join(names)} from {table}")
    read = pd.DataFrame(rows, columns=names)
    for name in names:
        if name.endswith(("_on", "_at", "_month")):
            read[name] = pd.to_datetime(read[name])
    return read


def test_nps_of_the_window_and_its_error(sample):
    answers = frame(
        sample, "core.fct_surveys", "response_id customer_id answered_at question score"
    )
    as_of, start = sample.query(
        "select max(as_of_on), max(window_start_on) from core.fct_customers"
    )[0]
    until = pd.Timestamp(as_of) + DAY
    nps = answers[
        (answers["question"] == "nps")
        & (answers["answered_at"] >= pd.Timestamp(start))
        & (answers["answered_at"] < until)
    ].sort_values(["answered_at", "response_id"])
    known = nps[nps["customer_id"].notna()].groupby("customer_id").tail(1)
    counted = pd.concat([known, nps[nps["customer_id"].isna()]])
    side = np.where(
        counted["score"] >= 9, 100, np.where(counted["score"] <= 6, -100, 0)
    )
    assert len(side) > 200
    (told,) = sample.query(
        "select answer_count, net_score, net_score_error, favourable_error, "
        "mean_score, mean_score_error from metrics.agg_satisfaction "
        "where question = 'nps' and period_type = 'window' and breakdown_name = 'all'"
    )
    promoters = (side == 100).mean()
    scores = counted["score"].astype(float)
    assert [float(number) for number in told] == pytest.approx(
        [
            len(side),
            side.mean(),
            stats.sem(side, ddof=0),
            (promoters * (1 - promoters) / len(side)) ** 0.5,
            scores.mean(),
            stats.sem(scores),
        ],
        abs=1e-5,
    )


def test_the_worked_example_of_nps():
    """p = .5, d = 1/6, n = 400: 33.33 and 3.727, by SciPy."""
    side = [100] * 1_200 + [-100] * 400 + [0] * 800
    error = stats.sem(side, ddof=0) * (len(side) / 400) ** 0.5
    assert (round(np.mean(side), 2), round(error, 3)) == (33.33, 3.727)


def test_waiting_and_repeated_complaints(sample):
    tickets = frame(
        sample,
        "core.fct_service_tickets",
        "ticket_id customer_id opened_on opened_at first_replied_at channel "
        "is_complaint",
    )
    replied = tickets["first_replied_at"] >= tickets["opened_at"]
    counted = {
        channel: (len(group), int(replied[group.index].sum()))
        for channel, group in tickets.groupby("channel")
    }
    told = sample.query(
        "select breakdown_value, sum(request_count), sum(replied_count) "
        "from metrics.agg_service where breakdown_name = 'channel' "
        "and period_type = 'month' group by 1"
    )
    assert {channel: tuple(row) for channel, *row in told} == counted
    complaints = tickets[tickets["is_complaint"].eq(True)].dropna(
        subset=["customer_id"]
    )
    complaints = complaints.sort_values(["opened_at", "ticket_id"])
    gaps = complaints.groupby("customer_id")["opened_on"].diff()
    repeats = complaints[gaps <= 30 * DAY]
    (row,) = sample.query(
        "select sum(known_complaint_count), sum(repeat_complaint_count) "
        "from metrics.agg_service "
        "where breakdown_name = 'all' and period_type = 'month'"
    )
    assert row == (len(complaints), len(repeats))
    october = tickets[tickets["opened_on"] >= "2026-10-01"]
    waits = (october["first_replied_at"] - october["opened_at"]).dropna()
    hours = recount.sixth(
        Fraction(median(int(wait.total_seconds()) for wait in waits)) / 3_600
    )
    assert (
        sample.value(
            "select median_reply_hours from metrics.agg_service where "
            "breakdown_name = 'all' and period_type = 'month' "
            "and period_start_on = date '2026-10-01'"
        )
        == hours
    )


def test_what_lies_on_cards_is_what_their_books_say(sample):
    """Closing by the movements is the sum of the balances struck that day."""
    balances = frame(
        sample,
        "core.fct_card_balances",
        "card_id balanced_on stored_value_amount points",
    )
    struck = balances.groupby("balanced_on")[["stored_value_amount", "points"]].sum()
    told = sample.query(
        "select unit_code, told_on, closing_balance, unexplained_balance "
        "from metrics.agg_stored_value"
    )
    assert len(told) == 48
    columns = {"stored_value": "stored_value_amount", "points": "points"}
    for unit, day, closing, unexplained in told:
        assert closing == struck.loc[pd.Timestamp(day), columns[unit]]
        assert unexplained == 0


def test_what_sleeps_on_cards(sample):
    """Balances of cards whose last movement is a year old, card by card."""
    moves = frame(sample, "core.fct_card_movements", "card_id occurred_on points")
    balances = frame(sample, "core.fct_card_balances", "card_id balanced_on points")
    moves = moves[moves["points"] != 0]
    opening = balances[balances["balanced_on"] == "2024-10-31"]
    day = pd.Timestamp("2026-08-31")
    held, last = defaultdict(Decimal), {}
    for card, points in zip(opening["card_id"], opening["points"]):
        if points:
            held[card], last[card] = points, pd.Timestamp("2024-10-31")
    for row in moves[moves["occurred_on"] <= day].itertuples():
        held[row.card_id] += row.points
        last[row.card_id] = max(row.occurred_on, last.get(row.card_id, row.occurred_on))
    asleep = [
        held[card] for card in held if held[card] and (day - last[card]).days >= 365
    ]
    assert sample.query(
        "select dormant_balance, dormant_card_count from metrics.agg_stored_value "
        "where unit_code = 'points' and told_on = date '2026-08-31'"
    ) == [(sum(asleep), len(asleep))]


def test_effects_of_service(sample):
    """Each episode of each customer, matched by hand."""
    as_of = pd.Timestamp(sample.value("select max(as_of_on) from core.fct_customers"))
    tickets = frame(
        sample, "core.fct_service_tickets", "ticket_id customer_id opened_on opened_at"
    ).dropna(subset=["customer_id"])
    firsts = frame(sample, "core.fct_customers", "customer_id first_purchase_on")
    firsts = firsts.dropna().set_index("customer_id")["first_purchase_on"].to_dict()
    days = frame(
        sample,
        "core.fct_customer_days",
        "customer_id sold_on net_sales_amount is_purchase_day",
    )
    spent = {
        customer: list(
            zip(group["sold_on"], group["net_sales_amount"], group["is_purchase_day"])
        )
        for customer, group in days.groupby("customer_id")
    }
    asked = set(tickets["customer_id"])
    pool = [customer for customer in firsts if customer not in asked]
    assert len(pool) < 2_000

    def around(customer, day):
        span = spent.get(customer, [])
        before = [d for d in span if day - 30 * DAY <= d[0] < day]
        after = [d for d in span if day < d[0] <= day + 30 * DAY]
        count = sum(bought for *_, bought in before)
        kind = 0 if count == 0 else 1 if count == 1 else 2 if count < 4 else 3
        return kind, sum(d[1] for d in before), sum(d[1] for d in after)

    effects, matched = [], {}
    tickets = tickets.sort_values(["opened_at", "ticket_id"])
    tickets["gap"] = tickets.groupby("customer_id")["opened_on"].diff()
    for row in tickets.itertuples():
        day = row.opened_on
        if (
            row.gap <= 30 * DAY
            or not firsts.get(row.customer_id, as_of) < day
            or day - 30 * DAY < min(firsts.values())
            or day + 30 * DAY > as_of
        ):
            continue
        kind, before, after = around(row.customer_id, day)
        if day not in matched:
            matched[day] = [around(c, day) for c in pool if firsts[c] < day]
        alike = [other for other in matched[day] if other[0] == kind]
        if alike:
            change = sum(o[2] - o[1] for o in alike) / len(alike)
            effects.append(float(after - before - change))
    (told,) = sample.query(
        "select matched_count, mean_effect_amount, effect_error_amount "
        "from metrics.agg_service_effects where breakdown_name = 'all'"
    )
    assert told[0] == len(effects) > 300
    assert float(told[1]) == pytest.approx(np.mean(effects), abs=1e-3)
    assert float(told[2]) == pytest.approx(stats.sem(effects), abs=1e-3)


def test_returns_by_both_days(sample):
    tickets = frame(
        sample,
        "core.fct_transactions",
        "transaction_id original_transaction_id sold_on net_sales_amount is_return",
    )
    sales = tickets[~tickets["is_return"]].set_index("transaction_id")
    back = tickets[tickets["is_return"]]
    counted = defaultdict(lambda: [0, Decimal(0), set()])
    for row in back.itertuples():
        origin = row.original_transaction_id
        days = [("return_date", row.sold_on)]
        if origin in sales.index:
            days.append(("sale_cohort", sales.loc[origin, "sold_on"]))
        for basis, day in days:
            cell = counted[basis, day.to_period("M").start_time.date()]
            cell[0] += 1
            cell[1] -= row.net_sales_amount
            cell[2].add(origin if origin in sales.index else None)
    sold = sales.groupby(sales["sold_on"].dt.to_period("M"))["net_sales_amount"].sum()
    told = sample.query(
        "select basis_code, calendar_month, return_count, return_amount, "
        "returned_ticket_count, value_return_rate from metrics.agg_returns "
        "where breakdown_name = 'all'"
    )
    assert len(told) == 48
    for basis, month, count, amount, ticket_count, rate in told:
        cell = counted[basis, month]
        share = Fraction(cell[1]) / Fraction(sold[pd.Period(month, "M")])
        assert (count, amount) == (cell[0], cell[1])
        assert ticket_count == len(cell[2] - {None})
        assert rate == recount.sixth(share)


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the real data is not there")
def test_returns_of_a_real_shop(real):
    """Cancellations name no sale: they are all unlinked, and rates are of the month."""
    tickets = recount.read_raw(REAL_DATA / "online_retail" / "raw", "transactions")
    tickets["month"] = pd.to_datetime(tickets["occurred_at"]).dt.to_period("M")
    tickets["net"] = recount.units(tickets["net_amount"])
    is_return = tickets["transaction_type"] == "return"
    back = -tickets[is_return].groupby("month")["net"].sum()
    sold = tickets[~is_return].groupby("month")["net"].sum()
    told = work(
        real("online_retail"),
        "select calendar_month, return_amount, value_return_rate, unlinked_amount "
        "from metrics.agg_returns where basis_code = 'return_date' "
        "and breakdown_name = 'all'",
    )
    assert {pd.Period(month, "M"): tuple(row) for month, *row in told} == {
        month: (
            recount.money(back.get(month, 0)),
            recount.sixth(Fraction(int(back.get(month, 0)), int(sold[month]))),
            recount.money(back.get(month, 0)),
        )
        for month in sold.index
    }
