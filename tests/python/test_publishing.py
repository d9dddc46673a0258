"""The published file: whole, read-only, public, and never harmed by what goes wrong."""

import fcntl
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import crm_publishing
import duckdb
import pytest
from conftest import PROJECT, clean_environment, finish, make_build
from shop import work

UNTOUCHED = "marts.duckdb was left as it was"


def fingerprint(path):
    """Everything of a file that must not change: its bytes and its mode."""
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mode


def leftovers(folder):
    return sorted(
        path.name for path in folder.iterdir() if "marts.duckdb." in path.name
    )


def one_line_with(text, output):
    """The only line that says it."""
    (line,) = [line for line in output.splitlines() if text in line]
    return line


def test_a_model_that_stands_can_be_built_again(sample_copy, dbt):
    """As one does while working on it, in the same work file."""
    models = ("dim_stores", "stg_pos__stores")
    again = dbt.run("run", "--select", *models, folder=sample_copy.folder)
    assert again.exit_code == 0, again.output[-4000:]


# What is in it


def test_only_public_tables_are_published(sample, dbt):
    public = {
        (node.schema, node.alias)
        for node in dbt.manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
    }
    published = sample.query("select schema_name, table_name from duckdb_tables()")
    assert set(published) == public
    assert sample.query("select view_name from duckdb_views() where not internal") == []


def test_tables_have_the_primary_keys_that_their_models_declare(sample, dbt):
    declared = {
        (node.schema, node.alias): constraint.columns
        for node in dbt.manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
        for constraint in node.constraints
        if constraint.type == "primary_key"
    }
    published = {
        (schema, name): columns
        for schema, name, columns in sample.query(
            "select schema_name, table_name, constraint_column_names "
            "from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        )
    }
    assert published == declared
    assert len(published) > 10


def test_every_table_and_column_has_a_comment(sample):
    assert (
        sample.query("select table_name from duckdb_tables() where comment is null")
        == []
    )
    bare = sample.query(
        "select table_name, column_name from duckdb_columns() "
        "where comment is null and not internal"
    )
    assert bare == []


def test_columns_and_rows_are_those_of_the_work_file(sample):
    published = sample.query(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where not internal order by schema_name, table_name, column_index"
    )
    schemas = {schema for schema, *_ in published}
    built = work(
        sample,
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where not internal and (schema_name, table_name) in ("
        "    select (schema_name, table_name) from duckdb_tables()"
        ") order by schema_name, table_name, column_index",
    )
    assert published == [column for column in built if column[0] in schemas]
    for schema, name in dict.fromkeys((schema, name) for schema, name, *_ in published):
        count = f"select count(*) from {schema}.{name}"
        assert sample.query(count) == work(sample, count), name


def test_the_same_input_publishes_the_same_rows_in_the_same_order(sample, build):
    again = build()
    for schema, name in sample.query(
        "select schema_name, table_name from duckdb_tables()"
    ):
        rows = f"select * from {schema}.{name}"
        assert sample.query(rows) == again.query(rows), name


# What kind of file it is


def test_the_file_is_read_only_and_alone(sample):
    assert sample.published_file.stat().st_mode & 0o777 == 0o444
    assert leftovers(sample.folder) == []


def test_duckdb_1_4_can_read_it(sample):
    tags = sample.value(
        "select tags from duckdb_databases() where database_name = 'marts'"
    )
    assert tags["storage_version"].startswith("v1.4.0")


# When it stays as it was


def test_a_failing_test_leaves_the_file_byte_for_byte(sample_copy, project_copy):
    project = project_copy()
    (project / "tests" / "it_fails.sql").write_text("select 1 as failing")
    before = fingerprint(sample_copy.published_file)
    failed = finish(make_build(sample_copy.folder, project=project), sample_copy.folder)
    assert failed.exit_code == 1
    assert failed.last_line == f"{UNTOUCHED}: it_fails (fail) did not pass."
    assert fingerprint(sample_copy.published_file) == before
    assert leftovers(sample_copy.folder) == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("build", "--select", "config.materialized:seed"),
            "only a build of everything",
        ),
        (("build", "--exclude", "*"), "only a build of everything"),
        (
            ("build", "--resource-type", "seed", "--empty"),
            "a build on empty or sampled inputs",
        ),
        (("seed",), "dbt seed does not publish"),
    ],
)
def test_a_build_of_a_part_publishes_nothing(dbt, sample_copy, arguments, reason):
    before = fingerprint(sample_copy.published_file)
    part = dbt.run(*arguments, folder=sample_copy.folder)
    assert part.exit_code == 0
    if arguments[1:2] != ("--exclude",):  # dbt runs no hook when nothing is selected
        assert reason in one_line_with(UNTOUCHED, part.output)
    assert fingerprint(sample_copy.published_file) == before


