"""Plans and surroundings: targets, costs, visitors at the door, exchange rates."""

import numpy as np

from simulation.campaign_list import SOCIAL
from simulation.campaigns import campaign_ids
from simulation.columns import YUAN, labels, yuan
from simulation.days import DAY_COUNT, MONTH_COUNT, MONTH_STARTS
from simulation.products import CATEGORIES
from simulation.randomness import chance

ROUNDING = 1_000 * YUAN  # targets are whole thousands
CONVERSION = (0.16, 0.30)  # tickets ÷ visitors, by store
UNCOUNTED_SHARE = 0.004  # days on which a counter was broken
ACQUISITION_COST = 140.0  # CNY a new customer
SERVICE_COST = 4.0  # CNY a month and buyer
RETENTION_COST = 20.0  # CNY a year and customer: a seventh
ACQUISITION_CHANNELS = ("social", "search", "event")
RETENTION_CHANNELS = ("sms", "email", "phone")
SERVICE_CHANNELS = ("phone", "chat", "store", "email")
SHARES = {3: (0.5, 0.3, 0.2), 4: (0.4, 0.3, 0.2, 0.1)}  # of the channels
# currency, CNY for one at the start, and its weekly wander
CURRENCIES = (("USD", 7.12, 0.012), ("EUR", 7.74, 0.020), ("HKD", 0.916, 0.0015))


def make_targets(tally, stores, rng, sink):
    """Write `targets`: the whole, each store, each category, month by month."""
    net, margin = tally.net, tally.net - tally.cost
    rows = {"month": [], "store": [], "category": [], "sales": [], "margin": []}

    def add(store, category, sales, profits):
        ambition = rng.normal(1.03, 0.06, MONTH_COUNT)
        rows["month"].append(MONTH_STARTS[:-1])
        rows["store"].append(np.full(MONTH_COUNT, store))
        rows["category"].append(np.full(MONTH_COUNT, category))
        for name, amounts in (("sales", sales), ("margin", profits)):
            planned = np.rint(amounts * ambition / ROUNDING).astype(np.int64) * ROUNDING
            rows[name].append(planned)

    add(-1, -1, net.sum(axis=(1, 2)), margin.sum(axis=(1, 2)))
    for store in range(stores.count + 1):
        add(store, -1, net[:, store].sum(axis=1), margin[:, store].sum(axis=1))
    for category in range(len(CATEGORIES)):
        add(
            -1,
            category,
            net[:, :, category].sum(axis=1),
            margin[:, :, category].sum(axis=1),
        )
    columns = {name: np.concatenate(parts) for name, parts in rows.items()}
    order = np.argsort(columns["month"], kind="stable")
    columns = {name: values[order] for name, values in columns.items()}
    sink.add(
        "targets",
        {
            "target_month": columns["month"],
            "store_id": stores.ids(columns["store"]),
            "category": labels([c.name for c in CATEGORIES], columns["category"]),
            "sales_amount": columns["sales"],
            "margin_amount": columns["margin"],
        },
    )


def make_costs(people, visits, rng, sink):
    """Write `costs`: acquisition is about seven times retention per customer."""
    joined = np.bincount(
        np.searchsorted(MONTH_STARTS, people.joined[people.joined >= 0], "right") - 1,
        minlength=MONTH_COUNT,
    )
    buyers = (visits.counts > 0).sum(axis=1)
    rows = []
    for month in range(MONTH_COUNT):
        amounts = (
            ("acquisition", ACQUISITION_CHANNELS, joined[month] * ACQUISITION_COST),
            ("retention", RETENTION_CHANNELS, people.count * RETENTION_COST / 12),
            ("service", SERVICE_CHANNELS, buyers[month] * SERVICE_COST),
        )
        for kind, channels, whole in amounts:
            for channel, share in zip(channels, SHARES[len(channels)]):
                campaign = SOCIAL if channel == "social" else -1
                noise = float(rng.uniform(0.95, 1.05))
                rows.append((month, kind, channel, campaign, whole * share * noise))
    sink.add(
        "costs",
        {
            "cost_month": MONTH_STARTS[[row[0] for row in rows]],
            "cost_type": [row[1] for row in rows],
            "channel": [row[2] for row in rows],
            "campaign_id": campaign_ids([row[3] for row in rows]),
            "amount": yuan([row[4] for row in rows]),
        },
    )


def make_traffic(tally, stores, rng, sink):
    """Write `store_traffic`: visitors per shop and day, a few days uncounted."""
    conversion = rng.uniform(*CONVERSION, stores.count)
    usual = tally.tickets.mean(axis=0)
    expected = (0.7 * tally.tickets + 0.3 * usual) / conversion
    visitors = tally.tickets + rng.poisson(np.maximum(expected - tally.tickets, 0.5))
    counted = ~chance(rng, visitors.size, UNCOUNTED_SHARE)
    day, store = np.divmod(np.flatnonzero(counted), stores.count)
    sink.add(
        "store_traffic",
        {
            "store_id": stores.ids(store),
            "counted_on": day,
            "visitor_count": visitors[day, store],
        },
    )


def make_exchange_rates(rng, sink):
    """Write `exchange_rates`: CNY for one unit, every Friday; not used by any sale."""
    fridays = np.arange(0, DAY_COUNT, 7)  # day 0 is a Friday
    for currency, rate, wander in CURRENCIES:
        rates = rate + np.cumsum(rng.normal(0, wander, len(fridays)))
        sink.add(
            "exchange_rates",
            {
                "currency": [currency] * len(fridays),
                "rate_on": fridays,
                "rate_to_base": np.rint(rates * YUAN).astype(np.int64),
            },
        )
