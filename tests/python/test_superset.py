"""Superset: our files against the marts' contracts, and by night a real server."""

import datetime
import decimal
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import duckdb
import pytest
import yaml
from conftest import PROJECT, clean_environment

BUNDLE = PROJECT / "reports" / "superset"
COMMAND = PROJECT / "macros" / "python" / "crm_superset.py"
PYTHON = PROJECT / ".venv-superset" / "bin" / "python"
OPERATORS = {"==": "=", "!=": "<>", ">": ">", "<=": "<=", "IS NOT NULL": "is not null"}
# What a chart shows rows by, and what it measures: the rest of params is its looks.
DIMENSIONS = ("x_axis", "groupby", "groupby_b", "all_columns")
METRICS = ("metric", "metrics", "metrics_b", "timeseries_limit_metric")


def assets(kind):
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((BUNDLE / kind).rglob("*.yaml"))
    }


CHARTS, DATASETS = assets("charts"), assets("datasets")
BY_UUID = {dataset["uuid"]: dataset for dataset in DATASETS.values()}
(DATABASE,) = assets("databases").values()
(DASHBOARD,) = assets("dashboards").values()


def each(chart, names):
    """What stands in these places of a chart's params, as one list."""
    found = (chart["params"].get(name) or [] for name in names)
    return [name for it in found for name in (it if isinstance(it, list) else [it])]


def filters(chart):
    places = ("adhoc_filters", "adhoc_filters_b")
    return [it for place in places for it in chart["params"].get(place, [])]


def calculated(dataset):
    return {
        column["column_name"]: column["expression"]
        for column in dataset["columns"]
        if "expression" in column
    }


def forbidden(folder):
    """What a reader may not do, with a file `other.csv` of this folder to try it on."""
    other = folder / "other.csv"
    return [
        "delete from segments.seg_rfm",
        "drop table segments.seg_rfm",
        "create table segments.mine as select 1 as one",
        f"copy segments.seg_rfm to '{folder / 'copied.csv'}'",
        f"copy (select 1) to '{folder / 'copied.parquet'}'",
        f"export database '{folder / 'copied'}'",
        f"select * from read_csv('{other}')",
        f"select * from read_text('{other}')",
        f"select * from '{other}'",
        f"select * from glob('{folder}/*')",
        f"attach '{folder / 'attached.duckdb'}' as attached",
        "set enable_external_access = true",
        "set threads = 1",
        "install httpfs",
        "load httpfs",
    ]


# Our files


@pytest.fixture(scope="module")
def manifest(dbt):
    dbt.parse()
    return dbt.manifest


@pytest.fixture(scope="module")
def marts(manifest):
    """{(schema, mart): {column: type}} of every public mart, as its contract says."""
    return {
        (node.schema, node.alias): {
            column.name: column.data_type for column in node.columns.values()
        }
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
    }


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_is_a_mart_and_reads_columns_of_its_contract(marts, name):
    dataset = DATASETS[name]
    assert dataset["table_name"] == name
    assert dataset["database_uuid"] == DATABASE["uuid"]
    assert "sql" not in dataset, "a physical table"
    columns = marts[dataset["schema"], name]
    own = calculated(dataset)
    told = {column["column_name"] for column in dataset["columns"]}
    assert told - set(own) <= set(columns)
    assert not set(own) & set(columns)
    metrics = {it["metric_name"]: it["expression"] for it in dataset["metrics"]}
    assert not set(metrics) & {*columns, *own}, "a word of theirs would mean either"
    assert dataset.get("main_dttm_col", next(iter(columns))) in columns
    with duckdb.connect() as connection:
        listed = ", ".join(f"cast(null as {columns[it]}) as {it}" for it in columns)
        connection.execute(f"create table mart as select {listed}")
        for expression in [*metrics.values(), *own.values()]:
            connection.execute(f"select {expression} from mart")


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_shows_what_its_dataset_has(marts, name):
    chart = CHARTS[name]
    dataset = BY_UUID[chart["dataset_uuid"]]
    columns = marts[dataset["schema"], dataset["table_name"]]
    known = {*columns, *calculated(dataset)}
    assert set(each(chart, DIMENSIONS)) <= known
    metrics = {it["metric_name"] for it in dataset["metrics"]}
    assert set(each(chart, METRICS)) <= metrics
    assert {it["subject"] for it in filters(chart)} <= set(columns)
    assert {it["operator"] for it in filters(chart)} <= set(OPERATORS)
    assert chart["params"]["viz_type"] == chart["viz_type"]
    assert each(chart, METRICS) or chart["params"]["query_mode"] == "raw"


