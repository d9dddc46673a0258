"""The raw door: finds the files of a raw table, checks them, and says how to read them.

A dbt-duckdb plugin. It registers two SQL functions, which the macro
`land_raw_tables` calls once per build and once per table:

- `crm_open_raw_door(raw_dir, table_names, landing_dir)` checks the folder;
- `crm_land_table(raw_dir, table_json, landing_dir)` checks the files of one table.

An empty raw_dir is the sample shop. Both return JSON. `error` is one sentence that
names file, column and remedy, or null. Nothing is cast here: every CSV column is read
as text and judged in SQL. What is counted here (rows, rejected lines, readable money)
is parsed without DuckDB, so that `quality.reconciliation` compares two independent
readings.

Files that had to be rewritten are copied into `landing_dir`, which only its owner may
enter. The copies hold digests in place of personal values, and are emptied when the
process ends.
"""

import atexit
import datetime
import functools
import json
import re
import shutil
from pathlib import Path

import crm_personal
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from crm_csv import CsvError, read_csv_file
from crm_files import FORMATS, FilesError, files_of, stranger_notices
from crm_header import HeaderError, extra_notices, keep, required_columns
from crm_money import MoneySum
from crm_parquet import ParquetError, read_parquet_file
from dbt.adapters.duckdb.plugins import BasePlugin

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "raw"

TOLD = (
    "file_name",
    "format",
    "columns",
    "row_count",
    "rejected_count",
    "amount",
    "unreadable_amount_count",
)


class LandingError(Exception):
    """One sentence for the person who handed over the files."""


REFUSALS = (LandingError, FilesError, HeaderError, CsvError, ParquetError)


class Plugin(BasePlugin):
    """Registers the functions of the raw door on every connection."""

    def configure_connection(self, conn):
        text = duckdb.sqltypes.VARCHAR
        for name, function, width in (
            ("crm_open_raw_door", open_raw_door, 3),
            ("crm_land_table", land_table, 3),
        ):
            conn.create_function(
                name, function, [text] * width, text, side_effects=True
            )
        crm_personal.register(conn)


def answer(function):
    """Turn a function's result, or the sentence of its refusal, into JSON."""

    @functools.wraps(function)
    def answered(*arguments):
        try:
            result = function(*arguments)
        except REFUSALS as refusal:
            result = {"error": str(refusal)}
        except OSError as refusal:
            result = {"error": f"{refusal.filename}: {refusal.strerror}."}
        return json.dumps({"error": None, **result})

    return answered


@answer
def open_raw_door(raw_dir, table_names, landing_dir):
    """Check the folder; name what lies in it that the contract does not know."""
    folder = Path(raw_dir or SAMPLE)
    if ":/" in raw_dir and not folder.is_dir():
        raise LandingError(
            "raw_dir is an address, and raw tables are read from a folder; copy them "
            "into one first: make fetch FROM=<the address> TO=<folder>."
        )
    if not folder.is_dir():
        raise LandingError(
            f"raw_dir '{raw_dir}' is not a folder; point raw_dir or CRM_RAW_DIR at the "
            "folder that holds cards and transactions."
        )
    shutil.rmtree(landing_dir, ignore_errors=True)
    Path(landing_dir).mkdir(mode=0o700, parents=True, exist_ok=True)
    atexit.register(empty_copies, Path(landing_dir).absolute())
    known = json.loads(table_names)
    notices = [
        notice
        for entry in sorted(folder.iterdir())
        if not entry.name.startswith((".", "_"))
        for notice in stranger_notices(entry, known)
    ]
    return {"notices": notices, "today": datetime.date.today().isoformat()}


def empty_copies(landing_dir):
    """Leave of each copy its columns only, so that the views on it can be described."""
    for copy in landing_dir.rglob("*.parquet"):
        pq.write_table(pq.read_schema(copy).empty_table(), copy)


@answer
def land_table(raw_dir, table_json, landing_dir):
    """Check every file of one table and return the SELECT that reads them all.

    The SELECT yields each contract column (text from CSV, as typed from Parquet),
    `file_name` relative to the raw folder, and `file_line`, 1-based: the physical
    line of a CSV file, the row of a Parquet file. `rejected` is a SELECT
    of the lines that could not be split; there may be as many as the file has.
    """
    table = json.loads(table_json)
    folder = Path(raw_dir or SAMPLE).absolute()
    landing = Path(landing_dir).absolute() / table["name"]
    shutil.rmtree(landing, ignore_errors=True)
    paths, notices = given_files(folder, table)
    files = [land_file(folder, path, table, landing) for path in paths]
    kinds = {
        column["name"]: {file["kinds"].get(column["name"]) for file in files} - {None}
        for column in table["columns"]
    }
    row_count = sum(file["row_count"] + file["rejected_count"] for file in files)
    if table["is_mandatory"] and not row_count:
        raise LandingError(
            f"{files[0]['file_name']} holds no rows under its header; the tables cards "
            "and transactions are mandatory."
        )
    formats = {file["format"] for file in files}
    is_by_digest = "copy" in formats and len(formats) > 1
    selects = [select_of(file, table, kinds, is_by_digest) for file in files]
    return {
        "select": "\nunion all\n".join(selects or [absent_select(table)]),
        "files": [{key: file[key] for key in TOLD} for file in files],
        "rejected": rejected_select(files, table["name"], landing),
        "notices": notices + extra_notices(files, table["name"]),
    }


