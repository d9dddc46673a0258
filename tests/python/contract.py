"""The public contract: columns of the marts as the last release told them.

`python tests/python/contract.py` writes docs/contract.csv anew; it is run at a release,
and nowhere else. Until the first, it holds what was promised when it was begun.
"""

import csv
import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
RELEASED = PROJECT / "docs" / "contract.csv"
COLUMNS = ("mart", "column", "data_type")


def present():
    """{(schema.mart, column): type} of every public mart, from the models' YAML."""
    return {
        (f"{path.parent.name}.{model['name']}", column["name"]): column["data_type"]
        for path in sorted((PROJECT / "models" / "marts").glob("*/*.yml"))
        for model in read_yaml(path).get("models") or []
        for column in model["columns"]
    }


def read_yaml(path):
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def released():
    """The same of the last release."""
    with RELEASED.open(encoding="utf-8", newline="") as file:
        return {
            (row["mart"], row["column"]): row["data_type"]
            for row in csv.DictReader(file)
        }


def untold(before, after, changelog):
    """Sentences about what is gone or of another type, and in no row of the changelog.

    A row of its newest section tells it, `| removed | `schema.mart` | `column`, ... |`;
    a mart that is gone altogether needs no columns.
    """
    told = changes(changelog)
    marts = {mart for mart, _ in after}
    sentences = set()
    for (mart, column), data_type in before.items():
        if mart not in marts:
            if mart not in told:
                sentences.add(f"{mart} is gone")
        elif column not in told.get(mart, ()):
            if (mart, column) not in after:
                sentences.add(f"{mart}.{column} is gone")
            elif after[mart, column] != data_type:
                sentences.add(
                    f"{mart}.{column} is {after[mart, column]}, was {data_type}"
                )
    return sorted(sentences)


def changes(changelog):
    """{schema.mart: columns} of the tables in the newest section of the changelog."""
    told = {}
    for row in re.findall(
        r"^\| *(?:removed|renamed|retyped).*", newest(changelog), re.M
    ):
        _, _, mart, columns, *_ = row.split("|")
        for name in re.findall(r"`([^`]+)`", mart):
            told.setdefault(name, set()).update(re.findall(r"`([^`]+)`", columns))
    return told


def newest(changelog):
    """The newest section: heading and text, up to the next one."""
    return re.search(r"^## .*?(?=^## |\Z)", changelog, re.M | re.S)[0]


def main():
    with RELEASED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*place, kind) for place, kind in present().items())
    print(f"Wrote {RELEASED.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
