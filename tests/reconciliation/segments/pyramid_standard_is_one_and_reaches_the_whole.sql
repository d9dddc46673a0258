-- A standard has one metric, shares that rise from tier to tier up to 1, and one tier
-- without a share, for those outside the population.
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

steps as (

    select
        *,
        coalesce(
            lag(cumulative_share) over (order by tier_order asc nulls last), 0
        ) as better_share

    from tiers
    where cumulative_share is not null

),

checks as (

    select 'several metrics, populations or store groups' as problem
    from tiers
    having
        count(distinct metric_code) > 1
        or count(distinct population_code) > 1
        or count(distinct store_group) > 1

    union all

    select 'not one tier without a share, for those outside' as problem
    from tiers
    having count(*) - count(cumulative_share) != 1

    union all

    select 'the shares do not end at 1' as problem
    from tiers
    having coalesce(max(cumulative_share), 0) != 1

    union all

    select concat('the share of tier ', tier_code, ' does not rise') as problem
    from steps
    where cumulative_share <= better_share

)

select * from checks
