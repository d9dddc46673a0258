-- Also over midnight and back.
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.seconds_between('examples.earlier', 'examples.later') }}
            as actual

    from (
        values
        (timestamp '2026-10-31 09:00:00', timestamp '2026-10-31 09:01:01', 61),
        (timestamp '2026-10-31 23:59:59', timestamp '2026-11-01 00:00:00', 1),
        (timestamp '2024-02-28 12:00:00', timestamp '2024-03-01 12:00:00', 172800),
        (timestamp '2026-10-31 09:00:01', timestamp '2026-10-31 09:00:00', -1),
        (timestamp '2026-10-31 09:00:01', null, null)
    ) as examples (earlier, later, expected)

)

select *

from cases

where actual is distinct from expected
