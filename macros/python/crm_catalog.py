"""What dbt's manifest says of the public marts: room, key, references, needs."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REF = re.compile(r"ref\((?:.*,)?\s*['\"](\w+)['\"]\)")


@dataclass(frozen=True)
class Reference:
    """A column holds only what stands in this column, as a data test checks."""

    table: str
    column: str


@dataclass(frozen=True)
class Mart:
    schema: str
    name: str
    columns: dict[str, str]  # their types, as the contract says
    required: frozenset[str]  # columns that are never null
    key: tuple[str, ...]
    references: dict[str, Reference]  # by the column that refers
    needs: tuple[str, ...]
    uses: tuple[str, ...]
    shown_in: tuple[str, ...]  # dashboards that read it


def read_manifest(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def public_marts(manifest: dict) -> list[Mart]:
    """The public marts, room by room and by name; core and its dimensions first."""
    tests = tests_by_node(manifest)
    boards = manifest["exposures"].values()
    marts = [
        as_mart(node, tests.get(node["unique_id"], []), boards)
        for node in manifest["nodes"].values()
        if is_public(node)
    ]
    return sorted(
        marts, key=lambda mart: (mart.schema != "core", mart.schema, mart.name)
    )


def is_public(node: dict) -> bool:
    return node["resource_type"] == "model" and node["access"] == "public"


def tests_by_node(manifest: dict) -> dict[str, list[dict]]:
    """The generic tests of each model, as their names and arguments."""
    tests = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("test_metadata"):
            tests.setdefault(node["attached_node"], []).append(node["test_metadata"])
    return tests


def as_mart(node: dict, tests: list[dict], boards: Iterable[dict]) -> Mart:
    meta = node["config"].get("meta", {})
    references = {}
    for test in tests:
        told = test["kwargs"]
        if test["name"] == "relationships":
            table = REF.search(told["to"])[1]
            references[told["column_name"]] = Reference(table, told["field"])
    return Mart(
        schema=node["schema"],
        name=node["alias"],
        columns={name: each["data_type"] for name, each in node["columns"].items()},
        required=frozenset(
            name
            for name, each in node["columns"].items()
            if any(rule["type"] == "not_null" for rule in each["constraints"])
        ),
        key=key_of(node, tests),
        references=references,
        needs=tuple(meta.get("needs") or ()),
        uses=tuple(meta.get("uses") or ()),
        shown_in=tuple(
            board["label"] or board["name"]
            for board in boards
            if node["unique_id"] in board["depends_on"]["nodes"]
        ),
    )


def key_of(node: dict, tests: list[dict]) -> tuple[str, ...]:
    """The primary key of the contract, else the columns that are tested to be one."""
    for constraint in node["constraints"]:
        if constraint["type"] == "primary_key":
            return tuple(constraint["columns"])
    for test in tests:
        if test["name"] == "unique_combination":
            return tuple(test["kwargs"]["columns"])
    return ()
