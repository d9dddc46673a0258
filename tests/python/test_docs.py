"""What people read of the project: pictures, the guided tour, the list of commands."""

import json
import re

import pytest
from conftest import PROJECT
from crm_help import shown
from crm_pictures import pictures

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
LINK = re.compile(r"\[(\w+)\]\(#!/model/([\w.]+)\)")


@pytest.fixture(scope="module")
def drawn(manifest):
    return pictures(manifest)


@pytest.fixture(scope="module")
def manifest(dbt):
    dbt.parse()
    return json.loads(dbt.manifest_file.read_bytes())


@pytest.fixture(scope="module")
def marts(manifest):
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    ]


# Pictures


@pytest.mark.parametrize("name", ["entities.md", "lineage.md"])
def test_a_picture_is_that_of_the_models(drawn, name):
    committed = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    assert committed == drawn[name], "draw it anew by `make pictures`"


def test_every_mart_stands_in_the_pictures_with_its_key(drawn, marts):
    entities = re.findall(
        r"^    (\w+) {\n(.*?)    }", drawn["entities.md"], re.S | re.M
    )
    told = {
        name: set(re.findall(r"(\w+) PK", columns)) for name, columns in entities
    } | {
        name: set(columns.split(", "))
        for name, columns in re.findall(r"- `(\w+)`: (.+)", drawn["entities.md"])
    }
    assert told.keys() == {node["name"] for node in marts}
    for node in marts:
        for constraint in node["constraints"]:
            assert told[node["name"]] == set(constraint["columns"])
        if node["schema"] != "core":
            assert f"| [`{node['name']}`](../models/marts/" in drawn["lineage.md"]


def test_every_tested_reference_to_core_is_a_solid_line(drawn, manifest, marts):
    core = {node["name"] for node in marts if node["schema"] == "core"}
    public = {node["unique_id"]: node["name"] for node in marts}
    tested = set()
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") == "relationships" and node["attached_node"] in public:
            target = re.search(r"'(\w+)'", test["kwargs"]["to"])[1]
            if target in core:
                name = public[node["attached_node"]]
                tested.add((name, target, test["kwargs"]["column_name"]))
    lines = re.findall(r"    (\w+) \S+--\S+ (\w+) : (\w+)", drawn["entities.md"])
    assert set(lines) == tested
    assert len(tested) > 50


def test_a_room_is_read_as_often_as_the_arrows_say(drawn, manifest):
    models = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }
    readers = [
        node
        for node in models.values()
        if node["fqn"][2] == "care"
        and any(
            models.get(key, {}).get("schema") == "core"
            for key in node["depends_on"]["nodes"]
        )
    ]
    assert f'core -->|"{len(readers)}"| care' in drawn["lineage.md"]


# The guided tour of dbt's site


def test_the_tour_leads_to_every_mart_and_no_link_is_broken(manifest, marts):
    tour = (PROJECT / "models" / "_overview.md").read_text(encoding="utf-8")
    links = LINK.findall(tour)
    assert tour.count("](#!/") == len(links)
    for name, key in links:
        assert manifest["nodes"][key]["name"] == name
    assert {node["unique_id"] for node in marts} <= {key for _, key in links}


def test_each_room_has_one_colour_of_its_own(manifest):
    rooms = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            room = node["group"] if node["schema"] != "intermediate" else node["fqn"][2]
            room = node["schema"] if room == "foundation" else room
            room = "intermediate" if room == "history" else room
            rooms.setdefault(room, set()).add(node["config"]["docs"]["node_color"])
    assert all(len(colours) == 1 and None not in colours for colours in rooms.values())
    assert len({colour for (colour,) in rooms.values()}) == len(rooms) == 12


# Commands


def test_help_lists_every_command_within_eighty_columns():
    commands = re.search(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)[1].split()
    lines = shown(MAKEFILE)
    assert [line for line in lines if len(line) > 80] == []
    listed = [line.split()[1] for line in lines if line.startswith("  make ")]
    assert sorted(listed) == sorted(commands)
    assert len(set(listed)) == len(listed)


def test_every_command_is_told_of_in_words():
    pages = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"]
    pages += (PROJECT / "docs").glob("*.md")
    told = "".join(page.read_text(encoding="utf-8") for page in pages)
    commands = re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE)
    assert [name for name in commands if f"make {name}" not in told] == []


def test_help_shows_every_variable_that_a_command_takes():
    text = "\n".join(shown(MAKEFILE))
    for variable in re.findall(r"[A-Z_]+=", "".join(re.findall("## .*", MAKEFILE))):
        assert variable in text
    for variable in re.search(r"^export ([A-Z_ ]+)$", MAKEFILE, re.M)[1].split():
        assert f"{variable}=" in text
