"""The dashboard of shops unlike the sample: large and negative money, long names, few
cohorts, empty quadrants. Every figure is whole, and stands where it belongs."""

import duckdb
import pytest
from browser import OVERLAPS, PALE
from conftest import spoiled

# Figures that are too wide for their box: a box of HTML does not grow with them.
CUT_OFF = """() => [...document.querySelectorAll('.tile *, .quadrant *, .counts *')]
  .filter((it) => it.scrollWidth > it.clientWidth && it.clientWidth)
  .map((it) => it.textContent)"""

# Bars of a chart, from above: their colour, and where they begin and end.
BARS = """(card) => [...document.querySelectorAll(`#${card} svg path`)]
  .filter((path) => !['none', 'transparent'].includes(path.getAttribute('fill'))
    && path.getAttribute('fill-opacity') !== '0')
  .map((path) => [path.getAttribute('fill'), path.getBoundingClientRect()])
  .filter(([, box]) => box.height > 18 && box.height < 60)
  .sort(([, one], [, other]) => one.top - other.top)
  .map(([fill, { left, right }]) => [fill, left, right])"""

AMOUNTS = {
    "metrics.agg_sales_drivers": ("_amount",),
    "metrics.agg_monthly_metrics": ("net_sales_amount", "basket_amount"),
    "campaigns.agg_campaign_effects": ("effect_per_customer", "_limit"),
}
BELOW_ZERO = (
    "update metrics.agg_sales_drivers set compared_amount = -100000, "
    "buyers_effect_amount = -50000, price_effect_amount = 30000, "
    "anonymous_effect_amount = 200000, net_sales_amount = 80000, "
    "change_amount = 180000, undecomposed_amount = 0, plan_effect_amount = 0, "
    "tickets_per_buyer_effect_amount = 0, units_per_ticket_effect_amount = 0"
)
NEGATIVE_TIER = (
    "update segments.agg_pyramid_tiers set net_sales_share = -0.05 "
    "where tier_code = 'D'"
)
NO_QUADRANT = "delete from segments.agg_value_quadrants where quadrant_code = 'LH'"
TWO_COHORTS = (
    "delete from retention.agg_cohort_months "
    "where cohort_month not in (date '2026-05-01', date '2026-06-01')"
)
# All customers of a segment, and a segment that sent back more than it bought.
WHOLE_SEGMENT = (
    "update segments.agg_rfm_segments set net_sales_share = "
    "case when segment_order % 2 = 0 then -0.08 else 1 end"
)
LONG = {
    ("segments.agg_pyramid_tiers", "tier"): (
        "Platinum members of the club",
        "尊享会员俱乐部铂金等级的客户",
    ),
    ("segments.agg_rfm_segments", "segment"): (
        "Customers who used to buy a lot but stopped",
        "过去经常购买但最近停止购买的重要客户",
    ),
    ("funnel.agg_funnel_stages", "stage"): (
        "Waiting for the written approval of the customer",
        "等待客户书面批准和合同法务审核的阶段",
    ),
    ("segments.seg_lifecycle", "stage"): (
        "Somebody who has bought more than once",
        "已经多次购买并且推荐给朋友的客户",
    ),
}
LONG_NAMES = (
    "update campaigns.agg_campaign_effects "
    "set campaign_name = repeat('W', 70) || campaign_id",
    *(
        f"update {table} set {name}_name = '{english} ' || {name}_order, "
        f"{name}_name_zh = '{chinese}' || {name}_order"
        for (table, name), (english, chinese) in LONG.items()
    ),
)


def times(shop, factor):
    """Statements that make every amount on the page as many times as large."""
    with duckdb.connect(str(shop / "marts.duckdb"), read_only=True) as connection:
        for table, ends in AMOUNTS.items():
            names = connection.execute(f"select * from {table} limit 0").description
            sets = [
                f"{name} = {name} * {factor}"
                for name, *_ in names
                if name.endswith(ends)
            ]
            yield f"update {table} set {', '.join(sets)}"


