"""What cannot be built is said in one sentence: file, column and remedy.

Nothing is built then, nothing is published, and no traceback is shown.
"""

import gzip
import re

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import finish, make_build
from shop import damage_column, write_csv, write_parquet

GOOD = {
    "cards.csv": "card_id,member_id\nC1,M1",
    "transactions.csv": "transaction_id,occurred_at,net_amount,card_id\n"
    "T1,2024-01-05,5,C1",
}
MANDATORY = "the tables cards and transactions are mandatory."


@pytest.fixture
def raw(tmp_path):
    return write_csv(tmp_path / "raw", GOOD)


@pytest.fixture
def refused(dbt, tmp_path):
    """Build what must be refused; return the reason as one line."""
    folder = tmp_path / "warehouse"
    folder.mkdir()
    published_file = folder / "marts.duckdb"
    published_file.write_bytes(b"as it was")

    def build(raw, as_of=None, **variables):
        arguments = ["--vars", str(variables)] if variables else []
        built = dbt.run("build", *arguments, folder=folder, raw=raw, as_of=as_of)
        assert built.exit_code == 2
        assert "Traceback" not in built.output
        assert published_file.read_bytes() == b"as it was"
        reason = re.search(r"Error in .*?\n(.*?)\n\s*\n? *> ", built.output, re.DOTALL)
        return " ".join(reason.group(1).split())

    return build


def test_a_missing_mandatory_table(refused, raw):
    (raw / "transactions.csv").unlink()
    assert refused(raw) == (
        f"transactions.csv or transactions.parquet is missing in '{raw}'; {MANDATORY}"
    )


def test_a_mandatory_table_of_another_name(refused, raw):
    (raw / "transactions.csv").rename(raw / "Transactions_2025.CSV")
    assert refused(raw) == (
        f"transactions.csv or transactions.parquet is missing in '{raw}'; "
        f"{MANDATORY.rstrip('.')}; found Transactions_2025.CSV: rename it to "
        "transactions.csv."
    )


def test_an_empty_folder(refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty") == " ".join(
        f"{name}.csv or {name}.parquet is missing in '{tmp_path}/empty'; {MANDATORY}"
        for name in ("cards", "transactions")
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "cards.csv",
            "cardid,member_id\nC1,M1",
            "cards.csv: column 'cardid' is not in the contract and card_id is missing; "
            "rename it to card_id, or drop it.",
        ),
        (
            "transactions.csv",
            "transaction_id,occurred_at,amount\nT1,2024-01-05,5",
            "transactions.csv: the required column net_amount is missing; the header "
            "has transaction_id, occurred_at, amount: rename the one that holds it, or "
            "add it.",
        ),
        (
            "transactions.csv",
            "单号,时间,金额\nT1,2024-01-05,5",
            "transactions.csv: the required columns transaction_id, occurred_at, "
            "net_amount are missing; the header has 单号, 时间, 金额: rename those "
            "that hold them, or add them.",
        ),
        (
            "members.csv",
            "member_id,Birthdate\nM1,1990-01-01",
            "members.csv: column 'Birthdate' is not in the contract and birth_date is "
            "missing; rename it to birth_date, or drop it.",
        ),
        (
            "transactions.csv",
            "T1,2024-01-05,5,C1\nT2,2024-01-05,5,C1",
            "transactions.csv has no header: line 1 must name the columns, at least "
            "transaction_id, occurred_at, net_amount.",
        ),
        (
            "stores.csv",
            b"",
            "stores.csv is empty; it needs at least a header line with store_id.",
        ),
        (
            "transactions.csv",
            "transaction_id,occurred_at,net_amount",
            f"transactions.csv holds no rows under its header; {MANDATORY}",
        ),
        (
            "members.csv",
            "member_id,city\nM1,Besançon\nM2,Orléans".encode("latin-1"),
            "members.csv is neither UTF-8 nor GB18030 (line 2); save it as UTF-8.",
        ),
        (
            "stores.parquet",
            b"PAR1 and then nothing",
            "stores.parquet is no readable Parquet file (truncated or damaged); "
            "deliver it again.",
        ),
        (
            "cards.parquet",
            b"",
            "cards is there twice, as cards.csv and cards.parquet; keep one of them, "
            "or put the parts into a folder of that name.",
        ),
        (
            "cards/2024.csv",
            "card_id\nC1",
            "cards is there as the file cards.csv and as the folder cards/; keep one "
            "of them.",
        ),
        (
            "stores/readme.txt",
            "none",
            "stores/ holds no .csv or .parquet file; add one or remove the folder.",
        ),
    ],
)
def test_a_file_that_cannot_be_read(refused, raw, name, content, sentence):
    (raw / name).parent.mkdir(exist_ok=True)
    (raw / name).write_bytes(content.encode() if isinstance(content, str) else content)
    assert refused(raw).startswith(sentence)


