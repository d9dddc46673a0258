"""One raw table through the raw door, without dbt: what it told, what DuckDB reads."""

import json
from dataclasses import dataclass
from decimal import Decimal

import crm_landing
import crm_personal
import duckdb

ORDERS = {
    "name": "orders",
    "table_names": ["orders", "order_lines"],
    "is_mandatory": False,
    "amount_column": "amount",
    "columns": [
        {"name": "order_id", "is_required": True, "is_personal": False},
        {"name": "note", "is_required": False, "is_personal": False},
        {"name": "amount", "is_required": False, "is_personal": False},
    ],
}


@dataclass
class Landed:
    """The answer of the raw door about one table."""

    told: dict

    @property
    def error(self):
        return self.told["error"]

    @property
    def notices(self):
        return self.told["notices"]

    @property
    def file(self):
        (file,) = self.told["files"]
        return file

    @property
    def is_plain(self):
        return self.file["format"] == "csv"

    @property
    def rejected(self):
        if self.told["rejected"] is None:
            return []
        lines = f"select file_line, reason_code from ({self.told['rejected']})"
        return duckdb.sql(f"{lines} order by all").fetchall()

    @property
    def amount(self):
        return Decimal(self.file["amount"])

    def rows(self, columns="order_id, note, amount, file_line"):
        """What DuckDB reads, in the order of the lines."""
        with duckdb.connect(config={"preserve_insertion_order": "false"}) as connection:
            crm_personal.register(connection)
            connection.execute(f"create view landed as {self.told['select']}")
            return connection.execute(
                f"select {columns} from landed order by file_name, file_line"
            ).fetchall()


def land(folder, table=ORDERS):
    """Land the table from a folder of raw files."""
    told = crm_landing.land_table(
        str(folder), json.dumps(table), str(folder.parent / "landing")
    )
    return Landed(json.loads(told))


def land_text(folder, text, encoding="utf-8"):
    """Write the text (or bytes) as orders.csv and land it."""
    folder.mkdir(exist_ok=True)
    content = text if isinstance(text, bytes) else text.encode(encoding)
    (folder / "orders.csv").write_bytes(content)
    return land(folder)
