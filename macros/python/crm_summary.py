"""The summary at the end of `make build`, read from the published file alone."""

import shlex
import textwrap
import unicodedata
from pathlib import Path

import duckdb

LEGS = ("read", "accepted", "duplicate", "superseded", "quarantined", "rejected")
WIDTH = 88


def summary(published_file: Path, folder: str, left_out: list[str]) -> str:
    """What was read, what is told, what is missing, and what to do next."""
    connection = duckdb.connect(str(published_file), read_only=True)
    try:
        parts = [
            legs_of_tables(connection, "quality.reconciliation"),
            quarantine(connection),
            unrated(connection),
            left_out_of_it(left_out),
            unknown_responses(connection),
            nothing_sold(connection),
            contradictions(connection),
            tiers(connection),
            unavailable(connection),
            partial(connection),
            next_steps(connection, published_file, folder),
        ]
    finally:
        connection.close()
    return "\n\n".join(part for part in parts if part)


def legs_of_tables(connection, relation: str) -> str:
    """How many rows of each raw table went which way, out of the relation of legs."""
    legs = ", ".join(f"sum(row_count) filter (leg_code = '{leg}')" for leg in LEGS)
    rows = query(
        connection,
        f"select table_name, {legs} from {relation} "
        "group by table_name having count(*) filter (leg_code = 'read') > 0 "
        "order by table_name",
    )
    present = [(name, *map(count, counts)) for name, *counts in rows if counts[0]]
    absent = [name for name, *counts in rows if not counts[0]]
    parts = [table(("raw table", *LEGS), present)] if present else []
    if absent:
        parts.append(
            paragraph("Not handed over, or without rows: their marts are empty", absent)
        )
    return "\n\n".join(parts)


def quarantine(connection) -> str:
    rows = query(connection, "select count(*) from quality.quarantined_rows")
    if not rows:
        return ""
    if not rows[0][0]:
        return "No row is in quarantine."
    reasons = query(
        connection,
        "select count(*) as row_count, table_name, reasons "
        "from quality.quarantined_rows group by table_name, reasons "
        "order by row_count desc, table_name, reasons limit 5",
    )
    return (
        f"{counted(rows[0][0], 'row is', 'rows are')} kept out of the marts; "
        "quality.quarantined_rows names file, line and reasons of each. Most often:\n\n"
        + "\n".join(f"  {count(n):>7}  {name}  {why}" for n, name, why in reasons)
    )


def unrated(connection) -> str:
    """Tickets in a currency of which no rate is known, and what to do about it."""
    rows = query(
        connection,
        "select count(*) from quality.quarantined_rows "
        "where contains(reasons, 'no_exchange_rate')",
    )
    if not rows or not rows[0][0]:
        return ""
    their = "its" if rows[0][0] == 1 else "their"
    return textwrap.fill(
        f"{counted(rows[0][0], 'ticket is', 'tickets are')} in a currency that has no "
        f"rate to the base currency on {their} day: name the base currency "
        "(base_currency in dbt_project.yml, or CRM_BASE_CURRENCY), and deliver "
        "exchange_rates for every other one.",
        WIDTH,
    )


def left_out_of_it(left_out: list[str]) -> str:
    """The files and columns that the contract does not know, the first ten of them."""
    lines = [f"  {line}" for line in left_out[:10]]
    if len(left_out) > len(lines):
        lines.append(f"  and {len(left_out) - len(lines)} more, see above.")
    head = "Not in the contract (a renamed file or column, perhaps):\n\n"
    return head + "\n".join(lines) if lines else ""


def unknown_responses(connection) -> str:
    """Types of response in words of the retailer's own, the first five of them."""
    rows = query(
        connection,
        "select response_type, count(*) as row_count, sum(count(*)) over () "
        "from core.fct_campaign_responses where not is_known_type "
        "group by response_type order by row_count desc, response_type limit 5",
    )
    if not rows:
        return ""
    words = ", ".join(f"{word} ({count(number)})" for word, number, _ in rows)
    return textwrap.fill(
        f"Responses of a type that rule_response_types does not list, taken for "
        f"answers: {count(rows[0][2])}. Most often: {words}.",
        WIDTH,
    )


def nothing_sold(connection) -> str:
    """A day to tell that lies before all tickets is most often a slip of the pen."""
    rows = query(
        connection,
        "select sum(row_count) filter (leg_code = 'fact'), "
        "sum(row_count) filter (leg_code = 'after_as_of') "
        "from quality.reconciliation where table_name = 'transactions'",
    )
    if not rows or rows[0][0] or not rows[0][1]:
        return ""
    return textwrap.fill(
        f"Every ticket lies after the day to tell (AS_OF), {count(rows[0][1])} in all: "
        "the marts are empty. Choose a later day.",
        WIDTH,
    )