def test_the_dashboard_holds_each_chart_once_and_each_dataset_is_shown():
    position = DASHBOARD["position"]
    placed = [it for it in position.values() if isinstance(it, dict)]
    shown = [it["meta"] for it in placed if it["type"] == "CHART"]
    assert sorted(it["uuid"] for it in shown) == sorted(
        chart["uuid"] for chart in CHARTS.values()
    )
    titles = {chart["uuid"]: chart["slice_name"] for chart in CHARTS.values()}
    assert all(it["sliceName"] == titles[it["uuid"]] for it in shown)
    assert len({it["chartId"] for it in shown}) == len(shown)
    assert {chart["dataset_uuid"] for chart in CHARTS.values()} == set(BY_UUID)
    for it in placed:
        children = [position[child] for child in it.get("children", [])]
        assert all(child["parents"][-1] == it["id"] for child in children)
        if it["type"] == "ROW":
            assert sum(child["meta"]["width"] for child in children) == 12


def test_the_connection_can_only_read(tmp_path):
    settings = DATABASE["extra"]["engine_params"]["connect_args"]
    published, other = tmp_path / "marts.duckdb", tmp_path / "other.csv"
    other.write_text("secret\n1\n", encoding="utf-8")
    with duckdb.connect(str(published)) as connection:
        connection.execute("create schema segments")
        connection.execute("create table segments.seg_rfm as select 1 as one")
    with duckdb.connect(str(published), **settings) as connection:
        assert connection.execute("select one from segments.seg_rfm").fetchall()
        for statement in forbidden(tmp_path):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
    assert sorted(tmp_path.iterdir()) == [published, other]
    allowed = {name: DATABASE[name] for name in DATABASE if name.startswith("allow_")}
    assert set(allowed.values()) == {False}
    assert set(allowed) >= {"allow_dml", "allow_ctas", "allow_cvas"}


def test_words_are_english_and_chinese():
    assets = [*CHARTS.values(), *DATASETS.values(), DASHBOARD]
    words = [it["description"] for it in assets]
    words += [it["slice_name"] for it in CHARTS.values()]
    for dataset in DATASETS.values():
        words += [it["verbose_name"] for it in dataset["metrics"] + dataset["columns"]]
    for word in words:
        assert re.search(r"[A-Za-z]{3}", word) and re.search(r"[\u4e00-\u9fff]", word)


def test_the_exposure_is_of_the_marts_that_are_datasets(manifest):
    (exposure,) = (it for it in manifest.exposures.values() if it.name == "superset")
    nodes = (manifest.nodes[node] for node in exposure.depends_on.nodes)
    assert {node.alias for node in nodes} == set(DATASETS)


