"""What `make ask QUESTION=…` runs: an analysis, asked of the published marts.

QUESTION is the name of a file in analyses/; without one, all are listed. OUT is the
folder of the build. The whole answer is written as CSV, the first rows are shown.
"""

import csv
import difflib
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
from crm_marts import MartsError, open_marts, told_folder
from crm_summary import WIDTH

PROJECT = Path(__file__).resolve().parents[2]
ANALYSES = PROJECT / "analyses"
SHOWN_ROWS = 20
WIDE = 200, 24  # where there is no terminal to be measured


class AskError(Exception):
    """One sentence for the person at the keyboard."""


def main() -> int:
    question = os.environ.get("QUESTION", "").strip()
    try:
        if question:
            ask(question, told_folder())
        else:
            print(listed())
    except (AskError, MartsError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def questions() -> dict[str, Path]:
    return {path.stem: path for path in sorted(ANALYSES.glob("*/*.sql"))}


def listed() -> str:
    """All questions, room by room, each with what its first comment says."""
    lines = ["Ask one of these by make ask QUESTION=<name>:"]
    room = None
    for name, path in questions().items():
        if path.parent.name != room:
            room = path.parent.name
            lines += ["", room]
        said = re.match(r"(?:--[^\n]*\n)*", path.read_text(encoding="utf-8")).group()
        words = " ".join(line.strip("- ") for line in said.splitlines())
        lines.append(f"  {name}")
        lines += textwrap.wrap(
            words, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6
        )
    return "\n".join(lines)


def ask(question: str, folder: Path) -> None:
    """Ask the marts in this folder; show the first rows and where all of them are."""
    question = question.removesuffix(".sql")
    if question not in questions():
        near = difflib.get_close_matches(question, questions(), 3, 0.5)
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        raise AskError(f"There is no question {question}. {hint}make ask lists them.")
    answer_file = folder / "answers" / f"{question}.csv"
    with open_marts(folder) as connection:
        answer = connection.sql(compiled(question, folder))
        row_count = write(answer, answer_file)
        english = [name for name in answer.columns if not name.endswith("_zh")]
        width = shutil.get_terminal_size(WIDE).columns
        answer.limit(SHOWN_ROWS).select(*english).show(max_width=width)
    print(f"All columns of all {row_count:,} rows: {answer_file}")


def compiled(question: str, folder: Path) -> str:
    """The analysis as SQL on the published file, by dbt."""
    target = folder / ".dbt" / "ask"
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("dbt"), "--quiet", "compile"),
            *("--profiles-dir", "profiles", "--target", "marts"),
            *("--target-path", target, "--log-path", target, "--select", question),
        ],
        cwd=PROJECT,
        env={**os.environ, "CRM_WAREHOUSE_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AskError(f"dbt cannot compile {question}: {done.stdout.strip()}")
    (path,) = target.glob(f"compiled/*/analyses/*/{question}.sql")
    return path.read_text(encoding="utf-8")


def write(answer: duckdb.DuckDBPyRelation, path: Path) -> int:
    """Write the answer as spreadsheets read it, Chinese too; return its row count."""
    rows = answer.fetchall()
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(answer.columns)
        writer.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    sys.exit(main())
