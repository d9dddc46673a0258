{% set two_digits = '[0-9]{2}' -%}
with

cases as (

    select
        examples.value,
        examples.expected_anywhere,
        examples.expected_whole,
        {{ crm_warehouse.matches('value', two_digits) }} as actual_anywhere,
        {{ crm_warehouse.matches('value', '^' ~ two_digits ~ '$') }} as actual_whole

    from (
        values
        ('12', true, true),
        ('a12b', true, false),
        ('1', false, false),
        ('', false, false),
        (null, null, null)
    ) as examples (value, expected_anywhere, expected_whole)

)

select *

from cases

where
    actual_anywhere is distinct from expected_anywhere
    or actual_whole is distinct from expected_whole
