"""The same rows on Apache Spark. Skipped, and said so, where there is no Java 17."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from cluster import ClusterError, find_java
from compare import compare
from trials import OF_A_DAY, REFUSALS

PROJECT = Path(__file__).resolve().parents[2]
REAL_DATA = PROJECT.parent / "shared" / "data"


@dataclass
class Run:
    exit_code: int
    output: str
    folder: Path

    @property
    def trials(self):
        """What was tried on the cluster, as trials.py found it."""
        return json.loads((self.folder / "trials.json").read_text())


@pytest.fixture(scope="session")
def spark():
    """`spark(folder, *arguments)` runs what `make spark` runs."""
    try:
        find_java()
    except ClusterError as refusal:
        pytest.skip(f"Spark was not tested. {refusal}")
    subprocess.run(["make", ".venv-spark/.installed"], cwd=PROJECT, check=True)

    def run(folder, *arguments):
        told = subprocess.run(
            [
                ".venv-spark/bin/python",
                "tests/spark/run.py",
                "--out",
                folder,
                *arguments,
            ],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Run(told.returncode, told.stdout, folder)

    return run


@pytest.fixture(scope="session")
def sample(spark, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark") / "sample"
    return spark(folder, "--trials", "short")


def test_every_mart_of_the_sample_has_the_same_rows_on_spark(sample):
    assert sample.exit_code == 0, sample.output
    assert re.search(r" 0 differing rows\.$", sample.output, re.MULTILINE)


@pytest.mark.parametrize("name", REFUSALS)
def test_the_raw_door_on_spark_refuses_in_one_sentence(sample, name):
    said = sample.trials["refusals"][name]
    assert REFUSALS[name][-1] in said
    assert not said.startswith("Built: ")
    assert "Traceback" not in said


def test_a_day_that_comes_twice_changes_no_fact(sample):
    told = sample.trials["redelivered"]
    assert told["is_built"], told["said"]
    changes_nothing(told)
    assert {
        "core.fct_transaction_lines",
        "core.fct_customer_days",
        "core.fct_customer_months",
    } <= set(told["differing"])


def test_past_months_stay_as_they_are_on_spark(sample):
    """Only the as-of day is computed again; every other partition is left alone."""
    told = sample.trials["redelivered"]
    assert told["told_months"] > 20
    assert told["computed_days"] == 1


def changes_nothing(told):
    """The day's rows were read again, were found to be there, and no mart differs."""
    for table in OF_A_DAY:
        assert told["verdicts"][table].get("duplicate", 0) > 0
        assert "accepted" not in told["verdicts"][table]
    assert set(told["differing"].values()) == {0}


def test_all_processes_of_the_cluster_stay_within_four_gibibytes(sample):
    held = re.search(r"Most memory held at once: (\d+) MB", sample.output)
    assert 500 < int(held[1]) < 4096


def test_nothing_runs_on_after_the_comparison(sample):
    assert processes_of(sample.folder) == []


def processes_of(folder):
    """Processes whose command line names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words and path.parent.name != str(os.getpid()):
            found.append(words.replace("\0", " ")[:200])
    return found


@pytest.mark.nightly
@pytest.mark.parametrize("data_set", ["foodmart", "online_retail"])
def test_every_mart_of_real_data_has_the_same_rows_on_spark(spark, data_set, tmp_path):
    raw = REAL_DATA / data_set / "raw"
    if not raw.is_dir():
        pytest.skip(f"{data_set} is not there")
    told = spark(tmp_path / data_set, "--raw", raw)
    assert told.exit_code == 0, told.output


@pytest.mark.nightly
def test_a_worker_lost_in_mid_build_changes_no_row(spark, tmp_path):
    told = spark(tmp_path / "lost", "--lose-worker-after", "40")
    assert "worker2 is lost" in told.output
    assert told.exit_code == 0, told.output


@pytest.mark.nightly
def test_a_day_that_comes_twice_changes_no_mart(spark, tmp_path):
    told = spark(tmp_path / "twice", "--trials", "long").trials["redelivered"]
    assert told["is_built"], told["said"]
    changes_nothing(told)
    assert len(told["differing"]) > 15


def test_without_java_one_line_says_what_is_needed(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ClusterError, match="needs Java 17 and none was found"):
        find_java()


@pytest.fixture
def two_engines(tmp_path):
    """A mart of three rows in DuckDB; `write(sql)` gives Spark's rows of it."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as told")
        connection.execute("create schema told.core")
        connection.execute(
            "create table told.core.dim_things as from (values ('a', 1), ('b', 2), "
            "('b', 2)) as things (thing_id, thing_count)"
        )

        def compared(rows):
            folder = tmp_path / "core.db" / "dim_things"
            folder.mkdir(parents=True)
            connection.execute(f"copy ({rows}) to '{folder}/0.parquet'")
            return compare(connection, "core.dim_things", tmp_path)

        yield compared


def test_equal_rows_in_another_order_are_equal(two_engines):
    assert two_engines("select * from told.core.dim_things order by 1 desc").is_equal


def test_a_row_that_stands_once_too_often_differs(two_engines):
    told = two_engines("from told.core.dim_things union all select 'b', 2")
    assert (told.is_equal, told.differing_count) == (False, 1)


def test_a_value_that_differs_counts_in_both_directions(two_engines):
    told = two_engines(
        "select thing_id, thing_count + (thing_id = 'a')::int as thing_count "
        "from told.core.dim_things"
    )
    assert told.differing_count == 2


def test_columns_in_another_order_differ(two_engines):
    told = two_engines("select thing_count, thing_id from told.core.dim_things")
    assert not told.is_equal
