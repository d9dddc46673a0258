"""Writes one month's tickets: sales first, then returns, then voids, put in order."""

from dataclasses import dataclass

import numpy as np

from simulation.campaigns import campaign_ids, coupon_ids
from simulation.columns import MISSING, ids, labels
from simulation.lines import rounded
from simulation.payment import POINTS, TENDERS, VOUCHER
from simulation.shop import Shop
from simulation.tickets import CHANNELS

TICKET_TYPES = ("sale", "return", "void")
TAX_RATE = 13  # per cent, included in every price
CURRENCY = "CNY"
REASONS = ("does not fit", "damaged", "not as described", "changed mind", "late")


def mirrored(amounts):
    """Amounts with the other sign; what is unknown stays unknown."""
    return np.where(amounts == MISSING, MISSING, -amounts)


@dataclass
class Book:
    """The month's rows in three groups: sales, return tickets, voids of sales."""

    shop: Shop
    month: int
    sink: object
    tickets: dict
    lines: dict
    heads: dict  # net, discount and has_null of the sales' headers
    tenders: dict
    returned: dict
    voided: np.ndarray  # positions among the sales

    def __post_init__(self):
        """Number all tickets in the order of time."""
        sales, returns = len(self.tickets["at"]), len(self.returned["at"])
        at = (self.tickets["at"], self.returned["at"], self.heads["voided_at"])
        self.at = np.concatenate(at)
        self.order = np.argsort(self.at, kind="stable")
        self.number = np.empty(len(self.at), dtype=np.int64)
        self.number[self.order] = self.shop.ticket_count + 1 + np.arange(len(self.at))
        self.shop.ticket_count += len(self.at)
        self.sold, self.back, self.void = np.split(
            self.number, (sales, sales + returns)
        )

    def ticket_ids(self, numbers):
        """Transaction ids; -1 gives null."""
        return ids("T", numbers, self.shop.ticket_width)

    def stacked(self, sold, back, void):
        """One value per ticket, given the three groups, in the order of time."""
        parts = (sold, back, void)
        counts = map(len, (self.sold, self.back, self.void))
        whole = [np.broadcast_to(part, count) for part, count in zip(parts, counts)]
        return np.concatenate(whole)[self.order]

    def write_transactions(self):
        """Write `transactions`."""
        tickets, heads, returned, voided = (
            self.tickets,
            self.heads,
            self.returned,
            self.voided,
        )
        people, stores = self.shop.people, self.shop.stores
        net, discount = heads["net"], heads["discount"]
        null = self.stacked(heads["has_null"], False, False)

        def told(sold, back):
            return self.stacked(sold, -back, -sold[voided])

        def copied(name):
            return self.stacked(tickets[name], returned[name], tickets[name][voided])

        shown = np.where(returned["shows_card"], returned["card"], -1)
        linked = np.where(returned["is_linked"], returned["original"], -1)
        net_amount = told(net, returned["net"])
        tax = rounded(np.abs(net_amount) * TAX_RATE // (100 + TAX_RATE))
        amounts = {
            "net_amount": net_amount,
            "gross_amount": told(
                net + discount, returned["net"] + returned["discount"]
            ),
            "discount_amount": told(discount, returned["discount"]),
            "tax_amount": tax * np.sign(net_amount),
        }
        card = self.stacked(tickets["card"], shown, tickets["card"][voided])
        original = self.stacked(-1, linked, self.sold[voided])
        self.sink.add(
            "transactions",
            {
                "transaction_id": self.ticket_ids(self.number[self.order]),
                "occurred_at": self.at[self.order],
                "card_id": people.card_ids(card),
                "store_id": stores.ids(copied("store")),
                "channel": labels(CHANNELS, copied("channel")),
                "transaction_type": labels(TICKET_TYPES, self.stacked(0, 1, 2)),
                "original_transaction_id": self.ticket_ids(original),
                "currency": labels((CURRENCY,), self.stacked(0, 0, 0)),
                **{n: np.where(null, MISSING, a) for n, a in amounts.items()},
            },
            self.month,
        )

    def write_lines(self):
        """Write `transaction_lines`: a void has none, a return has one."""
        lines, returned = self.lines, self.returned
        number = np.concatenate([self.sold[lines["ticket"]], self.back])
        order = np.argsort(number, kind="stable")

        def both(name, back):
            back = np.broadcast_to(back, len(self.back))
            return np.concatenate([lines[name], back])[order]

        self.sink.add(
            "transaction_lines",
            {
                "transaction_id": self.ticket_ids(number[order]),
                "line_number": both("number", 1),
                "product_id": self.shop.products.ids(
                    both("product", returned["product"])
                ),
                "quantity": both("quantity", -returned["quantity"]),
                "net_amount": both("net", -returned["net"]),
                "discount_amount": both("discount", -returned["discount"]),
                "cost_amount": both("cost", mirrored(returned["cost"])),
                "campaign_id": campaign_ids(both("campaign", -1)),
                "coupon_id": coupon_ids(both("coupon", -1), self.shop.contact_width),
            },
            self.month,
        )

    def write_tenders(self):
        """Write `tenders`: they sum to the ticket; a ticket of 0 has none."""
        tenders, sold = self.tenders, self.sold
        number = np.concatenate([sold, sold, sold, self.back, self.void])
        kind = np.concatenate(
            [
                tenders["main"],
                np.full(len(sold), POINTS),
                np.full(len(sold), VOUCHER),
                self.returned["tender"],
                tenders["main"][self.voided],
            ]
        )
        amount = np.concatenate(
            [
                tenders["rest"],
                tenders["points"],
                tenders["voucher"],
                -self.returned["net"],
                -tenders["rest"][self.voided],
            ]
        )
        paid = np.flatnonzero(amount)
        order = paid[np.lexsort((kind[paid], number[paid]))]
        self.sink.add(
            "tenders",
            {
                "transaction_id": self.ticket_ids(number[order]),
                "tender_type": labels(TENDERS, kind[order]),
                "amount": amount[order],
            },
            self.month,
        )

    def write_orders(self):
        """Write `opportunity_orders`: the tickets of deals won."""
        orders = np.flatnonzero(self.tickets["opportunity"] >= 0)
        opportunity = self.tickets["opportunity"][orders]
        self.sink.add(
            "opportunity_orders",
            {
                "opportunity_id": self.shop.opportunity_ids.take(opportunity),
                "transaction_id": self.ticket_ids(self.sold[orders]),
            },
            self.month,
        )

    def write_redemptions(self):
        """Write `coupon_redemptions`."""
        shop, tickets = self.shop, self.tickets
        ticket = np.flatnonzero(tickets["coupon"] >= 0)
        number = shop.redemption_count + 1 + np.arange(len(ticket))
        shop.redemption_count += len(ticket)
        self.sink.add(
            "coupon_redemptions",
            {
                "redemption_id": ids("D", number, shop.contact_width),
                "coupon_id": coupon_ids(tickets["coupon"][ticket], shop.contact_width),
                "campaign_id": campaign_ids(tickets["campaign"][ticket]),
                "transaction_id": self.ticket_ids(self.sold[ticket]),
                "member_id": shop.people.member_ids(tickets["person"][ticket]),
                "redeemed_at": tickets["at"][ticket],
                "amount": tickets["coupon_face"][ticket],
            },
            self.month,
        )

    def write_return_rows(self, rows):
        """Write `returns`: those that came back without a ticket."""
        shop = self.shop
        rows = {n: v[np.argsort(rows["at"], kind="stable")] for n, v in rows.items()}
        count = len(rows["at"])
        number = shop.return_count + 1 + np.arange(count)
        shop.return_count += count
        self.sink.add(
            "returns",
            {
                "return_id": ids("B", number, shop.ticket_width - 1),
                "original_transaction_id": self.ticket_ids(rows["original"]),
                "line_number": rows["number"],
                "returned_at": rows["at"],
                "quantity": rows["quantity"],
                "amount": rows["net"],
                "reason": labels(REASONS, rows["at"] % len(REASONS)),
            },
            self.month,
        )
