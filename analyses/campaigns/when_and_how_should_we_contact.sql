-- 何时如何联系、联系的反应: response by channel, weekday, hour and how often of late, best
-- first; smoothed, so that a handful of contacts is not the best hour.
select
    breakdown_name,
    breakdown_name_zh,
    value_name,
    value_name_zh,
    recorded_count,
    response_rate,
    smoothed_response_rate,
    opted_out_rate,
    buyer_rate

from {{ ref('agg_campaign_responses') }}
where
    scope_code = 'all'
    and breakdown_code in ('channel', 'iso_weekday', 'hour', 'recent_contacts')
order by
    breakdown_name asc nulls last,
    smoothed_response_rate desc nulls last,
    value_order asc nulls last,
    breakdown_value asc nulls last
