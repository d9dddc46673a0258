"""Builds for tests: in this process where that will do, in their own where not."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import crm_publishing
import duckdb
import pytest
from browser import NoBrowserError, open_browser
from crm_dashboard import write_dashboard
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.parser.manifest import extended_mashumaro_encoder, extended_mashumuro_decoder
from xdist.scheduler import LoadFileScheduling

from examples.completejourney import prepare

PROJECT = Path(__file__).resolve().parents[2]
REAL_DATA = PROJECT.parent / "shared" / "data"
PARTS = ("macros", "models", "seeds", "profiles", "tests", "analyses", "reports")
TOLD_BY_ENVIRONMENT = (
    "CRM_RAW_DIR",
    "CRM_AS_OF_DATE",
    "CRM_LANDED_ON",
    "CRM_WAREHOUSE_DIR",
    "DBT_TARGET_PATH",
    "DBT_LOG_PATH",
    "RAW",
    "AS_OF",
    "OUT",
    "FROM",
    "TO",
    "SQL",
    "MAKEFLAGS",
    "MAKELEVEL",
)


@dataclass
class Build:
    """What a build left: its exit code, what it said, and the folder of its files."""

    exit_code: int
    output: str
    folder: Path
    result: object = None  # what dbt returned, if it ran in this process

    @property
    def published_file(self):
        return self.folder / "marts.duckdb"

    @property
    def last_line(self):
        return self.output.strip().splitlines()[-1]

    def query(self, sql, parameters=None):
        """Rows of a query on the published file."""
        with duckdb.connect(str(self.published_file), read_only=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def value(self, sql, parameters=None):
        """The one value of a query's one row."""
        ((value,),) = self.query(sql, parameters)
        return value


@contextlib.contextmanager
def environment(**settings):
    """Set these variables, without any that the caller's shell may hold."""
    before = dict(os.environ)
    for name in TOLD_BY_ENVIRONMENT:
        os.environ.pop(name, None)
    os.environ.update({name: str(value) for name, value in settings.items() if value})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def clean_environment(**settings):
    """What a process of its own gets for an environment."""
    with environment(**settings):
        return dict(os.environ)


class Dbt:
    """Runs dbt in this process: imports and parses the project once for all builds."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.manifest_file = scratch / "manifest.json"  # of the whole project
        self.manifest = self.parsed = None

    def run(self, *arguments, folder, raw=None, as_of=None, of=None, **settings):
        """Run dbt on target prod: of the whole project, or `of` one that holds these
        models, what they read, and no test."""
        if arguments[0] != "parse":
            self.parse()
        said = []

        def listen(event):
            if event.info.level != "debug":
                said.append(event.info.msg)

        with environment(
            CRM_WAREHOUSE_DIR=folder,
            CRM_RAW_DIR=raw,
            CRM_AS_OF_DATE=as_of,
            DBT_TARGET_PATH=self.scratch / "target",
            DBT_LOG_PATH=self.scratch / "logs",
            **settings,
        ):
            runner = dbtRunner(self.fresh_manifest(of), [listen])
            profile = ["--profiles-dir", str(PROJECT / "profiles"), "--target", "prod"]
            project = ["--project-dir", str(PROJECT)]
            result = runner.invoke(
                ["--no-use-colors", *arguments, *profile, *project], log_level="none"
            )
        DuckDBConnectionManager.close_all_connections()
        crm_publishing.release_folders()
        exit_code = 0 if result.success else 2 if result.exception else 1
        if result.exception:
            said.append(str(result.exception))
        return Build(exit_code, "\n".join(said), Path(folder), result.result)

    def parse(self):
        """Parse the project, once for all builds."""
        if self.parsed is None:
            self.manifest = self.run("parse", folder=self.scratch / "parse").result
            self.parsed = self.manifest.to_msgpack(extended_mashumaro_encoder)
            # Each build writes that of what it was told to build.
            shutil.copy(self.scratch / "target" / "manifest.json", self.manifest_file)

    def fresh_manifest(self, of):
        """What was parsed, as parsed: a build leaves compiled code in its manifest."""
        if self.parsed is None:
            return None
        manifest = Manifest.from_msgpack(
            self.parsed, decoder=extended_mashumuro_decoder
        )
        if of is not None:
            reduce_to(manifest, of)
        manifest.build_flat_graph()
        return manifest


def reduce_to(manifest, models):
    """Leave of a project these models, what they read, and its hooks."""
    hooks = [key for key in manifest.nodes if key.startswith("operation.")]
    kept, to_visit = set(hooks), [f"model.crm_warehouse.{name}" for name in models]
    while to_visit:
        key = to_visit.pop()
        if key in manifest.nodes and key not in kept:
            kept.add(key)
            to_visit += manifest.nodes[key].depends_on_nodes
    manifest.nodes = {key: manifest.nodes[key] for key in manifest.nodes if key in kept}
    for others in ("unit_tests", "exposures", "metrics", "semantic_models"):
        getattr(manifest, others).clear()


class ByBuilds(LoadFileScheduling):
    """Tests of one file share a worker, and so do all files that build real data."""

    def _split_scope(self, nodeid):
        file_name = nodeid.split("::")[0]
        is_real = "(real" in (PROJECT / file_name).read_text(encoding="utf-8")
        return "real" if is_real else file_name


def pytest_xdist_make_scheduler(config, log):
    return ByBuilds(config, log)


@pytest.fixture(scope="session", autouse=True)
def in_the_project():
    """Run from the project's own folder, as dbt's relative paths expect."""
    before = Path.cwd()
    os.chdir(PROJECT)
    yield
    os.chdir(before)


@pytest.fixture(scope="session")
def dbt(tmp_path_factory):
    """dbt in this process; `dbt.run("build", folder=...)`."""
    return Dbt(tmp_path_factory.mktemp("dbt"))


@pytest.fixture(scope="session")
def build(dbt, tmp_path_factory):
    """Build everything: `build(raw, as_of, out)` returns a Build."""

    def build(raw=None, as_of=None, out=None, **settings):
        folder = out or tmp_path_factory.mktemp("warehouse")
        return dbt.run("build", folder=folder, raw=raw, as_of=as_of, **settings)

    return build


@pytest.fixture(scope="session")
def sample(build):
    """The published sample shop; tests read it and leave it as it is."""
    built = build()
    assert built.exit_code == 0, built.output[-4000:]
    return built


@pytest.fixture(scope="module")
def browser():
    """A real Chromium."""
    try:
        with open_browser() as browser:
            yield browser
    except NoBrowserError as error:
        pytest.skip(str(error))


@pytest.fixture
def open_page(browser):
    """Open a page of a file; whatever goes wrong in it fails the test."""
    contexts, faults, asked, allowed = [], [], [], {"data:,"}

    def open_page(path, width=1440, locale="en-US", scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=locale,
            color_scheme=scheme,
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        allowed.add(path.as_uri())
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert set(asked) <= allowed, "it asks nothing of a network"


@pytest.fixture(scope="module")
def shop(sample, tmp_path_factory):
    """The sample shop's marts with their dashboard, in a folder of its own."""
    folder = tmp_path_factory.mktemp("dashboard")
    (folder / "marts.duckdb").symlink_to(sample.published_file)
    write_dashboard(folder)
    return folder


