"""The marts with their keys, and how those of each room hang on core."""

from crm_catalog import Mart, Reference, public_marts


def entities(manifest: dict) -> str:
    marts = public_marts(manifest)
    core = [mart for mart in marts if mart.schema == "core"]
    homes = homes_of_keys(core)
    systems = {
        each["name"]: each["source_name"] for each in manifest["sources"].values()
    }
    subjects = {}
    for mart in core:
        subjects.setdefault(subject(mart, systems), []).append(mart)
    parts = [
        "# Entities",
        "Facts and dimensions with their keys, drawn by `make pictures` from the "
        "contracts and tests of the models. A solid line is a reference that a test "
        "checks in every build; along a dashed one the columns have the same name, and "
        "what it finds may be nobody (a card that nobody knows). `PK` is the primary "
        "key, alone or together; `make docs` writes a dictionary of all columns.",
    ]
    for title in sorted(subjects):
        parts += [f"## Core: {title}", erd(subjects[title], core, homes)]
    for room in rooms(marts):
        its = [mart for mart in marts if mart.schema == room]
        tied = [mart for mart in its if references(mart, core, homes)]
        if room != "core":
            parts += [f"## {room.capitalize()}"]
            parts += [erd(tied, core, homes)] if tied else []
            parts += [alone([mart for mart in its if mart not in tied])]
    return "\n\n".join(part for part in parts if part) + "\n"


def subject(mart: Mart, systems: dict[str, str]) -> str:
    """In which of the pictures of core a mart is drawn."""
    if mart.name.startswith("dim_"):
        return "dimensions"
    if {"customer_id", "household_id"} & set(mart.key):
        return "facts of each customer"
    raw_table = mart.needs[0].split("|")[0].split(".")[0]
    return f"facts of the system `{systems[raw_table]}`"


def alone(marts: list[Mart]) -> str:
    """The marts that lead to no mart of core, with their keys."""
    if not marts:
        return ""
    lines = [f"- `{mart.name}`: {', '.join(mart.key)}" for mart in marts]
    return "Sums that lead to no row of core, and their keys:\n\n" + "\n".join(lines)


def rooms(marts: list[Mart]) -> list[str]:
    return list(dict.fromkeys(mart.schema for mart in marts))


def homes_of_keys(core: list[Mart]) -> dict[str, str]:
    """The table at which each key is at home: customer_id at dim_customers."""
    homes = {}
    for mart in core:
        if len(mart.key) == 1 and mart.key[0] not in mart.references:
            stem = mart.key[0].removesuffix("_id")
            plural = stem[:-1] + "ies" if stem.endswith("y") else stem + "s"
            if mart.name.endswith("_" + plural):
                homes[mart.key[0]] = mart.name
    return homes


def references(
    mart: Mart, core: list[Mart], homes: dict[str, str]
) -> dict[str, tuple[Reference, bool]]:
    """The core marts that a mart's columns lead to, and whether a test checks it."""
    names = {each.name for each in core}
    found = {}
    for column in mart.columns:
        tested = mart.references.get(column)
        if tested and tested.table in names:
            found[column] = tested, True
        elif not tested and homes.get(column, mart.name) != mart.name:
            found[column] = Reference(homes[column], column), False
    return found


def erd(marts: list[Mart], core: list[Mart], homes: dict[str, str]) -> str:
    """These marts and what of core they refer to, with the columns that tie them."""
    drawn = {mart.name for mart in marts}
    by_name = {mart.name: mart for mart in core}
    lines, ties, others = [], [], set()
    for mart in marts:
        found = references(mart, core, homes)
        columns = [c for c in mart.columns if c in mart.key or c in found]
        lines += entity(mart, columns, found)
        for column, (target, is_tested) in found.items():
            many = "|o" if mart.key == (column,) else "}o"
            is_known = is_tested and column in {*mart.key, *mart.required}
            one = "||" if is_known else "o|"
            line = many + ("--" if is_tested else "..") + one
            ties.append(f"    {mart.name} {line} {target.table} : {column}")
            others |= {target.table} - drawn
    for name in sorted(others):
        lines += entity(by_name[name], list(by_name[name].key), {})
    return "\n".join(
        ["```mermaid", "erDiagram", "    direction LR", *lines, *ties, "```"]
    )


def entity(mart: Mart, columns: list[str], found: dict) -> list[str]:
    def attribute(column: str) -> str:
        keys = ["PK"] * (column in mart.key) + ["FK"] * (column in found)
        kind = mart.columns[column].split("(")[0]
        return f"        {kind} {column} {', '.join(keys)}"

    return [f"    {mart.name} {{", *map(attribute, columns), "    }"]
