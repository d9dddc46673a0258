"""What must not matter to the marts: the order of rows, files and columns, the format,
a file delivered twice, the future; and what money times ten does to them.

The sample shop without its planted faults, built four times.
"""

import csv
import datetime as dt
import random
import re
from decimal import Decimal

import pytest
from shop import build_models, work

from simulation.__main__ import DEFAULT_SEED
from simulation.retailer import simulate
from simulation.sizes import SAMPLE
from simulation.writing import CsvSink, ParquetSink

LANDED_ON = "2027-12-31"
ABOUT_FILES = ("quality.quarantined_rows", "quality.reconciliation")


class BothSinks:
    """Writes the same shop as CSV and as typed Parquet."""

    def __init__(self, *sinks):
        self.sinks = sinks

    def add(self, *arguments, **settings):
        for sink in self.sinks:
            sink.add(*arguments, **settings)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The folder of the shop; inside it csv/ and parquet/."""
    folder = tmp_path_factory.mktemp("shop")
    sinks = CsvSink(folder / "csv"), ParquetSink(folder / "parquet")
    simulate(SAMPLE, DEFAULT_SEED, BothSinks(*sinks))
    for sink in sinks:
        sink.close()
    return folder


@pytest.fixture(scope="module")
def tables(shop):
    """{table: rows as dictionaries of text}."""
    read = {}
    for path in sorted((shop / "csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            read[path.stem] = list(csv.DictReader(file))
    return read


@pytest.fixture(scope="module")
def marts_of(dbt, tmp_path_factory):
    """Build a raw folder; return {mart: (columns, sorted rows)} of all public marts."""

    def build(raw, as_of=None):
        folder = tmp_path_factory.mktemp("warehouse")
        settings = {"as_of": as_of, "CRM_LANDED_ON": LANDED_ON}
        built = build_models(dbt, raw, folder, **settings)
        public = {
            f"{node.schema}.{node.alias}"
            for node in dbt.manifest.nodes.values()
            if node.resource_type == "model" and node.access == "public"
        }
        marts = {}
        for name in sorted(public):
            described = work(built, f"describe {name}")
            rows = work(built, f"select * from {name} order by all")
            marts[name] = [column for column, *_ in described], rows
        return marts

    return build


@pytest.fixture(scope="module")
def baseline(shop, marts_of):
    marts = marts_of(shop / "csv")
    assert len(marts) > 15
    assert all(rows for name, (_, rows) in marts.items() if name not in ABOUT_FILES)
    return marts


def write_table(folder, name, rows, mark=","):
    """Write rows as one CSV file in the table's folder or as the table's file."""
    path = folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)


def assert_same(marts, baseline, but=()):
    """Every mart is the same, row for row."""
    assert marts.keys() == baseline.keys()
    different = [
        name for name in marts if name not in but and marts[name] != baseline[name]
    ]
    for name in different:
        before, after = set(baseline[name][1]), set(marts[name][1])
        print(name, "lost", sorted(before - after, key=str)[:3])
        print(name, "new", sorted(after - before, key=str)[:3])
    assert different == []


def test_typed_parquet_is_the_same_as_csv(shop, marts_of, baseline):
    assert_same(marts_of(shop / "parquet"), baseline, but=ABOUT_FILES)


def test_order_parts_redelivery_and_the_future_are_no_matter(
    tables, marts_of, baseline, tmp_path
):
    dice = random.Random(7)
    columns, rows = baseline["core.fct_customers"]
    as_of = rows[0][columns.index("as_of_on")]
    for name, given in tables.items():
        every = [*given, *later_rows(name, given, as_of)]
        dice.shuffle(every)
        names = list(every[0])
        dice.shuffle(names)
        every = [{column: row[column] for column in names} for row in every]
        parts = [part for part in (every[::3], every[1::3], every[2::3]) if part]
        for number, part in enumerate([*parts, parts[0]]):
            mark = dice.choice(",;\t|")
            write_table(tmp_path / "raw" / name, f"part {number}", part, mark)
    marts = marts_of(tmp_path / "raw", as_of=as_of.isoformat())
    legs = {row[:2]: row[2] for row in marts["quality.reconciliation"][1]}
    assert legs["transactions", "after_as_of"] > 100
    assert legs["transactions", "duplicate"] > 1000
    assert_same(marts, baseline, but=ABOUT_FILES)


# What happens after the day that is told: its date, and the ids that are new then.
EVENTS = {
    "cards": ("issued_on", ["card_id", "member_id"]),
    "members": ("joined_on", ["member_id"]),
    "transactions": ("occurred_at", ["transaction_id"]),
    "returns": ("returned_at", ["return_id"]),
    "leads": ("created_at", ["lead_id"]),
    "opportunities": ("created_at", ["opportunity_id"]),
    "funnel_events": ("entered_at", []),
    "campaign_contacts": ("contacted_at", ["contact_id"]),
    "campaign_responses": ("responded_at", ["response_id"]),
    "coupons": ("issued_at", ["coupon_id"]),
    "coupon_redemptions": ("redeemed_at", ["redemption_id"]),
    "service_tickets": ("opened_at", ["ticket_id"]),
    "surveys": ("responded_at", ["response_id"]),
    "card_movements": ("occurred_at", ["movement_id"]),
    "card_balances": ("balanced_on", []),
    "store_traffic": ("counted_on", []),
}


def later_rows(name, rows, as_of):
    """Copies of some rows of a table, with new ids, dated after the day.

    But for opt-outs: whoever is known to have opted out is heeded on whichever day.
    """
    if name not in EVENTS:
        return []
    rows = [row for row in rows if row.get("response_type") != "opted_out"]
    date, ids = EVENTS[name]
    later = []
    for number, row in enumerate(rows[-200:]):
        day = as_of + dt.timedelta(days=1 + number % 300)
        moved = {column: f"LATER-{row[column]}" for column in ids}
        moved[date] = day.isoformat() + row[date][10:]
        if "merged_into_card_id" in row:
            moved["merged_into_card_id"] = ""
        later.append({**row, **moved})
    return later


# Bands of prices, low balances and the worth of a point are in money: goods ten times
# as dear are in other ones. So are the figures of an anomaly and the key of a month, a
# digest of all; margins equal to the last digit break ties of rank, and a return on
# investment is of amounts that were rounded before.
IN_MONEY = {
    "campaigns.agg_campaign_effects": [
        "margin_return_on_investment_rate",
        "net_sales_return_on_investment_rate",
    ],
    "care.fct_customer_events": None,
    "metrics.agg_stored_value": None,
    "metrics.fct_metric_anomalies": None,
    "segments.seg_behaviours": None,
    "segments.agg_behaviour_crosses": None,
    "segments.agg_segment_profiles": None,
    "segments.seg_customers": ["behaviour_count"],
    "core.fct_customer_months": ["history_key", "sales_rank"],
}


FACTOR = 1_000_000
READABLE_MONEY = r"-?\d+(\.\d{1,4})?"  # what is kept out for its decimals stays out
# Averages of money and what is weighed by it.
MONEY = re.compile(
    "(amount|average_net_sales|ticket_net_sales|cost_per_[a-z_]+|per_customer|price"
    "|offer_score|expected_spend|effect_(standard_error|lower_limit|upper_limit))$"
)
# Money where a row measures sales, days where it measures purchases.
OF_MEASURE = re.compile("(_total|_error|^expected_average|^actual_average)$")


def test_money_times_a_million_is_the_same_shop(
    dbt, tables, marts_of, baseline, tmp_path
):
    """In a currency of large numbers no sum overflows, and every share is the same."""
    money = {
        (source.name, column.name)
        for source in dbt.manifest.sources.values()
        for column in source.columns.values()
        if column.data_type == "money"
    }
    for name, rows in tables.items():
        scaled = [
            {
                column: str(Decimal(value) * FACTOR)
                if (name, column) in money and re.fullmatch(READABLE_MONEY, value)
                else value
                for column, value in row.items()
            }
            for row in rows
        ]
        write_table(tmp_path / "raw", name, scaled)
    marts = marts_of(tmp_path / "raw")
    for name in baseline:
        columns, rows = without_money_bands(name, baseline[name])
        if not columns:
            continue
        expected = sorted([times(columns, row) for row in rows], key=sortable)
        told = sorted(without_money_bands(name, marts[name])[1], key=sortable)
        assert len(told) == len(expected), name
        for row, one in zip(told, expected, strict=True):
            assert_close(name, columns, row, one, factors_of(columns, one))


def without_money_bands(name, mart):
    """Columns and rows of a mart without what depends on bands in money."""
    columns, rows = mart
    left_out = IN_MONEY.get(name, [])
    if left_out is None:
        return [], []
    kept = [i for i, column in enumerate(columns) if column not in left_out]
    return [columns[i] for i in kept], [tuple(row[i] for i in kept) for row in rows]


def factors_of(columns, row):
    """The factor where a column is money, if only in rows that measure sales."""
    is_of_sales = dict(zip(columns, row, strict=True)).get("measure_code") == "sales"
    return [
        FACTOR
        if MONEY.search(column) or (is_of_sales and OF_MEASURE.search(column))
        else 1
        for column in columns
    ]


def times(columns, row):
    """The row with its money times the factor."""
    return tuple(
        value if factor == 1 or value is None else value * factor
        for value, factor in zip(row, factors_of(columns, row), strict=True)
    )


def sortable(row):
    """What stays as it is; money may differ in its last digit."""
    return [str(value) for value in row if not isinstance(value, Decimal)]


def assert_close(name, columns, row, expected, factors):
    """Equal but for the last digit of rounded money."""
    for column, told, value, factor in zip(
        columns, row, expected, factors, strict=True
    ):
        if factor == FACTOR and value is not None:
            # what was rounded to four decimals before it was multiplied
            rounded = FACTOR / Decimal(1_000)
            assert abs(told - value) <= rounded, (name, column, row, expected)
        elif not re.search("(^|_)(rate|share|average|index)(_|$)", column):
            assert told == value, (name, column, row, expected)
        elif value is not None:
            assert abs(told - value) <= Decimal("0.000002"), (name, column, row)
