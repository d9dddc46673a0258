"""Reads the columns, row count and readable money of one Parquet file."""

import pyarrow as pa
import pyarrow.parquet as pq

NESTED = (pa.types.is_nested, pa.types.is_binary, pa.types.is_large_binary)


class ParquetError(Exception):
    """One sentence for the person who handed over the file."""


def read_parquet_file(path, file_name, copy, known, keep, amount):
    """Describe one Parquet file.

    `keep` matches its columns to the contract, `amount` adds up its money column;
    `copy` and `known` serve the CSV reader of the same shape. Returns the keys path, format,
    header, kept, row_count, rejected.
    """
    try:
        with pq.ParquetFile(path) as file:
            header = file.schema_arrow.names
            kept = keep(header)
            for i, name in kept.items():
                kind = file.schema_arrow.field(i).type
                if any(is_unfit(kind) for is_unfit in NESTED):
                    raise ParquetError(
                        f"{file_name}: column {name} has the type {kind}; give it as "
                        "text, number, date or boolean."
                    )
            position = {name: i for i, name in kept.items()}.get(amount.column)
            if position is not None:
                for batch in file.iter_batches(columns=[header[position]]):
                    amount.add_array(batch.column(0))
            row_count = file.metadata.num_rows
    except (pa.ArrowException, OSError) as refusal:
        raise ParquetError(
            f"{file_name} is no readable Parquet file (truncated or damaged); deliver "
            f"it again. {first_line(refusal)}"
        ) from None
    return {
        "path": str(path),
        "format": "parquet",
        "header": header,
        "kept": kept,
        "row_count": row_count,
        "rejected": [],
    }


def first_line(refusal):
    """The library's own reason, on one line and no longer than a sentence."""
    return str(refusal).splitlines()[0][:120] if str(refusal) else ""
