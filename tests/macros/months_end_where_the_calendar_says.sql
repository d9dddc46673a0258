with

cases as (

    select
        examples.*,
        {{ crm_warehouse.month_start('day') }} as actual_start,
        {{ crm_warehouse.month_end('day') }} as actual_end,
        {{ crm_warehouse.add_months('day', 1) }} as actual_next,
        {{ crm_warehouse.add_months('day', -12) }} as actual_year_before

    from (
        values
        (
            date '2024-01-31', date '2024-01-01', date '2024-01-31',
            date '2024-02-29', date '2023-01-31'
        ),
        (
            date '2024-02-29', date '2024-02-01', date '2024-02-29',
            date '2024-03-29', date '2023-02-28'
        ),
        (
            date '2025-02-01', date '2025-02-01', date '2025-02-28',
            date '2025-03-01', date '2024-02-01'
        ),
        (
            date '2025-12-31', date '2025-12-01', date '2025-12-31',
            date '2026-01-31', date '2024-12-31'
        ),
        (null, null, null, null, null)
    ) as examples (
        day, expected_start, expected_end, expected_next, expected_year_before
    )

)

select *

from cases

where
    actual_start is distinct from expected_start
    or actual_end is distinct from expected_end
    or actual_next is distinct from expected_next
    or actual_year_before is distinct from expected_year_before
