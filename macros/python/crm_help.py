"""What `make help` shows: the commands and variables that the Makefile tells of."""

import re
import textwrap
from pathlib import Path

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"
COMMAND = re.compile(r"([a-z]+):.*?## (.*)")
VARIABLE = re.compile(r"\[[A-Z_]+=[^\]]+\]|[A-Z_]+=\S+")
WIDTH, INDENT = 80, 20


def main() -> None:
    print("\n".join(shown(MAKEFILE.read_text(encoding="utf-8"))))


def shown(makefile: str) -> list[str]:
    """Groups of commands, the variables of each beneath it, and what they mean."""
    lines, variables = [], []
    for line in makefile.splitlines():
        command = COMMAND.match(line)
        if line.startswith("##@ "):
            lines += ["", line[4:]]
        elif line.startswith("#: "):
            name, meaning = line[3:].split(maxsplit=1)
            variables.append(f"  {name:<{INDENT - 2}}{meaning}")
        elif command:
            lines += about(*command.groups())
    head = ["Commands, and the variables that they take; those in [ ] may be left out"]
    return [*head, *lines, "", "Variables", *variables]


def about(name: str, text: str) -> list[str]:
    """A command with what it does, its variables beneath."""
    does = " ".join(VARIABLE.sub("", text).split())
    wrapped = textwrap.wrap(does, WIDTH - INDENT)
    # Words of a variable stay together.
    variables = [each.replace(" ", "\0") for each in VARIABLE.findall(text)]
    given = textwrap.wrap(" ".join(variables), WIDTH - INDENT, break_on_hyphens=False)
    first, *others = wrapped + [line.replace("\0", " ") for line in given]
    margin = " " * INDENT
    start = f"  make {name}"
    return [f"{start:<{INDENT}}{first}", *(margin + line for line in others)]


if __name__ == "__main__":
    main()
