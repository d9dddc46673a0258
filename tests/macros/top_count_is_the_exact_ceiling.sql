-- 20 % of 5 is 1, which floating point may call 2; any share of a customer is one.
with

cases as (

    select examples.*
    from (
        values
        (1000, 0.01, 10),
        (1000, 0.05, 50),
        (1000, 0.20, 200),
        (1000, 1.00, 1000),
        (150, 0.01, 2),
        (7, 0.20, 2),
        (5, 0.20, 1),
        (100, 0.07, 7),
        (100, 0.29, 29),
        (1, 0.000001, 1),
        (1000000000, 0.000001, 1000),
        (0, 0.20, 0),
        (10, null, null)
    ) as examples (population_count, top_share, expected_count)

),

counted as (

    select
        *,
        {{ crm_warehouse.top_count('population_count', 'top_share') }} as actual_count

    from cases

)

select *
from counted
where actual_count is distinct from expected_count
