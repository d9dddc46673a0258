{% set column = {'type': 'timestamp'} -%}
with

cases as (

    select
        examples.raw,
        cast(expected as timestamp) as expected,
        {{ crm_warehouse.judged_instant(column, 'raw', 'text') }} as actual

    from (
        values
        ('2026-03-01T22:30:00-05:00', '2026-03-02 03:30:00'),
        ('2026-03-01 22:30:00+0530', '2026-03-01 17:00:00'),
        ('2026-03-01T22:30:00.5Z', '2026-03-01 22:30:00.5'),
        ('2026-03-01T22:30Z', '2026-03-01 22:30:00'),
        ('2026-03-01 22:30:00', null),
        ('2026-03-01', null),
        ('2026-02-30T22:30:00Z', null),
        (null, null)
    ) as examples (raw, expected)

)

select *

from cases

where actual is distinct from expected
