"""What cannot be believed is set apart with its reason, and nothing is lost.

One shop with every oddity that we could think of, as CSV, published as `make build`
does; and again as Parquet, typed and of text. A member of it must be forgotten.
"""

import datetime as dt
import math
from decimal import Decimal

import crm_check
import crm_summary
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import finish, make_build, make_check
from shop import as_text_parquet, build_models, work, write_csv, write_parquet

SHOP = {
    "cards.csv": """
        card_id,member_id,card_type,issued_on,closed_on,issued_store_id,merged_into_card_id
        C1,M1,gold,2024-01-01,,S1,
        C2,M2,gold,2024-02-30,,S1,
        ,M3,gold,2024-01-01,,S1,
        C4,M4,gold,2099-01-01,,S1,
        C5,M5,gold,2024-01-01,2099-12-31,S1,
        C6,M6,gold,2024-01-01,,S1,
        C6,M7,gold,2024-01-01,,S1,
        C7,M1,gold,2024-01-01,,S1,
        C7,M1,gold,2024-01-01,,S1,
        C8,M8,gold,01/02/2024,,S1,
        C9,M9,gold,2024-01-01
        FORGOTTEN-K1,FORGOTTEN-M,gold,2024-01-01,,S1,
        FORGOTTEN-K2,,gold,2024-01-01,,S1,FORGOTTEN-K1
        FORGOTTEN-K3,FORGOTTEN-OLD,gold,2024-01-01,,S1,FORGOTTEN-K2
        C10,M1,gold,2024-01-01,,S1,
        C10,M1,gold,2024-13-01,,S1,
    """,
    "members.csv": """
        member_id,name,phone,email,birth_date,region,customer_type,household_size,city
        M1,张学友,+8613900001111,zaphod@quux.example,1990-05-01,华东,person,2,上海
        M2,Trillian Quux,+8613900002222,trillian@quux.example,1991-02-30,华东,person,2,
        M5,Marvin Quux,+8613900003333,marvin@quux.example,--02-29,西北,PERSON,0,西安
        M6,Ford Quux,+8613900004444,ford@quux.example,--02-30,西北,robot,-1,
        M7,Slarti Quux,+8613900005555,slarti@quux.example,2099-01-01,华东,,1.5,
        M8,Eddie Quux,+8613900006666,eddie@quux.example,,华东,,,
        M8,Eddie Quux,+8613900007777,eddie@quux.example,,华东,,,
        M9,Agrajag Quux,+8613900008888
        FORGOTTEN-M,Random Quux,+8613900009999,random@quux.example,1990-05-01,华东,,1,
        Zaphod Unikum64,+8613900009998,z@quux.example,1990-05-01,华东,person,2,上海,M12
        M10,Fenchurch Quux,+8613900000000,fenny@quux.example,,华东,,,"上海,
    """,
    "erasures.csv": """
        member_id,requested_on
        FORGOTTEN-M,2024-01-31
        ,2024-01-31
    """,
    "member_attributes.csv": """
        member_id,attribute,value
        FORGOTTEN-M,hobby,towels
        M1,hobby,towels
    """,
    "leads.csv": """
        lead_id,created_at,member_id
        L1,2024-01-01,FORGOTTEN-M
    """,
    "campaign_contacts.csv": """
        contact_id,campaign_id,member_id,contacted_at,cost_amount
        K1,P1,FORGOTTEN-M,2024-01-01,0.5
    """,
    "campaign_responses.csv": """
        response_id,campaign_id,member_id,responded_at,response_type
        A1,P1,M1,2024-01-02," Opted_Out "
        A2,P1,m1,2024-01-02,unsubscribe
        A3,P1,M5,2024-01-02,rang back
    """,
    "stores.csv": """
        store_id,store_name,latitude,longitude,timezone,opened_on
        S1,One,31.2,121.5,Asia/Shanghai,2030-01-01
        S2,Two,91,121.5,,2020-01-01
        S3,Three,31.2,121.5,Mars/Olympus,2020-01-01
    """,
    "exchange_rates.csv": """
        currency,rate_on,rate_to_base
        CNY,2024-01-01,1
        CNY,2024-02-01,1
        USD,2023-12-29,7.1
        EUR,2024-01-03,0
        USD,,7.2
    """,
    # What comes in January, the same file once more, and what February corrects.
    "transactions/2024-01.csv": """
        transaction_id,occurred_at,net_amount,card_id,transaction_type,currency,store_id
        T01,2024-01-05 10:00:00,100,C1,sale,CNY,S1
        T02,2024-01-05,19.9900," C7 ",,CNY,S1
        T03,2024-02-30 10:00:00,10,C1,,CNY,S1
        T04,2024-01-05 10:00:00,"1,234.50",C1,,CNY,S1
        T05,2024-01-05 10:00:00,NaN,C1,,CNY,S1
        T06,2024-01-05 10:00:00,Infinity,C1,,CNY,S1
        T07,infinity,10,C1,,CNY,S1
        T08,2024-01-05 10:00:00,1.00001,C1,,CNY,S1
        T09,2024-01-05 10:00:00,100000000000000,C1,,CNY,S1
        T10,2024-01-05 10:00:00,10,C1,gift,CNY,S1
        ,2024-01-05 10:00:00,10,C1,,CNY,S1
        T12,2024-01-05 10:00:00,10,C1,,CNY,S1
        T12,2024-01-05 10:00:00,11,C1,,CNY,S1
        T13,2024-01-05 10:00:00,13,C1,,CNY,S1
        T13,2024-01-05 10:00:00,13,C1,,CNY,S1
        " T14",2024-01-05 10:00:00,14,C1,,CNY,S1
        T15,2099-01-05 10:00:00,10,C1,,CNY,S1
        T16,2024-01-05 10:00:00,16,C1,return,CNY,S1
        T17,2024-01-05 10:00:00,-17,C1,RETURN,CNY,S1
        T18,2024-01-05 10:00:00,,C1,,CNY,S1
        T19,2024-01-05 10:00:00,19,C1,,EUR,S1
        T20,2024-01-05 10:00:00,20,C1,,USD,S1
        T21,2024-01-06 10:00:00,21,C1,,USD,S1
        T22,,22,C1,,CNY,S1
        T23,2024-01-05 25:00:00,23,C1,,CNY,S1
        T24,2024-1-5 10:00:00,24,C1,,CNY,S1
        T25,2024-01-05 10:00:00,1_000,C1,,CNY,S1
        T26,2024-01-05 10:00:00,1e2,C1,,CNY,S1
        T27,2024-01-05 10:00:00,0x10,C1,,CNY,S1
        T28,2024-01-05 10:00:00, +28.5 ,C1,,CNY,S1
        T29,2024-01-05T20:30:00Z,29,C1,,CNY,S1
        T30,2024-01-05 23:30:00-05,30,C1,,CNY,S1
        T31,2024-01-05 10:00:00.123456+05:30,31,C1,,CNY,S1
        T32,nonsense,nonsense,C1,nonsense,CNY,S1
        T33,2024-01-05 10:00:00,33
        T34,2024-01-05 10:00:00,34,C1,,CNY,S1,more
        T35,2024-01-05 10:00:00,"35,C1,,CNY,S1
        T36,2024-01-05 10:00:00,36,NOBODY,,CNY,S1
        T37,2024-01-05 10:00:00,0,,,CNY,S1
        T38,2024-01-05 10:00:00,-38,C1,,CNY,S1
        T41,2024-01-05 10:00:00,41,FORGOTTEN-K1,,CNY,S1
        T42,2024-01-05 10:00:00,42,FORGOTTEN-K2,,CNY,S1
        T43,2024-01-05 10:00:00,43,FORGOTTEN-K3,,CNY,S1
        T44,2024-01-05 10:00:00,44.00001,FORGOTTEN-K3,,CNY,S1
        T45,0024-01-05 10:00:00,45,C1,,CNY,S1
    """,
    "transactions/2024-01b.csv": """
        transaction_id,occurred_at,net_amount,card_id,transaction_type,currency,store_id
        T01,2024-01-05 10:00:00,100,C1,sale,CNY,S1
        T02,2024-01-05,19.9900,C7,,CNY,S1
        T13,2024-01-05 10:00:00,13,C1,,CNY,S1
        T08,2024-01-05 10:00:00,1.00001,C1,,CNY,S1
    """,
    "transactions/2024-02.csv": """
        store_id,currency,transaction_id,occurred_at,net_amount,card_id
        S1,CNY,T14,2024-01-05 10:00:00,14.5,C1
        S1,CNY,T12,2024-01-05 10:00:00,12.5,C1
        S1,CNY,T08,2024-01-05 10:00:00,1.0001,C1
        S1,CNY,T13,2024-01-05 10:00:00,nothing,C1
    """,
    "transaction_lines.csv": """
        transaction_id,line_number,quantity,net_amount,cost_amount
        T01,1,2,60,40
        T01,2,1,40.00001,20
        T01,2.5,1,40,20
        T01,3,many,40,20
        T01,4,1,,20
        T02,1,1,19.99,cheap
        NONE,1,1,5,2
    """,
    "returns.csv": """
        return_id,original_transaction_id,returned_at,quantity,amount
        R1,T01,2024-01-06,1,40
        R2,T01,2024-01-06,-1,40
        R3,T01,2024-01-06,1,-40
        R4,,2024-01-06,1,40
        R5,T01,2024-01-06,1,
    """,
    "card_movements.csv": """
        movement_id,card_id,occurred_at,movement_type,stored_value_amount,points
        V1,C1,2024-01-05,load,100,10
        V2,C1,2024-01-05,load,-100,
        V3,C1,2024-01-05,spend,5,
        V4,C1,2024-01-05,expire,,3
        V5,C1,2024-01-05,adjust,-5,3
        V6,C1,2024-01-05,steal,-5,3
        V7,,2024-01-05,load,5,3
        V8,C1,2024-01-05,refund,five,3
        V9,FORGOTTEN-K2,2024-01-05,load,9,
    """,
    "targets.csv": """
        target_month,store_id,category,sales_amount
        2024-01,S1,,100
        2024-01-01,,,500
        2024-13,S1,,100
        2030-01,S1,,100
        2024-01,,,600
    """,
    "surveys.csv": """
        response_id,responded_at,question,score,scale_max
        Q1,2024-01-05,nps,9,10
        Q2,2024-01-05,mood,9,10
        Q3,2024-01-05,nps,-1,10
        Q4,2024-01-05,nps,,10
        Q5,2024-01-05,nps,11,
        Q6,2024-01-05,csat,6,5
        Q7,2024-01-05,csat,11,
    """,
    "opportunities.csv": """
        opportunity_id,created_at,stage,amount,is_won
        O1,2024-01-05,Won,100,TRUE
        O2,2024-01-05,Won,100,yes
        O3,2024-01-05,,100,false
    """,
    "store_traffic.csv": """
        store_id,counted_on,visitor_count
        S1,2024-01-05,10
        S1,2024-01-06,10.0
        S1,2024-01-07,-1
        S1,2024-01-08,ten
        S1,2024-01-05 00:00:00,10
    """,
}

