"""What the dashboard shows, counted again from the facts by each figure's definition.

Nothing here asks what the queries of the dashboard ask; the figures are read off the
page as a person sees them, and bars and lines off the charts that are drawn.
"""

import re
from itertools import pairwise

import pytest
from conftest import spoiled

# Every panel that the page must have: what draws it, or how many things it lists.
ANY, SOME = range(100), range(1, 100)
PANELS = {
    "key-metrics": 8,
    "sales": {"bar", "line"},
    "drivers-month_before": {"bar"},
    "drivers-year_before": {"bar"},
    "drivers-target": {"bar"},
    "anomalies": SOME,
    "pyramid": {"bar"},
    "lorenz": {"line"},
    "rfm-grid": {"heatmap"},
    "rfm-segments": {"bar"},
    "value-matrix": 4,
    "lifecycle": {"bar"},
    "cohorts": {"heatmap"},
    "tier-moves": {"sankey"},
    "funnel-lead": {"bar"},
    "funnel-opportunity": {"bar"},
    "campaigns": {"custom", "scatter"},
    "care-lists": 5,
    "customer-events": 8,
    "row-quality": 6,
    "features": ANY,
}
TILES = (
    "net_sales_amount",
    "ticket_count",
    "basket_amount",
    "margin_rate",
    "buyer_count",
    "new_customer_count",
    "active_customer_count",
    "conversion_rate",
)

# All that the cards show. Of a heat map: the words in the middle of each cell. Of
# intervals: where they should begin and end; of all lines: where they do.
SHOWN = """() => {
  const texts = (within, selector) =>
    [...within.querySelectorAll(selector)].map((it) => it.textContent);
  const value = (item) =>
    Object.prototype.toString.call(item) === '[object Object]' ? item.value : item;
  const middle = (box, of) =>
    [(box.left + box.right) / 2 - of.left, (box.top + box.bottom) / 2 - of.top];
  const drawn = (element) => {
    const chart = echarts.getInstanceByDom(element);
    const { series, xAxis, yAxis } = chart.getOption();
    const bounds = element.getBoundingClientRect();
    const words = [...element.querySelectorAll('svg text')].map((text) =>
      [text.textContent, middle(text.getBoundingClientRect(), bounds)]);
    const cell = ({ value: at }) => {
      const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, at.slice(0, 2));
      const found = words.filter(([, place]) =>
        Math.abs(place[0] - x) < 4 && Math.abs(place[1] - y) < 4);
      const text = found.map(([it]) => it).join();
      return [xAxis[0].data[at[0]], yAxis[0].data[at[1]], text];
    };
    const cells = (one) => one.type !== 'heatmap' ? [] : one.data.map(cell);
    const ends = (one) => one.type !== 'custom' ? [] : one.data.map(([from, to, row]) =>
      [from, to].map((at) => chart.convertToPixel({ seriesIndex: 0 }, [at, row])));
    return {
      label: element.getAttribute('aria-label'),
      words: words.map(([text]) => text),
      names: (yAxis ?? [])[0]?.data ?? [],
      marks: element.querySelectorAll('svg path:not([fill="none"])').length,
      bars: [...element.querySelectorAll('svg path')]
        .filter((it) => !['none', 'transparent'].includes(it.getAttribute('fill'))
          && it.getAttribute('fill-opacity') !== '0')
        .map((it) => it.getBoundingClientRect())
        .filter(({ height }) => height > 12 && height < 60)
        .sort((one, other) => one.top - other.top)
        .map(({ left, right }) => [left, right]),
      lines: [...element.querySelectorAll('svg path, svg line, svg polyline')]
        .filter((it) => it.getAttribute('stroke-width') === '2')
        .map((it) => it.outerHTML.match(/-?[\\d.]+(?=[ ,L"])/g)),
      series: series.map((one) => ({
        type: one.type,
        name: one.name,
        values: (one.data ?? []).map(value),
        links: (one.links ?? []).map((it) => [it.source, it.target, it.value]),
        cells: cells(one),
        ends: ends(one),
      })),
    };
  };
  const told = (card) => ({
    finding: texts(card, '.finding').join(),
    empty: texts(card, '.empty').join(),
    note: texts(card, '.note').join(),
    items: card.querySelectorAll(':scope > ul > li').length,
    sentences: texts(card, '.events li'),
    strong: texts(card, 'strong'),
    names: texts(card, '.counts p'),
    tiles: [...card.querySelectorAll('.tile')].map((tile) => [
      tile.querySelector('strong').dataset.column,
      tile.querySelector('strong').textContent, texts(tile, '.change b')]),
    quadrants: [...card.querySelectorAll('.quadrant')].map((it) =>
      [it.firstChild.textContent, texts(it, 'strong').join(), texts(it, 'p')[0]]),
    chart: [...card.querySelectorAll('.chart')].map(drawn)[0],
  });
  const cards = [...document.querySelectorAll('.card')];
  return Object.fromEntries(cards.map((card) => [card.id, told(card)]));
}"""


