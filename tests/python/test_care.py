"""Who must not be contacted is on no list, and who is on one is counted again.

A shop made for it tries to get customers onto every list who must not be contacted.
Then customers of real data get consents, contacts and opt-outs by their number, and
each list is what pandas makes of them.
"""

import itertools
import statistics
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import recount
from conftest import REAL_DATA
from shop import build_models, work, write_csv

LISTS = (
    *("lst_birthdays", "lst_festivals", "lst_churn_risks", "lst_replenishments"),
    *("fct_customer_events", "lst_contactable_customers"),
)
CARE = ("--select", "+path:models/marts/care", "path:seeds/rules")

# The same life, and what must keep each of them off the lists.
REFUSED = {
    "silent": ",,",
    "no": "false,false,false",
    "opted_out": "true,true,true",
    "unsubscribed": "true,true,true",
    "became": "true,true,true",
    "capped": "true,true,true",
    "called": "true,true,true",
}
WILLING = {
    "willing": ("true,true,true", "sms, email, phone"),
    "by_mail": (",true,", "email"),
    "control": ("true,true,true", "sms, email, phone"),
    "texted": ("true,true,true", "email, phone"),
}


@pytest.fixture(scope="module")
def shop(dbt, tmp_path_factory):
    """The best buy every ten days, have stopped, complain and have a birthday soon."""
    best = [*REFUSED, *WILLING]
    small = [f"small{number}" for number in range(5 * len(best))]
    days = [date(2026, 9, 20) - timedelta(days=10 * number) for number in range(6)]
    tickets = [
        f"{customer}-{day},{day} 10:00:00,{amount},card-{customer}"
        for customers, amount in ((best, 500), (small, 1))
        for customer in customers
        for day in days
    ]
    tickets.append("last,2026-10-31 10:00:00,1,")
    consents = {
        **REFUSED,
        **{customer: consent for customer, (consent, _) in WILLING.items()},
        "before": "false,false,false",
    }
    contacts = [
        *(
            f"c{day},k,capped,2026-10-{day} 10:00:00,post,treatment"
            for day in range(10, 16)
        ),
        "c1,k,called,2026-10-30 10:00:00,visit,",
        "c2,k,control,2026-10-30 10:00:00,sms,control",
        "c3,k,texted,2026-10-27 10:00:00,SMS,treatment",
    ]
    raw = write_csv(
        tmp_path_factory.mktemp("raw"),
        {
            "transactions.csv": "\n".join(
                ["transaction_id,occurred_at,net_amount,card_id", *tickets]
            ),
            "cards.csv": "\n".join(
                [
                    "card_id,member_id,merged_into_card_id",
                    *(f"card-{customer},{customer}," for customer in best + small),
                    "card-before,before,card-became",
                ]
            ),
            "members.csv": "\n".join(
                [
                    "member_id,birth_date,sms_consent,email_consent,phone_consent",
                    *(f"{name},1987-11-03,{told}" for name, told in consents.items()),
                ]
            ),
            "service_tickets.csv": "\n".join(
                [
                    "ticket_id,member_id,opened_at,is_complaint",
                    *(f"w-{name},{name},2026-10-20 10:00:00,true" for name in best),
                ]
            ),
            "campaign_contacts.csv": "\n".join(
                [
                    "contact_id,campaign_id,member_id,contacted_at,channel,cell",
                    *contacts,
                ]
            ),
            "campaign_responses.csv": """
                response_id,campaign_id,member_id,contact_id,responded_at,response_type
                r1,k,opted_out,,2024-01-05 10:00:00,opted_out
                r2,k,unsubscribed,,2026-01-05 10:00:00,Unsubscribed
                r3,k,before,,2026-01-05 10:00:00,opted_out
            """,
        },
    )
    return build_models(
        dbt, raw, tmp_path_factory.mktemp("care"), *CARE, as_of="2026-10-31"
    )


@pytest.mark.parametrize("list_name", LISTS)
def test_nobody_gets_onto_a_list_who_must_not_be_contacted(shop, list_name):
    told = work(
        shop, f"select distinct customer_id, allowed_channels from care.{list_name}"
    )
    assert set(told) == {(name, channels) for name, (_, channels) in WILLING.items()}


def test_no_list_tells_a_date_of_birth_or_an_age(shop):
    columns = work(
        shop,
        "select column_name from duckdb_columns() "
        "where schema_name = 'care' or table_name = 'fct_birthdays'",
    )
    assert not [
        name for (name,) in columns if "birth" in name and name != "birthday_on"
    ]
    assert not [name for (name,) in columns if name.split("_")[0] == "age"]
    for list_name in ("care.lst_birthdays", "core.fct_birthdays"):
        assert set(work(shop, f"select birthday_on from {list_name}")) == {
            (date(2026, 11, 3),)
        }
        assert "1987" not in str(work(shop, f"from {list_name}"))


def numbered(member_id):
    return int(member_id)