def given_files(folder, table):
    """The files of a table; none where only models are handed over."""
    if not table.get("is_left_out"):
        return files_of(folder, table)
    if table["is_mandatory"]:
        raise LandingError(
            f"{table['name']} is missing, a mandatory table: name a model for it in "
            "raw_models, or point raw_dir at a folder that holds it."
        )
    return [], []


def land_file(folder, path, table, landing):
    """Check one file's header against the contract and count what it holds."""
    file_name = path.relative_to(folder).as_posix()
    if path.stat().st_size == 0:
        raise LandingError(
            f"{file_name} is empty; it needs at least a header line with "
            f"{', '.join(required_columns(table))}."
        )
    amount = MoneySum(table["amount_column"])
    read = {"csv": read_csv_file, "parquet": read_parquet_file}[
        FORMATS[path.suffix.lower()]
    ]
    file = read(
        path,
        file_name,
        landing / f"{path.name}.parquet",
        {column["name"]: column["is_personal"] for column in table["columns"]},
        lambda header: keep(header, file_name, table),
        amount,
    )
    has_amount = amount.column in file["kept"].values()
    rejected_count = len(file["rejected"])
    unreadable_count = amount.unreadable_count + rejected_count
    return {
        "file_name": file_name,
        "columns": sorted(file["kept"].values()),
        "amount": str(amount.total) if has_amount else None,
        "unreadable_amount_count": unreadable_count if has_amount else 0,
        "rejected_count": rejected_count,
        **file,
    }


def rejected_select(files, table_name, landing):
    """Write the rejected lines of a table as Parquet; return what reads them."""
    rows = [(file["file_name"], *row) for file in files for row in file["rejected"]]
    if not rows:
        return None
    names = ["file_name", "file_line", "reason_code"]
    copy = landing / "_rejected.parquet"
    columns = [pa.array(values) for values in zip(*rows)]
    pq.write_table(pa.table(columns, names=names), copy)
    return (
        f"select {literal(table_name)} as table_name, {', '.join(names)} "
        f"from read_parquet({path_literal(copy)})"
    )


def select_of(file, table, kinds, is_by_digest):
    """The SELECT that reads one file; personal values by digest if a copy has these."""
    heads = {name: file["header"][i] for i, name in file["kept"].items()}
    columns = []
    for column in table["columns"]:
        name = column["name"]
        value = column_of(file, heads, name, kinds[name])
        if is_by_digest and column["is_personal"] and file["format"] != "copy":
            value = f"{crm_personal.SQL_NAME}(cast({value} as varchar))"
        columns.append(f"{value} as {quoted(name)}")
    columns = ",\n    ".join(columns)
    line, source = source_of(file)
    return (
        f"select\n    {columns},\n    {literal(file['file_name'])} as file_name,\n"
        f"    {line} as file_line\nfrom {source}"
    )


def column_of(file, heads, name, kinds):
    """A column as it lies; as text where files of the table differ in its type.

    Monthly files often do: ids are numbers in one and text in another, or became
    floats for want of a value. What would be 17.0 is the id 17 then, and zeros beyond
    the decimals of money are none of its decimals.
    """
    kind = file["kinds"].get(name)
    if kind is None:
        return "null" if kinds else "cast(null as varchar)"
    column = quoted(heads[name] if file["format"] == "parquet" else name)
    if len(kinds) == 1 or kind == "text":
        return column
    text = f"cast({column} as varchar)"
    if kind == "instant":
        return f"cast(timezone('UTC', {column}) as varchar) || 'Z'"
    if kind.startswith(("double", "float", "decimal")):
        return f"regexp_replace({text}, '([.][0-9]{{4}})0+$|[.]0+$', '\\1')"
    return text


def source_of(file):
    """The line number of a file's rows, and the FROM clause that reads it."""
    path = path_literal(file["path"])
    if file["format"] != "csv":
        line = "file_row_number + 1"
        if file["format"] == "copy":
            line = "file_line"
        elif "file_row_number" in file["header"]:
            line = "row_number() over ()"
        return f"cast({line} as bigint)", (
            f"read_parquet({path}, hive_partitioning = false)"
        )
    columns = ", ".join(
        f"{literal(file['kept'].get(i, f'_{i}'))}: 'VARCHAR'"
        for i in range(len(file["header"]))
    )
    return "row_number() over () + 1", (
        f"read_csv({path}, columns = {{{columns}}}, header = true, "
        f"auto_detect = false, delim = {literal(file['delimiter'])}, quote = '\"', "
        "escape = '\"', nullstr = '', hive_partitioning = false)"
    )


def absent_select(table):
    """An empty relation of text columns for a table that was not handed over."""
    columns = ",\n    ".join(
        f"cast(null as varchar) as {quoted(column['name'])}"
        for column in table["columns"]
    )
    return (
        f"select\n    {columns},\n    cast(null as varchar) as file_name,\n"
        "    cast(null as bigint) as file_line\nlimit 0"
    )


def quoted(name):
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def path_literal(path):
    """A path as an SQL string, none of its characters taken for a pattern."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path)))


def literal(text):
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"
