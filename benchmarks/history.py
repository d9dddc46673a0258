"""The history of a million customers over 24 months: time, memory, one day more.

    make bench [CUSTOMERS=1000000] [OUT=data/bench]

Makes cards and tickets as typed Parquet, builds the history and all that it stands on
as of one day, and again as of the next. Prints seconds, the most memory that a process
held, and how many month ends were computed.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
FIRST_DAY, DAY_COUNT = "2024-11-01", 730
DAYS = ("2026-09-30", "2026-10-01")
TICKETS_EACH = 12  # at most; half of that on average

CARDS = """
select
    'C' || lpad(i::varchar, 8, '0') as card_id,
    'M' || lpad(i::varchar, 8, '0') as member_id,
    date '{first}' as issued_on
from range({customers}) as numbers (i)
"""
TICKETS = """
select
    'T' || lpad(i::varchar, 8, '0') || j as transaction_id,
    timestamp '{first} 10:00:00'
        + to_days((hash(i * 31 + j) % {days})::int) as occurred_at,
    ((1 + hash(i * 7 + j * 13) % 20000) / 100)::decimal(18, 4) as net_amount,
    'C' || lpad(i::varchar, 8, '0') as card_id
from range({customers}) as customers (i), range({each}) as tickets (j)
where hash(i * 17 + j) % {each} < 1 + hash(i) % {each}
"""


def make_raw(folder, customers):
    """Write cards and transactions; the same ones each time."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "first": FIRST_DAY,
        "days": DAY_COUNT,
        "customers": customers,
        "each": TICKETS_EACH,
    }
    with duckdb.connect() as connection:
        for name, query in (("cards", CARDS), ("transactions", TICKETS)):
            path = folder / f"{name}.parquet"
            connection.execute(f"copy ({query.format(**told)}) to '{path}'")


def build(raw, folder, as_of):
    """Build the history as of a day; returns seconds and peak megabytes so far."""
    started_at = time.monotonic()
    subprocess.run(
        [
            *(str(Path(sys.executable).parent / "dbt"), "--quiet", "build"),
            *("--profiles-dir", "profiles", "--target", "dev"),
            *("--exclude-resource-type", "test", "unit_test"),
            *("--select", "+fct_customer_months", "+fct_customer_standings"),
        ],
        cwd=PROJECT,
        env={
            **os.environ,
            "CRM_RAW_DIR": str(raw),
            "CRM_AS_OF_DATE": as_of,
            "CRM_WAREHOUSE_DIR": str(folder),
            "DBT_TARGET_PATH": str(folder / ".dbt"),
            "DBT_LOG_PATH": str(folder / ".dbt"),
        },
        check=True,
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.monotonic() - started_at, peak // 1024


def computed(folder):
    """How many month ends the last build computed, and rows of the history."""
    with duckdb.connect(str(folder / "crm.duckdb"), read_only=True) as connection:
        return connection.execute(
            "select (select count(*) from intermediate.int_told_days__keyed "
            "where is_month_end and not is_kept), "
            "(select count(*) from core.fct_customer_months)"
        ).fetchone()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, default=PROJECT / "data" / "bench")
    told = parser.parse_args()
    out = told.out.absolute()
    make_raw(out / "raw", told.customers)
    print(f"{'as of':12}{'seconds':>9}{'peak MB':>9}{'month ends':>12}{'rows':>14}")
    for as_of in DAYS:
        seconds, peak = build(out / "raw", out / "warehouse", as_of)
        month_ends, rows = computed(out / "warehouse")
        print(f"{as_of:12}{seconds:9.1f}{peak:9,}{month_ends:12}{rows:14,}", flush=True)


if __name__ == "__main__":
    main()
