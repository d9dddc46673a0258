"""Past month ends are kept as they were told, and computed again when they must be."""

import shutil

import pytest
from conftest import PROJECT
from shop import work

HISTORY = "from core.fct_customer_months"
COMPUTED = (
    "select distinct told_on from intermediate.int_told_days__keyed "
    "where is_month_end and not is_kept order by 1"
)
ALL_MONTHS = 24
# What the laws are told of; that the rest follows is shown once, of all models.
HISTORY_MODELS = ("fct_customer_months", "agg_segment_migrations", "fct_transactions")


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """The raw tables of the sample, to be changed."""
    folder = tmp_path_factory.mktemp("raw") / "raw"
    shutil.copytree(PROJECT / "seeds" / "raw", folder)
    return folder


@pytest.fixture(scope="module")
def told(dbt, raw, tmp_path_factory):
    """Build the history in one folder, again and again: `told(as_of)`."""
    folder = tmp_path_factory.mktemp("warehouse")

    def build(as_of, *arguments, out=folder, of=HISTORY_MODELS):
        built = dbt.run("build", *arguments, folder=out, raw=raw, as_of=as_of, of=of)
        assert built.exit_code == 0, built.output[-4000:]
        return built

    build.elsewhere = lambda as_of, **options: build(
        as_of, out=tmp_path_factory.mktemp("fresh"), **options
    )
    return build


def computed(built):
    return [day.isoformat() for (day,) in work(built, COMPUTED)]


def test_only_new_months_are_computed(told):
    """First build, one day more, a month more."""
    first = told("2026-08-31")
    assert len(computed(first)) == ALL_MONTHS - 2
    day_later = told("2026-09-01")
    assert computed(day_later) == []
    scored = "select count(distinct told_on) from intermediate.int_standings__scored"
    assert work(day_later, scored) == [(1,)]
    month_later = told("2026-09-30")
    assert computed(month_later) == ["2026-09-30"]
    month_and_a_day_later = told("2026-10-01")
    assert computed(month_and_a_day_later) == []
    again = told("2026-10-31")
    assert computed(again) == ["2026-10-31"]
    fresh = told.elsewhere("2026-10-31")
    assert len(computed(fresh)) == ALL_MONTHS
    assert_equal(again, fresh)


def test_every_mart_is_the_same_with_kept_months(told, dbt):
    """Each table of a build that kept 23 months has the rows of a first build."""
    told("2026-09-30")
    every_model = [
        node.name
        for node in dbt.manifest.nodes.values()
        if node.resource_type == "model"
    ]
    again = told("2026-10-31", of=every_model)
    assert computed(again) == ["2026-10-31"]
    assert assert_equal(again, told.elsewhere("2026-10-31", of=every_model)) > 100


def assert_equal(one, other):
    """The same rows in every published table; returns how many tables there are."""
    tables = one.query(
        "select schema_name, table_name from duckdb_tables() order by all"
    )
    for schema, table in tables:
        rows = f"from {schema}.{table} order by all"
        assert one.query(rows) == other.query(rows), table
    return len(tables)


def test_an_earlier_day_takes_its_months_from_the_later_one(told):
    told("2026-10-31")
    earlier = told("2026-03-15")
    assert computed(earlier) == []
    assert work(earlier, f"select max(month_end_on) {HISTORY}")[0][0].isoformat() == (
        "2026-02-28"
    )


def test_a_late_ticket_changes_its_month_and_all_after_it(told, raw):
    before = told("2026-10-31")
    ((card,),) = work(
        before,
        "select card_id from core.fct_transactions "
        "where customer_id is not null order by sold_on, transaction_id limit 1",
    )
    (raw / "transactions").mkdir()
    shutil.move(raw / "transactions.csv", raw / "transactions" / "1.csv")
    (raw / "transactions" / "2.csv").write_text(
        "transaction_id,occurred_at,net_amount,card_id\n"
        f"late,2026-06-15 12:00:00,12345.67,{card}\n"
    )
    after = told("2026-10-31")
    assert computed(after) == [
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
    ]
    assert_equal(after, told.elsewhere("2026-10-31"))


def test_another_rule_computes_all_months_again(told):
    built = told("2026-10-31", "--vars", "{active_days: 60}")
    assert len(computed(built)) == ALL_MONTHS


def test_a_full_refresh_computes_all_months_again(told):
    told("2026-10-31")
    assert len(computed(told("2026-10-31", "--full-refresh"))) == ALL_MONTHS


def test_what_cannot_be_read_is_computed_again(told):
    built = told("2026-10-31")
    built.published_file.chmod(0o644)
    built.published_file.write_bytes(b"no database")
    assert len(computed(told("2026-10-31"))) == ALL_MONTHS
