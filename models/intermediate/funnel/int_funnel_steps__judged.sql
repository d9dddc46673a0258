-- The three tests of a step: far from the usual in robust deviations, what is usual
-- outside the interval of the step's rate, and enough who took it.
with

cells as (

    select * from {{ ref('agg_funnel_periods') }}

),

measured as (

    select * from {{ ref('int_funnel_steps__measured') }}

),

limits as (

    select
        *,
        cast(wilson_quantile as double) * cast(wilson_quantile as double)
            as squared_quantile

    from {{ ref('rule_funnel_periods') }}

),

steps as (

    select
        measured.*,
        cells.period_end_on,
        cells.watched_days,
        cells.stage_order,
        cells.stage_name,
        cells.stage_name_zh,
        cells.timely_from_stage_code as from_stage_code,
        cells.previous_timely_count as from_count,
        cells.timely_count as to_count,
        cells.timely_adjacent_rate as conversion_rate,
        cells.as_of_on,
        limits.period_name,
        limits.period_name_zh,
        limits.z_limit,
        limits.mad_factor,
        limits.least_period_count,
        limits.wilson_quantile,
        limits.squared_quantile,
        cast(
            cells.timely_adjacent_rate * 1000000 - measured.median_millionths
            as decimal(18, 6)
        ) as deviation_millionths,
        cast(limits.mad_factor * measured.mad_millionths as decimal(18, 6))
            as usual_deviation_millionths,
        cast(cells.timely_count as double) as hits,
        cast(cells.previous_timely_count as double) as trials,
        cast(measured.earlier_to_count as double) as earlier_hits,
        cast(measured.earlier_from_count as double) as earlier_trials

    from measured
    inner join cells
        on measured.entity_type = cells.entity_type
        and measured.breakdown_name = cells.breakdown_name
        and measured.breakdown_value = cells.breakdown_value
        and measured.period_type = cells.period_type
        and measured.period_start_on = cells.period_start_on
        and measured.stage_code = cells.stage_code
    inner join limits on cells.period_type = limits.period_type

),

-- Outside Wilson's interval (1927, doi 10.2307/2276774) is what the score test refuses:
-- multiplied out, it needs no root and no rounded bound.
judged as (

    select
        *,
        coalesce(
            earlier_period_count >= least_period_count
            and usual_deviation_millionths > 0
            and abs(deviation_millionths) >= z_limit * usual_deviation_millionths
            and (hits * earlier_trials - earlier_hits * trials)
            * (hits * earlier_trials - earlier_hits * trials)
            > squared_quantile * trials
            * earlier_hits * (earlier_trials - earlier_hits),
            false
        ) as is_anomaly,
        (hits + squared_quantile / 2) / (trials + squared_quantile) as wilson_middle,
        sqrt(
            squared_quantile
            * (hits * (trials - hits) / trials + squared_quantile / 4)
        ) / (trials + squared_quantile) as wilson_half_width

    from steps

)

select * from judged
