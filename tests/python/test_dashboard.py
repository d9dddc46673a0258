"""The dashboard: what its queries read, and what a real browser makes of the page."""

import datetime
import decimal
import gzip
import hashlib
import json
import re
import subprocess
import sys
from itertools import pairwise

import crm_dashboard
import duckdb
import pytest
from browser import OVERLAPS, PALE
from conftest import PROJECT, clean_environment, spoiled
from crm_dashboard import ECHARTS, QUERIES

QUERY_FILES = sorted(QUERIES.glob("*.sql"))
WIDTHS = (390, 768, 1440)
PERSONAL = re.compile(r"customer_id|card_id|member|phone|e?mail|birth")


# Queries


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: path.stem)
def test_a_query_reads_public_marts_only(path, sample, dbt):
    public = {
        f"{node.schema}.{node.alias}"
        for node in dbt.manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
    }
    sql = path.read_text(encoding="utf-8")
    assert sql.startswith("-- "), "its first line says what it asks"
    with duckdb.connect(str(sample.published_file), read_only=True) as connection:
        told = crm_dashboard.answer(connection, sql)
    assert set(told["marts"]) <= public and told["marts"]
    assert [name for name in told["rows"][0] if PERSONAL.search(name)] == []


def test_the_exposure_names_every_mart_that_is_shown(dbt):
    with duckdb.connect() as connection:
        read = {
            name.split()[0]
            for path in QUERY_FILES
            for name in connection.get_table_names(path.read_text(), qualified=True)
        }
    (exposure,) = (
        each for each in dbt.manifest.exposures.values() if each.name == "dashboard"
    )
    nodes = (dbt.manifest.nodes[node] for node in exposure.depends_on.nodes)
    assert {f"{node.schema}.{node.alias}" for node in nodes} == read


def test_the_page_is_the_same_each_time(shop, tmp_path):
    again = spoiled(shop, tmp_path) / "dashboard.html"
    assert again.read_bytes() == (shop / "dashboard.html").read_bytes()