@pytest.mark.parametrize(
    ("factor", "faults"),
    [
        (1_000, (*LONG_NAMES, TWO_COHORTS, NO_QUADRANT)),
        (25_000, (NEGATIVE_TIER, WHOLE_SEGMENT, TWO_COHORTS)),
        (-1_000, ("update segments.agg_rfm_grid set customer_count = 9876543",)),
    ],
)
def test_every_figure_and_name_is_whole_at_every_width(
    visit, shop, tmp_path, factor, faults
):
    folder = spoiled(shop, tmp_path, *times(shop, factor), *faults)
    page = visit(folder)
    for width in (1440, 1010, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for language in ("中文", "English"):
            page.get_by_role("button", name=language).click()
            assert (width, language, *page.evaluate(OVERLAPS)) == (width, language)
            assert (width, language, *page.evaluate(CUT_OFF)) == (width, language)


def test_a_name_that_was_shortened_is_told_whole_on_asking(visit, shop, tmp_path):
    page = visit(spoiled(shop, tmp_path, *LONG_NAMES), 390)
    name, _ = LONG["funnel.agg_funnel_stages", "stage"]
    assert name not in page.locator("#funnel-lead svg").text_content()
    page.locator("#funnel-lead .chart").hover(position={"x": 120, "y": 30})
    assert name in page.locator("#funnel-lead .chart").inner_text()
    assert name in page.locator("#funnel-lead table").text_content()


def test_an_amount_too_wide_for_its_chart_is_told_in_short(visit, shop, tmp_path):
    page = visit(spoiled(shop, tmp_path, *times(shop, 25_000)), 1010)
    texts = page.locator("#drivers-target svg text").all_text_contents()
    assert "+2.17B" in texts and "+2,166,232,980" not in texts
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_text("+2,166,232,980").first.wait_for()
    assert "2,166,232,980.00" in page.locator("#drivers-target table").text_content()


def test_bars_begin_and_end_where_their_amounts_do(visit, shop, tmp_path):
    page = visit(spoiled(shop, tmp_path, BELOW_ZERO, NEGATIVE_TIER))
    # -100,000, then -50,000, +30,000 and +200,000, and what is left of it all.
    legs = [(-100, 0), (-150, -100), (-150, -120), (-120, 80), (0, 80)]
    bars = page.evaluate(BARS, "drivers-month_before")
    least, most = min(bar[1] for bar in bars), max(bar[2] for bar in bars)
    unit = (most - least) / 230
    for (_, left, right), leg in zip(bars, legs, strict=True):
        assert [(at - least) / unit - 150 for at in (left, right)] == pytest.approx(
            leg, abs=2
        )
    up, down = bars[2][0], bars[1][0]
    assert up == bars[3][0] != down
    # What a tier sent back reaches to the left of where the sales of others begin.
    bars = page.evaluate(BARS, "pyramid")
    colour = bars[-1][0] if bars[-1][1] > bars[-2][1] else bars[-2][0]
    *sales, back = [bar[1:] for bar in bars if bar[0] == colour]
    assert {round(left) for left, _ in sales} == {round(back[1])}
    assert back[0] < back[1] - 5
    customers = [bar[2] for bar in bars if bar[0] != colour]
    assert max(customers) < back[0]
    shown = page.locator("#pyramid svg text").all_text_contents()
    assert "-5.0%" in shown and "5.0%" not in shown


@pytest.mark.parametrize("missing", ["HH", "LH"])
def test_a_quadrant_keeps_its_place_beside_an_empty_one(visit, shop, tmp_path, missing):
    where = f"where quadrant_code = '{missing}'"
    folder = spoiled(
        shop,
        tmp_path,
        f"update segments.agg_value_quadrants set customer_count = 0 {where}",
    )
    page = visit(folder)
    places = page.evaluate(
        """() => [...document.querySelectorAll('.quadrant')].map((it) => {
          const { left, top } = it.getBoundingClientRect();
          const all = it.parentElement.getBoundingClientRect();
          return [it.textContent, left > all.left + 9, top < all.top + 9];
        })"""
    )
    for text, is_right, is_up in places:
        code = ("H" if is_right else "L") + ("H" if is_up else "L")
        name = f"{'High' if is_right else 'Low'} sales and {'high' if is_up else 'low'}"
        assert text.startswith("No customers" if code == missing else name)


def test_what_is_counted_has_an_axis_of_whole_numbers(visit, shop, tmp_path):
    one = "select min(lifecycle_id) from segments.seg_lifecycle group by stage_code"
    folder = spoiled(
        shop,
        tmp_path,
        f"delete from segments.seg_lifecycle where lifecycle_id not in ({one})",
        "delete from segments.agg_pyramid_tiers where tier_code <> 'A'",
        "update segments.agg_pyramid_tiers set customer_share = 1, net_sales_share = 1",
    )
    page = visit(folder)
    texts = page.locator("#lifecycle svg text").all_text_contents()
    assert [text for text in texts if "." in text] == []
    assert {"0", "1"} <= set(texts)
    told = page.locator("#pyramid .finding").inner_text()
    assert told == "All customers are of one tier: VIP."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_stand_out_on_every_shade(visit, shop, tmp_path, scheme):
    folder = spoiled(
        shop,
        tmp_path,
        "update segments.agg_rfm_grid set customer_count = 4 * (r_score * 5 + f_score)",
    )
    page = visit(folder, scheme=scheme)
    cells = page.locator("#rfm-grid svg text").count()
    assert cells > 25
    assert page.evaluate(PALE) == []
