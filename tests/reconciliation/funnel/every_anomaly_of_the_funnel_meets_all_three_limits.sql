-- By the rounded numbers on its row, with room for their rounding; and it is a cell of
-- the funnel by period.
with

anomalies as (

    select * from {{ ref('fct_funnel_anomalies') }}

),

cells as (

    select * from {{ ref('agg_funnel_periods') }}

),

limits as (

    select * from {{ ref('rule_funnel_periods') }}

)

select anomalies.*

from anomalies
inner join limits on anomalies.period_type = limits.period_type
left join cells
    on anomalies.entity_type = cells.entity_type
    and anomalies.breakdown_name = cells.breakdown_name
    and anomalies.breakdown_value = cells.breakdown_value
    and anomalies.period_type = cells.period_type
    and anomalies.period_start_on = cells.period_start_on
    and anomalies.stage_code = cells.stage_code
where
    abs(anomalies.robust_z_score) < limits.z_limit - 0.000001
    or anomalies.earlier_conversion_rate between
    anomalies.wilson_low_rate + 0.000002 and anomalies.wilson_high_rate - 0.000002
    or anomalies.from_count < limits.least_count
    or anomalies.earlier_period_count not between
    limits.least_period_count and limits.earlier_period_count
    or anomalies.to_count is distinct from cells.timely_count
    or anomalies.from_count is distinct from cells.previous_timely_count
