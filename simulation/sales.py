"""One month of business: who buys, what, how it is paid, what comes back."""

import numpy as np

from simulation import wallet as purse
from simulation.aftermath import (
    VOID_SECONDS,
    choose_returns,
    choose_voids,
    drop_collisions,
    join,
    name_originals,
    only,
)
from simulation.book import Book
from simulation.columns import FEN, YUAN
from simulation.days import MONTH_STARTS, moment
from simulation.lines import make_lines
from simulation.payment import STORED_VALUE, pay
from simulation.randomness import chance, stream
from simulation.tickets import make_tickets

NULL_HEADER_SHARE = 0.001  # headers without amounts: the lines carry them
CENTS_OFF_SHARE = 0.0013  # headers 1 to 9 fen below their lines
CENTS_OFF_LEAST = 20 * YUAN


def head_tickets(tickets, lines, rng):
    """The headers: sums of the lines, a few of them null or some fen below."""
    start = lines["start"]
    net = np.add.reduceat(lines["net"], start)
    count = len(net)
    is_plain = tickets["purpose"] < 0
    has_null = is_plain & chance(rng, count, NULL_HEADER_SHARE)
    is_off = is_plain & ~has_null & (net > CENTS_OFF_LEAST)
    is_off &= chance(rng, count, CENTS_OFF_SHARE)
    fen = np.where(is_off, FEN * rng.integers(1, 10, count), 0)
    return {
        "net": net - fen,
        "discount": np.add.reduceat(lines["discount"], start),
        "has_null": has_null,
    }


def month_of_business(month, shop, tally, sink):
    """Simulate and write one month."""
    rng = stream(shop.seed, "month", month)
    movements = purse.Movements()
    purse.transfer_merged(shop.wallet, shop.people, month, movements)
    tickets = make_tickets(month, shop, rng)
    lines = make_lines(month, tickets, shop.lines_per_ticket, shop, rng)
    heads = head_tickets(tickets, lines, rng)
    tenders = pay(tickets, heads["net"], shop, rng)
    voided = choose_voids(tickets, tenders, shop, rng)
    heads["voided_at"] = tickets["at"][voided] + VOID_SECONDS

    new = choose_returns(tickets, lines, tenders, voided, shop, rng)
    returns = drop_collisions(join(shop.aftermath.take(), new), tickets, shop)
    is_due = returns["at"] < moment(MONTH_STARTS[month + 1])
    is_due_ticket = is_due & ~returns["is_row"]
    book = Book(
        shop,
        month,
        sink,
        tickets,
        lines,
        heads,
        tenders,
        only(returns, is_due_ticket),
        voided,
    )
    name_originals(returns, book.sold)
    book.returned = only(returns, is_due_ticket)
    shop.aftermath.keep(only(returns, ~is_due))

    book.write_transactions()
    book.write_lines()
    book.write_tenders()
    book.write_orders()
    book.write_redemptions()
    book.write_return_rows(only(returns, is_due & returns["is_row"]))
    tally.add(month, tickets, lines, shop.products)
    move_money(book, month, movements, rng)
    purse.close_month(shop.wallet, month, movements, shop.people, sink)


def move_money(book, month, movements, rng):
    """Tell the wallets what was paid and refunded with them, and what was bought."""
    wallet, tickets, tenders = book.shop.wallet, book.tickets, book.tenders
    returned, card = book.returned, tickets["card"]
    counts = (card >= 0) & (card < len(wallet.stored))
    counts[book.voided] = False
    stored = counts & (tenders["main"] == STORED_VALUE) & (tenders["rest"] > 0)
    back = returned["tender"] == STORED_VALUE
    purse.stored_value_movements(
        wallet,
        np.concatenate([card[stored], returned["card"][back]]),
        np.concatenate([tickets["at"][stored], returned["at"][back]]),
        np.concatenate([tenders["rest"][stored], -returned["net"][back]]),
        movements,
    )
    purse.points_movements(
        wallet,
        card[counts],
        tickets["at"][counts],
        book.heads["net"][counts],
        tenders["points"][counts],
        month,
        rng,
        movements,
    )
