-- 危机与机会: what was out of the ordinary in the last eight weeks, the latest first.
select
    week_start_on,
    scope_name,
    kind_name,
    sentence,
    sentence_zh,
    robust_z

from {{ ref('fct_metric_anomalies') }}
where {{ crm_warehouse.days_between('week_start_on', 'as_of_on') }} < 56
order by
    week_start_on desc nulls last,
    abs(robust_z) desc nulls last,
    scope_id asc nulls last,
    metric_code asc nulls last
