"""The raw door on one CSV file: no row lost, none made up, each on its line."""

import re
from decimal import Decimal

import crm_csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_door import ORDERS, land, land_text
from shop import write_csv


@pytest.fixture
def csv(tmp_path):
    """Land the text of one CSV file."""
    return lambda text, encoding="utf-8": land_text(tmp_path / "raw", text, encoding)


# What is plain, and read by DuckDB as it lies


PLAIN = [("1", "a", "5", 2), ("2", None, "6.25", 3), ("3", "c d", None, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "order_id,note,amount\n1,a,5\n2,,6.25\n3,c d,\n",
        "order_id,note,amount\n1,a,5\n2,,6.25\n3,c d,",
        "order_id,note,amount\r\n1,a,5\r\n2,,6.25\r\n3,c d,\r\n",
        "order_id,note,amount\r\n1,a,5\r\n2,,6.25\r\n3,c d,",
        "\ufefforder_id,note,amount\n1,a,5\n2,,6.25\n3,c d,\n",
        "order_id;note;amount\n1;a;5\n2;;6.25\n3;c d;\n",
        "order_id\tnote\tamount\n1\ta\t5\n2\t\t6.25\n3\tc d\t\n",
        "order_id|note|amount\n1|a|5\n2||6.25\n3|c d|\n",
        '"order_id","note","amount"\n"1","a","5"\n"2","","6.25"\n"3","c d",""\n',
        " Order_ID , NOTE,Amount \n1,a,5\n2,,6.25\n3,c d,\n",
        "amount,order_id,note\n5,1,a\n6.25,2,\n,3,c d\n",
        "shelf,amount,note,order_id,shelf\nx,5,a,1,y\nx,6.25,,2,\nx,,c d,3,z\n",
    ],
    ids=[
        "line feeds",
        "no final line feed",
        "carriage returns",
        "no final carriage return",
        "byte order mark",
        "semicolons",
        "tabs",
        "bars",
        "all in quotes",
        "header in other letters",
        "other order",
        "columns outside the contract",
    ],
)
def test_a_plain_file_is_read_as_it_lies(csv, text):
    landed = csv(text)
    assert landed.is_plain
    assert landed.rows() == PLAIN
    assert landed.file["row_count"] == 3
    assert landed.rejected == []
    assert landed.amount == Decimal("11.25")


def test_quotes_hold_delimiters_and_quotes(csv):
    landed = csv('order_id,note,amount\n1,"a, ""b"", c","5"\n2,"""","6"\n3,"",""\n')
    assert landed.is_plain
    assert landed.rows() == [
        ("1", 'a, "b", c', "5", 2),
        ("2", '"', "6", 3),
        ("3", None, None, 4),
    ]
    assert landed.amount == 11


def test_a_file_of_one_column(csv):
    landed = csv('order_id\n1\n""\n 2 \n')
    assert landed.is_plain
    assert landed.rows("order_id, note, file_line") == [
        ("1", None, 2),
        (None, None, 3),
        (" 2 ", None, 4),
    ]
    assert landed.file["amount"] is None


@pytest.mark.parametrize("end", ["", "\r\n", "\n\n"])
def test_a_header_alone_is_a_table_without_rows(csv, tmp_path, end):
    landed = csv("order_id,note,amount" + end)
    assert (landed.file["row_count"], landed.rows(), landed.amount) == (0, [], 0)
    assert land(tmp_path / "raw", {**ORDERS, "is_mandatory": True}).error == (
        "orders.csv holds no rows under its header; the tables cards and transactions "
        "are mandatory."
    )


def test_what_other_programs_take_for_marks_is_text(csv):
    text = "order_id,note,amount\n#1,\\N,1\n2,NULL,2\n3,a\\,3\n4,'x',4\n"
    assert csv(text).is_plain
    assert [row[:2] for row in csv(text).rows()] == [
        ("#1", "\\N"),
        ("2", "NULL"),
        ("3", "a\\"),
        ("4", "'x'"),
    ]


# What is rewritten, because DuckDB would stop or lose rows


