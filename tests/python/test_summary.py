"""What the end of `make build` says of files that contradict themselves."""

import crm_summary
import duckdb
import pytest

MARTS = """
    create schema core;
    create schema funnel;
    create schema quality;
    create table funnel.agg_funnel_stages as
        select 'all' as breakdown_name, false as is_mapped from range({n})
        union all select 'owner', false;
    create table core.fct_funnel_events as
        select true as is_orphan_entity from range({n}) union all select false;
    create table core.fct_leads as
        select date '2026-04-05' as created_on, date '2026-03-01' as converted_on
        from range({n})
        union all select date '2026-04-05', date '2026-04-05';
    create table core.fct_opportunities as
        select false as is_won, 'won' as stage_kind from range({n})
        union all values (true, 'won'), (false, 'open'), (null, 'won');
    create table core.dim_coupons as
        select 'Q1' as coupon_id, true as is_known union all select 'Q2', false;
    create table core.fct_coupon_redemptions as
        select 'Q2' as coupon_id from range({n}) union all select 'Q1';
    create table core.fct_surveys as
        select 'nps' as question, 5 as scale_max from range({n})
        union all values ('nps', null), ('nps', 10), ('csat', 5);
    create table core.fct_campaign_responses as
        select true as is_opt_out, null as customer_id from range({n})
        union all values (false, null), (true, 'M1');
    create table core.fct_transactions as
        select true as is_orphan_card from range({n});
    create table quality.card_resolutions as
        select {n} as house_card_count, {n} as card_count,
            'merge_cycle' as resolution_code;
"""


@pytest.fixture
def told():
    def build(number):
        connection = duckdb.connect()
        connection.execute(MARTS.format(n=number))
        return connection

    return build


def test_each_contradiction_is_one_line_and_none_is_no_line(told):
    assert crm_summary.contradictions(told(0)) == ""
    lines = crm_summary.contradictions(told(2)).split("\n2 ")
    assert len(lines) == len(crm_summary.CONTRADICTIONS)


def test_one_is_told_in_the_singular(told):
    connection = told(1)
    text = " ".join(crm_summary.contradictions(connection).split())
    for sentence in (
        "1 ticket shows a card that is not among the cards",
        "1 card is of the house",
        "1 card is merged in a circle",
        "1 opt-out is of a member whom nobody knows",
        "1 word for a stage is not in rule_funnel_stage_words",
        "1 move is of a lead or opportunity that is not told",
        "1 lead was converted before coming in",
        "1 opportunity has a stage that says won and an is_won that says lost",
        "1 redemption is of a coupon that is not among the coupons",
        "1 answer to nps is on another scale than 0 to 10",
    ):
        assert sentence in text


def test_what_was_not_built_is_no_contradiction():
    assert crm_summary.contradictions(duckdb.connect()) == ""
