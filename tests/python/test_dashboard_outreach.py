"""The dashboard: campaigns, whom to get in touch with, and what the data can tell."""

import re
from itertools import pairwise

import yaml
from browser import OVERLAPS
from conftest import PROJECT, spoiled
from test_superset import CHARTS


def finding(page, card):
    return page.locator(f"#{card} .finding").inner_text()


def in_chinese(page):
    page.get_by_role("button", name="中文").click()
    return page


# Campaigns


def told_of_campaigns(page):
    """Each campaign's name with what stands below it, and the colour of its point."""
    return page.evaluate(
        """() => {
          const rows = DATA.queries.campaign_effects.rows.filter(
            (row) => row.effect_amount !== null);
          const option = campaigns.option(
            rows, { colour: colours(), width: 800, isNarrow: false });
          const named = Object.entries(colours());
          return option.series[1].data.map(({ itemStyle: style }, index) => [
            ...option.yAxis.data[index].split('\\n'),
            named.find(([, it]) => it === (style.borderColor ?? style.color))[0],
          ]);
        }"""
    )


def test_only_campaigns_that_are_over_and_trusted_are_judged(visit, shop):
    page = visit(shop)
    assert finding(page, "campaigns") == (
        "3 of 5 campaigns judged brought more than chance (95 % interval above 0). "
        "Not judged: 1 still running, 1 not to be trusted, 1 without a control."
    )
    assert told_of_campaigns(page)[:4] == [
        ["Singles' Day 2026 coupon", "so far", "soft"],
        ["Autumn coupon 2026", "not to be trusted", "soft"],
        ["Garden news 2026", "fourth"],
        ["March coupon 2026", "good"],
    ]
    texts = page.locator("#campaigns svg text").all_text_contents()
    assert {"so far", "not to be trusted"} <= set(texts)
    assert finding(in_chinese(page), "campaigns") == (
        "可评估的5个活动中，3个带来显著增量（95%区间高于0）。"
        "不予评估：尚未结束1个，结果不可信1个，未设对照组1个。"
    )


def test_a_gain_that_still_runs_is_no_success_yet(visit, shop, tmp_path):
    folder = spoiled(
        shop,
        tmp_path,
        "update campaigns.agg_campaign_effects set censored_count = 7 "
        "where effect_code = 'gain'",
        "update campaigns.agg_campaign_effects set effect_code = 'too_few_measured', "
        "effect_lower_limit = null, effect_upper_limit = null "
        "where effect_code = 'no_clear_effect'",
    )
    page = visit(folder, 390)
    assert finding(page, "campaigns") == (
        "No campaign can be judged yet. Not judged: 4 still running, "
        "1 not to be trusted, 2 with too few measured, 1 without a control."
    )
    assert {colour for *_, colour in told_of_campaigns(page)} == {"soft"}
    assert page.evaluate(OVERLAPS) == []


# Whom to get in touch with


def tiles(page, card):
    return {
        name: (count, span)
        for count, name, span in page.locator(f"#{card} .counts li").evaluate_all(
            "all => all.map((it) => [...it.children].map((each) => each.textContent))"
        )
    }


