"""What `make fetch` runs: raw tables out of a database or storage, as a raw folder.

FROM says where they lie, TO names the folder, SQL a folder of queries, one
`<raw table>.sql` each; without it tables are taken by their names. See
docs/connections.md.

Only columns of the contract are asked for. Of those that are personal the folder holds
digests, as copies of the raw door do. The folder appears when everything has been
read, and replaces only what was fetched before.
"""

import difflib
import os
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import crm_personal
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from crm_contract import raw_contract
from crm_header import HeaderError, extra_notices, keep
from crm_sources import BATCH_ROWS, Lake, SourceError, open_source

MARK = "_fetched"
# Days from 1970 to the years 1 and 10,000; how many numbers a day is, by type or unit.
FIRST_DAY, LAST_DAY = -719_162, 2_932_897
TICKS = {"date32[day]": 1, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000}


class FetchError(Exception):
    """One sentence for the person at the keyboard."""


@dataclass
class Part:
    """A file of the raw folder to be: its name, table, columns, and what reads it."""

    file_name: str
    table: dict
    header: list[str]
    kept: dict[int, str]  # position in the header -> column of the contract
    source: object
    place: str  # a query, or a file of the lake

    def read(self) -> pa.RecordBatchReader:
        """The rows, with the names of the contract."""
        if not self.place.endswith(".parquet"):
            return self.source.batches(self.place)
        file = self.source.open_file(self.place)
        heads = [self.header[i] for i in self.kept]
        fields = [file.schema_arrow.field(head) for head in heads]
        schema = pa.schema(
            field.with_name(name) for field, name in zip(fields, self.kept.values())
        )
        batches = (
            pa.record_batch([batch.column(head) for head in heads], schema=schema)
            for batch in file.iter_batches(BATCH_ROWS, columns=heads)
        )
        return pa.RecordBatchReader.from_batches(schema, batches)


def main() -> int:
    told = [os.environ.get(name, "").strip() for name in ("FROM", "TO", "SQL")]
    try:
        print("\n".join(fetch(*told)), flush=True)
    except (FetchError, SourceError) as refusal:
        print(f"{refusal} Nothing was fetched.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was fetched.", file=sys.stderr)
        return 130
    return 0


def fetch(address: str, to: str, sql: str = "") -> list[str]:
    """Fetch every table into the folder; return what to tell."""
    if not address or not to:
        raise FetchError("Say from where and into which folder: make fetch FROM= TO=.")
    folder = Path(to).absolute()
    if folder.exists() and not (folder / MARK).exists() and any_in(folder):
        raise FetchError(
            f"'{to}' holds what was not fetched: name a new folder, since a fetch "
            "replaces the whole of it."
        )
    contract = raw_contract()
    queries = read_queries(Path(sql), contract) if sql else {}
    source = open_source(address)
    try:
        parts = plan(source, contract, queries)
        counts = write_folder(parts, folder)
    finally:
        source.close()
    return report(parts, counts, contract, to)


def any_in(folder: Path) -> bool:
    return not folder.is_dir() or any(folder.iterdir())


def read_queries(folder: Path, contract: dict) -> dict[str, str]:
    """The queries of a folder by the raw table that each one makes."""
    queries = {path.stem: path for path in sorted(folder.glob("*.sql"))}
    if not queries:
        raise FetchError(f"SQL '{folder}' holds no <raw table>.sql.")
    for name in queries:
        if name not in contract:
            near = difflib.get_close_matches(name, contract, 1)
            hint = f"; did you mean {near[0]}.sql?" if near else "."
            raise FetchError(f"{name}.sql is no table of the contract{hint}")
    return {
        name: path.read_text(encoding="utf-8").strip().rstrip(";")
        for name, path in queries.items()
    }


def plan(source, contract: dict, queries: dict[str, str]) -> list[Part]:
    """Every part that is to be read, its columns checked before any row is."""
    if isinstance(source, Lake) and not queries:
        parts = [
            part_of_file(source, file, table)
            for name, table in contract.items()
            for file in source.files_of(name)
        ]
    else:
        if isinstance(source, Lake):
            source.make_tables()
        if not queries:
            there = source.tables()
            queries = {
                name: f'select * from "{name}"' for name in contract if name in there
            }
        parts = [
            part_of_query(source, query, contract[name])
            for name, query in queries.items()
        ]
    found = {part.table["name"] for part in parts}
    for name, table in contract.items():
        if table["is_mandatory"] and name not in found:
            raise FetchError(
                f"There is no table {name}, and cards and transactions are mandatory: "
                f"say in {name}.sql of the folder SQL= what makes it."
            )
    return parts


