"""What each model cost on the cluster, out of Spark's own event log.

`python scale.py <folder of the event log>` prints a table in Markdown: stages, tasks,
rows and bytes written to shuffles and CPU of the executors, for each model and seed,
widest first.
"""

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

NODE = re.compile(r'"node_id": "(?:model|seed)\.crm_warehouse\.(\w+)"')


@dataclass
class Cost:
    """Sums over the finished stages of one model."""

    stage_count: int = 0
    task_count: int = 0
    shuffle_bytes: int = 0
    shuffle_rows: int = 0
    cpu_seconds: float = 0.0

    def add(self, stage):
        told = {each["Name"]: each.get("Value") for each in stage["Accumulables"]}
        self.stage_count += 1
        self.task_count += stage["Number of Tasks"]
        self.shuffle_bytes += int(
            told.get("internal.metrics.shuffle.write.bytesWritten", 0)
        )
        self.shuffle_rows += int(
            told.get("internal.metrics.shuffle.write.recordsWritten", 0)
        )
        self.cpu_seconds += int(told.get("internal.metrics.executorCpuTime", 0)) / 1e9


def costs(events_dir):
    """The cost of each node of dbt: {name: Cost}."""
    node_of_stage = {}
    told = defaultdict(Cost)
    for event in events(events_dir):
        if event["Event"] == "SparkListenerJobStart":
            said = (event.get("Properties") or {}).get("spark.job.description", "")
            found = NODE.search(said)
            for stage in event["Stage IDs"]:
                node_of_stage[stage] = found[1] if found else None
        elif event["Event"] == "SparkListenerStageCompleted":
            stage = event["Stage Info"]
            node = node_of_stage.get(stage["Stage ID"])
            if node and "Failure Reason" not in stage:
                told[node].add(stage)
    return dict(told)


def events(events_dir):
    """Every event of every log in the folder."""
    for path in sorted(Path(events_dir).rglob("*")):
        if path.is_file() and not path.name.startswith(("appstatus", ".")):
            with path.open() as lines:
                for line in lines:
                    yield json.loads(line)


def table(told):
    """The costs as a table in Markdown."""
    yield "| model | stages | tasks | shuffled rows | shuffled KB | CPU s |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, cost in sorted(
        told.items(), key=lambda item: (-item[1].shuffle_bytes, item[0])
    ):
        yield (
            f"| {name} | {cost.stage_count} | {cost.task_count} "
            f"| {cost.shuffle_rows:,} | {cost.shuffle_bytes / 1000:,.0f} "
            f"| {cost.cpu_seconds:.2f} |"
        )


if __name__ == "__main__":
    print("\n".join(table(costs(sys.argv[1]))))
