"""What sqlfluff takes the project's macros for: it renders SQL without dbt.

sqlfluff loads this as the library `crm_warehouse`. A macro stands for a call of the
same name, unless it is one of those below.
"""

QUERIES = {
    "accepted",
    "empty_legs",
    "judged",
    "mart_needs",
    "resolved_cards",
    "violations",
}
VALUES = {
    "as_of_date": "2026-10-31",
    "checked_integer": 1,
    "frequency_unit": "purchase_day",
    "landed_classes": {},
    "judged_fault": [("true", "'missing'")],
    "matches": "true",
    "own_nodes": [],
    "own_sources": [],
    "raw_table": {},
    "raw_table_names": [("pos", "transactions")],
}


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)

    def macro(*arguments, **named_arguments):
        if name in VALUES:
            return VALUES[name]
        if name in QUERIES:
            texts = [text for text in arguments if isinstance(text, str)]
            return f"select * from {(texts or ['placeholders'])[0]}"
        given = [*arguments, *named_arguments.values()]
        return f"{name}({', '.join(map(str, given))})"

    return macro
