-- No fraction on the way, not even for numbers that a float cannot hold.
with

cases as (

    select examples.*
    from (
        values
        (7, 2, 3),
        (6, 2, 3),
        (1, 2, 0),
        (0, 5, 0),
        (9007199254740993, 1, 9007199254740993),
        (3, 0, null),
        (3, null, null),
        (null, 3, null)
    ) as examples (numerator, denominator, expected_ratio)

),

divided as (

    select
        *,
        {{ crm_warehouse.whole_ratio('numerator', 'denominator') }} as actual_ratio

    from cases

)

select *
from divided
where actual_ratio is distinct from expected_ratio
