"""Other people's tools count the same customers: openretailscience and lifetimes.

`make oracles` gave them the tickets as handed over, and kept what they made of them in
tests/oracles/fixtures. Each test does two things. It counts by their definition on our
marts, which must give their figures, and those of every customer where they kept a
digest. Then it tells, as a number, how far our definition is from theirs.
"""

import csv
import itertools
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import numpy
import pytest
from conftest import REAL_DATA
from given import (
    EARLIER_DAYS,
    FIXTURES,
    LAPSED_DAYS,
    TRANSACTION_NUMBERS,
    WINDOW_MONTHS,
    digest,
    sixth,
    window_start,
)
from recount import read_days, top_count
from shop import work
from test_real_data import assert_as_counted

# Sales without a return: there a day with a ticket is a purchase day, and nothing else.
WITHOUT_RETURNS = ("cdnow", "complete_journey", "foodmart")


@pytest.fixture(params=sorted(EARLIER_DAYS))
def shop(request):
    """Each shop that the oracles tell of; one of them comes out of a package."""
    if request.param != "complete_journey" and not REAL_DATA.is_dir():
        pytest.skip(f"the real data is not there: {REAL_DATA}")
    return request.param


@cache
def fixture(name):
    """Rows of a fixture, as tuples of text without the shop's name, by shop."""
    shops = {}
    with open(FIXTURES / f"{name}.csv", encoding="utf-8", newline="") as file:
        next(file)  # which version made it
        next(file)  # the names of the columns
        for shop, *values in csv.reader(file):
            shops.setdefault(shop, []).append(tuple(values))
    return shops


def numbers(texts):
    """Whole numbers and amounts, to be compared with those of a query."""
    return tuple(Decimal(text) for text in texts)


def days_of_window(as_of, months=WINDOW_MONTHS):
    """Days of the window, as a condition."""
    return f"sold_on between '{window_start(as_of, months)}' and '{as_of}'"


def test_the_complete_journey_is_whole_and_as_counted_in_pandas(real, raw_folder):
    built = real("complete_journey")
    assert work(built, "from quality.quarantined_rows") == []
    assert work(
        built,
        """
        select count(*), sum(line_count), count(distinct customer_id)
        from core.fct_transactions
        """,
    ) == [(155_848, 1_469_307, 2_469)]
    days = read_days(raw_folder("complete_journey"))
    assert_as_counted(built, days, days["day"].max())


# Repeat purchases, recency and age: what the models of lifetime value are made of.


def repeat_purchases(built, as_of, rule):
    """Customers with what they repeated, where `rule` says what a purchase is."""
    return work(
        built,
        f"""
        with purchases as (
            select *, row_number() over (partition by customer_id order by sold_on)
                as purchase_number
            from core.fct_customer_days
            where sold_on <= '{as_of}' and {rule}
        )
        select
            customer_id,
            count(*) - 1,
            max(sold_on) - min(sold_on),
            date '{as_of}' - min(sold_on),
            coalesce(sum(net_sales_amount) filter (where purchase_number > 1), 0)
        from purchases
        group by customer_id
        """,
    )


@pytest.mark.parametrize(
    ("tool", "rule", "difference"),
    [
        # Any ticket is a purchase: 2,686 days more, by 37 customers more.
        ("lifetimes", "true", {"online_retail": (37, -177, 2_649, 18_705, 19_569)}),
        # A day of 0 is none: of CDNOW 80 days less, and 68 customers less.
        (
            "openretailscience",
            "net_sales_amount > 0",
            {
                "cdnow": (-68, -65, -12, -679, -35_145),
                "complete_journey": (0, 0, -121, -21, 0),
                "online_retail": (-1, -1, -1, 0, -14),
            },
        ),
    ],
)
def test_repeat_purchases_are_theirs(real, shop, tool, rule, difference):
    for as_of, *sums, every_customer in fixture(f"{tool}_summary")[shop]:
        customers = repeat_purchases(real(shop), as_of, rule)
        _, *columns = zip(*customers)
        assert (
            len(customers),
            columns[0].count(0),
            *(sum(column) for column in columns),
        ) == numbers(sums)
        assert every_customer == digest(
            (*customer, sixth(spend)) for *customer, spend in customers
        )
    (ours,) = work(
        real(shop),
        """
        select
            count(*),
            count_if(purchase_day_count = 1),
            sum(purchase_day_count - 1),
            sum(last_purchase_on - first_purchase_on),
            sum(as_of_on - first_purchase_on)
        from core.fct_customers
        where purchase_day_count > 0
        """,
    )
    theirs = numbers(sums[:-1])  # on the last day
    assert tuple(their - our for their, our in zip(theirs, ours)) == (
        difference.get(shop, (0, 0, 0, 0, 0))
    )


