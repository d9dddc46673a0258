"""What `make explain CUSTOMER=…` runs: one customer with every score and its reason.

CUSTOMER is a customer_id of the marts, or a card_id. OUT is the folder of the build.
What is shown is asked by reports/explain, in the order of the names there.
"""

import os
import sys
import textwrap
from pathlib import Path

from crm_marts import MartsError, open_marts, told_folder
from crm_summary import WIDTH, pad, width

PROJECT = Path(__file__).resolve().parents[2]
QUERIES = PROJECT / "reports" / "explain"


class ExplainError(Exception):
    """One sentence for the person at the keyboard."""


def main() -> int:
    try:
        print(explain(told_folder(), os.environ.get("CUSTOMER", "").strip()))
    except (ExplainError, MartsError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def explain(folder: Path, name: str) -> str:
    """All that the marts say of the customer, as a page of text."""
    if not name:
        raise ExplainError("Say whom to explain: make explain CUSTOMER=<customer_id>.")
    with open_marts(folder) as connection:
        customer_id = find_customer(connection, name)
        connection.execute("set variable customer_id = $1", [customer_id])
        rows = [
            row
            for path in sorted(QUERIES.glob("*.sql"))
            for row in connection.execute(path.read_text(encoding="utf-8")).fetchall()
        ]
        ((as_of, cards),) = connection.execute(
            "select (select max(as_of_on) from core.fct_customers), "
            "count(*) from core.dim_cards where customer_id = ?",
            [customer_id],
        ).fetchall()
    head = f"Customer {customer_id}, as of {as_of}; {cards} card(s)"
    return "\n".join([head, "", *(line for row in rows for line in shown(row))])


def find_customer(connection, name: str) -> str:
    """The customer of that id, or behind the card of that id."""
    found = connection.execute(
        "select customer_id from core.dim_customers where customer_id = $name "
        "union all "
        "select customer_id from core.dim_cards where card_id = $name",
        {"name": name},
    ).fetchone()
    if found is None:
        raise ExplainError(
            f"{name} is neither a customer_id nor a card_id of these marts; "
            "segments.seg_customers lists all customers."
        )
    return found[0]


def shown(row: tuple) -> list[str]:
    """A subject and its answer on one line, the reason below it."""
    subject, answer, reason = row
    indent = " " * 24
    lines = [f"  {pad(subject, 20, is_text=True)}  {answer or ''}".rstrip()]
    if reason and width(reason) + len(indent) <= WIDTH:
        lines.append(indent + reason)
    elif reason:
        lines += textwrap.wrap(
            reason, WIDTH, initial_indent=indent, subsequent_indent=indent
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
