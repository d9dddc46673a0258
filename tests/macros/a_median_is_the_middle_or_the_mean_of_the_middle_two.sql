-- Of 1, 4, 5: 4; of 1, 2, 4, 9: 3; of 7 and 8: 7.5; of none: null.
with

cases as (

    select
        listed.series,
        {{ crm_warehouse.exact_median('listed.number') }} as actual,
        max(listed.expected) as expected

    from (
        values
        ('odd', 4, 4.0),
        ('odd', 1, 4.0),
        ('odd', 5, 4.0),
        ('even', 9, 3.0),
        ('even', 1, 3.0),
        ('even', 4, 3.0),
        ('even', 2, 3.0),
        ('half', 8, 7.5),
        ('half', 7, 7.5),
        ('null is none', 7, 7.0),
        ('null is none', null, 7.0),
        ('none', null, null)
    ) as listed (series, number, expected)
    group by listed.series

)

select *

from cases

where actual is distinct from expected
