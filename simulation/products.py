"""What is sold: products with prices, costs, attributes and a season."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.columns import FEN, MISSING, id_width, ids, labels, yuan
from simulation.days import MONTH_COUNT, MONTH_STARTS, date_of, day_of
from simulation.randomness import chance


@dataclass(frozen=True)
class Category:
    """What a category is like; a season is 12 weights, January first."""

    name: str
    department: str
    subcategories: tuple
    line_share: float
    median_price: float  # CNY, tax included
    cost_share: float  # unit cost ÷ list price, in the middle
    return_rate: float  # of lines
    season: tuple = (1,) * 12
    is_by_weight: bool = False
    is_service: bool = False
    for_whom: tuple = ("everyone",)


WARM = (0.7, 0.7, 0.9, 1.1, 1.3, 1.4, 1.4, 1.2, 1.0, 0.8, 0.7, 0.7)
COLD = (1.4, 1.2, 0.9, 0.8, 0.7, 0.6, 0.6, 0.7, 1.0, 1.2, 1.4, 1.5)
FEAST = (1.9, 1.6, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1.3, 1.0, 0.9, 1.2)
SCHOOL = (1.0, 0.9, 1.0, 0.9, 1.0, 1.1, 1.2, 1.6, 1.2, 0.9, 0.9, 0.9)

CATEGORIES = (
    Category(
        name="tea",
        department="food",
        subcategories=("green tea", "black tea", "oolong"),
        line_share=0.12,
        median_price=160,
        cost_share=0.62,
        return_rate=0.004,
        season=FEAST,
        is_by_weight=True,
    ),
    Category(
        name="snacks",
        department="food",
        subcategories=("nuts", "biscuits", "sweets"),
        line_share=0.20,
        median_price=28,
        cost_share=0.68,
        return_rate=0.004,
        season=FEAST,
    ),
    Category(
        name="skincare",
        department="beauty",
        subcategories=("cream", "cleanser", "mask"),
        line_share=0.11,
        median_price=139,
        cost_share=0.57,
        return_rate=0.020,
        season=COLD,
        for_whom=("women", "men", "everyone"),
    ),
    Category(
        name="make-up",
        department="beauty",
        subcategories=("lipstick", "powder", "perfume"),
        line_share=0.07,
        median_price=119,
        cost_share=0.56,
        return_rate=0.020,
        for_whom=("women",),
    ),
    Category(
        name="womenswear",
        department="clothing",
        subcategories=("dresses", "knitwear", "coats"),
        line_share=0.12,
        median_price=239,
        cost_share=0.58,
        return_rate=0.090,
        season=COLD,
        for_whom=("women",),
    ),
    Category(
        name="menswear",
        department="clothing",
        subcategories=("shirts", "trousers", "jackets"),
        line_share=0.08,
        median_price=229,
        cost_share=0.60,
        return_rate=0.080,
        season=COLD,
        for_whom=("men",),
    ),
    Category(
        name="childrenswear",
        department="clothing",
        subcategories=("school", "baby", "sport"),
        line_share=0.07,
        median_price=99,
        cost_share=0.61,
        return_rate=0.060,
        season=SCHOOL,
        for_whom=("children",),
    ),
    Category(
        name="kitchen",
        department="home",
        subcategories=("cookware", "tableware", "storage"),
        line_share=0.10,
        median_price=79,
        cost_share=0.63,
        return_rate=0.025,
    ),
    Category(
        name="bedding",
        department="home",
        subcategories=("quilts", "sheets", "pillows"),
        line_share=0.05,
        median_price=259,
        cost_share=0.62,
        return_rate=0.035,
        season=COLD,
    ),
    Category(
        name="appliances",
        department="home",
        subcategories=("fans", "cookers", "care"),
        line_share=0.05,
        median_price=329,
        cost_share=0.76,
        return_rate=0.045,
        season=WARM,
    ),
    Category(
        name="services",
        department="services",
        subcategories=("gift wrap", "delivery", "repair"),
        line_share=0.03,
        median_price=15,
        cost_share=0.58,
        return_rate=0.0,
        is_service=True,
    ),
)
COLOURS = ("white", "black", "red", "blue", "green", "beige")
SIZES = ("S", "M", "L", "XL")
BRANDS = tuple(
    f"{a} {b}"
    for a in ("Lotus", "Heron", "Cedar", "Jade", "Amber")
    for b in ("Lane", "House", "Works")
)
SUPPLIER_COUNT = 12
PRICE_RISE_MONTH = 12  # November 2025: all prices, from 96 to 100
KITCHEN_RISE = (17, 1.08)  # April 2026: kitchen +8 %, told by list_price
COST_SHARES = (0.50, 0.85)  # lowest and highest cost ÷ list price
COST_UNKNOWN_SHARE = 0.02  # of products; another per cent of lines on top


@dataclass
class Products:
    """The assortment; products of a category stand together, best seller first."""

    count: int
    width: int
    category: np.ndarray  # position in CATEGORIES
    price: np.ndarray  # list price today, ten-thousandths of CNY
    cost: np.ndarray  # unit cost, MISSING where unknown
    popularity: np.ndarray
    partner: np.ndarray  # the product that goes with it
    first_of_category: np.ndarray
    price_factor: np.ndarray  # month × category, against the price today
    popularity_edges: np.ndarray  # month × product, cumulative, ends at 1
    is_by_weight: np.ndarray
    return_rate: np.ndarray

    def ids(self, positions):
        """Product ids; -1 gives null."""
        positions = np.asarray(positions)
        return ids("P", np.where(positions < 0, -1, positions + 1), self.width)


def category_sizes(count):
    """How many products each category holds, by its share of lines; at least four."""
    shares = np.array([c.line_share for c in CATEGORIES])
    sizes = np.maximum(4, np.floor(shares * count)).astype(int)
    sizes[np.argmax(sizes)] += count - sizes.sum()
    return sizes


def price_factors():
    """Prices of a month against today's list price, by category."""
    factors = np.ones((MONTH_COUNT, len(CATEGORIES)))
    factors[:PRICE_RISE_MONTH] = 0.96
    month, rise = KITCHEN_RISE
    kitchen = [c.name for c in CATEGORIES].index("kitchen")
    factors[:month, kitchen] /= rise
    return factors


