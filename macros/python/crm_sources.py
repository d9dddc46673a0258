"""Where raw tables can be fetched from: a database, a DuckDB file, stored Parquet.

A source lists its tables, tells the columns of a query and streams its rows, all of
one moment and without writing. Types that a Parquet file of the raw folder cannot hold,
or that lose something on the way (numbers of any length, padded text, identifiers of
16 bytes), come as text and are judged as that of a CSV file is.
"""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as pafs
import pyarrow.parquet as pq

BATCH_ROWS = 100_000
KEPT_BY_POSTGRES = {
    *("bool", "int2", "int4", "int8", "float4", "float8"),
    *("date", "timestamp", "timestamptz", "text", "varchar"),
}
KEPT_BY_DUCKDB = re.compile(
    r"U?(TINY|SMALL|BIG)?INT(EGER)?$|U?INTEGER$|DOUBLE$|FLOAT$|DECIMAL\([\d,]+\)$|"
    r"BOOLEAN$|DATE$|TIMESTAMP(_M?S|_NS| WITH TIME ZONE)?$|VARCHAR$"
)
SECRET = re.compile(r"(?i)(password|passwd|secret|token)\w*\s*=")
# What these errors say is of names and syntax; others may quote a value of a row.
TOLD_STATES = ("08", "25", "28", "3D", "42")
TOLD_ERRORS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.SyntaxException,
)


class SourceError(Exception):
    """One sentence for the person at the keyboard."""


def open_source(address: str):
    """The source that an address means."""
    refuse_password(address)
    if address.startswith(("postgresql://", "postgres://")):
        return Postgres(address)
    if address.endswith((".duckdb", ".db")):
        return DuckDb(address)
    if "://" in address or Path(address).is_dir():
        return Lake(address)
    raise SourceError(
        "FROM is no source: give postgresql://user@host/database, a .duckdb file, or a "
        "folder of Parquet files, such as s3://bucket/folder."
    )


def refuse_password(address: str) -> None:
    """A command line is seen by others and kept by the shell."""
    _, _, place = address.partition("://")
    before_host, _, _ = place.rpartition("@")
    if ":" in before_host or SECRET.search(unquote(address)):
        raise SourceError(
            "FROM holds a password, which others can see: give it in the environment "
            "(PGPASSWORD, AWS_SECRET_ACCESS_KEY) or in ~/.pgpass, and FROM without it."
        )


class Postgres:
    """A PostgreSQL database by ADBC: one read-only transaction, one snapshot."""

    def __init__(self, address: str):
        import adbc_driver_postgresql.dbapi

        os.environ.setdefault("PGCONNECT_TIMEOUT", "10")
        os.environ["PGCLIENTENCODING"] = "UTF8"
        try:
            self.connection = adbc_driver_postgresql.dbapi.connect(address)
        except adbc_driver_postgresql.dbapi.Error as error:
            raise SourceError(unconnected(str(error))) from None
        # What goes wrong amid the rows comes out of Arrow's reader.
        self.refused = (adbc_driver_postgresql.dbapi.Error, OSError)
        self.cursor = self.connection.cursor()
        self.cursor.execute("set transaction isolation level repeatable read read only")

    def tables(self) -> set[str]:
        """The tables and views of the search path."""
        self.cursor.execute(
            "select relname from pg_class where pg_table_is_visible(oid) "
            "and relkind in ('r', 'p', 'v', 'm', 'f') "
            "and relnamespace <> 'pg_catalog'::regnamespace"
        )
        return {name for (name,) in self.cursor.fetchall()}

    def columns(self, query: str) -> list[tuple[str, str]]:
        """Name and type of each column; the query is not run."""
        schema = self.ask(self.cursor.adbc_execute_schema, query)
        return [
            (field.name, (field.metadata or {}).get(b"POSTGRESQL:type", b"").decode())
            for field in schema
        ]

    def value(self, column: str, data_type: str) -> str:
        """The SQL of a column, as text where its type must be."""
        if data_type in KEPT_BY_POSTGRES:
            return column
        if data_type == "money":
            column = f"cast({column} as numeric)"
        return f"cast({column} as text)"

    def batches(self, query: str) -> pa.RecordBatchReader:
        """The rows of a query, as they come."""
        self.ask(self.cursor.execute, query)
        return self.cursor.fetch_record_batch()

    def ask(self, method, query: str):
        try:
            return method(query)
        except self.refused as refusal:
            raise SourceError(self.reason(refusal)) from None

    def reason(self, refusal: Exception) -> str:
        """What the server says, if it can be of no row's values."""
        said = re.search(r"ERROR:\s+(.*)[\s\S]*SQLSTATE: (\w+)", str(refusal))
        if said and said[2].startswith(TOLD_STATES):
            return said[1].strip()
        if "libpq" in str(refusal):
            return (
                "the server stopped amid the rows; a value that does not fit a cast of "
                "the query, perhaps, or the connection was lost"
            )
        return "reading or writing stopped"

    def close(self) -> None:
        self.connection.rollback()
        self.cursor.close()
        self.connection.close()


