-- Of 5, null, 1, 4, 4: 5, 5, the mean of 1 and 5, then 4 and 4.
with

examples as (

    select listed.*

    from (
        values
        ('a', 1, 5, 5.000000),
        ('a', 2, null, 5.000000),
        ('a', 3, 1, 3.000000),
        ('a', 4, 4, 4.000000),
        ('a', 5, 4, 4.000000),
        ('b', 1, null, null),
        ('b', 2, 7, 7.000000),
        ('b', 3, 8, 7.500000)
    ) as listed (sequence, place, number, expected)

),

cases as (

    select
        *,
        {{ crm_warehouse.running_median('number', 'sequence', 'place') }} as actual

    from examples

)

select *

from cases

where actual is distinct from expected