QUARANTINED = {
    ("cards.csv", 3): ("C2", "issued_on: not_a_date"),
    ("cards.csv", 4): (None, "card_id: missing"),
    ("cards.csv", 5): ("C4", "issued_on: in_the_future"),
    ("cards.csv", 7): ("C6", "conflict"),
    ("cards.csv", 8): ("C6", "conflict"),
    ("cards.csv", 11): ("C8", "issued_on: not_a_date"),
    ("cards.csv", 12): (None, "too_few_columns"),
    ("cards.csv", 16): ("C10", "conflict"),
    ("cards.csv", 17): ("C10", "issued_on: not_a_date; conflict"),
    ("members.csv", 3): ("M2", "birth_date: not_a_date"),
    ("members.csv", 5): (
        "M6",
        "customer_type: unknown_value; birth_date: not_a_date; "
        "household_size: out_of_range",
    ),
    ("members.csv", 6): (
        "M7",
        "birth_date: in_the_future; household_size: not_a_whole_number",
    ),
    ("members.csv", 7): ("M8", "conflict"),
    ("members.csv", 8): ("M8", "conflict"),
    ("members.csv", 9): (None, "too_few_columns"),
    # One column slipped to the left: a name stands where the key should.
    ("members.csv", 11): (
        None,
        "customer_type: unknown_value; birth_date: not_a_date; "
        "household_size: not_a_whole_number",
    ),
    ("members.csv", 12): (None, "unclosed_quote"),
    ("erasures.csv", 3): (None, "member_id: missing"),
    ("stores.csv", 3): ("S2", "latitude: out_of_range"),
    ("stores.csv", 4): ("S3", "timezone: unknown_value"),
    ("exchange_rates.csv", 5): ("EUR/2024-01-03", "rate_to_base: out_of_range"),
    ("exchange_rates.csv", 6): ("USD", "rate_on: missing"),
    ("transactions/2024-01.csv", 4): ("T03", "occurred_at: not_a_timestamp"),
    ("transactions/2024-01.csv", 5): ("T04", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 6): ("T05", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 7): ("T06", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 8): ("T07", "occurred_at: not_a_timestamp"),
    ("transactions/2024-01.csv", 9): ("T08", "net_amount: too_many_decimals"),
    ("transactions/2024-01.csv", 10): ("T09", "net_amount: out_of_range"),
    ("transactions/2024-01.csv", 11): ("T10", "transaction_type: unknown_value"),
    ("transactions/2024-01.csv", 12): (None, "transaction_id: missing"),
    ("transactions/2024-01.csv", 13): ("T12", "conflict"),
    ("transactions/2024-01.csv", 14): ("T12", "conflict"),
    ("transactions/2024-01.csv", 18): ("T15", "occurred_at: in_the_future"),
    ("transactions/2024-01.csv", 19): ("T16", "net_amount: positive_return"),
    ("transactions/2024-01.csv", 21): ("T18", "net_amount: missing"),
    ("transactions/2024-01.csv", 22): ("T19", "currency: no_exchange_rate"),
    ("transactions/2024-01.csv", 24): ("T21", "currency: no_exchange_rate"),
    ("transactions/2024-01.csv", 25): ("T22", "occurred_at: missing"),
    ("transactions/2024-01.csv", 26): ("T23", "occurred_at: not_a_timestamp"),
    ("transactions/2024-01.csv", 27): ("T24", "occurred_at: not_a_timestamp"),
    ("transactions/2024-01.csv", 28): ("T25", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 29): ("T26", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 30): ("T27", "net_amount: not_a_number"),
    ("transactions/2024-01.csv", 35): (
        "T32",
        "occurred_at: not_a_timestamp; net_amount: not_a_number; "
        "transaction_type: unknown_value",
    ),
    ("transactions/2024-01.csv", 36): (None, "too_few_columns"),
    ("transactions/2024-01.csv", 37): (None, "too_many_columns"),
    ("transactions/2024-01.csv", 38): (None, "unclosed_quote"),
    ("transactions/2024-01.csv", 45): ("T44", "net_amount: too_many_decimals"),
    ("transactions/2024-01.csv", 46): ("T45", "occurred_at: out_of_range"),
    ("transactions/2024-01b.csv", 5): ("T08", "net_amount: too_many_decimals"),
    ("transactions/2024-02.csv", 5): ("T13", "net_amount: not_a_number"),
    ("transaction_lines.csv", 3): ("T01/2", "net_amount: too_many_decimals"),
    ("transaction_lines.csv", 4): ("T01", "line_number: not_a_whole_number"),
    ("transaction_lines.csv", 5): ("T01/3", "quantity: not_a_number"),
    ("transaction_lines.csv", 6): ("T01/4", "net_amount: missing"),
    ("transaction_lines.csv", 7): ("T02/1", "cost_amount: not_a_number"),
    ("returns.csv", 3): ("R2", "quantity: out_of_range"),
    ("returns.csv", 4): ("R3", "amount: out_of_range"),
    ("returns.csv", 5): ("R4", "original_transaction_id: missing"),
    ("returns.csv", 6): ("R5", "amount: missing"),
    ("card_movements.csv", 3): ("V2", "stored_value_amount: wrong_sign"),
    ("card_movements.csv", 4): ("V3", "stored_value_amount: wrong_sign"),
    ("card_movements.csv", 5): ("V4", "stored_value_amount: wrong_sign"),
    ("card_movements.csv", 7): ("V6", "movement_type: unknown_value"),
    ("card_movements.csv", 8): ("V7", "card_id: missing"),
    ("card_movements.csv", 9): ("V8", "stored_value_amount: not_a_number"),
    ("targets.csv", 3): ("2024-01-01", "conflict"),
    ("targets.csv", 4): ("S1", "target_month: not_a_month"),
    ("targets.csv", 6): ("2024-01-01", "conflict"),
    ("surveys.csv", 3): ("Q2", "question: unknown_value"),
    ("surveys.csv", 4): ("Q3", "score: out_of_range"),
    ("surveys.csv", 5): ("Q4", "score: missing"),
    ("surveys.csv", 6): ("Q5", "score: beyond_the_scale"),
    ("surveys.csv", 7): ("Q6", "score: beyond_the_scale"),
    ("opportunities.csv", 3): ("O2", "is_won: not_a_boolean"),
    ("opportunities.csv", 4): ("O3", "stage: missing"),
    ("store_traffic.csv", 4): ("S1/2024-01-07", "visitor_count: out_of_range"),
    ("store_traffic.csv", 5): ("S1/2024-01-08", "visitor_count: not_a_whole_number"),
    ("store_traffic.csv", 2): ("S1/2024-01-05", "conflict"),
    ("store_traffic.csv", 6): ("S1/2024-01-05", "conflict"),
}