@pytest.fixture(scope="module")
def shown(browser, shop):
    """What the cards of the sample's page show, read once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.goto((shop / "dashboard.html").as_uri())
    told = page.evaluate(SHOWN)
    context.close()
    return told


def number(text):
    """The number that a text tells; of a share its fraction."""
    found = re.search(r"[-+]?[\d,]+(\.\d+)?", text)[0]
    value = float(found.replace(",", ""))
    return value / 100 if "%" in text else value


def series(shown, card, name):
    (one,) = (it for it in shown[card]["chart"]["series"] if it["name"] == name)
    return one["values"]


def near(values, precision=5e-7):
    return pytest.approx([float(value) for value in values], abs=precision)


def test_what_is_out_of_the_usual_is_told_in_the_words_of_the_marts(shown, sample):
    # Of weeks that begin, and of months whose last week begins, within eight weeks.
    told = [
        set(
            sample.query(
                f"select {name}_name, {day}, sentence from {mart} "
                f"where {last_week} > as_of_on - interval 8 weeks"
            )
        )
        for name, day, last_week, mart in (
            ("kind", "week_start_on", "week_start_on", "metrics.fct_metric_anomalies"),
            (
                "anomaly",
                "period_start_on",
                "period_end_on - interval 6 days",
                "funnel.fct_funnel_anomalies",
            ),
        )
    ]
    for anomalies in told:
        days = sorted((day for _, day, _ in anomalies), reverse=True)[:5]
        found = [
            (day, sentence)
            for name, day, sentence in anomalies
            if any(
                text.startswith(f"{name[0].upper()}{name[1:]} {sentence}")
                for text in shown["anomalies"]["sentences"]
            )
        ]
        assert sorted((day for day, _ in found), reverse=True) == days
    assert len(shown["anomalies"]["sentences"]) == sum(
        min(len(anomalies), 5) for anomalies in told
    )


def test_every_panel_is_there_and_shows_something(shown):
    assert list(shown) == list(PANELS)
    for name, wanted in PANELS.items():
        card = shown[name]
        assert card["empty"] == "", name
        if isinstance(wanted, range):
            assert card["items"] in wanted, name
        elif isinstance(wanted, int):
            assert card["items"] == wanted, name
        else:
            chart = card["chart"]
            assert {one["type"] for one in chart["series"]} == wanted, name
            assert all(one["values"] for one in chart["series"]), name
            assert chart["marks"] >= len(chart["series"]) and chart["words"], name
    assert tuple(column for column, *_ in shown["key-metrics"]["tiles"]) == TILES


# Sales

MONTH = """
    with told as (
        select cast($1 as date) as month_on, last_day(cast($1 as date)) as until_on
    ),
    tickets as (
        select * from core.fct_transactions, told
        where sold_on between month_on and until_on
    ),
    bought as (
        select customer_id, sold_on, month_on, until_on
        from core.fct_customer_days, told where is_purchase_day
    ),
    counted as (
        select count(*) filter (not is_return) as ticket_count
        from tickets inner join core.fct_store_days as days
            on tickets.sold_on = days.day_on and tickets.store_id = days.store_id
        where days.visitor_count is not null
    )
    select
        sum(net_sales_amount),
        count(*) filter (not is_return),
        sum(net_sales_amount) / count(*) filter (not is_return),
        sum(margin_amount) / sum(margin_known_sales_amount),
        (
            select count(distinct customer_id) from bought
            where sold_on between month_on and until_on
        ),
        (
            select count(*) from (
                select min(sold_on) as first_on from bought group by customer_id
            ), told where first_on between month_on and until_on
        ),
        (
            select count(distinct customer_id) from bought
            where sold_on between until_on - interval 90 days and until_on
        ),
        (select ticket_count from counted) / (
            select sum(visitor_count) from core.fct_store_days, told
            where day_on between month_on and until_on
        )
    from tickets
