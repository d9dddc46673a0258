"""Command line: ``python -m simulation --size sample --out DIR [--seed N]``."""

import argparse

from simulation.faults import spoil
from simulation.retailer import simulate
from simulation.sizes import parse_size
from simulation.writing import CsvSink, ParquetSink

DEFAULT_SEED = 20261031


def main():
    """Make one retailer and write its raw tables."""
    parser = argparse.ArgumentParser(prog="simulation", description=__doc__)
    parser.add_argument(
        "--size", default="sample", help="sample, or transaction lines: 250k, 1m, 100m"
    )
    parser.add_argument("--out", required=True, help="folder for the raw tables")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    arguments = parser.parse_args()
    size = parse_size(arguments.size)
    if size.is_sample:
        sink = CsvSink(arguments.out)
        simulate(size, arguments.seed, sink)
        sink.close(spoil)
    else:
        sink = ParquetSink(arguments.out)
        simulate(size, arguments.seed, sink)
        sink.close()


if __name__ == "__main__":
    main()
