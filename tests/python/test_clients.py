"""What a BI tool finds in the published file: types, keys, words, a whole calendar."""

import adbc_driver_duckdb
import adbc_driver_manager.dbapi
import duckdb
import pytest

TYPES = ("BIGINT", "BOOLEAN", "DATE", "DECIMAL", "INTEGER", "TIMESTAMP", "VARCHAR")


def connect_by_duckdb(path):
    """A reader as strict as we tell BI tools to be: no files, no extensions, no SET."""
    settings = {
        "enable_external_access": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "lock_configuration": "true",
    }
    return duckdb.connect(str(path), read_only=True, config=settings)


def connect_by_adbc(path):
    return adbc_driver_manager.dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(),
        entrypoint="duckdb_adbc_init",
        db_kwargs={"path": str(path), "access_mode": "READ_ONLY"},
        autocommit=True,
    )


@pytest.mark.parametrize("connect", [connect_by_duckdb, connect_by_adbc])
def test_the_file_can_be_read_by(sample, connect):
    with connect(sample.published_file) as connection:
        cursor = connection.cursor()
        cursor.execute(
            "select tier_code, customer_count from segments.agg_pyramid_tiers"
        )
        tiers = dict(cursor.fetchall())
        assert [tiers[code] for code in "ABCD"] == [10, 40, 150, 800]
        cursor.execute("select * from core.fct_customers where is_window_buyer")
        assert len(cursor.fetchall()) == 1_000
        with pytest.raises(Exception, match=r"(?i)read-only"):
            cursor.execute("create table core.mine as select 1 as one")


def test_types_are_those_that_every_tool_knows(sample):
    odd = sample.query(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where not internal and regexp_extract(data_type, '^[A-Z_ ]+') not in "
        f"{TYPES}"
    )
    assert odd == []


def test_tables_and_columns_are_described(sample):
    tables = sample.query("select table_name, comment from duckdb_tables()")
    columns = sample.query(
        "select table_name || '.' || column_name, comment from duckdb_columns() "
        "where not internal"
    )
    assert len(tables) > 15
    for name, comment in [*tables, *columns]:
        assert comment and len(comment.strip(".")) > 5, name
    for name, comment in tables:
        assert comment.startswith("One row"), name
        assert len(comment) > 40, name


def test_a_column_means_one_type_wherever_it_stands(sample):
    """Else a tool cannot join one side to the other."""
    mixed = sample.query(
        "select column_name, list(distinct data_type) from duckdb_columns() "
        "where not internal and regexp_matches(column_name, '(_id|_on|_code|_month)$') "
        "group by column_name having count(distinct data_type) > 1"
    )
    assert mixed == []


RELATIONS = [  # many, one
    ("core.fct_transactions.customer_id", "core.dim_customers.customer_id"),
    ("core.fct_transactions.card_id", "core.dim_cards.card_id"),
    ("core.fct_transactions.store_id", "core.dim_stores.store_id"),
    ("core.fct_transactions.sold_on", "core.dim_dates.date_on"),
    (
        "core.fct_transaction_lines.transaction_id",
        "core.fct_transactions.transaction_id",
    ),
    ("core.fct_transaction_lines.product_id", "core.dim_products.product_id"),
    ("core.fct_transaction_lines.sold_on", "core.dim_dates.date_on"),
    ("core.fct_customers.customer_id", "core.dim_customers.customer_id"),
    ("core.fct_customer_days.customer_id", "core.dim_customers.customer_id"),
    ("core.fct_customer_days.sold_on", "core.dim_dates.date_on"),
    ("core.dim_cards.customer_id", "core.dim_customers.customer_id"),
    ("segments.seg_pyramid.customer_id", "core.dim_customers.customer_id"),
    ("segments.seg_rfm.customer_id", "core.dim_customers.customer_id"),
    ("funnel.fct_funnel_entries.entered_on", "core.dim_dates.date_on"),
]


@pytest.mark.parametrize(("many", "one"), RELATIONS)
def test_every_row_of_many_finds_its_one(sample, many, one):
    many_table, many_column = many.rsplit(".", 1)
    one_table, one_column = one.rsplit(".", 1)
    lost = (
        f"select count(*) from {many_table} as many "
        f"where many.{many_column} is not null and not exists ("
        f"select 1 from {one_table} where {one_column} = many.{many_column})"
    )
    if many == "core.fct_transactions.card_id":
        lost += " and not many.is_orphan_card"
    assert sample.value(lost) == 0
    assert (
        sample.value(f"select count(*) - count(distinct {one_column}) from {one_table}")
        == 0
    )


def test_the_calendar_is_whole_years_without_a_gap(sample):
    first, last, days, keys = sample.query(
        "select min(date_on), max(date_on), count(*), count(distinct date_on) "
        "from core.dim_dates"
    )[0]
    assert (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    assert days == keys == (last - first).days + 1
