"""Finds the files of a raw table in the raw folder, and names what is none."""

import difflib
import re

FORMATS = {".csv": "csv", ".parquet": "parquet"}


class FilesError(Exception):
    """One sentence for the person who handed over the files."""


def stranger_notices(entry, known):
    """Say what is left out: no table of the contract, or no file that is read."""
    if entry.is_dir() or entry.suffix.lower() in FORMATS:
        if table_name(entry) not in known:
            near = near_table(entry, known)
            hint = f" (did you mean {near}?)" if near else ""
            yield f"{entry.name} is no table of the contract, left out{hint}"
    elif entry.name.split(".")[0] in known:
        yield f"{entry.name} is no .csv or .parquet file, left out"


def table_name(entry):
    """The table that a file or folder is called like."""
    return entry.name if entry.is_dir() else entry.stem


def near_table(entry, known):
    """The table of the contract that a stranger may be meant for, or None."""
    tables = {letters(name): name for name in known}
    near = difflib.get_close_matches(letters(table_name(entry)), tables, 1, 0.7)
    return tables[near[0]] if near else None


def letters(name):
    """A name without case, years and punctuation."""
    return re.sub(r"[\W\d_]", "", name.lower())


def files_of(folder, table):
    """The files of a table in name order, and what in its folder is none of them."""
    name = table["name"]
    found = sorted(
        path
        for path in folder.iterdir()
        if path.stem == name and path.suffix.lower() in FORMATS and path.is_file()
    )
    parts, others = [], []
    if (folder / name).is_dir():
        for path in sorted((folder / name).iterdir()):
            if path.suffix.lower() in FORMATS and path.is_file():
                parts.append(path)
            elif not path.name.startswith((".", "_")):
                others.append(f"{name}/{path.name}")
        if not parts:
            raise FilesError(
                f"{name}/ holds no .csv or .parquet file; add one or remove the folder."
            )
    if found and parts:
        raise FilesError(
            f"{name} is there as the file {found[0].name} and as the folder {name}/; "
            "keep one of them."
        )
    if len(found) > 1:
        raise FilesError(
            f"{name} is there twice, as {' and '.join(p.name for p in found)}; "
            "keep one of them, or put the parts into a folder of that name."
        )
    if table["is_mandatory"] and not found + parts:
        raise FilesError(
            f"{name}.csv or {name}.parquet is missing in '{folder}'; the tables cards "
            f"and transactions are mandatory{rename_hint(folder, table)}."
        )
    return found + parts, other_notices(others)


def other_notices(others):
    """Say once for a table what in its folder is left out."""
    if not others:
        return []
    more = len(others) - 1
    who = f"{others[0]} and {more} more are" if more else f"{others[0]} is"
    return [f"{who} no .csv or .parquet file, left out"]


def rename_hint(folder, table):
    """What lies there under a name near that of a missing table, and what to do."""
    name, known = table["name"], table["table_names"]
    found = [
        entry
        for entry in sorted(folder.iterdir())
        if entry.is_dir() or entry.suffix.lower() in FORMATS
        if not entry.name.startswith((".", "_"))
        if table_name(entry) not in known and near_table(entry, known) == name
    ]
    if not found:
        return ""
    if len(found) == 1:
        suffix = "" if found[0].is_dir() else found[0].suffix.lower()
        return f"; found {found[0].name}: rename it to {name}{suffix}"
    names = ", ".join(entry.name for entry in found)
    return f"; found {names}: put what belongs to it into a folder {name}"
