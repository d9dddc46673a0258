"""The funnel of real deals, to the figures that are published of them and those that we
count again; and its anomalies by SciPy.
"""

from decimal import Decimal

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from scipy import stats
from shop import work

needs_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)


@pytest.fixture(scope="module")
def deals():
    """The deals of crm_sales as handed over."""
    read = recount.read_raw(REAL_DATA / "crm_sales" / "raw", "opportunities")
    for column in ("created_at", "closed_at"):
        read[column] = pd.to_datetime(read[column])
    return read


@needs_data
def test_deals_end_as_their_publisher_says(real):
    """Maven Analytics: 8,800 deals, of which 4,238 won in 51.8 days on average."""
    built = real("crm_sales")
    told = work(
        built,
        "select coalesce(stage_kind, stage_code), count(*) from ("
        "select case when is_open then stage_code end as stage_code, "
        "case when not is_open then stage_kind end as stage_kind "
        "from core.fct_opportunities) group by 1",
    )
    assert dict(told) == {
        "won": 4_238,
        "lost": 2_473,
        "engaging": 1_589,
        "prospecting": 500,
    }
    ((days,),) = work(
        built,
        "select round(avg(closed_on - created_on), 1) from core.fct_opportunities "
        "where is_won",
    )
    assert days == 51.8


@needs_data
def test_won_deals_quarter_by_quarter(real, deals):
    won = deals[deals["stage"] == "Won"]
    counted = won.groupby(won["closed_at"].dt.to_period("Q")).size()
    told = work(
        real("crm_sales"),
        "select date_trunc('quarter', entered_on), count(*) "
        "from funnel.fct_funnel_entries where stage_code = 'won' group by 1",
    )
    assert {pd.Period(day, "Q"): count for day, count in told} == counted.to_dict()
    assert sum(counted) == 4_238


@needs_data
@pytest.mark.parametrize(("period_type", "frequency"), [("week", "W"), ("month", "M")])
def test_deals_by_period_of_entry(real, deals, period_type, frequency):
    """How many of those engaged in a period were won, and won within its days."""
    as_of = pd.Timestamp("2017-12-31")
    dated = deals.dropna(subset=["created_at"])
    counted = {}
    for period, group in dated.groupby(dated["created_at"].dt.to_period(frequency)):
        end = period.end_time.normalize()
        won = group[group["stage"] == "Won"]
        watched = min((as_of - end).days, 180) if end <= as_of else None
        days = (won["closed_at"] - won["created_at"]).dt.days
        counted[period.start_time.date()] = (
            len(group),
            len(won),
            watched,
            None if watched is None else int((days <= watched).sum()),
            bool((group["stage"] == "Engaging").any() and (watched or 0) < 180),
        )
    told = work(
        real("crm_sales"),
        "select period_start_on, first(entered_count order by stage_order), "
        "last(entered_count order by stage_order), any_value(watched_days), "
        "last(timely_count order by stage_order), bool_or(is_immature) "
        "from funnel.agg_funnel_periods where breakdown_name = 'all' "
        f"and period_type = '{period_type}' and stage_code in ('engaging', 'won') "
        "group by 1",
    )
    assert {start: tuple(row) for start, *row in told} == counted


def test_an_anomaly_is_one_by_scipy(sample):
    """The planted week, each earlier week counted from the moves of its leads."""
    rows = sample.query("select * from funnel.fct_funnel_anomalies")
    names = [
        name
        for (name,) in sample.query(
            "select column_name from information_schema.columns "
            "where table_name = 'fct_funnel_anomalies' order by ordinal_position"
        )
    ]
    assert [(row[0], row[4].isoformat(), row[5]) for row in rows] == [
        ("lead", "2026-09-07", "qualified")
    ]
    told = dict(zip(names, rows[0]))
    leads = pd.DataFrame(
        sample.query(
            "select entity_id, entry_on, "
            "min(entered_on) filter (where stage_order >= 50), "
            "min(entered_on) filter (where stage_order >= 80) "
            "from funnel.fct_funnel_entries "
            "where entity_type = 'lead' and stage_kind != 'lost' group by all"
        ),
        columns=["lead", "entry", "contacted", "qualified"],
    )
    for column in ("entry", "contacted", "qualified"):
        leads[column] = pd.to_datetime(leads[column])
    week = leads["entry"].dt.to_period("W").dt.start_time
    for column in ("contacted", "qualified"):
        age = (leads[column] - leads["entry"]).dt.days
        leads[column] = (age <= told["watched_days"]).astype(int)
    weeks = leads.groupby(week)[["contacted", "qualified"]].sum()
    judged = weeks.loc["2026-09-07"]
    earlier = weeks.loc["2026-03-09":"2026-08-31"]
    assert (judged["qualified"], judged["contacted"]) == (
        told["to_count"],
        told["from_count"],
    )
    rates = earlier["qualified"] / earlier["contacted"]
    assert len(rates) == told["earlier_period_count"] == 26
    deviation = stats.median_abs_deviation(rates)
    assert float(told["usual_rate"]) == pytest.approx(rates.median(), abs=1e-6)
    assert float(told["mad_rate"]) == pytest.approx(deviation, abs=1e-6)
    score = (judged["qualified"] / judged["contacted"] - rates.median()) / (
        1.4826 * deviation
    )
    assert float(told["robust_z_score"]) == pytest.approx(score, abs=1e-3)
    interval = stats.binomtest(
        int(judged["qualified"]), int(judged["contacted"])
    ).proportion_ci(0.99, method="wilson")
    assert float(told["wilson_low_rate"]) == pytest.approx(interval.low, abs=2e-6)
    assert float(told["wilson_high_rate"]) == pytest.approx(interval.high, abs=2e-6)
    pooled = Decimal(int(earlier["qualified"].sum())) / int(earlier["contacted"].sum())
    assert not interval.low < pooled < interval.high
