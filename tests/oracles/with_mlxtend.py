"""Association rules of the tickets of the last twelve months, as mlxtend has them.

It knows tickets as sets: every product with units above 0 is in, postage too, and no
ticket is too large. Only pairs above a least support are asked for: one by one it would
take hours.
"""

import pandas as pd
from given import LEAST_SUPPORT, digest, keep, sixth, window_start
from mlxtend.frequent_patterns import association_rules, fpgrowth
from scipy.sparse import csr_matrix

KEPT_PAIRS = 100


def write_fixtures(shops):
    """The pairs on most tickets of each shop, and a digest of all of them."""
    asked = [
        (shop.name, level, *pairs(shop, level, least))
        for shop in shops
        for (name, level), least in LEAST_SUPPORT.items()
        if name == shop.name
    ]
    keep(
        "mlxtend",
        "rules",
        (
            *("shop", "first", "second", "first_count", "second_count", "both_count"),
            *("support", "first_second_confidence", "second_first_confidence"),
            *("lift", "leverage"),
        ),
        [(name, *pair) for name, _, _, told in asked for pair in told[:KEPT_PAIRS]],
    )
    keep(
        "mlxtend",
        "tickets",
        ("shop", "level", "ticket_count", "pair_count", "digest"),
        [
            (name, level, total, len(told), digest(pair[:5] for pair in told))
            for name, level, total, told in asked
        ],
    )


def pairs(shop, column, least):
    """Tickets, and [first, second, their tickets, and what mlxtend makes of them]."""
    start = window_start(shop.last_day)
    lines = shop.lines[shop.lines["transaction_date"] >= start]
    lines = lines.dropna(subset=[column])
    tickets, things = lines["transaction_id"].astype("category"), lines[column]
    things = things.astype("category")
    matrix = csr_matrix(
        ([True] * len(lines), (tickets.cat.codes, things.cat.codes)), dtype=bool
    )
    total = matrix.shape[0]
    sets = pd.DataFrame.sparse.from_spmatrix(matrix, columns=things.cat.categories)
    frequent = fpgrowth(sets, min_support=least, use_colnames=True, max_len=2)
    rules = association_rules(frequent, metric="support", min_threshold=least)
    told = {}
    for rule in rules.to_dict("records"):
        (one,), (other,) = rule["antecedents"], rule["consequents"]
        told[one, other] = rule
    rows = []
    for (one, other), rule in told.items():
        if one < other:
            back = told[other, one]
            counts = ("antecedent support", "consequent support", "support")
            measures = (
                rule["support"],
                rule["confidence"],
                back["confidence"],
                rule["lift"],
                rule["leverage"],
            )
            rows.append(
                (
                    *(one, other),
                    *(round(rule[name] * total) for name in counts),
                    *map(sixth, measures),
                )
            )
    rows.sort(key=lambda row: (-row[4], row[:2]))
    return total, rows
