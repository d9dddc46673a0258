"""Publishing: public tables go from the work file into a new file beside the old.

dbt-duckdb loads this module as a plugin (profiles.yml). It keeps two builds out of one
folder. Where `is_publishing` is set, a build of everything starts from new work files,
and at the end of a green one it writes `marts.duckdb.new` and renames it onto
`marts.duckdb`, so that a reader always finds a whole file, old or new. The macro
`publish_marts` decides whether to publish.

The work files are crm.duckdb and, for tickets and their lines, facts.duckdb: where they
are large, the new file begins as a copy of the latter.
"""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

try:
    import fcntl
except ImportError:  # Windows; there DuckDB's own lock on the work file remains
    fcntl = None

PUBLISHED_NAME = "marts.duckdb"
FACTS_NAME = "facts.duckdb"
SPILL_NAME = "spill"  # of rows that do not fit in memory
FACTS = "facts"  # its name in SQL
BEFORE = "before"  # what is published when the build begins, to take past months from
STORAGE_VERSION = "v1.4.0"  # DuckDB 1.4.5 and everything later reads it

# Up to this size a table is sorted and declares its key. For 10 million lines the index
# costs twice their copy and a gigabyte of memory: larger ones are copied as they lie.
LARGE_TABLE_ROW_COUNT = 1_000_000

_locks: dict[Path, object] = {}  # folder -> open lock file, held until the process ends


class Plugin(BasePlugin):
    """Guards the folder of the work file, and publishes from it."""

    def initialize(self, plugin_config):
        self.connection = None
        self.is_publishing = plugin_config.get("is_publishing", False)
        if self.creds is None or self.creds.path == ":memory:":
            return
        self.creds.path = str(place_work_file(self.creds.path))
        folder = Path(self.creds.path).absolute().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock_folder(folder)
            remove_leftovers(folder)
            if self.is_publishing and is_build_of_everything():
                # A file keeps the bytes of what was deleted from it, people who asked
                # to be forgotten included.
                remove_database(Path(self.creds.path))
                remove_database(folder / FACTS_NAME)
        except OSError as error:
            raise DbtRuntimeError(
                f"Cannot write in the folder {folder} ({error.strerror}): make it "
                "writable, or name another by CRM_WAREHOUSE_DIR (with make: by OUT)."
            ) from error

    def update_connection_config(self, creds, config):
        spill = Path(creds.path).absolute().with_name(SPILL_NAME)
        config.setdefault("temp_directory", str(spill))

    def configure_connection(self, conn):
        self.connection = conn
        if self.is_publishing:
            facts_file = Path(self.creds.path).absolute().with_name(FACTS_NAME)
            attach(conn, facts_file, FACTS)
            attach_before(conn, facts_file.with_name(PUBLISHED_NAME))

    def store(self, target_config):
        """Publish what the macro planned; tell the outcome in the same dictionary."""
        plan = target_config.config
        folder = Path(self.creds.path).absolute().parent
        try:
            plan["outcome"] = publish(self.connection.cursor(), folder, plan["tables"])
        except (OSError, duckdb.Error) as error:
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            plan["error"] = f"{PUBLISHED_NAME} was left as it was: {reason}"


def place_work_file(path: str) -> Path:
    """Put a work file that the profile gives a name only into CRM_WAREHOUSE_DIR.

    dbt parses everything anew when a profile's path changes. This one never does.
    """
    if Path(path).name != path:
        return Path(path)
    return Path(os.environ.get("CRM_WAREHOUSE_DIR") or "warehouse") / path


def is_build_of_everything() -> bool:
    """Tell whether dbt was asked for a build without a selection."""
    flags = get_flags()
    return flags.WHICH == "build" and not any(
        getattr(flags, name, None)
        for name in (
            "SELECT",
            "EXCLUDE",
            "SELECTOR",
            "RESOURCE_TYPES",
            "EXCLUDE_RESOURCE_TYPES",
        )
    )


def lock_folder(folder: Path) -> None:
    """Take the folder for the life of this process, or say who has it."""
    if fcntl is None or folder in _locks:
        return
    lock_file = open(folder / ".lock", "a+")  # noqa: SIM115 - held, not closed
    try:
        fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock_file.seek(0)
        holder = lock_file.read().strip() or "unknown"
        lock_file.close()
        raise DbtRuntimeError(
            f"Another build is running in {folder} (process {holder}): wait for it, or "
            "name another folder by CRM_WAREHOUSE_DIR (with make: by OUT)."
        ) from None
    lock_file.truncate(0)
    lock_file.write(str(os.getpid()))
    lock_file.flush()
    _locks[folder] = lock_file