def unconnected(message: str) -> str:
    """Why no connection came about, and what to do."""
    said = message.split("Failed to connect: ")[-1].strip().splitlines()[0]
    said = re.sub(r".*?(FATAL|failed):\s+", "", said)
    remedies = {
        "password": "give the password of that user as PGPASSWORD or in ~/.pgpass",
        "does not exist": "check user and database in FROM",
    }
    remedy = next(
        (told for sign, told in remedies.items() if sign in message),
        "check host and port in FROM, and that the server is up",
    )
    return f"PostgreSQL does not let us in ({said}): {remedy}."


class DuckDb:
    """A DuckDB file, opened read-only."""

    refused = duckdb.Error

    def __init__(self, address: str):
        if not Path(address).is_file():
            raise SourceError(f"There is no file '{address}'.")
        try:
            self.connection = duckdb.connect(address, read_only=True)
        except duckdb.Error as refusal:
            raise SourceError(
                f"'{address}' cannot be opened: {first_line(refusal)}."
            ) from None
        self.connection.execute("set timezone = 'UTC'")

    def tables(self) -> set[str]:
        """The tables and views of the default schema."""
        return {name for (name,) in self.connection.execute("show tables").fetchall()}

    def columns(self, query: str) -> list[tuple[str, str]]:
        """Name and type of each column."""
        described = self.ask(f"describe {query}").fetchall()
        return [(name, data_type) for name, data_type, *_ in described]

    def value(self, column: str, data_type: str) -> str:
        """The SQL of a column, as text where its type must be."""
        if KEPT_BY_DUCKDB.match(data_type):
            return column
        return f"cast({column} as varchar)"

    def batches(self, query: str) -> pa.RecordBatchReader:
        """The rows of a query, as they come."""
        return self.ask(query).to_arrow_reader(BATCH_ROWS)

    def ask(self, query: str):
        try:
            return self.connection.sql(query)
        except duckdb.Error as refusal:
            raise SourceError(self.reason(refusal)) from None

    def reason(self, refusal: Exception) -> str:
        """What DuckDB says, if it can be of no row's values."""
        if isinstance(refusal, TOLD_ERRORS):
            return first_line(refusal)
        return f"DuckDB stopped reading ({type(refusal).__name__})"

    def close(self) -> None:
        self.connection.close()


class Lake(DuckDb):
    """Parquet in a folder, on this machine or on object storage.

    Queries see each file `<name>.parquet` and each folder `<name>` as a table. Without
    queries the files are taken one by one, since a later one corrects an earlier one.
    """

    def __init__(self, address: str):
        try:
            if "://" not in address:
                address = Path(address).absolute().as_uri()
            self.filesystem, self.root = pafs.FileSystem.from_uri(address)
            selector = pafs.FileSelector(self.root, recursive=True)
            found = self.filesystem.get_file_info(selector)
        except (OSError, pa.ArrowException) as refusal:
            raise SourceError(
                f"FROM cannot be listed: {first_line(refusal)[:200]}."
            ) from None
        self.files = sorted(
            info.path.removeprefix(self.root).strip("/")
            for info in found
            if info.is_file and info.path.endswith(".parquet")
        )
        self.connection = duckdb.connect()
        self.connection.execute("set timezone = 'UTC'")

    def make_tables(self) -> None:
        """Let queries see files and folders as tables."""
        tops = {}
        for file in self.files:
            tops.setdefault(file.split("/")[0], []).append(f"{self.root}/{file}")
        for top, files in tops.items():
            try:
                table = ds.dataset(
                    files,
                    filesystem=self.filesystem,
                    format="parquet",
                    partitioning="hive",
                )
            except (OSError, pa.ArrowException):
                raise SourceError(f"{top} is no readable Parquet.") from None
            self.connection.register(top.removesuffix(".parquet"), table)

    def files_of(self, table_name: str) -> list[str]:
        """The files of a table, named as in a raw folder."""
        return [
            file
            for file in self.files
            if file == f"{table_name}.parquet"
            or (file.startswith(f"{table_name}/") and file.count("/") == 1)
        ]

    def open_file(self, file: str) -> pq.ParquetFile:
        """One of the files."""
        return pq.ParquetFile(self.filesystem.open_input_file(f"{self.root}/{file}"))


def first_line(refusal: Exception) -> str:
    """A library's reason, on one line and without its kind."""
    line = (str(refusal).splitlines() or [""])[0]
    return re.sub(r"^\w+ Error: ", "", line).rstrip("!. ")
