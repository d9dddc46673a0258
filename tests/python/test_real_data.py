"""Real and published data build unchanged, to the figures their publishers give.

The data are no part of the project: where the folder is absent, these tests skip.
"""

import math
from decimal import Decimal

import pandas as pd
import pytest
from conftest import REAL_DATA

pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason="the folder of real data is not here"
)
TIER_CUTS = {"A": Decimal("0.01"), "B": Decimal("0.05"), "C": Decimal("0.20")}


@pytest.fixture(scope="module")
def shop(dbt, tmp_path_factory):
    """Build a data set once, with all its tests, and keep it for the module."""
    built = {}

    def build(name, as_of=None):
        if (name, as_of) not in built:
            folder = tmp_path_factory.mktemp(name)
            build = dbt.run(
                "build", folder=folder, raw=REAL_DATA / name / "raw", as_of=as_of
            )
            assert build.exit_code == 0, build.output[-4000:]
            built[name, as_of] = build
        return built[name, as_of]

    return build


def reconciled(build, table, leg):
    """Rows and amount of one leg."""
    return build.query(
        "select row_count, amount from quality.reconciliation "
        "where table_name = ? and leg_code = ?",
        [table, leg],
    )[0]


def test_foodmart_sold_in_1997_what_its_publisher_says(shop):
    foodmart = shop("foodmart")
    assert foodmart.query(
        "select count(*), sum(quantity), sum(net_sales_amount), sum(cost_amount), "
        "count(distinct customer_id) from core.fct_transaction_lines "
        "where year(sold_on) = 1997"
    ) == [
        (86837, 266773, Decimal("565238.13"), Decimal("225627.2336"), 5581),
    ]
    assert foodmart.value("select count(*) from core.dim_customers") == 10281
    assert foodmart.value("select count(*) from quality.quarantined_rows") == 0
    assert reconciled(foodmart, "transaction_lines", "fact")[0] == 105162


def test_foodmart_is_told_as_of_the_end_of_1997(shop):
    foodmart = shop("foodmart", "1997-12-31")
    assert foodmart.query(
        "select count(*), sum(window_net_sales_amount) from core.fct_customers "
        "where is_window_buyer"
    ) == [(5581, Decimal("565238.13"))]
    assert reconciled(foodmart, "transaction_lines", "after_as_of")[0] == 18325
    assert foodmart.value("select max(sold_on) from core.fct_transactions").year == 1997


def test_online_retail_keeps_its_oddities(shop):
    shop_ = shop("online_retail")
    assert reconciled(shop_, "transaction_lines", "fact") == (
        541909,
        Decimal("9747747.9340"),
    )
    assert reconciled(shop_, "transactions", "fact")[0] == 25900
    assert shop_.value("select count(*) from quality.quarantined_rows") == 0
    assert shop_.value("select count(*) from core.fct_customers") == 4372
    identified = shop_.value(
        "select sum(net_sales_amount) filter (not is_anonymous) "
        "/ sum(net_sales_amount) from core.fct_transactions"
    )
    assert round(identified, 3) == 0.851
    zero_or_below = shop_.value(
        "select count(*) from core.fct_transactions "
        "where not is_return and net_sales_amount <= 0"
    )
    assert zero_or_below > 0


def test_cdnow_is_whole(shop):
    cdnow = shop("cdnow")
    assert reconciled(cdnow, "transactions", "fact") == (
        69659,
        Decimal("2500315.6300"),
    )
    assert cdnow.value("select count(*) from core.fct_customers") == 23570


def test_cdnow_sample_repeats_as_the_papers_report(shop):
    """Fader and Hardie: 2,357 customers, 2,457 repeat days up to the end of week 39."""
    sample = shop("cdnow_sample", "1997-09-30")
    assert sample.query(
        "select count(*) filter (purchase_day_count > 0), "
        "sum(purchase_day_count - 1) filter (purchase_day_count > 0) "
        "from core.fct_customers"
    ) == [(2357, 2457)]


def test_rfm_orders_are_whole(shop):
    orders = shop("rfm_orders")
    assert reconciled(orders, "transactions", "fact") == (4906, Decimal(464158))
    assert orders.value("select count(*) from core.fct_customers") == 995


