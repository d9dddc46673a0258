"""Reads the columns, row count and readable money of one Parquet file."""

import pyarrow as pa
import pyarrow.parquet as pq

UNFIT = (
    pa.types.is_nested,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_fixed_size_binary,
)


class ParquetError(Exception):
    """One sentence for the person who handed over the file."""


def read_parquet_file(path, file_name, copy, known, keep, amount):
    """Describe one Parquet file.

    `keep` matches its columns to the contract, `amount` adds up its money column;
    `copy` and `known` serve the CSV reader of the same shape. Returns the keys path,
    format, header, kept, kinds, row_count, rejected.
    """
    try:
        with pq.ParquetFile(path) as file:
            header = file.schema_arrow.names
            kept = keep(header)
            kinds = {
                name: kind_of(file.schema_arrow.types[i]) for i, name in kept.items()
            }
            for name, kind in kinds.items():
                if kind == "unfit":
                    raise ParquetError(
                        f"{file_name}: column {name} is nested or binary; give it as "
                        "text, number, date or boolean."
                    )
            if amount.column in kinds:
                column = next(header[i] for i in kept if kept[i] == amount.column)
                add_money(file, file_name, column, amount)
            row_count = file.metadata.num_rows
    except (pa.ArrowException, OSError) as refusal:
        raise ParquetError(
            f"{file_name} is no readable Parquet file (truncated or damaged); deliver "
            f"it again. {first_line(refusal)}"
        ) from None
    return {
        "path": path,
        "format": "parquet",
        "header": header,
        "kept": kept,
        "kinds": kinds,
        "row_count": row_count,
        "rejected": [],
    }


def add_money(file, file_name, column, amount):
    """Add up the money column; the one column that the raw door reads."""
    try:
        for batch in file.iter_batches(columns=[column]):
            amount.add_array(batch.column(0))
    except (pa.ArrowException, OSError):
        raise ParquetError(damaged(file_name, column)) from None


def damaged(file_name, column):
    """The sentence about a column of which a page cannot be read."""
    return (
        f"{file_name}: column {column} cannot be read, the file is damaged; deliver it "
        "again."
    )


def kind_of(data_type):
    """A name for the type of a column: equal where DuckDB reads equal types."""
    if pa.types.is_dictionary(data_type):
        return kind_of(data_type.value_type)
    if pa.types.is_null(data_type):
        return None
    if any(is_unfit(data_type) for is_unfit in UNFIT):
        return "unfit"
    if pa.types.is_timestamp(data_type) and data_type.tz:
        return "instant"
    if pa.types.is_string(data_type) or pa.types.is_large_string(data_type):
        return "text"
    return str(data_type)


def first_line(refusal):
    """The library's own reason, on one line and no longer than a sentence."""
    return str(refusal).splitlines()[0][:120] if str(refusal) else ""
