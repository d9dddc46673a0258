"""The memory that processes hold, each page counted once however many share it.

Resident sizes would count the pages of a process that just forked twice, and the shared
libraries of six Java machines six times.
"""

import contextlib
from pathlib import Path


def held_megabytes(pid, leaders, other):
    """Memory of a process and all that it started: {name: megabytes}.

    `leaders` names process groups by their leader's id; the rest goes by `other`.
    """
    parents, groups = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            each = int(status.parent.name)
            parents[each], groups[each] = int(fields[1]), int(fields[2])
    family = {pid}
    while more := {child for child, of in parents.items() if of in family} - family:
        family |= more
    held = dict.fromkeys([*leaders.values(), other], 0)
    for each in family:
        held[leaders.get(groups.get(each), other)] += proportional_kilobytes(each)
    return {name: kilobytes // 1024 for name, kilobytes in held.items()}


def proportional_kilobytes(pid):
    """Of a shared page its part only; 0 for a process that has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
