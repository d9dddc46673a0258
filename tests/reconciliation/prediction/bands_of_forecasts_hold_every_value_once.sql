-- From 0 on, each band begins where the last one ends, and the last one is open.
with

bands as (

    select
        *,
        lag(below_value, 1, 0) over (
            partition by dimension_code order by from_value asc nulls last
        ) as last_below_value,
        lead(from_value) over (
            partition by dimension_code order by from_value asc nulls last
        ) as next_from_value

    from {{ ref('rule_forecast_bands') }}

)

select
    dimension_code,
    count(*) as wrong_count
from bands
where
    from_value is distinct from last_below_value
    or below_value is distinct from next_from_value
group by dimension_code

union all

select
    'a dimension is missing' as dimension_code,
    count(*) as wrong_count
from bands
having count(distinct dimension_code) != 2