FACTS = {
    "T01": "100",
    "T02": "19.99",
    "T08": "1.0001",
    "T12": "12.5",
    "T13": "13",
    "T14": "14.5",
    "T17": "-17",
    "T20": "142",
    "T28": "28.5",
    "T29": "29",
    "T30": "30",
    "T31": "31",
    "T36": "36",
    "T37": "0",
    "T38": "-38",
    "T41": "41",
    "T42": "42",
    "T43": "43",
    "return:R1": "-40",
}


PERSONAL = ("Quux", "quux.example", "+86139", "张学友")
FORGOTTEN = "FORGOTTEN"


@pytest.fixture(scope="module")
def raw_csv(tmp_path_factory):
    return write_csv(tmp_path_factory.mktemp("odd"), SHOP, {"members.csv": "gb18030"})


@pytest.fixture(scope="module")
def from_csv(raw_csv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("warehouse")
    built = finish(make_build(folder, raw=raw_csv), folder)
    assert built.exit_code == 0, built.output[-4000:]
    return built


def quarantined(built):
    """{(file, line): (key, reasons)}."""
    return {
        (file_name, line): (key, reasons)
        for file_name, line, key, reasons in work(
            built,
            "select file_name, file_line, row_key, reasons "
            "from quality.quarantined_rows",
        )
    }


def legs(built):
    """{(table, leg): (rows, money, amounts that could not be read)}."""
    return {
        (table, leg): tuple(values)
        for table, leg, *values in work(built, "from quality.reconciliation")
    }


def assert_reconciled(built):
    """The legs of each raw table add up to what was read: rows, cents, unreadables."""
    told = legs(built)
    tables = {table for table, _ in told}
    assert len(tables) == 28
    parts = ("accepted", "duplicate", "superseded", "quarantined", "rejected")
    for table in tables:
        for measure in range(3):
            read = told[table, "read"][measure]
            sums = [told[table, leg][measure] for leg in parts]
            assert (read or 0) == sum(value or 0 for value in sums), (table, measure)


def test_each_row_is_set_apart_with_its_place_key_and_reasons(from_csv):
    assert quarantined(from_csv) == QUARANTINED


def test_a_name_in_the_place_of_a_key_is_not_published(from_csv):
    """The work file holds it, as it holds all rows as they were given."""
    assert cells_with(from_csv.folder / "marts.duckdb", ["Unikum"]) == []
    assert "Unikum" not in from_csv.output


def test_the_summary_says_what_to_do_for_want_of_a_rate(from_csv):
    told = " ".join(from_csv.output.split())
    assert (
        "2 tickets are in a currency that has no rate to the base currency on their "
        "day: name the base currency (base_currency in dbt_project.yml, or "
        "CRM_BASE_CURRENCY), and deliver exchange_rates for every other one."
    ) in told


def test_check_foretells_what_the_build_does(from_csv, raw_csv):
    foretold = make_check(raw_csv).stdout
    with duckdb.connect(str(from_csv.published_file), read_only=True) as connection:
        legs = crm_summary.legs_of_tables(connection, "quality.reconciliation")
        assert legs.split("\n\n")[0] in foretold
        assert crm_check.marts(connection) in foretold


def test_opt_outs_of_nobody_and_unknown_responses_are_told(from_csv):
    told = " ".join(from_csv.output.split())
    assert "1 opt-out is of a member whom nobody knows:" in told
    assert "taken for answers: 1. Most often: rang back (1)." in told
    opted_out = from_csv.query(
        "select customer_id from core.dim_customers where has_opted_out"
    )
    assert opted_out == [("M1",)]


def test_rows_and_cents_reconcile(from_csv):
    assert_reconciled(from_csv)
    told = legs(from_csv)
    # 45 + 4 + 4 lines; the money as a person adds it up from the files above.
    assert told["transactions", "read"] == (53, Decimal("807.4801"), 15)
    assert told["transactions", "rejected"] == (3, 0, 3)
    assert told["transactions", "duplicate"] == (4, Decimal("145.99"), 0)
    assert told["transactions", "superseded"] == (1, Decimal("14"), 0)
    assert told["transactions", "fact"][1] == sum(
        Decimal(amount) for name, amount in FACTS.items() if "return" not in name
    )
    assert told["transaction_lines", "read"] == (7, Decimal("164.99"), 1)
    assert told["card_movements", "read"] == (9, Decimal("9"), 1)


def test_what_is_left_is_fact_once(from_csv):
    facts = dict(
        work(
            from_csv,
            "select transaction_id, net_sales_amount from core.fct_transactions",
        )
    )
    assert facts == {name: Decimal(amount) for name, amount in FACTS.items()}
    told = "select transaction_id, sold_at, customer_id, is_orphan_card "
    names = "('T02', 'T29', 'T30', 'T31', 'T36')"
    assert work(
        from_csv,
        f"{told} from core.fct_transactions where transaction_id in {names} order by 1",
    ) == [
        ("T02", dt.datetime(2024, 1, 5), "M1", False),
        ("T29", dt.datetime(2024, 1, 6, 4, 30), "M1", False),
        ("T30", dt.datetime(2024, 1, 6, 12, 30), "M1", False),
        ("T31", dt.datetime(2024, 1, 5, 12, 30, 0, 123456), "M1", False),
        ("T36", dt.datetime(2024, 1, 5, 10), None, True),
    ]


def test_chinese_of_a_gb18030_file_is_chinese_in_the_marts(from_csv):
    regions = from_csv.query(
        "select customer_id, region from core.dim_customers "
        "where region is not null order by 1"
    )
    assert regions == [("M1", "华东"), ("M5", "西北")]


# People


DATABASES = ("crm.duckdb", "facts.duckdb", "marts.duckdb")


def cells_with(path, words):
    """The stored columns of a database in which one of the words stands."""
    found = []
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where data_type = 'VARCHAR' and table_oid in ("
            "select table_oid from duckdb_tables())"
        ).fetchall()
        for schema, table, column in columns:
            marks = " or ".join(f"contains({column}, '{word}')" for word in words)
            query = f"select count(*) from {schema}.{table} where {marks}"
            if connection.execute(query).fetchone() != (0,):
                found.append((schema, table, column))
    return found


def files_with(folder, words):
    """The files under a folder that hold the bytes of one of the words."""
    marks = [
        word.encode(encoding) for word in words for encoding in ("utf-8", "gb18030")
    ]
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(mark in path.read_bytes() for mark in marks)
    ]


