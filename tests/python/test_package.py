"""Another dbt project installs this one: tests/consumer, a tea shop.

It maps its till by models, sets vars, puts rules and a stage of its own in the place of
ours, and reads public marts. Its totals are counted here from its till's own files.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import crm_landing
import duckdb
import pytest
import yaml
from conftest import PROJECT, Build, clean_environment

CONSUMER = PROJECT / "tests" / "consumer"
TILL = CONSUMER / "seeds" / "till"
LEFT_BEHIND = shutil.ignore_patterns(
    "dbt_packages", "target", "logs", "warehouse", "package-lock.yml"
)
A_PART = (
    *("build", "--indirect-selection", "cautious", "--select", "package:tea_shop"),
    *("+best_guests", "+agg_funnel_stages", "+agg_pyramid_tiers"),
    *("+crm_warehouse.marts.quality.reconciliation", "+quarantined_rows"),
)


def run(folder, *arguments, **settings):
    """Run dbt in the consumer's folder, as its user does."""
    done = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments],
        cwd=folder,
        env=clean_environment(**settings),
        capture_output=True,
        text=True,
    )
    return Build(done.returncode, done.stdout + done.stderr, folder / "warehouse")


def installed(folder):
    """A copy of the consumer that has installed this project."""
    shutil.copytree(CONSUMER, folder, ignore=LEFT_BEHIND)
    packages = {"packages": [{"local": str(PROJECT)}]}
    (folder / "packages.yml").write_text(yaml.safe_dump(packages))
    deps = run(folder, "deps")
    assert deps.exit_code == 0, deps.output
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return installed(tmp_path_factory.mktemp("consumer") / "shop")


@pytest.fixture(scope="module")
def built(shop):
    """What the shop's build of a part of the package made: a copy that stays open."""
    build = run(shop, *A_PART)
    assert build.exit_code == 0, build.output[-4000:]
    assert "WARNING" not in build.output
    copy = shutil.copy(build.folder / "crm.duckdb", shop / "built.duckdb")
    with duckdb.connect(copy, read_only=True) as connection:
        yield connection


