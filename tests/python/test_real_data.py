"""Real and published data build unchanged, to the figures their publishers give, and
to those that we count again in pandas.

The data are no part of the project: where the folder is absent, these tests skip.
"""

from decimal import Decimal

import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

NAMES = [
    *("foodmart", "online_retail", "cdnow", "cdnow_sample", "rfm_orders", "crm_sales")
]


@pytest.mark.parametrize("name", NAMES)
def test_it_builds_and_nothing_is_quarantined(real, name):
    assert work(real(name), "from quality.quarantined_rows") == []


@pytest.mark.parametrize("name", NAMES)
def test_pyramid_and_rfm_are_those_counted_in_pandas(real, name):
    days = recount.read_days(REAL_DATA / name / "raw")
    assert_as_counted(real(name), days, days["day"].max())


def test_an_earlier_day_is_told_as_it_was(real):
    days = recount.read_days(REAL_DATA / "foodmart" / "raw")
    assert_as_counted(real("foodmart", "1997-12-31"), days, "1997-12-31")


def assert_as_counted(built, days, as_of):
    """Every rank, tier, score and amount of every window buyer."""
    buyers = recount.window_buyers(days, as_of)
    assert len(buyers) > 80
    told = work(
        built,
        "select customer_id, sales_rank, tier_code, net_sales_amount "
        "from segments.seg_pyramid",
    )
    assert {customer: tuple(values) for customer, *values in told} == (
        recount.pyramid(buyers)
    )
    told = work(
        built,
        "select customer_id, recency_days, frequency_count, monetary_amount, "
        "r_score, f_score, m_score from segments.seg_rfm",
    )
    assert {customer: tuple(values) for customer, *values in told} == (
        recount.rfm(buyers)
    )


@pytest.mark.parametrize("name", ["foodmart", "online_retail", "cdnow"])
def test_concentration_is_that_counted_again(real, name):
    built = real(name)
    days = recount.read_days(REAL_DATA / name / "raw")
    buyers = recount.window_buyers(days, days["day"].max())
    for metric, column in (("net_sales", "net"), ("contribution", "margin")):
        values = [int(amount) for amount in buyers[column].dropna()]
        if not any(values):  # no costs were handed over
            continue
        told = value(
            built,
            "select main_customer_count, top_amount_share, erosion_rate, "
            "gini_coefficient from segments.agg_concentration "
            f"where metric_code = '{metric}'",
        )
        assert told == recount.concentration(values)
        curve = work(
            built,
            "select percentile, customer_count, best_amount, worst_amount "
            f"from segments.seg_pareto where metric_code = '{metric}'",
        )
        assert {percent: tuple(point) for percent, *point in curve} == (
            recount.pareto(values)
        )


def value(built, sql):
    """The one row of a query, or its one value."""
    (row,) = work(built, sql)
    return row if len(row) > 1 else row[0]


def test_foodmart_sold_in_1997_what_its_publisher_says(real):
    built = real("foodmart")
    lines = "count(*), sum(quantity), sum(net_sales_amount), sum(cost_amount), "
    assert value(
        built,
        f"select {lines} count(distinct customer_id) from core.fct_transaction_lines "
        "where year(sold_on) = 1997",
    ) == (86_837, 266_773, Decimal("565238.13"), Decimal("225627.2336"), 5_581)
    assert value(built, "select count(*) from core.dim_customers") == 10_281
    assert value(built, "select count(*) from core.fct_transaction_lines") == 105_162
    assert "stores.parquet: outside the contract, left out: category_of_store" in (
        built.output
    )


def test_foodmart_is_told_as_of_the_end_of_1997(real):
    built = real("foodmart", "1997-12-31")
    assert value(
        built, "select count(*), sum(net_sales_amount) from segments.seg_pyramid"
    ) == (5_581, Decimal("565238.13"))
    assert (
        value(
            built,
            "select row_count from quality.reconciliation "
            "where leg_code = 'after_as_of' and table_name = 'transaction_lines'",
        )
        == 18_325
    )  # of the 105,162


def test_online_retail(real):
    built = real("online_retail")
    assert value(
        built, "select count(*), sum(net_sales_amount) from core.fct_transaction_lines"
    ) == (541_909, Decimal("9747747.934"))
    tickets, total, identified, customers = value(
        built,
        "select count(*), sum(net_sales_amount), "
        "sum(net_sales_amount) filter (where not is_anonymous), "
        "count(distinct customer_id) from core.fct_transactions",
    )
    assert (tickets, total, customers) == (25_900, Decimal("9747747.934"), 4_372)
    assert round(100 * identified / total, 1) == Decimal("85.1")
    # A return, an anonymous sale, a sale of nothing or below are what they are.
    assert value(
        built,
        "select count(*) filter (where is_return) > 3000, "
        "count(*) filter (where is_anonymous) > 3000, "
        "count(*) filter (where net_sales_amount = 0) > 1000, "
        "count(*) filter (where net_sales_amount < 0 and not is_return) > 0 "
        "from core.fct_transactions",
    ) == (True, True, True, True)


def test_cdnow(real):
    assert value(
        real("cdnow"),
        "select count(*), count(distinct customer_id), sum(net_sales_amount) "
        "from core.fct_transactions",
    ) == (69_659, 23_570, Decimal("2500315.63"))


def test_the_cdnow_sample_repeats_as_the_papers_report(real):
    """Fader and Hardie: 2,457 repeats of 2,357 customers in 39 weeks, then 1,882."""
    customer_count, repeat_count, later_count = value(
        real("cdnow_sample"),
        "select count(distinct customer_id), "
        "count(*) filter (where sold_on <= '1997-09-30') - 2357, "
        "count(*) filter (where sold_on > '1997-09-30') "
        "from core.fct_customer_days where is_purchase_day",
    )
    assert (customer_count, repeat_count, later_count) == (2_357, 2_457, 1_882)


def test_rfm_orders(real):
    assert value(
        real("rfm_orders"),
        "select count(*), count(distinct customer_id), sum(net_sales_amount) "
        "from core.fct_transactions",
    ) == (4_906, 995, 464_158)


def test_crm_sales(real):
    built = real("crm_sales")
    assert work(
        built,
        "select stage_code, entered_count from funnel.agg_funnel_stages "
        "where entity_type = 'opportunity' and breakdown_name = 'all' "
        "and stage_code in ('prospecting', 'engaging', 'won') order by stage_order",
    ) == [("prospecting", 8_800), ("engaging", 8_300), ("won", 4_238)]
    assert work(
        built,
        "select stage, count(*) from staging.base_crm__opportunities group by 1 "
        "order by 1",
    ) == [("Engaging", 1_589), ("Lost", 2_473), ("Prospecting", 500), ("Won", 4_238)]
    assert (
        value(built, "select sum(net_sales_amount) from core.fct_transactions")
        == 10_005_534
    )