def test_no_name_phone_or_email_leaves_the_raw_files(from_csv):
    copy = from_csv.folder / "landing" / "members" / "members.csv.parquet"
    assert pq.read_table(copy).num_rows == 0
    assert files_with(from_csv.folder, PERSONAL) == []
    for name in DATABASES:
        assert cells_with(from_csv.folder / name, PERSONAL) == []
        assert cells_with(from_csv.folder / name, ["M1"]) != []
    assert not any(word in from_csv.output for word in PERSONAL)


def test_a_forgotten_member_leaves_sales_and_nothing_else(from_csv):
    assert files_with(from_csv.folder, [FORGOTTEN]) == []
    for name in DATABASES:
        assert cells_with(from_csv.folder / name, [FORGOTTEN]) == []
    assert from_csv.query(
        "select transaction_id, card_id, customer_id, is_anonymous, is_orphan_card "
        "from core.fct_transactions where transaction_id in ('T41', 'T42', 'T43') "
        "order by 1"
    ) == [(name, None, None, True, False) for name in ("T41", "T42", "T43")]


# The same from Parquet


JANUARY_5 = dt.datetime(2024, 1, 5, 10)
MORNING = JANUARY_5.replace(tzinfo=dt.UTC)
MIDNIGHT = MORNING.replace(hour=0)

