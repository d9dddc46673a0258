"""The data dictionary: whether all stands in it, and how a browser searches it."""

import re

import duckdb
import pytest
from browser import PALE
from conftest import PROJECT
from crm_dictionary import write_dictionary

PAGE = PROJECT / "reports" / "page"


@pytest.fixture(scope="module")
def dictionary(sample, dbt, tmp_path_factory):
    """The page of the sample's marts, in a folder of its own."""
    folder = tmp_path_factory.mktemp("dictionary")
    (folder / "marts.duckdb").symlink_to(sample.published_file)
    return write_dictionary(folder, dbt.manifest_file)


@pytest.fixture
def page(open_page, dictionary):
    return open_page(dictionary)


def search(page, words):
    page.get_by_role("searchbox").fill(words)


def columns_shown(page):
    """The columns that can be seen, as schema.table.column."""
    return page.evaluate(
        "[...document.querySelectorAll('.columns tbody tr')]"
        ".filter((row) => row.checkVisibility()).map((row) => row.id)"
    )


def marts_shown(page):
    return page.evaluate(
        "[...document.querySelectorAll('.mart')]"
        ".filter((mart) => mart.checkVisibility()).map((mart) => mart.id)"
    )


def test_every_published_mart_and_column_stands_in_it(page, sample):
    told = page.evaluate(
        "[...document.querySelectorAll('.columns tbody tr')].map((row) => "
        "[row.id, row.cells[1].textContent, row.cells[3].textContent])"
    )
    published = sample.query(
        "select concat_ws('.', schema_name, table_name, column_name), "
        "lower(data_type), comment from duckdb_columns() where not internal"
    )
    assert sorted(map(tuple, told)) == sorted(published)
    marts = dict(
        page.evaluate(
            "[...document.querySelectorAll('.mart')].map((mart) => "
            "[mart.id, mart.textContent])"
        )
    )
    comments = dict(
        sample.query(
            "select schema_name || '.' || table_name, comment from duckdb_tables()"
        )
    )
    assert marts.keys() == comments.keys()
    for name, comment in comments.items():
        assert all(part in marts[name] for part in comment.rstrip(".").split(". ", 1))


def test_keys_and_references_are_those_of_the_tests(page, dbt):
    told = page.evaluate(
        "[...document.querySelectorAll('.columns tbody tr')].flatMap((row) => "
        "[...row.querySelectorAll('.key a')].map((link) => "
        "[row.id, link.textContent.slice(2)]))"
    )
    nodes = dbt.manifest.nodes
    expected = []
    for test in nodes.values():
        of = getattr(test, "test_metadata", None)
        if of and of.name == "relationships":
            node = nodes[test.attached_node]
            target = re.search(r"'(\w+)'", of.kwargs["to"])[1]
            if node.schema != "rules" and not target.startswith("rule_"):
                column = of.kwargs["column_name"]
                field = of.kwargs["field"]
                refers = target if field == column else f"{target}.{field}"
                expected.append([f"{node.schema}.{node.name}.{column}", refers])
    assert sorted(told) == sorted(expected)
    assert len(expected) > 50


def test_a_mart_names_the_dashboards_that_show_it(page, dbt):
    told = page.evaluate(
        "[...document.querySelectorAll('.mart')].flatMap((mart) => "
        "[...mart.querySelectorAll('dt')].filter((it) => it.textContent == 'Shown in')"
        ".flatMap((it) => it.nextSibling.textContent.split(', ')"
        ".map((board) => [mart.id.split('.')[1], board])))"
    )
    expected = [
        [key.split(".")[-1], board.label]
        for board in dbt.manifest.exposures.values()
        for key in board.depends_on.nodes
    ]
    assert sorted(told) == sorted(expected)


def test_a_search_leaves_the_lines_that_hold_every_word(page, dictionary):
    everything = len(marts_shown(page))
    assert columns_shown(page) == [], "columns are folded until they are asked for"
    search(page, "CHURN rate")
    shown = columns_shown(page)
    assert "retention.agg_churn_months.churn_rate" in shown
    for line in shown:
        row = page.locator(f"[id='{line}']").text_content()
        text = f"{line} {row}".lower()
        assert "churn" in text and "rate" in text
    assert 0 < len(marts_shown(page)) < everything
    told = page.locator("output").text_content()
    assert told == f"{len(marts_shown(page))} marts, {len(shown)} columns"
    page.get_by_role("button", name="All of agg_churn_months").click()
    assert len(columns_shown(page)) > len(shown)
    search(page, "nothing of the kind")
    assert marts_shown(page) == []
    assert page.locator("#nothing").is_visible()
    search(page, "")
    assert len(marts_shown(page)) == everything


def test_it_is_found_by_chinese_words_and_by_questions(page):
    search(page, "客户金字塔")
    assert "segments.seg_pyramid" in marts_shown(page)
    search(page, "流失率")
    assert "retention.agg_churn_months.churn_rate" in columns_shown(page)
    search(page, "how many customers do we lose")
    assert "retention.agg_churn_months" in marts_shown(page)
    page.get_by_role("button", name="中文").click()
    assert page.locator("h1").text_content() == "数据字典"
    assert "个集市" in page.locator("output").text_content()


def test_a_reference_leads_to_its_mart_and_an_address_opens_one(open_page, dictionary):
    page = open_page(dictionary)
    search(page, "fct_transaction_lines product_id")
    page.get_by_role("link", name="dim_products").click()
    page.locator("[id='core.dim_products'][open]").wait_for()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_can_be_read_on_any_screen(open_page, dictionary, width, scheme):
    page = open_page(dictionary, width, scheme=scheme)
    search(page, "customer_id")
    assert len(columns_shown(page)) > 30
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(PALE) == []
    bare = "table:not(:has(caption)), th:not([scope]), button:empty, a:empty"
    assert page.locator(bare).count() == 0


def test_a_mart_that_the_data_cannot_fill_says_why(open_page, sample, dbt, tmp_path):
    (tmp_path / "marts.duckdb").write_bytes(sample.published_file.read_bytes())
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute(
            "update quality.feature_status set status_code = 'unavailable', "
            "status_name = 'Not available', reason = 'leads: not handed over' "
            "where mart_name = 'agg_pipeline'"
        )
    page = open_page(write_dictionary(tmp_path, dbt.manifest_file))
    mart = page.locator("[id='funnel.agg_pipeline']")
    assert mart.locator(".note").inner_text() == "Not available"
    assert page.locator(".note").count() == 1
    mart.locator("summary").click()
    assert mart.get_by_text("Not available (leads: not handed over)").is_visible()
    assert page.evaluate(PALE) == []


def test_every_chinese_name_is_of_something_and_every_mart_has_one(sample):
    marts, columns = (
        re.findall(r"^  (\w+): '", part, re.MULTILINE)
        for part in (PAGE / "mart_words.js").read_text("utf-8").split("COLUMN_WORDS")
    )
    tables = sample.query("select table_name from duckdb_tables() order by all")
    assert marts == [name for (name,) in tables]
    names = sample.query("select distinct column_name from duckdb_columns()")
    assert set(columns) <= {name for (name,) in names}
    assert columns == sorted(set(columns))
    dashboard = re.findall(
        r"^  (\w+): \[", (PAGE / "words.js").read_text("utf-8"), re.M
    )
    assert not set(columns) & set(dashboard), "said once, for both pages"


def test_the_page_is_the_same_each_time(dictionary, dbt):
    before = dictionary.read_bytes()
    again = write_dictionary(dictionary.parent, dbt.manifest_file)
    assert again.read_bytes() == before