def test_a_truncated_and_a_nested_parquet_file(refused, raw):
    path = raw / "stores.parquet"
    pq.write_table(pa.table({"store_id": ["S1"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-50])
    assert "stores.parquet is no readable Parquet file" in refused(raw)
    pq.write_table(pa.table({"store_id": ["S1"], "city": [["a", "b"]]}), path)
    assert refused(raw) == (
        "stores.parquet: column city is nested or binary; give it as text, number, "
        "date or boolean."
    )


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("transactions/2024-02.parquet", "card_id"),
        pytest.param("erasures.parquet", "requested_on", marks=pytest.mark.nightly),
    ],
)
def test_make_build_names_the_damaged_column(raw, tmp_path, name, column):
    (raw / "transactions.csv").unlink()
    tickets = {
        "transaction_id": [f"T{i}" for i in range(100)],
        "occurred_at": ["2024-01-05 10:00:00"] * 100,
        "net_amount": [5] * 100,
        "card_id": [f"C{i * 7919 % 100}" for i in range(100)],
    }
    months = {"2024-01": tickets, "2024-02": tickets, "2024-03": tickets}
    write_parquet(raw / "transactions", months)
    days = [f"2024-01-{i:02}" for i in range(1, 31)]
    forgotten = {"member_id": [f"M{i}" for i in range(100, 130)], "requested_on": days}
    write_parquet(raw, {"erasures": forgotten})
    damage_column(raw / name, column)
    built = finish(make_build(tmp_path / "warehouse", raw=raw), tmp_path / "warehouse")
    assert built.exit_code == 1
    assert built.last_line == (
        f"{name}: column {column} cannot be read, the file is damaged; deliver it "
        "again. marts.duckdb was left as it was."
    )


def test_tickets_of_two_currencies_without_a_base_publish_nothing(raw, tmp_path):
    two = "transaction_id,occurred_at,net_amount,card_id,currency\n"
    tickets = "T1,2024-01-05,5,C1,USD\nT2,2024-01-05,5,C1,EUR"
    write_csv(raw, {"transactions.csv": two + tickets})
    folder = tmp_path / "warehouse"
    built = finish(make_build(folder, raw=raw), folder)
    assert built.exit_code == 1
    assert built.last_line == (
        "transactions: none of its 2 accepted rows can be told, for currency: "
        "no_exchange_rate; name the currency that is worth 1 by base_currency "
        "(CRM_BASE_CURRENCY), and hand over exchange_rates of the others. "
        "marts.duckdb was left as it was."
    )
    assert not built.published_file.exists()


REMEDY = (
    "is not a folder; point raw_dir or CRM_RAW_DIR at the folder that holds cards and "
    "transactions."
)


def test_a_wrong_raw_dir_by_variable_or_environment(refused, raw, tmp_path):
    wrong = tmp_path / 'it\'s "not" there'
    assert refused(wrong) == f"raw_dir '{wrong}' {REMEDY}"
    assert refused(raw, raw_dir="nowhere") == f"raw_dir 'nowhere' {REMEDY}"
    assert refused(raw / "cards.csv") == f"raw_dir '{raw}/cards.csv' {REMEDY}"


@pytest.mark.parametrize(
    "as_of",
    [
        "yesterday",
        "2024-02-30",
        "2023-02-29",
        "20240101",
        "2024-1-5",
        "0024-01-05",
        "2024-01-05' or 1=1 --",
        "२०२४-०१-०५",
    ],
)
def test_a_bad_as_of_date(refused, raw, as_of):
    sentence = "is no date; write it as YYYY-MM-DD, such as 2026-10-31."
    assert refused(raw, as_of=as_of) == f"as_of_date '{as_of}' {sentence}"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("as_of_date", "2024-13-01", "is no date; write it as YYYY-MM-DD, such as"),
        ("landed_on", "soon", "is no date; write it as YYYY-MM-DD, such as"),
        ("frequency_unit", "visits'", "must be one of purchase_days, tickets."),
        ("base_currency", "CNY'--", "must be a currency code such as CNY."),
    ],
)
def test_a_bad_setting(refused, raw, name, value, sentence):
    assert refused(raw, **{name: value}).startswith(f"{name} '{value}' {sentence}")


def test_make_build_ends_with_the_sentence(raw, tmp_path):
    (raw / "transactions.csv").unlink()
    (raw / "transactions.csv.gz").write_bytes(gzip.compress(b"transaction_id\nT1\n"))
    built = finish(make_build(tmp_path / "warehouse", raw=raw), tmp_path / "warehouse")
    assert built.exit_code == 2
    assert "transactions.csv.gz is no .csv or .parquet file, left out" in built.output
    assert built.last_line == (
        f"transactions.csv or transactions.parquet is missing in '{raw}'; {MANDATORY}"
    )
    assert "Traceback" not in built.output
    assert not built.published_file.exists()


def test_odd_names_of_folders_are_no_matter(dbt, raw, tmp_path):
    odd = tmp_path / '上海 it\'s [1]* "raw" {{ x }} %s'
    raw.rename(odd)
    part = ("--select", "base_pos__transactions", "--exclude-resource-type", "test")
    folder = tmp_path / "ware 'house' 仓库"
    built = dbt.run("build", *part, folder=folder, raw=odd)
    assert built.exit_code == 0, built.output[-2000:]
    with duckdb.connect(str(folder / "crm.duckdb"), read_only=True) as connection:
        rows = connection.execute("select count(*) from staging.base_pos__transactions")
        assert rows.fetchone() == (1,)