"""


def test_tiles_tell_the_month_and_how_it_changed(shown, sample):
    now, before, year_before = (
        [float(value) for value in sample.query(MONTH, [month])[0]]
        for month in ("2026-10-01", "2026-09-01", "2025-10-01")
    )
    assert shown["key-metrics"]["finding"] == "Oct 2026"
    for index, (column, told, changes) in enumerate(shown["key-metrics"]["tiles"]):
        is_rate = column.endswith("_rate")
        step = 5e-4 if is_rate else 0.5
        assert number(told) == pytest.approx(now[index], abs=step * 1.001), column
        for change, base in zip(changes, (before, year_before), strict=True):
            points = now[index] - base[index]
            expected = 100 * points if is_rate else points / base[index]
            assert number(change) == pytest.approx(
                expected, abs=0.0501 if is_rate else 5.01e-4
            ), column
            assert change.startswith("▲ +" if points > 0 else "▼ -"), column
            assert change.endswith("points" if is_rate else "%"), column


def test_bars_and_lines_of_sales_are_those_of_the_tickets(shown, sample):
    months = sample.query(
        """
        with paid as (
            select transaction_id, sum(tender_amount) as amount
            from core.fct_tenders where tender_type = 'stored_value' group by all
        ),
        touched as (
            select transaction_id from core.fct_coupon_redemptions
            union
            select transaction_id from core.fct_transaction_lines
            where coupon_id is not null
            union
            select transaction_id from core.fct_tenders where tender_type = 'coupon'
        )
        select
            sum(net_sales_amount),
            sum(net_sales_amount) filter (not is_anonymous) / sum(net_sales_amount),
            sum(paid.amount) / sum(net_sales_amount),
            coalesce(
                sum(net_sales_amount) filter (touched.transaction_id is not null), 0
            ) / sum(net_sales_amount)
        from core.fct_transactions
        left join paid using (transaction_id)
        left join touched using (transaction_id)
        group by date_trunc('month', sold_on)
        order by date_trunc('month', sold_on)
        """
    )
    for name, values in zip(
        (
            "Net sales",
            "Bought by known customers",
            "Paid by stored value",
            "With a coupon",
        ),
        zip(*months[-36:], strict=True),
        strict=True,
    ):
        precision = 0.005 if name == "Net sales" else 1e-6
        assert series(shown, "sales", name) == near(values, precision), name
    sales, *shares = months[-1]
    parts = shown["sales"]["finding"].split(" · ")
    assert parts[0] == f"Oct 2026: {sales:,.0f}"
    assert [number(part) for part in parts[1:]] == near(shares, 5.01e-4)


def test_the_waterfall_leads_from_what_it_is_held_against_to_the_month(shown, sample):
    sales = dict(
        sample.query(
            "select strftime(sold_on, '%Y-%m'), sum(net_sales_amount) "
            "from core.fct_transactions group by all"
        )
    )
    target = sample.value(
        "select target_sales_amount from core.fct_targets "
        "where target_id = '2026-10-01'"
    )
    for comparison, base in (
        ("month_before", sales["2026-09"]),
        ("year_before", sales["2025-10"]),
        ("target", target),
    ):
        card = shown[f"drivers-{comparison}"]
        chart = card["chart"]
        words = chart["words"]
        figures = [number(it) for it in words if re.fullmatch(r"[-+\d,]+", it)]
        assert [figures[0], figures[-1]] == near([base, sales["2026-10"]], 0.501)
        change = sales["2026-10"] - base
        assert card["finding"].startswith(f"Oct 2026: {change:+,.0f}, most of all by: ")
        assert len(figures) == len(chart["bars"]) >= 6
        # Each bar begins where the one before it ended.
        zero, end = chart["bars"][-1]
        scale = (end - zero) / figures[-1]
        level = figures[0]
        reached = [(0, level)]
        for figure in figures[1:-1]:
            reached.append((level, level := level + figure))
        for told, (left, right) in zip(reached, chart["bars"][:-1], strict=True):
            expected = [zero + scale * it for it in sorted(told)]
            assert [left, right] == pytest.approx(expected, abs=2)


# Customers


def test_bars_of_the_pyramid_are_the_shares_of_its_tiers(shown, sample):
    tiers = sample.query(
        """
        select
            count(*) / sum(count(*)) over (),
            sum(net_sales_amount) / sum(sum(net_sales_amount)) over ()
        from segments.seg_pyramid
        group by tier_code
        order by tier_code
        """
    )
    for name, shares in zip(
        ("Share of customers", "Share of net sales"), zip(*tiers), strict=True
    ):
        # Customers stand on the left, sales on the right.
        values = map(abs, series(shown, "pyramid", name))
        assert list(values) == near(shares, 1e-6)


def window_sales(sample):
    """What each window buyer brought, the least first."""
    rows = sample.query(
        "select window_net_sales_amount from core.fct_customers "
        "where is_window_buyer order by 1"
    )
    return [float(amount) for (amount,) in rows]


def test_the_lorenz_curve_and_its_sentence_are_those_of_the_buyers(shown, sample):
    amounts = window_sales(sample)
    count, whole = len(amounts), sum(amounts)
    points = series(shown, "lorenz", "Net sales")
    assert points[0] == [0, 0] and len(points) == 101
    for percentile, (x, y) in enumerate(points[1:], 1):
        worst = -(-count * percentile // 100)
        assert x == percentile / 100
        assert y == pytest.approx(sum(amounts[:worst]) / whole, abs=1e-6)
    brought = needed = 0
    while brought < 0.8 * whole:
        needed += 1
        brought += amounts[-needed]
    ranked = sum((2 * i - count - 1) * it for i, it in enumerate(amounts, 1))
    told = re.findall(r"[\d.]+%?", shown["lorenz"]["finding"])
    assert told[1] == "80%"
    assert number(told[0]) == pytest.approx(needed / count, abs=5.01e-4)
    assert float(told[2].rstrip(".")) == pytest.approx(
        ranked / count / whole, abs=0.011
    )


def test_bars_of_the_segments_are_the_shares_of_their_customers(shown, sample):
    expected = sample.query(
        """
        select
            segment_name,
            count(*) / sum(count(*)) over (),
            sum(monetary_amount) / sum(sum(monetary_amount)) over ()
        from segments.seg_rfm
        group by segment_name
        """
    )
    names = [name.lower() for name in shown["rfm-segments"]["chart"]["names"]]
    expected.sort(key=lambda row: names.index(row[0].lower()))
    assert len(names) == len(expected)
    for column, name in enumerate(("Share of customers", "Share of net sales"), 1):
        shares = [row[column] for row in expected]
        assert series(shown, "rfm-segments", name) == near(shares, 1e-6)
        written = [f"{float(share):.1%}" for share in shares]
        words = shown["rfm-segments"]["chart"]["words"]
        assert all(words.count(text) >= written.count(text) for text in written)


def test_cells_of_the_rfm_grid_hold_their_customers(shown, sample):
    expected = sample.query(
        "select f_score, r_score, count(*) from segments.seg_rfm group by all"
    )
    (heat,) = shown["rfm-grid"]["chart"]["series"]
    told = {(f, r): number(text) for f, r, text in heat["cells"]}
    assert len(told) == 25
    assert told == dict.fromkeys(told, 0) | {(f, r): n for f, r, n in expected}


def test_quadrants_tell_their_share_of_sales_in_their_places(shown, sample):
    expected = {
        code: row
        for code, *row in sample.query(
            """
            select
                quadrant_code,
                sum(net_sales_amount) / sum(sum(net_sales_amount)) over (),
                count(*),
                sum(margin_amount) / sum(margin_known_sales_amount)
            from segments.seg_value_matrix
            group by quadrant_code
            """
        )
    }
    names = [name for name, *_ in shown["value-matrix"]["quadrants"]]
    assert [re.findall("(?i)high|low", name)[::-1] for name in names] == [
        # Margin upwards, sales to the right.
        ["high", "Low"],
        ["high", "High"],
        ["low", "Low"],
        ["low", "High"],
    ]
    for code, (_, share, told) in zip(
        ("LH", "HH", "LL", "HL"), shown["value-matrix"]["quadrants"], strict=True
    ):
        sales_share, count, margin = expected[code]
        assert number(share) == pytest.approx(float(sales_share), abs=5.01e-4)
        assert f"· {count:,} customers ·" in told
        assert number(told.split("margin")[1]) == pytest.approx(
            float(margin), abs=5.01e-4
        )


def test_the_lifecycle_counts_who_bought_once_again_and_speaks_for_us(shown, sample):
    rows = sample.query(
        """
        with bought as (
            select customer_id, count(*) as days, max(sold_on) as last_on
            from core.fct_customer_days where is_purchase_day group by customer_id
        ),
        promoters as (
            select customer_id from core.fct_surveys where question = 'nps'
            group by customer_id having arg_max(score, answered_at) >= 9
        ),
        referring as (
            select referred_by_customer_id as customer_id from core.fct_referrals
            where customer_id in (select customer_id from bought)
        ),
        staged as (
            select
                case
                    when days = 1 then 'first'
                    when
                        customer_id in (from promoters)
                        or customer_id in (from referring)
                        then 'advocate'
                    else 'repeat'
                end as stage,
                date '2026-10-31' - last_on as quiet_days
            from bought
        )
        select
            stage,
            count(*),
            count(*) filter (quiet_days <= 90),
            count(*) filter (quiet_days between 91 and 180),
            count(*) filter (quiet_days > 180)
        from staged group by stage
        """
    )
    counts = {stage: row for stage, *row in rows}
    chart = shown["lifecycle"]["chart"]
    labels = [re.sub(r"\s+", " ", label) for label in chart["names"]]
    values = {one["name"]: one["values"] for one in chart["series"]}
    for stage in ("first", "repeat", "advocate"):
        whole, active, cooling, lapsed = counts[stage]
        place = next(i for i, it in enumerate(labels) if it.lower().startswith(stage))
        assert labels[place].endswith(f" {whole:,}")
        assert values["Active"][place] + values["Reactivated"][place] == active
        assert values["Cooling"][place] == cooling
        assert values["Lapsed"][place] == lapsed
        assert values["never bought"][place] == 0
    # Whoever never bought stands on the first two stages.
    never = sum(
        sample.value(f"select count(*) from {which}")
        for which in (
            "core.dim_customers where customer_id not in "
            "(select customer_id from core.fct_customer_days where is_purchase_day)",
            "core.fct_leads where customer_id is null",
        )
    )
    assert sum(values["never bought"]) == never
    bought = [counts[stage][0] for stage in ("first", "repeat", "advocate")]
    told = re.findall(r"\d[\d,]*(?= )", shown["lifecycle"]["finding"])
    assert [number(text) for text in told] == [
        sum(bought),
        sum(bought[1:]),
        bought[2],
    ]


# Retention

COHORTS = """
    with bought as (
        select distinct customer_id, date_trunc('month', sold_on)::date as month_on
        from core.fct_customer_days where is_purchase_day
    ),
    firsts as (
        select customer_id, min(month_on) as cohort_month from bought group by all
    ),
    sizes as (select cohort_month, count(*) as size from firsts group by all)
    select
        cohort_month,
        date_diff('month', cohort_month, month_on) as months_since,
        count(*) as buyers,
        size
    from bought inner join firsts using (customer_id)
    inner join sizes using (cohort_month)
    where month_on > cohort_month
    group by all
