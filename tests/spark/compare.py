"""Compares every public mart of two engines, row for row, in both directions.

DuckDB reads the Parquet files that Spark wrote: `python compare.py <manifest.json>
<crm.duckdb> <folder of Spark's tables>`. Prints what differs; exit code 1 if any does.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

EXAMPLES = 3


@dataclass
class Comparison:
    """What both engines tell of one mart."""

    name: str
    row_count: int
    differing_count: int
    notes: list

    @property
    def is_equal(self):
        return self.differing_count == 0 and not self.notes


def public_marts(manifest):
    """schema.name of each public model, as its manifest tells."""
    nodes = json.loads(Path(manifest).read_text())["nodes"].values()
    return sorted(
        f"{node['schema']}.{node['alias']}"
        for node in nodes
        if node["resource_type"] == "model" and node["access"] == "public"
    )


def compare_all(manifest, work_file, tables_dir, is_wanted=lambda mart: True):
    """One Comparison for each public mart that is wanted."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{work_file}' as told (read_only)")
        return [
            compare(connection, mart, Path(tables_dir))
            for mart in public_marts(manifest)
            if is_wanted(mart)
        ]


def compare(connection, mart, tables_dir):
    """One mart: columns in order, then rows by EXCEPT ALL in both directions."""
    schema, name = mart.split(".")
    folder = tables_dir / f"{schema}.db" / name
    here = columns_of(connection, f"told.{mart}")
    (count,) = connection.execute(f"select count(*) from told.{mart}").fetchone()
    files = list(folder.rglob("*.parquet"))
    if not files:
        return Comparison(mart, count, count, ["Spark wrote no file"])
    # A partition is a folder, month_end_on=2026-10-31, and its column the last one.
    parts = [part.partition("=")[0] for part in files[0].relative_to(folder).parts[:-1]]
    there = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = {bool(parts)})"
    spark = columns_of(connection, there)
    if list(spark) != [column for column in here if column not in parts] + parts:
        return Comparison(
            mart, count, count, [f"columns {list(here)} and {list(spark)}"]
        )
    connection.execute(f"create or replace temp table duck as from told.{mart}")
    casts = ", ".join(
        f'cast("{column}" as {kind}) as "{column}"' for column, kind in here.items()
    )
    connection.execute(
        f"create or replace temp table spark as select {casts} from {there}"
    )
    notes = []
    differing = 0
    for one, other in (("duck", "spark"), ("spark", "duck")):
        rows = connection.execute(f"from {one} except all from {other}").fetchall()
        differing += len(rows)
        notes += [f"only in {one}: {row}" for row in sorted(rows, key=str)[:EXAMPLES]]
    return Comparison(mart, count, differing, notes)


def columns_of(connection, relation):
    """Names and types of a relation's columns, in order."""
    described = connection.execute(f"describe from {relation}").fetchall()
    return {row[0]: row[1] for row in described}


def tell(comparisons):
    """Print the outcome; return whether all are equal."""
    for each in comparisons:
        if not each.is_equal:
            print(f"{each.name}: {each.differing_count} differing rows")
            for note in each.notes:
                print(f"  {note}")
    rows = sum(each.row_count for each in comparisons)
    unequal = [each for each in comparisons if not each.is_equal]
    differing = sum(each.differing_count for each in comparisons)
    print(
        f"{len(comparisons)} public marts, {rows:,} rows: {differing:,} differing rows"
        + (f" in {len(unequal)} marts." if unequal else ".")
    )
    return not unequal


if __name__ == "__main__":
    sys.exit(0 if tell(compare_all(*sys.argv[1:4])) else 1)
