-- Cut after ceil(N * p): the best 1 %, 5 %, 20 % and all (優質客戶…前1%、5%、20%).
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

cuts as (

    select
        tiers.*,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count,
        {{ top_count('population.population_count', 'tiers.cumulative_share') }}
            as last_rank

    from tiers
    cross join population
    -- The tier without a share is for those outside the population: nothing to cut.
    where tiers.cumulative_share is not null

),

bounded as (

    select
        tier_code,
        tier_order,
        tier_name,
        tier_name_zh,
        action,
        action_zh,
        store_group,
        metric_code,
        population_code,
        cumulative_share,
        1 + coalesce(
            lag(last_rank) over (order by tier_order asc nulls last), 0
        ) as first_rank,
        last_rank,
        population_count,
        as_of_on,
        window_start_on,
        window_month_count

    from cuts

),

sized as (

    select
        *,
        last_rank - first_rank + 1 as customer_count

    from bounded

)

select * from sized
