-- Source: Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452.
with

entries as (

    select * from {{ ref('int_funnel_entries__broken_down') }}
    where is_timed

),

quantiles as (

    select * from {{ ref('rule_funnel_quantiles') }}

),

-- Those still in the stage are at risk up to the day told, and then are seen no more.
stay_days as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        stage_code,
        days_in_stage,
        count(*) as stay_count,
        count(*) filter (where not is_open) as left_count

    from entries
    group by
        entity_type, breakdown_name, breakdown_value, stage_code, days_in_stage

),

risks as (

    select
        *,
        sum(stay_count) over (
            partition by entity_type, breakdown_name, breakdown_value, stage_code
            order by days_in_stage desc
            rows between unbounded preceding and current row
        ) as at_risk_count

    from stay_days

),

-- The product of survivors as a sum of logarithms, rounded to decimals first:
-- exact in any order. It has no logarithm where nobody is left: the end, all gone.
survivals as (

    select
        *,
        at_risk_count = left_count as is_all_gone,
        sum(
            cast(
                ln(
                    cast(nullif(at_risk_count - left_count, 0) as double)
                    / cast(at_risk_count as double)
                ) as decimal(18, 12)
            )
        ) over (
            partition by entity_type, breakdown_name, breakdown_value, stage_code
            order by days_in_stage asc
            rows between unbounded preceding and current row
        ) as survival_log

    from risks

),

-- The tolerance lets an exact tie, such as one half, count as reached.
reached as (

    select
        survivals.entity_type,
        survivals.breakdown_name,
        survivals.breakdown_value,
        survivals.stage_code,
        min(survivals.days_in_stage) filter (
            where quantiles.quantile_code = 'median'
        ) as median_days_in_stage,
        min(survivals.days_in_stage) filter (
            where quantiles.quantile_code = 'p90'
        ) as p90_days_in_stage

    from survivals
    inner join quantiles
        on survivals.is_all_gone
        or survivals.survival_log
        <= cast(ln(cast(quantiles.survival_share as double)) as decimal(18, 12))
        + quantiles.tie_tolerance
    group by all

)

select * from reached