def test_crm_sales_reached_its_stages(shop):
    sales = shop("crm_sales")
    assert sales.query(
        "select stage_code, entered_count from funnel.agg_funnel_stages "
        "where breakdown_name = 'all' and stage_kind != 'lost' order by stage_order"
    ) == [("prospecting", 8800), ("engaging", 8300), ("won", 4238)]
    stages = dict(
        sales.query(
            "select stage_code, count(*) from core.fct_opportunities group by 1"
        )
    )
    assert stages == {"won": 4238, "lost": 2473, "engaging": 1589, "prospecting": 500}
    assert reconciled(sales, "transactions", "fact") == (4238, Decimal(10005534))
    assert sales.value("select count(*) from core.fct_customers") == 85


@pytest.mark.parametrize("name", ["online_retail", "cdnow", "foodmart", "rfm_orders"])
def test_pyramid_and_rfm_equal_a_recomputation_from_the_raw_file(shop, name):
    build = shop(name)
    buyers = buyers_of(name)
    told = build.query(
        "select customer_id, sales_rank, tier_code, net_sales_amount "
        "from segments.seg_pyramid order by sales_rank"
    )
    # Equal sales are ranked by margin, days and recency: so compare sales, not ids.
    assert [row[3] for row in told] == sorted(buyers["amount"], reverse=True)
    assert [row[2] for row in told] == tiers(len(buyers))
    scores = {
        row[0]: row[1:]
        for row in build.query(
            "select customer_id, r_score, f_score, m_score from segments.seg_rfm"
        )
    }
    assert scores == scores_of(buyers)


def tiers(count):
    """Tier of each rank by hand: the cut after the ceiling of each share."""
    cuts = {tier: math.ceil(count * share) for tier, share in TIER_CUTS.items()}
    return [
        next((tier for tier, cut in cuts.items() if rank <= cut), "D")
        for rank in range(1, count + 1)
    ]


def buyers_of(name):
    """Window buyers with last day, purchase days and net sales, in plain pandas."""
    folder = REAL_DATA / name / "raw"
    path = folder / "transactions.parquet"
    if path.exists():
        tickets = pd.read_parquet(path)
    else:
        tickets = pd.read_csv(folder / "transactions.csv", dtype=str)
    tickets["day"] = pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    tickets["amount"] = [Decimal(str(value)) for value in tickets["net_amount"]]
    kind = tickets.get("transaction_type", pd.Series("sale", tickets.index))
    tickets["is_return"] = kind.fillna("sale") == "return"
    last_day = tickets["day"].max()
    first_day = last_day + pd.Timedelta(days=1) - pd.DateOffset(months=12)
    tickets = tickets[tickets["card_id"].notna() & (tickets["day"] >= first_day)]
    tickets = tickets.assign(customer=members_of(folder, tickets["card_id"]))
    days = tickets.groupby(["customer", "day"]).agg(
        amount=("amount", "sum"),
        returns=("is_return", "sum"),
        tickets=("is_return", "size"),
    )
    is_purchase = (days["tickets"] > days["returns"]) & (
        (days["amount"] > 0) | ((days["amount"] == 0) & (days["returns"] == 0))
    )
    bought = days[is_purchase].reset_index().groupby("customer")["day"]
    buyers = pd.DataFrame({"last": bought.max(), "days": bought.size()})
    buyers["amount"] = days.groupby("customer")["amount"].sum()
    return buyers


def members_of(folder, card_ids):
    """The member of each card, or the card itself."""
    path = folder / "cards.parquet"
    cards = pd.read_parquet(path) if path.exists() else pd.DataFrame()
    if "member_id" not in cards:
        return card_ids
    return card_ids.map(cards.set_index("card_id")["member_id"])


def scores_of(buyers):
    """R, F and M: 1 + 5 * (buyers strictly worse) div N."""

    def score(values):
        worse = values.rank(method="min").astype(int) - 1
        return 1 + 5 * worse // len(values)

    amounts = buyers["amount"].map(lambda amount: int(amount * 10000))
    scores = zip(
        score(buyers["last"]), score(buyers["days"]), score(amounts), strict=True
    )
    return dict(zip(buyers.index, scores, strict=True))
