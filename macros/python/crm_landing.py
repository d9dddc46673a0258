"""The raw door: finds the files of a raw table, checks them, and says how to read them.

A dbt-duckdb plugin. It registers two SQL functions, which the macro
`land_raw_tables` calls once per build and once per table:

- `crm_open_raw_door(raw_dir, table_names)` checks the folder;
- `crm_land_table(raw_dir, table_json, landing_dir)` checks the files of one table.

Both return JSON. `error` is one sentence that names file, column and remedy, or null.
Nothing is cast here: every CSV column is read as text and judged in SQL. What is
counted here (rows, rejected lines, readable money) is parsed without DuckDB, so that
`quality.reconciliation` compares two independent readings.
"""

import datetime
import difflib
import functools
import json
import re
import shutil
from pathlib import Path

import duckdb
from crm_csv import CsvError, read_csv_file
from crm_money import MoneySum
from crm_parquet import ParquetError, read_parquet_file
from dbt.adapters.duckdb.plugins import BasePlugin

FORMATS = {".csv": "csv", ".parquet": "parquet"}
TOLD = (
    "file_name",
    "format",
    "columns",
    "row_count",
    "rejected",
    "amount",
    "unreadable_amount_count",
)


class LandingError(Exception):
    """One sentence for the person who handed over the files."""


class Plugin(BasePlugin):
    """Registers the functions of the raw door on every connection."""

    def configure_connection(self, conn):
        text = duckdb.sqltypes.VARCHAR
        for name, function, width in (
            ("crm_open_raw_door", open_raw_door, 2),
            ("crm_land_table", land_table, 3),
        ):
            conn.create_function(
                name, function, [text] * width, text, side_effects=True
            )


def answer(function):
    """Turn a function's result, or the sentence of its refusal, into JSON."""

    @functools.wraps(function)
    def answered(*arguments):
        try:
            result = function(*arguments)
        except (LandingError, CsvError, ParquetError) as refusal:
            result = {"error": str(refusal)}
        except OSError as refusal:
            result = {"error": f"{refusal.filename}: {refusal.strerror}."}
        return json.dumps({"error": None, **result})

    return answered


@answer
def open_raw_door(raw_dir, table_names):
    """Check the folder; name what lies in it that the contract does not know."""
    folder = Path(raw_dir)
    if not folder.is_dir():
        raise LandingError(
            f"raw_dir '{raw_dir}' is not a folder; point raw_dir or CRM_RAW_DIR at the "
            "folder that holds cards and transactions."
        )
    known = json.loads(table_names)
    notices = []
    for entry in sorted(folder.iterdir()):
        is_data = entry.suffix.lower() in FORMATS or entry.is_dir()
        if is_data and not entry.name.startswith(".") and entry.stem not in known:
            near = difflib.get_close_matches(entry.stem, known, 1, 0.7)
            hint = f"; did you mean {near[0]}?" if near else ""
            notices.append(f"{entry.name} is no table of the contract, left out{hint}")
    return {"notices": notices, "today": datetime.date.today().isoformat()}


@answer
def land_table(raw_dir, table_json, landing_dir):
    """Check every file of one table and return the SELECT that reads them all.

    The SELECT yields each contract column (text from CSV, as typed from Parquet),
    `file_name` relative to the raw folder, and `file_line`, 1-based: the physical
    line of a CSV file, the row of a Parquet file.
    """
    table = json.loads(table_json)
    folder = Path(raw_dir)
    landing = Path(landing_dir) / table["name"]
    shutil.rmtree(landing, ignore_errors=True)
    files = files_of(folder, table)
    landed = [land_file(folder, path, table, landing) for path in files]
    if not landed:
        return {"select": absent_select(table), "files": [], "notices": []}
    return {
        "select": "\nunion all\n".join(selects_of(landed, table, folder)),
        "files": [{key: file[key] for key in TOLD} for file in landed],
        "notices": [notice for file in landed for notice in file["notices"]],
    }


def files_of(folder, table):
    """The files of a table in name order: one file, or all files of its folder."""
    name = table["name"]
    found = sorted(
        path
        for path in folder.iterdir()
        if path.stem == name and path.suffix.lower() in FORMATS and path.is_file()
    )
    inner = folder / name
    if inner.is_dir():
        parts = sorted(
            path
            for path in inner.iterdir()
            if path.suffix.lower() in FORMATS and not path.name.startswith((".", "_"))
        )
        if not parts:
            raise LandingError(
                f"{name}/ holds no .csv or .parquet file; add one or remove the folder."
            )
        found += parts
        if len(found) > len(parts):
            raise LandingError(
                f"{name} is there as the file {found[0].name} and as the folder "
                f"{name}/; keep one of them."
            )
    elif len(found) > 1:
        raise LandingError(
            f"{name} is there twice, as {' and '.join(p.name for p in found)}; "
            "keep one of them, or put the parts into a folder of that name."
        )
    if not found and table["is_mandatory"]:
        raise LandingError(
            f"{name}.csv or {name}.parquet is missing in '{folder}'; the tables cards "
            "and transactions are mandatory."
        )
    return found


