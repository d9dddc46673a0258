{% set whole = crm_warehouse.whole_number_type() -%}
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.whole_part(
            'cast(numerator as ' ~ whole ~ ')', 'cast(denominator as ' ~ whole ~ ')'
        ) }} as actual

    from (
        values
        (7, 2, 3), (6, 2, 3), (-7, 2, -3), (7, -2, -3), (0, 2, 0), (1, 1000000, 0)
    ) as examples (numerator, denominator, expected)

)

select *

from cases

where actual is distinct from expected
