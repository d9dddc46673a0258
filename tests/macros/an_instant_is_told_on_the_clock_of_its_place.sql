-- With summer time where the place has it.
with

cases as (

    select
        examples.place,
        cast(examples.expected as timestamp) as expected,
        {{ crm_warehouse.local_time(
            'cast(examples.instant_utc as timestamp)', 'examples.place'
        ) }} as actual

    from (
        values
        ('2026-03-02 03:30:00', 'Asia/Shanghai', '2026-03-02 11:30:00'),
        ('2026-01-01 12:00:00', 'America/New_York', '2026-01-01 07:00:00'),
        ('2026-07-01 12:00:00', 'America/New_York', '2026-07-01 08:00:00'),
        ('2026-03-29 01:30:00', 'Europe/Paris', '2026-03-29 03:30:00'),
        ('2026-01-01 23:00:00', 'Asia/Kolkata', '2026-01-02 04:30:00'),
        ('2026-01-01 23:00:00', 'UTC', '2026-01-01 23:00:00'),
        ('2026-01-01 23:00:00', null, null),
        (null, 'UTC', null)
    ) as examples (instant_utc, place, expected)

)

select *

from cases

where
    actual is distinct from expected
    or {{ crm_warehouse.add_minutes("timestamp '2026-03-01 00:30:00'", -60) }}
    is distinct from timestamp '2026-02-28 23:30:00'