def part_of_file(source, file: str, table: dict) -> Part:
    """A file of the lake, as it lies."""
    try:
        with source.open_file(file) as opened:
            header = opened.schema_arrow.names
        return Part(file, table, header, keep(header, file, table), source, file)
    except (OSError, pa.ArrowException):
        raise FetchError(f"{file} is no readable Parquet file.") from None
    except HeaderError as refusal:
        raise FetchError(str(refusal)) from None


def part_of_query(source, query: str, table: dict) -> Part:
    """A query, narrowed to the columns of the contract where the data lies."""
    name = table["name"]
    try:
        # An unfinished comment at the end of a query must not swallow the bracket.
        inner = f"(\n{query}\n) as mapped"
        columns = source.columns(f"select * from {inner}")
        header = [column for column, _ in columns]
        kept = keep(header, name, table)
    except SourceError as refusal:
        raise FetchError(f"{name}: {refusal}.") from None
    except HeaderError as refusal:
        raise FetchError(str(refusal)) from None
    selected = ", ".join(
        f"{source.value(quoted(header[i]), columns[i][1])} as {quoted(column)}"
        for i, column in kept.items()
    )
    select = f"select {selected} from {inner}"
    return Part(f"{name}.parquet", table, header, kept, source, select)


def write_folder(parts: list[Part], folder: Path) -> list[int]:
    """Write every part into a new folder, then put it in the place of the old."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as refusal:
        raise FetchError(
            f"Cannot write beside '{folder}' ({refusal.strerror})."
        ) from None
    try:
        new = scratch / "new"
        new.mkdir(mode=0o700)
        (new / MARK).write_text(f"{datetime.now().astimezone():%F %T %z}\n")
        counts = [write_part(part, new) for part in parts]
        if folder.exists():
            folder.rename(scratch / "old")
        new.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return counts


def write_part(part: Part, folder: Path) -> int:
    """Stream the rows of a part into its file; return their number."""
    name = part.table["name"]
    path = folder / part.file_name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return write_batches(part.read(), path, part.table)
    except SourceError as refusal:
        raise FetchError(f"{name}: {refusal}.") from None
    except part.source.refused as refusal:
        raise FetchError(f"{name}: {part.source.reason(refusal)}.") from None
    except pa.ArrowException:
        raise FetchError(f"{name}: a value cannot be read or written.") from None
    except OSError as refusal:
        raise FetchError(f"{name}: {refusal.strerror or 'reading stopped'}.") from None


def write_batches(batches: pa.RecordBatchReader, path: Path, table: dict) -> int:
    """Write batches as one Parquet file, digests in place of what is personal."""
    personal = {c["name"] for c in table["columns"] if c["is_personal"]}
    schema = pa.schema(
        field.with_type(pa.string()) if field.name in personal else field
        for field in batches.schema
    )
    row_count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            check_days(batch, table["name"])
            columns = [
                crm_personal.digest_array(pc.cast(column, pa.string()))
                if field.name in personal
                else column
                for field, column in zip(schema, batch.columns)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))
            row_count += batch.num_rows
    return row_count


def check_days(batch: pa.RecordBatch, table_name: str) -> None:
    """Refuse days beyond any calendar, as databases write for no end."""
    for field, column in zip(batch.schema, batch.columns):
        is_moment = pa.types.is_timestamp(field.type)
        ticks = TICKS.get(field.type.unit if is_moment else str(field.type))
        if ticks is None:
            continue
        numbers = column.view(pa.int32() if ticks == 1 else pa.int64())
        ends = pc.min_max(numbers).as_py()
        if ends["min"] is not None and (
            ends["min"] < FIRST_DAY * ticks or ends["max"] >= LAST_DAY * ticks
        ):
            raise FetchError(
                f"{table_name}: column {field.name} holds a day outside the years 1 to "
                "9999 (infinity, perhaps): make it null in a query of SQL=."
            )


def report(parts: list[Part], counts: list[int], contract: dict, to: str) -> list[str]:
    """The rows of each table, what is left out, and what to do next."""
    rows = {}
    for part, count in zip(parts, counts):
        rows[part.table["name"]] = rows.get(part.table["name"], 0) + count
    lines = [f"  {name:24}{count:>14,} rows" for name, count in rows.items()]
    for name in rows:
        files = [vars(part) for part in parts if part.table["name"] == name]
        lines += extra_notices(files, name)
    absent = [name for name in contract if name not in rows]
    lines += [f"Not there: {', '.join(absent)}."] if absent else []
    return [*lines, f"Next: make check RAW={to}"]


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


if __name__ == "__main__":
    # A process that is told to end leaves no half of a folder either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):  # a terminal was closed; there is none on Windows
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    sys.exit(main())