# What the files say of something that they do not tell, or tell otherwise: how many,
# the one and the many of it, and what becomes of them.
CONTRADICTIONS = [
    (
        "select count(*) from core.fct_transactions where is_orphan_card",
        ("ticket shows", "tickets show"),
        "a card that is not among the cards: told as sales of nobody known.",
    ),
    (
        "select sum(house_card_count) from quality.card_resolutions",
        ("card is", "cards are"),
        "of the house, of staff or for tests (rule_house_cards), and in every sum.",
    ),
    (
        "select sum(card_count) from quality.card_resolutions "
        "where resolution_code = 'merge_cycle'",
        ("card is", "cards are"),
        "merged in a circle, and told apart.",
    ),
    (
        "select count(*) from core.fct_campaign_responses "
        "where is_opt_out and customer_id is null",
        ("opt-out is", "opt-outs are"),
        "of a member whom nobody knows: ids are compared letter by letter, so whoever "
        "is meant may still be on a list.",
    ),
    (
        "select count(*) from funnel.agg_funnel_stages "
        "where breakdown_name = 'all' and not is_mapped",
        ("word for a stage is", "words for a stage are"),
        "not in rule_funnel_stage_words: last in the funnel.",
    ),
    (
        "select count(*) from core.fct_funnel_events where is_orphan_entity",
        ("move is", "moves are"),
        "of a lead or opportunity that is not told: in no funnel.",
    ),
    (
        "select count(*) from core.fct_leads where converted_on < created_on",
        ("lead was", "leads were"),
        "converted before coming in: followed from the day of coming in.",
    ),
    (
        "select count(*) from core.fct_opportunities "
        "where is_won != (stage_kind = 'won') and stage_kind in ('won', 'lost')",
        ("opportunity has", "opportunities have"),
        "a stage that says won and an is_won that says lost, or the other way: told "
        "by is_won.",
    ),
    (
        "select count(*) from core.fct_coupon_redemptions as redemptions "
        "inner join core.dim_coupons as coupons using (coupon_id) "
        "where not coupons.is_known "
        "and exists (from core.dim_coupons where is_known)",
        ("redemption is", "redemptions are"),
        "of a coupon that is not among the coupons: told without what it promised.",
    ),
    (
        "select count(*) from core.fct_surveys "
        "where question = 'nps' and coalesce(scale_max, 10) != 10",
        ("answer to nps is", "answers to nps are"),
        "on another scale than 0 to 10: in no NPS.",
    ),
]


def contradictions(connection) -> str:
    lines = []
    for sql, (one, many), what in CONTRADICTIONS:
        rows = query(connection, sql)
        if rows and rows[0][0]:
            lines.append(f"{counted(rows[0][0], one, many)} {what}")
    return "\n".join(textwrap.fill(line, WIDTH) for line in lines)


def tiers(connection) -> str:
    days = query(
        connection,
        "select max(as_of_on), max(window_start_on) from core.fct_customers",
    )
    rows = query(
        connection,
        "select tier_code, tier_name, tier_name_zh, customer_count, net_sales_amount, "
        "net_sales_share from segments.agg_pyramid_tiers order by tier_code",
    )
    if not rows or not days or days[0][0] is None:
        return ""
    head = ("tier", "name", "", "customers", "net sales", "share")
    body = [
        (*names, count(customers), money(sales), percent(share))
        for *names, customers, sales, share in rows
    ]
    as_of, window_start = days[0]
    return f"As of {as_of}; buyers since {window_start}:\n\n" + table(head, body, 3)


def unavailable(connection) -> str:
    rows = query(
        connection,
        "select concat(schema_name, '.', mart_name), reason "
        "from quality.feature_status where not is_available order by all",
    )
    if not rows:
        return ""
    head = "Empty or in part unknown, for want of data:\n\n"
    return head + table(("mart", "why"), rows, 2)


def partial(connection) -> str:
    """The marts of which a part is unknown, by what is wanting."""
    rows = query(
        connection,
        "select reason, concat(schema_name, '.', mart_name) "
        "from quality.feature_status where status_code = 'partial' order by all",
    )
    wanting = {}
    for reason, mart in rows:
        for each in reason.split(", "):
            wanting.setdefault(each, []).append(mart)
    return "\n".join(
        paragraph(f"Unknown in part ({why})", marts)
        for why, marts in sorted(wanting.items())
    )


def next_steps(connection, published_file: Path, folder: str) -> str:
    tables = query(connection, "select count(*) from duckdb_tables()")[0][0]
    megabytes = published_file.stat().st_size / 1e6
    path = shlex.quote(str(Path(folder) / published_file.name))
    pages = [
        shlex.quote(str(Path(folder) / name))
        for name in ("dashboard.html", "dictionary.html")
    ]
    out = "" if folder == "warehouse" else f" OUT={shlex.quote(folder)}"
    return "\n".join(
        [
            f"Published {tables} tables, {megabytes:,.1f} MB: {published_file}",
            "",
            "Next:",
            f"  {pages[0]:<30}  the figures as one page, for a browser",
            f"  {pages[1]:<30}  what every table and column means",
            f"  {'make docs' + out:<30}  how each came about, step by step",
            "  make build RAW=<your folder>    your own data, see README.md",
            f"  duckdb -readonly {path}",
        ]
    )


def query(connection, sql: str) -> list[tuple]:
    """Rows of a query; none where this build has no such table or column."""
    try:
        return connection.execute(sql).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return []


def paragraph(head: str, words: list[str]) -> str:
    return textwrap.fill(f"{head}: {', '.join(words)}.", WIDTH, subsequent_indent="  ")


def count(number) -> str:
    return f"{int(number or 0):,}"


def counted(number, one: str, many: str) -> str:
    return f"{count(number)} {one if number == 1 else many}"


def money(amount) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def percent(share) -> str:
    return "" if share is None else f"{share:.1%}"


def table(head: tuple, rows: list[tuple], text_count: int = 1) -> str:
    """Columns side by side: the first `text_count` to the left, others to the right."""
    cells = [
        tuple("" if cell is None else str(cell) for cell in row)
        for row in (head, *rows)
    ]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = [
            pad(cell, widths[index], is_text=index < text_count)
            for index, cell in enumerate(row)
        ]
        lines.append(("  " + "  ".join(padded)).rstrip())
    return "\n".join(lines)


def pad(cell: str, to_width: int, is_text: bool) -> str:
    space = " " * (to_width - width(cell))
    return cell + space if is_text else space + cell


def width(text: str) -> int:
    """Columns on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
