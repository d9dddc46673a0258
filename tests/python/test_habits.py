"""What stands for others to follow agrees with what the project is."""

import re

import yaml
from conftest import PROJECT

WORKFLOW = PROJECT / ".github" / "workflows" / "ci.yml"
HOOKS = PROJECT / ".pre-commit-config.yaml"
OWNERS = PROJECT / ".github" / "CODEOWNERS"


def test_the_workflow_runs_the_two_commands_of_the_readme():
    told = re.search(r"```sh\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    commands = [line.split("#")[0].strip() for line in told[1].strip().splitlines()]
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["build_and_test"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == commands


def test_each_hook_runs_a_linter_of_make_lint():
    lint = (PROJECT / "Makefile").read_text()
    hooks = yaml.safe_load(HOOKS.read_text())["repos"][0]["hooks"]
    for hook in hooks:
        tool = hook["entry"].split()[0].removeprefix(".venv/bin/")
        assert f"$(BIN)/{tool} " in lint, tool
    assert len(hooks) == 4
    (folders,) = re.findall(r"sqlfluff lint [-\w ]*?(models.*)", lint)
    (hook,) = [hook for hook in hooks if hook["id"] == "sqlfluff"]
    assert hook["files"] == rf"^({'|'.join(folders.split())})/.*\.sql$"


def test_each_room_has_its_owner():
    lines = [line.split() for line in OWNERS.read_text().splitlines() if line]
    owners = {line[0]: line[1] for line in lines if line[0] != "#"}
    for path in owners.keys() - {"*"}:
        assert (PROJECT / path.strip("/")).is_dir(), path
    groups = yaml.safe_load((PROJECT / "models" / "_groups.yml").read_text())["groups"]
    for group in groups:
        email = group["owner"]["email"]
        owner = "@crm-warehouse/" + email.split("@")[0]
        if group["name"] == "foundation":
            assert owners["*"] == owner
        else:
            assert owners[f"/models/marts/{group['name']}/"] == owner