@pytest.mark.parametrize(
    "text",
    [
        "order_id,note,amount\r1,a,5\r2,,6.25\r3,c d,\r",
        "order_id,note,amount\n1,a,5\r\n2,,6.25\n3,c d,\r\n",
        "order_id,note,amount\r\n1,a,5\n2,,6.25\r3,c d,",
        "\ufefforder_id,note,amount\r1,a,5\r2,,6.25\r3,c d,\r",
    ],
    ids=["carriage returns alone", "mixed", "all three", "byte order mark"],
)
def test_other_line_ends(csv, text):
    landed = csv(text)
    assert not landed.is_plain
    assert landed.rows() == PLAIN
    assert landed.amount == Decimal("11.25")


def test_line_ends_that_change_in_a_later_block(csv, monkeypatch):
    monkeypatch.setattr(crm_csv, "BLOCK", 32)
    text = "order_id,note,amount\r\n" + "1,aaaaaaa,1\r\n" * 4 + "2,bbbbbbb,2\n" * 9
    landed = csv(text)
    assert not landed.is_plain
    assert [row[3] for row in landed.rows()] == list(range(2, 15))
    assert landed.amount == 22


def test_line_breaks_in_a_field_count_as_lines(csv):
    landed = csv('order_id,note,amount\n1,"a\nb\r\n\r\nc",5\n2,b,6\n')
    assert landed.rows() == [("1", "a\nb\r\n\r\nc", "5", 2), ("2", "b", "6", 6)]
    assert landed.rejected == []
    assert landed.amount == 11


def test_a_header_with_a_line_break(csv):
    landed = csv('"shelf\n(left)",order_id,amount\nx,1,5\ny,2,6\n')
    assert landed.rows() == [("1", None, "5", 3), ("2", None, "6", 4)]


def test_ragged_lines_are_rejected_and_nothing_after_them(csv):
    landed = csv(
        "order_id,note,amount\n1,a,5\n2,b\n3,c,7,\n4,d,8,x,y\n5,e,9\n\n6,f,1\n"
    )
    assert landed.rows() == [("1", "a", "5", 2), ("5", "e", "9", 6), ("6", "f", "1", 8)]
    assert landed.rejected == [
        (3, "too_few_columns"),
        (4, "too_many_columns"),
        (5, "too_many_columns"),
    ]
    assert landed.file["row_count"] == 3
    assert landed.amount == 15
    assert landed.file["unreadable_amount_count"] == 3


def test_blank_lines_are_no_rows(csv):
    landed = csv("order_id,note,amount\n\n1,a,5\n\r\n\n2,b,6\n\n")
    assert landed.rows() == [("1", "a", "5", 3), ("2", "b", "6", 6)]
    assert landed.rejected == []


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("2,b,6\n3,c,7\n", [("2", "b", "6", 3), ("3", "c", "7", 4)]),
        ('2,"b",6\n3,c,7\n', [("2", "b", "6", 3), ("3", "c", "7", 4)]),
        ('"2",b,6\n3,"c",7\n', [("2", "b", "6", 3), ("3", "c", "7", 4)]),
        ('2,"b, ""c""",6\n3,c,7\n', [("2", 'b, "c"', "6", 3), ("3", "c", "7", 4)]),
        ('2,"b\nc",6\n3,c,7\n', [("2", "b\nc", "6", 3), ("3", "c", "7", 5)]),
        ("", []),
    ],
)
def test_an_unclosed_quote_rejects_its_line_only(csv, after, kept):
    landed = csv(f'order_id,note,amount\n1,"a,5\n{after}')
    assert landed.rejected == [(2, "unclosed_quote")]
    assert landed.rows() == kept


def test_an_unclosed_quote_far_above_the_next_quote(csv):
    lines = [f"{i},x,1" for i in range(3, 1003)]
    landed = csv("\n".join(["order_id,note,amount", '2,"a,5', *lines, '1003,"b",1']))
    assert landed.rejected == [(2, "unclosed_quote")]
    assert [row[0] for row in landed.rows()] == [str(i) for i in range(3, 1004)]


def test_many_unclosed_quotes_take_no_long_time(csv):
    text = "order_id,note,amount\n" + '1,"a,5\n' + "2,b,6\n" * 30
    landed = csv("order_id,note,amount\n" + text.partition("\n")[2] * 700)
    assert len(landed.rejected) == 700
    assert landed.file["row_count"] == 21_000


