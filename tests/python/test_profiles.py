"""Profiles of segments and the row of each customer, counted again from raw files."""

from collections import Counter, defaultdict
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
LEAST = 10


def keep_back(cells):
    """The cells of {(segment, value): customers} that are told among the others."""
    kept = {cell for cell, count in cells.items() if count < LEAST}
    crowded = {segment for segment, _ in kept}
    for segment in crowded:
        row = {cell: count for cell, count in cells.items() if cell[0] == segment}
        shown = sorted((count, cell) for cell, count in row.items() if cell not in kept)
        if shown and sum(count for cell, count in row.items() if cell in kept) < LEAST:
            kept.add(shown[0][1])
    first = set(kept)
    for value in {value for _, value in cells}:
        column = {cell: count for cell, count in cells.items() if cell[1] == value}
        hidden = sum(count for cell, count in column.items() if cell in first)
        shown = sorted(
            (cell[0] not in crowded, count, cell)
            for cell, count in column.items()
            if cell not in first
        )
        if shown and 0 < hidden < LEAST:
            kept.add(shown[0][2])
    return kept


def profile(buyers, segments, values):
    """{(segment, value): (customers, net sales, purchase days, index)}."""
    people = [
        (segments[customer], values.get(customer) or "unknown", net, frequency)
        for customer, net, frequency in zip(
            buyers["customer_id"], buyers["net"], buyers["frequency"], strict=True
        )
    ]
    cells = Counter((segment, value) for segment, value, _, _ in people)
    sizes = Counter(segment for segment, _, _, _ in people)
    wholes = Counter(value for _, value, _, _ in people)
    kept = keep_back(cells)
    sums = defaultdict(lambda: [0, 0, 0])
    for segment, value, net, frequency in people:
        if sizes[segment] >= LEAST:
            cell = (segment, "other" if (segment, value) in kept else value)
            sums[cell] = [
                a + b for a, b in zip(sums[cell], (1, net, frequency), strict=True)
            ]
    return {
        (segment, value): (
            count,
            Decimal(net) / 10_000,
            frequency,
            None
            if value == "other"
            else recount.sixth(
                Fraction(count * len(people), sizes[segment] * wholes[value])
            ),
        )
        for (segment, value), (count, net, frequency) in sums.items()
    }


def read_buyers(name):
    days = recount.read_days(REAL_DATA / name / "raw")
    return recount.window_buyers(days, days["day"].max())


def test_profiles_of_tiers_are_those_counted_in_pandas(real):
    buyers = read_buyers("foodmart")
    tiers = {
        customer: tier for customer, (_, tier, _) in recount.pyramid(buyers).items()
    }
    members = recount.read_raw(REAL_DATA / "foodmart" / "raw", "members")
    for attribute in ("gender", "income_band", "education", "region"):
        values = dict(zip(members["member_id"], members[attribute], strict=True))
        expected = profile(buyers, tiers, values)
        told = work(
            real("foodmart"),
            "select segment_code, value_code, customer_count, net_sales_amount, "
            "purchase_day_count, customer_index from segments.agg_segment_profiles "
            f"where scheme_code = 'tier' and attribute_code = '{attribute}'",
        )
        assert len(expected) > 5
        assert {
            (segment, value): tuple(rest) for segment, value, *rest in told
        } == expected


def test_peaks_are_the_fullest_weekday_and_hour(real):
    buyers = read_buyers("online_retail")
    tiers = {
        customer: tier for customer, (_, tier, _) in recount.pyramid(buyers).items()
    }
    tickets = recount.read_raw(REAL_DATA / "online_retail" / "raw", "transactions")
    moments = pd.to_datetime(tickets["occurred_at"])
    start = moments.max().normalize() + pd.Timedelta(days=1) - pd.DateOffset(months=12)
    weekdays, hours = defaultdict(Counter), defaultdict(Counter)
    for card, kind, moment in zip(
        tickets["card_id"], tickets["transaction_type"], moments, strict=True
    ):
        if card in tiers and kind == "sale" and moment >= start:
            weekdays[tiers[card]][moment.isoweekday()] += 1
            hours[tiers[card]][moment.hour] += 1
    told = work(
        real("online_retail"),
        "select distinct segment_code, peak_iso_weekday, peak_hour "
        "from segments.agg_segment_profiles where scheme_code = 'tier'",
    )
    assert len(told) == 4
    assert {tier: (weekday, hour) for tier, weekday, hour in told} == {
        tier: tuple(
            min(counts[tier], key=lambda one, found=counts[tier]: (-found[one], one))
            for counts in (weekdays, hours)
        )
        for tier in weekdays
    }


def test_dates_without_a_time_have_no_peak_hour(real):
    assert work(
        real("cdnow"),
        "select count(peak_hour), count(peak_iso_weekday) > 0 "
        "from segments.agg_segment_profiles",
    ) == [(0, True)]


@pytest.mark.parametrize("name", ["foodmart", "cdnow"])
def test_the_row_of_a_customer_holds_what_was_counted(real, name):
    buyers = read_buyers(name)
    tiers, scores = recount.pyramid(buyers), recount.rfm(buyers)
    told = work(
        real(name),
        "select customer_id, sales_rank, tier_code, recency_days, "
        "window_purchase_day_count, window_net_sales_amount, r_score, f_score, m_score "
        "from segments.seg_customers where is_window_buyer",
    )
    assert {customer: tuple(rest) for customer, *rest in told} == {
        customer: (*tiers[customer][:2], *scores[customer]) for customer in tiers
    }
    cards = recount.read_raw(REAL_DATA / name / "raw", "cards")
    owners = set(cards.get("member_id", cards["card_id"]))
    others = work(
        real(name),
        "select customer_id, tier_code, rfm_code from segments.seg_customers "
        "where not is_window_buyer",
    )
    assert sorted(others) == sorted((who, "N", None) for who in owners - set(tiers))
