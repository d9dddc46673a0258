"""The dashboard: campaigns, whom to get in touch with, and what the data can tell."""

from browser import OVERLAPS
from conftest import spoiled


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
