"""What `make spark` runs: both engines build every model, and every mart is compared.

Starts a Spark cluster of its own on 127.0.0.1, hands it the raw tables, runs `dbt build
--target spark` of seeds and models, compares each public mart with DuckDB's, and stops
what it started. The data tests run on DuckDB; equal rows carry them over.

RAW names the folder of raw tables (default: the sample), AS_OF the day to tell.
"""

import argparse
import contextlib
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from cluster import Cluster, ClusterError, find_java
from compare import compare_all, tell
from memory import held_megabytes
from pyhive import hive

PROJECT = Path(__file__).resolve().parents[2]
RAW_SCHEMA = "raw_tables"
SPARK_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "int",
    "TIMESTAMP": "timestamp_ntz",
    "TIMESTAMP WITH TIME ZONE": "timestamp",
}
NODES = ("resource_type:seed", "resource_type:model")
# The tests of macros hold on both engines; those of data are DuckDB's.
ON_SPARK = (*NODES, "path:tests/macros")


class RunError(Exception):
    """One sentence for the person at the keyboard."""


class Watch:
    """Times the steps, and the most memory that all processes held at once."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.steps = {}
        self.most = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._is_over.wait(2):
            held = held_megabytes(os.getpid(), self.cluster.leaders, "dbt")
            if sum(held.values()) > sum(self.most.values()):
                self.most = held

    @contextlib.contextmanager
    def step(self, name):
        start = time.monotonic()
        yield
        self.steps[name] = time.monotonic() - start
        print(f"{name}: {self.steps[name]:.0f} s", flush=True)

    def stop(self):
        self._is_over.set()
        self._thread.join()


def run(raw_dir, folder, as_of=None, meanwhile=None, afterwards=None):
    """Build on both engines and compare; returns one Comparison for each public mart.

    `meanwhile(cluster, line)` sees each line that dbt says on Spark;
    `afterwards(cluster, folder, environment)` has the cluster once all is compared.
    """
    find_java()
    folder = Path(folder).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = environment_of(as_of)
    cluster = Cluster(folder / "cluster")
    watch = Watch(cluster)
    duck = start_duckdb(raw_dir, folder, environment)
    try:
        with watch.step("Spark cluster started"):
            cluster.start()
        with watch.step("DuckDB built"):
            finish_duckdb(duck, folder)
        with watch.step("Raw tables loaded"):
            load(cluster, raw_dir, folder / "raw")
        with watch.step("Spark built"):
            build_on_spark(cluster, folder, environment, meanwhile)
        with watch.step("Marts compared"):
            comparisons = compare_all(
                folder / "spark" / "manifest.json",
                folder / "duckdb" / "crm.duckdb",
                cluster.tables_dir,
            )
        if afterwards:
            with watch.step("Trials made"):
                afterwards(cluster, folder, environment)
        return comparisons
    finally:
        stop_process(duck)
        watch.stop()
        cluster.stop()
        held = ", ".join(f"{name} {size}" for name, size in watch.most.items())
        print(f"Most memory held at once: {sum(watch.most.values())} MB ({held})")


def environment_of(as_of):
    """The same day of landing for both engines, whatever the clock does meanwhile."""
    return {
        **os.environ,
        "CRM_AS_OF_DATE": as_of or os.environ.get("CRM_AS_OF_DATE", ""),
        "CRM_LANDED_ON": os.environ.get("CRM_LANDED_ON")
        or datetime.date.today().isoformat(),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def dbt(bin_dir, target, selected, folder, environment):
    """The command that builds what is selected, without the tests on it."""
    return {
        "args": [
            *(str(Path(bin_dir) / "dbt"), "--no-use-colors", "build"),
            *("--profiles-dir", "profiles", "--target", target),
            *("--indirect-selection", "empty", "--exclude-resource-type", "unit_test"),
            *("--select", *selected),
        ],
        "cwd": PROJECT,
        "env": {
            **environment,
            "DBT_TARGET_PATH": str(folder),
            "DBT_LOG_PATH": str(folder / "logs"),
        },
        "stdin": subprocess.DEVNULL,
        "stderr": subprocess.STDOUT,
        "text": True,
    }


def start_duckdb(raw_dir, folder, environment):
    """Start the build on DuckDB beside the start of the cluster."""
    with open(folder / "duckdb.log", "w") as log:
        return subprocess.Popen(
            stdout=log,
            **dbt(
                build_bin(),
                "ci",
                NODES,
                folder / "duckdb",
                {
                    **environment,
                    "CRM_RAW_DIR": str(Path(raw_dir).absolute()),
                    "CRM_WAREHOUSE_DIR": str(folder / "duckdb"),
                },
            ),
        )


def build_bin():
    """The environment of `make build`, which has dbt for DuckDB."""
    return os.environ.get("CRM_BUILD_BIN") or PROJECT / ".venv" / "bin"


def finish_duckdb(process, folder):
    if process.wait() != 0:
        said = (folder / "duckdb.log").read_text().splitlines()[-25:]
        raise RunError("The build on DuckDB failed:\n  " + "\n  ".join(said))


def stop_process(process):
    if process.poll() is None:
        process.terminate()
        process.wait()


def load(cluster, raw_dir, out_dir):
    """Hand the raw tables to Spark, as tables of the schema raw_tables."""
    told = subprocess.run(
        [
            str(Path(build_bin()) / "python"),
            str(PROJECT / "tests" / "spark" / "raw_tables.py"),
            str(raw_dir),
            str(out_dir),
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode:
        raise RunError("The raw tables could not be written.")
    connection = hive.connect("127.0.0.1", cluster.port)
    cursor = connection.cursor()
    cursor.execute(f"create schema {RAW_SCHEMA}")
    for name, columns in json.loads(told.stdout).items():
        typed = ", ".join(
            f"{column} {SPARK_TYPES.get(kind, kind)}" for column, kind in columns
        )
        cursor.execute(
            f"create table {RAW_SCHEMA}.{name} ({typed}) using parquet "
            f"location '{(Path(out_dir) / name).as_uri()}'"
        )
    connection.close()


def build_on_spark(cluster, folder, environment, meanwhile=None):
    """Run dbt; its lines go to a log, the end of it to the screen if it fails."""
    command = dbt(
        Path(sys.executable).parent,
        "spark",
        ON_SPARK,
        folder / "spark",
        {
            **environment,
            "CRM_RAW_DIR": RAW_SCHEMA,
            "CRM_SPARK_PORT": str(cluster.port),
        },
    )
    said = []
    with (
        open(folder / "spark.log", "w") as log,
        subprocess.Popen(stdout=subprocess.PIPE, **command) as process,
    ):
        try:
            for line in process.stdout:
                said.append(line.rstrip())
                log.write(line)
                if meanwhile:
                    meanwhile(cluster, line)
        finally:
            stop_process(process)
    if process.returncode:
        faults = [line for line in said if "Error" in line or "ERROR" in line]
        raise RunError(
            "The build on Spark failed:\n  " + "\n  ".join(faults[:20] or said[-20:])
        )


def lose_worker(node_count):
    """What kills a worker in mid-build, as a machine that is switched off."""
    built = []

    def watch(cluster, line):
        if " OK " in line:
            built.append(line)
            if len(built) == node_count:
                cluster.lose("worker2")
                print(f"worker2 is lost after {node_count} nodes", flush=True)

    return watch if node_count else None


def trials(length):
    """What makes the trials of trials.py, and leaves what it found in trials.json."""

    def make(cluster, folder, environment):
        from trials import Dbt, try_all

        connection = hive.connect("127.0.0.1", cluster.port)
        found = try_all(
            connection.cursor(),
            Dbt(folder, environment, cluster.port),
            folder,
            cluster.tables_dir,
            NODES if length == "long" else None,
        )
        connection.close()
        (folder / "trials.json").write_text(json.dumps(found))

    return make if length else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raw", default=os.environ.get("RAW") or "seeds/raw")
    parser.add_argument("--as-of", default=os.environ.get("AS_OF"))
    parser.add_argument("--out", default="target/spark")
    parser.add_argument(
        "--lose-worker-after",
        type=int,
        metavar="NODES",
        help="kill a worker when so many nodes are built",
    )
    parser.add_argument(
        "--trials",
        choices=("short", "long"),
        help="try refusals and a day that comes twice, on the same cluster",
    )
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    try:
        comparisons = run(
            told.raw,
            told.out,
            told.as_of,
            lose_worker(told.lose_worker_after),
            trials(told.trials),
        )
    except (ClusterError, RunError, hive.Error) as refusal:
        sys.exit(str(refusal))
    is_equal = tell(comparisons)
    print(f"In all {time.monotonic() - start:.0f} s.")
    sys.exit(0 if is_equal else 1)


if __name__ == "__main__":
    main()
