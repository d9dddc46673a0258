"""Finds the Parquet file and column on which a build has failed.

A damaged page shows only when it is read, and the engine names no column and not always
the file. So the raw tables are read again by the same engine, column by column.
"""

from pathlib import Path

import crm_personal
import duckdb
from crm_parquet import damaged


def find_damage(work_file: Path, table_names: list[str]) -> str | None:
    """One sentence about the first unreadable column of the tables, or None.

    Erasures are looked at too, since the models of the other tables read them.
    """
    with duckdb.connect(str(work_file), read_only=True) as connection:
        crm_personal.register(connection)
        files = connection.execute(
            "select table_name, file_name, column_names from raw.landed_files "
            "where file_format = 'parquet' and list_contains(?, table_name)",
            [[*table_names, "erasures"]],
        ).fetchall()
        for table_name, file_name, column_names in files:
            for column in column_names.split(","):
                if not is_readable(connection, table_name, file_name, column):
                    return damaged(file_name, column)
    return None


def is_readable(connection, table_name, file_name, column):
    """Whether the engine can read every value of a column."""
    name = file_name.replace("'", "''")
    try:
        connection.execute(
            f'select bit_xor(hash("{column}")) from raw."{table_name}" '
            f"where file_name = '{name}'"
        )
    except duckdb.Error:
        return False
    return True