TEXT_SHOP = {
    f"{name}.csv": SHOP[f"{name}.csv"]
    for name in ("stores", "card_movements", "targets", "surveys", "opportunities")
}

TYPED = {
    "cards": {
        "card_id": [17, 18, 19, None],
        "member_id": [5, 6, 7, 8],
        "issued_on": [dt.date(2024, 1, 1)] * 2 + [dt.date(2099, 1, 1), None],
        "closed_on": [dt.datetime(2025, 1, 1), None, None, JANUARY_5],
    },
    "members": {
        "member_id": [5, 6, 7, 8],
        "birth_date": [dt.datetime(1990, 5, 1), None, JANUARY_5, None],
        "household_size": [2.0, None, 2.5, math.nan],
        "latitude": [31.2, None, 91, math.nan],
        "joined_on": [MIDNIGHT, None, MORNING, None],
        "is_key_account": [True, False, None, None],
    },
    "erasures": {"member_id": [6.0], "requested_on": [dt.date(2024, 1, 1)]},
    "transactions": {
        "transaction_id": [1, 2, 3, 4, 5, 6, 7, 8, 9, None, 11, 11, 13.0],
        "occurred_at": pa.array([JANUARY_5] * 13, pa.timestamp("ns")),
        "net_amount": [
            *(10.5, 1.00001, math.nan, math.inf, 1e14, None),
            *(7, 8, 9, 10, 11, 11.5, 100),
        ],
        "card_id": [*[17.0] * 6, None, *[17.0] * 5, 18.0],
    },
    "transaction_lines": {
        "transaction_id": [1, 1, 1, 1, 1],
        "line_number": [1, 2.5, 3, 4, 4],
        "quantity": pa.array([1, 1, math.nan, 1, 1], pa.float32()),
        "net_amount": [Decimal(x) for x in ("4.5", "1", "2", "3.000001", "7")],
    },
    "returns": {
        "return_id": [71, 72],
        "original_transaction_id": [1.0, 1.0],
        "returned_at": [MORNING, None],
        "amount": [Decimal("2.25"), Decimal("1.00")],
    },
}