def test_a_quote_inside_a_field(csv):
    landed = csv('order_id,note,amount\n1,5" pipe,5\n2,"5" pipe",6\n3,c,7\n')
    assert landed.rows() == [("1", '5" pipe', "5", 2), ("3", "c", "7", 4)]
    assert landed.rejected == [(3, "misplaced_quote")]


def test_zero_bytes_are_kept(csv):
    assert csv("order_id,note,amount\n1,a\0b,5\n").rows() == [("1", "a\0b", "5", 2)]


@pytest.mark.parametrize("length", [1_999_000, 2_500_000, 40_000_000])
def test_very_long_fields(csv, length):
    landed = csv(f"order_id,note,amount\n1,{'x' * length},5\n2,b,6\n")
    assert landed.rows("order_id, length(note), amount, file_line") == [
        ("1", length, "5", 2),
        ("2", 1, "6", 3),
    ]
    assert landed.amount == 11


def test_records_on_the_borders_of_blocks(csv, monkeypatch):
    text = "order_id,note,amount\n" + "".join(f'{i},"n, {i}",1\n' for i in range(40))
    for size in range(40, 80):
        monkeypatch.setattr(crm_csv, "BLOCK", size)
        landed = csv(text)
        assert landed.is_plain
        assert landed.rows("order_id, note, file_line") == [
            (str(i), f"n, {i}", i + 2) for i in range(40)
        ]
        assert landed.amount == 40


def test_line_numbers_hold_in_files_that_duckdb_reads_in_parts(csv):
    text = "order_id,note,amount\n" + "".join(
        f"{i},{'x' * 80},1\n" for i in range(2, 800_002)
    )
    landed = csv(text)
    assert landed.is_plain
    wrong = "count_if(file_line != cast(order_id as bigint)), count(*)"
    assert landed.rows(
        f"{wrong}, any_value(file_name) as file_name, 1 as file_line"
    ) == [(0, 800_000, "orders.csv", 1)]


# Encodings


CHINESE = "order_id,note,amount\n1,上海市徐汇区,5\n2,北京,6\n3,abc,7\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "gb2312"]
)
def test_chinese_text_in_any_usual_encoding(csv, encoding):
    landed = csv(CHINESE, encoding)
    assert [row[1] for row in landed.rows()] == ["上海市徐汇区", "北京", "abc"]
    assert landed.amount == 18


def test_big_endian_utf_16_and_rare_signs_of_gb18030(csv):
    landed = csv(b"\xfe\xff" + CHINESE.encode("utf-16-be"))
    assert [row[1] for row in landed.rows()] == ["上海市徐汇区", "北京", "abc"]
    landed = csv("order_id,note\n1,上海李㐂先生你好吗\n", "gb18030")
    assert landed.rows("note, file_line") == [("上海李㐂先生你好吗", 2)]


@pytest.mark.parametrize(
    "word", ["Füße", "élève", "año", "Smørrebrød", "£5", "Zoë & René"]
)
def test_latin_1_is_refused_and_not_read_as_chinese(csv, word):
    refused = csv(f"order_id,note,amount\n1,a,5\n2,{word},6\n", "latin-1")
    assert refused.error == (
        "orders.csv is neither UTF-8 nor GB18030 (line 3); save it as UTF-8."
    )


def test_utf_8_with_a_fault_is_refused_and_not_read_as_chinese(csv):
    text = "order_id,note,amount\n1,天津,5\n2,天津,6\n".encode()
    assert csv(text).error is None
    assert "(line 3)" in csv(text.replace(b"\n2,", b"\n2,\xa4\xff")).error
    assert "(line 3)" in csv(text[:-7] + text[-6:]).error


def test_broken_utf_16_is_refused(csv):
    assert "(line 4)" in csv("order_id\n1\n2\n".encode("utf-16") + b"3").error


def test_a_fault_in_a_later_block_is_named_by_its_line(csv, monkeypatch):
    monkeypatch.setattr(crm_csv, "BLOCK", 7)
    text = "order_id,note\n" + "1,天津市\n" * 20
    assert csv(text).error is None
    assert "(line 22)" in csv(text.encode() + b"\xff").error


# What stops the table, in one sentence


