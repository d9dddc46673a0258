"""`make explain` tells one customer as the marts do, and why."""

import csv
import re
import subprocess
import sys

import duckdb
import pytest
from conftest import PROJECT, clean_environment


@pytest.fixture(scope="module")
def explain(sample):
    """`explain(customer)` runs what `make explain CUSTOMER=…` runs."""

    def run(name, folder=sample.folder, told_by="OUT"):
        return subprocess.run(
            [sys.executable, str(PROJECT / "macros" / "python" / "crm_explain.py")],
            env=clean_environment(CUSTOMER=name, **{told_by: folder}),
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


def told(explain, sample, which):
    """What is shown of the first customer of whom a query tells the customer_id."""
    customer_id = sample.value(f"select min(customer_id) from ({which})")
    return customer_id, " ".join(explain(customer_id).stdout.split())


def test_a_churn_risk_is_told_with_what_makes_it(explain, sample):
    customer_id, shown = told(
        explain, sample, "from care.lst_churn_risks where has_own_rhythm"
    )
    ((gap, recency, lost, band, risk, rank, amount, value, likelihood),) = sample.query(
        "select median_gap_days, risks.recency_days, lost_after_days, risk_name, "
        "churn_risk, priority_rank, priority_amount, value_amount, response_likelihood "
        "from care.lst_churn_risks as risks "
        "inner join core.fct_customer_standings using (customer_id) "
        "where customer_id = $1",
        [customer_id],
    )
    # Lost after three gaps of their own.
    assert lost == 3 * gap
    assert f"Churn risk 流失風險 {band} · " in shown
    assert f" {100 * min(recency / lost, 1):.0f} % bought nothing for" in shown
    times = f"lost after {float(lost):g} (by gaps of {float(gap):g} days)"
    assert f"for {recency} days, {times}" in shown
    assert f"place {rank} with {amount:,.2f}: risk × " in shown
    assert f" {value:,.2f} × likelihood of an answer {likelihood:.2f}" in shown
    assert abs(risk * value * likelihood - amount) < 1
    for which, why in (
        (
            "is_window_buyer and customer_id in "
            "(select customer_id from core.dim_customers where has_opted_out)",
            "not to be contacted",
        ),
        ("not is_window_buyer", "bought nothing in the window"),
    ):
        which = f"from core.fct_customer_standings where {which}"
        _, shown = told(explain, sample, which)
        assert f"Churn risk 流失風險 not on the list · 不在名單 {why}" in shown


def test_an_advocate_is_one_by_a_referral_or_by_an_answer(explain, sample):
    referring = (
        "select referred_by_customer_id from core.fct_referrals "
        "where first_purchase_on is not null"
    )
    advocates = "from segments.seg_customers where stage_code = 'advocate'"
    customer_id, shown = told(
        explain, sample, f"{advocates} and customer_id in ({referring})"
    )
    count = sample.value(
        "select count(*) from core.fct_referrals where first_purchase_on is not null "
        "and referred_by_customer_id = $1",
        [customer_id],
    )
    assert f"speaks for us: {count} bought whom they referred, since " in shown
    assert f"{count} of them bought" in shown
    customer_id, shown = told(
        explain, sample, f"{advocates} and customer_id not in ({referring})"
    )
    ((score, day),) = sample.query(
        "select score, answered_on from core.fct_surveys "
        "where question = 'nps' and customer_id = $1 "
        "order by answered_at desc limit 1",
        [customer_id],
    )
    assert f"speaks for us: would recommend us with {score:.0f} of 10" in shown
    latest = f"NPS {score:.0f} of 10 the latest of \\d answers, of {day}"
    assert re.search(latest, shown)


def test_flags_of_bargains_stand_beside_their_limits(explain, sample):
    for flag, words in (
        (
            "is_cherry_picker",
            "format('cherry-picker {:.0f} % bought on promotion (limit {:.0f} %), "
            "{} tickets (limit {})', 100 * promo_share::double, "
            "100 * least_promo_share::double, ticket_count, least_ticket_count)",
        ),
        (
            "is_bulk_buyer",
            "format('bulk buyer up to {:g} units of a product on one day "
            "(limit {:g}), {} times above it', largest_unit_count::double, "
            "bulk_limit_unit_count::double, bulk_product_day_count)",
        ),
        (
            "is_house_suspect",
            "format('more tickets than a person has {} tickets (limit {}) on {} "
            "purchase days (limit {})', ticket_count, house_limit_ticket_count, "
            "purchase_day_count, house_limit_purchase_day_count)",
        ),
        ("is_house_customer", "'test card a rule names a card of theirs: house'"),
    ):
        which = f"from segments.seg_bargains where {flag}"
        customer_id, shown = told(explain, sample, which)
        sentence = f"select {words} from segments.seg_bargains where customer_id = $1"
        assert sample.value(sentence, [customer_id]) in shown
        assert shown.count("Bargains 特價") == sample.value(
            "select is_cherry_picker::int + is_bulk_buyer::int + "
            "is_house_customer::int + is_house_suspect::int "
            "from segments.seg_bargains where customer_id = $1",
            [customer_id],
        )


# What else is told of those who have it: which customers, and the words on their page.
SUBJECTS = {
    "usage": (
        "segments.seg_usage where scheme_code = 'bands' and usage_order = 1",
        "format('{}: {} · {} · ', category, usage_name, usage_name_zh)",
    ),
    "frozen": (
        "core.fct_customer_standings where frozen_tier_code != tier_code",
        "format('by the limits of {}; now tier {}', calibrated_on, tier_code)",
    ),
    "service": (
        "core.fct_customers where complaint_count > 0",
        "format('{} complaints of {} service tickets', complaint_count, "
        "service_ticket_count)",
    ),
    "response": (
        "core.fct_customers where answered_contact_count > 0",
        "format('{} of {} contacts answered', answered_contact_count, contact_count)",
    ),
    "event": (
        "care.fct_customer_events where event_code = 'tier_up'",
        "format('{} · {} on {}; from {} to {}; {}', event_name, event_name_zh, "
        "event_on, tier_code_before, tier_code, action)",
    ),
    "festival": (
        "care.lst_festivals where true",
        "format('on {}; rank {:,} of {:,}', festival_on, sales_rank, population_count)",
    ),
    "replenishment": (
        "care.lst_replenishments where scope_code = 'category'",
        "format('Used up 待補購 {} · {} · {}', category, band_name, band_name_zh)",
    ),
    "offer": (
        "baskets.lst_next_offers where offer_rank = 1",
        "format('1. {} · {} · {}', product_name, reason_name, reason_name_zh)",
    ),
    "alike": (
        "baskets.seg_lookalikes where is_lookalike",
        "format('place {:,} of {:,}', similarity_rank, population_count)",
    ),
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_other_score_stands_there_too(explain, sample, subject):
    which, words = SUBJECTS[subject]
    customer_id, shown = told(explain, sample, f"from {which}")
    expected = sample.value(
        f"select {words} from {which} and customer_id = $1 limit 1", [customer_id]
    )
    assert expected in shown


def test_nothing_personal_is_shown(explain, sample):
    customer_id, shown = told(explain, sample, "from care.lst_birthdays")
    assert "birthday · 生日" in shown
    day = sample.value(
        "select birthday_on from care.lst_birthdays where customer_id = $1",
        [customer_id],
    )
    assert str(day) not in shown
    with open(PROJECT / "seeds" / "raw" / "members.csv", encoding="utf-8") as file:
        (member,) = (
            row for row in csv.DictReader(file) if row["member_id"] == customer_id
        )
    for column in ("name", "phone", "email", "birth_date"):
        assert member[column] == "" or member[column] not in shown


def test_the_folder_may_be_told_as_dbt_is_told_it(explain, sample):
    customer_id = sample.value("select min(customer_id) from core.dim_customers")
    shown = explain(customer_id, told_by="CRM_WAREHOUSE_DIR")
    assert shown.stdout == explain(customer_id).stdout != ""


def test_it_says_in_one_line_what_is_wrong(explain, tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "marts.duckdb").write_bytes(b"no marts" * 1000)
    (tmp_path / "foreign").mkdir()
    duckdb.connect(str(tmp_path / "foreign" / "marts.duckdb")).close()
    for name, folder, words in (
        ("nobody", None, "nobody is neither a customer_id nor a card_id"),
        ("", None, "make explain CUSTOMER=<customer_id>"),
        ("M1", tmp_path, f"There is no build in {tmp_path}: run make build"),
        ("M1", tmp_path / "damaged", "of another version or damaged, run make build"),
        ("M1", tmp_path / "foreign", "of another version or damaged, run make build"),
    ):
        shown = explain(name, folder) if folder else explain(name)
        assert shown.returncode == 1
        assert words in shown.stderr
        assert shown.stderr.count("\n") == 1
