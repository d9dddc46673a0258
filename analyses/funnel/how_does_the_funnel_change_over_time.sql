-- 相鄰環節轉化率, week by week: what came in time, so that young weeks compare.
select
    entity_type,
    period_start_on,
    stage_name,
    stage_name_zh,
    entered_count,
    open_count,
    adjacent_conversion_rate,
    is_immature,
    watched_days,
    timely_count,
    timely_adjacent_rate

from {{ ref('agg_funnel_periods') }}
where breakdown_name = 'all' and period_type = 'week'
order by entity_type asc, period_start_on desc, stage_order asc
