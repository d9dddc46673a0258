"""What `make build` runs: dbt's build of everything, a summary of it, the pages.

RAW, AS_OF and OUT in the environment say what to build; paths may be relative to the
folder that make runs in. dbt's own lines are shown as they come. If the build fails,
its last line is the one sentence that says why, and nothing is published.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
from crm_damage import find_damage
from crm_dashboard import write_dashboard
from crm_dictionary import write_dictionary
from crm_marts import MartsError
from crm_summary import summary

PROJECT = Path(__file__).resolve().parents[2]
BUILD = ("build", "--profiles-dir", "profiles", "--target", "prod")
PARSED = "partial_parse.msgpack"  # dbt's name for what it has parsed
UNTOUCHED = "marts.duckdb was left as it was"

# Lines of dbt's error blocks that name the kind and place of an error, not its reason.
FRAME = re.compile(
    r"Encountered an error:|> (in|called by) |[A-Z]\w*( [A-Z]\w*)? Error( in .*)?$"
)
# A model that reads a raw table, and was stopped by the engine.
UNREAD = re.compile(r"(?:Runtime|Database) Error in model base_[a-z]+__(\w+)")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Told:
    """What dbt's lines tell beside what they show."""

    reasons: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # of the raw folder
    unread_tables: list[str] = field(default_factory=list)

    def add(self, shown_line: str, reason: str | None) -> None:
        self.reasons += [reason] if reason else []
        self.unread_tables += UNREAD.findall(COLOUR.sub("", shown_line))
        if "  Raw: " in shown_line and "left out" in shown_line:
            self.left_out.append(shown_line.split("  Raw: ", 1)[1])


def main() -> int:
    environment = build_environment(dict(os.environ))
    folder = PROJECT / environment.get("CRM_WAREHOUSE_DIR", "warehouse")
    print(f"Building {folder / 'marts.duckdb'}", flush=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"Cannot make the folder {folder} ({error.strerror}), choose another.")
        return 1
    exit_code, told = run_dbt(environment, BUILD)
    if told.unread_tables:
        damage = find_damage(folder / "crm.duckdb", told.unread_tables)
        told.reasons += [f"{damage} {UNTOUCHED}."] if damage else []
    if told.reasons:
        # A build may be green and not be published, if dbt was told to build a part.
        print("\n" + told.reasons[-1], flush=True)
        return exit_code or 1
    if exit_code:
        print(f"\ndbt ended with exit code {exit_code}, {UNTOUCHED}.", flush=True)
        return exit_code
    text = summary(folder / "marts.duckdb", shown(folder), told.left_out)
    print("\n" + text, flush=True)
    return draw(folder, environment)


def draw(folder: Path, environment: dict) -> int:
    """Write the pages; the marts are published whether they can be or not."""
    target = PROJECT / environment.get("DBT_TARGET_PATH", "target")
    try:
        write_dashboard(folder)
        write_dictionary(folder, target / "manifest.json")
    except (OSError, duckdb.Error, MartsError) as error:
        print(f"\nmarts.duckdb is published, but its pages are not: {error}")
        return 1
    return 0


def build_environment(environment: dict) -> dict:
    """Say in dbt's environment what RAW, AS_OF and OUT say to make."""
    raw, as_of, out = (environment.pop(name, "") for name in ("RAW", "AS_OF", "OUT"))
    if raw:
        environment["CRM_RAW_DIR"] = str(Path(raw).absolute())
    if as_of:
        environment["CRM_AS_OF_DATE"] = as_of
    if out:
        folder = Path(out).absolute()
        environment["CRM_WAREHOUSE_DIR"] = str(folder)
        # Two builds at once must not share dbt's artifacts: each folder keeps its own.
        environment.setdefault("DBT_TARGET_PATH", str(folder / ".dbt"))
        environment.setdefault("DBT_LOG_PATH", str(folder / ".dbt"))
    # Each statement in dbt.log costs a tenth of the build.
    environment.setdefault("DBT_LOG_LEVEL_FILE", "info")
    return environment


def share_parse(environment: dict, is_given: bool) -> None:
    """Let a build in a new folder begin with what dbt has parsed for another one.

    dbt checks it file by file, and parses everything anew where it cannot be used.
    """
    project = PROJECT / "target" / PARSED
    folder = PROJECT / environment.get("DBT_TARGET_PATH", "target") / PARSED
    giver, taker = (folder, project) if is_given else (project, folder)
    if giver.exists() and not taker.exists():
        with contextlib.suppress(OSError):
            taker.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(giver, taker)


def run_dbt(
    environment: dict, command: tuple[str, ...], is_shown: bool = True
) -> tuple[int, Told]:
    """Run dbt and show its lines; return its exit code and what they tell."""
    share_parse(environment, is_given=False)
    dbt = Path(sys.executable).with_name("dbt")
    colours = "--use-colors" if sys.stdout.isatty() else "--no-use-colors"
    process = subprocess.Popen(
        [dbt, colours, "--log-format", "json", *command],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    told = Told()
    try:
        for line in process.stdout:
            shown_line, reason = read_line(line.rstrip("\n"))
            if is_shown:
                print(shown_line, flush=True)
            told.add(shown_line, reason)
        exit_code = process.wait()
        share_parse(environment, is_given=True)
        return exit_code, told
    except KeyboardInterrupt:
        # The terminal has told dbt too; it ends its query and says so.
        told.reasons.append(f"Stopped; {UNTOUCHED}.")
        try:
            process.communicate(timeout=10)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
            process.wait()
        return 130, told


def read_line(line: str) -> tuple[str, str | None]:
    """Turn a line of dbt's log into what a person reads, and its reason if any."""
    try:
        event = json.loads(line)["info"]
        told_at = datetime.fromisoformat(event["ts"]).astimezone()
    except (ValueError, KeyError, TypeError):
        return line, None
    message = event["msg"]
    return f"{told_at:%H:%M:%S}  {message}", find_reason(event["name"], message)


def find_reason(event_name: str, message: str) -> str | None:
    """The sentence inside one of dbt's error blocks, or the one about publishing."""
    plain = COLOUR.sub("", message)
    if UNTOUCHED in plain:
        return UNTOUCHED + plain.split(UNTOUCHED, 1)[1].rstrip()
    is_model_refused = event_name == "RunResultError" and "Compilation Error" in plain
    if event_name != "MainEncounteredError" and not is_model_refused:
        return None
    lines = [line.strip() for line in plain.splitlines()]
    sentence = " ".join(line for line in lines if line and not FRAME.match(line))
    return f"{sentence} {UNTOUCHED}." if is_model_refused else sentence


def shown(path: Path) -> str:
    """A path as short as it can be said from where we are."""
    return str(
        path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    )


if __name__ == "__main__":
    sys.exit(main())