QUARANTINED_TYPED = {
    ("cards.parquet", 3): ("19", "issued_on: in_the_future"),
    ("cards.parquet", 4): (None, "card_id: missing; closed_on: not_a_date"),
    ("members.parquet", 3): (
        "7",
        "birth_date: not_a_date; household_size: not_a_whole_number; "
        "latitude: out_of_range; joined_on: not_a_date",
    ),
    ("members.parquet", 4): (
        "8",
        "household_size: not_a_whole_number; latitude: not_a_number",
    ),
    ("transactions.parquet", 2): ("2", "net_amount: too_many_decimals"),
    ("transactions.parquet", 3): ("3", "net_amount: not_a_number"),
    ("transactions.parquet", 4): ("4", "net_amount: not_a_number"),
    ("transactions.parquet", 5): ("5", "net_amount: out_of_range"),
    ("transactions.parquet", 6): ("6", "net_amount: missing"),
    ("transactions.parquet", 10): (None, "transaction_id: missing"),
    ("transactions.parquet", 11): ("11", "conflict"),
    ("transactions.parquet", 12): ("11", "conflict"),
    ("transaction_lines.parquet", 2): ("1", "line_number: not_a_whole_number"),
    ("transaction_lines.parquet", 3): ("1/3", "quantity: not_a_number"),
    ("transaction_lines.parquet", 4): (
        "1/4",
        "net_amount: too_many_decimals; conflict",
    ),
    ("transaction_lines.parquet", 5): ("1/4", "conflict"),
    ("returns.parquet", 2): ("72", "returned_at: missing"),
}


