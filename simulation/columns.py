"""From whole numbers to Arrow columns: ids, labels, money, days, moments.

Inside the generator money and quantities are whole ten-thousandths, days and moments
are whole numbers (days.py); MISSING stands for null in all of them, -1 in positions.
"""

import numpy as np
import pyarrow as pa

from simulation.contract import TABLES, TYPES
from simulation.days import EPOCH_DAY

MISSING = np.iinfo(np.int64).min
FEN = 100  # ten-thousandths of a yuan
YUAN = 10_000


def yuan(amount):
    """Yuan as whole ten-thousandths, rounded to the fen."""
    return np.rint(np.asarray(amount) * 100).astype(np.int64) * FEN


def id_width(count):
    """Digits that hold `count` ids."""
    return len(str(int(count)))


def ids(prefix, numbers, width):
    """Text ids of one width such as `C00042`; a negative number gives null."""
    numbers = np.asarray(numbers, dtype=np.int64)
    lead = len(prefix)
    letters = np.empty((len(numbers), lead + width), dtype=np.uint8)
    letters[:, :lead] = np.frombuffer(prefix.encode(), dtype=np.uint8)
    rest = numbers.copy()
    for place in range(lead + width - 1, lead - 1, -1):
        rest, digit = np.divmod(rest, 10)
        letters[:, place] = digit + ord("0")
    offsets = np.arange(len(numbers) + 1, dtype=np.int64) * (lead + width)
    text = pa.LargeStringArray.from_buffers(
        len(numbers), pa.py_buffer(offsets), pa.py_buffer(letters)
    )
    return with_nulls(text.cast(pa.string()), numbers < 0)


def with_nulls(array, is_null):
    """The array with null where told."""
    if not is_null.any():
        return array
    return pa.compute.if_else(pa.array(~is_null), array, pa.scalar(None, array.type))


def labels(words, positions):
    """The word at each position; a negative position gives null."""
    positions = np.asarray(positions)
    return pa.array(list(words)).take(pa.array(positions, mask=positions < 0))


def decimals(numbers, kind):
    """Whole ten-thousandths as decimals, without rounding."""
    halves = np.empty((len(numbers), 2), dtype=np.int64)
    halves[:, 0] = numbers
    halves[:, 1] = numbers >> 63
    plain = pa.Array.from_buffers(kind, len(numbers), [None, pa.py_buffer(halves)])
    return with_nulls(plain, numbers == MISSING)


def column(values, kind):
    """Values of one column (numbers, booleans, a list or Arrow) as its Arrow type."""
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values.cast(TYPES[kind])
    if isinstance(values, list) or values.dtype in (bool, object, np.float64):
        return pa.array(values, type=TYPES[kind])
    numbers = np.asarray(values, dtype=np.int64)
    if kind in ("money", "quantity"):
        return decimals(numbers, TYPES[kind])
    is_null = numbers == MISSING
    if kind == "date":
        numbers = numbers + EPOCH_DAY
    if kind == "timestamp":
        numbers = numbers * 1_000_000
    safe = np.where(is_null, 0, numbers) if is_null.any() else numbers
    width = np.int32 if kind in ("date", "integer") else np.int64
    return pa.array(safe.astype(width), mask=is_null).cast(TYPES[kind])


def row_count(batch):
    """How many rows a batch holds."""
    return len(next(iter(batch.values())))


def arrow_table(table, batch):
    """A batch (column name to values) as an Arrow table; a column left out is null."""
    layout = TABLES[table]
    unknown = set(batch) - set(layout)
    if unknown:
        raise KeyError(f"{table} has no column {sorted(unknown)}")
    count = row_count(batch)
    arrays = [
        column(batch[name], kind) if name in batch else pa.nulls(count, TYPES[kind])
        for name, kind in layout.items()
    ]
    return pa.table(arrays, names=list(layout))
