"""What was promised to readers is kept, or the changelog says that it is not."""

import re
import tomllib

from conftest import PROJECT
from contract import newest, present, read_yaml, released, untold

CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_whatever_is_gone_or_retyped_is_in_the_changelog():
    assert untold(released(), present(), CHANGELOG) == []


def test_a_column_that_goes_silently_is_noticed():
    before = {("core.a", "b"): "int", ("core.a", "c"): "int", ("core.gone", "d"): "int"}
    after = {("core.a", "c"): "string", ("core.a", "e"): "int"}
    older = "\n## 0.1.0\n\n| removed | `core.a` | `b` | |\n"
    assert untold(before, after, "## 0.2.0\n" + older) == [
        "core.a.b is gone",
        "core.a.c is string, was int",
        "core.gone is gone",
    ]
    told = (
        "## 0.2.0\n\n| renamed | `core.a` | `b` → `e` | a better name |\n"
        "| retyped | `core.a` | `c` | codes have letters |\n"
        "| removed | `core.gone` | all | nobody read it |\n"
    )
    assert untold(before, after, told + older) == []


def test_there_is_one_version():
    """Of the dbt project, of its Python settings, and the newest of the changelog."""
    told = re.match(r"## (\d+\.\d+\.\d+)", newest(CHANGELOG))[1]
    python = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert read_yaml(PROJECT / "dbt_project.yml")["version"] == told
    assert python["project"]["version"] == told


def test_no_unit_test_binds_a_rule_to_this_project():
    """Rows of a rule come from tests/fixtures: a link to the seed's file.

    dbt would read them from the seed while it parses, and refuse a project that has its
    own seed in the place of ours.
    """
    bound = [
        f"{path.name}: {test['name']}"
        for path in (PROJECT / "models").rglob("*.yml")
        for test in read_yaml(path).get("unit_tests") or []
        for given in test["given"]
        if "rows" not in given and "fixture" not in given
    ]
    assert bound == []
    for fixture in (PROJECT / "tests" / "fixtures").iterdir():
        assert (
            fixture.read_bytes()
            == (PROJECT / "seeds" / "rules" / fixture.name).read_bytes()
        )
