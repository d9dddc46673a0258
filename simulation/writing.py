"""Where the rows go: CSV for the sample, typed Parquet for the large sizes."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.columns import arrow_table, row_count
from simulation.contract import MONTHLY_TABLES, TABLES, schema_of
from simulation.days import month_name

ROW_GROUP = 500_000  # rows


def text_of(value):
    """A value as CSV text: at least two decimals if any, `true`/`false`, '' = null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.5f}"
    if isinstance(value, Decimal):
        short = value.normalize()
        if short == short.to_integral_value():
            return f"{short:.0f}"
        return f"{short:f}" if short.as_tuple().exponent < -2 else f"{short:.2f}"
    return str(value)


def clear_table(folder, table):
    """Remove what an earlier run wrote for a table."""
    shutil.rmtree(folder / table, ignore_errors=True)
    for suffix in ("csv", "parquet"):
        (folder / f"{table}.{suffix}").unlink(missing_ok=True)


class CsvSink:
    """Collects all rows, then writes one CSV per table, UTF-8 with a header."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.parts = {table: [] for table in TABLES}

    def add(self, table, batch, month=None):
        """Take one batch of rows."""
        self.parts[table].append(arrow_table(table, batch))

    def rows(self, table):
        """The rows of a table so far, as lists of text."""
        whole = pa.concat_tables([schema_of(table).empty_table(), *self.parts[table]])
        texts = [[text_of(v) for v in c.to_pylist()] for c in whole.columns]
        return [list(row) for row in zip(*texts)]

    def close(self, spoil=None):
        """Write the files; `spoil(table, rows)` may add faults."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for table, layout in TABLES.items():
            clear_table(self.folder, table)
            rows = self.rows(table)
            if spoil:
                rows = spoil(table, rows)
            path = self.folder / f"{table}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(layout)
                writer.writerows(rows)


class ParquetSink:
    """Writes batches as they come; the large tables as one file a month."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.writers = {}
        for table in TABLES:
            clear_table(self.folder, table)

    def add(self, table, batch, month=None):
        """Write one batch of rows."""
        if table in MONTHLY_TABLES:
            path = self.folder / table / f"{month_name(month)}.parquet"
            path.parent.mkdir(exist_ok=True)
            with self._open(path, table) as writer:
                self._write(writer, table, batch)
        else:
            if table not in self.writers:
                path = self.folder / f"{table}.parquet"
                self.writers[table] = self._open(path, table)
            self._write(self.writers[table], table, batch)

    def close(self):
        """Close the files that grew batch by batch."""
        for writer in self.writers.values():
            writer.close()

    @staticmethod
    def _write(writer, table, batch):
        """Convert and write group by group, to keep the memory small."""
        for start in range(0, row_count(batch), ROW_GROUP):
            part = slice(start, start + ROW_GROUP)
            rows = {name: values[part] for name, values in batch.items()}
            writer.write_table(arrow_table(table, rows))

    @staticmethod
    def _open(path, table):
        return pq.ParquetWriter(
            path, schema_of(table), compression="zstd", store_decimal_as_integer=True
        )
