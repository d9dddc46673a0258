"""docs/questions.md answers each of the seventy questions by something that exists."""

import re

import pytest
import yaml
from conftest import PROJECT

PAGE = PROJECT / "docs" / "questions.md"
REPORT_COUNT = 14


def tables():
    """Rows of the page's tables, as lists of cells, by the heading above them."""
    found, heading = {}, None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("|") and not re.match(r"\|[\s:|-]+\|$", line):
            found.setdefault(heading, []).append(
                [cell.strip() for cell in line.strip("|").split("|")]
            )
    return {heading: rows[1:] for heading, rows in found.items()}


@pytest.fixture(scope="module")
def questions():
    return tables()["The seventy questions"]


@pytest.fixture(scope="module")
def reports():
    return tables()["Reports on customers"]


@pytest.fixture(scope="module")
def columns():
    """{mart: its columns}, as the YAML of each says."""
    told = {}
    for path in (PROJECT / "models" / "marts").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            told[model["name"]] = {column["name"] for column in model["columns"]}
    return told


def links(cell):
    """Files that a cell links to."""
    return [PAGE.parent / path for path in re.findall(r"\]\(([^)]+)\)", cell)]


def marts(cell):
    """{mart: columns named} of a cell such as `a` (`b`, `c`); `d`."""
    return {
        mart: re.findall(r"`(\w+)`", named)
        for mart, named in re.findall(r"`(\w+)`(?: \(([^)]*)\))?", cell)
    }


def refs(path):
    return set(re.findall(r"ref\('(\w+)'\)", path.read_text(encoding="utf-8")))


def test_all_seventy_are_there(questions):
    assert [number for number, *_ in questions] == [str(n) for n in range(1, 71)]
    assert all(re.search(r"[\u4e00-\u9fff]", row[2]) for row in questions)


def test_each_names_marts_columns_analyses_and_tests_that_exist(questions, columns):
    wrong = []
    for number, _, _, mart_cell, analysis_cell, test_cell in questions:
        named = marts(mart_cell)
        if not (named and links(analysis_cell) and links(test_cell)):
            wrong.append((number, "something is missing"))
        for mart, names in named.items():
            unknown = set(names) - columns.get(mart, set())
            if mart not in columns or unknown:
                wrong.append((number, mart, unknown))
        for path in links(analysis_cell) + links(test_cell):
            if not path.is_file():
                wrong.append((number, path.name))
    assert wrong == []


def test_each_analysis_reads_what_its_question_names(questions):
    wrong = [
        (number, path.name)
        for number, _, _, mart_cell, analysis_cell, _ in questions
        for path in links(analysis_cell)
        if path.is_file() and not refs(path) & set(marts(mart_cell))
    ]
    assert wrong == []


def test_each_customer_report_is_an_analysis_of_public_marts(reports, columns):
    assert len(reports) == REPORT_COUNT
    for name, _, analysis_cell in reports:
        paths = links(analysis_cell)
        assert paths, name
        for path in paths:
            assert refs(path) <= set(columns), path.name
