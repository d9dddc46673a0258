-- Cut after ceil(N * p): the best 1 %, 5 %, 20 % and all (優質客戶…前1%、5%、20%).
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

populations as (

    select
        told_on,
        max(population_count) as population_count

    from {{ ref('int_standings__scored') }}
    group by told_on

),

cuts as (

    select
        told_days.told_on,
        tiers.tier_code,
        tiers.tier_order,
        coalesce(populations.population_count, 0) as population_count,
        {{ top_count(
            'coalesce(populations.population_count, 0)', 'tiers.cumulative_share'
        ) }} as last_rank

    from {{ ref('int_told_days__keyed') }} as told_days
    cross join tiers
    left join populations on told_days.told_on = populations.told_on
    -- The tier without a share is for those outside the population: nothing to cut.
    where tiers.cumulative_share is not null and not told_days.is_kept

),

bounded as (

    select
        told_on,
        tier_code,
        tier_order,
        1 + coalesce(
            lag(last_rank) over (
                partition by told_on order by tier_order asc nulls last
            ), 0
        ) as first_rank,
        last_rank,
        population_count

    from cuts

),

sized as (

    select
        *,
        last_rank - first_rank + 1 as customer_count

    from bounded

)

select * from sized