def with_consents(source, folder, as_of):
    """Real tickets, and consents, contacts and answers by the members' numbers."""
    for path in source.iterdir():
        if path.name not in ("members.parquet", "campaigns.parquet"):
            (folder / path.name).symlink_to(path)
    members = pq.read_table(source / "members.parquet").to_pandas()
    numbers = members["member_id"].map(numbered)
    table = pa.table(
        {
            "member_id": members["member_id"],
            "birth_date": members["birth_date"].astype(str),
            "sms_consent": [True if number % 2 == 0 else None for number in numbers],
            "email_consent": [number % 3 == 0 for number in numbers],
        }
    )
    pq.write_table(table, folder / "members.parquet")
    contacts = []
    for member, number in zip(members["member_id"], numbers, strict=True):
        if number % 5 == 0:
            contacts.append((f"s{number}", member, as_of - timedelta(days=3), "sms"))
        if number % 7 == 0:
            contacts += [
                (f"p{number}-{day}", member, as_of - timedelta(days=10 + day), "post")
                for day in range(6)
            ]
    ids, whom, when, channels = zip(*contacts, strict=True)
    pq.write_table(
        pa.table(
            {
                "contact_id": ids,
                "campaign_id": ["k"] * len(ids),
                "member_id": whom,
                "contacted_at": [f"{day} 10:00:00" for day in when],
                "channel": channels,
            }
        ),
        folder / "campaign_contacts.parquet",
    )
    answers = [
        (f"{kind}{number}", member, kind)
        for member, number in zip(members["member_id"], numbers, strict=True)
        for kind in ("clicked", "opted_out")
        if number % {"clicked": 10, "opted_out": 11}[kind] == 0
    ]
    ids, whom, kinds = zip(*answers, strict=True)
    pq.write_table(
        pa.table(
            {
                "response_id": ids,
                "campaign_id": ["k"] * len(ids),
                "member_id": whom,
                "responded_at": [f"{as_of} 12:00:00"] * len(ids),
                "response_type": kinds,
            }
        ),
        folder / "campaign_responses.parquet",
    )
    return folder


def channels_of(member_id):
    """By the definition: consent, opt-out, six contacts in 30 days, a week's quiet."""
    number = numbered(member_id)
    if number % 11 == 0 or number % 7 == 0:
        return ""
    text = number % 2 == 0 and number % 5 != 0
    return ", ".join(["sms"] * text + ["email"] * (number % 3 == 0))


def contacts_of(member_id):
    """Contacts of a year, and how many of them were answered by a click."""
    number = numbered(member_id)
    count = (number % 5 == 0) + 6 * (number % 7 == 0)
    return count, count if number % 10 == 0 else 0


