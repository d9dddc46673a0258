"""Where the published marts are, and whether they can be read."""

import contextlib
import os
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[2]


class MartsError(Exception):
    """One sentence for the person at the keyboard."""


def told_folder() -> Path:
    """The folder of the build that the environment names."""
    told = os.environ.get("OUT") or os.environ.get("CRM_WAREHOUSE_DIR") or "warehouse"
    return PROJECT / told


@contextlib.contextmanager
def open_marts(folder: Path):
    """A connection that reads the marts; they are refused if they are not these."""
    path = folder / "marts.duckdb"
    if not path.is_file():
        raise MartsError(
            f"There is no build in {folder}: run make build with the same OUT first."
        )
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            yield connection
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise MartsError(
            "These marts are of another version or damaged, run make build anew "
            f"({reason})."
        ) from error
