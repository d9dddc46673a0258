"""`make fetch`: tables of PostgreSQL, of a DuckDB file and of an object store."""

import contextlib
import io
import json
import os
from dataclasses import dataclass

import adbc_driver_postgresql.dbapi
import crm_fetch
import crm_landing
import crm_sources
import duckdb
import pytest
from conftest import PROJECT, environment
from crm_contract import raw_contract
from servers import PASSWORD, postgres_folder, running_postgres, running_store
from shop import as_text_parquet, build_models

# Money wider than the contract's, so that nothing is rounded on its way in.
TYPES = {
    "money": "decimal(38, 8)",
    "measure": "decimal(18, 6)",
    "rate": "decimal(20, 10)",
    "integer": "integer",
    "date": "date",
    "month": "date",
    "timestamp": "timestamp",
    "boolean": "boolean",
}
KEYS = {
    "AWS_ACCESS_KEY_ID": "sample",
    "AWS_SECRET_ACCESS_KEY": "sample",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass
class Done:
    """How a fetch ended, and what it said."""

    exit_code: int
    output: str
    refusal: str


def fetch(source, to, sql=None, **settings):
    """What `make fetch` runs, in this process and with this in its environment."""
    output, refusal = io.StringIO(), io.StringIO()
    told = {"FROM": source, "TO": to, "SQL": sql, "PGPASSFILE": os.devnull, **settings}
    with (
        environment(**told),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(refusal),
    ):
        exit_code = crm_fetch.main()
    return Done(exit_code, output.getvalue(), refusal.getvalue())


def fetched(source, to, sql=None, **settings):
    done = fetch(source, to, sql, **settings)
    assert done.exit_code == 0, done.refusal
    return done.output


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """The sample's rows as text, its ragged lines left out."""
    folder = tmp_path_factory.mktemp("text")
    as_text_parquet(PROJECT / "seeds" / "raw", folder)
    return folder


@pytest.fixture(scope="module")
def columns(text):
    """By table: each column that its file has, with its type if all values have it."""
    found = {}
    with duckdb.connect() as connection:
        for file in sorted(text.glob("*.parquet")):
            rows = connection.sql(f"from '{file}'")
            known = raw_contract()[file.stem]["columns"]
            known = [c for c in known if c["name"] in rows.columns]
            fits = rows.aggregate(
                ", ".join(
                    f"count({c['name']}) = count(try_cast({c['name']} as {kind_of(c)}))"
                    for c in known
                )
            ).fetchall()
            found[file.stem] = [
                {**column, "kind": kind_of(column) if is_fit else "varchar"}
                for column, is_fit in zip(known, *fits)
            ]
    return found


def kind_of(column):
    return TYPES.get(column["type"], "varchar")


@pytest.fixture(scope="module")
def shop_file(text, columns, tmp_path_factory):
    """The sample as a DuckDB file, typed where it can be."""
    path = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, known in columns.items():
            typed = (f"cast({c['name']} as {c['kind']}) as {c['name']}" for c in known)
            connection.execute(
                f"create table {name} as "
                f"select {', '.join(typed)} from '{text}/{name}.parquet'"
            )
    return path


@pytest.fixture(scope="module")
def postgres(shop_file, tmp_path_factory):
    """A PostgreSQL that holds the sample; its address, without the password."""
    if postgres_folder() is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    with running_postgres(tmp_path_factory.mktemp("postgres")) as address:
        with duckdb.connect(str(shop_file), read_only=True) as shop:
            for (name,) in shop.sql("show tables").fetchall():
                rows = shop.sql(f"from {name}").to_arrow_reader()
                with admin(address) as cursor:
                    cursor.adbc_ingest(name, rows, mode="create")
        yield address


class admin:  # noqa: N801
    """A cursor of the owner, committed at the end."""

    def __init__(self, address):
        self.address = address.replace("shop@", f"shop:{PASSWORD}@")

    def __enter__(self):
        self.connection = adbc_driver_postgresql.dbapi.connect(self.address)
        self.cursor = self.connection.cursor()
        return self.cursor

    def __exit__(self, kind, *_):
        self.cursor.close()
        if kind is None:
            self.connection.commit()
        self.connection.close()


@pytest.fixture(scope="module")
def from_postgres(postgres, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fetched") / "raw"
    fetched(postgres, folder, PGPASSWORD=PASSWORD)
    return folder


def differing_tables(columns, text, folder):
    """Tables of which a row is on one side only; values compared as what they mean."""
    differing = []
    with duckdb.connect() as connection:
        for name, known in columns.items():
            meant = ", ".join(
                f"cast({c['name']} as {c['kind']})"
                for c in known
                if not c["is_personal"]
            )
            one, two = (
                f"(select {meant} from '{place}/{name}.parquet')"
                for place in (text, folder)
            )
            sides = f"({one} except all {two}) union all ({two} except all {one})"
            is_differing = connection.sql(f"select count(*) > 0 from ({sides})")
            differing += [name] if is_differing.fetchall()[0][0] else []
    return differing


def test_every_row_of_postgres_is_that_of_the_file(columns, text, from_postgres):
    assert len(list(from_postgres.glob("*.parquet"))) == len(columns) == 28
    assert differing_tables(columns, text, from_postgres) == []


def test_a_duckdb_file_gives_the_same_rows(columns, text, shop_file, tmp_path):
    fetched(shop_file, tmp_path / "raw")
    assert differing_tables(columns, text, tmp_path / "raw") == []


def test_what_was_fetched_is_judged_and_reconciles_as_the_files_do(
    dbt, sample, from_postgres, tmp_path
):
    built = build_models(
        dbt, from_postgres, tmp_path, "--select", "+int_rows__reconciled"
    )
    legs = (
        "select table_name, leg_code, row_count, amount "
        "from intermediate.int_rows__reconciled "
        "where leg_code not in ('read', 'rejected') order by all"
    )
    accepted = reconciled(built, legs)
    assert len({name for name, *_ in accepted}) == 28
    assert accepted == reconciled(sample, legs)
    # The sample's one ragged line is no row of any database.
    read = (
        "select sum(row_count) filter (leg_code = 'read'), "
        "sum(row_count) filter (leg_code = 'rejected') "
        "from intermediate.int_rows__reconciled"
    )
    ((rows, none),) = reconciled(built, read)
    ((lines, ragged),) = reconciled(sample, read)
    assert (none, ragged, lines - rows) == (0, 1, 1)


def reconciled(built, sql):
    with duckdb.connect(str(built.folder / "crm.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_names_and_phones_come_as_digests_only(text, from_postgres):
    count = "select count(*), count(distinct phone) from '{}/members.parquet'"
    both = (
        "select count(*) from '{0}/members.parquet' as old, "
        "'{1}/members.parquet' as new where old.member_id = new.member_id "
        "and (old.name = new.name or old.phone = new.phone or old.email = new.email)"
    )
    with duckdb.connect() as connection:
        old, new = (
            connection.sql(count.format(f)).fetchall() for f in (text, from_postgres)
        )
        assert old == new
        alike = connection.sql(both.format(text, from_postgres)).fetchall()
        assert alike == [(0,)]
    assert from_postgres.stat().st_mode & 0o077 == 0


MINE = {
    "cards": """
        -- Our table, as it is.
        select "CardNo" as card_id, kunde as member_id, * from loyalty.karten -- all
        """,
    "transactions": """
        with bons as (select * from loyalty.bons where summe is not null)
        select bon as transaction_id, am as occurred_at, karte as card_id,
            summe as net_amount
        from bons;
        """,
}


@pytest.fixture(scope="module")
def own(postgres):
    """Tables of our own names, with types of which other engines know nothing."""
    with admin(postgres) as cursor:
        cursor.execute("create schema loyalty")
        cursor.execute(
            'create table loyalty.karten ("CardNo" char(8), kunde uuid, '
            "phone text, issued_on date)"
        )
        cursor.execute(
            "create table loyalty.bons "
            "(bon bigint, am timestamptz, karte varchar(20), summe money, kasse text)"
        )
        cursor.execute(
            "insert into loyalty.karten values ('C1', "
            "'11111111-2222-3333-4444-555555555555', '0151 23', '2025-01-31')"
        )
        cursor.execute(
            "insert into loyalty.bons values "
            "(1, '2025-03-01 10:00+01', 'C1', '3.50', 'K1'), (2, null, '', null, 'K2')"
        )
    return postgres


def write_queries(folder, queries):
    folder.mkdir()
    for name, query in queries.items():
        (folder / f"{name}.sql").write_text(query)
    return folder


def test_queries_map_tables_of_ones_own(own, tmp_path):
    sql = write_queries(tmp_path / "sql", MINE)
    said = fetched(own, tmp_path / "raw", sql, PGPASSWORD=PASSWORD)
    assert "cards.parquet: outside the contract, left out: CardNo, kunde, phone" in said
    with duckdb.connect() as connection:
        cards = connection.sql(f"from '{tmp_path}/raw/cards.parquet'")
        assert cards.columns == ["card_id", "member_id", "issued_on"]
        assert cards.fetchall()[0][:2] == (
            "C1",
            "11111111-2222-3333-4444-555555555555",
        )
        tickets = connection.sql(
            "select transaction_id, net_amount, timezone('UTC', occurred_at)::varchar "
            f"from '{tmp_path}/raw/transactions.parquet'"
        )
        assert tickets.fetchall() == [(1, "3.50", "2025-03-01 09:00:00")]


def test_a_query_cannot_write(own, tmp_path):
    with admin(own) as cursor:
        cursor.execute(
            "create function loyalty.purge() returns text language sql as "
            "$$ delete from loyalty.bons; select 'C1' $$"
        )
    purge = {**MINE, "cards": "select loyalty.purge() as card_id"}
    sql = write_queries(tmp_path / "sql", purge)
    assert fetch(own, tmp_path / "raw", sql, PGPASSWORD=PASSWORD).exit_code == 1
    with admin(own) as cursor:
        cursor.execute("select count(*) from loyalty.bons")
        assert cursor.fetchone() == (2,)


def test_all_tables_are_of_one_moment(own):
    rows = "select bon from loyalty.bons"
    with environment(PGPASSWORD=PASSWORD):
        source = crm_sources.open_source(own)
    before = source.batches(rows).read_all().num_rows
    with admin(own) as cursor:
        cursor.execute("insert into loyalty.bons values (3, null, null, null, null)")
    assert source.batches(rows).read_all().num_rows == before
    source.close()
    with admin(own) as cursor:
        cursor.execute("delete from loyalty.bons where bon = 3")


WRONG = [
    ({"cards": "select 1 as one"}, "cards: the required column card_id is missing"),
    ({"cards": 'select kunde as "CardID" from loyalty.karten'}, "rename it to card_id"),
    ({"cards": "select no from loyalty.karten"}, 'cards: column "no" does not exist.'),
    ({"cards": "from"}, 'cards: syntax error at or near "from".'),
    ({"cards": "select * from nowhere"}, 'cards: relation "nowhere" does not exist.'),
    (
        {"card": "select 1"},
        "card.sql is no table of the contract; did you mean cards.sql?",
    ),
    (
        {"cards": "select cast(phone as int)::text as card_id from loyalty.karten"},
        "cards: the server stopped amid the rows; a value that does not fit a cast",
    ),
    (
        {"cards": "select 'C1' as card_id, 'infinity'::date as issued_on"},
        "cards: column issued_on holds a day outside the years 1 to 9999",
    ),
]


@pytest.mark.parametrize(("queries", "sentence"), WRONG)
def test_a_query_that_will_not_do_is_told_in_a_sentence(
    own, tmp_path, queries, sentence
):
    sql = write_queries(tmp_path / "sql", {**MINE, **queries})
    done = fetch(own, tmp_path / "raw", sql, PGPASSWORD=PASSWORD)
    assert (done.exit_code, done.output) == (1, "")
    assert sentence in done.refusal
    assert done.refusal.count("\n") == 1
    assert "0151" not in done.refusal
    assert [path.name for path in tmp_path.iterdir()] == ["sql"]


@pytest.mark.parametrize(
    ("change", "password", "sentence"),
    [
        (("", ""), "wrong-1", "give the password of that user as PGPASSWORD or in"),
        (("", ""), None, "give the password of that user as PGPASSWORD or in"),
        (("/postgres", "/nobody"), PASSWORD, 'database "nobody" does not exist'),
        (("127.0.0.1", "nowhere.invalid"), PASSWORD, "check host and port in FROM"),
        (("shop@", "shop:mouse-7-hole@"), None, "FROM holds a password"),
        (("postgresql:", "oracle:"), PASSWORD, "FROM cannot be listed"),
    ],
)
def test_a_server_that_lets_nobody_in(postgres, tmp_path, change, password, sentence):
    done = fetch(postgres.replace(*change), tmp_path / "raw", PGPASSWORD=password)
    assert done.exit_code == 1
    assert sentence in done.refusal
    assert done.refusal.count("\n") == 1
    assert PASSWORD not in done.refusal + done.output
    assert not (tmp_path / "raw").exists()


def test_a_build_reads_no_address(tmp_path):
    told = crm_landing.open_raw_door(f"{tmp_path}/s3:/lake/shop", "[]", str(tmp_path))
    assert "make fetch FROM=" in json.loads(told)["error"]


def test_a_missing_mandatory_table_is_named(tmp_path):
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("create table cards as select 1 as card_id")
    done = fetch(tmp_path / "shop.duckdb", tmp_path / "raw")
    assert "There is no table transactions" in done.refusal
    done = fetch(tmp_path / "gone.duckdb", tmp_path / "raw")
    assert "There is no file" in done.refusal


def test_only_what_was_fetched_is_replaced(shop_file, tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "diary.txt").write_text("mine")
    assert "holds what was not fetched" in fetch(shop_file, raw).refusal
    assert (raw / "diary.txt").read_text() == "mine"
    (raw / "diary.txt").unlink()
    fetched(shop_file, raw)
    (raw / "coupons.parquet").unlink()
    fetched(shop_file, raw)
    assert (raw / "coupons.parquet").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


@pytest.fixture(scope="module")
def store(text, tmp_path_factory):
    """Tickets in two files and cards in one, in a bucket."""
    folder = tmp_path_factory.mktemp("buckets")
    tickets = folder / "lake" / "shop" / "transactions"
    tickets.mkdir(parents=True)
    with duckdb.connect() as connection:
        for year in (2024, 2025):
            connection.execute(
                f"copy (from '{text}/transactions.parquet' where "
                f"substr(occurred_at, 1, 4) = '{year}') to '{tickets}/{year}.parquet'"
            )
        connection.execute(
            f"copy (select *, 'x' as colour from '{text}/cards.parquet') "
            f"to '{tickets.parent}/cards.parquet'"
        )
    with running_store(folder) as options:
        yield f"s3://lake/shop{options}"


def test_files_of_an_object_store_come_one_by_one(store, text, tmp_path):
    said = fetched(store, tmp_path / "raw", **KEYS)
    assert "cards.parquet: outside the contract, left out: colour" in said
    files = sorted(path.name for path in tmp_path.glob("raw/transactions/*"))
    assert files == ["2024.parquet", "2025.parquet"]
    with duckdb.connect() as connection:
        counts = connection.sql(
            f"select (select count(*) from '{tmp_path}/raw/transactions/*.parquet'), "
            f"(select count(*) from '{text}/transactions.parquet' "
            "where substr(occurred_at, 1, 4) in ('2024', '2025'))"
        )
        assert len(set(*counts.fetchall())) == 1


def test_queries_see_the_folders_of_an_object_store(store, tmp_path):
    queries = {
        "cards": "select card_id from cards where card_id < 'C00003'",
        "transactions": "select * from transactions where card_id = 'C00312'",
    }
    sql = write_queries(tmp_path / "sql", queries)
    said = fetched(store, tmp_path / "raw", sql, **KEYS)
    assert "cards                                2 rows" in said


def test_an_object_store_that_lets_nobody_in(store, tmp_path):
    done = fetch(store.replace("lake", "pond", 1), tmp_path / "raw", **KEYS)
    assert "FROM cannot be listed" in done.refusal
    done = fetch(f"{store}?pass%77ord=shh", tmp_path / "raw", **KEYS)
    assert "FROM holds a password" in done.refusal
    done = fetch(store.replace("//", "//key:shh@"), tmp_path / "raw")
    assert "FROM holds a password" in done.refusal
    assert "shh" not in done.refusal
