-- 異常的數據指標找出有問題的環節: in the last whole week of entry, the steps that lost
-- more than usual, in words; one row that says so where none did.
with

weeks as (

    select
        entity_type,
        max(period_start_on) as period_start_on

    from {{ ref('agg_funnel_periods') }}
    where
        breakdown_name = 'all'
        and period_type = 'week'
        and watched_days is not null
    group by entity_type

),

losses as (

    select * from {{ ref('fct_funnel_anomalies') }}
    where period_type = 'week' and anomaly_code = 'fewer_went_on'

)

select
    weeks.entity_type,
    weeks.period_start_on,
    losses.breakdown_name,
    losses.breakdown_value,
    losses.from_stage_name,
    losses.to_stage_name,
    losses.from_count,
    losses.conversion_rate,
    losses.usual_rate,
    losses.robust_z_score,
    coalesce(losses.sentence, 'No step lost more than usual') as sentence,
    coalesce(losses.sentence_zh, '没有环节的流失多于往常') as sentence_zh,
    losses.action

from weeks
left join losses
    on weeks.entity_type = losses.entity_type
    and weeks.period_start_on = losses.period_start_on
order by
    weeks.entity_type asc,
    losses.breakdown_name asc nulls last,
    losses.breakdown_value asc nulls last,
    losses.from_stage_name asc nulls last
