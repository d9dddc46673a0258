"""What `make docs` runs: dbt's own site as `docs.html`, and the data dictionary.

They tell of what the last build made, and lie beside its dashboard.
"""

import os
import sys
from pathlib import Path

from crm_build import build_environment, run_dbt, shown
from crm_dictionary import write_dictionary
from crm_page import write_whole

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = ("docs", "generate", "--static", "--profiles-dir", "profiles")


def main() -> int:
    environment = build_environment(dict(os.environ))
    folder = PROJECT / environment.get("CRM_WAREHOUSE_DIR", "warehouse")
    target = PROJECT / environment.get("DBT_TARGET_PATH", "target")
    if not (folder / "crm.duckdb").exists() or not (folder / "marts.duckdb").exists():
        print(
            f"There is no build in {folder}: run make build with the same OUT first.",
            file=sys.stderr,
        )
        return 1
    exit_code, _ = run_dbt(environment, (*COMMAND, "--target", "prod"))
    if exit_code:
        return exit_code
    dictionary = write_dictionary(folder, target / "manifest.json")
    site = write_site(target / "static_index.html", folder / "docs.html")
    print(f"Open {shown(dictionary)}\nOpen {shown(site)}")
    return 0


def write_site(generated: Path, site: Path) -> Path:
    """dbt's page; its icons are asked for once their names are known, not before."""
    text = generated.read_text(encoding="utf-8")
    return write_whole(site, text.replace('xlink:href="{{', 'ng-attr-href="{{'))


if __name__ == "__main__":
    sys.exit(main())