def release_folders() -> None:
    """Give the folders back before the process ends, for tests in one process."""
    while _locks:
        _locks.popitem()[1].close()


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed build may have left: half a new file, spilled rows."""
    remove_database(folder / f"{PUBLISHED_NAME}.new")
    shutil.rmtree(folder / SPILL_NAME, ignore_errors=True)


def remove_database(path: Path) -> None:
    path.unlink(missing_ok=True)
    Path(f"{path}.wal").unlink(missing_ok=True)


def publish(cursor, folder: Path, tables: list[dict]) -> str:
    """Copy `tables` into a new file, put it in the published one's place, say so."""
    started_at = time.monotonic()
    new_file, published_file = folder / f"{PUBLISHED_NAME}.new", folder / PUBLISHED_NAME
    refuse_wal(published_file)
    remove_database(new_file)
    catalog = read_catalog(cursor, [table["database"] for table in tables])
    rows = {found: described["row_count"] for found, described in catalog.items()}
    facts = [table for table in tables if table["database"] == FACTS]
    is_large = any(rows[place(table)] > LARGE_TABLE_ROW_COUNT for table in facts)
    as_built = facts if is_large else []
    try:
        if as_built:
            copy_facts(cursor, folder / FACTS_NAME, new_file)
        write(cursor, [t for t in tables if t not in as_built], catalog, new_file)
        refuse_wal(new_file)
        refuse_wal(published_file)
        swap(new_file, published_file)
    except BaseException:
        with suppress(OSError):
            remove_database(new_file)
        raise
    megabytes = published_file.stat().st_size / 1e6
    seconds = time.monotonic() - started_at
    return (
        f"Published {len(tables)} tables with "
        f"{sum(rows[place(table)] for table in tables):,} rows ({megabytes:,.1f} MB) "
        f"in {seconds:.1f} s: {published_file}"
    )


def place(table: dict) -> tuple[str, str, str]:
    return table["database"], table["schema"], table["name"]


def copy_facts(cursor, facts_file: Path, new_file: Path) -> None:
    """Begin the new file with the facts, all of whose rows are in their file."""
    cursor.execute(f"checkpoint {FACTS}")
    refuse_wal(facts_file)
    shutil.copyfile(facts_file, new_file)


def write(cursor, tables: list[dict], catalog: dict, new_file: Path) -> None:
    """Copy these tables into the new file, and close it."""
    # Rows keep the order they are given in: the same input gives the same file.
    setting = "preserve_insertion_order"
    before = cursor.execute(f"select current_setting('{setting}')").fetchone()[0]
    cursor.execute(f"set {setting} = true")
    attach(cursor, new_file, "published")
    try:
        cursor.execute("begin")
        for table in tables:
            copy_table(cursor, table, catalog[place(table)])
        cursor.execute("commit")
        cursor.execute("checkpoint published")
    except duckdb.Error:
        with suppress(duckdb.Error):
            cursor.execute("rollback")
        raise
    finally:
        with suppress(duckdb.Error):
            cursor.execute("detach published")
            cursor.execute(f"set {setting} = {before}")


def read_catalog(cursor, databases: list[str]) -> dict[tuple, dict]:
    """Row count, comment and columns of each table of these databases."""
    catalog = {
        tuple(found): {"row_count": row_count, "comment": comment, "columns": []}
        for *found, row_count, comment in cursor.execute(
            "select database_name, schema_name, table_name, estimated_size, comment "
            "from duckdb_tables() where database_name in ?",
            [databases],
        ).fetchall()
    }
    for *found, column, data_type, is_nullable, comment in cursor.execute(
        "select database_name, schema_name, table_name, column_name, data_type, "
        "is_nullable, comment from duckdb_columns() where database_name in ? "
        "order by database_name, schema_name, table_name, column_index",
        [databases],
    ).fetchall():
        if tuple(found) in catalog:
            catalog[tuple(found)]["columns"].append(
                (column, data_type, is_nullable, comment)
            )
    return catalog


def copy_table(cursor, table: dict, described: dict) -> None:
    """Make one table with its key and comments, and fill it."""
    _, schema, name = place(table)
    source = identifier(*place(table))
    target = identifier("published", schema, name)
    is_large = described["row_count"] > LARGE_TABLE_ROW_COUNT
    key = [] if is_large else table["key"]
    key_columns = ", ".join(map(identifier, key))

    definitions = [
        f"{identifier(column)} {data_type}" + ("" if is_nullable else " not null")
        for column, data_type, is_nullable, _ in described["columns"]
    ]
    if key:
        definitions.append(f"primary key ({key_columns})")
    statements = [
        f"create schema if not exists {identifier('published', schema)}",
        f"create table {target} ({', '.join(definitions)})",
    ]
    if described["comment"]:
        statements.append(f"comment on table {target} is {text(described['comment'])}")
    for column, _, _, comment in described["columns"]:
        if comment:
            statements.append(
                f"comment on column {target}.{identifier(column)} is {text(comment)}"
            )
    cursor.execute(";".join(statements))

    order = "" if is_large else f" order by {key_columns or 'all'}"
    cursor.execute(f"insert into {target} select * from {source}{order}")


def swap(new_file: Path, published_file: Path) -> None:
    """Put the new file in the old one's place; a power cut leaves one or the other."""
    sync(new_file)
    new_file.chmod(0o444)
    new_file.replace(published_file)
    sync(published_file.parent)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_wal(path: Path) -> None:
    """Refuse a log beside a file: it would be replayed into the next, or bar it."""
    if Path(f"{path}.wal").exists():
        raise OSError(
            0,
            f"{path}.wal is there, so somebody opened that file for writing; "
            "close it, remove the .wal file and build again",
        )


def attach(connection, path: Path, name: str) -> None:
    """Open a database of the version that readers know, beside the work file."""
    connection.execute(
        f"attach {text(path)} as {name} (storage_version {text(STORAGE_VERSION)})"
    )


def attach_before(connection, path: Path) -> None:
    """Open what was published, if there is something that can be read."""
    if path.exists():
        with suppress(duckdb.Error):
            connection.execute(f"attach {text(path)} as {BEFORE} (read_only)")


def identifier(*parts: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def text(value) -> str:
    return "'" + str(value).replace("'", "''") + "'"
