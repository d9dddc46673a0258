"""The raw door on Parquet files: types as they come, money counted without DuckDB."""

import datetime as dt
import math
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from crm_money import MoneySum
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_door import land
from shop import damage_column, write_parquet

ALL = "order_id, note, amount, file_line"


@pytest.fixture
def parquet(tmp_path):
    """Write columns as orders.parquet, several sets as parts of a folder; land them."""

    def write(*parts):
        folder = tmp_path / "raw"
        (folder / "orders").mkdir(parents=True)
        for number, columns in enumerate(parts):
            name = f"orders/{number}.parquet" if len(parts) > 1 else "orders.parquet"
            pq.write_table(pa.table(columns), folder / name)
        if len(parts) == 1:
            (folder / "orders").rmdir()
        return land(folder)

    return write


def test_rows_keep_their_types_and_their_place(parquet):
    landed = parquet({"Order_ID": [7, 8], " amount ": [1.5, None], "shelf": ["x", "y"]})
    assert landed.rows() == [(7, None, 1.5, 1), (8, None, None, 2)]
    assert landed.notices == ["orders.parquet: outside the contract, left out: shelf"]
    assert landed.amount == Decimal("1.5")


@pytest.mark.parametrize(
    "name", ["filename", "file_row_number", "file_line", "file_name"]
)
def test_columns_that_are_called_like_the_doors_own(parquet, name):
    landed = parquet({"order_id": ["a", "b"], name: ["x", "y"]})
    assert landed.rows("order_id, file_name, file_line") == [
        ("a", "orders.parquet", 1),
        ("b", "orders.parquet", 2),
    ]


def test_a_folder_in_the_path_is_no_column(tmp_path):
    folder = tmp_path / "order_id=5"
    folder.mkdir()
    pq.write_table(pa.table({"order_id": ["7"]}), folder / "orders.parquet")
    assert land(folder).rows("order_id") == [("7",)]


def test_months_that_differ_in_types_are_read_as_text(parquet):
    instant = dt.datetime(2024, 5, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    landed = parquet(
        {"order_id": [6222021234567890123], "note": [instant], "amount": ["1.10"]},
        {"order_id": [17.0], "note": [dt.date(2024, 5, 2)], "amount": [2.2]},
        {"order_id": ["A17"], "note": [None], "amount": [Decimal("3.30")]},
        {"order_id": [Decimal("18.00")]},
    )
    assert landed.rows("order_id, note, amount, file_name") == [
        ("6222021234567890123", "2024-05-01 15:30:00Z", "1.10", "orders/0.parquet"),
        ("17", "2024-05-02", "2.2", "orders/1.parquet"),
        ("A17", None, "3.30", "orders/2.parquet"),
        ("18", None, None, "orders/3.parquet"),
    ]


def test_a_column_that_is_empty_in_one_month_takes_the_type_of_the_others(parquet):
    landed = parquet(
        {"order_id": [1], "note": pa.nulls(1), "amount": [1.5]},
        {"order_id": [2], "note": [dt.date(2024, 5, 2)]},
    )
    assert landed.rows("typeof(order_id), typeof(note), typeof(amount), note") == [
        ("BIGINT", "DATE", "DOUBLE", None),
        ("BIGINT", "DATE", "DOUBLE", dt.date(2024, 5, 2)),
    ]


def test_text_in_a_dictionary_is_text(parquet):
    words = pa.array(["a", "b", "a"]).dictionary_encode()
    landed = parquet(
        {"order_id": words}, {"order_id": pa.array(["c"], pa.large_string())}
    )
    assert [row[0] for row in landed.rows("order_id")] == ["a", "b", "a", "c"]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([[1]]),
        pa.array([{"a": 1}]),
        pa.array([b"x"]),
        pa.array([b"xx"], pa.binary(2)),
    ],
    ids=["list", "struct", "binary", "fixed binary"],
)
def test_a_nested_or_binary_column_is_one_sentence(parquet, values):
    refused = parquet({"order_id": ["1"], "note": values})
    assert refused.error == (
        "orders.parquet: column note is nested or binary; give it as text, number, "
        "date or boolean."
    )
    assert parquet({"order_id": ["1"], "shelf": values}).error is None


@pytest.mark.parametrize("cut", [4, 40, 200])
def test_a_truncated_file_is_one_sentence(tmp_path, cut):
    path = tmp_path / "raw" / "orders.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table({"order_id": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:-cut])
    assert land(path.parent).error.startswith(
        "orders.parquet is no readable Parquet file (truncated or damaged); deliver it "
        "again."
    )


def test_a_damaged_money_column_is_named(tmp_path):
    path = tmp_path / "raw" / "orders.parquet"
    write_parquet(path.parent, {"orders": {"order_id": ["1"], "Amount": ["5" * 200]}})
    damage_column(path, "Amount")
    assert land(path.parent).error == (
        "orders.parquet: column Amount cannot be read, the file is damaged; deliver it "
        "again."
    )


# Money that lands as numbers


def money_of(values):
    """The sum of the readable values, and how many are not."""
    amount = MoneySum("amount")
    amount.add_array(values)
    return amount.total, amount.unreadable_count


@pytest.mark.parametrize(
    ("values", "total", "unreadable_count"),
    [
        (pa.array([1, None, -3]), "-2", 0),
        (pa.array([10**12, 10**12 - 1, 2**63], pa.uint64()), "999999999999", 2),
        (pa.array([0.1, 0.2, 0.1 + 0.2, 1.00001, None]), "0.3", 2),
        (pa.array([math.nan, math.inf, -math.inf, 5.0]), "5", 3),
        (pa.array([1.5, 0.1], pa.float32()), "1.5", 1),
        (pa.array([Decimal("1.2345")], pa.decimal128(18, 4)), "1.2345", 0),
        (pa.array([Decimal(10**12), Decimal(2)], pa.decimal128(18, 4)), "2", 1),
        (pa.array([Decimal("1.23450"), Decimal("1.00001")]), "1.2345", 1),
        (pa.array([Decimal(1), Decimal("0.00001")], pa.decimal128(38, 30)), "1", 1),
        (pa.array([Decimal(10**12), Decimal(7)], pa.decimal128(38, 0)), "7", 1),
        (pa.array([Decimal("1E+3")], pa.decimal128(5, -3)), "1000", 0),
        (pa.array([True, None]), "0", 1),
        (pa.array([dt.date(2024, 1, 1)]), "0", 1),
        (pa.array(["1,5", " 2 ", "", None, "3\n"]), "2", 2),
        (pa.array(["1.500000", "+2.00000", "1.000050", "1" + "0" * 12]), "3.5", 2),
        (pa.nulls(3), "0", 0),
    ],
)
def test_readable_money_is_added_up_and_the_rest_is_counted(
    values, total, unreadable_count
):
    assert money_of(values) == (Decimal(total), unreadable_count)


@settings(max_examples=50, database=None, deadline=None)
@given(st.lists(st.decimals(-(10**11), 10**11, places=4), max_size=50))
def test_money_adds_up_to_the_last_digit_in_any_type(amounts):
    total = sum(amounts, Decimal(0))
    assert money_of(pa.array(amounts, pa.decimal128(20, 4))) == (total, 0)
    assert money_of(pa.array(list(map(float, amounts)), pa.float64())) == (total, 0)
    assert money_of(pa.array(list(map(str, amounts)), pa.string())) == (total, 0)
