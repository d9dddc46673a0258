"""Writes the calendar of festivals, lunar feasts by the library borax.

`python seeds/festivals.py > seeds/rules/rule_festivals.csv`; a test compares both.
"""

import csv
import sys
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate, TermUtils

YEARS = range(1990, 2051)
# Which goes first on a shared day, the code, and its names.
FESTIVALS = {
    "spring_festival": (0, "Spring Festival", "春节"),
    "new_year": (1, "New Year", "元旦"),
    "new_years_eve": (2, "Lunar New Year's Eve", "除夕"),
    "national_day": (3, "National Day", "国庆节"),
    "mid_autumn": (4, "Mid-Autumn Festival", "中秋节"),
    "labour_day": (5, "Labour Day", "劳动节"),
    "qingming": (6, "Tomb-Sweeping Day", "清明节"),
    "dragon_boat": (7, "Dragon Boat Festival", "端午节"),
    "womens_day": (8, "Women's Day", "妇女节"),
    "valentine": (9, "Valentine's Day", "情人节"),
    "mothers_day": (10, "Mother's Day", "母亲节"),
    "childrens_day": (11, "Children's Day", "儿童节"),
    "fathers_day": (12, "Father's Day", "父亲节"),
    "singles_day": (13, "Singles' Day", "双十一"),
    "christmas": (14, "Christmas Day", "圣诞节"),
    "lantern": (15, "Lantern Festival", "元宵节"),
    "qixi": (16, "Qixi Festival", "七夕节"),
    "double_ninth": (17, "Double Ninth Festival", "重阳节"),
}
SOLAR = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "womens_day": (3, 8),
    "labour_day": (5, 1),
    "childrens_day": (6, 1),
    "national_day": (10, 1),
    "singles_day": (11, 11),
    "christmas": (12, 25),
}
LUNAR = {
    "spring_festival": (1, 1),
    "lantern": (1, 15),
    "dragon_boat": (5, 5),
    "qixi": (7, 7),
    "mid_autumn": (8, 15),
    "double_ninth": (9, 9),
}
QINGMING = 6  # its number among the solar terms of a year
SUNDAYS = {"mothers_day": (5, 2), "fathers_day": (6, 3)}  # the month, and which one


def days_of(year):
    """{code: day} of a year."""
    days = {code: date(year, *day) for code, day in SOLAR.items()}
    for code, day in LUNAR.items():
        days[code] = LunarDate(year, *day).to_solar_date()
    days["new_years_eve"] = days["spring_festival"] - timedelta(days=1)
    days["qingming"] = TermUtils.nth_term_day(year, QINGMING)
    for code, (month, number) in SUNDAYS.items():
        first = date(year, month, 1)
        first_sunday = first + timedelta(days=6 - first.weekday())
        days[code] = first_sunday + timedelta(weeks=number - 1)
    return days


def rows():
    """Day, code, order and names of each festival, by day and order."""
    told = sorted(
        (day, *FESTIVALS[code], code)
        for year in YEARS
        for code, day in days_of(year).items()
    )
    return [
        (day.isoformat(), code, str(order), name, name_zh)
        for day, order, name, name_zh, code in told
    ]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(
        [
            "festival_on",
            "festival_code",
            "festival_order",
            "festival_name",
            "festival_name_zh",
        ]
    )
    writer.writerows(rows())