NO_HEADER = " has no header: line 1 must name the columns, at least order_id."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", " is empty; it needs at least a header line with order_id."),
        ("\n", NO_HEADER),
        ("\n\n1,a,5\n", NO_HEADER),
        ("1,a,5\n2,b,6\n", NO_HEADER),
        (
            "note,amount\na,5\n",
            ": the required column order_id is missing; the header has note, amount: "
            "rename the one that holds it, or add it.",
        ),
        (
            "编号, 备注,shelf2 \n1,a,5\n",
            ": the required column order_id is missing; the header has 编号, 备注, "
            "shelf2: rename the one that holds it, or add it.",
        ),
        ("Ada Quux,ada@quux.example\n", NO_HEADER),
        ("Ada Quux,+8613900001111\n", NO_HEADER),
        (
            "Ada Quux,+8613900001111,note\n",
            ": the required column order_id is missing in line 1: rename the one that "
            "holds it, or add it.",
        ),
        (
            "OrderId\n1\n",
            ": column 'OrderId' is not in the contract and order_id is missing; "
            "rename it to order_id, or drop it.",
        ),
        (
            "order id,note\n1,a\n",
            ": column 'order id' is not in the contract and order_id is missing; "
            "rename it to order_id, or drop it.",
        ),
        (
            "order_id,Order_ID,note\n1,2,a\n",
            ": column order_id stands twice in the header; keep one.",
        ),
        (
            'order_id,"note,amount\n1,a,5\n',
            ": the quotes in line 1 do not match, so its columns cannot be told; put "
            "the whole name of a column into quotes, or none of it.",
        ),
    ],
)
def test_a_header_that_cannot_be_read_is_one_sentence(csv, text, sentence):
    assert csv(text).error == "orders.csv" + sentence


# Which files are a table's


def test_parts_are_read_in_name_order_and_strangers_are_named(tmp_path):
    parts = tmp_path / "raw" / "orders"
    (parts / "older").mkdir(parents=True)
    (parts / "2024-02.csv").write_text("order_id,amount\n2,2\n")
    (parts / "2024-01.CSV").write_text("amount,order_id\n1,1\n")
    (parts / "2024-03.csv.gz").write_bytes(b"x")
    (parts / "_SUCCESS").touch()
    landed = land(tmp_path / "raw")
    assert landed.rows("file_name, order_id, file_line") == [
        ("orders/2024-01.CSV", "1", 2),
        ("orders/2024-02.csv", "2", 2),
    ]
    assert landed.notices == [
        "orders/2024-03.csv.gz and 1 more are no .csv or .parquet file, left out"
    ]
    (parts / "older").rmdir()
    assert land(tmp_path / "raw").notices == [
        "orders/2024-03.csv.gz is no .csv or .parquet file, left out"
    ]


def test_what_many_files_have_outside_the_contract_is_told_once(tmp_path):
    heads = {f"2024-{month:02}": "order_id,shelf" for month in range(1, 13)}
    heads["2024-05"] = "shelf,order_id,Lift,lift,Lift"
    raw = write_csv(
        tmp_path / "raw", {f"orders/{name}.csv": head for name, head in heads.items()}
    )
    assert land(raw).notices == [
        "orders: outside the contract, left out: shelf (12 files), "
        "Lift (orders/2024-05.csv), lift (orders/2024-05.csv)"
    ]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "orders.csv or orders.parquet is missing in"),
        (["orders.csv", "orders.CSV"], "orders is there twice, as orders.CSV and "),
        (["orders.csv", "orders/a.csv"], "as the file orders.csv and as the folder"),
        (["orders/a.txt"], "orders/ holds no .csv or .parquet file;"),
    ],
)
def test_a_table_given_in_no_way_or_two_is_one_sentence(tmp_path, names, sentence):
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("order_id\n1\n")
    assert sentence in land(folder, {**ORDERS, "is_mandatory": True}).error


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        (["order.csv"], "; found order.csv: rename it to orders.csv."),
        (["ORDERS.CSV"], "; found ORDERS.CSV: rename it to orders.csv."),
        (["order/a.csv"], "; found order: rename it to orders."),
        (
            ["Orders_2024.csv", "orders-2025.parquet"],
            "; found Orders_2024.csv, orders-2025.parquet: put what belongs to it into "
            "a folder orders.",
        ),
        (["order_lines.csv", "shelves.csv", "orders.txt"], "mandatory."),
        (["order_line.csv"], "mandatory."),
    ],
)
def test_a_missing_table_that_lies_there_under_a_near_name(tmp_path, names, hint):
    for name in names:
        path = tmp_path / "raw" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("order_id\n1\n")
    told = land(tmp_path / "raw", {**ORDERS, "is_mandatory": True}).error
    assert "orders.csv or orders.parquet is missing in" in told
    assert told.endswith(hint)


