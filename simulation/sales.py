"""One month of business: tickets, lines, tenders, returns, voids, and what they touch."""

from dataclasses import dataclass, field

import numpy as np

from simulation import wallet as purse
from simulation.aftermath import (
    REASONS,
    VOID_SECONDS,
    Aftermath,
    choose_returns,
    choose_voids,
    drop_collisions,
    join,
)
from simulation.campaigns import Promotions, campaign_ids, coupon_ids
from simulation.columns import FEN, MISSING, YUAN, ids, labels
from simulation.days import MONTH_COUNT, MONTH_STARTS, moment
from simulation.lines import make_lines, rounded
from simulation.people import People
from simulation.products import CATEGORIES, Products
from simulation.randomness import chance, pick, stream
from simulation.stores import Stores
from simulation.tickets import CHANNELS, DIRECT, make_tickets
from simulation.visits import Visits

CASH, BANK_CARD, STORED_VALUE, POINTS, VOUCHER, OTHER = range(6)
TENDERS = ("cash", "bank_card", "stored_value", "points", "coupon", "other")
MAIN_TENDERS = (0.14, 0.28, 0, 0, 0, 0.58)  # other: the telephone wallets
VOUCHER_SHARE = 0.012  # tickets partly paid with a voucher of the mall
VOUCHER_FACES = np.array([20, 50]) * YUAN
SALE, RETURN, VOID = range(3)
TICKET_TYPES = ("sale", "return", "void")
TAX_RATE = 13  # per cent, included in every price
NULL_HEADER_SHARE = 0.001
CENTS_OFF_SHARE = 0.0013  # headers a few fen below their lines
CURRENCY = "CNY"


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
    purse: purse.Wallet
    opportunity_ids: object
    ticket_width: int
    contact_width: int
    aftermath: Aftermath = field(default_factory=Aftermath)
    ticket_count: int = 0
    return_count: int = 0
    redemption_count: int = 0


