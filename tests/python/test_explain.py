"""`make explain` tells one customer as the marts do, and why."""

import os
import subprocess
import sys

import pytest
from conftest import PROJECT


@pytest.fixture(scope="module")
def explain(sample):
    """`explain(customer)` runs what `make explain CUSTOMER=…` runs."""

    def run(name, folder=sample.folder):
        return subprocess.run(
            [sys.executable, str(PROJECT / "macros" / "python" / "crm_explain.py")],
            env={**os.environ, "CUSTOMER": name, "OUT": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_every_score_stands_there_with_its_figures(explain, sample):
    ((customer_id, *told),) = sample.query(
        "select customer_id, tier_name, rfm_code, quadrant_name_zh, stage_name, "
        "format('{:,.2f}', window_net_sales_amount::double), "
        "'next due ' || next_due_on "
        "from segments.seg_customers where tier_code = 'A' order by customer_id limit 1"
    )
    ((rank, worse_share),) = sample.query(
        "select format('rank {:,} of {:,}', sales_rank, seg_rfm.population_count), "
        "format('R {}: {} days, {:.0f} %', r_score, recency_days, "
        "100.0 * recency_worse_count / seg_rfm.population_count) "
        "from segments.seg_rfm inner join segments.seg_pyramid using (customer_id) "
        "where customer_id = $1",
        [customer_id],
    )
    shown = explain(customer_id)
    assert shown.returncode == 0, shown.stderr
    text = " ".join(shown.stdout.split())
    for words in (*told, rank, worse_share):
        assert words in text


def test_a_card_leads_to_its_customer(explain, sample):
    ((card_id, customer_id),) = sample.query(
        "select card_id, customer_id from core.dim_cards "
        "where card_id != customer_id order by card_id limit 1"
    )
    assert explain(card_id).stdout == explain(customer_id).stdout


def test_who_never_bought_has_a_page_too(explain, sample):
    customer_id = sample.value(
        "select min(customer_id) from segments.seg_lifecycle "
        "where stage_code = 'prospect' and customer_id is not null"
    )
    assert "never bought" in explain(customer_id).stdout


def test_who_opted_out_is_not_to_be_called(explain, sample):
    ((opted_out, open_to),) = sample.query(
        "select min(customer_id) filter (has_opted_out and has_phone_consent), "
        "(select min(customer_id) from care.lst_contactable_customers "
        "where allowed_channels = 'sms') from core.dim_customers"
    )
    shown = " ".join(explain(opted_out).stdout.split())
    assert "Do 建議 Do not contact until the customer agrees anew" in shown
    assert "Contact 聯絡 no · opted out of a campaign" in shown
    assert "call: opted out of a campaign" in shown
    shown = " ".join(explain(open_to).stdout.split())
    assert "(by sms)" in shown
    assert "Contact 聯絡 by sms text message: may be contacted; e-mail: " in shown


def test_it_says_in_one_line_what_is_wrong(explain, tmp_path):
    for name, folder, words in (
        ("nobody", None, "nobody is neither a customer_id nor a card_id"),
        ("", None, "make explain CUSTOMER=<customer_id>"),
        ("M1", tmp_path, "run make build first"),
    ):
        shown = explain(name, folder) if folder else explain(name)
        assert shown.returncode == 1
        assert words in shown.stderr
        assert shown.stderr.count("\n") == 1