# R, F and M scores.


def their_scores(as_of):
    """Fifths by row number: equal values are split by customer."""
    return f"""
        with theirs as (
            select
                customer_id,
                date '{as_of}' - max(sold_on) as recency_days,
                count(*) as frequency_count,
                sum(net_sales_amount) as monetary_amount
            from core.fct_customer_days
            where {days_of_window(as_of)}
            group by customer_id
        )
        select
            *,
            ntile(5) over (order by recency_days desc, customer_id) as r_score,
            ntile(5) over (order by frequency_count, customer_id) as f_score,
            ntile(5) over (order by monetary_amount, customer_id) as m_score
        from theirs
    """


def test_scores_are_those_of_openretailscience(real, shop):
    for day, *sums, every_customer in fixture("openretailscience_rfm")[shop]:
        customers = work(real(shop), their_scores(date.fromisoformat(day)))
        _, *columns = zip(*customers)
        assert (len(customers), *map(sum, columns[:3])) == numbers(sums)
        # Theirs begin at 0.
        assert every_customer == digest(
            (customer, r - 1, f - 1, m - 1) for customer, *_, r, f, m in customers
        )


# Customers whom they score and we do not (who only brought something back); those whose
# R or F is another (a return is no purchase); those whose R, F or M score differs and,
# among them, who share their M with nobody: where fifths are not whole, ntile gives the
# lowest ones a customer more, and customers more move the borders. All others are tied:
# equal values score equal with us. On the earlier day, and on the last.
SCORE_DIFFERENCES = {
    "cdnow": [(0, 0, 0, 76, 12_442, 2, 0), (0, 0, 0, 41, 4_280, 29, 0)],
    "complete_journey": [(0, 0, 0, 165, 88, 0, 0), (0, 0, 0, 480, 48, 0, 0)],
    "foodmart": [(0, 0, 0, 54, 1_311, 1, 0), (0, 0, 0, 268, 1_685, 1, 0)],
    "online_retail": [
        (45, 467, 1_066, 195, 1_266, 89, 87),
        (35, 452, 1_287, 217, 1_763, 70, 66),
    ],
}


def test_our_scores_differ_from_theirs_by_ties_and_returns(real, shop):
    our_scores = (
        "from core.fct_customer_months where is_window_buyer and month_end_on =",
        "from core.fct_customer_standings where is_window_buyer and as_of_on =",
    )
    for (day, *_), ours, expected in zip(
        fixture("openretailscience_rfm")[shop], our_scores, SCORE_DIFFERENCES[shop]
    ):
        (difference,) = work(
            real(shop),
            f"""
            with theirs as ({their_scores(date.fromisoformat(day))}),
            ours as (
                select *, count(*) over (partition by net_sales_amount) as tied_count
                {ours} '{day}'
            )
            select
                count_if(ours.customer_id is null),
                count_if(theirs.recency_days != ours.recency_days),
                count_if(theirs.frequency_count != ours.frequency_count),
                count_if(theirs.r_score != ours.r_score),
                count_if(theirs.f_score != ours.f_score),
                count_if(theirs.m_score != ours.m_score),
                count_if(theirs.m_score != ours.m_score and ours.tied_count = 1)
            from theirs
            left join ours on theirs.customer_id = ours.customer_id
            """,
        )
        assert difference == expected, (shop, day, difference)


# Shares of the best customers.


def their_bands(built, as_of, with_zero, cuts):
    """Customers and spend of the bands that end at these percent ranks."""
    cases = " ".join(f"when rank <= {cut} then '{name}'" for name, cut in cuts.items())
    rows = work(
        built,
        f"""
        with spends as (
            select customer_id, sum(net_sales_amount) as spend
            from core.fct_customer_days
            where {days_of_window(as_of)}
            group by customer_id
        ),
        ranked as (
            select *, percent_rank() over (order by spend, customer_id) as rank
            from spends
            where spend != 0 or {with_zero}
        ),
        banded as (
            select case {cases} end as band, spend from ranked
            union all
            select 'Zero', spend from spends where spend = 0 and not {with_zero}
        )
        select band, count(*), sum(spend)
        from banded
        group by band
        """,
    )
    return {band: tuple(sums) for band, *sums in rows}


def assert_bands_are_theirs(name, built, shop, with_zero, cuts):
    """Returns the bands of the last day."""
    rows = fixture(f"openretailscience_{name}")[shop]
    for as_of in sorted({day for day, *_ in rows}):
        bands = {band: numbers(sums) for day, band, *sums in rows if day == as_of}
        as_of = date.fromisoformat(as_of)
        assert their_bands(built, as_of, with_zero, cuts) == bands
    return bands


