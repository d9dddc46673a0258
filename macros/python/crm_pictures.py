"""What `make pictures` runs: docs/entities.md and docs/lineage.md from the manifest.

They are Mermaid, which GitHub renders. Nothing in them is written by hand, and a test
compares them with the models.
"""

import os
import sys
from pathlib import Path

from crm_build import run_dbt, shown
from crm_catalog import read_manifest
from crm_entities import entities
from crm_lineage import lineage
from crm_page import write_whole

PROJECT = Path(__file__).resolve().parents[2]
PARSE = ("parse", "--profiles-dir", "profiles", "--target", "prod")


def main() -> int:
    exit_code, told = run_dbt(dict(os.environ), PARSE, is_shown=False)
    if exit_code:
        print(*told.reasons, sep="\n", file=sys.stderr)
        return exit_code
    target = PROJECT / os.environ.get("DBT_TARGET_PATH", "target")
    for name, text in pictures(read_manifest(target / "manifest.json")).items():
        print(f"Drew {shown(write_whole(PROJECT / 'docs' / name, text))}")
    return 0


def pictures(manifest: dict) -> dict[str, str]:
    return {"entities.md": entities(manifest), "lineage.md": lineage(manifest)}


if __name__ == "__main__":
    sys.exit(main())
