"""Scores, shares, cohorts, gaps and movements as openretailscience has them.

It breaks ties by customer, counts tickets of any kind as purchases, and fills what has
not happened yet with 0. So does what is kept here.
"""

from datetime import timedelta

import ibis
import pandas as pd
import pyarrow as pa
from given import (
    LAPSED_DAYS,
    LEAST_PAIR_TICKETS,
    TRANSACTION_NUMBERS,
    between,
    digest,
    keep,
    sixth,
    window_start,
)
from openretailscience.analysis.cohort import CohortAnalysis
from openretailscience.analysis.cross_shop import CrossShop
from openretailscience.analysis.customer import DaysBetweenPurchases, TransactionChurn
from openretailscience.analysis.gain_loss import GainLoss
from openretailscience.analysis.product_association import ProductAssociation
from openretailscience.analysis.revenue_tree import RevenueTree
from openretailscience.experimental.clv import CLVStats
from openretailscience.segmentation.hml import HMLSegmentation
from openretailscience.segmentation.nlr import NLRSegmentation
from openretailscience.segmentation.rfm import RFMSegmentation
from openretailscience.segmentation.threshold import ThresholdSegmentation

TOOL = "openretailscience"
SCORES = 5
LARGEST_CATEGORIES = 20
LARGEST_PRODUCTS = 5
PERCENTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def write_fixtures(shops):
    """Everything that it says of these shops."""
    for subject, (columns, tell) in SUBJECTS.items():
        rows = [row for shop in shops for row in tell(shop)]
        keep(TOOL, subject, columns.split(), rows)


def rfm(shop):
    """What it scores in the window, and a digest of the scores of every customer.

    A purchase is a day with a ticket.
    """
    for as_of in shop.days:
        tickets = shop.window(as_of)
        days = tickets.set_column(1, "transaction_id", tickets["transaction_date"])
        told = RFMSegmentation(ibis.memtable(days), as_of, SCORES, SCORES, SCORES).df
        scores = told[["r_score", "f_score", "m_score"]]
        yield (
            *(shop.name, as_of, len(told)),
            *told[["recency_days", "frequency", "monetary"]].sum(),
            digest(scores.itertuples(name=None)),
        )


def deciles(shop):
    """Window customers in tenths of what they spend, from the least to the most."""
    tenths = [tenth / 10 for tenth in range(1, 11)]
    yield from spend_bands(
        shop,
        lambda days: ThresholdSegmentation(
            days,
            tenths,
            [f"{tenth:.1f}" for tenth in tenths],
            zero_value_customers="include_with_light",
        ),
    )


def heavy_medium_light(shop):
    """The most spending fifth, the next three tenths, the other half."""
    yield from spend_bands(shop, HMLSegmentation)


def spend_bands(shop, segment):
    """Customers and spend of each band in the window."""
    for as_of in shop.days:
        told = segment(ibis.memtable(shop.window(as_of))).df
        bands = told.groupby("segment_name")["unit_spend"].agg(["size", "sum"])
        yield from ((shop.name, as_of, *band) for band in bands.itertuples())


def usage(shop):
    """Buyers of the largest categories by units: fifth, three tenths and half."""
    if shop.units is None:
        return
    units = between(shop.units, window_start(shop.last_day), shop.last_day)
    told = HMLSegmentation(
        ibis.memtable(units), value_col="unit_quantity", group_col="category"
    ).df.reset_index()
    sizes = told.groupby("category")["unit_quantity"].sum()
    largest = sizes.sort_index().nlargest(LARGEST_CATEGORIES).index
    bands = (
        told[told["category"].isin(largest)]
        .groupby(["category", "segment_name"])["unit_quantity"]
        .agg(["size", "sum"])
    )
    yield from ((shop.name, *band, *sums) for band, *sums in bands.itertuples())


def pairs(shop):
    """Pairs of categories on enough tickets of the window, and a digest of them."""
    if shop.units is None:
        return
    lines = sold(shop, window_start(shop.last_day))[["transaction_id", "category"]]
    told = ProductAssociation(
        lines.dropna(),
        "category",
        "transaction_id",
        min_cooccurrences=LEAST_PAIR_TICKETS,
    ).df
    told = told[told["category_1"] < told["category_2"]]
    names = ["category_1", "category_2"]
    counts = ["occurrences_1", "occurrences_2", "cooccurrences"]
    yield (
        *(shop.name, len(told), *told[counts].sum()),
        digest(told[names + counts].itertuples(index=False, name=None)),
        digest(
            (*row[:2], *map(sixth, row[2:]))
            for row in told[[*names, "support", "confidence", "uplift"]].itertuples(
                index=False, name=None
            )
        ),
    )


