"""What is tried on a running cluster once its marts are compared.

The raw door on Spark refuses in one sentence what cannot be built, and a day that is
delivered twice changes no mart. All of it on the cluster of the comparison, and in this
process: to start Spark or dbt once more costs more than what is tried.
"""

import os
from pathlib import Path

from compare import compare_all
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.parser.manifest import extended_mashumaro_encoder, extended_mashumuro_decoder

PROJECT = Path(__file__).resolve().parents[2]
MANDATORY = "the tables cards and transactions are mandatory."
CARDS = "values ('C1', 'M1') as t (card_id, member_id)"
TRANSACTIONS = "values ('T1', '2024-01-05', '5') as t (transaction_id, occurred_at, {})"
SOUND = {"cards": CARDS, "transactions": TRANSACTIONS.format("net_amount")}

# The schema, its tables (None: there is no such schema), and the sentence.
REFUSALS = {
    "no schema": (
        "nowhere",
        None,
        "raw_dir 'nowhere' is not a schema; point raw_dir or CRM_RAW_DIR at the schema "
        "that holds cards and transactions.",
    ),
    "no name of a schema": (
        "seeds/raw",
        None,
        "raw_dir 'seeds/raw' must be, on Spark, the schema that holds the raw tables.",
    ),
    "an empty schema": (
        "bare",
        {},
        f"cards is missing in schema bare; {MANDATORY}",
    ),
    "no mandatory table": (
        "no_table",
        {"cards": CARDS},
        f"transactions is missing in schema no_table; {MANDATORY}",
    ),
    "no required column": (
        "no_column",
        {**SOUND, "transactions": TRANSACTIONS.format("amount")},
        "no_column.transactions: the required column net_amount is missing; the table "
        "has transaction_id, occurred_at, amount.",
    ),
    "a column written another way": (
        "renamed",
        {**SOUND, "cards": "values ('C1') as t (CardID)"},
        "renamed.cards: column 'cardid' is not in the contract and card_id is missing; "
        "rename it to card_id, or drop it.",
    ),
    "no rows": (
        "no_rows",
        {**SOUND, "cards": f"{CARDS} where false"},
        f"no_rows.cards holds no rows; {MANDATORY}",
    ),
    "no fit row": (
        "unfit",
        {**SOUND, "cards": "values (' ', 'M1'), ('', 'M2') as t (card_id, member_id)"},
        "cards: none of its 2 rows can be read; most often card_id: missing (2 rows, "
        "such as line ",
    ),
}
# What is built where the door lets all in: the first model that would refuse.
FIRST_JUDGED = "base_crm__cards"

# The tables of a day; the rows of a ticket come with it.
OF_A_DAY = ("transactions", "transaction_lines", "tenders")
AGAIN = "again.csv"
# What a day makes, as far as the facts that it would change first.
SHORT = (
    "base_pos__tenders",
    *(
        f"{base}+,+{fact}"
        for base in ("base_pos__transactions", "base_pos__transaction_lines")
        for fact in ("fct_transaction_lines", "fct_customer_days")
    ),
    "fct_customer_days+,+fct_customer_months",
)
# These tell what was handed over, so they tell of a day that came twice.
TELLING = {"quality.reconciliation", "quality.quarantined_rows"}


class Dbt:
    """dbt on Spark in this process, which parses the project once."""

    def __init__(self, folder, environment, port):
        self.environment = {
            **environment,
            "CRM_SPARK_PORT": str(port),
            "DBT_TARGET_PATH": str(folder / "trials"),
            "DBT_LOG_PATH": str(folder / "trials" / "logs"),
        }
        self.parsed = None
        self.parsed = self.run("parse").result.to_msgpack(extended_mashumaro_encoder)

    def run(self, *arguments, raw_schema="raw_tables"):
        """Run dbt; returns its result, with what it said as `said`."""
        manifest = self.parsed and Manifest.from_msgpack(
            self.parsed, decoder=extended_mashumuro_decoder
        )
        if manifest:
            manifest.build_flat_graph()
        said = []

        def listen(event):
            if event.info.level != "debug":
                said.append(event.info.msg)

        os.environ.update(self.environment, CRM_RAW_DIR=raw_schema)
        told = dbtRunner(manifest, [listen]).invoke(
            [
                *("--no-use-colors", *arguments, "--project-dir", str(PROJECT)),
                *("--profiles-dir", str(PROJECT / "profiles"), "--target", "spark"),
            ],
            log_level="none",
        )
        told.said = " ".join("\n".join([*said, str(told.exception or "")]).split())
        return told


def try_all(cursor, dbt, folder, tables_dir, nodes=None):
    """Try all; returns {"refusals": {name: said}, "redelivered": {...}}."""
    return {
        "redelivered": redeliver(cursor, dbt, folder, tables_dir, nodes or SHORT),
        "refusals": {
            name: refuse(cursor, dbt, schema, tables)
            for name, (schema, tables, _) in REFUSALS.items()
        },
    }


def refuse(cursor, dbt, schema, tables):
    """Build what must be refused; returns what dbt said."""
    if tables is not None:
        cursor.execute(f"create schema {schema}")
    for name, rows in (tables or {}).items():
        cursor.execute(f"create view {schema}.{name} as select * from {rows}")
    told = dbt.run("run", "--select", f"+{FIRST_JUDGED}", raw_schema=schema)
    return "Built: " * told.success + told.said


def told_days(cursor, table, column="told_on"):
    """How many told days are in a table."""
    cursor.execute(f"select count(distinct {column}) from {table}")
    ((count,),) = cursor.fetchall()
    return count


def redeliver(cursor, dbt, folder, tables_dir, nodes):
    """Hand over the busiest day once more in another file, build, and compare."""
    cursor.execute(
        "select substr(occurred_at, 1, 10) as day from raw_tables.transactions "
        "group by day order by count(*) desc, day asc limit 1"
    )
    ((day,),) = cursor.fetchall()
    cursor.execute(
        "create view again as select transaction_id from raw_tables.transactions "
        f"where substr(occurred_at, 1, 10) = '{day}'"
    )
    for name in reversed(OF_A_DAY):
        cursor.execute(
            f"insert into raw_tables.{name} select * except (file_name, file_line), "
            f"'{name}/{AGAIN}' as file_name, file_line from raw_tables.{name} "
            "semi join again using (transaction_id)"
        )
    built = dbt.run("run", "--select", *nodes)
    rebuilt = {
        f"{each.node.schema}.{each.node.alias}"
        for each in getattr(built.result, "results", ())
    }
    verdicts = {}
    for name in OF_A_DAY:
        cursor.execute(
            f"select verdict_code, count(*) from staging.base_pos__{name} "
            f"where file_name = '{name}/{AGAIN}' group by verdict_code"
        )
        verdicts[name] = dict(cursor.fetchall())
    return {
        "day": day,
        "is_built": built.success,
        "computed_days": told_days(cursor, "intermediate.int_standings__scored"),
        "told_months": told_days(cursor, "core.fct_customer_months", "month_end_on"),
        "said": built.said,
        "verdicts": verdicts,
        "differing": {
            each.name: each.differing_count
            for each in compare_all(
                folder / "spark" / "manifest.json",
                folder / "duckdb" / "crm.duckdb",
                tables_dir,
                lambda mart: mart in rebuilt - TELLING,
            )
        },
    }
