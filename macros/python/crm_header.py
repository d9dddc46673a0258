"""Matches the header of a raw file to the columns of its table, or refuses it."""

import difflib
import re

# What a column may be called. Where line 1 holds anything else it may be a row of data,
# of which no value is shown.
NAME = re.compile(r"[^\W\d][^\d@]{0,60}\d{0,2}")


class HeaderError(Exception):
    """One sentence for the person who handed over the file."""


def required_columns(table):
    """Columns that a file of the table must have."""
    return [c["name"] for c in table["columns"] if c["is_required"]]


def keep(header, file_name, table):
    """Match a header to the contract: {position: contract column}, or refuse."""
    names = [column["name"] for column in table["columns"]]
    heads = [head.strip().lower() for head in header]
    kept = {i: head for i, head in enumerate(heads) if head in names}
    for name in names:
        if heads.count(name) > 1:
            raise HeaderError(
                f"{file_name}: column {name} stands twice in the header; keep one."
            )
    refuse_renamed(names, kept, header, file_name)
    missing = [name for name in required_columns(table) if name not in kept.values()]
    if missing:
        raise HeaderError(missing_sentence(missing, kept, header, file_name))
    return kept


def refuse_renamed(names, kept, header, file_name):
    """Refuse a column that is one of the contract but for its spelling."""
    absent = [name for name in names if name not in kept.values()]
    for i, given in enumerate(header):
        near = difflib.get_close_matches(plain(given), map(plain, absent), 1, 0.85)
        if i not in kept and near:
            name = absent[[plain(name) for name in absent].index(near[0])]
            raise HeaderError(
                f"{file_name}: column '{given.strip()}' is not in the contract and "
                f"{name} is missing; rename it to {name}, or drop it."
            )


def missing_sentence(missing, kept, header, file_name):
    """What a header lacks, and its names if they are names."""
    found = [" ".join(head.split()) for head in header if head.strip()]
    is_header = bool(found) and all(NAME.fullmatch(name) for name in found)
    if not kept and not is_header:
        return (
            f"{file_name} has no header: line 1 must name the columns, at least "
            f"{', '.join(missing)}."
        )
    told = f"; the header has {', '.join(found)}:" if is_header else " in line 1:"
    what, remedy = "column {} is", "rename the one that holds it, or add it"
    if len(missing) > 1:
        what, remedy = "columns {} are", "rename those that hold them, or add them"
    what = what.format(", ".join(missing))
    return f"{file_name}: the required {what} missing{told} {remedy}."


def plain(name):
    """A column name without case, spaces and punctuation, to find a renamed one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def extra_notices(files, table_name):
    """Say once for a table which columns of its files are outside the contract."""
    found = {}
    for file in files:
        for i, head in enumerate(file["header"]):
            if i not in file["kept"]:
                found.setdefault(head.strip(), set()).add(file["file_name"])
    if not found:
        return []
    where, told = files[0]["file_name"], ", ".join(found)
    if len(files) > 1:
        where = table_name
        told = ", ".join(f"{head} ({told_files(found[head])})" for head in found)
    return [f"{where}: outside the contract, left out: {told}"]


def told_files(names):
    """One file by its name, several by their number."""
    return min(names) if len(names) == 1 else f"{len(names)} files"