def rows(name):
    with (TILL / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def receipts():
    """Receipts that can be read, each once, with their sum: what comes back is less."""
    found = {}
    for row in rows("receipts"):
        if row["paid"].replace(".", "").isdigit():
            sign = -1 if row["what"] == "taken back" else 1
            found[row["receipt_no"]] = {**row, "amount": sign * Decimal(row["paid"])}
    return list(found.values())


def test_its_tables_arrive_in_the_marts_with_their_totals(built):
    told = built.execute(
        "select count(*), sum(net_sales_amount), "
        "count(*) filter (where is_anonymous) from core.fct_transactions"
    ).fetchone()
    known = receipts()
    assert told == (
        len(known),
        sum(row["amount"] for row in known),
        sum(not row["card_no"] for row in known),
    )
    guests = {row["guest_no"] for row in rows("club_cards")}
    assert {
        guest
        for (guest,) in built.execute(
            "select customer_id from core.dim_customers"
        ).fetchall()
    } == guests


def test_nothing_of_them_is_lost(built):
    """What was read is counted apart from what was judged; both legs are told."""
    legs = {
        (table, leg): (count, amount)
        for table, leg, count, amount in built.execute(
            "select table_name, leg_code, row_count, amount from quality.reconciliation"
        ).fetchall()
    }
    for table, name in (
        ("cards", "club_cards"),
        ("transactions", "receipts"),
        ("leads", "enquiries"),
        ("funnel_events", "enquiry_steps"),
    ):
        assert legs[table, "read"][0] == len(rows(name)), table
        outcomes = ("accepted", "duplicate", "quarantined", "superseded")
        told = sum(legs[table, leg][0] for leg in outcomes if (table, leg) in legs)
        assert told == len(rows(name)), table
    assert legs["transactions", "fact"][1] == sum(row["amount"] for row in receipts())
    assert legs["transactions", "duplicate"][0] == 1
    assert built.execute(
        "select table_name, file_name, row_key, reasons from quality.quarantined_rows"
    ).fetchall() == [
        ("transactions", "shop_transactions", "R063", "net_amount: not_a_number")
    ]


def test_nothing_of_the_sample_shop_is_among_them(built):
    """It names no folder, since its tables are models."""
    for table in ("dim_products", "dim_stores", "fct_opportunities"):
        found = built.execute(
            f"select 1 from duckdb_tables() where table_name = '{table}'"
        ).fetchall()
        if found:
            assert built.execute(f"select * from core.{table}").fetchall() == [], table


def test_its_rule_takes_the_place_of_ours(built):
    """The best quarter is its first tier; with ours it would be one in a hundred."""
    tiers = built.execute(
        "select tier_code, tier_name, customer_count from segments.agg_pyramid_tiers "
        "order by tier_order"
    ).fetchall()
    buyers = sum(count for code, _, count in tiers if code != "N")
    assert [name for _, name, _ in tiers] == [
        "friends of the house",
        "guests",
        "passers-by",
    ]
    assert tiers[0][2] == -(-buyers // 4) > -(-buyers // 100)


def test_its_own_stage_shows_up(built):
    entered = Counter(row["step"] for row in rows("enquiry_steps"))
    told = built.execute(
        "select stage_code, stage_name_zh, entered_count from funnel.agg_funnel_stages "
        "where breakdown_name = 'all' and stage_kind != 'lost' order by stage_order"
    ).fetchall()
    assert told == [
        ("asked", "询问", entered["asked"]),
        ("tasting", "品茶", entered["tasting"]),
        ("bought", "已购买", entered["bought"]),
    ]


def test_its_vars_take_effect(built):
    """Buyers of six months, not of twelve."""
    count, months, start, as_of = built.execute(
        "select any_value(population_count), any_value(window_month_count), "
        "any_value(window_start_on), any_value(as_of_on) from segments.seg_pyramid"
    ).fetchone()
    assert (months, (as_of - start).days // 28) == (6, 6)
    holders = {row["card_no"]: row["guest_no"] for row in rows("club_cards")}
    buyers = {
        holders[row["card_no"]]
        for row in receipts()
        if row["card_no"] and row["amount"] > 0 and row["rung_up"] >= start.isoformat()
    }
    assert count == len(buyers)


def test_its_own_model_reads_public_marts(built):
    """And lies in its own schema, ours in ours."""
    own, ours = (
        built.execute(
            f"select customer_id, net_sales_amount from {table} "
            "where tier_name = 'friends of the house' order by all"
        ).fetchall()
        for table in ("main_tea.best_guests", "segments.seg_pyramid")
    )
    assert own == ours != []


def test_tables_are_told_as_in_our_own_project(built):
    """Comments of tables and columns, and no key's index in the work file."""
    assert built.execute(
        "select count(*) from duckdb_tables() "
        "where schema_name = 'segments' and comment is null"
    ).fetchone() == (0,)
    assert built.execute(
        "select comment from duckdb_columns() "
        "where table_name = 'seg_pyramid' and column_name = 'tier_code'"
    ).fetchone()[0]
    assert built.execute("select count(*) from duckdb_indexes()").fetchone() == (0,)
    keys = "select 1 from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    assert built.execute(keys).fetchall() == []


def test_what_the_page_on_packages_shows_is_what_is_built():
    """Every line of its examples, but for where the package comes from."""
    page = (PROJECT / "docs" / "package.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", page, re.M | re.S)
    files = [path for path in CONSUMER.rglob("*.*") if path.is_file()]
    known = "\n".join(
        path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in (".csv", ".sql", ".yml")
        and not LEFT_BEHIND(str(path.parent), path.relative_to(CONSUMER).parts)
    )
    shown = [text for kind, text in blocks if kind != "sh" and "revision" not in text]
    assert len(shown) > 5
    lines = "".join(shown).splitlines()
    assert [line for line in lines if line not in known.splitlines()] == []


def test_private_models_are_private(shop):
    """Even to a model that says it is of our group."""
    model = shop / "models" / "tea" / "curious.sql"
    model.write_text(
        "{{ config(group='foundation') }} "
        "select * from {{ ref('crm_warehouse', 'stg_crm__cards') }}"
    )
    refused = run(shop, "parse")
    model.unlink()
    assert refused.exit_code == 2
    assert (
        "Node model.tea_shop.curious attempted to reference node "
        "model.crm_warehouse.stg_crm__cards, which is not allowed because the"
    ) in refused.output


def test_a_table_is_handed_over_once(shop, tmp_path):
    """As a model or as files, and a mandatory one as either."""
    (tmp_path / "leads.csv").write_text("lead_id,created_at\nE01,2026-01-13\n")
    refused = run(shop, "run", "--select", "shop_leads", CRM_RAW_DIR=tmp_path)
    assert refused.exit_code == 2
    assert (
        "leads is handed over twice, by the model shop_leads and as leads.csv; take it "
        "out of raw_models, or the file out of raw_dir."
    ) in " ".join(refused.output.split())
    request = {"name": "cards", "is_left_out": True, "is_mandatory": True}
    told = json.loads(crm_landing.land_table("", json.dumps(request), str(tmp_path)))
    assert told["error"] == (
        "cards is missing, a mandatory table: name a model for it in raw_models, or "
        "point raw_dir at a folder that holds it."
    )


@pytest.mark.nightly
@pytest.mark.parametrize("has_our_ways", [True, False])
def test_all_of_it_is_built_and_published(tmp_path, has_our_ways):
    """Its own public table, too; with dbt-duckdb's keys and comments as with ours."""
    folder = installed(tmp_path / "shop")
    settings = yaml.safe_load((folder / "dbt_project.yml").read_text())
    if not has_our_ways:
        del settings["dispatch"]
        (folder / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    for _ in ("new", "once more"):
        build = run(folder, "build", "--target", "prod")
        assert build.exit_code == 0, build.output[-4000:]
        assert build.query("select count(*) from main_tea.best_guests") == [(2,)]
        assert build.value("select count(*) from duckdb_tables()") > 100
        assert (
            build.value("select count(*) from duckdb_tables() where comment is null")
            <= 1
        )
        assert build.value(
            "select count(*) from duckdb_constraints() "
            "where constraint_type = 'PRIMARY KEY' and table_name = 'seg_pyramid'"
        )
    page = folder / "dbt_packages/crm_warehouse/macros/python/crm_dashboard.py"
    subprocess.run(
        [sys.executable, page], env=clean_environment(OUT=build.folder), check=True
    )
    assert (build.folder / "dashboard.html").exists()