def cross_shops(shop):
    """Customers of three categories of the window, each counted in one combination.

    The three are those of most customers.
    """
    if shop.units is None:
        return
    lines = sold(shop, window_start(shop.last_day)).dropna(
        subset=["customer_id", "category"]
    )
    sizes = lines.groupby("category")["customer_id"].nunique()
    names = sorted(sizes.index, key=lambda name: (-sizes[name], name))[:3]
    told = CrossShop(lines, "category", *names[:2], group_3_val=names[2]).cross_shop_df
    counts = told.groupby(["group_1", "group_2", "group_3"]).size()
    for groups, count in counts.items():
        if any(groups):
            chosen = [name for name, is_in in zip(names, groups) if is_in]
            yield (shop.name, " + ".join(chosen), count)


def switches(shop):
    """Why the sales of the largest products changed within their category."""
    start, before = window_start(shop.last_day), window_start(shop.last_day, 24)
    if shop.lines is None or min(shop.lines["transaction_date"]) >= start:
        return
    lines = sold(shop, before).dropna(subset=["customer_id"]).reset_index(drop=True)
    lines["category"] = lines["category"].fillna(lines["product_id"])
    is_now = lines["transaction_date"] >= start
    spends = lines[is_now].groupby("product_id")["unit_spend"].sum().round(4)
    largest = sorted(spends.index, key=lambda name: (-spends[name], name))
    for product in largest[:LARGEST_PRODUCTS]:
        is_focus = lines["product_id"] == product
        (category,) = lines.loc[is_focus, "category"].unique()
        told = GainLoss(
            lines,
            p1_index=~is_now,
            p2_index=is_now,
            focus_group_index=is_focus,
            focus_group_name="focus",
            comparison_group_index=(lines["category"] == category) & ~is_focus,
            comparison_group_name="rest",
        ).gain_loss_table_df
        (row,) = told.to_dict("records")
        columns = SUBJECTS["switches"][0].split()[2:]
        yield (shop.name, product, *(sixth(round(row[name], 4)) for name in columns))


def sold(shop, start):
    """Lines from a day on."""
    return shop.lines[shop.lines["transaction_date"] >= start]


def summary(shop):
    """Repeat purchases, recency, age and repeat spend over all history."""
    for as_of in shop.days:
        told = CLVStats(
            ibis.memtable(shop.until(as_of)), period="day", observation_period_end=as_of
        ).df.reset_index()
        repeats = told["monetary_value"].astype(float) * told["frequency"]
        spends = [sixth(round(amount, 4)) for amount in repeats.fillna(0)]
        whole = told[["frequency", "recency", "T"]].astype(int)
        yield (
            *(shop.name, as_of, len(told), (whole["frequency"] == 0).sum()),
            *whole.sum(),
            sum(spends),
            digest(
                (customer, *numbers, spend)
                for customer, numbers, spend in zip(
                    told["customer_id"], whole.itertuples(index=False), spends
                )
            ),
        )


def cohorts(shop):
    """Customers and spend by month of the first ticket and months since."""
    tickets = ibis.memtable(shop.tickets)
    counts = CohortAnalysis(tickets, "customer_id").df
    spends = CohortAnalysis(tickets, "unit_spend", agg_func="sum").df
    for month in counts.index[counts[0] > 0]:
        for since in counts.columns:
            yield (
                shop.name,
                month.date(),
                since,
                int(counts.loc[month, since]),
                spends.loc[month, since],
            )


def gaps(shop):
    """Mean days between the days with a ticket, of who has two such days."""
    told = DaysBetweenPurchases(ibis.memtable(shop.tickets))
    means = told.df["avg_days_between_purchases"]
    yield (
        shop.name,
        len(means),
        *(sixth(told.purchases_percentile(percent)) for percent in PERCENTILES),
        digest((customer, sixth(mean)) for customer, mean in means.items()),
    )


def lapses(shop):
    """Who came back after the n-th day with a ticket, and who has lapsed after it."""
    told = TransactionChurn(ibis.memtable(shop.tickets), LAPSED_DAYS).df.reset_index()
    numbers = told["transaction_number"].clip(upper=TRANSACTION_NUMBERS)
    counts = told.groupby(numbers)[["retained", "churned"]].sum()
    yield from ((shop.name, *row) for row in counts.itertuples())