def our_curve(built, *percentiles):
    """Customers and net sales of the best so many per cent."""
    return work(
        built,
        f"""
        select customer_count, best_amount
        from segments.seg_pareto
        where metric_code = 'net_sales' and percentile in {percentiles}
        order by percentile
        """,
    )


# What our best 20 and 50 % are and bring more than theirs. They count so many of N - 1
# customers, we of N, rounded up: one more at most, the customer at the threshold. Of
# online_retail they count 35 customers more, who only brought something back.
BAND_DIFFERENCES = {
    "cdnow": [(0, 0), (0, 0)],
    "complete_journey": [(0, 0), (1, Decimal("1210.02"))],
    "foodmart": [(0, 0), (1, Decimal("35.8"))],
    "online_retail": [(-3, Decimal("-5938.23")), (-9, Decimal("-5848.68"))],
}


def test_heavy_medium_and_light_are_those_of_openretailscience(real, shop):
    cuts = {"Light": 0.5, "Medium": 0.8, "Heavy": 1}
    bands = assert_bands_are_theirs("heavy_medium_light", real(shop), shop, False, cuts)
    theirs = (bands["Heavy"], add(bands["Heavy"], bands["Medium"]))
    ours = our_curve(real(shop), 20, 50)
    assert [
        (our[0] - their[0], our[1] - their[1]) for our, their in zip(ours, theirs)
    ] == BAND_DIFFERENCES[shop]


def test_deciles_are_those_of_openretailscience(real, shop):
    cuts = {f"{tenth / 10}": tenth / 10 for tenth in range(1, 11)}
    bands = assert_bands_are_theirs("deciles", real(shop), shop, True, cuts)
    best = [bands[name] for name in sorted(cuts, reverse=True)]
    percentiles = range(10, 100, 10)
    their_count = int(sum(count for count, _ in best))
    ((our_count,),) = work(real(shop), "select count(*) from segments.seg_pyramid")
    assert their_count - our_count == (0 if shop in WITHOUT_RETURNS else 35)
    theirs = itertools.accumulate(best, add)
    for percent, their, our in zip(
        percentiles, theirs, our_curve(real(shop), *percentiles)
    ):
        assert their[0] == top_count(their_count - 1, percent)
        assert our[0] == top_count(our_count, percent)
        if our[0] == their[0]:
            assert our[1] == their[1]


def add(*rows):
    """Sums of each column."""
    return tuple(map(sum, zip(*rows)))


# Days between purchases, and who came back.


def test_days_between_purchases_are_those_of_openretailscience(real, shop):
    ((count, *quantiles, every_customer),) = fixture("openretailscience_gaps")[shop]
    theirs = work(
        real(shop),
        """
        select customer_id, max(sold_on) - min(sold_on), count(*) - 1
        from core.fct_customer_days
        group by customer_id
        having count(*) > 1
        """,
    )
    assert len(theirs) == int(count)
    assert every_customer == digest(
        (customer, sixth(Decimal(days) / gap_count))
        for customer, days, gap_count in theirs
    )
    means = [days / gap_count for _, days, gap_count in theirs]
    assert list(numpy.quantile(means, [0.1, 0.25, 0.5, 0.75, 0.9])) == pytest.approx(
        [float(value) for value in quantiles], abs=1e-6
    )
    for mart in ("core.fct_customers", "segments.seg_regularity"):
        ours = work(
            real(shop),
            f"select customer_id, mean_gap_days from {mart} "
            "where mean_gap_days is not null",
        )
        if shop in WITHOUT_RETURNS:
            assert every_customer == digest(ours)
        else:  # 214 more have a second day with a ticket, but no second purchase
            assert len(theirs) - len(ours) == 214


def test_lapses_are_those_of_openretailscience(real, shop):
    theirs = work(
        real(shop),
        f"""
        with purchases as (
            select
                sold_on,
                row_number() over (partition by customer_id order by sold_on)
                    as purchase_number,
                lead(sold_on) over (partition by customer_id order by sold_on)
                    as next_on
            from core.fct_customer_days
        )
        select
            least(purchase_number, {TRANSACTION_NUMBERS}),
            count(next_on),
            count(*) - count(next_on)
        from purchases
        where sold_on < (select max(sold_on) from purchases) - {LAPSED_DAYS}
        group by 1
        order by 1
        """,
    )
    assert theirs == [numbers(row) for row in fixture("openretailscience_lapses")[shop]]
    ((ours,),) = work(
        real(shop),
        f"select count_if(recency_days > {LAPSED_DAYS}) from core.fct_customers",
    )
    # Theirs hold who only brought something back, and lack who did so lately.
    assert sum(lapsed for *_, lapsed in theirs) - ours == (
        0 if shop in WITHOUT_RETURNS else 3
    )


