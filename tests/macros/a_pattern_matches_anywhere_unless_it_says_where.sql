with

cases as (

    select
        value,
        expected_anywhere,
        expected_whole,
        {{ crm_warehouse.matches('value', '[0-9]{2}') }} as actual_anywhere,
        {{ crm_warehouse.matches('value', '^[0-9]{2}$') }} as actual_whole

    from (
        values
        ('12', true, true), ('a12b', true, false), ('1', false, false), ('', false, false),
        (null, null, null)
    ) as examples (value, expected_anywhere, expected_whole)

)

select *

from cases

where
    actual_anywhere is distinct from expected_anywhere
    or actual_whole is distinct from expected_whole
