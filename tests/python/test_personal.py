"""No personal value is written to disk on the way, not even while a build runs.

A blank line is what makes the files of these tests ones that are rewritten.
"""

import crm_landing
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from raw_door import ORDERS, land
from shop import WITHOUT_TESTS, write_csv

PERSONAL_ORDERS = {
    **ORDERS,
    "columns": [
        {**column, "is_personal": column["name"] == "note"}
        for column in ORDERS["columns"]
    ],
}


def words_of(folder):
    """Every text in the Parquet files under a folder."""
    return {
        cell
        for path in folder.rglob("*.parquet")
        for column in pq.read_table(path).columns
        for cell in column.to_pylist()
        if isinstance(cell, str)
    }


def test_a_copy_holds_digests_that_tell_equal_from_other(tmp_path):
    raw = write_csv(
        tmp_path / "raw",
        {"orders.csv": 'order_id,note\n1,Ada\n\n2,"Ada"\n3,Bob\n4,\n5,"B\nob"\n'},
    )
    landed = land(raw, PERSONAL_ORDERS)
    assert not landed.is_plain
    ada, again, bob, empty, other = landed.rows("note, file_line")
    assert ada[0] == again[0] != bob[0] != other[0]
    assert empty == (None, 6)
    assert other[1] == 7
    assert len(ada[0]) == 32
    assert words_of(tmp_path / "landing") & {"Ada", "Bob", "B\nob"} == set()


def test_the_same_value_is_the_same_in_a_plain_file_a_copy_and_parquet(tmp_path):
    raw = write_csv(
        tmp_path / "raw",
        {
            "orders/1.csv": "order_id,note\n1,13900001111\n2,\n",
            "orders/2.csv": "order_id,note\n1,13900001111\n\n2,\n",
        },
    )
    numbers = {"order_id": ["1", "2"], "note": [13900001111, None]}
    pq.write_table(pa.table(numbers), raw / "orders" / "3.parquet")
    landed = land(raw, PERSONAL_ORDERS)
    formats = [file["format"] for file in landed.told["files"]]
    assert formats == ["csv", "copy", "parquet"]
    notes = [note for note, *_ in landed.rows("note, file_name, file_line")]
    assert len(notes[0]) == 32
    assert notes == [notes[0], None] * 3


def test_files_without_a_copy_are_read_as_they_lie(tmp_path):
    raw = write_csv(tmp_path / "raw", {"orders.csv": "order_id,note\n1,Ada\n"})
    assert land(raw, PERSONAL_ORDERS).rows("note, file_line") == [("Ada", 2)]


def test_only_its_owner_may_enter_the_folder_of_copies(tmp_path):
    (tmp_path / "raw").mkdir()
    landing = tmp_path / "warehouse" / "landing"
    crm_landing.open_raw_door(str(tmp_path / "raw"), "[]", str(landing))
    assert landing.stat().st_mode & 0o777 == 0o700


def test_a_build_writes_no_name_phone_or_email(dbt, tmp_path):
    """What a killed build leaves: this process has not emptied its copies yet."""
    head = "member_id,name,phone,email,city\n"
    quux = "M1,Zaphod Quux,+8613900001111,zaphod@quux.example,Betelgeuse\n"
    raw = write_csv(
        tmp_path / "raw",
        {
            "cards.csv": "card_id,member_id\nC1,M1",
            "transactions.csv": """
                transaction_id,occurred_at,net_amount
                T1,2024-01-05,5
            """,
            "members/1.csv": head + quux,
            "members/2.csv": head + quux + "\nM2,Ford,,,\nM2,Trillian,,,\n",
        },
    )
    dbt.run(
        "build",
        *("--select", "+base_crm__members", *WITHOUT_TESTS),
        folder=tmp_path / "warehouse",
        raw=raw,
    )
    words = words_of(tmp_path / "warehouse" / "landing")
    assert "Betelgeuse" in words
    assert not any(mark in word for word in words for mark in ("Quux", "+86", "@"))
    work_file = str(tmp_path / "warehouse" / "crm.duckdb")
    with duckdb.connect(work_file, read_only=True) as connection:
        verdicts = connection.execute(
            "select file_name, file_line, verdict_code from staging.base_crm__members "
            "order by all"
        ).fetchall()
    assert verdicts == [
        ("members/1.csv", 2, "accepted"),
        ("members/2.csv", 2, "duplicate"),
        ("members/2.csv", 4, "quarantined"),
        ("members/2.csv", 5, "quarantined"),
    ]