def movements(shop):
    """Who is new, repeating and lapsed from month end to month end.

    A customer is there at a month end with a ticket of any kind in the days before it.
    """
    ends = month_ends(shop)
    for before, end in zip([None, *ends], ends):
        periods = {"now": not_lapsed(shop, end)}
        if before:
            periods["before"] = not_lapsed(shop, before)
        counts = two_periods(periods, "count").df["segment_name"].value_counts()
        names = ("New", "Repeating", "Lapsed")
        yield (shop.name, end, *(counts.get(name, 0) for name in names))


def new_and_lapsed(shop):
    """Half a year up to the earlier day against the one before it."""
    told = two_periods(half_years(shop)).df
    spends = told.groupby("segment_name")[["unit_spend_p1", "unit_spend_p2"]].sum()
    counts = told["segment_name"].value_counts()
    yield from (
        (shop.name, name, counts[name], *spend) for name, *spend in spends.itertuples()
    )


def revenue_tree(shop):
    """What the change of sales from one half-year to the next came from."""
    tickets = labelled(half_years(shop))
    floats = tickets.mutate(unit_spend=tickets["unit_spend"].cast("float64"))
    told = RevenueTree(floats, "period", "before", "now").df
    (row,) = told.to_dict("records")
    columns = SUBJECTS["revenue_tree"][0].split()[1:]
    yield (shop.name, *(sixth(row[column]) for column in columns))


def half_years(shop):
    """Tickets of the half-year that ends on the earlier day, and of the one before."""
    end = shop.days[0]
    middle = window_start(end, 6)
    return {
        "before": between(shop.tickets, window_start(end), middle - timedelta(1)),
        "now": between(shop.tickets, middle, end),
    }


def month_ends(shop):
    """Month ends from the first ticket to the last day."""
    first = min(shop.tickets["transaction_date"].to_pylist())
    ends = pd.date_range(first, shop.last_day, freq="ME")
    return [end.date() for end in ends]


def not_lapsed(shop, end):
    """Tickets of those who have not lapsed on a day."""
    return between(shop.tickets, end - timedelta(LAPSED_DAYS), end)


def two_periods(periods, agg_func="sum"):
    """What became of the customers of the period before."""
    return NLRSegmentation(
        labelled(periods), "period", "before", "now", agg_func=agg_func
    )


def labelled(periods):
    """Tickets of several periods in one table; a ticket may be of more than one."""
    return ibis.memtable(
        pa.concat_tables(
            tickets.append_column(
                "period", pa.array([name] * len(tickets), pa.string())
            )
            for name, tickets in periods.items()
        )
    )


SUMS = "customer_count net_sales_amount"
SUBJECTS = {
    "pairs": (
        "shop pair_count first_count second_count both_count count_digest "
        "measure_digest",
        pairs,
    ),
    "cross_shops": ("shop combination customer_count", cross_shops),
    "switches": (
        "shop product focus_p1 focus_p2 new lost increased_focus decreased_focus "
        "switch_from_comparison switch_to_comparison",
        switches,
    ),
    "rfm": (
        "shop as_of_on customer_count recency_days frequency_count net_sales_amount "
        "digest",
        rfm,
    ),
    "deciles": (f"shop as_of_on decile {SUMS}", deciles),
    "heavy_medium_light": (f"shop as_of_on band {SUMS}", heavy_medium_light),
    "usage": ("shop category band customer_count unit_count", usage),
    "summary": (
        "shop as_of_on customer_count one_time_count frequency recency_days age_days "
        "repeat_sales_amount digest",
        summary,
    ),
    "cohorts": (f"shop cohort_month month_number {SUMS}", cohorts),
    "gaps": ("shop customer_count p10 p25 p50 p75 p90 digest", gaps),
    "lapses": ("shop purchase_number retained_count lapsed_count", lapses),
    "movements": (
        "shop month_end_on new_count repeating_count lapsed_count",
        movements,
    ),
    "half_years": (
        "shop segment customer_count before_amount now_amount",
        new_and_lapsed,
    ),
    "revenue_tree": (
        "shop customers_p1 customers_p2 transactions_p1 transactions_p2 spend_p1 "
        "spend_p2 customers_contrib transactions_per_customer_contrib "
        "spend_per_transaction_contrib",
        revenue_tree,
    ),
}