# Two at once, and places where nothing can be written


def test_a_second_build_in_the_same_folder_stops_with_one_sentence(dbt, tmp_path):
    with open(tmp_path / ".lock", "w") as lock:
        lock.write("4242")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = dbt.run("build", folder=tmp_path)
    assert second.exit_code == 2
    sentence = f"Another build is running in {tmp_path} (process 4242): wait for it"
    assert sentence in second.output
    assert "Traceback" not in second.output
    assert not (tmp_path / "crm.duckdb").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(dbt, tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "warehouse"
    stopped = dbt.run("build", folder=folder)
    assert stopped.exit_code == 2
    assert f"Cannot write in the folder {folder} (Not a directory)" in stopped.output
    made = finish(make_build(folder), folder)
    assert made.exit_code == 1
    assert made.last_line == (
        f"Cannot make the folder {folder} (Not a directory), choose another."
    )


# The copying alone, on a small work file of its own

PUBLISHER = """
import json, sys
from pathlib import Path
import crm_publishing, duckdb

folder, generations, tables = sys.argv[1:]
folder, generations, tables = Path(folder), int(generations), json.loads(tables)
connection = duckdb.connect(str(folder / "crm.duckdb"))
crm_publishing.remove_leftovers(folder)
for generation in range(generations):
    for table in tables:
        name = f"{table['schema']}.{table['name']}"
        connection.execute(f"update {name} set generation = ?", [generation])
    crm_publishing.publish(connection.cursor(), folder, tables)
    print(generation, flush=True)
"""
TABLES = [
    {"database": "crm", "schema": schema, "name": name, "key": ["id"]}
    for schema in ("core", "segments")
    for name in ("one", "two")
]


@pytest.fixture
def small(tmp_path):
    """A folder with a work file of four tables of 20,000 rows, published once."""
    with duckdb.connect(str(tmp_path / "crm.duckdb")) as connection:
        for table in TABLES:
            name = f"{table['schema']}.{table['name']}"
            connection.execute(f"create schema if not exists {table['schema']}")
            connection.execute(
                f"create table {name} as select 20000 - i as id, 0 as generation "
                "from range(20000) as numbers(i)"
            )
            connection.execute(f"comment on table {name} is 'It''s one row per id.'")
        crm_publishing.publish(connection.cursor(), tmp_path, TABLES)
    return tmp_path


def publisher(folder, generations):
    """Start a process that publishes one generation after the other."""
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, folder, str(generations), json.dumps(TABLES)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "macros" / "python")},
        stdout=subprocess.PIPE,
        text=True,
    )


def generations_in(path):
    """Read every table of the published file: each row must be of one generation."""
    with duckdb.connect(str(path), read_only=True) as connection:
        united = " union all ".join(
            f"select count(*) as row_count, min(generation) as oldest, "
            f"max(generation) as newest from {table['schema']}.{table['name']}"
            for table in TABLES
        )
        return connection.execute(
            f"select sum(row_count), min(oldest), max(newest) from ({united})"
        ).fetchone()


def assert_whole(path):
    row_count, oldest, newest = generations_in(path)
    assert row_count == 20_000 * len(TABLES)
    assert oldest == newest


def test_rows_are_published_in_the_order_of_the_key(small):
    with duckdb.connect(str(small / "marts.duckdb"), read_only=True) as connection:
        ids = connection.execute("select id from core.one").fetchall()
        comment = connection.execute("select comment from duckdb_tables()").fetchone()
    assert ids == sorted(ids)
    assert comment == ("It's one row per id.",)


