-- The smallest whole number of customers that is at least N * p: no more, no less.
with

tiers as (

    select * from {{ ref('agg_pyramid_tiers') }}

),

cumulated as (

    select
        tier_code,
        cumulative_share,
        population_count,
        cast(
            sum(customer_count) over (order by tier_order asc nulls last) as bigint
        ) as cumulative_count

    from tiers
    where cumulative_share is not null

)

select *
from cumulated
where
    cumulative_count < population_count * cumulative_share
    or cumulative_count - 1 >= population_count * cumulative_share
