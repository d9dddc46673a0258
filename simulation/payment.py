"""How tickets are paid: one main tender, now and then points or a voucher beside it."""

import numpy as np

from simulation.columns import YUAN
from simulation.randomness import chance, pick
from simulation.tickets import DIRECT
from simulation.wallet import SPEND_SHARE, points_payments

CASH, BANK_CARD, STORED_VALUE, POINTS, VOUCHER, OTHER = range(6)
TENDERS = ("cash", "bank_card", "stored_value", "points", "coupon", "other")
MAIN_TENDERS = (0.14, 0.28, 0, 0, 0, 0.58)  # other: the telephone wallets
VOUCHER_SHARE = 0.012  # tickets partly paid with a voucher of the mall
VOUCHER_FACES = np.array([20, 50]) * YUAN


def pay(tickets, total, shop, rng):
    """Amounts by tender for each ticket; `rest` is what the main tender pays."""
    wallet, count, card = shop.wallet, len(total), tickets["card"]
    is_direct = tickets["channel"] == DIRECT
    known = (card >= 0) & (card < len(wallet.stored))
    holds = known & wallet.holds_stored_value[np.where(known, card, 0)] & ~is_direct
    uses_stored = holds & chance(rng, count, SPEND_SHARE)
    main = pick(rng, MAIN_TENDERS, count)
    main[is_direct] = BANK_CARD
    main[uses_stored] = STORED_VALUE
    points = np.where(is_direct, 0, points_payments(wallet, card, total, rng))
    face = VOUCHER_FACES[rng.integers(0, len(VOUCHER_FACES), count)]
    gets_voucher = chance(rng, count, VOUCHER_SHARE) & (total > 2 * face)
    gets_voucher &= (points == 0) & ~is_direct
    voucher = np.where(gets_voucher, face, 0)
    return {
        "main": main,
        "points": points,
        "voucher": voucher,
        "rest": total - points - voucher,
        "is_plain": ~uses_stored & (points == 0) & ~gets_voucher,
    }
