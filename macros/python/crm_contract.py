"""The raw contract, out of the source YAML, for commands that run without dbt."""

from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]


def raw_contract() -> dict[str, dict]:
    """Each raw table by name, in the shape that the macro `landing_request` makes."""
    tables = {}
    for path in sorted(PROJECT.glob("models/staging/*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                tables[table["name"]] = {
                    "name": table["name"],
                    "is_mandatory": meta_of(table).get("is_mandatory", False),
                    "columns": [told(column) for column in table["columns"]],
                }
    return tables


def told(column: dict) -> dict:
    """A column, whether a table may lack it, and whether it is personal."""
    meta = meta_of(column)
    is_key = meta.get("is_key") and not meta.get("may_be_null")
    needs = (is_key, meta.get("is_required"), meta.get("is_column_required"))
    return {
        "name": column["name"],
        "type": column["data_type"],
        "is_required": any(needs),
        "is_personal": meta.get("is_personal", False),
    }


def meta_of(node: dict) -> dict:
    """The `config.meta` of a table or column, if it has any."""
    return node.get("config", {}).get("meta", {})
