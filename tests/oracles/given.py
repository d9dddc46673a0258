"""What every oracle is given, and how what it says is kept.

An oracle gets the tickets of known customers as they were handed over, returns and all:
nothing of this project has touched them. Money is decimal, so that it adds up exactly.
"""

import csv
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FIXTURES = Path(__file__).parent / "fixtures"
WINDOW_MONTHS = 12
LAPSED_DAYS = 180  # so many days without a purchase, and more
TRANSACTION_NUMBERS = 12  # the last one for all that follow

# Share of the tickets from which pairs are asked for, by shop and kind of thing.
LEAST_SUPPORT = {
    ("complete_journey", "category"): 0.02,
    ("foodmart", "category"): 0.001,
    ("online_retail", "product_id"): 0.01,
}
LEAST_PAIR_TICKETS = 20  # and their number, from which others are

# Beside its last day, each shop is told as of the end of an earlier month.
EARLIER_DAYS = {
    "cdnow": date(1997, 12, 31),
    "complete_journey": date(2017, 9, 30),
    "foodmart": date(1997, 12, 31),
    "online_retail": date(2011, 9, 30),
}


@dataclass
class Shop:
    """Tickets and units of known customers, in the words of the oracles."""

    name: str
    tickets: pa.Table  # customer_id, transaction_id, transaction_date, unit_spend
    units: pa.Table | None  # customer_id, transaction_date, category, unit_quantity
    last_day: date
    lines: pd.DataFrame | None  # what was sold, of nobody we know, too

    @property
    def days(self):
        """Days that it is told as of."""
        return [EARLIER_DAYS[self.name], self.last_day]

    def until(self, as_of):
        """Tickets up to a day."""
        return between(self.tickets, date.min, as_of)

    def window(self, as_of, months=WINDOW_MONTHS):
        """Tickets of the window that ends on a day."""
        return between(self.tickets, window_start(as_of, months), as_of)


def between(rows, start, end):
    """Rows of these days, both of them included."""
    days = rows["transaction_date"]
    start, end = pa.scalar(start, pa.date32()), pa.scalar(end, pa.date32())
    return rows.filter(pc.and_(pc.greater_equal(days, start), pc.less_equal(days, end)))


def window_start(as_of, months=WINDOW_MONTHS):
    """First day of so many months that end on this day."""
    return (pd.Timestamp(as_of + timedelta(1)) - pd.DateOffset(months=months)).date()


def read_shop(name, raw):
    """A shop from its raw tables: the member behind the card, or else the card."""
    sales, cards = read_table(raw, "transactions"), read_table(raw, "cards")
    sales["transaction_date"] = pd.to_datetime(sales["occurred_at"]).dt.date
    last_day = sales["transaction_date"].max()
    if "member_id" not in cards:
        cards["member_id"] = cards["card_id"]
    sales = sales.merge(cards[["card_id", "member_id"]], on="card_id")
    sales = sales.rename(columns={"member_id": "customer_id"})
    tickets = pa.table(
        {
            "customer_id": pa.array(sales["customer_id"], pa.string()),
            "transaction_id": pa.array(sales["transaction_id"], pa.string()),
            "transaction_date": pa.array(sales["transaction_date"], pa.date32()),
            "unit_spend": pa.array(
                [Decimal(str(amount)) for amount in sales["net_amount"]],
                pa.decimal128(18, 4),
            ),
        }
    )
    return Shop(name, tickets, read_units(raw, sales), last_day, read_lines(raw))


def read_lines(raw):
    """Lines with units above 0: customer, ticket, day, product, category, money."""
    lines, sales = read_table(raw, "transaction_lines"), read_table(raw, "transactions")
    if lines.empty:
        return None
    cards, products = read_table(raw, "cards"), read_table(raw, "products")
    if "member_id" not in cards:
        cards["member_id"] = cards["card_id"]
    if "category" not in products:
        products["category"] = None
    sales["transaction_date"] = pd.to_datetime(sales["occurred_at"]).dt.date
    sales = sales.merge(cards[["card_id", "member_id"]], on="card_id", how="left")
    sales = sales.rename(columns={"member_id": "customer_id"})
    told = lines.merge(
        sales[["transaction_id", "customer_id", "transaction_date"]],
        on="transaction_id",
    ).merge(products[["product_id", "category"]], on="product_id", how="left")
    told["unit_spend"] = told["net_amount"].astype(float)
    return told[told["quantity"] > 0]


def read_units(raw, sales):
    """Units that known customers bought of each category; none without categories."""
    products = read_table(raw, "products")
    if "category" not in products:
        return None
    lines = (
        read_table(raw, "transaction_lines")[
            ["transaction_id", "product_id", "quantity"]
        ]
        .merge(products[["product_id", "category"]], on="product_id")
        .merge(sales, on="transaction_id")
        .dropna(subset=["category"])
    )
    return pa.table(
        {
            "customer_id": pa.array(lines["customer_id"], pa.string()),
            "transaction_date": pa.array(lines["transaction_date"], pa.date32()),
            "category": pa.array(lines["category"], pa.string()),
            "unit_quantity": pa.array(lines["quantity"], pa.int64()),
        }
    )


def read_table(raw, name):
    """A raw table; an empty one where it was not handed over."""
    if (raw / f"{name}.csv").exists():
        return pd.read_csv(raw / f"{name}.csv", dtype=str, keep_default_na=False)
    if (raw / f"{name}.parquet").exists():
        return pq.read_table(raw / f"{name}.parquet").to_pandas()
    return pd.DataFrame()


def sixth(value):
    """A number at six decimals, half away from zero, as the marts round."""
    return Decimal(value).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def digest(rows):
    """One number for what is told of every customer, without keeping any of it."""
    lines = sorted(",".join(map(str, row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def plain(value):
    """A number without the zeros that end it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def keep(tool, subject, columns, rows):
    """Write what an oracle said, under a line that tells which version said it."""
    path = FIXTURES / f"{tool}_{subject}.csv"
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(f"# {tool} {version(tool)}; made by `make oracles`\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain(value) for value in row] for row in rows)
    print(f"{path.name}: {path.stat().st_size:,} bytes")
