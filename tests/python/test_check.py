"""`make check` tells beforehand what a build would take, keep out and leave empty."""

import pytest
from conftest import make_check
from shop import write_csv

SHOP = {
    "cards.csv": """
        card_id,member_id
        C1,ann
        C2,bob
        C2,cid
        """,
    "transactions.csv": """
        transaction_id,occurred_at,net_amount,card_id,cashier
        T1,2026-03-01,10,C1,x
        T2,2026-03-02,1.00005,C1,x
        T3,2026-03-03
        T4,2026-03-04,"1,000",C1,x
        T4b,2026-03-04,"2,000",C1,x
        T5,2026-03-05,12,C1,x
        T5,2026-03-05,1e3x,C1,x
        """,
}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Its own folder for temporary files: other tests check beside it."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def told(tmp_path_factory, scratch):
    raw = write_csv(tmp_path_factory.mktemp("raw"), SHOP)
    return make_check(raw, TMPDIR=scratch)


def test_each_table_shows_which_way_its_rows_would_go(told):
    assert told.returncode == 0, told.stdout + told.stderr
    rows = [line.split() for line in told.stdout.splitlines()]
    assert ["cards", "3", "1", "0", "0", "2", "0"] in rows
    assert ["transactions", "7", "1", "0", "0", "5", "1"] in rows


def test_each_reason_has_its_first_line_and_a_remedy(told):
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    for reason, remedy in (
        ("cards conflict 2 cards.csv line 3", "→ Decide which row"),
        (
            "transactions net_amount: not_a_number 2 transactions.csv line 5",
            "→ Write numbers as 1234.50",
        ),
        (
            "transactions net_amount: too_many_decimals 1 transactions.csv line 3",
            "→ Round money to four decimals",
        ),
        ("transactions too_few_columns 1 transactions.csv line 4", "→ Mend the line"),
    ):
        assert lines[lines.index(reason) + 1].startswith(remedy)


def test_a_row_with_two_reasons_has_both_remedies(told):
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    row = lines.index(
        "transactions net_amount: not_a_number; conflict 1 transactions.csv line 8"
    )
    assert lines[row + 1].startswith("→ Write numbers as 1234.50")
    assert lines[row + 2].startswith("→ Decide which row holds")


def test_what_would_be_empty_or_unknown_is_told_with_what_is_wanting(told):
    text = " ".join(told.stdout.split())
    assert "cashier" in text
    assert "Empty (service_tickets: not handed over): fct_service_tickets" in text
    assert "In part unknown" in text
    assert "→ Hand over the raw table that the reason names." in text


def test_it_leaves_no_file(told, scratch):
    assert told.returncode == 0
    assert list(scratch.iterdir()) == []


def test_all_that_is_wrong_with_files_is_told_at_once(tmp_path):
    costs = "cost_month,amount\n2026-03-01,5\n"
    raw = write_csv(
        tmp_path / "raw", {"cards.csv": SHOP["cards.csv"], "costs.csv": costs}
    )
    refused = make_check(raw)
    assert refused.returncode != 0
    last_line = refused.stdout.strip().splitlines()[-1]
    assert "transactions.csv or transactions.parquet is missing" in last_line
    assert "costs.csv" in last_line


def test_a_table_without_a_readable_row_is_refused_with_what_to_do(tmp_path):
    tickets = "transaction_id,occurred_at,net_amount\nT1,31.10.2026,x\n"
    raw = write_csv(
        tmp_path / "raw",
        {"cards.csv": SHOP["cards.csv"], "transactions.csv": tickets},
    )
    refused = make_check(raw)
    assert refused.returncode != 0
    *_, sentence, number, moment = refused.stdout.strip().splitlines()
    assert "transactions: none of its 1 rows can be read" in sentence
    assert "marts.duckdb" not in sentence
    assert number.startswith("    → Write numbers as 1234.50")
    assert moment.startswith("    → Write moments as 2026-10-31")