"""


def test_cells_of_cohorts_tell_who_bought_again(shown, sample):
    rates = {
        (month, since): (buyers, size)
        for month, since, buyers, size in sample.query(COHORTS)
    }
    (heat,) = shown["cohorts"]["chart"]["series"]
    months = [f"{month:%Y-%m-%d}" for month in sorted({month for month, _ in rates})]
    assert sorted({month for _, month, _ in heat["cells"]}) == months[-24:]
    assert len(heat["cells"]) == sum(range(len(months[-24:]) + 1))
    for since, month, told in heat["cells"]:
        found = [
            it for key, it in rates.items() if (str(key[0]), key[1]) == (month, since)
        ]
        buyers, size = found[0] if found else (0, 1)
        assert number(told) == pytest.approx(buyers / size, abs=0.00501), (month, since)
    # The sentence leaves out who may have bought before the data begins.
    marked = [it for it in shown["cohorts"]["chart"]["words"] if it.endswith("*")]
    kept = months[-24:][len(marked) :]
    third = [
        it for (month, since), it in rates.items() if since == 3 and str(month) in kept
    ]
    told = re.search(r"[\d.]+%", shown["cohorts"]["finding"])[0]
    expected = sum(buyers for buyers, _ in third) / sum(size for _, size in third)
    assert number(told) == pytest.approx(expected, abs=5.01e-4)


def test_the_sentence_and_the_flows_of_tiers_are_those_of_the_customers(shown, sample):
    moves = sample.query(
        """
        select coalesce(a.tier_code, 'newcomer'), b.tier_code, count(*)
        from core.fct_customer_months as b
        left join core.fct_customer_months as a
            on b.customer_id = a.customer_id and a.month_end_on = '2025-10-31'
        where b.month_end_on = '2026-10-31'
        group by all
        """
    )
    (flow,) = shown["tier-moves"]["chart"]["series"]
    told = [(a.split(":")[1], b.split(":")[1], count) for a, b, count in flow["links"]]
    assert sorted(told) == sorted(moves)
    place = "ABCDN".index
    known = [(place(a), place(b), count) for a, b, count in moves if a != "newcomer"]
    rose = sum(count for a, b, count in known if b < a)
    fell = sum(count for a, b, count in known if b > a)
    assert rose != fell
    assert shown["tier-moves"]["finding"] == (
        f"From Oct 31, 2025 to Oct 31, 2026 {rose:,} rose and {fell:,} fell."
    )


# Funnel, campaigns and care


def test_the_share_that_came_on_is_that_of_the_stage_before(shown):
    for funnel in ("funnel-lead", "funnel-opportunity"):
        words = [text.strip() for text in shown[funnel]["chart"]["words"]]
        counts = [number(it) for it in words if re.fullmatch(r"[\d,]+", it)]
        shares = [number(it) for it in words if re.fullmatch(r"[\d.]+%", it)]
        assert len(counts) == len(shares) + 1 >= 4
        for (before, count), share in zip(pairwise(counts), shares, strict=True):
            assert share == pytest.approx(count / before, abs=5.01e-4)


def test_intervals_of_campaigns_reach_from_limit_to_limit(shown, sample):
    expected = sample.query(
        """
        select effect_lower_limit, effect_upper_limit, effect_per_customer
        from campaigns.agg_campaign_effects
        where effect_per_customer is not null
        order by started_on desc, campaign_id desc
        """
    )
    chart = shown["campaigns"]["chart"]
    intervals, dots = chart["series"]
    assert len(expected) == len(chart["names"]) <= 15
    effects = [effect for *_, effect in expected]
    assert [effect for effect, _ in dots["values"]] == near(effects)
    told = [row for row in expected if row[0] is not None]
    for (lower, upper, effect), interval, ends in zip(
        told, intervals["values"], intervals["ends"], strict=True
    ):
        assert interval[:2] == near([lower, upper])
        assert lower < effect < upper
        # A line is drawn from one to the other.
        (left, height), (right, _) = ends
        assert any(
            [float(it) for it in line[:4]]
            == pytest.approx([left, height, right, height], abs=1)
            for line in chart["lines"]
            if line and len(line) >= 4
        )


def test_lists_and_events_tell_how_many_customers_they_hold(shown, sample):
    def customers(which):
        return sample.value(
            f"select count(*) from (select distinct customer_id {which})"
        )

    told = dict(zip(shown["care-lists"]["names"], shown["care-lists"]["strong"]))
    assert {name: number(text) for name, text in told.items()} == {
        "Birthdays to come": customers("from care.lst_birthdays"),
        "Best customers to greet for a festival": customers("from care.lst_festivals"),
        "At risk of leaving": customers("from care.lst_churn_risks"),
        "Due to buy again by their own rhythm": customers(
            "from care.lst_replenishments where scope_code = 'customer'"
        ),
        "Due by their own rhythm in a category": customers(
            "from care.lst_replenishments where scope_code = 'category'"
        ),
    }
    assert len({*told.values()}) == 5, "no two lists are told from each other else"
    events = sample.query("select distinct event_name from care.fct_customer_events")
    told = dict(
        zip(shown["customer-events"]["names"], shown["customer-events"]["strong"])
    )
    assert {name.lower(): number(text) for name, text in told.items()} == {
        event.lower(): customers(
            f"from care.fct_customer_events where event_name = '{event}'"
        )
        for (event,) in events
    }
    open_to = sample.value("select count(*) from care.lst_contactable_customers")
    known = sample.value("select count(*) from core.dim_customers")
    assert shown["care-lists"]["finding"].startswith(
        f"{open_to:,} of {known:,} customers may be contacted"
    )


def test_marts_are_counted_as_whole_unless_something_is_wanting(shown, sample):
    whole, every = sample.query(
        "select count(*) filter (reason is null), count(*) from quality.feature_status"
    )[0]
    assert shown["features"]["finding"] == f"{whole} of {every} marts are whole."


# Data that are not as those of the sample


def out(name, reason):
    """A statement: this mart cannot be filled, and why."""
    return (
        "update quality.feature_status set is_available = false, "
        f"reason = '{reason}: not handed over', reason_zh = '{reason}: 未提供' "
        f"where mart_name = '{name}'"
    )


def partly(name, reason):
    return out(name, reason).replace("is_available = false, ", "")


def both_languages(page):
    english = page.evaluate(SHOWN)
    page.get_by_role("button", name="中文").click()
    return english, page.evaluate(SHOWN)


def test_months_that_are_not_over_are_no_cells_of_cohorts(visit, shop, tmp_path):
    folder = spoiled(
        shop,
        tmp_path,
        "update retention.agg_cohort_months set is_complete_month = false "
        "where cohort_month + to_months(months_since::integer) = date '2026-10-01'",
        "update metrics.agg_monthly_metrics set is_complete_month = false "
        "where metric_month = date '2026-10-01'",
    )
    shown = visit(folder).evaluate(SHOWN)
    (heat,) = shown["cohorts"]["chart"]["series"]
    assert {(since, month) for since, month, _ in heat["cells"]} == {
        (since, f"{2024 + (10 + first) // 12}-{(10 + first) % 12 + 1:02d}-01")
        for first in range(24)
        for since in range(1, 23 - first)
    }
    assert shown["key-metrics"]["finding"] == "Sep 2026"


EMPTIED = (
    "delete from core.fct_customer_months",
    "delete from retention.agg_cohort_months where months_since > 0",
    "delete from funnel.agg_funnel_stages",
    "delete from metrics.agg_sales_drivers",
    "delete from care.fct_customer_events",
    "delete from segments.agg_rfm_grid",
    "delete from segments.agg_value_quadrants where quadrant_code != 'margin_unknown'",
    "update segments.agg_value_quadrants set customer_count = 9",
    "insert into segments.agg_value_quadrants by name (select 'margin_unknown' as "
    "quadrant_code, 'margin unknown' as quadrant_name, '毛利未知' as quadrant_name_zh, "
    "9 as customer_count where not exists (from segments.agg_value_quadrants))",
)


def test_an_empty_card_names_what_was_not_handed_over(visit, shop, tmp_path):
    folder = spoiled(
        shop,
        tmp_path,
        *EMPTIED,
        # The two funnels share a mart that tells of leads alone, or of nothing.
        partly("agg_funnel_stages", "leads"),
        out("fct_leads", "leads"),
        out("fct_opportunities", "opportunities"),
        out("fct_targets", "targets"),
        partly("agg_value_quadrants", "products.unit_cost"),
        out("fct_customer_events", "members.birth_date"),
    )
    shown, chinese = both_languages(visit(folder))
    for card, table in (
        ("funnel-lead", "leads"),
        ("funnel-opportunity", "opportunities"),
        ("drivers-target", "targets"),
        ("value-matrix", "products.unit_cost"),
        ("customer-events", "members.birth_date"),
    ):
        assert shown[card]["empty"] == f"Not available (not handed over: {table})"
        assert chinese[card]["empty"] == f"暂不可用 (未提供: {table})"
        assert shown[card]["note"] == ""


def test_an_empty_card_blames_no_table_that_it_can_do_without(visit, shop, tmp_path):
    partial = (
        "fct_customer_months",
        "agg_pyramid_tiers",
        "agg_cohort_months",
        "agg_sales_drivers",
        "agg_rfm_grid",
        "fct_customer_events",
        "agg_funnel_stages",
    )
    folder = spoiled(
        shop,
        tmp_path,
        *EMPTIED,
        *(partly(mart, "products.unit_cost") for mart in partial),
    )
    shown, chinese = both_languages(visit(folder))
    for card, english, in_chinese in (
        (
            "tier-moves",
            "No month end yet since the first purchase.",
            "首购之后还没有月末。",
        ),
        (
            "cohorts",
            "No month after a first purchase is over yet.",
            "首购之后尚无完整月份。",
        ),
        ("drivers-target", "There is nothing to compare with.", "没有可比数据。"),
        ("rfm-grid", "Nobody bought in the window.", "统计窗口内无人购买。"),
        (
            "customer-events",
            "Nothing happened that calls for an answer.",
            "暂无需要跟进的事件。",
        ),
        ("funnel-lead", "Nothing to show.", "暂无数据。"),
        ("funnel-opportunity", "Nothing to show.", "暂无数据。"),
    ):
        assert (shown[card]["empty"], shown[card]["note"]) == (english, "")
        assert (chinese[card]["empty"], chinese[card]["note"]) == (in_chinese, "")
