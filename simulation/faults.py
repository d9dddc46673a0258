"""A handful of bad rows for the sample, so that a user sees quarantine at work.

Every fault is listed in README.md with its count. None touches a row that others need:
bad rows have keys of their own, and the duplicate repeats an ordinary ticket.
"""

DUPLICATED_TICKET = 100  # place in the file of the ticket that stands there twice
TICKETS = (  # occurred_at, net_amount, transaction_type
    ("T90001", "2026-03-14 15:09:26", "12.34567", "sale"),  # five decimals
    ("T90002", "2026-02-30 11:00:00", "88.00", "sale"),  # no such day
    ("T90003", "2026-04-01 12:00:00", "59.90", "return"),  # a return above zero
    ("T90004", "2099-06-01 12:00:00", "45.00", "sale"),  # the future
    ("T90005", "2026-05-05 18:20:00", "75.00", "sale"),  # two different rows …
    ("T90005", "2026-05-05 18:20:00", "57.00", "sale"),  # … with one key
)
RAGGED_TICKET = ["T90006", "2026-06-06 16:45:00", "30.00"]  # three of twelve columns
LINE_NUMBER = "99"  # a line more for the duplicated ticket, of "two" pieces
MEMBER = "M90001"  # born on a day that does not exist

BAD_KEYS = {
    "transactions": {ticket[0] for ticket in TICKETS} | {RAGGED_TICKET[0]},
    "members": {MEMBER},
}


def spoil(table, rows):
    """Add the faults of a table to its rows (lists of text)."""
    faults = {
        "transactions": bad_tickets,
        "transaction_lines": bad_lines,
        "members": bad_members,
    }
    return rows + faults[table](rows) if table in faults else rows


def bad_tickets(rows):
    """Six rows for quarantine, an exact duplicate, and a line that cannot be split."""
    plain = [
        [key, at, amount, "", "S1", "store", kind, "", "", "", "", "CNY"]
        for key, at, amount, kind in TICKETS
    ]
    return [*plain, rows[DUPLICATED_TICKET], RAGGED_TICKET]


def bad_lines(rows):
    """One line whose quantity is a word."""
    ticket = f"T{DUPLICATED_TICKET + 1:05d}"
    return [[ticket, LINE_NUMBER, rows[0][2], "two", "10.00", "0", "", "", ""]]


def bad_members(rows):
    """One member with an impossible birth date."""
    row = [""] * len(rows[0])
    row[0], row[1], row[5], row[10] = MEMBER, "person", "1990-13-45", ""
    return [row]
