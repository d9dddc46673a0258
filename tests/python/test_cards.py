"""A tiny shop with every kind of card: who is a customer, what is flagged and told."""

from decimal import Decimal

import pytest
from shop import build_models, work, write_csv

# Ann has three cards, one of them merged twice over; Bob's only card became Ann's. Cid
# runs in a circle with Dee. C7 names a member of whom nothing is known, C8 none at all.
# Eve's second card was merged into one that is not there.
SHOP = {
    "cards.csv": """
        card_id,member_id,card_type,merged_into_card_id
        C1,ann,gold,
        C2,ann,standard,
        C3,ann,standard,C4
        C4,bob,standard,C1
        C5,cid,standard,C6
        C6,dee,standard,C5
        C7,unknown,standard,
        C8,,House,
        C9,eve,Staff card,
        C10,eve,standard,C777
        """,
    "members.csv": """
        member_id,household_id,household_size,referred_by_member_id
        ann,H1,2,bob
        bob,H1,2,
        cid,H1,3,bob
        dee,,,ann
        eve,H2,1,nobody
        """,
    "transactions.csv": """
        transaction_id,occurred_at,net_amount,card_id
        T1,2026-03-01,10,C1
        T2,2026-03-02,20,C2
        T3,2026-03-03,30,C3
        T4,2026-03-04,40,C4
        T5,2026-03-05,50,C5
        T6,2026-03-06,60,C6
        T7,2026-03-07,70,C7
        T8,2026-03-08,80,C8
        T9,2026-03-09,90,C9
        T10,2026-03-10,100,C404
        T11,2026-03-11,110,
        """,
}


@pytest.fixture(scope="module")
def shop(dbt, tmp_path_factory):
    raw = write_csv(tmp_path_factory.mktemp("cards"), SHOP)
    return build_models(dbt, raw, tmp_path_factory.mktemp("warehouse"))


def test_several_cards_and_merged_ones_are_one_customer(shop):
    assert work(
        shop,
        "select customer_id, card_count, is_known_member, is_house_customer, "
        "net_sales_amount from dim_customers inner join fct_customers "
        "using (customer_id) order by customer_id",
    ) == [
        ("C8", 1, False, True, 80),
        ("ann", 4, True, False, 100),
        ("cid", 1, True, False, 50),
        ("dee", 1, True, False, 60),
        ("eve", 2, True, True, 90),
        ("unknown", 1, False, False, 70),
    ]


def test_each_way_of_a_card_is_told_circles_and_orphans_too(shop):
    assert work(
        shop,
        "select resolution_code, card_count, customer_count, ticket_count, "
        "net_sales_amount, house_card_count, house_net_sales_amount "
        "from quality.card_resolutions order by resolution_order",
    ) == [
        ("member", 3, 2, 3, 120, 1, 90),
        ("unknown_person", 2, 2, 2, 150, 1, 80),
        ("merged", 2, 1, 2, 70, 0, 0),
        ("merge_cycle", 2, 2, 2, 110, 0, 0),
        ("unknown_merge", 1, 1, 0, 0, 0, 0),
        ("orphan", 1, 0, 1, 100, 0, 0),
        ("no_card", 0, 0, 1, 110, 0, 0),
    ]


def test_house_cards_are_told_by_kind_and_stay_in_every_sum(shop):
    assert work(
        shop, "select card_id, house_code from dim_cards where is_house_card order by 1"
    ) == [("C8", "house"), ("C9", "staff")]
    assert work(
        shop,
        "select customer_count, net_sales_amount, net_sales_share "
        "from segments.agg_bargains where bargain_code = 'house'",
    ) == [(2, 170, Decimal("0.377778"))]  # of 450
    assert work(shop, "select count(*) from segments.seg_pyramid") == [(6,)]


def test_households_and_referrals_are_those_of_the_customers_they_became(shop):
    """Bob's cards are Ann's: he is no customer, and Ann did not bring herself."""
    assert work(
        shop,
        "select household_id, customer_count, household_size, net_sales_amount "
        "from fct_households order by household_id",
    ) == [("H1", 2, 3, 150), ("H2", 1, 1, 90)]
    assert work(
        shop,
        "select customer_id, referred_by_customer_id, is_known_referrer, "
        "net_sales_amount from fct_referrals order by customer_id",
    ) == [
        ("cid", "ann", True, 50),
        ("dee", "ann", True, 60),
        ("eve", "nobody", False, 90),
    ]
    assert work(
        shop,
        "select referral_count, referred_sales_amount from fct_customers "
        "where customer_id = 'ann'",
    ) == [(2, 110)]


def test_without_lines_nothing_is_said_of_promotions_units_and_margins(shop):
    assert work(
        shop,
        "select distinct quadrant_code, margin_rate, promo_share, "
        "price_sensitivity_index from segments.seg_value_matrix",
    ) == [("margin_unknown", None, None, None)]
    assert work(
        shop,
        "select distinct is_cherry_picker, is_bulk_buyer, bulk_limit_unit_count "
        "from segments.seg_bargains",
    ) == [(None, None, None)]
    assert (
        work(
            shop,
            "select judged_count, customer_count, net_sales_amount "
            "from segments.agg_bargains where bargain_code in "
            "('cherry_picker', 'bulk_buyer')",
        )
        == [(0, None, None)] * 2
    )
    assert work(
        shop,
        "select mart_name, reason from quality.feature_status "
        "where mart_name in ('seg_value_matrix', 'seg_bargains') order by 1",
    ) == [
        (
            name,
            "transaction_lines: not handed over, products.unit_cost: not handed over",
        )
        for name in ("seg_bargains", "seg_value_matrix")
    ]