def test_each_tile_says_what_it_counts_and_of_which_days(visit, shop, sample):
    page = visit(shop)

    def customers(mart, scope="true"):
        counted = f"select count(distinct customer_id) from care.{mart} where {scope}"
        return f"{sample.value(counted):,}"

    lists, events = tiles(page, "care-lists"), tiles(page, "customer-events")
    rhythm = "by their own rhythm"
    assert lists == {
        "Birthdays to come": (customers("lst_birthdays"), "until Nov 30, 2026"),
        "Best customers to greet for a festival": (
            customers("lst_festivals"),
            "until Nov 11, 2026",
        ),
        "At risk of leaving": (customers("lst_churn_risks"), "on Oct 31, 2026"),
        f"Due to buy again {rhythm}": (
            customers("lst_replenishments", "scope_code = 'customer'"),
            "on Oct 31, 2026",
        ),
        f"Due {rhythm} in a category": (
            customers("lst_replenishments", "scope_code = 'category'"),
            "on Oct 31, 2026",
        ),
    }
    assert events["First purchase"][1] == "since Aug 3, 2026"
    assert events["Birthday"][1] == "until Nov 7, 2026"
    assert not {*lists} & {*events}
    in_chinese(page)
    chinese, happened = tiles(page, "care-lists"), tiles(page, "customer-events")
    assert chinese["按自身购买节奏已到期"][1] == "2026年10月31日当日"
    assert chinese["即将到来的生日"][1] == "截至2026年11月30日"
    assert happened["首次购买"][1] == "自2026年8月3日起"
    assert not {*chinese} & {*happened}


def test_superset_calls_each_list_and_its_days_as_the_dashboard_does(visit, shop):
    page = visit(shop)
    english = {*tiles(page, "care-lists")}
    chinese = {*tiles(in_chinese(page), "care-lists")}
    alike = {f"{one} {other}" for one in english for other in chinese}
    for name in ("birthdays", "festivals", "churn_risks", "replenishments"):
        assert CHARTS[name]["slice_name"] in alike
    (scope,) = CHARTS["replenishments"]["params"]["adhoc_filters"]
    assert (scope["subject"], scope["comparator"]) == ("scope_code", "customer")
    # Days that may be set are told as they are unless set otherwise.
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text("utf-8"))
    days = settings["vars"]["crm_warehouse"]
    ahead, back = days["birthday_notice_days"], days["customer_event_days"]
    subtitle = CHARTS["birthdays"]["params"]["subtitle"]
    assert f"{ahead} days" in subtitle and f"{ahead}天" in subtitle
    told = CHARTS["customer_events"]["description"]
    assert f"{back} unless" in told and f"默认{back}天" in told


def test_superset_draws_the_campaigns_that_are_judged():
    conditions = {
        (it["subject"], it["operator"], it.get("comparator"))
        for it in CHARTS["campaign_effects"]["params"]["adhoc_filters"]
    }
    assert conditions == {
        ("effect_per_customer", "IS NOT NULL", None),
        ("effect_code", "!=", "not_comparable"),
        ("effect_code", "!=", "too_few_measured"),
        ("censored_count", "==", 0),
    }


# What is out of the usual


def test_an_old_anomaly_is_no_news(visit, shop, tmp_path):
    def aged(days):
        return (
            "update metrics.fct_metric_anomalies "
            f"set as_of_on = week_start_on + {days}",
            "update funnel.fct_funnel_anomalies "
            f"set as_of_on = period_end_on - 6 + {days}",
        )

    (tmp_path / "new").mkdir()
    page = visit(spoiled(shop, tmp_path / "new", *aged(55)))
    assert page.locator("#anomalies .events li").count() > 5
    (tmp_path / "old").mkdir()
    page = visit(spoiled(shop, tmp_path / "old", *aged(56)))
    empty = page.locator("#anomalies .empty")
    assert empty.inner_text() == "Nothing out of the usual in the last eight weeks."
    in_chinese(page)
    assert empty.inner_text() == "最近八周未发现异常。"


# On a telephone


def test_axes_count_in_even_steps_and_tiles_keep_to_one_line(visit, shop):
    page = visit(shop, 390, "zh-CN")
    for card, least in (("cohorts", 5), ("campaigns", 4)):
        texts = page.locator(f"#{card} svg text").all_text_contents()
        shown = [int(text) for text in texts if re.fullmatch(r"-?\d{1,3}", text)]
        assert len(shown) >= least
        assert len({after - before for before, after in pairwise(shown)}) == 1, card
    heights = page.locator(".change").evaluate_all(
        "all => all.map((it) => it.getBoundingClientRect().height)"
    )
    assert len(heights) == 16 and len(set(heights)) == 1