# New, repeating and lapsed: one half-year against the one before it.

# What they count more than we, lapsed, new and repeating: they ask for spend above 0,
# we for a purchase, be it of a CD for nothing or of what was brought back.
HALF_YEAR_DIFFERENCES = {
    "cdnow": (-68, 2, -2),
    "complete_journey": (0, 0, 0),
    "foodmart": (0, 0, 0),
    "online_retail": (-1, -2, -7),
}


def half_years(built, end, bought):
    """Customers and spend by the half-years in which what they bought is above 0."""
    middle = window_start(end, 6)
    return work(
        built,
        f"""
        with days as (
            select *, sold_on >= '{middle}' as is_now
            from core.fct_customer_days
            where {days_of_window(end)}
        ),
        customers as (
            select
                coalesce({bought} filter (where not is_now), 0) > 0 as has_bought,
                coalesce({bought} filter (where is_now), 0) > 0 as has_bought_now,
                sum(net_sales_amount) filter (where not is_now) as before_amount,
                sum(net_sales_amount) filter (where is_now) as now_amount
            from days
            group by customer_id
        ),
        segments (segment, has_bought, has_bought_now) as (
            values ('Lapsed', true, false), ('New', false, true),
                ('Repeating', true, true)
        )
        select
            segment,
            count(customers.has_bought),
            coalesce(sum(before_amount), 0),
            coalesce(sum(now_amount), 0)
        from segments
        left join customers
            on segments.has_bought = customers.has_bought
            and segments.has_bought_now = customers.has_bought_now
        group by segment
        order by segment
        """,
    )


def test_new_and_lapsed_are_those_of_openretailscience(real, shop):
    end = EARLIER_DAYS[shop]
    theirs = half_years(real(shop), end, "sum(net_sales_amount)")
    assert theirs == [
        (segment, *numbers(sums))
        for segment, *sums in fixture("openretailscience_half_years")[shop]
    ]
    ours = half_years(real(shop), end, "sum(cast(is_purchase_day as integer))")
    assert (
        tuple(their[1] - our[1] for their, our in zip(theirs, ours))
        == (HALF_YEAR_DIFFERENCES[shop])
    )


def test_the_revenue_tree_is_that_of_openretailscience(real, shop):
    end = EARLIER_DAYS[shop]
    before, now = (
        work(
            real(shop),
            f"""
            select count(distinct customer_id), count(*), sum(net_sales_amount)
            from core.fct_transactions
            where customer_id is not null and {days_of_window(day, 6)}
            """,
        )[0]
        for day in (window_start(end, 6) - timedelta(1), end)
    )
    ((*sums, customers, frequency, spend),) = fixture("openretailscience_revenue_tree")[
        shop
    ]
    assert tuple(itertools.chain(*zip(before, now))) == numbers(sums)
    # What they explain the change by adds up to it.
    change = sum(numbers([customers, frequency, spend]))
    assert abs(change - (now[2] - before[2])) < Decimal("0.00001")


# Month by month.


def test_comers_and_goers_are_those_of_openretailscience(real, shop):
    theirs = [
        (date.fromisoformat(end), *numbers(counts))
        for end, *counts in fixture("openretailscience_movements")[shop]
    ]
    assert theirs == work(
        real(shop),
        f"""
        with ends as (
            select
                date_on as month_end_on,
                last_day(date_on - interval 1 month) as before_on
            from core.dim_dates
            where is_told and date_on = last_day(date_on) and date_on >= (
                select min(sold_on) from core.fct_customer_days
            )
        ),
        customers as (
            select
                month_end_on,
                bool_or(month_end_on - sold_on between 0 and {LAPSED_DAYS}) as is_there,
                bool_or(before_on - sold_on between 0 and {LAPSED_DAYS}) as was_there
            from ends
            cross join core.fct_customer_days
            group by month_end_on, customer_id
        )
        select
            month_end_on,
            count_if(is_there and not was_there),
            count_if(is_there and was_there),
            count_if(was_there and not is_there)
        from customers
        group by month_end_on
        order by month_end_on
        """,
    )
    ours = work(
        real(shop),
        """
        select
            month_end_on,
            new_count + reactivated_count,
            opening_count - lost_count,
            lost_count
        from retention.agg_churn_months
        where definition_code = 'activity'
        order by month_end_on
        """,
    )
    assert [end for end, *_ in theirs] == [end for end, *_ in ours]
    more = add(*(row[1:] for row in theirs))
    less = add(*(row[1:] for row in ours))
    if shop in WITHOUT_RETURNS:
        assert theirs == ours
    else:  # to them a return keeps a customer, and may be what brought one
        assert tuple(their - our for their, our in zip(more, less)) == (42, 528, 15)