@pytest.fixture
def visit(open_page):
    """Open the dashboard of a folder."""
    return lambda folder, *how, **more: open_page(
        folder / "dashboard.html", *how, **more
    )


def spoiled(shop, folder, *statements):
    """The dashboard of the sample's marts after these statements."""
    copy = folder / "marts.duckdb"
    copy.write_bytes((shop / "marts.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    write_dashboard(folder)
    return folder


@pytest.fixture(scope="session")
def raw_folder(tmp_path_factory):
    """Where the raw tables of a real data set lie; one is written out of a package."""

    @cache
    def find(name):
        if name == "complete_journey":
            return prepare.write_raw(tmp_path_factory.mktemp(name))
        return REAL_DATA / name / "raw"

    return find


@pytest.fixture(scope="session")
def real(dbt, raw_folder, tmp_path_factory):
    """Build a real data set once, with all its data tests: `real(name, as_of)`."""
    builds = {}

    def build(name, as_of=None):
        if (name, as_of) not in builds:
            builds[name, as_of] = dbt.run(
                "build",
                *("--exclude-resource-type", "unit_test"),
                folder=tmp_path_factory.mktemp(name),
                raw=raw_folder(name),
                as_of=as_of,
            )
        built = builds[name, as_of]
        assert built.exit_code == 0, built.output[-4000:]
        return built

    return build


@pytest.fixture
def sample_copy(sample, tmp_path):
    """A copy of the sample shop's files, to be spoiled."""
    folder = tmp_path / "warehouse"
    folder.mkdir()
    for name in ("crm.duckdb", "facts.duckdb", "marts.duckdb"):
        shutil.copy2(sample.folder / name, folder / name)
    return Build(sample.exit_code, sample.output, folder)


@pytest.fixture(scope="session")
def project_copy(tmp_path_factory):
    """Copy the project, so that a test may add a file of its own to it."""

    def copy_project():
        folder = tmp_path_factory.mktemp("project")
        for name in PARTS:
            if (PROJECT / name).exists():
                shutil.copytree(PROJECT / name, folder / name)
        for name in (".dbtignore", "dbt_project.yml"):
            shutil.copy(PROJECT / name, folder)
        return folder

    return copy_project


def make_build(folder, raw=None, as_of=None, project=PROJECT, **settings):
    """Start what `make build` runs, in a process and process group of its own."""
    return subprocess.Popen(
        [sys.executable, str(project / "macros" / "python" / "crm_build.py")],
        cwd=project,
        env=clean_environment(OUT=folder, RAW=raw, AS_OF=as_of, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def make_check(raw, **settings):
    """Run what `make check` runs."""
    return subprocess.run(
        [sys.executable, str(PROJECT / "macros" / "python" / "crm_check.py")],
        env=clean_environment(RAW=raw, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def heed_interrupts():
    """Ctrl-C is heeded also where these tests were started in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finish(process, folder, timeout=300):
    """Wait for a started build, and tell how it ended."""
    output, _ = process.communicate(timeout=timeout)
    return Build(process.returncode, output, Path(folder))
