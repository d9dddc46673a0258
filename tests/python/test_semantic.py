"""MetricFlow answers from the published marts, and tells what they tell.

Its own environment: `make metrics` asks it in the same way.
"""

import csv
import subprocess
from decimal import Decimal

import pytest
from conftest import PROJECT, clean_environment

TOOLS = PROJECT / ".venv-semantic" / "bin"
pytestmark = pytest.mark.skipif(
    not TOOLS.is_dir(), reason="make .venv-semantic/.installed has not been run"
)

# metric: what it must be in agg_monthly_metrics
METRICS = {
    "net_sales": "net_sales_amount",
    "tickets": "ticket_count",
    "buyers": "buyer_count",
    "new_customers": "new_customer_count",
    "returned": "return_amount",
    "units": "unit_count",
    "margin": "margin_amount",
    "average_basket": "basket_amount",
    "units_per_ticket": "units_per_ticket",
    "margin_rate": "margin_rate",
    "conversion": "conversion_rate",
    "identified_share": "identified_net_sales_amount / net_sales_amount",
    "return_rate": "return_amount / (net_sales_amount + return_amount)",
}


@pytest.fixture(scope="module")
def ask(sample, project_copy):
    """`ask(metrics, by)`: the rows that MetricFlow tells, as texts by column."""
    folder = project_copy()
    settings = clean_environment(
        CRM_WAREHOUSE_DIR=sample.folder, DBT_PROFILES_DIR=folder / "profiles/semantic"
    )

    def run(*command):
        done = subprocess.run(
            command, cwd=folder, env=settings, capture_output=True, text=True
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]

    run(TOOLS / "dbt", "--quiet", "parse", "--target-path", folder / "target")

    def query(metrics, by):
        answer = folder / "answer.csv"
        run(
            *(TOOLS / "mf", "query", "--csv", answer),
            *("--metrics", ",".join(metrics), "--group-by", ",".join(by)),
        )
        with answer.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return query


def near(told, expected):
    """Equal at the decimals that the mart keeps."""
    if expected is None or told in ("", None):
        return told in ("", None) and expected is None
    return abs(Decimal(told) - Decimal(str(expected))) < Decimal("0.00006")


def test_each_metric_is_that_of_the_monthly_mart(ask, sample):
    told = {
        row["metric_time__month"][:10]: row
        for row in ask(METRICS, ["metric_time__month"])
    }
    never = told.pop("", {"new_customers": "0"})  # who has not bought yet
    assert Decimal(never["new_customers"]) == 0
    expected = sample.query(
        f"select metric_month, {', '.join(METRICS.values())} "
        "from metrics.agg_monthly_metrics "
        "where scope_code = 'company' and ticket_count > 0"
    )
    assert len(expected) == len(told) > 20
    wrong = [
        (month, metric, told[str(month)][metric], value)
        for month, *values in expected
        for metric, value in zip(METRICS, values)
        if not near(told[str(month)][metric], value)
    ]
    assert wrong == []


def test_metrics_may_be_parted_by_store_and_month(ask, sample):
    metrics = {name: METRICS[name] for name in ("net_sales", "tickets", "conversion")}
    told = {
        (row["store"], row["metric_time__month"][:10]): row
        for row in ask(metrics, ["store", "metric_time__month"])
    }
    expected = sample.query(
        f"select store_id, metric_month, {', '.join(metrics.values())} "
        "from metrics.agg_monthly_metrics "
        "where scope_code = 'store' and ticket_count > 0"
    )
    assert len(expected) > 100
    wrong = [
        (store, month, metric, told[store, str(month)][metric], value)
        for store, month, *values in expected
        for metric, value in zip(metrics, values)
        if not near(told[store, str(month)][metric], value)
    ]
    assert wrong == []


@pytest.mark.nightly
def test_sales_may_be_parted_by_what_was_sold_to_whom(ask, sample):
    told = ask(["product_net_sales"], ["product__category", "customer__age_band"])
    expected = sample.query(
        "select products.category, customers.age_band, sum(lines.net_sales_amount) "
        "from core.fct_transaction_lines as lines "
        "left join core.dim_products as products using (product_id) "
        "left join core.dim_customers as customers using (customer_id) group by all"
    )
    assert {
        (row["product__category"] or None, row["customer__age_band"] or None): Decimal(
            row["product_net_sales"]
        )
        for row in told
    } == {(category, band): amount for category, band, amount in expected}
