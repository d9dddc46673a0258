"""What a BI tool finds in the published file: types, keys, words, a whole calendar."""

import re

import adbc_driver_duckdb
import adbc_driver_manager.dbapi
import duckdb
import pytest
import sqlalchemy

# Neither nested types nor moments with a zone: tools disagree about both.
TYPES = "BIGINT|BOOLEAN|DATE|DECIMAL[(][0-9]+,[0-9]+[)]|INTEGER|TIMESTAMP|VARCHAR"


STRICT = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
}


def connect_by_duckdb(path):
    """A reader as strict as we tell BI tools to be: no files, no extensions, no SET."""
    return duckdb.connect(str(path), read_only=True, config=STRICT)


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


@pytest.fixture(scope="module")
def marts(sample):
    """What the file itself says: {(schema, table): {column: (type, is nullable)}}."""
    found = {}
    for schema, table, column, *told in sample.query(
        "select schema_name, table_name, column_name, data_type, is_nullable "
        "from duckdb_columns() where not internal order by all"
    ):
        found.setdefault((schema, table), {})[column] = tuple(told)
    return found


@pytest.fixture(scope="module")
def keys(sample):
    """The columns of each table's primary key, as declared in the file."""
    return {
        (schema, table): columns
        for schema, table, columns in sample.query(
            "select schema_name, table_name, constraint_column_names "
            "from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        )
    }


def test_the_file_holds_every_public_mart(dbt, sample, marts):
    models = (
        node
        for node in dbt.manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
    )
    assert set(marts) == {(node.schema, node.name) for node in models}


def test_adbc_tells_columns_comments_and_keys_of_every_mart(sample, marts, keys):
    with connect_by_adbc(sample.published_file) as connection:
        found = connection.adbc_get_objects(catalog_filter="marts").read_all()
        schemas = found.to_pylist()[0]["catalog_db_schemas"]
        tables = {
            (schema["db_schema_name"], table["table_name"]): table
            for schema in schemas
            for table in schema["db_schema_tables"]
        }
        assert set(tables) == set(marts)
        for (schema, name), table in tables.items():
            columns = {c["column_name"]: c for c in table["table_columns"]}
            assert {
                column: (told["xdbc_type_name"], told["xdbc_is_nullable"] == "YES")
                for column, told in columns.items()
            } == marts[schema, name], name
            assert all(len(told["remarks"]) > 5 for told in columns.values()), name
            assert [
                constraint["constraint_column_names"]
                for constraint in table["table_constraints"]
                if constraint["constraint_type"] == "PRIMARY KEY"
            ] == [key for place, key in keys.items() if place == (schema, name)], name
            arrow = connection.adbc_get_table_schema(name, db_schema_filter=schema)
            assert set(arrow.names) == set(columns), name


@pytest.fixture
def engine(sample):
    """As BI tools on SQLAlchemy connect."""
    engine = sqlalchemy.create_engine(
        f"duckdb:///{sample.published_file}",
        connect_args={"read_only": True, "config": STRICT},
    )
    yield engine
    engine.dispose()


def test_sqlalchemy_tells_columns_comments_and_keys_of_every_mart(engine, marts, keys):
    """Its dialect knows a key by the words of its declaration only."""
    found = set()
    inspector = sqlalchemy.inspect(engine)
    for schema in inspector.get_schema_names():
        if not schema.startswith("marts."):
            continue
        for table in inspector.get_table_names(schema=schema):
            place = (schema.removeprefix("marts."), table)
            found.add(place)
            columns = inspector.get_columns(table, schema=schema)
            assert {c["name"]: c["nullable"] for c in columns} == {
                name: is_nullable for name, (_, is_nullable) in marts[place].items()
            }, table
            for column in columns:
                assert not isinstance(column["type"], sqlalchemy.types.NullType), table
                assert len(column["comment"]) > 5, (table, column["name"])
            text = inspector.get_table_comment(table, schema=schema)["text"]
            assert text.startswith("One row"), table
            key = inspector.get_pk_constraint(table, schema=schema)["name"]
            names = ", ".join(keys.get(place, []))
            assert key == (f"PRIMARY KEY({names})" if names else None), table
    assert found == set(marts)
    with engine.connect() as connection:
        tiers = sqlalchemy.Table(
            "agg_pyramid_tiers",
            sqlalchemy.MetaData(),
            schema="segments",
            autoload_with=connection,
        )
        asked = sqlalchemy.select(tiers.c.tier_code, tiers.c.customer_count)
        counts = dict(connection.execute(asked).all())
        assert [counts[code] for code in "ABCD"] == [10, 40, 150, 800]


def test_keys_are_declared_and_never_null(sample, marts, keys):
    undeclared = {table for schema, table in marts if (schema, table) not in keys}
    assert undeclared == {"fct_transactions", "fct_transaction_lines"}
    for place, columns in keys.items():
        assert not any(marts[place][column][1] for column in columns), place
    for table, key in (
        ("fct_transactions", "transaction_id"),
        ("fct_transaction_lines", "(transaction_id, line_number)"),
    ):
        assert sample.value(
            f"select count(*) = count(distinct {key}) and count(*) = "
            f"count(transaction_id) from core.{table}"
        ), table


def test_both_sides_of_a_relationship_have_one_type(dbt, marts):
    """Of each that a test of the project names, between marts."""
    tables = {table: columns for (_, table), columns in marts.items()}
    checked = set()
    for node in dbt.manifest.nodes.values():
        metadata = getattr(node, "test_metadata", None)
        if metadata is None or metadata.name != "relationships":
            continue
        told = metadata.kwargs
        many = node.attached_node.split(".")[-1]
        one = told["to"].removeprefix("ref('").removesuffix("')")
        if many in tables and one in tables:
            sides = (tables[many][told["column_name"]], tables[one][told["field"]])
            assert sides[0][0] == sides[1][0], (many, one, told)
            checked.add(many)
    assert len(checked) > 30


def test_types_are_those_that_every_tool_knows(marts):
    odd = [
        (table, column, data_type)
        for (_, table), columns in marts.items()
        for column, (data_type, _) in columns.items()
        if not re.fullmatch(TYPES, data_type)
    ]
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
