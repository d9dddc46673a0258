"""What `make check` runs: what would be accepted, kept out and unavailable, and why.

Lands and judges the raw tables in a folder of its own that is gone afterwards; nothing
is published, and no other file is touched. RAW says what to check, as for a build.
"""

import csv
import os
import re
import sys
import tempfile
from pathlib import Path

import duckdb
from crm_build import PROJECT, UNTOUCHED, Told, build_environment, run_dbt
from crm_damage import find_damage
from crm_summary import (
    count,
    left_out_of_it,
    legs_of_tables,
    paragraph,
    query,
    table,
    unrated,
)

REMEDIES = PROJECT / "seeds" / "rules" / "rule_quarantine_reasons.csv"
JUDGE = (
    *("build", "--profiles-dir", "profiles", "--target", "prod"),
    *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
    *("--select", "+quarantined_rows", "+feature_status", "rule_quarantine_reasons"),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="crm_check_") as folder:
        environment = build_environment({**os.environ, "OUT": folder})
        print(
            f"Checking {environment.get('CRM_RAW_DIR', 'the sample shop')}", flush=True
        )
        exit_code, told = run_dbt(environment, JUDGE, is_shown=False)
        if exit_code:
            print("\n" + refusal(Path(folder) / "crm.duckdb", told))
            return exit_code
        with duckdb.connect(f"{folder}/crm.duckdb", read_only=True) as connection:
            print("\n" + report(connection, told.left_out))
    return 0


def refusal(work_file: Path, told: Told) -> str:
    """Why nothing can be judged: the damage of a file, or what dbt says; what to do."""
    damage = told.unread_tables and find_damage(work_file, told.unread_tables)
    reason = damage or (told.reasons or ["dbt could not judge the tables."])[-1]
    with REMEDIES.open(encoding="utf-8") as file:
        remedies = [
            f"    → {row['action']}"
            for row in csv.DictReader(file)
            if re.search(rf"(: |; |often ){row['reason_code']}\b", reason)
        ]
    # No marts are written here, so none are left.
    return "\n".join([reason.removesuffix(f" {UNTOUCHED}."), *remedies])


def report(connection, left_out: list[str]) -> str:
    """What each table would give, why rows are kept out, and what cannot be told."""
    parts = [
        legs_of_tables(connection, "intermediate.int_rows__reconciled"),
        kept_out(connection),
        unrated(connection),
        left_out_of_it(left_out),
        marts(connection),
    ]
    return "\n\n".join(part for part in parts if part)


def kept_out(connection) -> str:
    """Why rows would be kept out, how many, where the first one stands, what to do."""
    rows = query(
        connection,
        "select table_name, reasons, count(*), "
        "min_by(concat(file_name, ' line ', file_line), (file_name, file_line)) "
        "from quality.quarantined_rows group by all order by 3 desc, 1, 2",
    )
    if not rows:
        return "No row would be kept out."
    actions = dict(
        query(
            connection,
            "select reason_code, action from rules.rule_quarantine_reasons",
        )
    )
    head = ("table", "reason", "rows", "first")
    lines = table(
        head, [(name, why, count(n), at) for name, why, n, at in rows], 2
    ).splitlines()
    told = [lines[0]]
    for line, (_, reasons, *_) in zip(lines[1:], rows, strict=True):
        codes = [part.rsplit(": ", 1)[-1] for part in reasons.split("; ")]
        told += [line, *(f"    → {actions[code]}" for code in dict.fromkeys(codes))]
    return "Rows that would be kept out:\n\n" + "\n".join(told)


def marts(connection) -> str:
    """Which marts would be whole, in part unknown or empty, by what is wanting."""
    rows = query(
        connection,
        "select status_name, mart_name, reason, action, is_available "
        "from quality.feature_status order by all",
    )
    whole = [mart for _, mart, reason, *_ in rows if reason is None]
    parts = [paragraph(f"{len(whole)} marts would be whole", whole)] if whole else []
    for is_available, words in ((True, "In part unknown"), (False, "Empty")):
        wanting = {}
        for _, mart, reason, action, available in rows:
            if reason and available == is_available:
                marts_of, _ = wanting.setdefault(reason, ([], action))
                marts_of.append(mart)
        for reason, (names, action) in sorted(wanting.items()):
            parts.append(paragraph(f"{words} ({reason})", names) + f"\n  → {action}")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
