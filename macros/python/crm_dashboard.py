"""What `make dashboard` runs: the published marts as one page, `dashboard.html`.

Every figure comes from a named query of reports/queries; the page in reports/page draws
them. It holds data, style and charts, and asks nothing of any server or network.
"""

import datetime
import decimal
import gzip
import sys
from pathlib import Path

from crm_marts import MartsError, open_marts, told_folder
from crm_page import fill_page, write_whole

PROJECT = Path(__file__).resolve().parents[2]
QUERIES = PROJECT / "reports" / "queries"
ECHARTS = PROJECT / "reports" / "vendor" / "echarts.min.js.gz"


def main() -> int:
    try:
        print(f"Open {write_dashboard(told_folder())}")
    except MartsError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def write_dashboard(folder: Path) -> Path:
    """Write the page of the marts in this folder, whole or not at all."""
    with open_marts(folder) as connection:
        data = answers(connection)
    echarts = gzip.decompress(ECHARTS.read_bytes()).decode("utf-8")
    text = fill_page("page.html", data=data, echarts=echarts)
    return write_whole(folder / "dashboard.html", text)


def answers(connection) -> dict:
    """The rows of every named query, and the marts that it reads."""
    return {
        "queries": {
            path.stem: answer(connection, path.read_text(encoding="utf-8"))
            for path in sorted(QUERIES.glob("*.sql"))
        }
    }


def answer(connection, sql: str) -> dict:
    # DuckDB tells "schema.table AS alias".
    names = connection.get_table_names(sql, qualified=True)
    marts = sorted({name.split()[0] for name in names})
    result = connection.execute(sql)
    columns = [column[0] for column in result.description]
    rows = [
        dict(zip(columns, map(plain, row), strict=True)) for row in result.fetchall()
    ]
    return {"marts": marts, "rows": rows}


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


if __name__ == "__main__":
    sys.exit(main())
