-- The same digits on every engine: division by whole numbers, never by floats.
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.safe_ratio('numerator', 'denominator') }} as actual

    from (
        values
        (cast(1 as decimal(18, 4)), cast(3 as decimal(18, 4)), 0.333333),
        (2, 3, 0.666667),
        (-2, 3, -0.666667),
        (2, -3, -0.666667),
        (-2, -3, 0.666667),
        (0.0001, 200, 0.000001),
        (-0.0001, 200, -0.000001),
        (0.0001, 200.0001, 0),
        (0, 5, 0),
        (5, 0, null),
        (0, 0, null),
        (null, 5, null),
        (5, null, null),
        (1, 0.0001, 10000),
        (99999999999999.9999, 99999999999999.9999, 1)
    ) as examples (numerator, denominator, expected)

)

select *

from cases

where
    actual is distinct from expected
    or {{ crm_warehouse.safe_ratio('1', '7') }} is distinct from 0.142857
