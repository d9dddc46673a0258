"""The memory that is told of the cluster is what the machine must have for it."""

import os
import subprocess
import sys

import pytest
from memory import held_megabytes

# Holds 200 MB, forks, and both wait for the end of their input.
FORKED = """
import os, sys
held = b"x" * (200 * 2**20)
child = os.fork()
if child:
    print("forked", flush=True)
sys.stdin.read()
if child:
    os.waitpid(child, 0)
"""


@pytest.fixture
def forked():
    """The id of a process that has forked."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == "forked\n"
        yield process.pid
        process.stdin.close()


def test_pages_that_two_processes_share_are_counted_once(forked):
    assert 200 <= held_megabytes(forked, {}, "all")["all"] < 300


def test_processes_are_told_by_the_leader_of_their_group(forked):
    held = held_megabytes(os.getpid(), {forked: "worker"}, "dbt")
    assert 200 <= held["worker"] < 300
    assert held["dbt"] > 0
