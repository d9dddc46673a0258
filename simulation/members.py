"""The member file: names, addresses and consents, all of them made up.

Names are placeholders (甲, 乙, Sample, Example …), telephone numbers come from the
ranges kept for fiction (+1 … 555-01xx, +44 7700 900xxx), mail from example.com.
"""

from datetime import timedelta

import numpy as np

from simulation.columns import ids, labels
from simulation.days import DAY_COUNT, date_of
from simulation.people import BUSINESS, PERSON, PUBLIC
from simulation.randomness import chance, pick
from simulation.stores import CITIES, COUNTRY

SURNAMES = tuple("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨")
GIVEN_NAMES = tuple(a + b for a in "甲乙丙丁戊己庚辛" for b in "一二三四五六七八九")
WESTERN_GIVEN = ("Alba", "Bruno", "Clara", "Dario", "Edda", "Felix", "Greta", "Hugo")
WESTERN_SURNAMES = ("Sample", "Example", "Specimen", "Placeholder", "Fictional")
COMPANY_KINDS = ("虚构贸易公司", "示例酒店", "样本设计工作室", "Sample Trading")
PUBLIC_KINDS = ("示例小学", "虚构图书馆", "样本医院")
TYPE_NAMES = ("person", "business", "public")
AREA_CODES = tuple(a for a in range(201, 990) if a % 100 != 11)
EDUCATION = ("secondary", "college", "bachelor", "master")
OCCUPATIONS = ("teacher", "engineer", "nurse", "clerk", "manager", "retired", "student")
INDUSTRIES = ("hospitality", "education", "design", "trade", "health")
COMPANY_SIZES = ("1-9", "10-49", "50-249", "250+")
INCOME_BANDS = ("under 5k", "5k-10k", "10k-20k", "20k-40k", "over 40k")
HOBBIES = ("cooking", "running", "reading", "travel", "photography", "gardening")
LIFESTYLES = ("family", "single", "couple", "senior")
LEAP_BIRTHDAY = "1992-02-29"  # exactly one member
REFERRED_SHARE = 0.12
STAFF_COUNT = 12


def staff_ids(numbers):
    """Ids of the sales staff; -1 gives null."""
    return ids("E", numbers, 2)


def names_of(rng, kind):
    """A made-up name for each member."""
    count = len(kind)
    a, b = (
        rng.integers(0, len(SURNAMES), count),
        rng.integers(0, len(GIVEN_NAMES), count),
    )
    c = rng.integers(0, 5, count)
    western = chance(rng, count, 0.12)
    names = []
    for place in range(count):
        if kind[place] == BUSINESS:
            names.append(f"{COMPANY_KINDS[b[place] % 4]} {place + 1}")
        elif kind[place] == PUBLIC:
            names.append(f"{PUBLIC_KINDS[b[place] % 3]} {place + 1}")
        elif western[place]:
            names.append(f"{WESTERN_GIVEN[b[place] % 8]} {WESTERN_SURNAMES[c[place]]}")
        else:
            names.append(SURNAMES[a[place]] + GIVEN_NAMES[b[place]])
    return names


def phones_of(rng, count):
    """Telephone numbers of the ranges kept for fiction."""
    british = chance(rng, count, 0.1)
    area = np.array(AREA_CODES)[np.arange(count) % len(AREA_CODES)]
    tail = np.arange(count) // len(AREA_CODES) % 100
    return [
        f"+44 7700 900{p % 1_000:03d}" if b else f"+1-{a}-555-01{t:02d}"
        for p, (b, a, t) in enumerate(zip(british, area, tail))
    ]


def birth_dates_of(rng, kind, joined):
    """ISO dates, `--MM-DD` for a tenth, null for the rest and for companies."""
    count = len(kind)
    age = np.clip(rng.normal(39, 12, count), 18, 80)
    days = (age * 365.25).astype(np.int64)
    known = pick(rng, (0.75, 0.10, 0.15), count)
    dates = []
    for place in range(count):
        born = date_of(joined[place]) - timedelta(days=int(days[place]))
        if (born.month, born.day) == (2, 29):
            born -= timedelta(days=1)
        if kind[place] != PERSON or known[place] == 2:
            dates.append(None)
        else:
            dates.append(f"--{born:%m-%d}" if known[place] else born.isoformat())
    return dates


def households_of(rng, kind):
    """Household numbers (-1 without), sizes, and whose address each one has.

    Two to four neighbours in the file live together.
    """
    count = len(kind)
    number, size = np.full(count, -1), 1 + rng.integers(0, 4, count)
    head = np.arange(count)
    start = np.flatnonzero(chance(rng, count, 0.05) & (np.arange(count) < count - 4))
    for household, first in enumerate(start):
        people = slice(first, first + 2 + household % 3)
        number[people] = household + 1
        size[people] = 2 + household % 3
        head[people] = first
    number[kind != PERSON] = -1
    return number, size, head


def referrers_of(rng, count):
    """The number of the earlier member who brought each one; -1 for most."""
    referred = chance(rng, count, REFERRED_SHARE) & (np.arange(count) > 100)
    earlier = (rng.random(count) ** 1.5 * np.arange(count) * 0.95).astype(np.int64)
    return np.where(referred, earlier + 1, -1)