def test_parquet_is_judged_as_csv_is(dbt, tmp_path):
    csv, parquet = tmp_path / "csv", tmp_path / "parquet"
    places = as_text_parquet(write_csv(csv, TEXT_SHOP), write_parquet(parquet, TYPED))
    selection = (
        "--select",
        "+quarantined_rows",
        "+reconciliation",
        "+fct_transactions",
    )
    built = build_models(dbt, parquet, tmp_path / "wh", *selection)
    expected = {
        places[place]: told for place, told in QUARANTINED.items() if place in places
    }
    assert quarantined(built) == expected | QUARANTINED_TYPED
    assert_reconciled(built)
    told = legs(built)
    assert told["transactions", "read"] == (13, Decimal("167"), 4)
    assert told["transaction_lines", "read"] == (5, Decimal("14.5"), 1)
    assert work(
        built,
        "select transaction_id, sold_at, net_sales_amount, card_id, customer_id "
        "from core.fct_transactions order by sold_at, transaction_id",
    ) == [
        ("1", JANUARY_5, Decimal("10.5"), "17", "5"),
        ("13", JANUARY_5, 100, None, None),
        ("7", JANUARY_5, 7, None, None),
        ("8", JANUARY_5, 8, "17", "5"),
        ("9", JANUARY_5, 9, "17", "5"),
        ("return:71", JANUARY_5, Decimal("-2.25"), None, "5"),
    ]
