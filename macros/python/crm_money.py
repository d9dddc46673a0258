"""Adds up the readable money of a raw column, apart from DuckDB.

Money is readable when it has at most 12 digits before the point, and 4 after it that
are not zeros at its end.
"""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

PATTERN = r"^[+-]?([0-9]{1,12}([.][0-9]{1,4})?|[.][0-9]{1,4})$"
MONEY = pa.decimal128(38, 4)
WIDE = pa.decimal256(76, 38)
WIDE_MONEY = pa.decimal256(76, 4)
LIMIT = 10**12


class MoneySum:
    """The sum of one money column, and how many of its values could not be read.

    `column` is the contract's name of the column, or None for a table without money.
    """

    def __init__(self, column):
        self.column = column
        self.total = Decimal("0.0000")
        self.unreadable_count = 0

    def add_array(self, values):
        """Add an Arrow array of text, whole numbers, decimals or floats."""
        kind = values.type
        if pa.types.is_dictionary(kind):
            values = values.cast(kind.value_type)
            kind = values.type
        if pa.types.is_floating(kind):
            self._add_floats(values)
        elif pa.types.is_integer(kind) or pa.types.is_decimal(kind):
            self._add_numbers(values)
        else:
            self._add_texts(values.cast(pa.string()))

    def _add(self, total):
        self.total += total.as_py() or Decimal(0)

    def _add_texts(self, values):
        values = pc.utf8_trim(values, " ")
        values = values.filter(pc.greater(pc.utf8_length(values), 0))
        readable = pc.match_substring_regex(values, PATTERN)
        self._add_readable_texts(values.filter(readable))
        others = pc.replace_substring_regex(
            values.filter(pc.invert(readable)), r"([.][0-9]{4})0+$", r"\1"
        )
        readable = pc.match_substring_regex(others, PATTERN)
        self._add_readable_texts(others.filter(readable))
        self.unreadable_count += pc.sum(pc.invert(readable)).as_py() or 0

    def _add_readable_texts(self, values):
        values = pc.replace_substring_regex(values, "^[+]", "")
        self._add(pc.sum(values.cast(MONEY)))

    def _add_numbers(self, values):
        if fits_money(values.type):
            money = values.cast(MONEY)
            if is_below_limit(money):
                self._add(pc.sum(money))
                return
        values = values.drop_null().cast(WIDE)
        money = values.cast(WIDE_MONEY, safe=False)
        readable = pc.and_(
            pc.equal(money.cast(WIDE), values),
            pc.less(pc.abs(money), pa.scalar(Decimal(LIMIT), WIDE_MONEY)),
        )
        self.unreadable_count += pc.sum(pc.invert(readable)).as_py() or 0
        self._add(pc.sum(money.filter(readable)))

    def _add_floats(self, values):
        floats = values.drop_null().to_numpy(zero_copy_only=False).astype(float)
        with np.errstate(invalid="ignore"):
            readable = (np.abs(floats) < LIMIT) & (np.round(floats, 4) == floats)
        self.unreadable_count += int((~readable).sum())
        units = np.rint(floats[readable] * 10_000).astype(np.int64)
        high, low = int((units >> 32).sum()), int((units & 0xFFFFFFFF).sum())
        self.total += Decimal((high << 32) + low) / 10_000


def fits_money(kind):
    """Whether an Arrow decimal type has no more digits than decimal(18, 4) has."""
    if not pa.types.is_decimal(kind):
        return False
    return 0 <= kind.scale <= 4 and kind.precision - kind.scale <= 14


def is_below_limit(money):
    """Whether every amount of an Arrow array is below the limit on either side of 0."""
    ends = pc.min_max(money).as_py()
    return all(end is None or abs(end) < LIMIT for end in ends.values())