def land_file(folder, path, table, landing):
    """Check one file's header against the contract and count what it holds."""
    file_name = path.relative_to(folder).as_posix()
    if path.stat().st_size == 0:
        raise LandingError(
            f"{file_name} is empty; it needs at least a header line with "
            f"{', '.join(required_columns(table))}."
        )
    amount = MoneySum(table["amount_column"])
    kind = FORMATS[path.suffix.lower()]
    read = read_csv_file if kind == "csv" else read_parquet_file
    copy = landing / f"{path.stem}.parquet"
    known = {column["name"] for column in table["columns"]}
    file = read(
        path,
        file_name,
        copy,
        known,
        lambda header: keep(header, file_name, table),
        amount,
    )
    return {
        "file_name": file_name,
        "columns": sorted(file["kept"].values()),
        "notices": extra_notices(file["header"], file["kept"], file_name),
        "amount": str(amount.total) if amount.column in file["kept"].values() else None,
        "unreadable_amount_count": amount.unreadable_count + len(file["rejected"])
        if amount.column
        else 0,
        **file,
    }


def required_columns(table):
    """Columns that a file of the table must have."""
    return [c["name"] for c in table["columns"] if c["is_required"]]


def keep(header, file_name, table):
    """Match a header to the contract: {position: contract column}, or refuse."""
    names = [column["name"] for column in table["columns"]]
    heads = [head.strip().lower() for head in header]
    kept = {i: head for i, head in enumerate(heads) if head in names}
    required = required_columns(table)
    if not kept:
        raise LandingError(
            f"{file_name} has no header: line 1 must name the columns, at least "
            f"{', '.join(required)}."
        )
    for name in names:
        if heads.count(name) > 1:
            raise LandingError(
                f"{file_name}: column {name} stands twice in the header; keep one."
            )
    absent = [name for name in names if name not in kept.values()]
    for head, given in zip(heads, header):
        near = difflib.get_close_matches(plain(head), map(plain, absent), 1, 0.85)
        if head not in names and near:
            name = absent[[plain(name) for name in absent].index(near[0])]
            raise LandingError(
                f"{file_name}: column '{given.strip()}' is not in the contract and "
                f"{name} is missing; rename it to {name}, or drop it."
            )
    for name in required:
        if name in absent:
            raise LandingError(
                f"{file_name}: the required column {name} is missing; the header has "
                f"{', '.join(h.strip() for h in header)}."
            )
    return kept


def plain(name):
    """A column name without case, spaces and punctuation, to find a renamed one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def extra_notices(header, kept, file_name):
    """Say which columns of a file are outside the contract."""
    extra = [head.strip() for i, head in enumerate(header) if i not in kept]
    if not extra:
        return []
    return [f"{file_name}: outside the contract, left out: {', '.join(extra)}"]


def selects_of(landed, table, folder):
    """One SELECT per CSV file, one for all Parquet files that share a set of columns."""
    groups = {}
    for file in landed:
        shape = (file["format"], tuple(sorted(file["kept"].values())))
        key = shape if file["format"] == "parquet" else (*shape, file["file_name"])
        groups.setdefault(key, []).append(file)
    for files in groups.values():
        columns = ",\n    ".join(
            f"{quoted(name)}"
            if name in files[0]["kept"].values()
            else f"cast(null as varchar) as {quoted(name)}"
            for name in (column["name"] for column in table["columns"])
        )
        yield f"select\n    {columns},\n    {source_of(files, folder)}"


def source_of(files, folder):
    """The file_name and file_line columns and the FROM clause of some files."""
    file = files[0]
    if file["format"] == "parquet":
        paths = ", ".join(literal(str(f["path"])) for f in files)
        return (
            f"substr(filename, {len(str(folder)) + 2}) as file_name,\n"
            "    cast(file_row_number + 1 as bigint) as file_line\n"
            f"from read_parquet([{paths}], union_by_name = true)"
        )
    name = f"{literal(file['file_name'])} as file_name"
    if file["format"] == "copy":
        return f"{name},\n    file_line\nfrom read_parquet({literal(str(file['path']))})"
    columns = ", ".join(
        f"{literal(file['kept'].get(i, f'_{i}'))}: 'VARCHAR'"
        for i in range(len(file["header"]))
    )
    return (
        f"{name},\n    row_number() over () + 1 as file_line\n"
        f"from read_csv({literal(str(file['path']))}, columns = {{{columns}}}, "
        f"header = true, auto_detect = false, delim = {literal(file['delimiter'])}, "
        "quote = '\"', escape = '\"', nullstr = '', max_line_size = 16777216)"
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


def literal(text):
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"