@pytest.mark.parametrize(
    "name",
    ["a b", "o'clock", 'say "hi"', "上海", "a[1]", "a*b", "a?b", "~", "id=7", "$x"],
)
def test_any_name_of_a_folder_will_do(tmp_path, name, monkeypatch):
    (tmp_path / "a1").mkdir()
    (tmp_path / "a1" / "orders.csv").write_text("order_id\nwrong\n")
    assert land_text(tmp_path / name, "order_id\n1\n").rows("order_id") == [("1",)]
    assert land_text(tmp_path / name, "order_id\n1\n\n").rows("order_id") == [("1",)]
    monkeypatch.chdir(tmp_path / name)
    assert land(type(tmp_path)()).rows("order_id, file_name") == [("1", "orders.csv")]


# Any table at all


CELLS = st.text(
    st.one_of(
        st.sampled_from("ab1 ,;\t|\"\n\r'\\#"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=8,
)
MONEY = st.one_of(
    st.decimals(-(10**13), 10**13, places=4).map(str),
    st.sampled_from(["", "1,5", "nan", " 7 ", "+.5", "1e3", "5\n", "0.00001", "-"]),
)


@st.composite
def csv_files(draw):
    """Any table as a CSV file: its bytes, cells and lines, and its readable money."""
    names = draw(st.permutations(["order_id", "note", "amount", "shelf"]))
    names = names[: draw(st.integers(names.index("order_id") + 1, 4))]
    cells = {name: MONEY if name == "amount" else CELLS for name in names}
    rows = draw(st.lists(st.fixed_dictionaries(cells), max_size=12))
    delimiter = draw(st.sampled_from(crm_csv.DELIMITERS))
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"]]))
    quote_all = draw(st.booleans())

    def field(cell):
        must = len(names) == 1 and not cell
        if must or re.search(f'["\r\n{re.escape(delimiter)}]', cell) or quote_all:
            return '"' + cell.replace('"', '""') + '"'
        return cell

    text, line, expected = delimiter.join(map(field, names)), 1, []
    for row in rows:
        text += draw(st.sampled_from(ends))
        line = 1 + len(re.findall("\r\n|\r|\n", text))
        expected.append((line, {name: cell or None for name, cell in row.items()}))
        text += delimiter.join(field(row[name]) for name in names)
    text += draw(st.sampled_from(["", *ends]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return text.encode(encoding), expected


@settings(
    max_examples=150,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(file=csv_files(), block=st.sampled_from([300, 500, 1 << 24]))
def test_any_table_comes_back_cell_by_cell(csv, monkeypatch, file, block):
    content, expected = file
    monkeypatch.setattr(crm_csv, "BLOCK", block)
    monkeypatch.setattr(crm_csv, "LONGEST_PLAIN_LINE", block // 8)
    landed = csv(content)
    assert landed.error is None
    assert landed.rejected == []
    assert landed.file["row_count"] == len(expected)
    names = [column["name"] for column in ORDERS["columns"]]
    assert landed.rows() == [
        (*(row.get(name) for name in names), line) for line, row in expected
    ]
    if landed.file["amount"] is not None:
        values = [(row["amount"] or "").strip(" ") for _, row in expected]
        money = r"[+-]?\d{0,12}(\.\d{1,4}0*)?"
        readable = [v for v in values if re.fullmatch(money, v) and v]
        readable = [v for v in readable if re.search(r"\d", v)]
        assert landed.amount == sum(map(Decimal, readable))
        unreadable_count = sum(value != "" for value in values) - len(readable)
        assert landed.file["unreadable_amount_count"] == unreadable_count
