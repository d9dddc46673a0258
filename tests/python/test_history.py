"""The history of real customers: counted again in pandas month by month; replayed."""

import bisect

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

REAL = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)
PAST_MONTH_ENDS = [("foodmart", "1997-12-31"), ("online_retail", "2011-11-30")]


@REAL
@pytest.mark.parametrize("name", ["foodmart", "online_retail", "cdnow"])
def test_every_month_end_is_the_one_counted_again(real, name):
    built = real(name)
    days = recount.read_days(REAL_DATA / name / "raw")
    first, last = days["day"].min(), days["day"].max()
    ends = pd.date_range(first, last, freq="ME")
    told = work(built, "select distinct month_end_on from core.fct_customer_months")
    assert sorted(day for (day,) in told) == [end.date() for end in ends]
    calibration = frozen_thresholds(days, first, ends)
    for end in ends:
        buyers = recount.window_buyers(days, end)
        pyramid, rfm = recount.pyramid(buyers), recount.rfm(buyers)
        rows = work(
            built,
            "select customer_id, sales_rank, tier_code, net_sales_amount, "
            "recency_days, frequency_count, net_sales_amount, "
            "r_score, f_score, m_score from core.fct_customer_months "
            f"where is_window_buyer and month_end_on = '{end.date()}'",
        )
        assert {row[0]: row[1:4] for row in rows} == pyramid
        assert {row[0]: row[4:] for row in rows} == rfm
        assert_frozen_as_counted(built, end, buyers, calibration)


def frozen_thresholds(days, first, ends):
    """The first month end with a full window, its buyers' values, and tiers' lowest."""
    full = [
        end
        for end in ends
        if end + pd.Timedelta(days=1) >= first + pd.DateOffset(years=1)
    ]
    if not full:
        return None
    buyers = recount.window_buyers(days, full[0])
    values = {
        "r": sorted(-buyers["recency"]),
        "f": sorted(buyers["frequency"]),
        "m": sorted(buyers["net"]),
    }
    lowest = {}
    for _, tier, amount in recount.pyramid(buyers).values():
        lowest[tier] = min(amount, lowest.get(tier, amount))
    return full[0], values, lowest


def assert_frozen_as_counted(built, end, buyers, calibration):
    """At most 5, 1 + 5 * (calibration buyers worse) div N; the best tier reached."""
    expected = dict.fromkeys(buyers["customer_id"], (None, None, None, None))
    if calibration and end >= calibration[0]:
        _, values, lowest = calibration

        def score(name, value):
            worse = bisect.bisect_left(values[name], value)
            return min(5, 1 + 5 * worse // len(values[name]))

        for buyer in buyers.itertuples():
            amount = recount.money(buyer.net)
            reached = [
                tier for tier in "ABCD" if lowest.get(tier, amount + 1) <= amount
            ]
            expected[buyer.customer_id] = (
                reached[0] if reached else "D",
                score("r", -buyer.recency),
                score("f", buyer.frequency),
                score("m", buyer.net),
            )
    told = work(
        built,
        "select customer_id, frozen_tier_code, frozen_r_score, frozen_f_score, "
        "frozen_m_score from core.fct_customer_months "
        f"where is_window_buyer and month_end_on = '{end.date()}'",
    )
    assert {customer: tuple(values) for customer, *values in told} == expected


@REAL
@pytest.mark.parametrize("name", ["foodmart", "online_retail", "cdnow"])
def test_stage_activity_and_rhythm_are_those_counted_again(real, name):
    built = real(name)
    days = recount.read_days(REAL_DATA / name / "raw")
    days = days[days["is_purchase"]].sort_values(["customer_id", "day"])
    end = days["day"].max() - pd.offsets.MonthEnd(3)
    before = days[days["day"] <= end]
    expected = {}
    for customer, bought in before.groupby("customer_id")["day"]:
        gaps = bought.diff().dropna().dt.days
        since = (end - bought.iloc[-1]).days
        back = bought[bought.diff().dt.days > 180]
        came_back = len(back) > 0 and (end - back.iloc[-1]).days <= 90
        rhythm = gaps.median() if len(gaps) >= 3 else None
        expected[customer] = (
            len(bought),
            "first" if len(bought) == 1 else "repeat",
            "lapsed"
            if since > 180
            else "cooling"
            if since > 90
            else "reactivated"
            if came_back
            else "active",
            gaps.median() if len(gaps) else None,
            None if rhythm is None else bool(since > 3 * rhythm),
        )
    told = work(
        built,
        "select customer_id, purchase_day_count, stage_code, activity_status, "
        "cast(median_gap_days as double), is_overdue from core.fct_customer_months "
        f"where month_end_on = '{end.date()}'",
    )
    assert {customer: tuple(values) for customer, *values in told} == expected


@pytest.fixture
def told_then(dbt, tmp_path):
    """Build the history, and where customers stand, as of an earlier day."""

    def build(as_of, raw=None):
        models = ("fct_customer_months", "fct_customer_standings")
        built = dbt.run("build", folder=tmp_path, raw=raw, as_of=as_of, of=models)
        assert built.exit_code == 0, built.output[-4000:]
        return built

    return build


@REAL
@pytest.mark.parametrize(("name", "as_of"), PAST_MONTH_ENDS)
def test_a_build_as_of_a_past_month_end_is_what_the_history_holds(
    real, told_then, name, as_of
):
    then = told_then(as_of, REAL_DATA / name / "raw")
    assert_replayed(real(name), then, as_of)


def test_the_history_of_the_sample_replays(sample, told_then):
    assert_replayed(sample, told_then("2026-03-31"), "2026-03-31")


def assert_replayed(now, then, as_of):
    """What was told as of that day, and of all months before, is told the same now."""
    months = "select * from core.fct_customer_months "
    told_now = work(now, f"{months} where month_end_on <= '{as_of}' order by all")
    assert len(told_now) > 1000
    assert work(then, f"{months} order by all") == told_now
    columns = [
        column
        for column, *_ in work(now, "describe core.fct_customer_months")
        if column not in ("month_end_on", "history_key")
    ]
    names = ", ".join(columns)
    assert work(
        then, f"select {names} from core.fct_customer_standings order by all"
    ) == work(
        now,
        f"select {names} from core.fct_customer_months "
        f"where month_end_on = '{as_of}' order by all",
    )
