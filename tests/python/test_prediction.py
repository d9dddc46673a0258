"""Forecasts and their back-test of real data, counted again in pandas.

Written from the definitions, customer by customer, apart from the SQL.
"""

import hashlib
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pandas as pd
import pytest
import recount
from conftest import REAL_DATA
from shop import work

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the real data is not there: {REAL_DATA}"
)

NAMES = ["foodmart", "online_retail", "cdnow"]
HORIZON, YEAR, PEERS = 90, 365, 10
RECENCIES = [30, 90, 180, 365]
FREQUENCIES = [1, 2, 3, 5, 10, 20, 40]
METHODS = ["last_period", "own_pace", "peer_cells"]


class Customer:
    """What is known of one on a day, and what came in the ninety days after it.

    `bought` are purchase days, `net` pairs of any day with its net sales, both counted
    from that day: 0 is the day itself, 1 the day before it, -1 the day after.
    """

    def __init__(self, bought, net):
        past = [day for day in bought if day >= 0]
        self.age, self.recency, self.count = max(past), min(past), len(past)
        self.net = sum(amount for day, amount in net if day >= 0)
        self.year = sum(day < YEAR for day in past)
        self.period = sum(day < HORIZON for day in past)
        self.period_net = sum(amount for day, amount in net if 0 <= day < HORIZON)
        self.later = sum(-HORIZON <= day < 0 for day in bought)
        self.later_net = sum(amount for day, amount in net if -HORIZON <= day < 0)
        self.recency_band = sum(self.recency >= limit for limit in RECENCIES)
        self.frequency_band = sum(self.year >= limit for limit in FREQUENCIES)

    def pace(self):
        """Purchase days of ninety at the pace of the last year."""
        if self.age >= YEAR:
            return Fraction(HORIZON * self.year, YEAR)
        return Fraction(HORIZON * (self.year - 1), max(self.age, HORIZON))

    def expected(self, method, peers):
        """Purchase days and money, at four decimals each, in units of 0.0001."""
        if method == "last_period":
            return rounded(10_000 * self.period), max(self.period_net, 0)
        days = self.pace() if method == "own_pace" else peers(self)
        money = days * max(self.net, 0) / self.count
        return rounded(10_000 * days), rounded(money)


def rounded(fraction):
    """To a whole number, half up: nothing expected is below 0."""
    return (fraction + Fraction(1, 2)).__floor__()


class Shop:
    """The customers of a shop as of its last day, and one and two horizons before."""

    def __init__(self, name):
        raw = REAL_DATA / name / "raw"
        days = recount.read_days(raw)
        tickets = recount.read_raw(raw, "transactions")
        self.as_of = pd.to_datetime(tickets["occurred_at"]).max().normalize()
        days["ago"] = (self.as_of - days["day"]).dt.days
        bought, net = defaultdict(list), defaultdict(list)
        for row in days.itertuples():
            net[row.customer_id].append((row.ago, int(row.net)))
            if row.is_purchase:
                bought[row.customer_id].append(row.ago)
        self.history_days = max(map(max, bought.values())) + 1
        self.origins = [
            {
                customer: Customer(
                    [day - start for day in ago],
                    [(day - start, amount) for day, amount in net[customer]],
                )
                for customer, ago in bought.items()
                if max(ago) >= start
            }
            for start in (0, HORIZON, 2 * HORIZON)
        ]

    def peers(self, number):
        """What came of like customers of the origin before this one, as a function."""
        count, came = Counter(), Counter()
        for customer in self.origins[number + 1].values():
            band = customer.frequency_band
            for key in [(customer.recency_band, band), band, "all"]:
                count[key] += 1
                came[key] += customer.later

        def expect(customer):
            band = customer.frequency_band
            if not count[band]:
                return Fraction(came["all"], count["all"])
            cell = (customer.recency_band, band)
            like = PEERS * Fraction(came[band], count[band])
            return (came[cell] + like) / (count[cell] + PEERS)

        return expect

    def forecasts(self, number, method):
        """{customer: (purchase days, money)} expected on an origin."""
        peers = self.peers(number)
        return {
            name: customer.expected(method, peers)
            for name, customer in self.origins[number].items()
        }

    def backtest(self, method, measure):
        """Rows of (expected, actual), the customer of whom most is expected first."""
        compared = []
        for name, expected in self.forecasts(1, method).items():
            customer = self.origins[1][name]
            came = (10_000 * customer.later, customer.later_net)
            lot = hashlib.md5(name.encode()).hexdigest()[:15]
            compared.append((-expected[measure], lot, name, came[measure]))
        return [(-expected, came) for expected, _, _, came in sorted(compared)]