@dataclass
class Tally:
    """Sums by month that targets, traffic and costs are made from."""

    net: np.ndarray  # month × store × category, ten-thousandths
    cost: np.ndarray
    tickets: np.ndarray  # day × store with a door

    @classmethod
    def empty(cls, stores):
        """Nothing sold yet; the last store stands for direct sales."""
        shape = (MONTH_COUNT, stores.count + 2, len(CATEGORIES))
        days = int(MONTH_STARTS[-1])
        return cls(
            np.zeros(shape, np.int64),
            np.zeros(shape, np.int64),
            np.zeros((days, stores.count), np.int64),
        )

    def add(self, month, tickets, lines, products):
        """Add a month of sales (returns are not planned for)."""
        stores, categories = self.net.shape[1:]
        place = tickets["store"] % stores  # -1, a direct sale, is the last
        cell = place[lines["ticket"]] * categories + products.category[lines["product"]]
        known = np.where(lines["cost"] == MISSING, lines["net"] * 6 // 10, lines["cost"])
        for sums, amounts in ((self.net, lines["net"]), (self.cost, known)):
            flat = np.bincount(cell, amounts, stores * categories)
            sums[month] += flat.astype(np.int64).reshape(stores, categories)
        count = self.tickets.shape[1]
        doors = (place < count) & (tickets["store"] >= 0)
        cell = tickets["day"][doors] * count + place[doors]
        self.tickets += np.bincount(cell, minlength=self.tickets.size).reshape(
            self.tickets.shape
        )


def pay(tickets, total, shop, rng):
    """How each ticket is paid: amounts by tender, and which tender is the main one."""
    count, card = len(total), tickets["card"]
    own = (card >= 0) & (card < len(shop.purse.stored))
    holder = own & shop.purse.holds_stored_value[np.where(own, card, 0)]
    main = pick(rng, MAIN_TENDERS, count)
    main[tickets["channel"] == DIRECT] = BANK_CARD
    pays_stored = holder & chance(rng, count, purse.SPEND_SHARE)
    pays_stored &= tickets["channel"] != DIRECT
    main[pays_stored] = STORED_VALUE
    points = purse.points_payments(shop.purse, card, total, rng)
    points[tickets["channel"] == DIRECT] = 0
    face = VOUCHER_FACES[rng.integers(0, len(VOUCHER_FACES), count)]
    voucher = chance(rng, count, VOUCHER_SHARE) & (total > 2 * face)
    voucher &= (points == 0) & (tickets["channel"] != DIRECT)
    voucher = np.where(voucher, face, 0)
    return {
        "main": main,
        "points": points,
        "voucher": voucher,
        "rest": total - points - voucher,
        "is_plain": ~pays_stored & (points == 0) & (voucher == 0),
    }


def month_of_business(month, shop, tally, sink):
    """Simulate and write one month."""
    rng = stream(shop.seed, "month", month)
    tickets = make_tickets(month, shop, rng)
    lines = make_lines(month, tickets, shop.lines_per_ticket, shop, rng)
    movements = purse.Movements()
    purse.transfer_merged(shop.purse, shop.people, month, movements)

    sums = {n: np.add.reduceat(lines[n], lines["start"]) for n in ("net", "discount")}
    count = len(sums["net"])
    plain = (tickets["opportunity"] < 0) & (tickets["coupon"] < 0) & ~tickets["is_gift"]
    has_null = plain & chance(rng, count, NULL_HEADER_SHARE)
    off = plain & ~has_null & (sums["net"] > 20 * YUAN)
    off &= chance(rng, count, CENTS_OFF_SHARE)
    total = sums["net"] - np.where(off, FEN * rng.integers(1, 10, count), 0)
    tenders = pay(tickets, total, shop, rng)
    voided = choose_voids(tickets, tenders, shop, rng)
    new_returns = choose_returns(tickets, lines, tenders, voided, shop, rng)
    new_returns = drop_collisions(new_returns, tickets, shop)

    carried = shop.aftermath.take_due(month)
    carried = drop_collisions(carried, tickets, shop)
    due_now = new_returns["at"] < moment(MONTH_STARTS[month + 1])
    due = join(carried, {n: v[due_now] for n, v in new_returns.items()})
    is_ticket = ~due["is_row"]
    as_tickets = {name: values[is_ticket] for name, values in due.items()}
    as_rows = {name: values[due["is_row"]] for name, values in due.items()}

    at = np.concatenate(
        [tickets["at"], as_tickets["at"], tickets["at"][voided] + VOID_SECONDS]
    )
    order = np.argsort(at, kind="stable")
    number = np.empty(len(at), dtype=np.int64)
    number[order] = shop.ticket_count + 1 + np.arange(len(at))
    shop.ticket_count += len(at)
    sold = number[:count]
    # The originals of this month's returns are known by number only now.
    split = carried_tickets = int((~carried["is_row"]).sum())
    as_tickets["original"][split:] = sold[as_tickets["original"][split:]]
    split = len(carried["is_row"]) - carried_tickets
    as_rows["original"][split:] = sold[as_rows["original"][split:]]
    later = {name: values[~due_now] for name, values in new_returns.items()}
    later["original"] = sold[later["original"]]
    shop.aftermath.add(later)

    book = Book(shop, month, sink, number, order)
    book.write_transactions(tickets, sums, total, has_null, as_tickets, voided, at)
    book.write_lines(lines, as_tickets)
    book.write_tenders(tenders, as_tickets, voided)
    book.write_links(tickets, lines, as_rows)
    tally.add(month, tickets, lines, shop.products)
    move_money(tickets, tenders, total, voided, as_tickets, month, shop, rng, movements)
    purse.close_month(shop.purse, month, movements, shop.people, sink)


def move_money(tickets, tenders, total, voided, returned, month, shop, rng, movements):
    """Tell the wallets what was paid and refunded with them, and what was bought."""
    card = tickets["card"]
    counts = (card >= 0) & (card < len(shop.purse.stored))
    counts[voided] = False
    stored = counts & (tenders["main"] == STORED_VALUE) & (tenders["rest"] > 0)
    back = (returned["tender"] == STORED_VALUE) & (returned["card"] >= 0)
    purse.stored_value_movements(
        shop.purse,
        np.concatenate([card[stored], returned["card"][back]]),
        np.concatenate([tickets["at"][stored], returned["at"][back]]),
        np.concatenate([tenders["rest"][stored], -returned["net"][back]]),
        movements,
    )
    purse.points_movements(
        shop.purse, card[counts], tickets["at"][counts], total[counts],
        tenders["points"][counts], month, rng, movements,
    )


@dataclass
class Book:
    """Writes one month's rows: sales first, then returns, then voids, put in order."""

    shop: Shop
    month: int
    sink: object
    number: np.ndarray  # ticket number of each, in the order sales, returns, voids
    order: np.ndarray  # that puts them in time order

    def ticket_ids(self, numbers):
        """Transaction ids; -1 gives null."""
        return ids("T", numbers, self.shop.ticket_width)

    def write_transactions(self, tickets, sums, total, has_null, returned, voided, at):
        """Write `transactions`: sales, returns and voids in order of time."""
        shop, order = self.shop, self.order
        gross, discount = total + sums["discount"], sums["discount"]

        def all_three(sold, back, void):
            return np.concatenate([sold, back, void])[order]

        net = all_three(total, -returned["net"], -total[voided])
        null = all_three(
            has_null, np.zeros(len(returned["at"]), bool), np.zeros(len(voided), bool)
        )
        shown = np.where(returned["shows_card"], returned["card"], -1)
        linked = np.where(returned["is_linked"], returned["original"], -1)
        nobody = np.full(len(total), -1)
        kinds = np.repeat([SALE, RETURN, VOID], [len(total), len(linked), len(voided)])
        tax = rounded(np.abs(net) * TAX_RATE // (100 + TAX_RATE)) * np.sign(net)
        numbers = self.number[order]
        self.sink.add(
            "transactions",
            {
                "transaction_id": self.ticket_ids(numbers),
                "occurred_at": at[order],
                "net_amount": np.where(null, MISSING, net),
                "card_id": shop.people.card_ids(
                    all_three(tickets["card"], shown, tickets["card"][voided])
                ),
                "store_id": shop.stores.ids(
                    all_three(tickets["store"], returned["store"], tickets["store"][voided])
                ),
                "channel": labels(
                    CHANNELS,
                    all_three(
                        tickets["channel"], returned["channel"], tickets["channel"][voided]
                    ),
                ),
                "transaction_type": labels(TICKET_TYPES, kinds[order]),
                "original_transaction_id": self.ticket_ids(
                    all_three(nobody, linked, self.number[voided])
                ),
                "gross_amount": np.where(
                    null,
                    MISSING,
                    all_three(
                        gross, -returned["net"] - returned["discount"], -gross[voided]
                    ),
                ),
                "discount_amount": np.where(
                    null,
                    MISSING,
                    all_three(discount, -returned["discount"], -discount[voided]),
                ),
                "tax_amount": np.where(null, MISSING, tax),
                "currency": labels((CURRENCY,), np.zeros(len(net), dtype=np.int64)),
            },
            self.month,
        )

    def write_lines(self, lines, returned):
        """Write `transaction_lines`: those of sales and returns, by ticket number."""
        shop = self.shop
        count = len(self.number)
        sold = self.number[lines["ticket"]]
        back = self.number[len(lines["start"]):len(lines["start"]) + len(returned["at"])]
        number = np.concatenate([sold, back])
        order = np.argsort(number, kind="stable")
        unknown = np.full(len(back), -1)

        def both(name, sign=-1):
            return np.concatenate([lines[name], sign * returned[name]])[order]

        cost = np.where(returned["cost"] == MISSING, MISSING, -returned["cost"])
        first = np.ones(len(back), dtype=np.int64)
        self.sink.add(
            "transaction_lines",
            {
                "transaction_id": self.ticket_ids(number[order]),
                "line_number": np.concatenate([lines["number"], first])[order],
                "product_id": shop.products.ids(both("product", 1)),
                "quantity": both("quantity"),
                "net_amount": both("net"),
                "discount_amount": both("discount"),
                "cost_amount": np.concatenate([lines["cost"], cost])[order],
                "campaign_id": campaign_ids(
                    np.concatenate([lines["campaign"], unknown])[order]
                ),
                "coupon_id": coupon_ids(
                    np.concatenate([lines["coupon"], unknown])[order],
                    shop.contact_width,
                ),
            },
            self.month,
        )
        assert count >= len(lines["start"]) + len(back)

    def write_tenders(self, tenders, returned, voided):
        """Write `tenders`: they sum to the ticket; a ticket of 0 has none."""
        count = len(tenders["rest"])
        back = self.number[count:count + len(returned["at"])]
        void = self.number[count + len(returned["at"]):]
        sold = self.number[:count]
        number = np.concatenate([sold, sold, sold, back, void])
        kind = np.concatenate(
            [
                tenders["main"],
                np.full(count, POINTS),
                np.full(count, VOUCHER),
                returned["tender"],
                tenders["main"][voided],
            ]
        )
        amount = np.concatenate(
            [
                tenders["rest"],
                tenders["points"],
                tenders["voucher"],
                -returned["net"],
                -tenders["rest"][voided],
            ]
        )
        order = np.lexsort((kind, number))
        order = order[amount[order] != 0]
        self.sink.add(
            "tenders",
            {
                "transaction_id": self.ticket_ids(number[order]),
                "tender_type": labels(TENDERS, kind[order]),
                "amount": amount[order],
            },
            self.month,
        )

    def write_links(self, tickets, lines, returned):
        """Write `opportunity_orders`, `coupon_redemptions` and rows of `returns`."""
        shop = self.shop
        orders = np.flatnonzero(tickets["opportunity"] >= 0)
        self.sink.add(
            "opportunity_orders",
            {
                "opportunity_id": shop.opportunity_ids.take(
                    tickets["opportunity"][orders]
                ),
                "transaction_id": self.ticket_ids(self.number[orders]),
            },
            self.month,
        )
        line = np.flatnonzero(lines["coupon"] >= 0)
        ticket = lines["ticket"][line]
        redemption = shop.redemption_count + 1 + np.arange(len(line))
        shop.redemption_count += len(line)
        self.sink.add(
            "coupon_redemptions",
            {
                "redemption_id": ids("D", redemption, shop.contact_width),
                "coupon_id": coupon_ids(lines["coupon"][line], shop.contact_width),
                "campaign_id": campaign_ids(tickets["campaign"][ticket]),
                "transaction_id": self.ticket_ids(self.number[ticket]),
                "member_id": shop.people.member_ids(tickets["person"][ticket]),
                "redeemed_at": tickets["at"][ticket],
                "amount": tickets["coupon_face"][ticket],
            },
            self.month,
        )
        order = np.argsort(returned["at"], kind="stable")
        number = shop.return_count + 1 + np.arange(len(order))
        shop.return_count += len(order)
        self.sink.add(
            "returns",
            {
                "return_id": ids("B", number, shop.ticket_width - 1),
                "original_transaction_id": self.ticket_ids(returned["original"][order]),
                "line_number": returned["number"][order],
                "returned_at": returned["at"][order],
                "quantity": returned["quantity"][order],
                "amount": returned["net"][order],
                "reason": labels(REASONS, returned["at"][order] % len(REASONS)),
            },
            self.month,
        )
