"""A retailer may hand over cards and tickets alone, or leave out any other table.

Three builds of the sample: two halves of the optional tables away in turn, then all of
them and every optional column of the two that must be there.
"""

import csv
import shutil

import pytest
from conftest import PROJECT

RAW = PROJECT / "seeds" / "raw"
MANDATORY = {
    "cards": ["card_id"],
    "transactions": ["transaction_id", "occurred_at", "net_amount", "card_id"],
}
OPTIONAL = sorted({path.stem for path in RAW.iterdir()} - set(MANDATORY))
# Marts of what is out of the usual: that nothing is, is an answer.
MAY_BE_EMPTY = {"fct_funnel_anomalies", "fct_metric_anomalies"}
MISSING = {
    "every_other_table": OPTIONAL[::2],
    "the_others": OPTIONAL[1::2],
    "all_but_two": OPTIONAL,
}


@pytest.fixture(scope="module", params=MISSING)
def lacking(request, build, tmp_path_factory):
    """A build without some tables, and which ones."""
    missing = MISSING[request.param]
    raw = tmp_path_factory.mktemp("raw")
    for path in RAW.iterdir():
        if path.stem not in missing:
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, raw / path.name)
    if missing == OPTIONAL:
        for name, columns in MANDATORY.items():
            keep_columns(raw / f"{name}.csv", columns)
    built = build(raw=raw)
    assert built.exit_code == 0, built.output[-4000:]
    return built, missing


def keep_columns(path, columns):
    """Leave these columns of a CSV file, and of its lines those that have them all."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if None not in row.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_it_builds_and_tells_the_same_sales(lacking, sample):
    """Nothing fails; what the two tables tell does not depend on the others."""
    built, missing = lacking
    if "returns" not in missing and "exchange_rates" not in missing:
        total = "select sum(net_sales_amount) from core.fct_transactions"
        assert built.value(total) == sample.value(total)
    assert built.value("select count(*) from segments.seg_pyramid") > 900


def test_a_mart_without_its_tables_says_so_and_is_empty(lacking):
    built, missing = lacking
    for mart, schema, is_available, status, reason in built.query(
        "select mart_name, schema_name, is_available, status_code, reason "
        "from quality.feature_status where schema_name != 'quality'"
    ):
        count = built.value(f"select count(*) from {schema}.{mart}")
        assert (reason is None) == (status == "available"), mart
        assert (count > 0) == is_available or mart in MAY_BE_EMPTY, mart
        if reason:
            assert len(set(reason.split(", "))) == len(reason.split(", ")), reason
            wanting = missing + ["cards.", "transactions."] * (missing == OPTIONAL)
            assert any(name in reason for name in wanting), (mart, reason)


def test_every_mart_tells_its_status(lacking):
    built, _ = lacking
    told = built.query("select schema_name, mart_name from quality.feature_status")
    there = built.query("select schema_name, table_name from duckdb_tables()")
    assert sorted(told) == sorted(there)


def test_no_number_stands_for_what_is_not_known(lacking):
    """Without a table its columns are null, never 0."""
    built, missing = lacking
    columns = {
        "transaction_lines": ("core.fct_transactions", "line_count"),
        "surveys": ("core.fct_customers", "latest_nps_score"),
        "service_tickets": ("core.fct_customers", "complaint_count"),
        "campaign_contacts": ("core.fct_customers", "contact_count"),
        "members": ("core.fct_customers", "referral_count"),
    }
    for table, (mart, column) in columns.items():
        known = built.value(f"select count({column}) from {mart}")
        assert (known == 0) == (table in missing), (table, known)