@pytest.fixture(scope="module")
def shops():
    """Each shop is read once."""
    read = {}

    def shop(name):
        if name not in read:
            read[name] = Shop(name)
        return read[name]

    return shop


def ratio(part, whole):
    return recount.sixth(Fraction(part, whole)) if whole else None


@pytest.mark.parametrize("name", NAMES)
def test_the_back_test(real, shops, name):
    shop, built = shops(name), real(name)
    assert shop.history_days >= 3 * HORIZON
    for measure, code in enumerate(["purchases", "sales"]):
        rows = {method: shop.backtest(method, measure) for method in METHODS}
        errors = {
            method: [abs(expected - came) for expected, came in rows[method]]
            for method in METHODS
        }
        squares = {m: sum(error * error for error in errors[m]) for m in METHODS}
        best = min(METHODS, key=squares.get)
        counted = {}
        for method in METHODS:
            expected, came = (sum(column) for column in zip(*rows[method], strict=True))
            count = len(rows[method])
            first, fifth = -(-count // 10), -(-count // 5)
            lead = sum(came for _, came in rows[method][:first])
            counted[method] = (
                count,
                recount.money(expected),
                recount.money(came),
                ratio(expected - came, came),
                ratio(sum(errors[method]), 10_000 * count),
                1 - Fraction(sum(errors[method]), sum(errors["last_period"])),
                sqrt(squares[method] / count) / 10_000,
                1 - Fraction(squares[method], squares["last_period"]),
                ratio(lead * count, came * first),
                ratio(sum(came for _, came in rows[method][:fifth]), came),
                method == best,
                True,
            )
        told = work(
            built,
            "select method_code, customer_count, expected_total, actual_total, "
            "bias_rate, mean_absolute_error, absolute_error_skill_rate, "
            "root_mean_squared_error, squared_error_skill_rate, "
            "first_decile_lift_rate, top_fifth_share, is_best, is_mature "
            f"from prediction.agg_value_backtests where measure_code = '{code}'",
        )
        assert {row[0] for row in told} == set(METHODS)
        near = Decimal("0.000001")
        for method, *figures in told:
            for figure, again in zip(figures, counted[method], strict=True):
                if isinstance(again, float | Fraction):
                    assert abs(figure - Decimal(float(again))) <= near, method
                else:
                    assert figure == again, (method, figures, counted[method])
        assert_deciles(built, rows, code)


def assert_deciles(built, rows, code):
    """Every tenth of every method."""
    told = work(
        built,
        "select method_code, decile, customer_count, expected_total, actual_total "
        f"from prediction.agg_value_backtest_deciles where measure_code = '{code}'",
    )
    tenths = {}
    for method, compared in rows.items():
        for place, (expected, came) in enumerate(compared):
            key = (method, 1 + 10 * place // len(compared))
            count, total, actual = tenths.get(key, (0, 0, 0))
            tenths[key] = (count + 1, total + expected, actual + came)
    assert {(method, decile): tuple(values) for method, decile, *values in told} == {
        key: (count, recount.money(total), recount.money(actual))
        for key, (count, total, actual) in tenths.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_of_each_customer(real, shops, name):
    shop, built = shops(name), real(name)
    ((method,),) = work(
        built,
        "select method_code from prediction.agg_value_backtests "
        "where is_best and measure_code = 'sales'",
    )
    expected = shop.forecasts(0, method)
    counted = {
        name: (
            method,
            customer.count - 1,
            recount.sixth(Fraction(customer.age - customer.recency, 7)),
            recount.sixth(Fraction(customer.age, 7)),
            recount.money(customer.net),
            *(recount.money(value) for value in expected[name]),
        )
        for name, customer in shop.origins[0].items()
    }
    told = work(
        built,
        "select customer_id, method_code, frequency, recency, age, net_sales_amount, "
        "expected_purchases, expected_spend from prediction.fct_customer_values "
        "where frequency is not null",
    )
    assert {customer: tuple(values) for customer, *values in told} == counted


def test_the_best_knows_more_of_cdnow_than_its_last_ninety_days(real):
    """And the fifth that it would have picked brought more than two thirds."""
    ((skill, share),) = work(
        real("cdnow"),
        "select squared_error_skill_rate, top_fifth_share "
        "from prediction.agg_value_backtests where is_best and measure_code = 'sales'",
    )
    assert skill > Decimal("0.2")
    assert share > Decimal("0.667")
