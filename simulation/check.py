"""Proof of what the files promise: ``python -m simulation.check DIR``.

Reads the files (CSV or Parquet) with DuckDB, leaves out the planted bad rows the way
the warehouse would, and asks for offenders against every law of laws.py.
"""

import argparse
import sys
from pathlib import Path

import duckdb

from simulation.contract import TABLES
from simulation.days import LAST_DAY, WINDOW_START, date_of
from simulation.faults import BAD_KEYS, LINE_NUMBER
from simulation.laws import (
    CAMPAIGN_EFFECTS,
    FIGURES,
    KEYS,
    LAWS,
    PREPARATION,
    REFERENCES,
    SAMPLE_LAWS,
)

MEMORY_LIMIT = "4GB"
WORDS = {"last_day": LAST_DAY, "window_start": date_of(WINDOW_START)}
SQL_TYPES = {
    "text": "varchar",
    "date": "date",
    "timestamp": "timestamp",
    "money": "decimal(18, 4)",
    "quantity": "decimal(18, 4)",
    "integer": "integer",
    "boolean": "boolean",
    "degree": "double",
}


def source_of(folder, table):
    """The files of a table as a DuckDB source."""
    if (folder / table).is_dir():
        return f"read_parquet('{folder / table}/*.parquet')"
    if (folder / f"{table}.parquet").exists():
        return f"read_parquet('{folder / table}.parquet')"
    columns = ", ".join(f"'{name}': 'varchar'" for name in TABLES[table])
    rows = (
        f"read_csv('{folder / table}.csv', columns = {{{columns}}}, header = true, "
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        "null_padding = true, strict_mode = false)"
    )
    return without_faults(rows, table)


def without_faults(rows, table):
    """The rows of a CSV that the warehouse would accept, each once."""
    key = next(iter(TABLES[table]))
    bad = ", ".join(f"'{name}'" for name in sorted(BAD_KEYS.get(table, {""})))
    accepted = f"(select distinct * from {rows} where {key} not in ({bad}))"
    if table == "transaction_lines":
        accepted += f" where line_number <> '{LINE_NUMBER}'"
    return accepted


def load(folder):
    """A database with all raw tables, typed, and what the laws build on them."""
    connection = duckdb.connect()
    connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    for table, layout in TABLES.items():
        casts = ", ".join(
            f"try_cast({name} as {SQL_TYPES[kind]}) as {name}"
            for name, kind in layout.items()
        )
        source = source_of(folder, table)
        connection.execute(f"create table {table} as select {casts} from {source}")
    for step in PREPARATION:
        connection.execute(step)
    return connection


def all_laws(is_sample):
    """Every law as a sentence and the query for its offenders."""
    for table, key in KEYS.items():
        query = f"select 1 from {table} group by {key} having count(*) > 1"
        yield f"{key} is the key of {table}", query
    for table, column, other, key in REFERENCES:
        query = f"select {column} from {table} where {column} is not null"
        yield (
            f"{table}.{column} stands in {other}",
            f"{query} except select {key} from {other}",
        )
    yield from LAWS.items()
    if is_sample:
        yield from SAMPLE_LAWS.items()


def broken_laws(connection, is_sample):
    """The sentences that are not true, with the number of offenders."""
    for sentence, query in all_laws(is_sample):
        counting = f"select count(*) from ({query.format(**WORDS)})"
        offenders = connection.execute(counting).fetchone()[0]
        if offenders:
            yield sentence, offenders


def tell(connection):
    """Print the figures and the effects of the campaigns."""
    for name, query in FIGURES.items():
        figure = connection.execute(query.format(**WORDS)).fetchone()[0]
        print(f"{name:42} {figure}")
    effects = connection.execute(CAMPAIGN_EFFECTS)
    heading = [column[0] for column in effects.description]
    for row in [heading, *effects.fetchall()]:
        print("  ".join(f"{'' if cell is None else cell:>14}" for cell in row))


def main():
    """Check one folder; the exit code tells whether every law holds."""
    parser = argparse.ArgumentParser(prog="simulation.check", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    connection = load(folder)
    tell(connection)
    broken = list(broken_laws(connection, (folder / "cards.csv").exists()))
    for sentence, offenders in broken:
        print(f"broken: {sentence} ({offenders} offenders)")
    print("all laws hold" if not broken else f"{len(broken)} laws are broken")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