def test_a_large_table_is_published_without_declaring_its_key(small, monkeypatch):
    monkeypatch.setattr(crm_publishing, "LARGE_TABLE_ROW_COUNT", 19_999)
    with duckdb.connect(str(small / "crm.duckdb")) as connection:
        crm_publishing.publish(connection.cursor(), small, TABLES)
    assert_whole(small / "marts.duckdb")
    with duckdb.connect(str(small / "marts.duckdb"), read_only=True) as connection:
        assert connection.execute("from duckdb_constraints()").fetchall() == []


def test_large_facts_are_published_as_they_were_built(small, monkeypatch):
    monkeypatch.setattr(crm_publishing, "LARGE_TABLE_ROW_COUNT", 19_999)
    lines = {"database": "facts", "schema": "core", "name": "lines", "key": []}
    with duckdb.connect(str(small / "crm.duckdb")) as connection:
        crm_publishing.attach(connection, small / "facts.duckdb", "facts")
        connection.execute("create schema facts.core")
        connection.execute("create table facts.core.lines as from range(20000)")
        told = crm_publishing.publish(connection.cursor(), small, [*TABLES, lines])
    assert told.startswith("Published 5 tables with 100,000 rows")
    assert_whole(small / "marts.duckdb")
    with duckdb.connect(str(small / "marts.duckdb"), read_only=True) as connection:
        query = "select count(*), sum(range) from core.lines"
        assert connection.execute(query).fetchone() == (20_000, 199_990_000)
    assert leftovers(small) == []


def test_a_log_beside_the_file_stops_publishing(small):
    (small / "marts.duckdb.wal").touch()
    before = fingerprint(small / "marts.duckdb")
    with (
        duckdb.connect(str(small / "crm.duckdb")) as connection,
        pytest.raises(OSError, match="opened that file for writing"),
    ):
        crm_publishing.publish(connection.cursor(), small, TABLES)
    assert fingerprint(small / "marts.duckdb") == before


def test_readers_never_fail_while_files_are_swapped(small):
    process = publisher(small, 10)
    reads = 0
    while process.poll() is None:
        assert_whole(small / "marts.duckdb")
        reads += 1
    assert process.returncode == 0
    assert generations_in(small / "marts.duckdb")[1:] == (9, 9)
    assert reads > 10


def test_a_reader_of_the_old_file_reads_on(small):
    with duckdb.connect(str(small / "marts.duckdb"), read_only=True) as reader:
        assert publisher(small, 3).wait() == 0
        assert reader.execute("select max(generation) from core.one").fetchone() == (0,)
    assert generations_in(small / "marts.duckdb")[1:] == (2, 2)


def kill_while_publishing(small, kills, seed):
    dice = random.Random(seed)
    for _ in range(kills):
        process = publisher(small, 1_000)
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.15))
        process.kill()
        process.wait()
        assert_whole(small / "marts.duckdb")
    assert publisher(small, 1).wait() == 0
    assert generations_in(small / "marts.duckdb")[1:] == (0, 0)
    assert leftovers(small) == []


def test_a_kill_while_publishing_leaves_a_whole_file(small):
    kill_while_publishing(small, kills=5, seed=1)


@pytest.mark.nightly
def test_many_kills_while_publishing_leave_a_whole_file(small):
    kill_while_publishing(small, kills=100, seed=2)


FULL_DISK = """
import json, resource, sys
from pathlib import Path
import crm_publishing, duckdb

folder = Path(sys.argv[1])
connection = duckdb.connect(str(folder / "crm.duckdb"))
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
plugin = crm_publishing.Plugin.__new__(crm_publishing.Plugin)
plugin.connection = connection
plugin.creds = type("Credentials", (), {"path": str(folder / "crm.duckdb")})
plan = {"tables": json.loads(sys.argv[2])}
plugin.store(type("Target", (), {"config": plan}))
print(plan["error"])
"""


def test_a_full_disk_is_one_sentence_and_leaves_the_file(small):
    before = fingerprint(small / "marts.duckdb")
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, small, json.dumps(TABLES)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "macros" / "python")},
        capture_output=True,
        text=True,
        check=True,
    )
    (sentence,) = ended.stdout.splitlines()
    assert sentence.startswith(f"{UNTOUCHED}: ")
    assert fingerprint(small / "marts.duckdb") == before
    assert leftovers(small) == []


