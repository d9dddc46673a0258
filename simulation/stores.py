"""Shops with a door in four Chinese cities, and the online shop."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.columns import MISSING, id_width, ids
from simulation.days import day_of

# city, region, latitude, longitude, first digits of the postal code, districts
CITIES = (
    ("Shanghai", "Shanghai", 31.2304, 121.4737, "200", ("Huangpu", "Xuhui", "Pudong")),
    ("Hangzhou", "Zhejiang", 30.2741, 120.1551, "310", ("Xihu", "Gongshu", "Binjiang")),
    ("Suzhou", "Jiangsu", 31.2989, 120.5853, "215", ("Gusu", "Wuzhong", "Huqiu")),
    ("Nanjing", "Jiangsu", 32.0603, 118.7969, "210", ("Xuanwu", "Gulou", "Qinhuai")),
)
SHOP_CITIES = (0, 0, 1, 2, 3, 0)  # the city of each shop, repeated
COUNTRY = "China"
TIMEZONE = "Asia/Shanghai"


@dataclass
class Stores:
    """`count` shops with a door; position `count` is the online shop."""

    count: int
    width: int
    city: np.ndarray
    weight: np.ndarray  # share of the tickets of shops with a door

    @property
    def online(self):
        """The position of the online shop."""
        return self.count

    def ids(self, positions):
        """Store ids; -1 (no shop: a direct sale) gives null."""
        positions = np.asarray(positions)
        return ids("S", np.where(positions < 0, -1, positions + 1), self.width)


def make_stores(size, rng, sink):
    """Make the shops and write `stores`."""
    count = size.store_count
    city = np.resize(SHOP_CITIES, count)
    weight = 0.5 + rng.random(count)
    stores = Stores(count, id_width(count + 1), city, weight)
    places = [CITIES[c] for c in city]
    spread = rng.normal(0, 0.04, (2, count))
    number = np.arange(count) + 1
    opened = day_of(date(2015, 3, 1)) + np.sort(rng.integers(0, 3_000, count))
    opened[-1] = day_of(date(2024, 9, 20))
    sink.add(
        "stores",
        {
            "store_id": stores.ids(np.arange(count + 1)),
            "store_name": [f"{p[0]} {n}" for p, n in zip(places, number)]
            + ["Online shop"],
            "city": [p[0] for p in places] + [None],
            "region": [p[1] for p in places] + [None],
            "country": [COUNTRY] * (count + 1),
            "latitude": [round(p[2] + x, 5) for p, x in zip(places, spread[0])]
            + [None],
            "longitude": [round(p[3] + x, 5) for p, x in zip(places, spread[1])]
            + [None],
            "area_m2": np.append((weight * 1_200).astype(int) * 10_000, MISSING),
            "opened_on": np.append(opened, day_of(date(2019, 6, 1))),
            "closed_on": np.full(count + 1, MISSING),
            "timezone": [TIMEZONE] * (count + 1),
        },
    )
    return stores