def test_make_superset_says_what_to_do_first(tmp_path):
    def start(folder, port=0):
        return subprocess.run(
            [sys.executable, str(COMMAND)],
            env=clean_environment(OUT=folder, PORT=str(port)),
            capture_output=True,
            text=True,
        )

    refused = start(tmp_path)
    assert refused.returncode == 1
    assert f"There is no build in {tmp_path}" in refused.stderr
    assert not (tmp_path / ".superset").exists()
    # This test's own environment has no Superset.
    (tmp_path / "marts.duckdb").touch()
    refused = start(tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines() == [
        "No module named 'superset': run make superset, which installs what it needs."
    ]
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    refused = start(tmp_path, port)
    taken.close()
    assert refused.stderr == (
        f"Port {port} is taken: name another with PORT={port + 1}.\n"
    )
    assert start(tmp_path, "web").stderr == "PORT=web is no number of a port.\n"


# A real server


class Server:
    """Superset as `make superset` starts it, and a reader who is logged in."""

    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [PYTHON, COMMAND],
            env=clean_environment(OUT=folder, PORT="0"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Stop it"):
                break
        self.said = "".join(said)
        assert self.process.poll() is None, self.said
        self.address = re.search(r"http://127\.0\.0\.1:\d+", self.said)[0]
        self.dashboard = re.search(r"Open (\S+)", self.said)[1]
        self.password = re.search(r"Password: (\S+)", self.said)[1]
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.headers = {"Content-Type": "application/json"}

    def ask(self, path, body=None):
        """Status and JSON of the API's answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/api/v1/{path}", data, self.headers
        )
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def log_in(self, password):
        body = {"username": "reader", "password": password, "provider": "db"}
        status, told = self.ask("security/login", body)
        if status == 200:
            self.headers["Authorization"] = f"Bearer {told['access_token']}"
            _, token = self.ask("security/csrf_token/")
            self.headers |= {"X-CSRFToken": token["result"], "Referer": self.address}
        return status

    def all_of(self, kind):
        status, told = self.ask(f"{kind}/?q=(page_size:100)")
        assert status == 200
        return told["result"]

    def execute(self, sql):
        (database,) = self.all_of("database")
        body = {"database_id": database["id"], "sql": sql, "runAsync": False}
        return self.ask("sqllab/execute/", body)

    def stop(self):
        os.kill(self.process.pid, signal.SIGINT)
        rest, _ = self.process.communicate(timeout=60)
        return self.process.returncode, rest


@pytest.fixture(scope="module")
def server(sample, tmp_path_factory):
    if not PYTHON.exists():
        pytest.skip("make superset has not been run: there is no .venv-superset")
    folder = tmp_path_factory.mktemp("superset")
    shutil.copy(sample.published_file, folder)
    server = Server(folder)
    assert server.log_in(server.password) == 200
    yield server
    if server.process.poll() is None:
        server.stop()


def questions(chart):
    """(dimensions, metrics, filters) of the one query of a chart, or of its two."""
    params = chart["params"]
    for ending in ("", "_b") if "metrics_b" in params else ("",):
        names = ("x_axis", f"groupby{ending}", "all_columns")
        metrics = each(chart, (f"metrics{ending}", "metric"))
        yield each(chart, names), metrics, params[f"adhoc_filters{ending}"]


def expected(connection, chart, question):
    """The rows of a question, of the mart itself."""
    dataset = BY_UUID[chart["dataset_uuid"]]
    dimensions, metrics, conditions = question
    sql = calculated(dataset)
    sql |= {it["metric_name"]: it["expression"] for it in dataset["metrics"]}
    listed = ", ".join(sql.get(name, name) for name in [*dimensions, *metrics])
    where = "".join(
        f" and {it['subject']} {OPERATORS[it['operator']]} "
        + (f"'{it['comparator']}'" if "comparator" in it else "")
        for it in conditions
    )
    group = " group by all" if metrics and dimensions else ""
    mart = f"{dataset['schema']}.{dataset['table_name']}"
    return connection.execute(
        f"select {listed} from {mart} where true{where}{group}"
    ).fetchall()


def total(cells):
    """The sum of the numbers among these: a chart may turn its rows into columns."""
    numbers = [it for it in cells if isinstance(it, (int, float, decimal.Decimal))]
    return round(sum(map(float, numbers)), 2)


def plain(value):
    """A value as it comes out of JSON, where days are milliseconds."""
    if isinstance(value, datetime.date):
        moment = datetime.datetime.combine(value, datetime.time(), datetime.UTC)
        return round(moment.timestamp() * 1000)
    if isinstance(value, (decimal.Decimal, float)):
        return round(float(value), 4)
    return value


def in_order(rows):
    return sorted([[plain(value) for value in row] for row in rows], key=str)


@pytest.fixture(scope="module")
def sources(server):
    """Superset's own number of the dataset of each chart."""
    return {it["slice_name"]: it["datasource_id"] for it in server.all_of("chart")}


@pytest.fixture(scope="module")
def answer(server, sources):
    """`answer(chart)`: for each of its queries, the question and Superset's rows."""

    def answer(chart):
        source = {"id": sources[chart["slice_name"]], "type": "table"}
        for dimensions, metrics, conditions in questions(chart):
            query = {
                "columns": dimensions,
                "metrics": metrics or None,
                "filters": [
                    {
                        "col": it["subject"],
                        "op": it["operator"],
                        "val": it.get("comparator"),
                    }
                    for it in conditions
                ],
                "row_limit": 10_000,
            }
            body = {"datasource": source, "queries": [query]}
            status, told = server.ask("chart/data", body)
            assert status == 200, told
            (result,) = told["result"]
            assert result["error"] is None
            names = [*dimensions, *metrics]
            rows = [[row[name] for name in names] for row in result["data"]]
            yield (dimensions, metrics, conditions), rows

    return answer


@pytest.mark.nightly
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_told_what_the_mart_holds(answer, sample, name):
    for question, rows in answer(CHARTS[name]):
        with duckdb.connect(str(sample.published_file), read_only=True) as connection:
            marts_rows = expected(connection, CHARTS[name], question)
        assert in_order(rows) == in_order(marts_rows)
        assert rows and any(value for row in rows for value in row)


@pytest.mark.nightly
def test_charts_say_what_the_facts_say(answer, sample):
    """A chart that forgets to name its scope would count sales twice."""

    def values(name):
        _, rows = next(answer(CHARTS[name]))
        return [row[-1] for row in rows]

    sales, tickets = sample.query(
        "select sum(net_sales_amount), count(*) filter (not is_return) "
        "from core.fct_transactions"
    )[0]
    assert round(sum(values("net_sales")), 2) == round(float(sales), 2)
    assert round(sum(values("sales_by_month")), 2) == round(float(sales), 2)
    assert sum(values("tickets")) == tickets
    buyers = sample.value("select count(*) from segments.seg_rfm")
    assert sum(values("rfm_grid")) == buyers
    assert round(sum(values("pyramid")), 4) == 1
    assert sum(values("lifecycle")) == sample.value(
        "select count(*) from segments.seg_lifecycle"
    )
    leads = sample.value("select count(*) from core.fct_leads")
    _, stages = next(answer(CHARTS["lead_funnel"]))
    assert max(row[1] for row in stages) == leads
    assert sum(values("mart_status")) == len(sample.query("from duckdb_tables()"))


@pytest.mark.nightly
def test_what_our_files_do_not_say_of_a_column_the_mart_says(server, sample):
    for dataset in server.all_of("dataset"):
        _, told = server.ask(f"dataset/{dataset['id']}")
        described = {
            column["column_name"]: column["description"]
            for column in told["result"]["columns"]
            if not column["expression"]
        }
        comments = sample.query(
            "select column_name, comment from duckdb_columns() "
            "where schema_name = ? and table_name = ?",
            [dataset["schema"], dataset["table_name"]],
        )
        assert described == dict(comments)


@pytest.mark.nightly
def test_sql_lab_reads_and_does_nothing_else(server, tmp_path):
    (tmp_path / "other.csv").write_text("secret\n1\n", encoding="utf-8")
    status, told = server.execute("select count(*) as customers from segments.seg_rfm")
    assert (status, told["data"]) == (200, [{"customers": 1000}])
    for statement in forbidden(tmp_path):
        status, told = server.execute(statement)
        assert status >= 400 and told.get("errors"), statement
        assert "secret" not in json.dumps(told.get("data", "")), statement
    assert [it.name for it in tmp_path.iterdir()] == ["other.csv"]
    status, told = server.execute("select count(*) as customers from segments.seg_rfm")
    assert (status, told["data"]) == (200, [{"customers": 1000}])


@pytest.mark.nightly
def test_a_reader_makes_charts_and_no_connections(server):
    connection = {"database_name": "mine", "sqlalchemy_uri": "duckdb:///:memory:"}
    assert server.ask("database/", connection)[0] == 403
    (database,) = server.all_of("database")
    assert database["allow_dml"] is False
    dataset = server.all_of("dataset")[0]
    mine = {
        "slice_name": "mine",
        "viz_type": "table",
        "datasource_id": dataset["id"],
        "datasource_type": "table",
    }
    assert server.ask("chart/", mine)[0] == 201
    assert server.ask("security/users/")[0] == 403


@pytest.mark.nightly
def test_the_dashboard_opens_without_a_failed_chart(browser, server, sample):
    titles = {it["id"]: it["slice_name"] for it in server.all_of("chart")}
    charts = {chart["slice_name"]: chart for chart in CHARTS.values()}
    told, faults, elsewhere = {}, [], set()

    def listen(response):
        if "/api/v1/chart/data" in response.url:
            form = json.loads(response.request.post_data)["form_data"]
            told[titles[form["slice_id"]]] = response

    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.on("response", listen)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfinished", lambda request: elsewhere.add(request.url))
    page.goto(server.address + "/login/")
    page.locator("#username").fill("reader")
    page.locator("#password").fill(server.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(server.dashboard)
    page.locator(".dashboard-grid, [data-test=grid-container]").first.wait_for()
    for chart in charts:
        # A chart asks when it comes into view.
        page.get_by_text(chart, exact=True).first.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    answers = {
        name: response.json()["result"]
        for name, response in told.items()
        if response.status == 200
    }
    drawn = page.locator(".slice_container, .chart-container").count()
    failed = page.locator("[role=alert], .ant-alert-error").all_text_contents()
    page.close()
    assert {name for name, response in told.items() if response.status != 200} == set()
    assert set(answers) == set(charts)
    with duckdb.connect(str(sample.published_file), read_only=True) as connection:
        for name, chart in charts.items():
            for question, answer in zip(questions(chart), answers[name], strict=False):
                dimensions, metrics, _ = question
                rows = expected(connection, chart, question)
                first = len(dimensions) if metrics else 0
                cells = [
                    value
                    for row in answer["data"]
                    for key, value in row.items()
                    # A heat map is told the rank of each cell beside it.
                    if key not in [*dimensions[:first], "rank"]
                ]
                assert answer["error"] is None and cells, name
                marts_cells = [value for row in rows for value in row[first:]]
                assert total(cells) == total(marts_cells), name
    assert drawn >= len(charts)
    assert (failed, faults) == ([], [])
    # Superset's page would tell its maker's counter of each visit; ours may not.
    local = (server.address, "data:", "blob:")
    assert [url for url in elsewhere if not url.startswith(local)] == []


@pytest.mark.nightly
def test_the_next_question_is_answered_of_the_file_that_is_published_then(
    server, sample
):
    def tiers():
        sql = "select sum(customer_count) as customers from segments.agg_pyramid_tiers"
        return server.execute(sql)[1]["data"][0]["customers"]

    before = tiers()
    new = server.folder / "marts.duckdb.new"
    new.write_bytes(sample.published_file.read_bytes())
    with duckdb.connect(str(new)) as connection:
        connection.execute(
            "update segments.agg_pyramid_tiers set customer_count = customer_count + 1"
        )
    new.replace(server.folder / "marts.duckdb")
    tier_count = sample.value("select count(*) from segments.agg_pyramid_tiers")
    assert tiers() == before + tier_count


@pytest.mark.nightly
def test_marts_without_a_row_are_no_error(server, answer, sample):
    new = server.folder / "marts.duckdb.new"
    new.write_bytes(sample.published_file.read_bytes())
    with duckdb.connect(str(new)) as connection:
        for schema, mart in sample.query(
            "select schema_name, table_name from duckdb_tables()"
        ):
            connection.execute(f"delete from {schema}.{mart}")
    new.replace(server.folder / "marts.duckdb")
    for chart in CHARTS.values():
        for _, rows in answer(chart):
            assert total(value for row in rows for value in row) == 0


@pytest.mark.nightly
def test_it_stops_when_asked_and_starts_anew_with_another_password(server):
    key = server.folder / ".superset" / "secret_key"
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )
    secret = key.read_text(encoding="utf-8")
    assert server.stop() == (0, "Stopped.\n")
    again = Server(server.folder)
    assert "takes a minute" in server.said and "takes a minute" not in again.said
    assert again.log_in(server.password) == 401
    assert again.log_in(again.password) == 200
    assert {it["slice_name"] for it in again.all_of("chart")} == {
        "mine",
        *(chart["slice_name"] for chart in CHARTS.values()),
    }
    assert key.read_text(encoding="utf-8") == secret
    assert again.stop() == (0, "Stopped.\n")