def test_the_charting_library_is_the_one_that_was_published():
    told = (ECHARTS.parent / "README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256(gzip.decompress(ECHARTS.read_bytes())).hexdigest()
    assert digest in told
    assert "Apache License" in (ECHARTS.parent / "LICENSE.echarts").read_text()


def test_make_dashboard_says_what_to_open_or_what_to_do_first(sample_copy, tmp_path):
    def make_dashboard(folder):
        return subprocess.run(
            [sys.executable, str(PROJECT / "macros" / "python" / "crm_dashboard.py")],
            env=clean_environment(OUT=folder),
            capture_output=True,
            text=True,
        )

    made = make_dashboard(sample_copy.folder)
    page = sample_copy.folder / "dashboard.html"
    assert (made.stdout, made.stderr) == (f"Open {page}\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    refused = make_dashboard(tmp_path)
    assert refused.returncode == 1
    assert f"There is no build in {tmp_path}" in refused.stderr
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute("create table nothing (at_all integer)")
    refused = make_dashboard(tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("These marts are of another version")


# The page in a browser


def test_it_opens_within_two_seconds(browser, shop):
    """By the clock of the page's own thread: other tests run beside this one."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto((shop / "dashboard.html").as_uri())
    told = session.send("Performance.getMetrics")["metrics"]
    (seconds,) = (each["value"] for each in told if each["name"] == "TaskDuration")
    page.close()
    assert 0 < seconds < 2


def test_every_chart_is_drawn(visit, shop):
    page = visit(shop)
    assert page.locator("svg").count() == page.locator(".chart").count() > 10


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_lies_over_anything(visit, shop, width, locale):
    assert visit(shop, width, locale).evaluate(OVERLAPS) == []


def test_nothing_lies_over_anything_after_the_window_was_resized(visit, shop):
    page = visit(shop, 1440)
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate(OVERLAPS) == []


def as_told(column, text):
    """What a cell of a table on the page says, as a value."""
    if text == "–":
        return None
    if column.endswith("_month") and not column.startswith("is_"):
        return datetime.datetime.strptime(text, "%b %Y").date()
    if column.endswith("_on"):
        return datetime.datetime.strptime(text, "%b %d, %Y").date()
    if text in ("yes", "no"):
        return text == "yes"
    if re.fullmatch(r"[-\d,.]+%?", text):
        value = decimal.Decimal(text.strip("%").replace(",", ""))
        return value.scaleb(-2) if text.endswith("%") else value
    return text


def is_told(value, told):
    """Whether a cell says a value, as precisely as it is written."""
    if not isinstance(told, decimal.Decimal):
        return value == told
    if not isinstance(value, (int, float, decimal.Decimal)):
        return value == str(told)
    half = decimal.Decimal(1).scaleb(told.as_tuple().exponent) / 2
    return abs(decimal.Decimal(value) - told) <= half


def test_every_table_holds_the_figures_of_the_marts(visit, shop, sample):
    page = visit(shop)
    tables = page.evaluate(
        """() => [...document.querySelectorAll('.card table')].map((table) => ({
          query: table.closest('.card').querySelector('.source').textContent
            .match(/\\((\\w+)\\.sql\\)/)[1],
          rows: [...table.tBodies[0].rows].map(
            (row) => [...row.cells].map((cell) => cell.textContent)),
        }))"""
    )
    assert len(tables) > 15
    shown = {}
    for table in tables:
        shown.setdefault(table["query"], []).extend(table["rows"])
    for query, rows in shown.items():
        connection = duckdb.connect(str(sample.published_file), read_only=True)
        result = connection.execute((QUERIES / f"{query}.sql").read_text("utf-8"))
        names = [column[0] for column in result.description]
        kept = [
            index
            for index, name in enumerate(names)
            if not name.endswith("_zh")
            and not (name.endswith("_code") and f"{name[:-5]}_name" in names)
        ]
        expected = [[row[index] for index in kept] for row in result.fetchall()]
        connection.close()
        columns = [names[index] for index in kept]
        told = [
            [as_told(*cell) for cell in zip(columns, row, strict=True)] for row in rows
        ]
        assert len(told) == len(expected), query
        # A query of several cards is shown card by card.
        for row in told:
            assert any(all(map(is_told, values, row)) for values in expected), row


def number(text):
    return decimal.Decimal(re.search(r"-?[\d,]+(\.\d+)?", text)[0].replace(",", ""))


def test_tiles_charts_and_sentences_say_what_the_facts_say(visit, shop, sample):
    page = visit(shop)

    def texts(selector):
        return page.locator(selector).all_text_contents()

    # Tiles: October 2026, the last month of the sample, from the tickets themselves.
    month = "date_trunc('month', sold_on) = date '2026-10-01'"
    sales = sample.value(
        f"select sum(net_sales_amount) from core.fct_transactions where {month}"
    )
    assert texts("[data-column=net_sales_amount]") == [f"{sales:,.0f}"]
    buyers = sample.value(
        "select count(distinct customer_id) from core.fct_customer_days "
        f"where is_purchase_day and {month}"
    )
    assert texts("[data-column=buyer_count]") == [f"{buyers:,}"]
    # Pyramid: 10, 40, 150 and 800 of a thousand, and what they bring.
    shares = sample.query(
        "select 100 * sum(net_sales_amount) / sum(sum(net_sales_amount)) over () "
        "from segments.seg_pyramid group by tier_code order by tier_code"
    )
    shown = [text for text in texts("#pyramid svg text") if text.endswith("%")]
    assert shown[:4] == ["1.0%", "4.0%", "15.0%", "80.0%"]
    assert shown[4:] == [f"{share:.1f}%" for (share,) in shares]
    # RFM grid: every window buyer is in one cell.
    cells = [number(text) for text in texts("#rfm-grid svg text") if text.isdigit()]
    buyers = sample.value("select count(*) from segments.seg_rfm")
    assert sum(cells) - sum(range(1, 6)) * 2 == buyers
    # Tiers of a year ago and now: each side holds the same customers.
    sides = [number(text) for text in texts("#tier-moves svg text")]
    known = sample.value(
        "select count(*) from core.fct_customer_months "
        "where month_end_on = date '2026-10-31'"
    )
    assert sum(sides) == 2 * known
    # Leads: as many as there are, and the share that came on.
    leads = sample.value("select count(*) from core.fct_leads")
    assert f"{leads:,}" in texts("#funnel-lead svg text")
    assert "64.9%" in texts("#funnel-lead svg text")
    risks = sample.value("select count(*) from care.lst_churn_risks")
    assert f"{risks:,}" in texts("#care-lists strong")
    kept_out = sample.value("select count(*) from quality.quarantined_rows")
    rows = [number(text) for text in texts("#row-quality strong")]
    assert rows[4] + rows[5] == kept_out
    assert rows[0] == sum(rows[1:])


def test_the_waterfall_ends_at_the_sales_of_the_month(visit, shop):
    page = visit(shop)
    for comparison in ("month_before", "year_before", "target"):
        texts = page.locator(f"#drivers-{comparison} svg text").all_text_contents()
        steps = [number(text) for text in texts if re.fullmatch(r"[-+\d,]+", text)]
        assert len(steps) >= 6
        # Each is rounded by itself.
        assert abs(sum(steps[:-1]) - steps[-1]) <= len(steps)


def test_a_switch_turns_every_word_into_chinese_and_back(visit, shop):
    page = visit(shop)
    english = page.locator("main").inner_text()
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    heads = page.locator("h1, h2, h3, summary, th").all_text_contents()
    latin = [head for head in heads if not re.search(r"[\u4e00-\u9fff]|^[RF]$", head)]
    assert latin == []
    chinese = page.locator("main").inner_text()
    # What stays: names that the shop gave, of marts, of queries and of the rule.
    words = set(re.findall(r"[A-Za-z]{4,}", chinese)) & set(
        re.findall(r"[A-Za-z]{4,}", english)
    )
    assert words & {"customers", "sales", "share", "month"} == set()
    page.get_by_role("button", name="English").click()
    assert page.locator("main").inner_text() == english


def test_it_is_dark_where_the_reader_likes_it_dark_and_by_a_switch(visit, shop):
    def brightness(page):
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)))

    assert brightness(visit(shop, scheme="dark")) < 100
    page = visit(shop, scheme="light")
    assert brightness(page) > 600
    page.get_by_role("button", name="Dark").click()
    assert brightness(page) < 100
    assert page.locator(".chart svg").count() > 10


def test_a_keyboard_reaches_everything_in_the_order_of_the_page(visit, shop):
    page = visit(shop)
    focus = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}.className") == "skip"
    assert page.evaluate(f"{focus}.getBoundingClientRect().left") >= 0
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focus} === document.body"):
            break
        seen.append(page.evaluate(f"{focus}.tagName + ' ' + {focus}.textContent"))
    summaries = page.locator("summary").all_text_contents()
    assert [text for text in seen if text.startswith("SUMMARY")] == [
        f"SUMMARY {text}" for text in summaries
    ]
    assert seen[:3] == ["BUTTON English", "BUTTON 中文", "BUTTON Dark"]
    page.locator("#pyramid summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#pyramid table").is_visible()


def test_a_screen_reader_is_told_what_each_chart_shows(visit, shop):
    page = visit(shop)
    labels = page.evaluate(
        "[...document.querySelectorAll('.chart')].map((chart) => "
        "chart.getAttribute('role') + ': ' + chart.getAttribute('aria-label'))"
    )
    assert all(label.startswith("img: ") and len(label) > 20 for label in labels)
    assert len(set(labels)) == len(labels)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map((head) => +head.tagName[1])"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    bare = "table:not(:has(caption)), th:not([scope]), button:empty, a:empty"
    assert page.locator(bare).count() == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((it) => it.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_what_lies_behind_it(visit, shop, tmp_path, scheme):
    folder = spoiled(
        shop,
        tmp_path,
        "delete from care.fct_customer_events",
        "update quality.feature_status set reason = 'leads: not handed over', "
        "reason_zh = reason",
    )
    page = visit(folder, scheme=scheme)
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = 1")
    assert page.locator(".note").count() > 10
    assert page.evaluate(PALE) == []


# Data that are not as they should be


def test_what_is_not_available_says_why(visit, shop, tmp_path):
    folder = spoiled(
        shop,
        tmp_path,
        "delete from segments.agg_value_quadrants",
        "update quality.feature_status set is_available = false, "
        "reason = 'products.unit_cost: no such column, lines: not handed over', "
        "reason_zh = 'products.unit_cost: 没有该列, lines: 未提供' "
        "where mart_name = 'agg_value_quadrants'",
    )
    page = visit(folder)
    told = page.locator("#value-matrix .empty").inner_text()
    why = "no such column: products.unit_cost; not handed over: lines"
    assert told == f"Not available ({why})"
    page.get_by_role("button", name="中文").click()
    told = page.locator("#value-matrix .empty").inner_text()
    assert told == "暂不可用 (没有该列: products.unit_cost; 未提供: lines)"


def test_what_is_available_and_empty_is_told_otherwise(visit, shop, tmp_path):
    folder = spoiled(
        shop,
        tmp_path,
        "delete from metrics.fct_metric_anomalies",
        "delete from funnel.fct_funnel_anomalies",
        "update quality.feature_status set is_available = false, "
        "reason = 'leads: not handed over', reason_zh = reason "
        "where mart_name = 'fct_funnel_anomalies'",
    )
    card = visit(folder).locator("#anomalies")
    told = card.locator(".empty").inner_text()
    assert told == "Nothing out of the usual in the last eight weeks."
    note = "Its marts are unknown in part (not handed over: leads)"
    assert card.locator(".note").inner_text() == note


def test_a_page_without_any_row_still_opens(visit, shop, sample, tmp_path):
    tables = sample.query("select schema_name, table_name from duckdb_tables()")
    folder = spoiled(
        shop, tmp_path, *(f"delete from {schema}.{name}" for schema, name in tables)
    )
    page = visit(folder)
    cards = page.locator(".card").count()
    assert page.locator(".card .empty").count() == cards
    assert page.evaluate(OVERLAPS) == []


def test_names_of_the_shop_never_become_markup(visit, shop, tmp_path):
    name = "</script><img src=x onerror=console.error(1)>"
    folder = spoiled(
        shop,
        tmp_path,
        f"update campaigns.agg_campaign_effects set campaign_name = '{name}'",
    )
    page = visit(folder)
    page.locator("#campaigns .chart").hover(position={"x": 700, "y": 40})
    assert name in page.locator("#campaigns table").text_content()
    assert page.locator("img").count() == 0
    data = json.loads(page.locator("#data").text_content())
    rows = data["queries"]["campaign_effects"]["rows"]
    assert {row["campaign_name"] for row in rows} == {name}