def consents_of(rng, count, yes):
    """True, False, or None for the 15 % who were never asked."""
    return labels(
        (True, False), np.array([0, 1, -1])[pick(rng, (yes, 0.85 - yes, 0.15), count)]
    )


def write_members(people, stores, rng, sink):
    """Write `members`, `member_attributes` and `erasures`; returns who consents.

    Members stand in the order of their ids: persons with a member id first, then the
    duplicate registrations of merged first cards.
    """
    own = np.flatnonzero(people.has_member)
    person = np.concatenate([own, people.duplicate_of])
    count = len(person)
    kind, joined = people.kind[person], people.joined[person]
    numbers = np.arange(count) + 1
    member_ids = ids("M", numbers, people.member_width)
    births = birth_dates_of(rng, kind, joined)
    births[int(np.flatnonzero(kind == PERSON)[7])] = LEAP_BIRTHDAY
    household, household_size, head = households_of(rng, kind)
    referrer = np.where(np.arange(count) < len(own), referrers_of(rng, count), -1)
    home = stores.city[people.home_store[person]]
    city = np.where(chance(rng, count, 0.9), home, rng.integers(0, 4, count))
    places = [CITIES[c] for c in city[head]]
    district = rng.integers(0, 3, count)[head]
    spread = rng.normal(0, 0.05, (2, count))[:, head]
    located = chance(rng, count, 0.8)
    is_person, is_company = kind == PERSON, kind == BUSINESS
    is_key = ~is_person & chance(rng, count, 0.3)
    names = names_of(rng, kind)
    consents = {
        "sms": consents_of(rng, count, 0.62),
        "email": consents_of(rng, count, 0.55),
        "phone": consents_of(rng, count, 0.35),
    }

    def sometimes(words, share, among):
        known = among & chance(rng, count, share)
        return labels(words, np.where(known, rng.integers(0, len(words), count), -1))

    staff = rng.integers(1, STAFF_COUNT + 1, count)
    gender = np.where(people.is_woman[person], 0, 1)
    gender = np.where(is_person & chance(rng, count, 0.95), gender, -1)
    sink.add(
        "members",
        {
            "member_id": member_ids,
            "customer_type": labels(TYPE_NAMES, kind),
            "name": names,
            "phone": phones_of(rng, count),
            "email": [f"m{n}@example.com" for n in numbers],
            "birth_date": births,
            "gender": labels(("female", "male"), gender),
            "marital_status": sometimes(("single", "married"), 0.6, is_person),
            "education": sometimes(EDUCATION, 0.5, is_person),
            "occupation": sometimes(OCCUPATIONS, 0.5, is_person),
            "industry": sometimes(INDUSTRIES, 0.9, is_company),
            "company_size": sometimes(COMPANY_SIZES, 0.9, is_company),
            "income_band": sometimes(INCOME_BANDS, 0.6, is_person),
            "household_id": ids("H", household, max(4, people.member_width - 1)),
            "household_size": household_size,
            "postal_code": [f"{p[4]}{d:03d}" for p, d in zip(places, district * 10)],
            "district": [p[5][d] for p, d in zip(places, district)],
            "city": [p[0] for p in places],
            "region": [p[1] for p in places],
            "country": [COUNTRY] * count,
            "latitude": coordinates(places, 2, spread[0], located),
            "longitude": coordinates(places, 3, spread[1], located),
            "joined_on": joined,
            "referred_by_member_id": ids("M", referrer, people.member_width),
            "owner_staff_id": staff_ids(np.where(is_person, -1, staff)),
            "is_key_account": is_key,
            "sms_consent": consents["sms"],
            "email_consent": consents["email"],
            "phone_consent": consents["phone"],
        },
    )
    write_attributes(member_ids, is_person, rng, sink)
    write_erasures(people, rng, sink)
    return {
        channel: consented_persons(people, own, values)
        for channel, values in consents.items()
    }


def coordinates(places, axis, spread, located):
    """Degrees near the city, five decimals, null where nobody asked the address."""
    return [
        round(p[axis] + float(x), 5) if known else None
        for p, x, known in zip(places, spread, located)
    ]


def consented_persons(people, own, values):
    """One boolean per person: said yes (no member row: no)."""
    yes = np.zeros(people.count, dtype=bool)
    yes[own] = np.array([v is True for v in values.to_pylist()[: len(own)]])
    return yes


def write_attributes(member_ids, is_person, rng, sink):
    """Write `member_attributes`: hobby for a quarter, lifestyle for a fifth."""
    for name, words, share in (
        ("hobby", HOBBIES, 0.25),
        ("lifestyle", LIFESTYLES, 0.2),
    ):
        known = np.flatnonzero(is_person & chance(rng, len(is_person), share))
        sink.add(
            "member_attributes",
            {
                "member_id": member_ids.take(known),
                "attribute": [name] * len(known),
                "value": labels(words, rng.integers(0, len(words), len(known))),
            },
        )


def write_erasures(people, rng, sink):
    """Write `erasures`: members who asked to be forgotten in the last month."""
    erased = np.flatnonzero(people.is_erased)
    sink.add(
        "erasures",
        {
            "member_id": people.member_ids(erased),
            "requested_on": DAY_COUNT - 1 - rng.integers(3, 25, len(erased)),
        },
    )
