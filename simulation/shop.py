"""What the months of business share: the state they carry on, the sums they leave."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from simulation.aftermath import Aftermath
from simulation.campaigns import Promotions
from simulation.columns import MISSING
from simulation.days import DAY_COUNT, MONTH_COUNT
from simulation.people import People
from simulation.products import CATEGORIES, Products
from simulation.stores import Stores
from simulation.visits import Visits
from simulation.wallet import Wallet

GUESSED_COST = 60  # per cent of net, where a target needs a cost that nobody knows


@dataclass
class Shop:
    """Everything that the months of business look up, and what they carry on."""

    seed: int
    lines_per_ticket: float
    stores: Stores
    products: Products
    people: People
    promotions: Promotions
    planned: dict
    visits: Visits
    wallet: Wallet
    opportunity_ids: pa.Array
    ticket_width: int
    contact_width: int
    aftermath: Aftermath = field(default_factory=Aftermath)
    ticket_count: int = 0
    return_count: int = 0
    redemption_count: int = 0


@dataclass
class Tally:
    """Sums of sales (returns left out) that targets and visitors are made from."""

    net: np.ndarray  # month × store × category, ten-thousandths of CNY
    cost: np.ndarray
    tickets: np.ndarray  # day × shop with a door

    @classmethod
    def empty(cls, stores):
        """Nothing sold yet; the last store stands for direct sales."""
        shape = (MONTH_COUNT, stores.count + 2, len(CATEGORIES))
        return cls(
            np.zeros(shape, np.int64),
            np.zeros(shape, np.int64),
            np.zeros((DAY_COUNT, stores.count), np.int64),
        )

    def add(self, month, tickets, lines, products):
        """Add a month of sales."""
        _, stores, categories = self.net.shape
        place = tickets["store"] % stores  # -1, a direct sale, becomes the last
        cell = place[lines["ticket"]] * categories + products.category[lines["product"]]
        guess = lines["net"] * GUESSED_COST // 100
        cost = np.where(lines["cost"] == MISSING, guess, lines["cost"])
        for sums, amounts in ((self.net, lines["net"]), (self.cost, cost)):
            flat = np.bincount(cell, amounts, stores * categories)
            sums[month] += flat.astype(np.int64).reshape(stores, categories)
        doors = self.tickets.shape[1]
        through = place < doors
        cell = tickets["day"][through] * doors + place[through]
        flat = np.bincount(cell, minlength=self.tickets.size)
        self.tickets += flat.reshape(self.tickets.shape)
