-- Also before 1900-01-01, the Monday that the macro counts from.
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.iso_weekday('day') }} as actual,
        {{ crm_warehouse.week_start('day') }} as actual_start

    from (
        values
        (date '1900-01-01', 1, date '1900-01-01'),
        (date '1899-12-31', 7, date '1899-12-25'),
        (date '2020-02-29', 6, date '2020-02-24'),
        (date '2020-12-31', 4, date '2020-12-28'),
        (date '2021-01-03', 7, date '2020-12-28'),
        (date '2021-01-04', 1, date '2021-01-04'),
        (null, null, null)
    ) as examples (day, expected, expected_start)

)

select *

from cases

where
    actual is distinct from expected
    or actual_start is distinct from expected_start
