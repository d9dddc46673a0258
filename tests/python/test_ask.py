"""`make ask` answers a question of analyses/ from the published marts."""

import csv
import shutil
import subprocess
import sys

import pytest
from conftest import PROJECT, clean_environment


@pytest.fixture(scope="module")
def ask(sample, tmp_path_factory):
    """`ask(question)` runs what `make ask QUESTION=…` runs, on a copy."""
    copy = tmp_path_factory.mktemp("asked")
    shutil.copy(sample.published_file, copy)

    def run(question, folder=copy):
        return subprocess.run(
            [sys.executable, str(PROJECT / "macros" / "python" / "crm_ask.py")],
            env={**clean_environment(), "QUESTION": question, "OUT": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    run.folder = copy
    return run


def test_the_answer_is_shown_and_written(ask, sample):
    """Also one that reads tickets, which are built in another file than the rest."""
    question = "which_customers_order_large_or_grow"
    asked = ask(question)
    assert asked.returncode == 0, asked.stderr
    path = ask.folder / "answers" / f"{question}.csv"
    assert str(path) in asked.stdout
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows):,} rows" in asked.stdout
    known = {
        customer
        for (customer,) in sample.query("select customer_id from core.dim_customers")
    }
    assert rows
    assert {row["customer_id"] for row in rows} <= known
    assert rows[0]["customer_id"] in asked.stdout


def test_without_a_question_all_are_listed(ask):
    listed = ask("").stdout.split()
    assert {path.stem for path in (PROJECT / "analyses").glob("*/*.sql")} <= {*listed}


def test_it_says_in_one_line_what_is_wrong(ask, tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "marts.duckdb").write_bytes(b"no marts" * 1000)
    for question, folder, words in (
        ("who_should_we_keep_first", ask.folder, "mean whom_should_we_keep_first"),
        ("whose_birthday_is_near", tmp_path, "run make build with the same OUT first"),
        ("whose_birthday_is_near", tmp_path / "damaged", "another version or damaged"),
    ):
        asked = ask(question, folder)
        assert asked.returncode == 1
        assert words in asked.stderr
        assert len(asked.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "damaged"]
