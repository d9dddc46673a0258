-- 異常的數據指標找出有問題的環節: steps out of the usual, the latest first, in words.
select
    period_start_on,
    period_type,
    from_stage_name,
    to_stage_name,
    from_count,
    to_count,
    conversion_rate,
    usual_rate,
    robust_z_score,
    sentence,
    sentence_zh,
    action

from {{ ref('fct_funnel_anomalies') }}
order by
    period_start_on desc,
    entity_type asc,
    breakdown_name asc,
    breakdown_value asc,
    stage_code asc
