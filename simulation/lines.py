"""What is in the baskets: products, quantities, prices, discounts, costs.

All amounts are whole ten-thousandths of CNY, rounded to the fen except the cost.
"""

import numpy as np

from simulation.columns import FEN, MISSING, YUAN
from simulation.people import PERSON
from simulation.products import CATEGORIES
from simulation.randomness import chance, pick

MAXIMUM_LINES = 30
FAVOURITE_SHARE = 0.35  # lines that a known person takes from the favourite category
PARTNER_SHARE = 0.15  # lines that follow the line before: "goes with it"
PROMOTED_SHARE = 0.9  # lines of a promoted category that get the promotion
MARKDOWN_SHARE = (0.06, 0.30)  # other lines with a discount: usual, promotion lovers
MARKDOWNS = np.array([500, 1_000, 1_500, 2_000, 2_500])  # ten-thousandths
UNITS = (0.78, 0.15, 0.05, 0.02)  # 1, 2, 3, 4 pieces
COMPANY_UNITS = 4  # times the pieces of a person
COST_UNKNOWN_SHARE = 0.01


def rounded(amount, step=FEN):
    """Non-negative amounts rounded half up to a step."""
    return (amount + step // 2) // step * step


def line_counts(rng, tickets, mean):
    """Lines of each ticket: geometric; a gift has one."""
    drawn = np.minimum(rng.geometric(1 / mean, len(tickets["at"])), MAXIMUM_LINES)
    return np.where(tickets["is_gift"], 1, drawn)


def line_products(rng, ticket, number, tickets, month, shop):
    """The product of each line: by popularity, favourite category, or partner."""
    products, count = shop.products, len(ticket)
    edges = products.popularity_edges[month]
    popular = np.searchsorted(edges[:-1], rng.random(count), side="right")
    person = tickets["person"][ticket]
    favourite = shop.people.favourite[person]
    first = products.first_of_category[favourite]
    room = products.first_of_category[favourite + 1] - first
    from_favourite = first + (rng.random(count) ** 1.6 * room).astype(np.int64)
    takes_favourite = (person >= 0) & chance(rng, count, FAVOURITE_SHARE)
    product = np.where(takes_favourite, from_favourite, popular)
    follows = (number > 1) & chance(rng, count, PARTNER_SHARE)
    before = np.concatenate([[0], product[:-1]])
    return np.where(follows, products.partner[before], product)


def line_quantities(rng, ticket, product, tickets, shop):
    """Quantities in ten-thousandths: pieces, or kilograms in steps of 5 grams."""
    count = len(ticket)
    pieces = 1 + pick(rng, UNITS, count)
    person = tickets["person"][ticket]
    is_company = (person >= 0) & (shop.people.kind[person] != PERSON)
    pieces = np.where(is_company, pieces * COMPANY_UNITS, pieces) * YUAN
    weighed = rng.integers(20, 180, count) * 50
    return np.where(shop.products.is_by_weight[product], weighed, pieces)


def reach_minimum(lines, tickets):
    """Raise the first line's quantity until the gross amount reaches the minimum."""
    start = lines["start"]
    gross = np.add.reduceat(rounded(lines["price"] * lines["quantity"] // YUAN), start)
    lacking = np.maximum(tickets["minimum"] - gross, 0)
    more = -(-lacking // lines["price"][start]) * YUAN
    lines["quantity"][start] += more


def line_discounts(rng, lines, tickets, gross, shop):
    """Discounts without coupons, and the promotion that gave them (-1: none)."""
    count = len(gross)
    category = shop.products.category[lines["product"]]
    ticket = lines["ticket"]
    day = tickets["day"][ticket]
    share = np.rint(shop.promotions.discount[day, category] * YUAN).astype(np.int64)
    is_promoted = (share > 0) & chance(rng, count, PROMOTED_SHARE)
    campaign = np.where(is_promoted, shop.promotions.campaign[day, category], -1)
    person = tickets["person"][ticket]
    loves = (person >= 0) & shop.people.loves_promotions[person]
    usual = chance(rng, count, np.array(MARKDOWN_SHARE)[loves.astype(int)])
    markdown = MARKDOWNS[rng.integers(0, len(MARKDOWNS), count)]
    is_service = np.array([c.is_service for c in CATEGORIES])[category]
    share = np.where(is_promoted, share, np.where(usual & ~is_service, markdown, 0))
    return rounded(gross * share // YUAN), campaign


def make_lines(month, tickets, mean, shop, rng):
    """The lines of the tickets, as a dict of arrays in ticket order."""
    counts = line_counts(rng, tickets, mean)
    start = np.cumsum(counts) - counts
    ticket = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(ticket)) - start[ticket] + 1
    product = line_products(rng, ticket, number, tickets, month, shop)
    factor = shop.products.price_factor[month][shop.products.category]
    price = rounded(np.rint(shop.products.price * factor).astype(np.int64))
    lines = {
        "ticket": ticket,
        "start": start,
        "number": number,
        "product": product,
        "price": price[product],
        "quantity": line_quantities(rng, ticket, product, tickets, shop),
    }
    reach_minimum(lines, tickets)
    gross = rounded(lines.pop("price") * lines["quantity"] // YUAN)
    discount, campaign = line_discounts(rng, lines, tickets, gross, shop)
    add_coupons(lines, tickets, gross, discount, campaign)
    gift = tickets["is_gift"][ticket]
    discount = np.where(gift, gross, discount)
    lines["net"] = gross - discount
    lines["discount"] = discount
    lines["campaign"] = campaign
    lines["cost"] = line_costs(rng, lines, factor, shop)
    return lines


def add_coupons(lines, tickets, gross, discount, campaign):
    """Take the face of a coupon off the dearest line; its campaign is the coupon's."""
    lines["coupon"] = np.full(len(gross), -1)
    ticket, net = lines["ticket"], gross - discount
    able = np.flatnonzero(tickets["coupon"][ticket] >= 0)
    order = able[np.lexsort((able, -net[able], ticket[able]))]
    owner, first = np.unique(ticket[order], return_index=True)
    dearest = order[first]
    tickets["coupon_face"][owner] = np.minimum(
        tickets["coupon_face"][owner], net[dearest]
    )
    discount[dearest] += tickets["coupon_face"][owner]
    lines["coupon"][dearest] = tickets["coupon"][owner]
    campaign[dearest] = tickets["campaign"][owner]


def line_costs(rng, lines, factor, shop):
    """Cost of goods; MISSING where the product's or this line's cost is unknown."""
    unit = shop.products.cost[lines["product"]]
    known = (unit != MISSING) & ~chance(rng, len(unit), COST_UNKNOWN_SHARE)
    moved = np.rint(np.where(known, unit, 0) * factor[lines["product"]]).astype(
        np.int64
    )
    return np.where(known, rounded(moved * lines["quantity"], YUAN) // YUAN, MISSING)
