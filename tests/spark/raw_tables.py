"""Writes a folder of raw files as Parquet tables that a Spark schema can hold.

The files go through the raw door that DuckDB's build uses, so that both engines are
handed the same rows: text from CSV, as typed from Parquet, each with its file and line.
Runs in the environment of `make build`: `python raw_tables.py <raw> <out folder>`.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb
import yaml

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "macros" / "python"))

import crm_landing  # noqa: E402

# What Spark has for the types that it does not have.
SPARK_HAS = {
    "TIMESTAMP_S": "TIMESTAMP",
    "TIMESTAMP_MS": "TIMESTAMP",
    "TIMESTAMP_NS": "TIMESTAMP",
    "UTINYINT": "SMALLINT",
    "USMALLINT": "INTEGER",
    "UINTEGER": "BIGINT",
    "UBIGINT": "DECIMAL(20,0)",
    "HUGEINT": "DECIMAL(38,0)",
    "TIME": "VARCHAR",
}


def contract():
    """Every raw table of the source YAML, as the raw door asks for it."""
    for path in sorted(PROJECT.glob("models/staging/*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            for table in source["tables"]:
                yield request(table)


def request(table):
    """What the raw door must know of a table."""
    told = table["config"]["meta"]
    return {
        "name": table["name"],
        "table_names": [table["name"]],
        "is_mandatory": told.get("is_mandatory", False),
        "amount_column": told.get("amount_column"),
        "columns": [column_request(column) for column in table["columns"]],
    }


def column_request(column):
    """A column's name, and whether a file must have it (as in raw_contract.sql)."""
    told = column.get("config", {}).get("meta", {})
    is_key = told.get("is_key") and not told.get("may_be_null")
    return {
        "name": column["name"],
        "is_required": bool(
            told.get("is_column_required") or told.get("is_required") or is_key
        ),
        "is_personal": False,  # Spark is handed what was handed over
    }


def write_tables(raw_dir, out_dir):
    """Write each table that was handed over as <out>/<table>/0.parquet.

    Returns {table: [[column, DuckDB's type], ...]}. The lines that could not be split
    into columns become the table rejected_rows.
    """
    written = {}
    rejected = []
    with tempfile.TemporaryDirectory() as landing, duckdb.connect() as connection:
        for table in contract():
            told = json.loads(
                crm_landing.land_table(str(raw_dir), json.dumps(table), landing)
            )
            if told["error"]:
                raise SystemExit(told["error"])
            if not told["files"]:
                continue
            kept = {name for file in told["files"] for name in file["columns"]}
            names = [c["name"] for c in table["columns"] if c["name"] in kept]
            select = ", ".join([*names, "file_name", "file_line"])
            written[table["name"]] = write(
                connection,
                out_dir,
                table["name"],
                f"select {select} from ({told['select']})",
            )
            if told["rejected"]:
                rejected.append(told["rejected"])
        if rejected:
            written["rejected_rows"] = write(
                connection, out_dir, "rejected_rows", " union all ".join(rejected)
            )
    return written


def write(connection, out_dir, name, select):
    """Write a query's rows as one Parquet file; return its columns and their types."""
    folder = Path(out_dir) / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    described = connection.execute(f"describe {select}").fetchall()
    columns = [(row[0], SPARK_HAS.get(row[1], row[1])) for row in described]
    casts = ", ".join(
        f"cast({column} as {kind}) as {column}" for column, kind in columns
    )
    connection.execute(
        f"copy (select {casts} from ({select})) "
        f"to '{folder}/0.parquet' (format parquet)"
    )
    return columns


if __name__ == "__main__":
    print(json.dumps(write_tables(sys.argv[1], sys.argv[2])))
