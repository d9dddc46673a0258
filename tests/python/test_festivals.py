"""The calendar of festivals is what the library says, and what its publishers told."""

import csv

from conftest import PROJECT

from seeds import festivals

CALENDAR = PROJECT / "seeds" / "rules" / "rule_festivals.csv"


def read_calendar():
    with CALENDAR.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_the_seed_is_what_the_script_writes():
    assert read_calendar() == festivals.rows()


def test_each_festival_is_once_in_each_year():
    told = [(day[:4], code) for day, code, *_ in read_calendar()]
    assert len(told) == len(set(told)) == 61 * 18


def test_lunar_feasts_fall_on_the_days_of_the_official_calendars():
    """Notices of the State Council for 2020, 2023 (a leap month) and 2025."""
    told = {(day, code) for day, code, *_ in read_calendar()}
    assert told >= {
        ("2020-01-25", "spring_festival"),
        ("2020-04-04", "qingming"),
        ("2020-06-25", "dragon_boat"),
        ("2020-10-01", "mid_autumn"),
        ("2023-01-22", "spring_festival"),
        ("2023-06-22", "dragon_boat"),
        ("2023-09-29", "mid_autumn"),
        ("2025-01-29", "spring_festival"),
        ("2025-05-31", "dragon_boat"),
        ("2025-10-06", "mid_autumn"),
    }