def popularity_by_month(category, popularity):
    """Cumulative popularity of the products in each month, with their season."""
    months = [date_of(day).month - 1 for day in MONTH_STARTS[:-1]]
    season = np.array([[c.season[m] for c in CATEGORIES] for m in months])
    edges = np.cumsum(season[:, category] * popularity, axis=1)
    return edges / edges[:, -1:]


def make_products(size, rng, sink):
    """Make the assortment and write `products` and `product_attributes`."""
    count = size.product_count
    sizes = category_sizes(count)
    category = np.repeat(np.arange(len(CATEGORIES)), sizes)
    first = np.concatenate([[0], np.cumsum(sizes)])
    place = np.arange(count) - first[category]
    popularity = (place + 1.5) ** -0.6
    share = np.array([c.line_share for c in CATEGORIES])
    popularity *= share[category] / np.bincount(category, popularity)[category]
    median = np.array([c.median_price for c in CATEGORIES])
    whole = np.maximum(
        3, np.rint(median[category] * np.exp(rng.normal(0, 0.45, count)))
    )
    price = yuan(np.where(whole < 60, whole - 0.1, whole - whole % 10 + 9))
    middle = np.array([c.cost_share for c in CATEGORIES])
    cost_share = middle[category] + rng.uniform(-0.08, 0.08, count)
    cost_share = np.clip(cost_share, *COST_SHARES)
    cost = np.rint(price * cost_share).astype(np.int64)
    cost = np.where(chance(rng, count, 0.7), cost // FEN * FEN, cost)
    cost[chosen_unknown(rng, count)] = MISSING
    products = Products(
        count=count,
        width=max(3, id_width(count)),
        category=category,
        price=price,
        cost=cost,
        popularity=popularity,
        partner=(np.arange(count) * 7 + 11) % count,
        first_of_category=first,
        price_factor=price_factors(),
        popularity_edges=popularity_by_month(category, popularity),
        is_by_weight=np.array([c.is_by_weight for c in CATEGORIES])[category],
        return_rate=np.array([c.return_rate for c in CATEGORIES])[category],
    )
    write_products(products, place, rng, sink)
    return products


def chosen_unknown(rng, count):
    """The products whose cost nobody knows: not the first ten of any list."""
    unknown = max(2, round(COST_UNKNOWN_SHARE * count))
    return rng.choice(np.arange(10, count), unknown, replace=False)


def write_products(products, place, rng, sink):
    """Write the tables of the assortment."""
    kinds = [CATEGORIES[c] for c in products.category]
    count = products.count
    subcategory = [c.subcategories[p % 3] for c, p in zip(kinds, place)]
    brand = rng.integers(0, len(BRANDS), count)
    introduced = day_of(date(2021, 1, 1)) + rng.integers(0, 1_300, count)
    product_ids = products.ids(np.arange(count))
    sink.add(
        "products",
        {
            "product_id": product_ids,
            "product_name": [
                f"{BRANDS[b]} {s} {p + 1}" for b, s, p in zip(brand, subcategory, place)
            ],
            "department": [c.department for c in kinds],
            "category": [c.name for c in kinds],
            "subcategory": subcategory,
            "brand": labels(BRANDS, brand),
            "supplier": [f"Supplier {n + 1:02d}" for n in brand % SUPPLIER_COUNT],
            "list_price": products.price,
            "unit_cost": products.cost,
            "introduced_on": introduced,
            "is_service": np.array([c.is_service for c in kinds]),
        },
    )
    rows = []
    for product_id, kind, position in zip(product_ids.to_pylist(), kinds, place):
        if kind.is_service:
            continue
        rows.append(
            (product_id, "for_whom", kind.for_whom[position % len(kind.for_whom)])
        )
        if kind.department != "food":
            rows.append((product_id, "colour", COLOURS[position % len(COLOURS)]))
        if kind.department == "clothing":
            rows.append((product_id, "size", SIZES[position % len(SIZES)]))
        if kind.is_by_weight:
            rows.append((product_id, "sold_by", "kilogram"))
    names = ("product_id", "attribute", "value")
    sink.add("product_attributes", dict(zip(names, map(list, zip(*rows)))))
