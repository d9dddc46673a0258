"""Frequency, recency, age and mean repeat spend of each customer, as lifetimes has it.

It knows no returns: each day with a ticket of any kind is a transaction.
"""

import pandas as pd
from given import digest, keep, sixth
from lifetimes.utils import summary_data_from_transaction_data


def write_fixtures(shops):
    """Sums over the customers of each shop, and a digest of every one."""
    keep(
        "lifetimes",
        "summary",
        (
            *("shop", "as_of_on", "customer_count", "one_time_count"),
            *("frequency", "recency_days", "age_days", "repeat_sales_amount", "digest"),
        ),
        [summary(shop, as_of) for shop in shops for as_of in shop.days],
    )


def summary(shop, as_of):
    """What lifetimes makes of all tickets up to a day."""
    told = summary_data_from_transaction_data(
        shop.tickets.to_pandas().astype({"unit_spend": float}),
        "customer_id",
        "transaction_date",
        monetary_value_col="unit_spend",
        observation_period_end=pd.Timestamp(as_of),
    )
    whole = told[["frequency", "recency", "T"]].astype(int)
    spends = [sixth(round(x, 4)) for x in told["monetary_value"] * told["frequency"]]
    return (
        *(shop.name, as_of, len(told), (whole["frequency"] == 0).sum()),
        *whole.sum(),
        sum(spends),
        digest(
            (customer, *numbers, spend)
            for customer, numbers, spend in zip(
                told.index, whole.itertuples(index=False), spends
            )
        ),
    )
