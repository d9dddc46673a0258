"""What dbt has parsed for one folder serves builds in every other."""

import crm_build
import jinja2
import pytest
import yaml
from conftest import PROJECT, environment
from crm_publishing import place_work_file


def outputs_told_by_profile(folder):
    """The targets of profiles.yml, as dbt reads them with this CRM_WAREHOUSE_DIR."""
    text = (PROJECT / "profiles" / "profiles.yml").read_text()
    settings = {"CRM_WAREHOUSE_DIR": folder}
    told = jinja2.Template(text).render(env_var=settings.get)
    return yaml.safe_load(told)["crm_warehouse"]["outputs"]


@pytest.mark.parametrize("target", ["dev", "ci", "prod"])
def test_the_profile_is_the_same_for_every_folder(target):
    one, other = outputs_told_by_profile("one"), outputs_told_by_profile("other")
    assert one[target] == other[target]
    assert one["marts"] != other["marts"]


@pytest.mark.parametrize(
    ("folder", "path", "placed"),
    [
        ("here", "crm.duckdb", "here/crm.duckdb"),
        (None, "crm.duckdb", "warehouse/crm.duckdb"),
        ("here", "there/crm.duckdb", "there/crm.duckdb"),
        ("here", "/there/crm.duckdb", "/there/crm.duckdb"),
    ],
)
def test_a_work_file_without_a_folder_lies_in_the_warehouse(folder, path, placed):
    with environment(CRM_WAREHOUSE_DIR=folder):
        assert str(place_work_file(path)) == placed


@pytest.fixture
def parsed(tmp_path, monkeypatch):
    """A project of its own, and the places where it and a folder keep their parse."""
    monkeypatch.setattr(crm_build, "PROJECT", tmp_path)
    return (
        tmp_path / "target" / crm_build.PARSED,
        tmp_path / "marts" / ".dbt" / crm_build.PARSED,
        {"DBT_TARGET_PATH": str(tmp_path / "marts" / ".dbt")},
    )


def test_a_new_folder_begins_with_what_the_project_has_parsed(parsed):
    project, folder, told = parsed
    crm_build.share_parse(told, is_given=False)
    assert not folder.exists()
    project.parent.mkdir()
    project.write_text("parsed")
    crm_build.share_parse(told, is_given=False)
    assert folder.read_text() == "parsed"
    folder.write_text("its own")
    crm_build.share_parse(told, is_given=False)
    crm_build.share_parse(told, is_given=True)
    assert (project.read_text(), folder.read_text()) == ("parsed", "its own")


def test_the_project_takes_what_was_parsed_for_its_first_folder(parsed):
    project, folder, told = parsed
    folder.parent.mkdir(parents=True)
    folder.write_text("parsed")
    crm_build.share_parse(told, is_given=True)
    assert project.read_text() == "parsed"
