"""A small but real Spark cluster on 127.0.0.1: master, two workers, Thrift server.

Everything comes from the pip package pyspark and Java 17. All processes together stay
within 4 GiB; each writes a log of its own into the cluster's folder, and `stop` ends
them by their process ids, and nothing else.
"""

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HOST = "127.0.0.1"
WORKER_COUNT = 2
START_SECONDS = 120
STOP_SECONDS = 20

# Megabytes of heap. A JVM takes some 200 beside its heap.
DAEMON_HEAP = 128
EXECUTOR_HEAP = 512
SERVER_HEAP = 1000
# Of a build of minutes the just-in-time compiler would take a third: one tier will do.
LEAN = (
    "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=96m "
    "-Xss512k -XX:MaxMetaspaceSize={}m"
)

SETTINGS = {
    # small data: to compile an expression takes longer than to interpret it
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # few tasks, none of them far away
    "spark.cores.max": "4",
    "spark.executor.cores": "2",
    "spark.executor.memory": f"{EXECUTOR_HEAP}m",
    "spark.default.parallelism": "4",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.locality.wait": "0s",
    "spark.scheduler.mode": "FAIR",
    "spark.sql.files.openCostInBytes": "1m",
    "spark.ui.enabled": "false",
    # what the models count on
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
    # tables live in the cluster's folder and end with it
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.sources.default": "parquet",
    "spark.sql.parquet.compression.codec": "snappy",
    # a worker that is gone is missed at once
    "spark.network.timeout": "60s",
    "spark.executor.heartbeatInterval": "5s",
}

LOGGING = """\
rootLogger.level = warn
rootLogger.appenderRef.file.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
logger.master.name = org.apache.spark.deploy
logger.master.level = info
logger.thrift.name = org.apache.hive.service
logger.thrift.level = info
"""


class ClusterError(Exception):
    """One sentence for the person at the keyboard."""


def find_java():
    """The Java 17 that Spark runs on: of JAVA_HOME, else of PATH."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if java is None:
        raise ClusterError(
            "Spark needs Java 17 and none was found: install a JDK or JRE 17 (Debian: "
            "openjdk-17-jre-headless), or point JAVA_HOME at it."
        )
    told = subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=False
    ).stderr
    found = re.search(r'version "(\d+)', told)
    if not found or int(found[1]) not in (17, 21):
        raise ClusterError(
            f"Spark 4.3 needs Java 17 and {java} is "
            f"{found[1] if found else 'of no known version'}: point JAVA_HOME at a 17."
        )
    return java


def free_ports(count):
    """Ports of 127.0.0.1 that nobody uses now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


class Cluster:
    """Starts, watches and stops the processes; a context manager."""

    def __init__(self, folder, **settings):
        self.folder = Path(folder).absolute()
        self.home = Path(importlib.util.find_spec("pyspark").origin).parent
        self.settings = {**SETTINGS, **settings}
        self.processes = {}
        self.port = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def tables_dir(self):
        return self.folder / "tables"

    @property
    def events_dir(self):
        return self.folder / "events"

    @property
    def leaders(self):
        """The name of each process by its id, which is that of its group too."""
        return {process.pid: name for name, process in self.processes.items()}

    def start(self):
        """Start all, and return when the Thrift server answers."""
        find_java()
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("conf", "logs", "work", "local", "tables", "events"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "conf" / "log4j2.properties").write_text(LOGGING)
        master, self.port, *webs = free_ports(3 + WORKER_COUNT)
        self.master = f"spark://{HOST}:{master}"
        self._spark_class(
            "master",
            "org.apache.spark.deploy.master.Master",
            *("--host", HOST, "--port", str(master), "--webui-port", str(webs.pop())),
        )
        self._wait(master, "master")
        for number in range(1, WORKER_COUNT + 1):
            self._spark_class(
                f"worker{number}",
                "org.apache.spark.deploy.worker.Worker",
                *("--host", HOST, "--webui-port", str(webs.pop())),
                *("--cores", "2", "--memory", f"{EXECUTOR_HEAP}m"),
                *("--work-dir", str(self.folder / "work" / str(number)), self.master),
            )
        self._start_server()
        self._wait(self.port, "thrift")

    def _start_server(self):
        settings = {
            **self.settings,
            "spark.sql.warehouse.dir": self.tables_dir.as_uri(),
            "spark.eventLog.enabled": "true",
            "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.dir": self.events_dir.as_uri(),
            "spark.executor.extraJavaOptions": LEAN.format(192),
            "spark.driver.extraJavaOptions": LEAN.format(256),
            "spark.driver.host": HOST,
            "spark.driver.bindAddress": HOST,
        }
        arguments = [str(self.home / "bin" / "spark-submit"), "--master", self.master]
        for name, value in settings.items():
            arguments += ["--conf", f"{name}={value}"]
        arguments += [
            *("--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"),
            *("--name", "crm_warehouse", "spark-internal"),
            *("--hiveconf", f"hive.server2.thrift.port={self.port}"),
            *("--hiveconf", f"hive.server2.thrift.bind.host={HOST}"),
            *("--hiveconf", "hive.server2.logging.operation.enabled=false"),
        ]
        self._start("thrift", arguments, SERVER_HEAP)

    def _spark_class(self, name, *arguments):
        self._start(
            name,
            [str(self.home / "bin" / "spark-class"), *arguments],
            DAEMON_HEAP,
            SPARK_DAEMON_JAVA_OPTS=LEAN.format(96),
        )

    def _start(self, name, arguments, heap, **environment):
        with open(self.folder / "logs" / f"{name}.log", "wb") as log:
            self.processes[name] = subprocess.Popen(
                arguments,
                cwd=self.folder,
                env={
                    **os.environ,
                    "SPARK_HOME": str(self.home),
                    "SPARK_CONF_DIR": str(self.folder / "conf"),
                    "SPARK_LOCAL_DIRS": str(self.folder / "local"),
                    "SPARK_LOCAL_IP": HOST,
                    "SPARK_DAEMON_MEMORY": f"{heap}m",
                    # else the C library keeps a pool for each core of the machine
                    "MALLOC_ARENA_MAX": "2",
                    **environment,
                },
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _wait(self, port, name):
        """Until the port answers; a process that died first is told with its log."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            self.check()
            with (
                contextlib.suppress(OSError),
                socket.create_connection((HOST, port), 1),
            ):
                return
            time.sleep(0.2)
        raise ClusterError(
            f"{name} did not answer on port {port}.{self.log_tail(name)}"
        )

    def check(self):
        """Raise if one of the processes ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise ClusterError(f"{name} ended early.{self.log_tail(name)}")

    def log_tail(self, name, lines=15):
        """The last lines of a process's log."""
        log = self.folder / "logs" / f"{name}.log"
        text = log.read_text(errors="replace").splitlines()[-lines:]
        return "\n  " + "\n  ".join(text)

    def lose(self, name):
        """Kill a worker with its executors, as a machine that is switched off."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        """End what was started, the server first, and wait until it is gone."""
        for process in reversed(self.processes.values()):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes = {}


if __name__ == "__main__":
    try:
        find_java()
    except ClusterError as refusal:
        sys.exit(str(refusal))