# Cells of months to come, in which they tell of 0 customers and we of nothing.
FUTURE_CELLS = {"cdnow": 3, "complete_journey": 66, "foodmart": 89, "online_retail": 78}


def test_cohorts_are_those_of_openretailscience(real, shop):
    theirs = {
        (date.fromisoformat(month), int(since)): numbers(sums)
        for month, since, *sums in fixture("openretailscience_cohorts")[shop]
    }
    observed = work(
        real(shop),
        """
        with days as (
            select
                *,
                cast(date_trunc('month', min(sold_on) over (partition by customer_id))
                    as date) as cohort_month
            from core.fct_customer_days
        )
        select
            cohort_month,
            date_diff('month', cohort_month, sold_on),
            count(distinct customer_id),
            sum(net_sales_amount)
        from days
        group by 1, 2
        """,
    )
    # What they fill up with 0: months to come, and months in which nobody bought.
    assert {cell: sums for cell, sums in theirs.items() if sums[0]} == {
        (month, since): tuple(sums) for month, since, *sums in observed
    }
    ours = work(
        real(shop),
        """
        select cohort_month, months_since, buyer_count, net_sales_amount
        from retention.agg_cohort_months
        """,
    )
    ours = {(month, since): tuple(sums) for month, since, *sums in ours}
    assert ours.keys() <= theirs.keys()
    to_come = [theirs[cell] for cell in theirs.keys() - ours.keys()]
    assert set(to_come) == {(0, 0)}
    assert len(to_come) == FUTURE_CELLS[shop]
    if shop in WITHOUT_RETURNS:
        assert {cell: theirs[cell] for cell in ours} == ours
    # They count months of nothing but returns, and the money of returns before, or
    # without, a first purchase.
    ((month_count, amount),) = work(
        real(shop),
        """
        with months as (
            select
                days.customer_id,
                date_trunc('month', days.sold_on) as sold_month,
                min(customers.first_purchase_on) as first_purchase_on,
                bool_or(days.is_purchase_day) as has_purchase,
                sum(days.net_sales_amount) as net_sales_amount
            from core.fct_customer_days as days
            inner join core.fct_customers as customers
                on days.customer_id = customers.customer_id
            group by 1, 2
        )
        select
            count_if(not has_purchase),
            coalesce(sum(net_sales_amount) filter (
                where first_purchase_on is null
                or sold_month < date_trunc('month', first_purchase_on)
            ), 0)
        from months
        """,
    )
    their_sums, our_sums = add(*theirs.values()), add(*ours.values())
    assert (their_sums[0] - our_sums[0], their_sums[1] - our_sums[1]) == (
        month_count,
        amount,
    )
    assert (month_count, amount) == (
        (0, 0) if shop in WITHOUT_RETURNS else (666, Decimal("-15367.75"))
    )


# Heavy, medium and light users of a category.


def test_heavy_users_are_those_of_openretailscience(real, shop):
    if shop not in fixture("openretailscience_usage"):
        assert work(real(shop), "from segments.agg_usage") == []
        return
    theirs = {}
    for category, band, *sums in fixture("openretailscience_usage")[shop]:
        theirs.setdefault(category, {})[band] = numbers(sums)
    ours = {}
    for category, band, *sums in work(
        real(shop),
        """
        select category, usage_code, customer_count, unit_count, least_unit_count
        from segments.agg_usage
        where scheme_code = 'bands'
        """,
    ):
        ours.setdefault(category, {})[band.title()] = sums
    for category, bands in theirs.items():
        whole = add(*(bands[band] for band in ("Heavy", "Medium", "Light")))
        assert whole == add(*(sums[:2] for sums in ours[category].values()))
        for percent, names in ((20, ["Heavy"]), (50, ["Heavy", "Medium"])):
            count, units = add(*(bands[name] for name in names))
            assert count == top_count(int(whole[0]) - 1, percent)
            our = [ours[category][name] for name in names]
            assert add(*our)[0] == top_count(int(whole[0]), percent)
            # Where we count one more, it is the least user of the class.
            one_more = add(*our)[0] - count
            assert add(*our)[1] - units == one_more * our[-1][2]
