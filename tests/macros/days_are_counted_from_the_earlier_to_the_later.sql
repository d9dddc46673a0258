with

cases as (

    select
        examples.*,
        {{ crm_warehouse.days_between('earlier', 'later') }} as actual_days,
        {{ crm_warehouse.date_add_days('earlier', 'expected_days') }} as actual_later

    from (
        values
        (date '2024-02-28', date '2024-03-01', 2),
        (date '2025-02-28', date '2025-03-01', 1),
        (date '2025-03-01', date '2025-02-28', -1),
        (date '2025-03-30', date '2025-03-31', 1),
        (date '2025-01-01', date '2025-01-01', 0),
        (date '2024-01-01', date '2025-01-01', 366),
        (null, null, null)
    ) as examples (earlier, later, expected_days)

)

select *

from cases

where
    actual_days is distinct from expected_days
    or actual_later is distinct from later
