"""The data dictionary: every published mart and column as one page, `dictionary.html`.

Tables, types, comments and rows are those of the published file; keys, references and
needs come from dbt's manifest, questions from docs/questions.md.
"""

import re
from pathlib import Path

import duckdb
from crm_catalog import Mart, public_marts, read_manifest
from crm_page import fill_page, write_whole

PROJECT = Path(__file__).resolve().parents[2]
QUESTIONS = PROJECT / "docs" / "questions.md"
COLUMNS = """
    select schema_name, table_name, column_name, lower(data_type), comment
    from duckdb_columns() where database_name = current_catalog() and not internal
    order by schema_name, table_name, column_index
"""
TABLES = """
    select schema_name, table_name, comment, estimated_size
    from duckdb_tables() where database_name = current_catalog() and not internal
    order by schema_name <> 'core', schema_name, table_name
"""
STATUS = """
    select schema_name || '.' || mart_name, status_code, status_name, status_name_zh,
        reason, reason_zh
    from quality.feature_status
"""


def write_dictionary(folder: Path, manifest_file: Path) -> Path:
    """Write the page of the marts in this folder, whole or not at all."""
    marts = {
        f"{mart.schema}.{mart.name}": mart
        for mart in public_marts(read_manifest(manifest_file))
    }
    with duckdb.connect(str(folder / "marts.duckdb"), read_only=True) as connection:
        data = dictionary(connection, marts)
    return write_whole(
        folder / "dictionary.html", fill_page("dictionary.html", data=data)
    )


def dictionary(connection, marts: dict[str, Mart]) -> dict:
    """What the page shows: each published table with its columns."""
    columns, status, asked = {}, {}, questions()
    for schema, table, *column in connection.execute(COLUMNS).fetchall():
        columns.setdefault(f"{schema}.{table}", []).append(column)
    for name, *told in connection.execute(STATUS).fetchall():
        status[name] = told
    tables = []
    for schema, table, comment, rows in connection.execute(TABLES).fetchall():
        name = f"{schema}.{table}"
        mart = marts.get(name)
        grain, _, more = (comment or "").partition(". ")
        tables.append(
            {
                "room": schema,
                "name": table,
                "grain": grain.rstrip(".") + ".",
                "more": more,
                "rows": rows,
                "status": status.get(name),
                "questions": asked.get(table, []),
                "needs": mart.needs if mart else [],
                "uses": mart.uses if mart else [],
                "shown_in": mart.shown_in if mart else [],
                "key": mart.key if mart else [],
                "columns": [
                    [*column, reference(mart, column[0])] for column in columns[name]
                ],
            }
        )
    as_of = connection.execute("select max(as_of_on) from core.fct_customers")
    return {"tables": tables, "as_of_on": str(as_of.fetchone()[0] or "") or None}


def reference(mart: Mart | None, column: str) -> str | None:
    """What the column refers to: a table, with the column if that has another name."""
    found = mart.references.get(column) if mart else None
    if not found:
        return None
    return found.table if found.column == column else f"{found.table}.{found.column}"


def questions() -> dict[str, list[list[str]]]:
    """The questions that each mart answers, in English and as the books ask."""
    asked = {}
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 3 and cells[0].isdigit():
            for mart in re.findall(r"`([a-z]+_\w+)` \(", cells[3]):
                asked.setdefault(mart, []).append(cells[1:3])
    return asked
