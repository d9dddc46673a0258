"""How big a retailer is: everything else is in proportion to these few numbers."""

from dataclasses import dataclass

SUFFIXES = {"k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Size:
    """What a size means; `line_count` is a target, met within two per cent."""

    line_count: int  # transaction lines over the two years
    person_count: int  # customers with a card, idle ones included
    product_count: int
    store_count: int  # shops with a door; the online shop comes on top
    lines_per_ticket: float
    identified_share: float  # of tickets: those that carry a card
    window_buyer_count: int | None  # exact number of buyers in the last 12 months
    is_sample: bool = False  # CSV with faults, instead of typed Parquet


SAMPLE = Size(
    line_count=36_800,
    person_count=1_640,
    product_count=120,
    store_count=6,
    lines_per_ticket=2.25,
    identified_share=0.49,
    window_buyer_count=1_000,
    is_sample=True,
)


def parse_size(text):
    """`sample`, or a number of transaction lines such as `250k`, `1m`, `100m`."""
    if text == "sample":
        return SAMPLE
    number, unit = text[:-1], SUFFIXES.get(text[-1:].lower())
    lines = int(float(number) * unit) if unit else int(text)
    if lines < 50_000:
        raise ValueError("at least 50k lines; for less there is the sample")
    return Size(
        line_count=lines,
        person_count=lines // 100,
        product_count=min(5_000, max(120, lines // 1_000)),
        store_count=min(200, max(6, lines // 100_000)),
        lines_per_ticket=4.0,
        identified_share=0.40,
        window_buyer_count=None,
    )