@pytest.fixture(scope="module")
def foodmart(dbt, tmp_path_factory):
    """The build, one row per customer and day, and the last of the days."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"the real data is not there: {REAL_DATA}")
    source = REAL_DATA / "foodmart" / "raw"
    days = recount.read_days(source)
    as_of = days["day"].max().date()
    raw = with_consents(source, tmp_path_factory.mktemp("foodmart_raw"), as_of)
    built = build_models(dbt, raw, tmp_path_factory.mktemp("foodmart_care"), *CARE)
    return built, days, as_of


def rhythms(days, keys):
    """{keys: purchase days in order}."""
    ordered = days.sort_values("day")
    return {
        key: [day.date() for day in rows] for key, rows in ordered.groupby(keys)["day"]
    }


def gaps_of(days):
    return [(later - day).days for day, later in itertools.pairwise(days)]


def test_birthdays_are_those_counted_again(foodmart):
    built, _, as_of = foodmart
    members = recount.read_raw(REAL_DATA / "foodmart" / "raw", "members")
    expected = {}
    for member, born in zip(members["member_id"], members["birth_date"], strict=True):
        month, day = map(int, str(born)[5:10].split("-"))
        for offset in range(31):
            told = as_of + timedelta(days=offset)
            if (told.month, told.day) == (month, day) and channels_of(member):
                expected[member] = (told, offset, channels_of(member))
    told = work(
        built,
        "select customer_id, birthday_on, notice_days, allowed_channels "
        "from care.lst_birthdays",
    )
    assert {member: tuple(values) for member, *values in told} == expected
    assert len(expected) > 100


def test_the_top_fifth_is_greeted_on_the_next_festival(foodmart):
    built, days, as_of = foodmart
    ranked = recount.pyramid(recount.window_buyers(days, as_of))
    top = recount.top_count(len(ranked), 20)
    expected = {
        (date(as_of.year + 1, 1, 1), "new_year", member, rank, channels_of(member))
        for member, (rank, *_) in ranked.items()
        if rank <= top and channels_of(member)
    }
    told = work(
        built,
        "select festival_on, festival_code, customer_id, sales_rank, allowed_channels "
        "from care.lst_festivals",
    )
    assert set(told) == expected
    assert len(told) == len(expected) > 100


def test_churn_risks_are_those_counted_again(foodmart):
    built, days, as_of = foodmart
    buyers = recount.window_buyers(days, as_of)
    purchases = rhythms(days[days["is_purchase"]], "customer_id")
    known = recount.read_raw(REAL_DATA / "foodmart" / "raw", "members")["member_id"]
    contacts = {member: contacts_of(member) for member in known}
    whole = sum(count for count, _ in contacts.values())
    answered = sum(count for _, count in contacts.values())
    expected = {}
    for member, margin in zip(buyers["customer_id"], buyers["margin"], strict=True):
        gaps, since = gaps_of(purchases[member]), (as_of - purchases[member][-1]).days
        lost = (
            3 * Fraction(statistics.median(gaps)) if len(gaps) >= 3 else Fraction(180)
        )
        if channels_of(member) and 2 * since >= lost and margin > 0:
            count, answers = contacts[member]
            expected[member] = (
                recount.sixth(min(since / lost, Fraction(1))),
                recount.money(margin),
                recount.sixth(
                    Fraction(answers * whole + 5 * answered, (count + 5) * whole)
                ),
            )
    told = work(
        built,
        "select customer_id, churn_risk, value_amount, response_likelihood, "
        "priority_amount from care.lst_churn_risks order by priority_rank",
    )
    assert {
        member: (risk, value, answer) for member, risk, value, answer, _ in told
    } == (expected)
    assert len(expected) > 30
    amounts = [amount for *_, amount in told]
    assert amounts == sorted(amounts, reverse=True)
    for _, risk, value, answer, amount in told:
        assert abs(amount - risk * value * answer) < Decimal("0.001") * max(value, 1)


def test_who_is_due_is_counted_again(foodmart):
    """FoodMart takes nothing back: each day with a line of a category is a purchase."""
    built, days, as_of = foodmart
    raw = REAL_DATA / "foodmart" / "raw"
    lines = recount.read_raw(raw, "transaction_lines")
    categories = recount.read_raw(raw, "products").set_index("product_id")["category"]
    tickets = recount.read_raw(raw, "transactions").set_index("transaction_id")
    cards = recount.read_raw(raw, "cards").set_index("card_id")["member_id"]
    lines["category"] = lines["product_id"].map(categories)
    lines["day"] = lines["transaction_id"].map(
        pd.to_datetime(tickets["occurred_at"]).dt.normalize()
    )
    lines["customer_id"] = lines["transaction_id"].map(tickets["card_id"].map(cards))
    per_category = lines.drop_duplicates(["customer_id", "category", "day"])
    bought = {
        **{
            (member, "customer", "all"): dates
            for member, dates in rhythms(
                days[days["is_purchase"]], "customer_id"
            ).items()
        },
        **{
            (member, "category", category): dates
            for (member, category), dates in rhythms(
                per_category, ["customer_id", "category"]
            ).items()
        },
    }
    expected = {}
    for key, dates in bought.items():
        gaps, since = gaps_of(dates), (as_of - dates[-1]).days
        if len(gaps) >= 3 and channels_of(key[0]):
            middle = Fraction(statistics.median(gaps))
            if since > middle:
                band = sum(since > middle * least for least in (1, Fraction(3, 2), 3))
                expected[key] = (since, recount.sixth(since / middle), band)
    bands = {"due": 1, "overdue": 2, "long_overdue": 3}
    told = work(
        built,
        "select customer_id, scope_code, category, recency_days, overdue_ratio, "
        "band_code from care.lst_replenishments",
    )
    assert {
        tuple(key): (since, ratio, bands[band]) for *key, since, ratio, band in told
    } == expected
    assert {scope for _, scope, _ in expected} == {"customer", "category"}


def test_events_are_those_counted_again(foodmart):
    built, days, as_of = foodmart
    expected = Counter()
    for member, dates in rhythms(days[days["is_purchase"]], "customer_id").items():
        if not channels_of(member):
            continue
        gaps = gaps_of(dates)
        expected["first_purchase"] += (as_of - dates[0]).days < 90
        if len(gaps) >= 3:
            limit = int(3 * Fraction(statistics.median(gaps)))
            since = (as_of - dates[-1]).days
            expected["overdue"] += 0 <= since - limit - 1 < 90
    told = dict(
        work(
            built,
            "select event_code, count(*) from care.fct_customer_events "
            "where event_code in ('first_purchase', 'overdue') group by 1",
        )
    )
    assert told == dict(expected)
    assert min(expected.values()) > 20


def test_permissions_are_those_counted_again(foodmart):
    built, _, _ = foodmart
    members = recount.read_raw(REAL_DATA / "foodmart" / "raw", "members")["member_id"]
    expected = Counter()
    for member in members:
        channels = channels_of(member).split(", ")
        expected["all"] += channels != [""]
        for channel in ("sms", "email", "phone"):
            expected[channel] += channel in channels
    told = work(
        built,
        "select channel_code, customer_count from care.agg_contact_permissions "
        "where is_allowed",
    )
    assert dict(told) == dict(expected)
