"""Raw folders made of texts and columns, and builds of them without their tests."""

import csv
import io

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

WITHOUT_TESTS = (
    "--exclude-resource-type",
    "test",
    "--exclude-resource-type",
    "unit_test",
)


def write_csv(folder, files, encodings=None):
    """Write each text as the raw file of its name; lines may be indented."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "\n".join(line.strip(" ") for line in text.strip().split("\n"))
        path.write_bytes((lines + "\n").encode((encodings or {}).get(name, "utf-8")))
    return folder


def write_parquet(folder, tables):
    """Write the columns of each table as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder


def damage_column(path, column):
    """Spoil the pages of a column of a Parquet file, and nothing else of it."""
    group = pq.read_metadata(path).row_group(0)
    chunks = map(group.column, range(group.num_columns))
    (chunk,) = (chunk for chunk in chunks if chunk.path_in_schema == column)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    content = bytearray(path.read_bytes())
    for i in range(start + 40, start + chunk.total_compressed_size):
        content[i] ^= 0xA5
    path.write_bytes(content)


def as_text_parquet(source, target):
    """The same raw files as Parquet of text columns; their ragged lines left out.

    Returns {(file, line): (Parquet file, row)} of the lines that were kept.
    """
    places = {}
    for path in sorted(source.rglob("*.csv")):
        text = path.read_text(encoding="utf-8", errors="replace")
        header, *records = list(csv.reader(io.StringIO(text, newline="")))
        name = path.relative_to(source)
        copy = target / name.with_suffix(".parquet")
        copy.parent.mkdir(parents=True, exist_ok=True)
        rows = []
        for line, record in enumerate(records, 2):
            if len(record) == len(header):
                rows.append([cell or None for cell in record])
                places[name.as_posix(), line] = (
                    copy.relative_to(target).as_posix(),
                    len(rows),
                )
        columns = [pa.array(column, pa.string()) for column in zip(*rows)]
        pq.write_table(pa.table(columns, names=header), copy)
    return places


def build_models(dbt, raw, folder, *selection, **settings):
    """Build all models or those selected, without tests, to look at the work file."""
    built = dbt.run(
        "build", *WITHOUT_TESTS, *selection, folder=folder, raw=raw, **settings
    )
    assert built.exit_code == 0, built.output[-4000:]
    return built


def work(built, sql):
    """Rows of a query on the two work files."""
    with duckdb.connect() as connection:
        for name in ("crm", "facts"):
            path = built.folder / f"{name}.duckdb"
            connection.execute(f"attach '{path}' as {name} (read_only)")
        connection.execute("set search_path = 'crm.core,facts.core'")
        return connection.execute(sql).fetchall()