# Whole builds, as `make build` runs them, one after the other in one folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "a folder"
    return finish(make_build(folder), folder)


def stop_in_the_middle(folder, stop_signal, seconds):
    """Start a build, and stop it some seconds after its first model has begun."""
    process = make_build(folder)
    for line in process.stdout:
        if "START sql" in line:
            break
    time.sleep(seconds)
    os.killpg(process.pid, stop_signal)
    return finish(process, folder)


def assert_as_made(built, made):
    """The published file opens and holds what the first build put into it."""
    count = "select count(*), sum(net_sales_amount) from core.fct_customers"
    assert built.query(count) == made.query(count)


def test_make_build_tells_what_it_read_and_where_the_file_is(made):
    assert made.exit_code == 0, made.output[-4000:]
    summary = made.output.rsplit("Done. PASS", 1)[1]
    docs = f"make docs OUT='{made.folder}'"
    for words in ("transactions", "quarantine", "VIP", "As of", docs):
        assert words in summary
    for page in ("dashboard.html", "dictionary.html"):
        assert str(made.folder / page) in summary
        assert (made.folder / page).exists()
    assert str(made.published_file) in summary
    assert (made.folder / ".dbt" / "manifest.json").exists()


def make_docs(folder):
    """Run make docs with the packages that the tests run with."""
    installed = Path(sys.executable).parent
    return subprocess.run(
        ["make", "-o", ".venv/.build", "docs", f"BIN={installed}", f"OUT={folder}"],
        cwd=PROJECT,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )


def test_make_docs_documents_the_build_of_that_folder(made, tmp_path):
    told = make_docs(made.folder)
    assert told.returncode == 0, told.stdout + told.stderr
    pages = [made.folder / name for name in ("dictionary.html", "docs.html")]
    assert told.stdout.splitlines()[-2:] == [f"Open {page}" for page in pages]
    assert all(page.exists() for page in pages)
    catalog = json.loads((made.folder / ".dbt" / "catalog.json").read_text())
    assert "model.crm_warehouse.fct_customers" in catalog["nodes"]
    nowhere = make_docs(tmp_path / "nowhere")
    assert nowhere.returncode == 2
    assert f"There is no build in {tmp_path}/nowhere" in nowhere.stderr
    assert not (tmp_path / "nowhere").exists()


def test_the_site_of_dbt_is_a_tour_that_asks_nothing_of_a_network(made, open_page):
    page = open_page(made.folder / "docs.html")
    assert page.locator("h1:visible").first.text_content() == "A guided tour"
    icon = page.locator("use[href^='#']:visible").first
    assert icon.get_attribute("href") != "#"
    page.get_by_role("link", name="seg_pyramid", exact=True).click()
    page.wait_for_function(
        "document.querySelector('h1').innerText.match('seg_pyramid')"
    )


def test_an_interrupted_build_says_so_and_leaves_the_file(made):
    before = fingerprint(made.published_file)
    stopped = stop_in_the_middle(made.folder, signal.SIGINT, seconds=1)
    assert stopped.exit_code == 130
    assert stopped.last_line == f"Stopped; {UNTOUCHED}."
    assert "Traceback" not in stopped.output
    assert fingerprint(made.published_file) == before


def test_a_killed_build_leaves_the_file_and_the_next_one_succeeds(made, build):
    before = fingerprint(made.published_file)
    stop_in_the_middle(made.folder, signal.SIGKILL, seconds=2)
    assert fingerprint(made.published_file) == before
    after = build(out=made.folder)
    assert after.exit_code == 0, after.output[-4000:]
    assert_as_made(after, made)
    assert leftovers(made.folder) == []


@pytest.mark.nightly
def test_many_killed_builds_leave_the_file_whole(made):
    dice = random.Random(3)
    for _ in range(30):
        killed = stop_in_the_middle(
            made.folder, signal.SIGKILL, seconds=dice.uniform(0, 20)
        )
        assert_as_made(killed, made)
    after = finish(make_build(made.folder), made.folder)
    assert after.exit_code == 0, after.output[-4000:]
    assert_as_made(after, made)
    assert leftovers(made.folder) == []
